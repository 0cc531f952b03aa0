"""Decisions, their release, and what people answer: each one act that can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import (
    Announcement,
    Application,
    Course,
    Decision,
    Entry,
    Interview,
    Programme,
    Reply,
    ReplyKind,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import (
    LEFT_OUT,
    WITHDRAWAL_REASONS,
    ApplicationStatus,
    Attendance,
    Result,
    Stage,
    check_decision,
    check_move,
    status_after_release,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.imports import Progress, Warning_
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.noted_results import Noted, refuse_other_results
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.selection_core import (
    Refused,
    Subject,
    Verdict,
    over_capacity,
    plan_decisions,
    subjects,
    write_decisions,
)
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = [
    "DecisionsResult",
    "RefusedDecision",
    "ReleaseResult",
    "clear_decisions",
    "import_decisions",
    "record_decisions",
    "record_replies",
    "record_reply",
    "release",
    "write_replies",
]


@dataclass(frozen=True, slots=True)
class RefusedDecision:
    """An application for which the decision was not recorded, and why."""

    application_id: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class DecisionsResult:
    """What recording decisions did."""

    change: ChangeSet
    recorded: int
    unchanged: int
    refused: tuple[RefusedDecision, ...]


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """What a release announced; ``withdrawn`` are pending decisions about people who withdrew."""

    change: ChangeSet
    stage: Stage
    announced: int
    passed: int
    failed: int
    reserve: int
    withdrawn: int
    warnings: tuple[Warning_, ...]


def record_decisions(
    database: Database,
    *,
    application_ids: Sequence[int],
    stage: Stage,
    result: Result,
    reserve_rank: int | None = None,
    seen: Noted | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> DecisionsResult:
    """Record the same pending decision for many applications; ``seen`` is what was noted before.

    Applications that cannot have it are named and left as they are.  Reserves without a rank get
    the next ranks of their course in the order given.

    ``progress`` hears how far it is, as in all acts here, and may raise to stop it: nothing is changed.

    Raises:
        ConflictError: something else is noted by now.
        RuleError: none of the applications can have the decision; the first reason is given.
        NotFoundError: an application does not exist.
    """
    parts = Parts(4, progress)
    with unit_of_work(database, "selection.decide", actor=actor, stage=stage, result=result) as work:
        refuse_other_results(work.session, stage, seen)
        people = _known(work.session, application_ids, parts)
        wanted = {key: Verdict(result, reserve_rank) for key in dict.fromkeys(application_ids)}
        plan = plan_decisions(work.session, stage, wanted, people)
        if plan.refused and len(plan.refused) == len(wanted):
            raise RuleError(next(iter(plan.refused.values())).code)
        parts.ended()
        write_decisions(work, plan)
        parts.ended()
        change = work.commit(count=len(plan.new) + len(plan.changed))
        return DecisionsResult(
            change=change,
            recorded=len(plan.new) + len(plan.changed),
            unchanged=len(plan.unchanged),
            refused=_refusals(plan.refused.values()),
        )


def clear_decisions(
    database: Database,
    *,
    application_ids: Sequence[int],
    stage: Stage,
    seen: Noted | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ChangeSet:
    """Remove pending decisions, so that the applications are undecided again.

    Raises:
        ConflictError: something else is noted than was ``seen``; RuleError: one has been announced.
        NotFoundError: an application does not exist.
    """
    parts = Parts(3, progress)
    with unit_of_work(database, "selection.clear", actor=actor, stage=stage) as work:
        refuse_other_results(work.session, stage, seen)
        _known(work.session, application_ids, parts)
        found = list(_decisions(work.session, stage, application_ids))
        if any(decision.announced_at is not None for decision in found):
            raise RuleError("selection.already-announced")
        removed = work.delete_many(Decision, [decision.id for decision in found])
        parts.ended()
        return work.commit(count=removed)


def release(
    database: Database,
    *,
    programme_id: int,
    stage: Stage,
    reason: str = "",
    reserve_until: date | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ReleaseResult:
    """Announce all pending decisions of a stage, all together or none.

    Decisions about people who withdrew meanwhile, or are not eligible, stay unannounced.

    Args:
        database: the open database.
        programme_id: the programme.
        stage: the screening.
        reason: why more people pass than a course has places; needed only then.
        reserve_until: last day on which a reserve can move up; the end of the term if not given.
        actor: who announces.
        progress: hears how far it is and may raise to stop it.

    Raises:
        RuleError: nothing is pending, two reserves of a course share a rank, a decision no longer
            fits the state of its application, or a course is over its capacity without a reason.
    """
    parts = Parts(4, progress)
    with unit_of_work(database, "selection.release", actor=actor, stage=stage) as work:
        pending = _pending(work.session, programme_id, stage)
        left = [row for row in pending if row.status in LEFT_OUT]
        due = [row for row in pending if row.status not in LEFT_OUT]
        if not due:
            raise RuleError("selection.nothing-pending")
        for row in due:
            check_decision(row.status, stage, row.result, row.attendance)
        _check_ranks(work.session, due)
        parts.ended()
        until = reserve_until or work.session.get_one(Programme, programme_id).term_until
        work.update_many(
            Decision,
            {
                row.decision_id: {
                    "announced_at": work.now,
                    "valid_until": (row.valid_until or until) if row.result is Result.RESERVE else None,
                }
                for row in due
            },
        )
        parts.ended()
        work.update_many(
            Application,
            {row.application_id: {"status": status_after_release(stage, row.result)} for row in due},
        )
        parts.ended()
        tally = Counter(row.result for row in due)
        warnings = over_capacity(work.session, programme_id) if stage is Stage.FINAL else ()
        if warnings and not reason.strip():
            raise RuleError("selection.over-capacity-reason", **warnings[0].params)
        counts = {result.value: tally[result] for result in Result} | {"withdrawn": len(left)}
        work.session.add(
            Announcement(
                programme_id=programme_id,
                stage=stage,
                released_at=work.now,
                actor=work.actor,
                counts=counts,
                over_capacity_reason=reason.strip() if warnings else "",
            )
        )
        return ReleaseResult(
            change=work.commit(count=len(due)),
            stage=stage,
            announced=len(due),
            passed=tally[Result.PASS],
            failed=tally[Result.FAIL],
            reserve=tally[Result.RESERVE],
            withdrawn=len(left),
            warnings=warnings,
        )


def record_reply(
    database: Database,
    *,
    application_id: int,
    kind: ReplyKind,
    channel: str = "",
    reason: str = "",
    reason_code: str = "",
    replied_at: datetime | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record that a person accepted or withdrew; the application's state follows.

    Raises:
        RuleError: an acceptance before a final pass, or a withdrawal from a closed application.
        ValidationError: ``selection.reason-unknown``.
        NotFoundError: the application does not exist.
    """
    return record_replies(
        database,
        application_ids=[application_id],
        kind=kind,
        channel=channel,
        reason=reason,
        reason_code=reason_code,
        replied_at=replied_at,
        actor=actor,
    )


