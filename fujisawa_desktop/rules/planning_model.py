"""What an interview plan is made of: the problem that goes in and the plan that comes out.

All moments are local wall times without zone, all lengths are whole minutes.  Keys are the
caller's own numbers; the plan hands them back and never looks at what stands behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice

from fujisawa_desktop.errors import RuleError

Window = tuple[datetime, datetime]
"""A span of one day in which somebody can come: from (inclusive) to (exclusive)."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An interview that already stands in the calendar.

    Attributes:
        announced: the applicant has been told the time; moving it costs a new notice.
        locked: the clerk fixed it; the plan leaves it exactly where it is.
    """

    interviewers: tuple[int, ...]
    start: datetime
    end: datetime
    announced: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits for one interview.

    Attributes:
        number: the portal's own number; ties are broken by it, so the plan does not depend on keys.
        courses: what the interview is about; an interviewer must be allowed to see all of them.
        windows: when the person can come; empty means nothing has been stated yet.
        booking: the interview the person has now.
        person: the same for two candidates who are one human being (two applications).
        minutes: length of this interview, where it differs from the problem's slot.
        finish_by: the day by which the person asked to be seen.
        needs_support: best seen by an interviewer who gives support.
    """

    key: int
    number: str
    courses: frozenset[int]
    windows: tuple[Window, ...]
    booking: Booking | None = None
    person: int | None = None
    minutes: int | None = None
    finish_by: date | None = None
    needs_support: bool = False


