"""What would help those without a place, each tried by planning again before it is offered.

Those whose groups overlap are helped together: what is added for one is open to the others too.
Five things are tried: the least time of more interviewers; a higher limit a day; asking for
other times, where some are free; and a shorter interview.  A fix is offered only if everybody it
names then gets a place.  If somebody else would take it, that person joins the fix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from fujisawa_desktop.rules.planning_added import least_additions
from fujisawa_desktop.rules.planning_demand import Place
from fujisawa_desktop.rules.planning_model import (
    Addition,
    Fix,
    PlanProblem,
    Reason,
    Stage,
    Window,
    merged,
    with_additions,
)
from fujisawa_desktop.rules.planning_reasons import Rivalry
from fujisawa_desktop.rules.planning_search import Times, settle_times
from fujisawa_desktop.rules.planning_shifts import moment
from fujisawa_desktop.rules.planning_solver import Effort

_WITHOUT_TRYING: Final = {
    "plan.no-availability": "plan.fix-ask-times",
    "plan.window-too-short": "plan.fix-ask-longer",
    "plan.time-ran-out": "plan.fix-plan-again",
}
_MOST_CIRCLES: Final = 4
"""Circles beyond these are helped together: each is tried on the whole plan."""
_MORE_A_DAY: Final = (1, 2, 3)
_SHORTER_BY: Final = (5, 10, 15)
_SHORTEST: Final = 10
_LARGE: Final = 4_000
"""Seats of a plan above which only added time is tried: each trial costs as much as the plan."""
ASK: Final = Fix("plan.fix-ask-times")


def fixes_for(rivalry: Rivalry, reasons: dict[int, Reason], effort: Effort) -> dict[int, tuple[Fix, ...]]:
    """Find for each unplaced position what would help, the smallest first.

    Raises:
        Cancelled: the person pressed 中止.
    """
    fixes: dict[int, list[Fix]] = {
        position: [Fix(_WITHOUT_TRYING[reason.code])] if reason.code in _WITHOUT_TRYING else []
        for position, reason in reasons.items()
    }
    waiting = [position for position in reasons if not fixes[position]]
    trial = _Trial(rivalry, effort)
    for circle in _circles(rivalry, waiting):
        # Who joined another circle's fix is helped already.
        if all(fixes[position] for position in circle):
            continue
        for people, fix in trial.fixes(circle):
            for position in people:
                if all(fix.code != other.code for other in fixes[position]):
                    fixes[position].append(fix)
    return {position: tuple(found) or (ASK,) for position, found in fixes.items()}


def _circles(rivalry: Rivalry, positions: list[int]) -> list[frozenset[int]]:
    """Gather the unplaced whose groups overlap."""
    circles: list[tuple[set[int], set[int]]] = []
    for position in positions:
        members, groups = {position}, set(rivalry.group(position))
        apart = []
        for circle in circles:
            if circle[1] & groups:
                members |= circle[0]
                groups |= circle[1]
            else:
                apart.append(circle)
        circles = [*apart, (members, groups)]
    found = [frozenset(members) for members, _ in circles]
    rest = found[_MOST_CIRCLES - 1 :]
    return found if len(found) <= _MOST_CIRCLES else [*found[: _MOST_CIRCLES - 1], frozenset().union(*rest)]


@dataclass(frozen=True, slots=True)
class _Change:
    """A changed problem and how to say what was changed, given who is helped and how many are moved."""

    problem: PlanProblem
    fix: Callable[[dict[str, object], tuple[int, ...]], Fix]


class _Trial:
    """Plans again with something changed."""

    def __init__(self, rivalry: Rivalry, effort: Effort) -> None:
        self._rivalry, self._effort = rivalry, effort
        self._problem = rivalry.demand.problem
        self._before = frozenset(rivalry.unplaced)
        self._known: dict[PlanProblem, Times] = {}
        self._small = len(rivalry.times.network.seats) <= _LARGE

    def fixes(self, circle: frozenset[int]) -> Iterable[tuple[frozenset[int], Fix]]:
        """Return what would help the people of a circle, and whom each helps."""
        found = [self._added(circle)]
        if self._small:
            found += [
                self._first(circle, self._more_a_day()),
                self._first(circle, self._other_times(circle)),
                self._first(circle, self._shorter()),
            ]
        helpful = [one for one in found if one is not None]
        # Stable: of those that move as few, added time comes first, a shorter interview last.
        return sorted(helpful, key=lambda one: int(str(one[1].params.get("moved", 0))))

    def _first(self, circle: frozenset[int], changes: Iterable[_Change]) -> tuple[frozenset[int], Fix] | None:
        """Return the first change after which everybody of the circle has a place."""
        for change in changes:
            again = self._again(change.problem)
            if not circle & frozenset(again.unplaced()):
                return circle, self._said(change, circle, again)
        return None

    def _said(self, change: _Change, people: frozenset[int], again: Times) -> Fix:
        return change.fix({"people": len(people), "moved": len(again.moved())}, self._keys(people))

    def _keys(self, people: Iterable[int]) -> tuple[int, ...]:
        return tuple(self._rivalry.demand.candidates[position].key for position in sorted(people))

    def _again(self, problem: PlanProblem) -> Times:
        if problem not in self._known:
            self._known[problem] = settle_times(problem, self._effort, tell=_silent, later=False)
        return self._known[problem]

    def _added(self, circle: frozenset[int]) -> tuple[frozenset[int], Fix] | None:
        """Add the least time that gives a place to everybody whom time can help."""
        named = circle
        while True:
            people, additions = least_additions(self._rivalry, named, self._effort)
            if not additions:
                return None
            again = self._again(with_additions(self._problem, additions))
            after = frozenset(again.unplaced())
            if not people & after:
                return people, self._said(_with_time(self._problem, additions), people, again)
            newcomers = self._before - after - named
            if not newcomers:
                return None
            named |= newcomers

    def _more_a_day(self) -> Iterable[_Change]:
        problem = self._problem
        own = any(one.daily_limit is not None for one in problem.interviewers)
        if problem.daily_limit is None and not own:
            return
        for more in _MORE_A_DAY:
            limit = None if problem.daily_limit is None else problem.daily_limit + more
            interviewers = tuple(
                one if one.daily_limit is None else replace(one, daily_limit=one.daily_limit + more)
                for one in problem.interviewers
            )
            yield _with_limit(replace(problem, daily_limit=limit, interviewers=interviewers), more)

    def _other_times(self, circle: frozenset[int]) -> Iterable[_Change]:
        """Ask the people of a circle for other times, where interviewers have some left."""
        free = free_times(self._rivalry.times, circle)
        if not free:
            return
        slots = sum(count for _, count in free)
        windows = merged(tuple(window for window, _ in free), bridge=self._problem.gap)
        asked = {self._rivalry.demand.candidates[position].key for position in circle}
        candidates = tuple(
            replace(one, windows=(*one.windows, *windows)) if one.key in asked else one
            for one in self._problem.candidates
        )
        yield _with_times(replace(self._problem, candidates=candidates), slots, windows)

    def _shorter(self) -> Iterable[_Change]:
        for less in _SHORTER_BY:
            minutes = self._problem.slot_minutes - less
            if minutes >= _SHORTEST:
                yield _with_slot(replace(self._problem, slot_minutes=minutes), minutes)


def free_times(times: Times, people: Iterable[int]) -> list[tuple[Window, int]]:
    """Return the times that are still free for interviews of these people, and for how many at once."""
    demand = times.network.demand
    used: dict[tuple[int, int], int] = {}
    held: dict[int, int] = {}
    for (place, _, number), count in times.seats.items():
        held[number] = held.get(number, 0) + count
        for clique in demand.shifts.of(number).cliques_of(place.time):
            used[number, clique] = used.get((number, clique), 0) + count

    def room(number: int, time: tuple[int, int]) -> int:
        shift = demand.shifts.of(number)
        size = len(shift.members)
        left = size if shift.limit is None else size * shift.limit - held.get(number, 0)
        return min(left, *(size - used.get((number, clique), 0) for clique in shift.cliques_of(time)))

    found: dict[Window, int] = {}
    for position in people:
        sight, length = demand.sight(demand.candidates[position].courses), demand.length(position)
        for start in demand.starts(sight, length):
            time = (start, start + length)
            options = demand.options(Place(sight, support=False, time=time))
            count = min(
                sum(room(one, time) for one in shifts) // wanted
                for (_, wanted), shifts in zip(demand.roles, options, strict=True)
            )
            seats = sum(room(one, time) for one in {one for shifts in options for one in shifts})
            count = min(count, seats // len(demand.problem.seats))
            if count > 0:
                window = (moment(time[0]), moment(time[1]))
                found[window] = max(count, found.get(window, 0))
    return _one_after_another(sorted(found.items()), demand.problem.gap)


def _one_after_another(found: list[tuple[Window, int]], gap: timedelta) -> list[tuple[Window, int]]:
    """Leave out what starts before the one before has ended, so that nothing is counted twice."""
    apart: list[tuple[Window, int]] = []
    for window, count in found:
        if not apart or window[0] >= apart[-1][0][1] + gap:
            apart.append((window, count))
    return apart


def _silent(_stage: Stage) -> None:
    pass


def _with_time(problem: PlanProblem, additions: tuple[Addition, ...]) -> _Change:
    def fix(params: dict[str, object], people: tuple[int, ...]) -> Fix:
        minutes = sum(one.count * _minutes(one.start, one.end) for one in additions)
        return Fix("plan.fix-add-interviewers", {**params, "minutes": minutes}, people, additions)

    return _Change(problem, fix)


def _with_limit(problem: PlanProblem, more: int) -> _Change:
    def fix(params: dict[str, object], people: tuple[int, ...]) -> Fix:
        limit = problem.daily_limit
        code = "plan.fix-raise-own-limits" if limit is None else "plan.fix-raise-limit"
        return Fix(code, {**params, "more": more, "limit": limit}, people, daily_limit=limit)

    return _Change(problem, fix)


def _with_times(problem: PlanProblem, slots: int, windows: tuple[Window, ...]) -> _Change:
    def fix(params: dict[str, object], people: tuple[int, ...]) -> Fix:
        return Fix("plan.fix-ask-others", {**params, "slots": slots}, people, windows=windows)

    return _Change(problem, fix)


def _with_slot(problem: PlanProblem, minutes: int) -> _Change:
    def fix(params: dict[str, object], people: tuple[int, ...]) -> Fix:
        return Fix("plan.fix-shorter", {**params, "slot_minutes": minutes}, people, slot_minutes=minutes)

    return _Change(problem, fix)


def _minutes(start: datetime, end: datetime) -> int:
    return (end - start) // timedelta(minutes=1)
