"""How many interviewer-hours are needed for so many people: an estimate before the letters go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Application, Course, Decision
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.interview_demand import (
    Allowance,
    DayPlan,
    Demand,
    Supply,
    allowance,
    demand,
    minutes_of,
    slots_of,
)
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_view import CalendarView


@dataclass(frozen=True, slots=True)
class CourseDemand:
    """One course.

    Attributes:
        capacity: places of the course.
        passed: applications that passed the first screening, announced or not yet.
    """

    course_id: int
    short_name: str
    capacity: int
    passed: int


@dataclass(frozen=True, slots=True)
class EstimateBasis:
    """What an estimate is made from.

    Attributes:
        day: the days of interviews as the programme sets them.
        supplies: the interviewers and how much they can see.
        supply_minutes: how long they all are there.
    """

    day: DayPlan
    courses: tuple[CourseDemand, ...]
    supplies: tuple[Supply, ...]
    supply_minutes: int

    @property
    def supply_slots(self) -> int:
        """Return how many interviews the present interviewers can hold at most."""
        return sum(supply.slots for supply in self.supplies) // self.day.seats


@dataclass(frozen=True, slots=True)
class Estimate:
    """The answer; ``short`` are the names of courses for which the present interviewers are too few."""

    basis: EstimateBasis
    people: int
    reserve_percent: int
    demand: Demand
    allowance: Allowance
    short: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Tell whether the present interviewers can see everybody, the reserve not counted."""
        return self.allowance.interviews >= self.people


def estimate_basis(database: Database, *, programme_id: int) -> EstimateBasis:
    """Return what an estimate is made from.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        view = load_calendar(session, programme_id)
        passed = _passed(session, programme_id)
        rows = session.execute(
            select(Course.id, Course.short_name, Course.capacity)
            .where(Course.programme_id == programme_id)
            .order_by(Course.position, Course.id)
        )
        courses = tuple(CourseDemand(*row, passed.get(row.id, 0)) for row in rows)
    day = _day(view)
    return EstimateBasis(
        day=day,
        courses=courses,
        supplies=tuple(
            Supply(
                slots_of(column.windows, replace(day, daily_limit=view.limit_of(column))),
                column.course_ids or None,
            )
            for column in view.interviewers
        ),
        supply_minutes=sum(minutes_of(column.windows, view.lunch) for column in view.interviewers),
    )


def estimate(basis: EstimateBasis, people: Mapping[int, int], *, reserve_percent: int = 0) -> Estimate:
    """Return what so many people of each course take, and what the present interviewers allow."""
    allowed = allowance(people, basis.supplies, seats=basis.day.seats)
    total = sum(people.values())
    return Estimate(
        basis=basis,
        people=total,
        reserve_percent=reserve_percent,
        demand=demand(total, basis.day, reserve_percent=reserve_percent),
        allowance=allowed,
        short=tuple(course.short_name for course in basis.courses if course.course_id in allowed.short),
    )


def _day(view: CalendarView) -> DayPlan:
    return DayPlan(
        slot_minutes=view.slot_minutes,
        gap_minutes=view.gap_minutes,
        day_from=view.day_from,
        day_until=view.day_until,
        lunch=view.lunch,
        days=sum(1 for day in view.days if day.closed is None),
        seats=max(len(view.panel), 1),
        daily_limit=view.daily_limit,
    )


def _passed(session: Session, programme_id: int) -> dict[int, int]:
    """Count by course who passed the first screening, whether it was announced or is only decided."""
    announced = (
        select(Application.id)
        .join(Course, Course.id == Application.course_id)
        .where(Course.programme_id == programme_id, Application.status == ApplicationStatus.FIRST_PASSED)
    )
    decided = (
        select(Decision.application_id)
        .join(Application, Application.id == Decision.application_id)
        .join(Course, Course.id == Application.course_id)
        .where(
            Course.programme_id == programme_id,
            Decision.stage == Stage.FIRST,
            Decision.result == Result.PASS,
            Decision.announced_at.is_(None),
        )
    )
    counted = (
        select(Application.course_id, func.count(Application.id))
        .where(Application.id.in_(announced) | Application.id.in_(decided))
        .group_by(Application.course_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
