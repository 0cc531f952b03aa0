"""What is done with sheets and files of hours: typed in, sent out, taken in, confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.attendance_book_import import BookTaken
from fujisawa_desktop.services.attendance_books import BooksIssued, issue_attendance_books
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.attendance_book_dialog import AttendanceBookDialog
from fujisawa_desktop.views.payroll.attendance_window import AttendanceWindow
from fujisawa_desktop.views.payroll.confirm_dialog import ConfirmDialog
from fujisawa_desktop.views.payroll.hours_export_dialog import HoursExportDialog
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.theme import Tone

_FOLDER_KEY: Final = "payroll/books-folder"


class SheetsActs(QObject):
    """Opens the windows for the month shown, and runs what needs none.

    Signals:
        undo_wanted(): the person wants the act back at once.
    """

    undo_wanted = Signal()

    def __init__(self, desk: Desk, shown: Shown, chosen: Callable[[], int | None], window: QWidget) -> None:
        """Take what every tab works with, the month, and what gives the appointment of the chosen row."""
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._chosen = chosen
        self._window = window

    def served(self) -> Mapping[str, Callable[[], object]]:
        """Return the actions of the window that these acts are."""
        return {
            "work.attendance-typed": self.type_attendance,
            "work.attendance-books": self.send_books,
            "work.attendance-taken": self.take_book,
            "work.confirm": self.confirm,
            "work.hours-export": self.export,
        }

    def type_attendance(self) -> None:
        """Type in attendance sheets, beginning with the chosen person."""
        if self._shown.month is not None:
            AttendanceWindow(
                self._desk, self._window, year_month=self._shown.month, appointment_id=self._chosen()
            ).open()

    def confirm(self) -> None:
        """Record what the host departments confirmed."""
        if self._shown.month is not None:
            ConfirmDialog(
                self._desk, self._window, year_month=self._shown.month, appointment_id=self._chosen()
            ).open()

    def export(self) -> None:
        """Write hours to a file."""
        if self._shown.month is not None:
            HoursExportDialog(self._desk, self._window, year_month=self._shown.month).open()

    def send_books(self) -> None:
        """Write a workbook for each host department into a folder."""
        if self._shown.month is None:
            return
        folder = QFileDialog.getExistingDirectory(
            self._window, _("Where the attendance workbooks go"), self._folder()
        )
        if not folder:
            return
        self._desk.settings.setValue(_FOLDER_KEY, folder)
        year, month = self._shown.month
        self._desk.perform(
            issue_attendance_books,
            on_done=self._sent,
            programme_id=self._desk.programme_id,
            year=year,
            month=month,
            folder=Path(folder),
            made_on=self._desk.today(),
            actor=self._desk.actor,
        )

    def _sent(self, issued: BooksIssued) -> None:
        text = ngettext(
            "{count} workbook was written: {files}.",
            "{count} workbooks were written: {files}.",
            len(issued.files),
        )
        self._desk.notifier.say(
            text.format(count=len(issued.files), files=_(", ").join(issued.files)), "good"
        )

    def take_book(self) -> None:
        """Look at a workbook that came back, and take it in."""
        name, _kind = QFileDialog.getOpenFileName(
            self._window, _("Attendance workbook that came back"), self._folder(), "Excel (*.xlsx *.xlsm)"
        )
        if name:
            AttendanceBookDialog(self._desk, self._window, file=Path(name), on_taken=self._taken).open()

    def _taken(self, taken: BookTaken) -> None:
        text = ngettext(
            "The hours of {count} person were taken in.",
            "The hours of {count} people were taken in.",
            taken.effect,
        ).format(count=taken.effect)
        tone: Tone = "caution" if taken.refused else "good"
        self._desk.notifier.say(text, tone, action=_("Take it back"), on_action=self.undo_wanted.emit)

    def _folder(self) -> str:
        return str(self._desk.settings.value(_FOLDER_KEY, "") or Path.home())
