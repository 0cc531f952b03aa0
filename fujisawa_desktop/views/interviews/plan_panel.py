"""Beside the calendar: the interview chosen, the result of the plan, and why somebody does not fit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.interview_plan import PlanView, Step, UnplacedPerson
from fujisawa_desktop.texts.interviews import PROBLEMS
from fujisawa_desktop.views.interviews.board import Board, Card, CardState
from fujisawa_desktop.views.interviews.words import (
    card_lines,
    fix_sentence,
    reason_sentence,
    result_line,
    some_names,
)
from fujisawa_desktop.views.widgets import (
    DetailsPane,
    InlineNotice,
    LinkButton,
    Panel,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
    rule,
)

ADD_FIX = "plan.fix-add-interviewers"


class PlanPanel(DetailsPane):
    """The pane at the right.

    Signals:
        move_wanted(Card), lock_wanted(Card), cancel_wanted(Card): for the interview chosen.
        try_wanted(UnplacedPerson): plan again with the time that would help.
        add_wanted(UnplacedPerson): add that time.
        forget_wanted(): stop looking at the plan.
        import_wanted(), interviewers_wanted(): get interviewers' times into the program.
    """

    move_wanted = Signal(object)
    lock_wanted = Signal(object)
    cancel_wanted = Signal(object)
    try_wanted = Signal(object)
    add_wanted = Signal(object)
    forget_wanted = Signal()
    import_wanted = Signal()
    interviewers_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Plan and reasons"), width=252)
        self._board: Board | None = None
        self._card: Card | None = None
        self._left: Sequence[UnplacedPerson] = ()
        self.editable = True

    def show_board(self, board: Board, left: Sequence[UnplacedPerson]) -> None:
        """Show what the board's plan says, or who was left without a place by the plan booked last."""
        self._board = board
        self._left = left
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
        else:
            self._write_plan(board.plan)

    # one interview

    def _write_card(self, board: Board, card: Card) -> None:
        name, *lines = card_lines(board, card)
        problems = {_(text) for text in PROBLEMS.values()}
        self._head(_("Interview chosen"))
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

    # the plan

    def _write_no_interviewers(self) -> None:
        self._head(_("First: interviewers' times"))
        self.add_text(
            _(
                "The calendar needs to know who can interview when. "
                "Take in a file, or enter the times by hand."
            )
        )
        if self.editable:
            self._add_row(SecondaryButton(_("Import…"), self.import_wanted.emit))
            self._add_row(SecondaryButton(_("Interviewers' times…"), self.interviewers_wanted.emit))

    def _write_no_plan(self, board: Board) -> None:
        waiting = board.view.waiting
        if self._left:
            self._write_reasons(self._left)
            return
        self._head(_("Plan"))
        self.add_pairs(
            [
                (_("Waiting"), str(len(waiting))),
                (_("Booked"), str(len(board.view.interviews))),
                (_("Times not named yet"), str(sum(1 for person in waiting if not person.windows))),
            ],
            figures=True,
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

    def _write_plan(self, plan: PlanView) -> None:
        steps = [one.step for one in plan.placed]
        self._head(_plan_heading(plan))
        self.add(RunningText(result_line(plan), "good" if plan.proven_optimal else "caution"))
        self.add_pairs(
            [
                (_("To be booked"), str(steps.count(Step.NEW))),
                (_("To be moved"), str(steps.count(Step.MOVED))),
                (_("To be taken out"), str(len(plan.released))),
                (_("Unchanged"), str(steps.count(Step.KEPT))),
                (_("Announced, to change"), str(len(plan.moved))),
            ],
            figures=True,
        )
        if plan.moved:
            self.add(InlineNotice(_("These people need a new notice"), _(", ").join(plan.moved)))
        if plan.is_trial:
            self.add_text(_("This cannot be booked before the time of these interviewers has been added."))
        self._add_row(LinkButton(_("Stop looking at the plan"), self.forget_wanted.emit))
        self._write_reasons(plan.unplaced)

    def _write_reasons(self, unplaced: Sequence[UnplacedPerson]) -> None:
        if not unplaced:
            return
        self._head(_("Why somebody does not fit"))
        for group in _grouped(unplaced, _said_of):
            self._write_reason(group)
        self._head(_("What would help (tried)"))
        helpful = [group[0] for group in _grouped(unplaced, _helped_by)]
        for one in _each_fix(helpful):
            self._write_fix(one)

    def _write_reason(self, group: list[UnplacedPerson]) -> None:
        self.add_text(reason_sentence(group[0]))
        names = group[0].rivals or tuple(one.name for one in group)
        self.add(RunningText(some_names(names), "neutral"))

    def _write_fix(self, one: UnplacedPerson) -> None:
        card = Panel(role="card", margin=10)
        card.body.addWidget(RunningText(fix_sentence(one)))
        if one.fix == ADD_FIX:
            moved = one.fix_params.get("moved", 0)
            card.body.addWidget(
                RunningText(_("Announced times to change: {count}").format(count=moved), "neutral")
            )
            attempt = SecondaryButton(_("Try"), partial(self.try_wanted.emit, one))
            attempt.setAccessibleName(_("Try: {fix}").format(fix=fix_sentence(one)))
            buttons = [attempt]
            if self.editable:
                buttons.append(SecondaryButton(_("Add time…"), partial(self.add_wanted.emit, one)))
            card.body.addLayout(row(*buttons, None))
        else:
            card.body.addWidget(RunningText(one.name, "neutral"))
        self.add(card)

    def _head(self, text: str) -> None:
        """Append a heading that wraps: this pane is narrow."""
        label = TextLabel(text, "heading")
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        self.add(label)

    def _add_row(self, *buttons: SecondaryButton | LinkButton) -> None:
        """Append buttons side by side."""
        holder = Panel(role="plain", margin=0)
        holder.body.addLayout(row(*buttons, None))
        self.add(holder)


def _plan_heading(plan: PlanView) -> str:
    if plan.is_trial:
        return _("What was tried")
    return _("Plan, not booked yet") if plan.changes else _("The plan changes nothing")


def _said_of(one: UnplacedPerson) -> Hashable:
    """Return what is the same for those of whom the same is said."""
    return one.reason, frozenset(one.rivals) if one.rivals else one.windows or one.reason


def _helped_by(one: UnplacedPerson) -> Hashable:
    """Return what is the same for those whom the same helps."""
    return _said_of(one), one.fix, one.additions


def _grouped(
    unplaced: Iterable[UnplacedPerson], key: Callable[[UnplacedPerson], Hashable]
) -> Iterable[list[UnplacedPerson]]:
    groups: dict[Hashable, list[UnplacedPerson]] = {}
    for one in unplaced:
        groups.setdefault(key(one), []).append(one)
    return groups.values()


def _each_fix(people: Iterable[UnplacedPerson]) -> Iterable[UnplacedPerson]:
    """Keep one of those whom the same added time helps."""
    seen: set[object] = set()
    for one in people:
        key = (one.fix, one.additions) if one.additions else (one.fix, one.entry_id)
        if key not in seen:
            seen.add(key)
            yield one
