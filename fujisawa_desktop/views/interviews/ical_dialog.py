"""カレンダーファイルを書き出す: where to, and whether people's names stand in it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.interview_ical import WrittenCalendars, write_calendars
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    ElidedLabel,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

FOLDER_KEY: Final = "interviews/calendar-folder"
NAMES_KEY: Final = "interviews/calendar-names"


class IcalDialog(QDialog):
    """Asks for a folder and writes the files.

    Attributes:
        folder: where the files go.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.folder = Path(str(desk.settings.value(FOLDER_KEY, "") or Path.home()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Calendar files"))
        self.resize(620, 320)
        self.notice = NoticeBar()
        self.place = ElidedLabel("")
        self.choose_button = SecondaryButton(_("Choose a folder…"), self.choose)
        self.names = QCheckBox(_("Write people's names too, not only their numbers"))
        self.names.setChecked(str(desk.settings.value(NAMES_KEY, "")) == "true")
        self.write_button = PrimaryButton(_("Write the files"), self.write)
        self.write_button.setEnabled(not desk.read_only)
        self._lay_out()
        self._show_folder()

    def choose(self) -> None:
        """Ask for another folder."""
        name = QFileDialog.getExistingDirectory(self, _("Folder for the calendar files"), str(self.folder))
        if name:
            self.folder = Path(name)
            self._show_folder()

    def write(self) -> None:
        """Write the files; the dialog stays to say which."""
        self.notice.close_message()
        self.write_button.setEnabled(False)
        self._desk.settings.setValue(FOLDER_KEY, str(self.folder))
        self._desk.settings.setValue(NAMES_KEY, "true" if self.names.isChecked() else "false")
        self._desk.perform(
            write_calendars,
            programme_id=self._desk.programme_id,
            target=self.folder,
            with_names=self.names.isChecked(),
            actor=self._desk.actor,
            on_done=self._written,
            on_error=self._failed,
        )

    def _written(self, written: WrittenCalendars) -> None:
        self.write_button.setEnabled(True)
        files = len(written.files)
        said = ngettext(
            "{files} file was written to “{folder}”: {interviews} interviews, {cancelled} cancelled.",
            "{files} files were written to “{folder}”: {interviews} interviews, {cancelled} cancelled.",
            files,
        )
        self.notice.show_message(
            said.format(
                files=files,
                folder=self.folder.name,
                interviews=written.interviews,
                cancelled=written.cancelled,
            ),
            "good",
        )

    def _failed(self, error: Exception) -> None:
        self.write_button.setEnabled(True)
        self.notice.show_message(texts.message(error), "wrong")

    def _show_folder(self) -> None:
        self.place.set_whole(str(self.folder))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "Writes one file with all interviews and one for each interviewer. Who takes a newer "
                    "file in sees what changed. Interviews that fell away stand in files of their own, "
                    "which take them out again. Addresses of online meetings stand only in the "
                    "interviewers' own files."
                ),
                "neutral",
            )
        )
        column.addWidget(TextLabel(_("Folder"), "bold"))
        place = row(self.choose_button)
        place.insertWidget(0, self.place, 1)
        column.addLayout(place)
        column.addWidget(self.names)
        column.addWidget(self.notice)
        column.addStretch(1)
        close = SecondaryButton(_("Close"), self.reject)
        close.setAutoDefault(False)
        column.addLayout(row(close, None, self.write_button))
