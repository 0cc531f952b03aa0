"""Papers leaving the window: issued once, then printed or saved; drafts that are only for reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.exports_journal import record_papers
from fujisawa_desktop.services.paper_copies import draft_copy
from fujisawa_desktop.services.paper_draft import DraftPage, Printed
from fujisawa_desktop.services.paper_files import FileOrder, PapersOut, save_copies, save_draft_copy
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.issue_dialog import SaveChoice
from fujisawa_desktop.views.papers.making_strip import MakingStrip
from fujisawa_desktop.views.papers.printing import PrintJob, ask_printer, print_pages
from fujisawa_desktop.views.papers.words import files_text
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.tasks import Job
from fujisawa_desktop.views.widgets import NoticeBar

FOLDER_KEY: Final = "papers/folder"


class Paged(Printed, Protocol):
    """A file of papers of which it is known where each begins."""

    @property
    def pages(self) -> tuple[DraftPage, ...]:
        """Where each begins."""

    @property
    def page_count(self) -> int:
        """How many pages there are."""


class Outlet(QObject):
    """Prints and saves the pages of a window, and says there what became of them.

    Signals:
        busy_changed(bool): something is on its way; nothing else may leave meanwhile.

    Attributes:
        choose_printer: asks for a printer; ``None`` when the person decides against it.
        choose_file: asks for a file, given a name; an empty text when the person decides against it.
        choose_folder: asks for a folder; an empty text likewise.
    """

    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget, notice: NoticeBar, strip: MakingStrip) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._notice = notice
        self._strip = strip
        self._busy = False
        self.choose_printer: Callable[[PrintJob, QWidget], QPrinter | None] = self._ask_printer
        self.choose_file: Callable[[str], str] = self._ask_file
        self.choose_folder: Callable[[], str] = self._ask_folder

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way."""
        return self._busy

    def hold(self, *, busy: bool) -> None:
        """Let nothing else leave while something is on its way."""
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)

    def watch(self, job: Job, title: str) -> None:
        """Show how far something is."""
        self._strip.watch(job, title)

    def ended(self) -> None:
        """What was on its way has come to its end."""
        self._strip.end()
        self.hold(busy=False)

    # --- the printer ---------------------------------------------------------

    def print_job(self, papers: Paged, kind: str, current: int) -> PrintJob:
        """Return what a printer is to be given."""
        starts = tuple(page.first_page for page in papers.pages)
        return PrintJob(papers.pdf, papers.job.title, kind, starts, max(current, 1))

    def send(
        self,
        job: PrintJob,
        printer: QPrinter,
        done: Callable[[int], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Print; ``done`` hears how many pages were sent."""
        self.hold(busy=True)
        title = _("Printing")

        def printed(count: int) -> None:
            self.ended()
            done(count)

        def refused(error: Exception) -> None:
            self.ended()
            if isinstance(error, Cancelled):
                text = _("Printing was stopped. Some pages may have been printed.")
                self._notice.show_message(text, "caution")
            else:
                (failed or self.say_error)(error)

        running = self._desk.tasks.run_long(
            title,
            lambda progress: print_pages(job, printer, progress),
            printed,
            refused,
            writes=False,
            owner=self,
        )
        self.watch(running, title)

    # --- files ----------------------------------------------------------------

    def choose_target(self, choice: SaveChoice, name: str) -> Path | None:
        """Ask where to; None when the person decides against it."""
        if choice.one_each:
            folder = self.choose_folder()
            target = Path(folder) if folder else None
        else:
            chosen = self.choose_file(name)
            chosen = chosen if not chosen or chosen.lower().endswith(".pdf") else f"{chosen}.pdf"
            target = Path(chosen) if chosen else None
        if target is not None:
            folder_of = target if choice.one_each else target.parent
            self._desk.settings.setValue(FOLDER_KEY, str(folder_of))
        return target

    def save_again(self, papers: Printed, kind: str, target: Path, choice: SaveChoice) -> None:
        """Write copies of papers that are on record, and record that."""
        self.hold(busy=True)
        title = _("Saving")

        def saved(out: PapersOut) -> None:
            self.ended()
            self.tell_saved(out.files)

        running = self._desk.perform(
            save_copies,
            on_done=while_open(self, saved),
            on_error=while_open(self, self._refused),
            busy=title,
            papers=papers,
            kind=kind,
            order=FileOrder(target, choice.one_each, choice.password),
            actor=self._desk.actor,
        )
        self.watch(running, title)

    def _refused(self, error: Exception) -> None:
        self.ended()
        self.say_error(error)

    def tell_saved(self, files: Sequence[Path]) -> None:
        """Say which files were written."""
        self._notice.show_message(_("Saved as {file}.").format(file=files_text(files)), "good")

    # --- drafts -----------------------------------------------------------------

    def print_draft(self, papers: Paged, kind: str, current: int) -> None:
        """Print the pages marked as a draft; nothing is issued."""
        printer = self.choose_printer(self.print_job(papers, kind, current), self._window)
        if printer is None:
            return

        def send(pdf: bytes) -> None:
            marked = PrintJob(
                pdf, papers.job.title, kind, self.print_job(papers, kind, current).starts, max(current, 1)
            )
            self.send(marked, printer, partial(self._tell_draft, kind))

        self._mark(papers, send)

    def record(self, code: str, kind: str, count: int) -> None:
        """Record that papers were printed without being issued: drafts, lists, or copies of issued ones."""
        self._desk.perform(record_papers, code=code, paper_kind=kind, count=count, actor=self._desk.actor)

    def save_draft(self, papers: Paged, kind: str) -> None:
        """Write the pages marked as a draft; nothing is issued."""
        name = _("draft_{name}").format(name=papers.file_name)
        target = self.choose_target(SaveChoice(), name)
        if target is None:
            return

        def saved(_out: PapersOut) -> None:
            self.hold(busy=False)
            text = _("The draft was saved as {file}. Nothing was issued.").format(file=target.name)
            self._notice.show_message(text, "good")

        def write(pdf: bytes) -> None:
            self.hold(busy=True)
            self._desk.perform(
                save_draft_copy,
                on_done=while_open(self, saved),
                on_error=while_open(self, self._refused),
                pdf=pdf,
                kind=kind,
                count=len(papers.pages),
                target=target,
                actor=self._desk.actor,
            )

        self._mark(papers, write)

    def _mark(self, papers: Paged, then: Callable[[bytes], object]) -> None:
        self.hold(busy=True)
        title = _("Marking the draft")

        def marked(pdf: bytes) -> None:
            self.ended()
            then(pdf)

        def failed(error: Exception) -> None:
            self.ended()
            self.say_error(error)

        running = self._desk.query(
            draft_copy,
            marked,
            owner=self,
            on_error=failed,
            busy=title,
            pdf=papers.pdf,
            page_count=papers.page_count,
        )
        self.watch(running, title)

    def _tell_draft(self, kind: str, count: int) -> None:
        self.record("papers.draft-out", kind, count)
        text = ngettext(
            "{count} page marked as a draft was sent to the printer. Nothing was issued.",
            "{count} pages marked as a draft were sent to the printer. Nothing was issued.",
            count,
        )
        self._notice.show_message(text.format(count=f"{count:,}"), "good")

    def tell_sent(self, count: int) -> None:
        """Say how many pages were sent to the printer."""
        text = ngettext(
            "{count} page was sent to the printer.", "{count} pages were sent to the printer.", count
        )
        self._notice.show_message(text.format(count=f"{count:,}"), "good")

    # --- words and the system's dialogs ---------------------------------------------

    def say_error(self, error: Exception) -> None:
        """Say in words what went wrong."""
        if isinstance(error, Cancelled):
            self._notice.show_message(_("Stopped. Nothing was printed or saved."), "key")
        else:
            self._notice.show_message(texts.message(error), "wrong")

    def _ask_printer(self, job: PrintJob, window: QWidget) -> QPrinter | None:
        return ask_printer(job, self._desk.settings, window)

    def _folder(self) -> Path:
        return Path(str(self._desk.settings.value(FOLDER_KEY, str(Path.home()))))

    def _ask_file(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, _("Save as PDF"), str(self._folder() / name), _("PDF files (*.pdf)")
        )
        return chosen

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(
            self._window, _("Choose a folder for the files"), str(self._folder())
        )
