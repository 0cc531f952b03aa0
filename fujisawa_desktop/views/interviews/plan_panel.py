"""Beside the calendar: the interview chosen, the result of the plan, and why somebody does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.interview_plan import PlanView, UnplacedPerson
from fujisawa_desktop.texts.interviews import PROBLEMS
from fujisawa_desktop.views.interviews.board import Board, Card, CardState
from fujisawa_desktop.views.interviews.plan_report import PlanReport
from fujisawa_desktop.views.interviews.plan_sections import Figures
from fujisawa_desktop.views.interviews.words import card_lines
from fujisawa_desktop.views.widgets import (
    Button,
    DetailsPane,
    InlineNotice,
    LinkButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
    rule,
)


class PlanPanel(DetailsPane):
    """The pane at the right.

    Signals:
        move_wanted(Card), lock_wanted(Card), cancel_wanted(Card): for the interview chosen.
        try_wanted(Assumptions): plan again on a copy in which they hold.
        deed_wanted(str): one of the planner's deeds.
    """

    move_wanted = Signal(object)
    lock_wanted = Signal(object)
    cancel_wanted = Signal(object)
    try_wanted = Signal(object)
    deed_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Plan and reasons"), width=268)
        self.setMinimumWidth(244)
        self._board: Board | None = None
        self._card: Card | None = None
        self._left: Sequence[UnplacedPerson] = ()
        self._plan: PlanView | None = None
        self._report = PlanReport(
            self, deed=self.deed_wanted.emit, attempt=self.try_wanted.emit, rewrite=self._write
        )

    @property
    def editable(self) -> bool:
        """Whether anything may be written into the file."""
        return self._report.editable

    @editable.setter
    def editable(self, editable: bool) -> None:
        self._report.editable = editable

    def show_board(
        self,
        board: Board,
        left: Sequence[UnplacedPerson],
        *,
        plan: PlanView | None = None,
        drafts: int = 0,
    ) -> None:
        """Show what the board's plan says, or who was left without a place by the plan booked last.

        Args:
            board: what lies on the calendar.
            left: those without a place, while no plan is looked at.
            plan: what a trial on the board is compared with.
            drafts: how many plans are kept aside.
        """
        if board.plan is not (self._board.plan if self._board is not None else None):
            self._report.all_reasons = False
        self._board = board
        self._left = left
        self._plan = plan
        self._report.drafts = drafts
        self._card = None
        self._write()

    def show_card(self, card: Card | None) -> None:
        """Show the interview that was chosen."""
        if card != self._card:
            self._card = card
            self._write()

    def _write(self) -> None:
        self.clear()
        board = self._board
        if board is None:
            return
        if self._card is not None:
            self._write_card(board, self._card)
            self.add(rule())
        if not board.view.interviewers:
            self._write_no_interviewers()
        elif board.plan is None:
            self._write_no_plan(board)
        elif board.plan.is_trial:
            self._report.trial(board, board.plan, self._plan)
        else:
            self._report.plan(board, board.plan)

    # one interview

    def _write_card(self, board: Board, card: Card) -> None:
        name, *lines = card_lines(board, card)
        problems = {_(text) for text in PROBLEMS.values()}
        self._report.head(_("Interview chosen"))
        label = TextLabel(name, "bold")
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        self.add(label)
        self.add_text("\n".join(line for line in lines if line not in problems))
        for line in lines:
            if line in problems:
                self.add(InlineNotice(_("Does not fit any more"), line, "wrong"))
        if card.state is CardState.BOOKED and card.booked is not None and self.editable:
            self._write_acts(card, is_locked=card.booked.is_locked)

    def _write_acts(self, card: Card, *, is_locked: bool) -> None:
        move = SecondaryButton(_("Move"), partial(self.move_wanted.emit, card))
        lock = SecondaryButton(_("Release") if is_locked else _("Fix"), partial(self.lock_wanted.emit, card))
        cancel = LinkButton(_("Cancel the interview"), partial(self.cancel_wanted.emit, card))
        move.setEnabled(not is_locked)
        cancel.setEnabled(not is_locked)
        self._add_row(move, lock)
        self._add_row(cancel)

    # before there is a plan

    def _write_no_interviewers(self) -> None:
        self._report.head(_("First: interviewers' times"))
        self.add_text(
            _(
                "The calendar needs to know who can interview when. "
                "Take in a file, or enter the times by hand."
            )
        )
        if self.editable:
            self._add_row(SecondaryButton(_("Import…"), partial(self.deed_wanted.emit, "import")))
            self._add_row(
                SecondaryButton(_("Interviewers' times…"), partial(self.deed_wanted.emit, "interviewers"))
            )
        self._report.links("estimate", "settings")

    def _write_no_plan(self, board: Board) -> None:
        if self._left:
            self._report.reasons(self._left)
        else:
            self._write_introduction(board)
        self._report.load(board)
        self._report.preparations()

    def _write_introduction(self, board: Board) -> None:
        waiting = board.view.waiting
        self._report.head(_("Plan"))
        self.add(
            Figures(
                [
                    (_("Waiting"), [f"{len(waiting):,}"]),
                    (_("Booked"), [f"{len(board.view.interviews):,}"]),
                    (_("Times not named yet"), [str(sum(1 for person in waiting if not person.windows))]),
                ]
            )
        )
        if waiting:
            self.add_text(
                _(
                    "“Make a plan” computes the arrangement in which most people get a place. "
                    "Nothing is booked until you say so; fixed interviews and announced times stay."
                )
            )
        self.add(
            RunningText(
                _(
                    "By hand: drag somebody into the calendar, or press Return on a name, choose a time "
                    "and press Return again."
                ),
                "neutral",
            )
        )

    def _add_row(self, *buttons: Button) -> None:
        """Append buttons side by side."""
        self.add_line(row(*buttons, None))
