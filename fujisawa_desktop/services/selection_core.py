"""What a wanted decision does to an application: new, changed, as before, or refused by a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Application, Course, Decision, Entry, Interview
from fujisawa_desktop.rules.selection import (
    STANDING_PASSES,
    ApplicationStatus,
    Attendance,
    Result,
    Stage,
    check_attendance,
    check_decision,
)
from fujisawa_desktop.services.imports import Warning_
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.rulings import not_waived_condition
from fujisawa_desktop.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Verdict:
    """A result with the reserve's rank; a reserve without rank gets the next free one."""

    result: Result
    reserve_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One application as decisions see it."""

    application_id: int
    entry_id: int
    number: str
    course_id: int
    status: ApplicationStatus
    flagged: bool
    booked: bool
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class Refused:
    """An application for which a decision cannot be taken, and why."""

    subject: Subject
    code: str


@dataclass(slots=True)
class DecisionPlan:
    """What wanted decisions of one stage would do."""

    stage: Stage
    new: dict[int, Verdict] = field(default_factory=dict)
    changed: dict[int, tuple[int, Verdict]] = field(default_factory=dict)
    """Application → id of its pending decision and what it becomes."""
    unchanged: set[int] = field(default_factory=set)
    refused: dict[int, Refused] = field(default_factory=dict)

    def outcome(self, application_id: int) -> str:
        """Return added, updated, unchanged or rejected."""
        if application_id in self.new:
            return "added"
        if application_id in self.changed:
            return "updated"
        return "rejected" if application_id in self.refused else "unchanged"


def subjects(
    session: Session, application_ids: Iterable[int], parts: Parts | None = None
) -> dict[int, Subject]:
    """Return applications by id; unknown ids are left out.  ``parts`` hears how many are read."""
    found: dict[int, Subject] = {}
    wanted = list(application_ids)
    columns = (
        Application.id,
        Application.entry_id,
        Application.course_id,
        Application.status,
        Entry.number,
        not_waived_condition().label("flagged"),
        Interview.id.label("interview_id"),
        Interview.attendance,
    )
    for chunk in chunks(wanted):
        if parts is not None:
            parts.within(len(found), len(wanted))
        query = (
            select(*columns)
            .join(Entry, Entry.id == Application.entry_id)
            .outerjoin(Interview, about_application())
        )
        for row in session.execute(query.where(Application.id.in_(chunk))):
            found[row.id] = Subject(
                application_id=row.id,
                entry_id=row.entry_id,
                number=row.number,
                course_id=row.course_id,
                status=row.status,
                flagged=bool(row.flagged),
                booked=row.interview_id is not None,
                attendance=row.attendance,
            )
    return found


def attendance_refusals(
    session: Session, people: Mapping[int, Subject], attendance: Attendance | None
) -> dict[int, str]:
    """Return why it cannot be recorded who came; an empty text where it can."""
    hopeful: set[int] = set()
    if attendance is Attendance.ABSENT:
        for chunk in chunks(list(people)):
            query = select(Decision.application_id).where(
                Decision.application_id.in_(chunk),
                Decision.stage == Stage.FINAL,
                Decision.result != Result.FAIL,
            )
            hopeful.update(session.scalars(query))
    return {key: _attendance_refusal(one, attendance, decided=key in hopeful) for key, one in people.items()}


def _attendance_refusal(one: Subject, attendance: Attendance | None, *, decided: bool) -> str:
    try:
        check_attendance(one.status, booked=one.booked)
    except RuleError as error:
        return error.code
    if attendance is None and one.attendance is None:
        return "selection.attendance-none"
    return "selection.absent-but-decided" if decided else ""


def plan_decisions(
    session: Session, stage: Stage, wanted: Mapping[int, Verdict], people: Mapping[int, Subject]
) -> DecisionPlan:
    """Work out what the wanted decisions would do; nothing is written."""
    plan = DecisionPlan(stage)
    pending: dict[int, Decision] = {}
    for chunk in chunks(list(wanted)):
        query = select(Decision).where(Decision.stage == stage, Decision.application_id.in_(chunk))
        pending.update((row.application_id, row) for row in session.scalars(query))
    ranks = _Ranks(session, stage, people.values())
    for application_id, verdict in wanted.items():
        subject = people[application_id]
        decision = pending.get(application_id)
        if decision is not None and _says(decision, verdict):
            plan.unchanged.add(application_id)
            continue
        try:
            check_decision(subject.status, stage, verdict.result, subject.attendance)
        except RuleError as error:
            plan.refused[application_id] = Refused(subject, error.code)
            continue
        complete = ranks.complete(subject.course_id, verdict)
        if decision is None:
            plan.new[application_id] = complete
        else:
            plan.changed[application_id] = (decision.id, complete)
    return plan


def write_decisions(work: UnitOfWork, plan: DecisionPlan) -> None:
    """Write a plan within an open act."""
    work.insert_many(
        Decision,
        [
            {
                "application_id": application_id,
                "stage": plan.stage,
                "result": verdict.result,
                "reserve_rank": verdict.reserve_rank,
                "decided_at": work.now,
                "announced_at": None,
            }
            for application_id, verdict in plan.new.items()
        ],
    )
    changes: dict[int, dict[str, Any]] = {
        decision_id: {
            "result": verdict.result,
            "reserve_rank": verdict.reserve_rank,
            "decided_at": work.now,
        }
        for decision_id, verdict in plan.changed.values()
    }
    work.update_many(Decision, changes)


def over_capacity(session: Session, programme_id: int) -> tuple[Warning_, ...]:
    """Return a warning for each course in which more people pass than it has places."""
    query = (
        select(Application.course_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id, Application.status.in_(STANDING_PASSES))
    )
    tally = Counter(session.scalars(query))
    courses = session.scalars(select(Course).where(Course.programme_id == programme_id))
    return tuple(
        Warning_(
            0,
            "selection.over-capacity",
            {"course": course.short_name, "passed": tally[course.id], "capacity": course.capacity},
        )
        for course in courses
        if tally[course.id] > course.capacity
    )


def _says(decision: Decision, verdict: Verdict) -> bool:
    same_rank = verdict.reserve_rank in {None, decision.reserve_rank}
    return decision.result is verdict.result and (verdict.result is not Result.RESERVE or same_rank)


class _Ranks:
    """Gives reserves without a rank the next free one of their course."""

    def __init__(self, session: Session, stage: Stage, people: Iterable[Subject]) -> None:
        courses = {subject.course_id for subject in people}
        query = (
            select(Application.course_id, func.max(Decision.reserve_rank))
            .join(Decision, Decision.application_id == Application.id)
            .where(Decision.stage == stage, Application.course_id.in_(courses))
            .group_by(Application.course_id)
        )
        self._last = {course_id: rank or 0 for course_id, rank in session.execute(query)}

    def complete(self, course_id: int, verdict: Verdict) -> Verdict:
        if verdict.result is not Result.RESERVE:
            return Verdict(verdict.result)
        rank = verdict.reserve_rank or self._last.get(course_id, 0) + 1
        self._last[course_id] = max(rank, self._last.get(course_id, 0))
        return Verdict(verdict.result, rank)
