"""What is judged at the interviews: the criteria of a programme, each change one act."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import InterviewCriterion, InterviewScore, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.rules.screening import Yardstick
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.screening_order import move_row
from fujisawa_desktop.services.screening_setup import MOST_POINTS, MOST_WEIGHT
from fujisawa_desktop.services.stale import refuse_stale
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class InterviewCriterionRow:
    """One criterion; ``is_scored`` when points were given for it."""

    id: int
    name: str
    guidance: str
    max_points: int
    weight: int
    is_scored: bool
    version: int

    @property
    def yardstick(self) -> Yardstick:
        """What the rules need of it."""
        return Yardstick(self.id, self.max_points, self.weight)


def interview_criteria(database: Database, *, programme_id: int) -> tuple[InterviewCriterionRow, ...]:
    """Return the criteria in their order."""
    with database.read() as session:
        return criteria_of_interviews(session, programme_id)


def criteria_of_interviews(session: Session, programme_id: int) -> tuple[InterviewCriterionRow, ...]:
    """Return the criteria in their order, as this session sees them."""
    rows = session.scalars(
        select(InterviewCriterion)
        .where(InterviewCriterion.programme_id == programme_id)
        .order_by(InterviewCriterion.position, InterviewCriterion.id)
    ).all()
    scored = set(
        session.scalars(
            select(InterviewScore.criterion_id)
            .where(InterviewScore.criterion_id.in_([row.id for row in rows]))
            .distinct()
        )
    )
    return tuple(
        InterviewCriterionRow(
            row.id, row.name, row.guidance, row.max_points, row.weight, row.id in scored, row.version
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class InterviewCriterionForm:
    """A criterion as typed; ``criterion_id`` and ``version`` are None for a new one."""

    programme_id: int
    criterion_id: int | None
    version: int | None
    name: str
    guidance: str
    max_points: int
    weight: int


def criterion_of_row(row: InterviewCriterionRow, programme_id: int) -> InterviewCriterionForm:
    """Return a criterion as its form has it."""
    return InterviewCriterionForm(
        programme_id, row.id, row.version, row.name, row.guidance, row.max_points, row.weight
    )


def interview_criterion_form(
    database: Database, *, programme_id: int, criterion_id: int
) -> InterviewCriterionForm:
    """Return a criterion as stored now.

    Raises:
        NotFoundError: ``screening.criterion-gone``.
    """
    for row in interview_criteria(database, programme_id=programme_id):
        if row.id == criterion_id:
            return criterion_of_row(row, programme_id)
    raise NotFoundError("screening.criterion-gone")


def save_interview_criterion(
    database: Database,
    *,
    programme_id: int,
    criterion_id: int | None,
    name: str,
    guidance: str = "",
    max_points: int = 5,
    weight: int = 1,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Add a criterion, or change one; ``version`` is that which was on the screen.

    Raises:
        ValidationError: a field is not acceptable, or points above a lowered maximum were given.
        ConflictError: somebody else changed it meanwhile.
        NotFoundError: ``screening.criterion-gone`` or ``programme.none``.
    """
    name = name.strip()
    if not name:
        raise ValidationError("field.required", field="name")
    for field, value, most in (("max_points", max_points, MOST_POINTS), ("weight", weight, MOST_WEIGHT)):
        if not 1 <= value <= most:
            raise ValidationError("screening.number-range", field=field, most=most)
    code = "interview.criterion-add" if criterion_id is None else "interview.criterion-edit"
    with unit_of_work(database, code, actor=actor) as work:
        known = criteria_of_interviews(work.session, programme_id)
        if work.session.get(Programme, programme_id) is None:
            raise NotFoundError("programme.none")
        if any(row.id != criterion_id and search_key(row.name) == search_key(name) for row in known):
            raise ValidationError("screening.name-taken", field="name", text=name)
        if criterion_id is None:
            row = InterviewCriterion(programme_id=programme_id, position=len(known) + 1)
            work.session.add(row)
        else:
            row = _criterion(work.session, criterion_id)
            if version is not None and row.version != version:
                raise ConflictError("conflict.changed-meanwhile")
            _refuse_lower(work.session, criterion_id, max_points)
        row.name, row.guidance = name, guidance.strip()
        row.max_points, row.weight = max_points, weight
        return work.commit()


def move_interview_criterion(
    database: Database, *, criterion_id: int, by: int, actor: str | None = None
) -> ChangeSet:
    """Move a criterion up (-1) or down (1).

    Raises:
        NotFoundError: ``screening.criterion-gone``.
    """
    with unit_of_work(database, "interview.criterion-move", actor=actor) as work:
        row = _criterion(work.session, criterion_id)
        query = select(InterviewCriterion).where(InterviewCriterion.programme_id == row.programme_id)
        ordered = query.order_by(InterviewCriterion.position, InterviewCriterion.id)
        move_row(list(work.session.scalars(ordered)), row, by)
        return work.commit()


def remove_interview_criterion(
    database: Database, *, criterion_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Remove a criterion nobody gave points for.

    Raises:
        ConflictError: somebody else changed it since ``version`` was seen; None does not compare.
        RuleError: ``screening.criterion-scored``.
        NotFoundError: ``screening.criterion-gone``.
    """
    with unit_of_work(database, "interview.criterion-remove", actor=actor) as work:
        row = _criterion(work.session, criterion_id)
        refuse_stale(version, row.version)
        query = select(func.count(InterviewScore.id)).where(InterviewScore.criterion_id == criterion_id)
        count = work.session.scalar(query)
        if count:
            raise RuleError("screening.criterion-scored", count=count)
        work.session.delete(row)
        return work.commit()


def _refuse_lower(session: Session, criterion_id: int, max_points: int) -> None:
    query = select(func.max(InterviewScore.points)).where(InterviewScore.criterion_id == criterion_id)
    highest = session.scalar(query)
    if highest is not None and highest > max_points:
        raise ValidationError("screening.points-given", field="max_points", given=highest)


def _criterion(session: Session, criterion_id: int) -> InterviewCriterion:
    row = session.get(InterviewCriterion, criterion_id)
    if row is None:
        raise NotFoundError("screening.criterion-gone")
    return row
