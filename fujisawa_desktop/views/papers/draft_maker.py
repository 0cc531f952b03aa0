"""Making the draft that a window shows: its first page at once, then all of it, then what to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.paper_checks import PaperCheck, paper_checks
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_reissues import reissue_papers
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.making_strip import MakingStrip
from fujisawa_desktop.views.tasks import Job

CONCERNING: Final = frozenset(
    {
        "applicant", "application", "appointment", "appointment_rate", "contact", "course", "decision",
        "decision_correction", "document_number", "entry", "interview", "notice", "paper_template",
        "programme", "shift", "terms_change",
    }
)  # fmt: skip
"""Tables whose rows stand on papers: when one changes, a draft is made again."""
_FEW: Final = 4
"""So few papers are there as soon as their first page."""


class DraftMaker(QObject):
    """Makes drafts; only the newest order counts.

    Signals:
        begun(PaperDraft): its first page is there; the rest is on its way.
        made(PaperDraft): all of it is there.
        checked(object): what should be looked at in it, as a tuple of `PaperCheck`.
        failed(object): it could not be made, or was stopped.
    """

    begun = Signal(object)
    made = Signal(object)
    checked = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, kind: PaperKind, strip: MakingStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self._strip = strip
        self._round = 0
        self._jobs: list[Job] = []
        self.is_making = False

    def make(self, order: dict[str, Any], *, few: bool) -> None:
        """Make the papers of an order, the arguments of `make_papers`, instead of those before.

        With ``few`` the first page is not made before the others.
        """
        asked = {"programme_id": self._desk.programme_id, "kind": self._kind.value, **order}
        self._begin(make_papers, asked, few=few)

    def copy(self, order: dict[str, Any]) -> None:
        """Make other copies of issued papers, the arguments of `reissue_papers`."""
        self._begin(reissue_papers, order, few=True)

    def _begin(self, make: Callable[..., PaperDraft], asked: dict[str, Any], *, few: bool) -> None:
        self.forget()
        current = self._round
        self.is_making = True
        if not few:
            first = self._desk.query(
                make,
                lambda draft: self._take_first(current, draft),
                owner=self,
                on_error=lambda _error: None,  # the whole will say so
                first=1,
                **asked,
            )
            self._jobs.append(first)
        title = _("Making the papers: {kind}").format(kind=texts.term("kind", self._kind))
        whole = self._desk.query(
            make,
            lambda draft: self._take_whole(current, draft),
            owner=self,
            on_error=lambda error: self._fail(current, error),
            busy=title,
            **asked,
        )
        self._jobs.append(whole)
        self._strip.watch(whole, _("Making the pages"))

    def forget(self) -> None:
        """Want nothing any more of what is on its way."""
        self._round += 1
        self.is_making = False
        self._strip.end()
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()

    def _take_first(self, of_round: int, draft: PaperDraft) -> None:
        if of_round == self._round:
            self.begun.emit(draft)

    def _take_whole(self, of_round: int, draft: PaperDraft) -> None:
        if of_round != self._round:
            return
        self._end()
        self.made.emit(draft)
        self._desk.query(
            paper_checks,
            lambda checks: self._take_checks(of_round, checks),
            owner=self,
            draft=draft,
        )

    def _take_checks(self, of_round: int, checks: tuple[PaperCheck, ...]) -> None:
        if of_round == self._round:
            self.checked.emit(checks)

    def _fail(self, of_round: int, error: Exception) -> None:
        if of_round == self._round:
            self._end()
            self.failed.emit(error)

    def _end(self) -> None:
        self.is_making = False
        self._strip.end()
        self._jobs.clear()


def is_few(count: int | None) -> bool:
    """Tell whether so many papers are made as soon as the first of them; None is everybody."""
    return count is not None and count <= _FEW
