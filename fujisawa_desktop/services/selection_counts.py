"""How many applications of each course have which result of a screening; the figures add up or say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Application, Course, Decision, Entry
from fujisawa_desktop.rules.selection import (
    DECIDED_FROM,
    LEFT_OUT,
    STANDING_PASSES,
    ApplicationStatus,
    Result,
    Stage,
)

_S: Final = ApplicationStatus


@dataclass(frozen=True, slots=True)
class CourseCount:
    """One course in one screening; every application counts in exactly one of the figures.

    Attributes:
        total: applications the screening is about, counted by themselves: all of them in the first,
            those that passed the first in the final one.
        withdrawn, ineligible: those without a result that left.
        undecided: those that wait for a result.
        odd: applications whose state fits none of these; more than none is a fault.
    """

    course_id: int
    course: str
    capacity: int
    total: int
    passed: int
    reserve: int
    failed: int
    withdrawn: int
    ineligible: int
    undecided: int
    odd: int
    standing: int
    """Passes that take a place now: who declined does not count, who moved up does."""

    @property
    def adds_up(self) -> bool:
        """Whether the figures make up the total."""
        told = self.passed + self.reserve + self.failed + self.withdrawn + self.ineligible + self.undecided
        return told == self.total and not self.odd


def stage_counts(
    session: Session, programme_id: int, stage: Stage, *, with_noted: bool = False
) -> tuple[CourseCount, ...]:
    """Return the figures of a screening course by course.

    Args:
        session: the open session.
        programme_id: the programme.
        stage: the screening.
        with_noted: count results that are noted but not announced as results too.
    """
    courses = session.scalars(
        select(Course).where(Course.programme_id == programme_id).order_by(Course.position, Course.id)
    )
    totals, tally = _totals(session, programme_id, stage), _tally(session, programme_id, stage, with_noted)
    return tuple(
        CourseCount(
            course_id=course.id,
            course=course.short_name,
            capacity=course.capacity,
            total=totals[course.id],
            passed=tally[course.id, "pass"],
            reserve=tally[course.id, "reserve"],
            failed=tally[course.id, "fail"],
            withdrawn=tally[course.id, "withdrawn"],
            ineligible=tally[course.id, "ineligible"],
            undecided=tally[course.id, "undecided"],
            odd=tally[course.id, "odd"],
            standing=tally[course.id, "standing"],
        )
        for course in courses
    )


def _first_passed() -> Select[int]:
    return select(Decision.application_id).where(
        Decision.stage == Stage.FIRST, Decision.result == Result.PASS, Decision.announced_at.is_not(None)
    )


def _totals(session: Session, programme_id: int, stage: Stage) -> Counter[int]:
    query = (
        select(Application.course_id, func.count())
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id)
        .group_by(Application.course_id)
    )
    if stage is Stage.FINAL:
        query = query.where(Application.id.in_(_first_passed()))
    return Counter({row[0]: row[1] for row in session.execute(query)})


def _tally(
    session: Session,
    programme_id: int,
    stage: Stage,
    with_noted: bool,  # noqa: FBT001 - named by the caller
) -> Counter[tuple[int, str]]:
    decision = and_(Decision.application_id == Application.id, Decision.stage == stage)
    query = (
        select(
            Application.course_id,
            Application.status,
            Decision.result,
            Decision.announced_at,
            func.count(),
        )
        .join(Entry, Entry.id == Application.entry_id)
        .outerjoin(Decision, decision)
        .where(Entry.programme_id == programme_id)
        .group_by(Application.course_id, Application.status, Decision.result, Decision.announced_at)
    )
    if stage is Stage.FINAL:
        query = query.where(Application.id.in_(_first_passed()))
    tally: Counter[tuple[int, str]] = Counter()
    for course_id, status, result, announced_at, count in session.execute(query):
        figure = _figure(status, stage, result, announced_at, with_noted=with_noted)
        tally[course_id, figure] += count
        noted_pass = announced_at is None and figure == Result.PASS.value
        tally[course_id, "standing"] += count * (status in STANDING_PASSES or noted_pass)
    return tally


def _figure(
    status: ApplicationStatus,
    stage: Stage,
    result: Result | None,
    announced_at: datetime | None,
    *,
    with_noted: bool,
) -> str:
    if result is not None and announced_at is not None:
        return result.value
    if status in LEFT_OUT:
        return status.value
    if status is not DECIDED_FROM[stage]:
        return "odd"
    return result.value if result is not None and with_noted else "undecided"


def over_capacity(counts: Sequence[CourseCount]) -> tuple[CourseCount, ...]:
    """Return the courses of which more people pass than there are places."""
    return tuple(one for one in counts if one.standing > one.capacity)
