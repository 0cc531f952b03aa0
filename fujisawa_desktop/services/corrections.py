"""Correcting an announced decision: only with a reason, and only while nothing builds on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Course,
    Decision,
    DecisionCorrection,
    Entry,
    Interview,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import (
    ApplicationStatus,
    Result,
    Stage,
    check_correction,
    status_after_release,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.unit_of_work import unit_of_work

_S: Final = ApplicationStatus


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What a decision was before, what it became, and why."""

    old_result: Result
    old_rank: int | None
    new_result: Result
    new_rank: int | None
    reason: str
    corrected_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class AnnouncedDecision:
    """One announced decision of an entry; ``refusal`` says why it cannot be corrected, if so."""

    decision_id: int
    application_id: int
    number: str
    name: str
    course: str
    stage: Stage
    result: Result
    reserve_rank: int | None
    announced_at: datetime
    refusal: str
    corrections: tuple[CorrectionRow, ...]


def announced_decisions(database: Database, *, entry_id: int) -> tuple[AnnouncedDecision, ...]:
    """Return every announced decision about an entry with its corrections, in order of courses."""
    query = (
        select(
            Decision, Application, Entry.number, Course.short_name,
            func.coalesce(Applicant.name_official, Applicant.name_entered),
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Course, Course.id == Application.course_id)
        .where(Application.entry_id == entry_id, Decision.announced_at.is_not(None))
        .order_by(Course.position, Decision.id)
    )  # fmt: skip
    with database.read() as session:
        return tuple(
            AnnouncedDecision(
                decision_id=decision.id,
                application_id=application.id,
                number=number,
                name=name,
                course=course,
                stage=decision.stage,
                result=decision.result,
                reserve_rank=decision.reserve_rank,
                announced_at=decision.announced_at,
                refusal=_refusal(session, decision, application),
                corrections=_corrections(session, decision.id),
            )
            for decision, application, number, course, name in session.execute(query)
            if decision.announced_at is not None
        )


def correct_decision(
    database: Database,
    *,
    decision_id: int,
    result: Result,
    reserve_rank: int | None = None,
    reason: str,
    actor: str | None = None,
) -> ChangeSet:
    """Correct an announced decision; the application's state follows, and the old one is kept.

    Raises:
        ValidationError: ``correction.reason-needed``, or ``correction.rank-needed`` for a reserve.
        RuleError: it says so already, it was not announced, something builds on it
            (``correction.…``), or a place or a rank is taken.
        NotFoundError: the decision does not exist.
    """
    if not reason.strip():
        raise ValidationError("correction.reason-needed", field="reason")
    if result is Result.RESERVE and reserve_rank is None:
        raise ValidationError("correction.rank-needed", field="reserve_rank")
    rank = reserve_rank if result is Result.RESERVE else None
    with unit_of_work(database, "selection.correct", actor=actor) as work:
        decision = work.session.get(Decision, decision_id)
        if decision is None:
            raise NotFoundError("correction.gone")
        application = work.session.get_one(Application, decision.application_id)
        if refusal := _refusal(work.session, decision, application):
            raise RuleError(refusal)
        if (decision.result, decision.reserve_rank) == (result, rank):
            raise RuleError("correction.same")
        new_status = status_after_release(decision.stage, result)
        _check_rank(work.session, application, rank)
        work.session.add(
            DecisionCorrection(
                decision_id=decision.id,
                application_id=application.id,
                old_result=decision.result,
                old_rank=decision.reserve_rank,
                new_result=result,
                new_rank=rank,
                reason=reason.strip(),
                corrected_at=work.now,
                actor=work.actor,
            )
        )
        if result is Result.RESERVE and decision.valid_until is None:
            decision.valid_until = _known_until(work.session, application)
        decision.result, decision.reserve_rank = result, rank
        application.status = new_status
        return work.commit(stage=decision.stage)


def _refusal(session: Session, decision: Decision, application: Application) -> str:
    """Return why a decision can no longer be corrected; empty when it can."""
    later = booked = None
    if decision.stage is Stage.FIRST:
        of_final = Decision.stage == Stage.FINAL
        later = session.scalar(select(Decision.id).where(Decision.application_id == application.id, of_final))
        booked = session.scalar(
            select(Interview.id)
            .join(Application, about_application())
            .where(Application.id == application.id)
        )
    try:
        check_correction(
            application.status,
            decision.stage,
            announced=decision.announced_at is not None,
            promoted=decision.promoted_at is not None,
            decided_later=later is not None,
            booked=booked is not None,
        )
    except RuleError as error:
        return error.code
    return ""


def _corrections(session: Session, decision_id: int) -> tuple[CorrectionRow, ...]:
    query = select(DecisionCorrection).where(DecisionCorrection.decision_id == decision_id)
    return tuple(
        CorrectionRow(
            row.old_result,
            row.old_rank,
            row.new_result,
            row.new_rank,
            row.reason,
            row.corrected_at,
            row.actor,
        )
        for row in session.scalars(query.order_by(DecisionCorrection.id))
    )


def _check_rank(session: Session, application: Application, rank: int | None) -> None:
    if rank is None:
        return
    query = (
        select(Decision.id)
        .join(Application, Application.id == Decision.application_id)
        .where(
            Application.course_id == application.course_id,
            Application.id != application.id,
            Application.status == _S.FINAL_RESERVE,
            Decision.stage == Stage.FINAL,
            Decision.reserve_rank == rank,
        )
    )
    if session.scalar(query) is not None:
        course = session.get_one(Course, application.course_id)
        raise RuleError("correction.rank-taken", course=course.short_name, rank=rank)


def _known_until(session: Session, application: Application) -> date:
    course = session.get_one(Course, application.course_id)
    return session.get_one(Programme, course.programme_id).term_until
