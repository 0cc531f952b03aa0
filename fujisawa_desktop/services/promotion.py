"""Reserves (補欠): their order before it is announced, and moving up (繰上げ) after a withdrawal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Applicant, Application, Course, Decision, Entry, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import (
    STANDING_PASSES,
    ApplicationStatus,
    Reserve,
    Result,
    Stage,
    check_move,
    check_promotion,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.rulings import standing_flags
from fujisawa_desktop.services.stale import CHANGED
from fujisawa_desktop.services.unit_of_work import unit_of_work

_S = ApplicationStatus


@dataclass(frozen=True, slots=True)
class ReserveRow:
    """One reserve of a course.

    Attributes:
        rank: its rank; the least number moves up first.
        valid_until: last day on which it can move up.
        is_announced: the rank is known to the person and changes only by a correction.
        refusal: code of why it cannot move up now, even with a reason; empty when it can.
        needs_reason: moving it up passes over somebody, or exceeds the capacity.
    """

    application_id: int
    entry_id: int
    number: str
    name: str
    rank: int | None
    valid_until: date | None
    is_announced: bool
    refusal: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class CourseReserves:
    """The reserves of one course in order, and how many places became free."""

    course_id: int
    course: str
    capacity: int
    passes: int
    free: int
    rows: tuple[ReserveRow, ...]

    @property
    def next(self) -> ReserveRow | None:
        """Whose turn it is, when a place is free."""
        return next((row for row in self.rows if row.is_announced and not row.refusal), None)


@dataclass(frozen=True, slots=True)
class ReserveOverview:
    """Every course's reserves; ``default_until`` is the day that counts where none was set."""

    courses: tuple[CourseReserves, ...]
    default_until: date


def reserves(database: Database, *, programme_id: int, today: date | None = None) -> ReserveOverview:
    """Return the reserves of a programme course by course, noted and announced ones.

    Raises:
        NotFoundError: ``programme.gone``.
    """
    with database.read() as session:
        programme = session.get(Programme, programme_id)
        if programme is None:
            raise NotFoundError("programme.gone")
        day = today or date.today()
        courses = session.scalars(
            select(Course).where(Course.programme_id == programme_id).order_by(Course.position, Course.id)
        )
        return ReserveOverview(
            tuple(_course(session, course, programme.term_until, day) for course in courses),
            programme.term_until,
        )


class Ranks(NamedTuple):
    """Noted reserves in the order of their ranks, and until when each can move up."""

    order: tuple[int, ...]
    until: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class RanksForm:
    """The same as a form; ``seen`` takes the place of a version."""

    seen: Ranks
    order: tuple[int, ...]
    until: tuple[date | None, ...]


def ranks_seen(rows: Iterable[ReserveRow]) -> RanksForm:
    """Return what was seen of noted reserves."""
    seen = _ranks((one.rank, one.application_id, one.valid_until) for one in rows)
    return RanksForm(seen, *seen)


def ranks_form(database: Database, *, application_ids: Collection[int]) -> RanksForm:
    """Return the same as it is stored now."""
    with database.read() as session:
        now = _ranks_stored(_noted_reserves(session, application_ids).values())
    return RanksForm(now, *now)


def _ranks_stored(decisions: Iterable[Decision]) -> Ranks:
    return _ranks((one.reserve_rank, one.application_id, one.valid_until) for one in decisions)


def _ranks(told: Iterable[tuple[int | None, int, date | None]]) -> Ranks:
    rows = sorted(told, key=lambda one: (one[0] or 0, one[1]))
    return Ranks(tuple(key for _rank, key, _until in rows), tuple(until for *_key, until in rows))


def _noted_reserves(session: Session, application_ids: Collection[int]) -> dict[int, Decision]:
    query = select(Decision).where(
        Decision.stage == Stage.FINAL,
        Decision.result == Result.RESERVE,
        Decision.application_id.in_(application_ids),
    )
    return {decision.application_id: decision for decision in session.scalars(query)}