def record_replies(
    database: Database,
    *,
    application_ids: Sequence[int],
    kind: ReplyKind,
    channel: str = "",
    reason: str = "",
    reason_code: str = "",
    replied_at: datetime | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ChangeSet:
    """Record the same answer of several people, all or none; raises as :func:`record_reply`."""
    if reason_code and reason_code not in WITHDRAWAL_REASONS:
        raise ValidationError("selection.reason-unknown", field="reason_code")
    parts = Parts(4, progress)
    with unit_of_work(database, f"selection.{kind.value}", actor=actor) as work:
        people = _known(work.session, application_ids, parts)
        answer = {"channel": channel, "reason_code": reason_code, "reason": reason}
        write_replies(work, people, kind, {**answer, "replied_at": replied_at or work.now}, parts)
        return work.commit(count=len(people))


def write_replies(
    work: UnitOfWork,
    people: Mapping[int, Subject],
    kind: ReplyKind,
    answer: Mapping[str, object],
    parts: Parts,
) -> None:
    """Write the same answer of several people within an open act; their states follow.

    Raises:
        RuleError: as :func:`record_reply`.
    """
    status = ApplicationStatus.ACCEPTED if kind is ReplyKind.ACCEPTED else ApplicationStatus.WITHDRAWN
    for subject in people.values():
        check_move(subject.status, status)
    work.insert_many(Reply, [{"application_id": key, "kind": kind, **answer} for key in people])
    parts.ended()
    work.update_many(Application, {key: {"status": status} for key in people})
    parts.ended()


@dataclass(frozen=True, slots=True)
class _PendingRow:
    decision_id: int
    application_id: int
    course_id: int
    status: ApplicationStatus
    result: Result
    reserve_rank: int | None
    valid_until: date | None
    attendance: Attendance | None


def _pending(session: Session, programme_id: int, stage: Stage) -> list[_PendingRow]:
    query = (
        select(
            Decision.id,
            Decision.application_id,
            Application.course_id,
            Application.status,
            Decision.result,
            Decision.reserve_rank,
            Decision.valid_until,
            Interview.attendance,
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .outerjoin(Interview, about_application())
        .where(Entry.programme_id == programme_id, Decision.stage == stage, Decision.announced_at.is_(None))
        .order_by(Decision.id)
    )
    return [_PendingRow(*row) for row in session.execute(query)]


def _check_ranks(session: Session, due: Sequence[_PendingRow]) -> None:
    """Make sure that each course's reserves have ranks of their own, those announced before included."""
    courses = {row.course_id for row in due}
    query = (
        select(Application.course_id, Decision.reserve_rank)
        .join(Decision, Decision.application_id == Application.id)
        .where(
            Application.course_id.in_(courses),
            Application.status == ApplicationStatus.FINAL_RESERVE,
            Decision.announced_at.is_not(None),
            Decision.result == Result.RESERVE,
        )
    )
    ranks = [(course_id, rank) for course_id, rank in session.execute(query)]
    ranks.extend((row.course_id, row.reserve_rank) for row in due if row.result is Result.RESERVE)
    for (course_id, rank), count in Counter(ranks).items():
        if count > 1:
            course = session.get_one(Course, course_id)
            raise RuleError("selection.rank-twice", course=course.short_name, rank=rank or 0)


def _decisions(session: Session, stage: Stage, application_ids: Sequence[int]) -> Iterable[Decision]:
    for chunk in chunks(application_ids):
        yield from session.scalars(
            select(Decision).where(Decision.stage == stage, Decision.application_id.in_(chunk))
        )


def _known(session: Session, application_ids: Sequence[int], parts: Parts) -> dict[int, Subject]:
    people = subjects(session, dict.fromkeys(application_ids), parts)
    if not people or len(people) != len(set(application_ids)):
        raise NotFoundError("selection.no-application")
    parts.ended()
    return people


def _refusals(refused: Iterable[Refused]) -> tuple[RefusedDecision, ...]:
    return tuple(
        RefusedDecision(item.subject.application_id, item.subject.number, item.code) for item in refused
    )
