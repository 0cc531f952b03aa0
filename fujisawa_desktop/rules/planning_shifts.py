"""The interviewers' side of a plan: who is alike on one day, and which times they could take.

Interviewers who are alike on a day (same times, same people they may see, same seat, same limit,
same fixed interviews) are one *shift* of several members.  The plan counts how many of them are
busy at a time; who exactly is settled afterwards.  So it does not grow with the number of
interviewers.  Moments are whole minutes since `_EPOCH`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from fujisawa_desktop.rules.planning_model import Interviewer, PlanProblem, grid, without_lunch

Time = tuple[int, int]
"""From (inclusive) to (exclusive), in minutes."""

_EPOCH: Final = datetime(2000, 1, 1)
_MINUTE: Final = timedelta(minutes=1)
DAY_MINUTES: Final = 24 * 60


def minute(moment: datetime) -> int:
    """Return the minutes since the epoch."""
    return (moment - _EPOCH) // _MINUTE


def moment(minutes: int) -> datetime:
    """Return the moment so many minutes after the epoch."""
    return _EPOCH + minutes * _MINUTE


@dataclass(frozen=True, slots=True)
class Held:
    """A fixed interview, seen from one who holds it."""

    candidate: int
    interviewer: int
    time: Time


@dataclass(slots=True)
class Shift:
    """Interviewers who are alike on one day.

    Attributes:
        members: places in `Shifts.interviewers`.
        windows: when they are there, lunch not cut out.
        fixed: what each of them holds already.
        limit: how many interviews each may still take, or None.
        times: what they could take, in order.
        on_grid: those of the times that anybody may be given; the others only who holds them now.
        cliques: sets of times (places in ``times``) that all hold one common moment.
    """

    day: int
    members: tuple[int, ...]
    windows: tuple[Time, ...]
    fixed: tuple[Time, ...]
    limit: int | None
    times: list[Time]
    on_grid: frozenset[Time]
    cliques: list[list[int]]

    @property
    def plain(self) -> bool:
        """Tell whether its times never touch each other."""
        return all(len(clique) == 1 for clique in self.cliques)

    def cliques_of(self, time: Time) -> list[int]:
        """Return the places of the cliques that hold a time."""
        place = bisect_left(self.times, time)
        return [number for number, clique in enumerate(self.cliques) if place in clique]


class _Look(NamedTuple):
    """What makes interviewers alike on a day."""

    day: int
    windows: tuple[Time, ...]
    fixed: tuple[Time, ...]
    limit: int | None
    courses: frozenset[int] | None
    role: str
    gives_support: bool


class Shifts:
    """All shifts, and who may take which time.

    Args:
        problem: people, interviewers, times.
        fixed: interviews that stay.
        lengths: the lengths of the interviews to be planned, in minutes.
        kept: times that people hold now; who is there may take them even off the grid and at lunch,
            because they were once agreed on.
    """

    def __init__(
        self, problem: PlanProblem, fixed: Iterable[Held], lengths: Iterable[int], kept: Iterable[Time]
    ) -> None:
        self._problem = problem
        self._gap = problem.gap_minutes
        self._lengths = sorted(set(lengths))
        # Those who may see fewest courses first: it leaves the ones who may see anybody free.
        self.interviewers: list[Interviewer] = sorted(
            problem.interviewers, key=lambda one: (one.courses is None, len(one.courses or ()), one.key)
        )
        self._fixed = _by_day(fixed)
        self._kept: dict[int, set[Time]] = defaultdict(set)
        for time in kept:
            self._kept[time[0] // DAY_MINUTES].add(time)
        self.shifts = self._shifts()
        self.at: dict[tuple[Time, bool], list[int]] = defaultdict(list)
        """Which shifts could take a time: with False only those on whose grid it lies."""
        for place, shift in enumerate(self.shifts):
            for time in shift.times:
                self.at[time, True].append(place)
                if time in shift.on_grid:
                    self.at[time, False].append(place)

    def of(self, place: int) -> Shift:
        """Return a shift by its place."""
        return self.shifts[place]

    def first(self, place: int) -> Interviewer:
        """Return one member of a shift; all are alike."""
        return self.interviewers[self.shifts[place].members[0]]

    def _shifts(self) -> list[Shift]:
        alike: dict[_Look, list[int]] = defaultdict(list)
        roles = set(self._problem.seats)
        supported = any(candidate.needs_support for candidate in self._problem.candidates)
        for place, interviewer in enumerate(self.interviewers):
            for day, windows in _windows_by_day(interviewer).items():
                fixed = tuple(sorted(self._fixed.get((interviewer.key, day), ())))
                look = _Look(
                    day,
                    windows,
                    fixed,
                    self._left(interviewer, len(fixed)),
                    interviewer.courses,
                    interviewer.role if interviewer.role in roles else "",
                    supported and interviewer.gives_support,
                )
                alike[look].append(place)
        found = [part for look, members in alike.items() for part in _split(self._shift(look, members))]
        return sorted(found, key=lambda shift: (shift.day, shift.members))

    def _left(self, interviewer: Interviewer, held: int) -> int | None:
        limit = self._problem.daily_limit if interviewer.daily_limit is None else interviewer.daily_limit
        return None if limit is None else max(0, limit - held)

    def _shift(self, look: _Look, members: list[int]) -> Shift:
        day, windows, fixed, limit = look[:4]
        on_grid = {time for length in self._lengths for time in self._grid(windows, length)}
        offered = on_grid | {
            time
            for time in self._kept.get(day, ())
            if any(start <= time[0] and time[1] <= end for start, end in windows)
        }
        free = () if limit == 0 else offered
        times = sorted(time for time in free if not any(self._clash(time, other) for other in fixed))
        on_grid &= set(times)
        cliques = at_one_time(times, self._gap)
        return Shift(day, tuple(members), windows, fixed, limit, times, frozenset(on_grid), cliques)

    def _grid(self, windows: tuple[Time, ...], length: int) -> Iterable[Time]:
        problem = self._problem
        for start, end in windows:
            for part in without_lunch((moment(start), moment(end)), problem.lunch):
                for slot in grid(part, problem.slot, problem.gap, timedelta(minutes=length)):
                    yield minute(slot[0]), minute(slot[1])

    def _clash(self, one: Time, other: Time) -> bool:
        return one[0] < other[1] + self._gap and other[0] < one[1] + self._gap


def at_one_time(times: list[Time], gap: int) -> list[list[int]]:
    """Return the largest sets of times (places in the ordered list) that hold one common moment.

    Spans that pairwise overlap share a moment, and that moment can be taken to be the start of
    one of them; so one set for each distinct start says all there is to say.
    """
    groups: list[list[int]] = []
    active: list[int] = []
    index = 0
    while index < len(times):
        start = times[index][0]
        going_on = [place for place in active if times[place][1] + gap > start]
        if active and len(going_on) < len(active):
            groups.append(active)
        active = going_on
        while index < len(times) and times[index][0] == start:
            active.append(index)
            index += 1
    if active:
        groups.append(active)
    return groups


def _windows_by_day(interviewer: Interviewer) -> dict[int, tuple[Time, ...]]:
    found: dict[int, set[Time]] = defaultdict(set)
    for start, end in interviewer.windows:
        if start < end:
            found[minute(start) // DAY_MINUTES].add((minute(start), minute(end)))
    return {day: tuple(sorted(spans)) for day, spans in found.items()}


def _by_day(fixed: Iterable[Held]) -> dict[tuple[int, int], list[Time]]:
    found: dict[tuple[int, int], list[Time]] = defaultdict(list)
    for held in fixed:
        found[held.interviewer, held.time[0] // DAY_MINUTES].append(held.time)
    return found


def _split(shift: Shift) -> list[Shift]:
    """Take a limited shift apart where counting is not enough to share out its interviews fairly.

    Times that never touch can be dealt out in turn, so nobody gets more than the others; times of
    different lengths cannot.
    """
    if shift.limit is None or shift.plain or len(shift.members) == 1:
        return [shift]
    return [replace(shift, members=(member,)) for member in shift.members]


def range_of(starts: list[int], first: int, last: int) -> tuple[int, int]:
    """Return the places of the starts from ``first`` to ``last``, both inclusive, as a half-open range."""
    return bisect_left(starts, first), bisect_left(starts, last + 1)