def order_reserves(
    database: Database,
    *,
    application_ids: Sequence[int],
    valid_until: date | None = None,
    seen: Ranks | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Give the noted reserves of one course the ranks 1, 2, … in the order given.

    Ranks that were announced stay; the noted ones follow after them.  ``seen`` is the order on the
    screen; None does not compare.

    Raises:
        ConflictError: somebody else put them into another order meanwhile.
        RuleError: ``promotion.announced``, one is announced by now; ``promotion.not-reserve``.
    """
    with unit_of_work(database, "selection.reserve-order", actor=actor) as work:
        found = _noted_reserves(work.session, application_ids)
        if not found or len(found) != len(set(application_ids)):
            raise RuleError("promotion.not-reserve")
        if any(decision.announced_at is not None for decision in found.values()):
            raise RuleError("promotion.announced")
        if seen is not None and _ranks_stored(found.values()) != seen:
            raise ConflictError(CHANGED)
        first = 1 + _last_announced(work.session, application_ids[0])
        for rank, key in enumerate(dict.fromkeys(application_ids), first):
            found[key].reserve_rank = rank
            if valid_until is not None:
                found[key].valid_until = valid_until
        return work.commit(count=len(found))


def promote(
    database: Database,
    *,
    application_id: int,
    reason: str = "",
    today: date | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Let a reserve move up into a place that a withdrawal left free.

    Args:
        database: the open database.
        application_id: the reserve.
        reason: why somebody is passed over, or the capacity exceeded; needed only then.
        today: the day it happens on.
        actor: who does it.

    Raises:
        RuleError: ``promotion.not-reserve``, ``promotion.no-vacancy``, ``promotion.expired`` or
            ``promotion.flag-stands``: a clerk said that a flag of the entry stands.
        ValidationError: ``promotion.reason-needed``.
    """
    with unit_of_work(database, "selection.promote", actor=actor) as work:
        application = work.session.get(Application, application_id)
        if application is None:
            raise NotFoundError("selection.no-application")
        course = work.session.get_one(Course, application.course_id)
        programme = work.session.get_one(Programme, course.programme_id)
        view = _course(work.session, course, programme.term_until, today or date.today())
        row = next((one for one in view.rows if one.application_id == application_id), None)
        if row is None or not row.is_announced:
            raise RuleError("promotion.not-reserve")
        if row.refusal:
            raise RuleError(row.refusal)
        if row.needs_reason and not reason.strip():
            raise ValidationError("promotion.reason-needed", field="reason")
        check_move(application.status, _S.FINAL_PASSED)
        application.status = _S.FINAL_PASSED
        decision = work.session.scalars(_final(application_id)).one()
        decision.promoted_at = work.now
        decision.reason = reason.strip() if row.needs_reason else decision.reason
        return work.commit()


def _final(application_id: int) -> Select[Decision]:
    return select(Decision).where(Decision.application_id == application_id, Decision.stage == Stage.FINAL)


def _course(session: Session, course: Course, default_until: date, day: date) -> CourseReserves:
    passes, free = _places(session, course.id)
    query = (
        select(
            Application.id,
            Application.status,
            Entry.id,
            Entry.number,
            func.coalesce(Applicant.name_official, Applicant.name_entered),
            Decision.reserve_rank,
            Decision.valid_until,
            Decision.announced_at,
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(
            Application.course_id == course.id,
            Decision.stage == Stage.FINAL,
            Decision.result == Result.RESERVE,
            or_(Application.status == _S.FINAL_RESERVE, _noted()),
        )
        .order_by(Decision.announced_at.is_(None), func.coalesce(Decision.reserve_rank, 9999), Decision.id)
    )
    rows: list[ReserveRow] = []
    standing: list[Reserve] = []
    found = session.execute(query).all()
    flagged = standing_flags(session, [row[2] for row in found])
    for key, _status, entry_id, number, name, rank, until, announced in found:
        last_day = until or default_until
        finding = check_promotion(
            Reserve(rank, last_day), standing, day=day, free=free, passes=passes, capacity=course.capacity
        )
        # Whoever does not take part is not passed over by those behind.
        if announced is not None and entry_id not in flagged:
            standing.append(Reserve(rank, last_day))
        rows.append(
            ReserveRow(
                application_id=key,
                entry_id=entry_id,
                number=number,
                name=name,
                rank=rank,
                valid_until=until,
                is_announced=announced is not None,
                refusal="promotion.flag-stands" if entry_id in flagged else finding.refusal,
                needs_reason=finding.needs_reason,
            )
        )
    return CourseReserves(course.id, course.short_name, course.capacity, passes, free, tuple(rows))


def _noted() -> ColumnElement[bool]:
    return Decision.announced_at.is_(None) & (Application.status == _S.FIRST_PASSED)


def _places(session: Session, course_id: int) -> tuple[int, int]:
    """Return how many passes stand, and how many places withdrawals left free."""
    query = (
        select(Application.status, Decision.result, Decision.promoted_at.is_not(None), func.count())
        .join(Decision, Decision.application_id == Application.id)
        .where(
            Application.course_id == course_id,
            Decision.stage == Stage.FINAL,
            Decision.announced_at.is_not(None),
        )
        .group_by(Application.status, Decision.result, Decision.promoted_at.is_not(None))
    )
    tally: Counter[str] = Counter()
    for status, result, promoted, count in session.execute(query):
        tally["passes"] += count * (status in STANDING_PASSES)
        tally["promoted"] += count * bool(promoted)
        tally["gone"] += count * (status is _S.WITHDRAWN and (bool(promoted) or result is Result.PASS))
    return tally["passes"], max(tally["gone"] - tally["promoted"], 0)


def _last_announced(session: Session, application_id: int) -> int:
    course_id = session.get_one(Application, application_id).course_id
    query = (
        select(func.max(Decision.reserve_rank))
        .join(Application, Application.id == Decision.application_id)
        .where(
            Application.course_id == course_id,
            Decision.stage == Stage.FINAL,
            Decision.announced_at.is_not(None),
        )
    )
    return session.scalar(query) or 0
