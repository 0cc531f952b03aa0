"""Beside the calendar: the interview chosen, the result of the plan, and why somebody does not fit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.interview_figures import figures_of
from fujisawa_desktop.services.interview_load import load_of
from fujisawa_desktop.services.interview_plan import FixOffer, PlanView, Step, UnplacedPerson
from fujisawa_desktop.texts.interviews import PROBLEMS
from fujisawa_desktop.views.interviews.board import Board, Card, CardState
from fujisawa_desktop.views.interviews.plan_sections import AimList, SeatLines, SideBySide
from fujisawa_desktop.views.interviews.plan_words import (
    assumption_lines,
    figure_rows,
    fix_words,
    move_words,
    seat_words,
)
from fujisawa_desktop.views.interviews.words import card_lines, reason_sentence, result_line, some_names
from fujisawa_desktop.views.widgets import (
    Bar,
    BarChart,
    Button,
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

_LINES: Final = 5
"""So many people are named in the pane; the list of all opens in a window of its own."""
_GROUPS: Final = 6
"""So many reasons are given at first."""


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
        super().__init__(_("Plan and reasons"), width=264)
        self._board: Board | None = None
        self._card: Card | None = None
        self._left: Sequence[UnplacedPerson] = ()
        self._plan: PlanView | None = None
        self._drafts = 0
        self._all_reasons = False
        self.editable = True

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
            self._all_reasons = False
        self._board = board
        self._left = left
        self._plan = plan
        self._drafts = drafts
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
            self._write_trial(board, board.plan)
        else:
            self._write_plan(board, board.plan)

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

    # before there is a plan

    def _write_no_interviewers(self) -> None:
        self._head(_("First: interviewers' times"))
        self.add_text(
            _(
                "The calendar needs to know who can interview when. "
                "Take in a file, or enter the times by hand."
            )
        )
        if self.editable:
            self._add_row(self._button(_("Import…"), "import"))
            self._add_row(self._button(_("Interviewers' times…"), "interviewers"))
        self._add_row(self._link(_("How much time is needed?"), "estimate"))

    def _write_no_plan(self, board: Board) -> None:
        if self._left:
            self._write_reasons(self._left)
            self._write_load(board)
            self._write_preparations()
            return
        waiting = board.view.waiting
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
        self._write_load(board)
        self._write_preparations()

    def _write_preparations(self) -> None:
        self._head(_("Beforehand"))
        self._add_row(self._link(_("How much time is needed?"), "estimate"))
        self._add_row(self._link(_("Settings of the interviews…"), "settings"))
        self._add_row(self._link(_("Try what would be…"), "assume"))
        self._add_drafts()

    # a plan

    def _write_plan(self, board: Board, plan: PlanView) -> None:
        self._head(_("Plan, not booked yet") if plan.changes else _("The plan changes nothing"))
        self.add(RunningText(result_line(plan), "good" if plan.proven_optimal else "caution"))
        self._write_reasons(plan.unplaced)
        self._write_aims(plan)
        self._write_changes(plan)
        self._write_load(board)
        self._head(_("Further"))
        self._add_row(self._link(_("Try what would be…"), "assume"))
        if self.editable:
            self._add_row(self._link(_("Keep this plan…"), "keep"))
        self._add_drafts()
        self._add_row(self._link(_("Stop looking at the plan"), "forget"))

    def _write_aims(self, plan: PlanView) -> None:
        if plan.measures:
            self._head(_("How good the plan is"))
            self.add(AimList(plan.measures, plan.total))

    def _write_changes(self, plan: PlanView) -> None:
        moved, new = plan.of_step(Step.MOVED), plan.of_step(Step.NEW)
        self._head(_("What changes"))
        self.add_pairs(
            [
                (_("To be booked"), str(len(new))),
                (_("To be moved"), str(len(moved))),
                (_("To be taken out"), str(len(plan.lost))),
                (_("Unchanged"), str(len(plan.of_step(Step.KEPT)))),
                (_("Announced, to change"), str(len(plan.moved))),
            ],
            figures=True,
        )
        if plan.moved:
            self.add(InlineNotice(_("These people need a new notice"), some_names(plan.moved)))
        if moved:
            self._names(_("Moved"), [(one.name, move_words(one)) for one in moved])
        if plan.lost:
            self._names(_("Loses the place"), [(one.name, seat_words(one.before)) for one in plan.lost])
        if plan.changes:
            self._add_row(self._link(_("List of all changes…"), "changes"))

    def _names(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        self.add(TextLabel(title, "secondary"))
        self.add(SeatLines(lines[:_LINES]))
        more = len(lines) - _LINES
        if more > 0:
            text = ngettext("and {count} more", "and {count} more", more).format(count=more)
            self.add(TextLabel(text, "secondary"))

    # a trial

    def _write_trial(self, board: Board, trial: PlanView) -> None:
        self._head(_("What was tried"))
        self.add(RunningText(result_line(trial), "good" if trial.proven_optimal else "caution"))
        self.add(TextLabel(_("Supposed"), "secondary"))
        self.add_text("\n".join(assumption_lines(trial.assumptions, board.view)))
        if self._plan is not None:
            self._write_two(self._plan, trial)
        if self.editable and trial.assumptions.storable:
            self.add_text(_("Nothing of it is in the calendar. Make it real first, then book the plan."))
            self._add_row(self._button(_("Make it real…"), "make-real"))
        elif not trial.assumptions.storable:
            self.add_text(_("Ask these people first; enter the times they name, then plan again."))
        self._add_row(self._link(_("Back to the plan"), "back"))
        self._add_row(self._link(_("Try something else…"), "assume"))
        if self.editable:
            self._add_row(self._link(_("Keep this trial…"), "keep"))
        self._add_drafts()
        self._write_reasons(trial.unplaced)
        self._write_aims(trial)
        self._write_load(board)

    def _write_two(self, plan: PlanView, trial: PlanView) -> None:
        self._head(_("Beside the plan"))
        self.add(SideBySide((_("Plan"), _("Trial")), figure_rows([figures_of(plan), figures_of(trial)])))
        before = {one.key: one.seat for one in plan.placed}
        after = {one.key: one for one in trial.placed}
        gained = [(one.name, seat_words(one.seat)) for key, one in after.items() if key not in before]
        lost = [(one.name, seat_words(one.seat)) for one in plan.placed if one.key not in after]
        if gained:
            self._names(_("Gets a place"), gained)
        if lost:
            self._names(_("Loses the place"), lost)
        self._add_row(self._link(_("Person by person…"), "compare"))

    # reasons and what would help

    def _write_reasons(self, unplaced: Sequence[UnplacedPerson]) -> None:
        if not unplaced:
            return
        self._head(_("Why somebody does not fit"))
        groups = list(_grouped(unplaced, _said_of))
        shown = groups if self._all_reasons else groups[:_GROUPS]
        for group in shown:
            self._write_reason(group)
        people = [one for group in shown for one in group]
        self._head(_("What would help (tried)"))
        for offer, names in _each_fix(people):
            self._write_fix(offer, names)
        more = len(groups) - len(shown)
        if more:
            text = ngettext("{count} more reason", "{count} more reasons", more).format(count=more)
            self._add_row(LinkButton(text, self._show_all_reasons))

    def _show_all_reasons(self) -> None:
        self._all_reasons = True
        self._write()

    def _write_reason(self, group: list[UnplacedPerson]) -> None:
        self.add_text(reason_sentence(group[0]))
        names = group[0].rivals or tuple(one.name for one in group)
        self.add(RunningText(some_names(names), "neutral"))

    def _write_fix(self, offer: FixOffer, names: Sequence[str]) -> None:
        card = Panel(role="card", margin=10)
        sentence = fix_words(offer.code, offer.params)
        card.body.addWidget(RunningText(sentence))
        if not offer.assumptions:
            card.body.addWidget(RunningText(some_names(names), "neutral"))
        else:
            if "moved" in offer.params:
                text = _("Announced times to change: {count}").format(count=offer.params["moved"])
                card.body.addWidget(RunningText(text, "neutral"))
            attempt = SecondaryButton(_("Try"), partial(self.try_wanted.emit, offer.assumptions))
            attempt.setAccessibleName(_("Try: {fix}").format(fix=sentence))
            card.body.addLayout(row(attempt, None))
        self.add(card)

    # load

    def _write_load(self, board: Board) -> None:
        if board.plan is None and not board.view.interviews:
            return
        load = load_of(board.view, board.plan)
        self._head(_("Interviews by interviewer"))
        chart = BarChart(_("Interviews by interviewer"))
        ranked = sorted(load.interviewers, key=lambda one: -one.whole.interviews)
        chart.set_bars([Bar(one.name or _("added"), one.whole.interviews) for one in ranked[: _LINES + 3]])
        self.add(chart)
        self._add_row(self._link(_("By day and course…"), "load"))

    # parts

    def _head(self, text: str) -> None:
        """Append a heading that wraps: this pane is narrow."""
        label = TextLabel(text, "heading")
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        self.add(label)

    def _add_drafts(self) -> None:
        if self._drafts:
            self._add_row(self._link(_("Kept plans ({count})…").format(count=self._drafts), "drafts"))

    def _link(self, text: str, deed: str) -> Button:
        return LinkButton(text, partial(self.deed_wanted.emit, deed))

    def _button(self, text: str, deed: str) -> Button:
        return SecondaryButton(text, partial(self.deed_wanted.emit, deed))

    def _add_row(self, *buttons: Button) -> None:
        """Append buttons side by side."""
        holder = Panel(role="plain", margin=0)
        holder.body.addLayout(row(*buttons, None))
        self.add(holder)


def _said_of(one: UnplacedPerson) -> Hashable:
    """Return what is the same for those of whom the same is said."""
    return one.reason, frozenset(one.rivals) if one.rivals else one.windows or one.reason


def _grouped(
    unplaced: Iterable[UnplacedPerson], key: Callable[[UnplacedPerson], Hashable]
) -> Iterable[list[UnplacedPerson]]:
    groups: dict[Hashable, list[UnplacedPerson]] = {}
    for one in unplaced:
        groups.setdefault(key(one), []).append(one)
    return groups.values()


def _each_fix(people: Iterable[UnplacedPerson]) -> Iterable[tuple[FixOffer, list[str]]]:
    """Return every fix once, with the names of those it is for; what can be tried comes first."""
    found: dict[Hashable, tuple[FixOffer, list[str]]] = {}
    for one in people:
        for offer in one.fixes:
            key = (offer.code, offer.assumptions) if offer.assumptions else (offer.code, _said_of(one))
            found.setdefault(key, (offer, []))[1].append(one.name)
    return sorted(found.values(), key=lambda pair: not pair[0].assumptions)
