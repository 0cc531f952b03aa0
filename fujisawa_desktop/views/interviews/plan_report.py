"""What is written about a plan or a trial: why somebody does not fit, how good it is, what it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Final

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.interview_assumptions import Assumptions
from fujisawa_desktop.services.interview_figures import figures_of
from fujisawa_desktop.services.interview_load import load_of
from fujisawa_desktop.services.interview_plan import FixOffer, PlanView, Step, UnplacedPerson
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.plan_sections import AimList, Figures, Links, LoadBars, SeatLines
from fujisawa_desktop.views.interviews.plan_words import (
    assumption_lines,
    figure_rows,
    fix_words,
    move_words,
    seat_words,
)
from fujisawa_desktop.views.interviews.words import reason_sentence, result_line, some_names
from fujisawa_desktop.views.widgets import (
    Button,
    DetailsPane,
    InlineNotice,
    LinkButton,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

_PEOPLE: Final = 5
"""So many people are named in the pane; the list of all opens in a window of its own."""
_GROUPS: Final = 4
"""So many reasons are given at first."""
_BARS: Final = 8


class PlanReport:
    """Writes into the pane beside the calendar.

    Attributes:
        editable: whether anything may be written into the file.
        drafts: how many plans are kept.
        all_reasons: whether all reasons are given, not only the first.
    """

    def __init__(
        self,
        pane: DetailsPane,
        *,
        deed: Callable[[str], object],
        attempt: Callable[[Assumptions], object],
        rewrite: Callable[[], object],
    ) -> None:
        """Take the pane and what its buttons do: a deed by its name, a trial, writing all anew."""
        self._pane = pane
        self._deed = deed
        self._attempt = attempt
        self._rewrite = rewrite
        self.editable = True
        self.drafts = 0
        self.all_reasons = False

    # a plan and a trial

    def plan(self, board: Board, plan: PlanView) -> None:
        """Write about a plan that can be booked."""
        self.head(_("Plan, not booked yet") if plan.changes else _("The plan changes nothing"))
        self._pane.add(RunningText(result_line(plan), "good" if plan.proven_optimal else "caution"))
        self.reasons(plan.unplaced)
        self._aims(plan)
        self._changes(plan)
        self.load(board)
        self.head(_("Further"))
        self.links("assume", *(("keep",) if self.editable else ()), *self._drafts(), "forget")

    def trial(self, board: Board, trial: PlanView, plan: PlanView | None) -> None:
        """Write about a trial, beside the plan."""
        self.head(_("What was tried"))
        self._pane.add(RunningText(result_line(trial), "good" if trial.proven_optimal else "caution"))
        self._pane.add_text("\n".join(assumption_lines(trial.assumptions, board.view)))
        if not trial.assumptions.storable:
            text = _("Ask these people first; enter the times they name, then plan again.")
            self._pane.add(RunningText(text, "neutral"))
        elif self.editable:
            text = _("Nothing of it is in the calendar. Make it real first, then book the plan.")
            self._pane.add(RunningText(text, "neutral"))
            real = PrimaryButton(_("Make it real…"), partial(self._deed, "make-real"))
            self._pane.add_line(row(real, None))
        keep = ("keep",) if self.editable else ()
        self.links("back", "assume", *keep, *self._drafts())
        if plan is not None:
            self._two(plan, trial)
        self.reasons(trial.unplaced)
        self._aims(trial)
        self.load(board)

    def _two(self, plan: PlanView, trial: PlanView) -> None:
        self.head(_("Beside the plan"))
        rows = figure_rows([figures_of(plan), figures_of(trial)])
        telling = [(name, values) for name, values in rows if set(values) != {"0"}]
        self._pane.add(Figures(telling, (_("Plan"), _("Trial"))))
        before = {one.key for one in plan.placed}
        after = {one.key for one in trial.placed}
        gained = [(one.name, seat_words(one.seat)) for one in trial.placed if one.key not in before]
        lost = [(one.name, seat_words(one.seat)) for one in plan.placed if one.key not in after]
        self._names(_("Gets a place"), gained)
        self._names(_("Loses the place"), lost)
        self.links("compare")

    def _aims(self, plan: PlanView) -> None:
        if plan.measures:
            self.head(_("How good the plan is"))
            self._pane.add(AimList(plan.measures, plan.total))

    def _changes(self, plan: PlanView) -> None:
        if not plan.changes:
            return
        moved = plan.of_step(Step.MOVED)
        self.head(_("What changes"))
        counts = [
            (_("To be booked"), len(plan.of_step(Step.NEW))),
            (_("To be moved"), len(moved)),
            (_("To be taken out"), len(plan.lost)),
            (_("Unchanged"), len(plan.of_step(Step.KEPT))),
        ]
        rows = [(name, [f"{count:,}"]) for name, count in counts if count]
        self._pane.add(Figures([*rows, (_("Announced, to change"), [f"{len(plan.moved):,}"])]))
        if plan.moved:
            self._pane.add(InlineNotice(_("These people need a new notice"), some_names(plan.moved)))
        self._names(_("Moved"), [(one.name, move_words(one)) for one in moved])
        self._names(_("Loses the place"), [(one.name, seat_words(one.before)) for one in plan.lost])
        self.links("changes")

    def _names(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        if not lines:
            return
        self._pane.add(TextLabel(title, "secondary"))
        self._pane.add(SeatLines(lines[:_PEOPLE]))
        more = len(lines) - _PEOPLE
        if more > 0:
            text = ngettext("and {count} more", "and {count} more", more).format(count=more)
            self._pane.add(TextLabel(text, "secondary"))

    # reasons and what would help

    def reasons(self, unplaced: Sequence[UnplacedPerson]) -> None:
        """Write why some have no place, each reason once, and what would help."""
        if not unplaced:
            return
        self.head(_("Why somebody does not fit"))
        groups = list(_grouped(unplaced, _said_of))
        shown = groups if self.all_reasons else groups[:_GROUPS]
        for group in shown:
            self._pane.add_text(reason_sentence(group[0]))
            rivals = group[0].rivals or tuple(one.name for one in group)
            self._pane.add(RunningText(some_names(rivals), "neutral"))
        self.head(_("What would help (tried)"))
        for offer, names in _each_fix([one for group in shown for one in group]):
            self._fix(offer, names)
        more = len(groups) - len(shown)
        if more:
            text = ngettext("{count} more reason", "{count} more reasons", more).format(count=more)
            self._pane.add(Links([LinkButton(text, self._show_all_reasons)]))

    def _show_all_reasons(self) -> None:
        self.all_reasons = True
        self._rewrite()

    def _fix(self, offer: FixOffer, names: Sequence[str]) -> None:
        card = Panel(role="card", margin=10)
        sentence = fix_words(offer.code, offer.params)
        card.body.addWidget(RunningText(sentence))
        if not offer.helped:
            card.body.addWidget(RunningText(some_names(names), "neutral"))
        if "moved" in offer.params:
            text = _("Announced times to change: {count}").format(count=offer.params["moved"])
            card.body.addWidget(RunningText(text, "neutral"))
        if offer.assumptions:
            attempt = SecondaryButton(_("Try"), partial(self._attempt, offer.assumptions))
            attempt.setAccessibleName(_("Try: {fix}").format(fix=sentence))
            card.body.addLayout(row(attempt, None))
        self._pane.add(card)

    # load

    def load(self, board: Board) -> None:
        """Write how many interviews each interviewer holds."""
        if board.plan is None and not board.view.interviews:
            return
        ranked = sorted(load_of(board.view, board.plan).interviewers, key=lambda one: -one.whole.interviews)
        self.head(_("Interviews by interviewer"))
        self._pane.add(LoadBars(ranked[:_BARS]))
        self.links("load")

    # parts

    def head(self, text: str) -> None:
        """Write a heading that wraps: this pane is narrow."""
        label = TextLabel(text, "heading")
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        self._pane.add(label)

    def links(self, *deeds: str) -> None:
        """Write small acts, one below the other."""
        self._pane.add(Links(self._link(name) for name in deeds))

    def _drafts(self) -> tuple[str, ...]:
        return ("drafts",) if self.drafts else ()

    def preparations(self) -> None:
        """Write what can be done before there is a plan."""
        self.head(_("Beforehand"))
        self.links("estimate", "settings", "assume", *self._drafts())

    def _link(self, name: str) -> Button:
        return LinkButton(self._texts()[name], partial(self._deed, name))

    def _texts(self) -> dict[str, str]:
        return {
            "assume": _("Try what would be…"),
            "back": _("Back to the plan"),
            "changes": _("List of all changes…"),
            "compare": _("Person by person…"),
            "drafts": _("Kept plans ({count})…").format(count=self.drafts),
            "estimate": _("How much time is needed?"),
            "forget": _("Stop looking at the plan"),
            "keep": _("Keep this plan…"),
            "load": _("By day and course…"),
            "settings": _("Settings of the interviews…"),
        }


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
