"""How the interviews are spread: by interviewer and day, and by course."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fujisawa_desktop.rules.planning_model import without_lunch
from fujisawa_desktop.services.interview_plan_view import PlanView
from fujisawa_desktop.services.interview_view import CalendarView, InterviewerColumn


@dataclass(frozen=True, slots=True)
class Load:
    """Interviews and the minutes they take."""

    interviews: int = 0
    minutes: int = 0

    def __add__(self, other: Load) -> Load:
        """Return both together."""
        return Load(self.interviews + other.interviews, self.minutes + other.minutes)


@dataclass(frozen=True, slots=True)
class InterviewerLoad:
    """What one interviewer holds.

    Attributes:
        name: empty for somebody a trial has added.
        days: by day, in the order of the `LoadView`.
        offered_minutes: the time the interviewer has, lunch not counted.
        courses: interviews by course, in the order of the `LoadView`; one interview may be of several.
    """

    interviewer_id: int
    name: str
    days: tuple[Load, ...]
    offered_minutes: int
    courses: tuple[int, ...]

    @property
    def whole(self) -> Load:
        """Return everything together."""
        return sum(self.days, Load())

    @property
    def used_days(self) -> int:
        """Return on how many days the interviewer is needed."""
        return sum(1 for day in self.days if day.interviews)


@dataclass(frozen=True, slots=True)
class LoadView:
    """The table: days and courses are its columns, interviewers its rows."""

    days: tuple[date, ...]
    courses: tuple[str, ...]
    interviewers: tuple[InterviewerLoad, ...]

    @property
    def busiest(self) -> int:
        """Return the most interviews any interviewer holds."""
        return max((one.whole.interviews for one in self.needed), default=0)

    @property
    def idlest(self) -> int:
        """Return the fewest interviews of those who are needed at all."""
        return min((one.whole.interviews for one in self.needed), default=0)

    @property
    def needed(self) -> tuple[InterviewerLoad, ...]:
        """Return those who hold any interview."""
        return tuple(one for one in self.interviewers if one.whole.interviews)


def load_of(view: CalendarView, plan: PlanView | None = None) -> LoadView:
    """Return the load of a plan, or of what is booked now."""
    days = tuple(day.day for day in view.days if day.closed is None)
    seats: dict[int, list[tuple[int, datetime, datetime]]] = defaultdict(list)
    for key, interviewer_ids, start, end in _held(view, plan):
        for interviewer_id in interviewer_ids:
            seats[interviewer_id].append((key, start, end))
    lunch = view.lunch if plan is None else plan.problem.lunch
    return LoadView(
        days,
        tuple(mark.short_name for mark in view.courses),
        tuple(
            _of_interviewer(view, column, lunch, days, seats[column.interviewer_id])
            for column in _columns(view, plan)
        ),
    )


def _held(
    view: CalendarView, plan: PlanView | None
) -> Iterable[tuple[int, tuple[int, ...], datetime, datetime]]:
    if plan is None:
        return ((one.key, one.interviewer_ids, one.start, one.end) for one in view.interviews)
    return ((one.key, one.interviewer_ids, one.start, one.end) for one in plan.placed)


def _columns(view: CalendarView, plan: PlanView | None) -> tuple[InterviewerColumn, ...]:
    """Return the interviewers with the time the plan was made with, those a trial has added too."""
    if plan is None:
        return view.interviewers
    return tuple(
        InterviewerColumn(one.key, one.name, one.courses or frozenset(), one.windows)
        for one in plan.problem.interviewers
    )


def _of_interviewer(
    view: CalendarView,
    column: InterviewerColumn,
    lunch: tuple[time, time] | None,
    days: tuple[date, ...],
    seats: list[tuple[int, datetime, datetime]],
) -> InterviewerLoad:
    by_day: dict[date, Load] = defaultdict(Load)
    courses: Counter[int] = Counter()
    for key, start, end in seats:
        by_day[start.date()] += Load(1, (end - start) // timedelta(minutes=1))
        courses.update(view.person_of[key].course_ids)
    parts = [part for window in column.windows for part in without_lunch(window, lunch)]
    offered = sum((end - start for start, end in parts), timedelta())
    return InterviewerLoad(
        column.interviewer_id,
        column.name,
        tuple(by_day[day] for day in days),
        offered // timedelta(minutes=1),
        tuple(courses[mark.course_id] for mark in view.courses),
    )
