"""How much interviewers' time so and so many interviews take, before anybody has named a time.

A plan needs to know when people can come; an estimate does not.  It counts what fits into the
days of the programme and says how many interviewers are needed at least.  Because people do not
come evenly, somewhat more should be offered: the reserve.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, combinations
from typing import Final

from fujisawa_desktop.rules.planning_model import Window, grid, without_lunch

_ANY_DAY: Final = date(2000, 1, 3)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day of interviews.

    Attributes:
        slot_minutes, gap_minutes: length of an interview, and the time between two.
        day_from, day_until, lunch: when interviews are held.
        days: on so many days.
        seats: so many interviewers see a person together.
        daily_limit: at most so many interviews an interviewer holds a day, or None.
    """

    slot_minutes: int
    gap_minutes: int
    day_from: time
    day_until: time
    lunch: tuple[time, time] | None
    days: int
    seats: int = 1
    daily_limit: int | None = None

    @property
    def per_day(self) -> int:
        """Return how many interviews one interviewer holds in a whole day at most."""
        day = datetime.combine(_ANY_DAY, self.day_from), datetime.combine(_ANY_DAY, self.day_until)
        return slots_of((day,), self)


@dataclass(frozen=True, slots=True)
class Demand:
    """What so and so many interviews take.

    Attributes:
        interviews: one for each person.
        slots: places to be offered, with the reserve.
        seat_minutes: time all interviewers together spend in interviews, without the reserve.
        present_minutes: the same with the gaps and the reserve: the time to be offered.
        interviewer_days: whole days of one interviewer, all seats of a panel counted.
        a_day: interviewers needed at the same time if all days of the period are used; 0 is never.
    """

    interviews: int
    slots: int
    seat_minutes: int
    present_minutes: int
    interviewer_days: int
    a_day: int


@dataclass(frozen=True, slots=True)
class Supply:
    """One interviewer: so many interviews in all, of these courses (None is any)."""

    slots: int
    courses: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the present interviewers allow, if people could come at any time.

    Attributes:
        interviews: at most so many of the people wanted.
        short: the courses for which there is too little; empty when it is enough for all.
    """

    interviews: int
    short: frozenset[int]


def demand(people: int, day: DayPlan, *, reserve_percent: int = 0) -> Demand:
    """Return what ``people`` interviews take; more slots are offered by the reserve.

    Days are counted whole: a panel of two that sees eight people a day needs two interviewer-days
    for eight people, and four for nine.
    """
    slots = -(-people * (100 + reserve_percent) // 100)
    per_day = day.per_day
    panel_days = -(-slots // per_day) if per_day else 0
    return Demand(
        interviews=people,
        slots=slots,
        seat_minutes=people * day.slot_minutes * day.seats,
        present_minutes=slots * (day.slot_minutes + day.gap_minutes) * day.seats,
        interviewer_days=panel_days * day.seats,
        a_day=-(-panel_days // day.days) * day.seats if day.days else 0,
    )


def slots_of(windows: Iterable[Window], day: DayPlan) -> int:
    """Return how many interviews fit into an interviewer's time, the daily limit kept."""
    slot, gap = timedelta(minutes=day.slot_minutes), timedelta(minutes=day.gap_minutes)
    by_day: dict[date, int] = {}
    for window in windows:
        fitting = sum(len(grid(part, slot, gap)) for part in without_lunch(window, day.lunch))
        by_day[window[0].date()] = by_day.get(window[0].date(), 0) + fitting
    limit = day.daily_limit
    return sum(count if limit is None else min(count, limit) for count in by_day.values())


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
