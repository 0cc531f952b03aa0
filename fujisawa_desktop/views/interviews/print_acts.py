"""The days shown, to the printer or into a PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.exports_journal import record_list
from fujisawa_desktop.services.outgoing import ListOut, save_list
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.print_board import calendar_pdf, title_of
from fujisawa_desktop.views.papers.printing import PrintJob, ask_printer, print_pages

FOLDER_KEY = "interviews/folder"
_KIND = "calendar"
"""Under which its printer is remembered, and the list is called in the journal."""


class PrintActs(QObject):
    """Prints what the calendar shows: the printer gets the very pages that a file would hold.

    Attributes:
        choose_printer: asks for a printer; returns ``None`` when the person decides against it.
    """

    def __init__(self, desk: Desk, over: QWidget, clock: Callable[[], datetime]) -> None:
        super().__init__(over)
        self._desk, self._over, self._clock = desk, over, clock
        self.choose_printer: Callable[[bytes, str, QWidget], QPrinter | None] = self._ask_printer

    def _ask_printer(self, pdf: bytes, title: str, over: QWidget) -> QPrinter | None:
        return ask_printer(PrintJob(pdf, title, _KIND), self._desk.settings, over)

    def print(self, board: Board | None) -> None:
        """Let the person choose a printer in the system's dialog and print."""
        if board is None or not board.days:
            return
        pdf = calendar_pdf(board, self._clock())
        printer = self.choose_printer(pdf, title_of(board), self._over)
        if printer is not None:
            self._desk.tasks.run_long(
                _("Printing"),
                lambda progress: print_pages(PrintJob(pdf, title_of(board), _KIND), printer, progress),
                partial(self._printed, len(board.days)),
                self._desk.notifier.show,
                writes=False,
                owner=self,
            )

    def save(self, board: Board | None) -> None:
        """Write a PDF where the person wants it."""
        if board is None or not board.days:
            return
        folder = Path(str(self._desk.settings.value(FOLDER_KEY, "") or Path.home()))
        name, _chosen = QFileDialog.getSaveFileName(
            self._over,
            _("Save the calendar"),
            str(folder / _("interview-calendar_{day}.pdf").format(day=board.days[0].day.isoformat())),
            _("PDF (*.pdf)"),
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != ".pdf":
            path = path.with_name(f"{path.name}.pdf")
        self._desk.settings.setValue(FOLDER_KEY, str(path.parent))
        pdf = calendar_pdf(board, self._clock())
        self._desk.perform(
            save_list,
            on_done=self._saved,
            path=path,
            data=pdf,
            file_format="pdf",
            count=len(board.days),
            name=_KIND,
            actor=self._desk.actor,
        )

    def _printed(self, days: int, count: int) -> None:
        self._desk.perform(record_list, file_format="print", count=days, name=_KIND, actor=self._desk.actor)
        text = ngettext(
            "{count} page was sent to the printer.", "{count} pages were sent to the printer.", count
        )
        self._desk.notifier.say(text.format(count=count))

    def _saved(self, out: ListOut) -> None:
        self._desk.notifier.say(_("The calendar was saved as {file}.").format(file=out.path.name))
