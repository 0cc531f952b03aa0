"""Issuing what a window shows: asked about once, recorded once, then printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled, ConflictError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.outgoing import RecordedError
from fujisawa_desktop.services.paper_checks import PaperCheck
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_files import FileOrder, PapersOut, issue_and_save
from fujisawa_desktop.services.paper_issuing import issue_papers
from fujisawa_desktop.services.paper_kinds import LETTERS
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.issue_dialog import IssueDialog, SaveChoice, SaveDialog
from fujisawa_desktop.views.papers.outlet import Outlet
from fujisawa_desktop.views.papers.words import files_text, numbers_text
from fujisawa_desktop.views.widgets import NoticeBar

T = TypeVar("T")


class Issuing(QObject):
    """Lets papers go: letters are asked about and issued first; lists are recorded once they are out.

    Signals:
        issued(PaperDraft): these papers are on record now.
        outdated(object): they could not be issued as they are; the draft has to be made again.
        records_wanted(): show what was issued.
    """

    issued = Signal(object)
    outdated = Signal(object)
    records_wanted = Signal()

    def __init__(self, desk: Desk, window: QWidget, outlet: Outlet, notice: NoticeBar) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._outlet = outlet
        self._notice = notice
        self._on_record: PaperDraft | None = None
        self.is_current: Callable[[PaperDraft], bool] = lambda _draft: True

    def is_issued(self, draft: PaperDraft | None) -> bool:
        """Tell whether these papers are on record."""
        return draft is not None and draft is self._on_record

    def asks(self, draft: PaperDraft) -> bool:
        """Tell whether these papers are asked about and issued before they leave."""
        return draft.kind in LETTERS and not self.is_issued(draft)

    def print(self, draft: PaperDraft, checks: Sequence[PaperCheck], audience: str, current: int) -> None:
        """Ask, issue, and print."""
        if self._outlet.is_busy:
            return
        agreed = partial(self._print, draft, current)
        if self.asks(draft):
            self._ask(draft, checks, audience, saving=False, agreed=lambda _choice: agreed())
        else:
            agreed()

    def save(self, draft: PaperDraft, checks: Sequence[PaperCheck], audience: str) -> None:
        """Ask, issue, and write files."""
        if self._outlet.is_busy:
            return
        agreed = partial(self._save, draft)
        if self.asks(draft):
            self._ask(draft, checks, audience, saving=True, agreed=agreed)
        elif draft.kind in LETTERS:
            dialog = SaveDialog(len(draft.sheets), self._window)
            dialog.accepted.connect(lambda: agreed(dialog.choice()))
            dialog.open()
        else:
            agreed(SaveChoice())

    def _ask(
        self,
        draft: PaperDraft,
        checks: Sequence[PaperCheck],
        audience: str,
        *,
        saving: bool,
        agreed: Callable[[SaveChoice], object],
    ) -> None:
        if self._window.findChild(IssueDialog) is not None:
            return  # one question is enough
        dialog = IssueDialog(draft, audience=audience, checks=checks, saving=saving, parent=self._window)
        dialog.accepted.connect(lambda: agreed(dialog.choice()))
        dialog.open()

    # --- printing ----------------------------------------------------------------

    def _print(self, draft: PaperDraft, current: int) -> None:
        job = self._outlet.print_job(draft, draft.kind.value, current)
        printer = self._outlet.choose_printer(job, self._window)
        if printer is None:
            self._say_nothing_done(draft)
        elif self.asks(draft):
            done = partial(self._printed, draft)
            self._issue(
                draft,
                issue_papers,
                lambda _change: self._outlet.send(job, printer, done, self._stuck),
                _("Issuing"),
            )
        elif self.is_issued(draft):
            self._outlet.send(job, printer, partial(self._printed_again, draft), self._stuck)
        else:
            self._outlet.send(job, printer, partial(self._printed_list, draft))

    def _printed(self, draft: PaperDraft, pages: int) -> None:
        count = len(draft.sheets)
        text = ngettext(
            "{count} paper was issued ({numbers}); {pages} pages were sent to the printer.",
            "{count} papers were issued ({numbers}); {pages} pages were sent to the printer.",
            count,
        )
        self._tell_issued(text.format(count=f"{count:,}", numbers=numbers_text(draft), pages=f"{pages:,}"))

    def _printed_again(self, draft: PaperDraft, pages: int) -> None:
        self._outlet.record("papers.copy-out", draft.kind.value, len(draft.sheets))
        self._outlet.tell_sent(pages)

    def _printed_list(self, draft: PaperDraft, pages: int) -> None:
        self._outlet.tell_sent(pages)
        self._record(draft)

    # --- files ---------------------------------------------------------------------

    def _save(self, draft: PaperDraft, choice: SaveChoice) -> None:
        target = self._outlet.choose_target(choice, draft.file_name)
        if target is None:
            self._say_nothing_done(draft)
        elif self.is_issued(draft) or self._desk.read_only:
            self._outlet.save_again(draft, draft.kind.value, target, choice)
        else:
            self._issue_and_save(draft, target, choice)

    def _issue_and_save(self, draft: PaperDraft, target: Path, choice: SaveChoice) -> None:
        """Write the files and put the papers on record, both or neither."""
        order = FileOrder(target, choice.one_each, choice.password)
        self._issue(draft, partial(issue_and_save, order=order), partial(self._saved, draft), _("Saving"))

    def _saved(self, draft: PaperDraft, out: PapersOut) -> None:
        if draft.kind not in LETTERS:
            self._outlet.tell_saved(out.files)
            return
        count = len(draft.sheets)
        text = ngettext(
            "{count} paper was issued ({numbers}) and saved: {file}.",
            "{count} papers were issued ({numbers}) and saved: {file}.",
            count,
        )
        self._tell_issued(
            text.format(count=f"{count:,}", numbers=numbers_text(draft), file=files_text(out.files))
        )

    # --- the record -------------------------------------------------------------------

    def _issue(
        self, draft: PaperDraft, act: Callable[..., T], then: Callable[[T], object], title: str
    ) -> None:
        """Record the papers as issued, once, then go on."""
        if self._outlet.is_busy or self._desk.read_only:
            return
        if not self.is_current(draft):
            self._notice.show_message(
                _("The draft was made anew meanwhile, so nothing was issued. Look at it, then issue it."),
                "caution",
            )
            return
        self._outlet.hold(busy=True)

        def recorded(result: T) -> None:
            self._on_record = draft
            self._outlet.ended()
            self.issued.emit(draft)
            then(result)

        def refused(error: Exception) -> None:
            self._outlet.ended()
            if isinstance(error, RecordedError):  # they have left the office all the same
                self._on_record = draft
                self.issued.emit(draft)
            if isinstance(error, ConflictError):
                self.outdated.emit(error)
            elif isinstance(error, Cancelled):
                self._notice.show_message(_("Stopped. Nothing was issued."), "key")
            else:
                self._outlet.say_error(error)

        running = self._desk.perform(
            act, on_done=recorded, on_error=refused, busy=title, draft=draft, actor=self._desk.actor
        )
        self._outlet.watch(running, title)

    def _record(self, draft: PaperDraft) -> None:
        """Put on record a list that is out already; it takes no number and cannot be refused one."""
        if self.is_issued(draft) or self._desk.read_only:
            return

        def recorded(_change: ChangeSet) -> None:
            self._outlet.hold(busy=False)
            self._on_record = draft

        def refused(error: Exception) -> None:
            self._outlet.hold(busy=False)
            self._outlet.say_error(error)

        self._outlet.hold(busy=True)
        self._desk.perform(
            issue_papers, on_done=recorded, on_error=refused, draft=draft, actor=self._desk.actor
        )

    # --- words -------------------------------------------------------------------------

    def _say_nothing_done(self, draft: PaperDraft) -> None:
        if self.asks(draft):
            self._notice.show_message(_("Nothing was issued."), "key")

    def _tell_issued(self, text: str) -> None:
        self._notice.show_message(
            text, "good", action=_("See what was issued"), on_action=self.records_wanted.emit
        )

    def _stuck(self, error: Exception) -> None:
        """The papers are on record, but not on paper."""
        text = _("{problem} The papers are issued all the same: print them again from here.")
        self._notice.show_message(text.format(problem=texts.message(error)), "wrong")