@dataclass(frozen=True, slots=True)
class Interviewer:
    """One person or room that sees one applicant at a time; ``courses=None`` means any course.

    Attributes:
        role: the seat of a panel it can take.
        daily_limit: at most so many interviews a day, instead of the problem's own limit.
        gives_support: prepared for people who need support.
    """

    key: int
    name: str
    courses: frozenset[int] | None
    windows: tuple[Window, ...]
    role: str = ""
    daily_limit: int | None = None
    gives_support: bool = False

    def may_see(self, courses: frozenset[int]) -> bool:
        """Tell whether this interviewer may see an applicant for these courses."""
        return self.courses is None or courses <= self.courses


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Everything the plan depends on; equal problems give equal plans.

    Attributes:
        slot_minutes: length of one interview.
        gap_minutes: time an interviewer needs between two interviews.
        lunch: span of every day in which no interview is held, or None.
        panel: the role each seat of an interview asks for, ``""`` for any; without a seat one
            interviewer of any role sees the person.
        daily_limit: at most so many interviews an interviewer holds a day, or None.
    """

    candidates: tuple[Candidate, ...]
    interviewers: tuple[Interviewer, ...]
    slot_minutes: int = 30
    gap_minutes: int = 0
    lunch: tuple[time, time] | None = None
    panel: tuple[str, ...] = ()
    daily_limit: int | None = None

    def __post_init__(self) -> None:
        """Refuse lengths that make no grid."""
        if self.slot_minutes <= 0 or self.gap_minutes < 0:
            raise RuleError("plan.bad-length", slot_minutes=self.slot_minutes, gap_minutes=self.gap_minutes)

    @property
    def seats(self) -> tuple[str, ...]:
        """The role that each seat of an interview asks for."""
        return self.panel or ("",)

    def stays(self, booking: Booking) -> bool:
        """Tell whether the plan must leave a booking alone.

        A panel larger than the programme asks for was arranged by hand.
        """
        return booking.locked or len(booking.interviewers) > len(self.seats)

    @property
    def slot(self) -> timedelta:
        """Length of one interview."""
        return timedelta(minutes=self.slot_minutes)

    @property
    def gap(self) -> timedelta:
        """Time between two interviews of one interviewer."""
        return timedelta(minutes=self.gap_minutes)


@dataclass(frozen=True, slots=True)
class Placement:
    """One interview of the plan."""

    candidate: int
    interviewers: tuple[int, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody has no place, as a code of the text catalogue.

    Attributes:
        people: keys of those who compete for the same places, the unplaced ones first.
        windows: the time they compete for.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    people: tuple[int, ...] = ()
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """Time of ``count`` more interviewers, each allowed to see all of ``courses``.

    Attributes:
        role: the seat of a panel they take, ``""`` where any seat will do.
    """

    start: datetime
    end: datetime
    count: int
    courses: frozenset[int]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """What would help, tried by planning again; ``people`` all get a place by it.

    Attributes:
        additions: interviewers' time that would be added.
        windows: free time of the interviewers that the people could be asked about.
        daily_limit: the limit of interviews a day that would do.
        slot_minutes: the length of an interview that would do.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    people: tuple[int, ...] = ()
    additions: tuple[Addition, ...] = ()
    windows: tuple[Window, ...] = ()
    daily_limit: int | None = None
    slot_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody without a place, why, and what would help: the smallest first, never empty."""

    candidate: int
    reason: Reason
    fixes: tuple[Fix, ...]

    @property
    def fix(self) -> Fix:
        """The smallest of the fixes."""
        return self.fixes[0]


class Stage(StrEnum):
    """What the planner is doing, for the words of its progress."""

    TIMES = "times"
    PLACED = "placed"
    KEPT = "kept"
    NEEDS = "needs"
    DAYS = "days"
    LOAD = "load"
    COMPACT = "compact"
    REASONS = "reasons"
    FIXES = "fixes"


class Aim(StrEnum):
    """What a plan is judged by, in the order of importance."""

    PLACED = "placed"
    """Most people placed."""
    KEPT = "kept"
    """Fewest changes to what was announced."""
    NEEDS = "needs"
    """Early enough for those who asked for it, support for those who need it."""
    DAYS = "days"
    """Fewest interviewer-days opened."""
    LOAD = "load"
    """Fair load: the busiest interviewer holds as few interviews as possible."""
    COMPACT = "compact"
    """Compact days: few idle minutes between the interviews of an interviewer's day."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How well a plan does in one aim.

    Attributes:
        value: what was reached: people placed; people moved; needs met, where somebody may have two;
            interviewer-days; interviews of the busiest interviewer; idle minutes.
        bound: no plan as good in the aims before does better than this; equal to ``value`` if proven.
    """

    aim: Aim
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Tell whether no plan does better."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Plan:
    """The result.

    Attributes:
        placed: by time, then by number; booked interviews that stay are among them.
        moved: candidates whose announced time changes or is lost.
        proven_optimal: nobody more can be placed, and no plan that places as many moves fewer
            announced interviews.  False only when the search had to end before.
        measures: what was reached, aim by aim.
    """

    placed: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    moved: tuple[int, ...]
    proven_optimal: bool
    measures: tuple[Measure, ...] = ()


def merged(windows: tuple[Window, ...], *, bridge: timedelta = timedelta()) -> tuple[Window, ...]:
    """Return the windows in order of time, those that touch (or lie within ``bridge``) made one."""
    spans: list[Window] = []
    for start, end in sorted(window for window in windows if window[0] < window[1]):
        if spans and start <= spans[-1][1] + bridge:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(spans)


def without_lunch(window: Window, lunch: tuple[time, time] | None) -> tuple[Window, ...]:
    """Cut the lunch break out of a window of one day."""
    start, end = window
    if lunch is None or start >= end:
        return (window,) if start < end else ()
    lunch_start, lunch_end = (datetime.combine(start.date(), moment) for moment in lunch)
    parts = ((start, min(end, lunch_start)), (max(start, lunch_end), end))
    return tuple((first, last) for first, last in parts if first < last)


def grid(window: Window, slot: timedelta, gap: timedelta, length: timedelta | None = None) -> list[Window]:
    """Return the slots of a window, one after the other from its start.

    An interview of another ``length`` starts on the same grid.
    """
    start, end = window
    length = slot if length is None else length
    slots = (end - start - length) // (slot + gap) + 1 if start + length <= end else 0
    return [(start + n * (slot + gap), start + n * (slot + gap) + length) for n in range(slots)]


def with_additions(problem: PlanProblem, additions: tuple[Addition, ...]) -> PlanProblem:
    """Return the problem with the added interviewers, for trying a fix on a copy.

    The added ones get keys below every key in use, so they can be told apart.
    """
    lowest = min((interviewer.key for interviewer in problem.interviewers), default=0)
    free_keys = count(min(lowest, 0) - 1, -1)
    added = tuple(
        Interviewer(key, "", addition.courses or None, ((addition.start, addition.end),), addition.role)
        for addition in additions
        for key in islice(free_keys, addition.count)
    )
    return replace(problem, interviewers=(*problem.interviewers, *added))
