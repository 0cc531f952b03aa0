"""How many people the interviewers there are can see, before anybody has named a time.

What so many people take says `planning_estimate`; this is the other side of the scales.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import chain, combinations
from typing import Final

from fujisawa_desktop.rules.planning_model import Window, grid, without_lunch

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Supply:
    """One interviewer: so many interviews in all, of these courses (None is any)."""

    slots: int
    courses: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the interviewers allow, if people could come at any time.

    Attributes:
        interviews: at most so many of the people wanted.
        short: the courses for which there is too little; empty when it is enough for all.
    """

    interviews: int
    short: frozenset[int]


def slots_of(
    windows: Iterable[Window],
    *,
    slot_minutes: int,
    gap_minutes: int = 0,
    lunch: tuple[time, time] | None = None,
    daily_limit: int | None = None,
) -> int:
    """Return how many interviews fit into an interviewer's time, the daily limit kept."""
    slot, gap = timedelta(minutes=slot_minutes), timedelta(minutes=gap_minutes)
    by_day: dict[date, int] = {}
    for window in windows:
        fitting = sum(len(grid(part, slot, gap)) for part in without_lunch(window, lunch))
        by_day[window[0].date()] = by_day.get(window[0].date(), 0) + fitting
    return sum(count if daily_limit is None else min(count, daily_limit) for count in by_day.values())


def minutes_of(windows: Iterable[Window], lunch: tuple[time, time] | None) -> int:
    """Return how long an interviewer is there, lunch not counted."""
    parts = [part for window in windows for part in without_lunch(window, lunch)]
    return sum((end - start for start, end in parts), timedelta()) // _MINUTE


def allowance(people: Mapping[int, int], supplies: Sequence[Supply], *, seats: int = 1) -> Allowance:
    """Return how many of the people, given by course, the interviewers can see at most.

    By the theorem of the greatest flow: it is the smallest sum, over all choices of courses, of the
    people of the other courses and of the places of those who may see a chosen course.  With
    panels the places are divided by their seats, which no arrangement can exceed.
    """
    courses = [course for course, count in sorted(people.items()) if count]
    best, short = sum(people.values()), frozenset[int]()
    for chosen in _subsets(courses):
        others = sum(count for course, count in people.items() if course not in chosen)
        places = sum(
            supply.slots for supply in supplies if supply.courses is None or supply.courses & set(chosen)
        )
        if others + places // seats < best:
            best, short = others + places // seats, frozenset(chosen)
    return Allowance(best, short)


def _subsets(courses: Sequence[int]) -> Iterable[tuple[int, ...]]:
    return chain.from_iterable(combinations(courses, size) for size in range(1, len(courses) + 1))
