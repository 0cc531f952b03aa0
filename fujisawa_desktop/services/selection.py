"""Decisions, their release, and what people answer: each one act that can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Application, Course, Decision, Entry, Reply, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import (
    ApplicationStatus,
    Result,
    Stage,
    check_decision,
    check_move,
    status_after_release,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.imports import Warning_
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.selection_core import (
    Refused,
    Subject,
    Verdict,
    plan_decisions,
    subjects,
    write_decisions,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work

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
    actor: str | None = None,
) -> DecisionsResult:
    """Record the same pending decision for many applications.

    Applications that cannot have it are named and left as they are.  Reserves without a rank get
    the next ranks of their course in the order given.

    Raises:
        RuleError: none of the applications can have the decision; the first reason is given.
        NotFoundError: an application does not exist.
    """
    with unit_of_work(database, "selection.decide", actor=actor, stage=stage, result=result) as work:
        people = _known(work.session, application_ids)
        wanted = {key: Verdict(result, reserve_rank) for key in dict.fromkeys(application_ids)}
        plan = plan_decisions(work.session, stage, wanted, people)
        if plan.refused and len(plan.refused) == len(wanted):
            raise RuleError(next(iter(plan.refused.values())).code)
        write_decisions(work, plan)
        change = work.commit(count=len(plan.new) + len(plan.changed))
        return DecisionsResult(
            change=change,
            recorded=len(plan.new) + len(plan.changed),
            unchanged=len(plan.unchanged),
            refused=_refusals(plan.refused.values()),
        )


def clear_decisions(
    database: Database, *, application_ids: Sequence[int], stage: Stage, actor: str | None = None
) -> ChangeSet:
    """Remove pending decisions, so that the applications are undecided again.

    Raises:
        RuleError: a decision has been announced.
        NotFoundError: an application does not exist.
    """
    with unit_of_work(database, "selection.clear", actor=actor, stage=stage) as work:
        _known(work.session, application_ids)
        found = list(_decisions(work.session, stage, application_ids))
        if any(decision.announced_at is not None for decision in found):
            raise RuleError("selection.already-announced")
        removed = work.delete_many(Decision, [decision.id for decision in found])
        return work.commit(count=removed)


def release(
    database: Database, *, programme_id: int, stage: Stage, actor: str | None = None
) -> ReleaseResult:
    """Announce all pending decisions of a stage, all together or none.

    Decisions about people who withdrew meanwhile stay unannounced.

    Raises:
        RuleError: nothing is pending, two reserves of a course share a rank, or a decision no
            longer fits the state of its application.
    """
    with unit_of_work(database, "selection.release", actor=actor, stage=stage) as work:
        pending = _pending(work.session, programme_id, stage)
        left = [row for row in pending if row.status is ApplicationStatus.WITHDRAWN]
        due = [row for row in pending if row.status is not ApplicationStatus.WITHDRAWN]
        if not due:
            raise RuleError("selection.nothing-pending")
        for row in due:
            check_decision(row.status, stage, row.result)
        _check_ranks(work.session, due)
        work.update_many(Decision, {row.decision_id: {"announced_at": work.now} for row in due})
        work.update_many(
            Application,
            {row.application_id: {"status": status_after_release(stage, row.result)} for row in due},
        )
        tally = Counter(row.result for row in due)
        warnings = _over_capacity(work.session, programme_id) if stage is Stage.FINAL else ()
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
    replied_at: datetime | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record that a person accepted or withdrew; the application's state follows.

    Raises:
        RuleError: an acceptance before a final pass, or a withdrawal from a closed application.
        NotFoundError: the application does not exist.
    """
    return record_replies(
        database,
        application_ids=[application_id],
        kind=kind,
        channel=channel,
        reason=reason,
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
    replied_at: datetime | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record the same answer of several people, all or none; raises as :func:`record_reply`."""
    status = ApplicationStatus.ACCEPTED if kind is ReplyKind.ACCEPTED else ApplicationStatus.WITHDRAWN
    with unit_of_work(database, f"selection.{kind.value}", actor=actor) as work:
        people = _known(work.session, application_ids)
        for subject in people.values():
            check_move(subject.status, status)
        work.insert_many(
            Reply,
            [
                {
                    "application_id": key,
                    "kind": kind,
                    "replied_at": replied_at or work.now,
                    "channel": channel,
                    "reason": reason,
                }
                for key in people
            ],
        )
        work.update_many(Application, {key: {"status": status} for key in people})
        return work.commit(count=len(people))


@dataclass(frozen=True, slots=True)
class _PendingRow:
    decision_id: int
    application_id: int
    course_id: int
    status: ApplicationStatus
    result: Result
    reserve_rank: int | None


def _pending(session: Session, programme_id: int, stage: Stage) -> list[_PendingRow]:
    query = (
        select(
            Decision.id,
            Decision.application_id,
            Application.course_id,
            Application.status,
            Decision.result,
            Decision.reserve_rank,
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
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


def _over_capacity(session: Session, programme_id: int) -> tuple[Warning_, ...]:
    standing = (ApplicationStatus.FINAL_PASSED, ApplicationStatus.ACCEPTED, ApplicationStatus.APPOINTED)
    query = (
        select(Application.course_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id, Application.status.in_(standing))
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


def _decisions(session: Session, stage: Stage, application_ids: Sequence[int]) -> Iterable[Decision]:
    for chunk in chunks(application_ids):
        yield from session.scalars(
            select(Decision).where(Decision.stage == stage, Decision.application_id.in_(chunk))
        )


def _known(session: Session, application_ids: Sequence[int]) -> dict[int, Subject]:
    people = subjects(session, dict.fromkeys(application_ids))
    if not people or len(people) != len(set(application_ids)):
        raise NotFoundError("selection.no-application")
    return people


def _refusals(refused: Iterable[Refused]) -> tuple[RefusedDecision, ...]:
    return tuple(
        RefusedDecision(item.subject.application_id, item.subject.number, item.code) for item in refused
    )
