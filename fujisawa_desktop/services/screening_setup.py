"""How a programme screens: its criteria, its reviewers, its rule; each change one act."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import InputFileError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import (
    Aggregate,
    Application,
    Criterion,
    Decision,
    Review,
    Reviewer,
    ReviewState,
    Score,
    ScreeningRule,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.screening_core import (
    CriterionRow,
    ReviewerRow,
    RuleRow,
    courses_of,
    criteria_of,
    refresh_programme,
    reviewers_of,
    rule_of,
)
from fujisawa_desktop.services.screening_order import move_row, next_position
from fujisawa_desktop.services.stale import refuse_stale
from fujisawa_desktop.services.unit_of_work import unit_of_work

MOST_POINTS: Final = 100
MOST_WEIGHT: Final = 100


@dataclass(frozen=True, slots=True)
class CourseName:
    """A course that can be screened."""

    id: int
    name: str
    sign: str
    capacity: int


@dataclass(frozen=True, slots=True)
class ScreeningSetup:
    """Everything the editor shows.

    Attributes:
        scored: ids of criteria that points were given for; they cannot be removed.
        busy: ids of reviewers who have saved something; they cannot be removed.
    """

    rule: RuleRow
    criteria: tuple[CriterionRow, ...]
    reviewers: tuple[ReviewerRow, ...]
    courses: tuple[CourseName, ...]
    scored: frozenset[int]
    busy: frozenset[int]


def screening_setup(database: Database, *, programme_id: int) -> ScreeningSetup:
    """Return criteria, reviewers and rule of a programme.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        courses = courses_of(session, programme_id)
        criteria = criteria_of(session, programme_id)
        reviewers = reviewers_of(session, programme_id)
        scored = select(Score.criterion_id).where(Score.criterion_id.in_([row.id for row in criteria]))
        busy = select(Review.reviewer_id).where(Review.reviewer_id.in_([row.id for row in reviewers]))
        return ScreeningSetup(
            rule=rule_of(session, programme_id),
            criteria=criteria,
            reviewers=reviewers,
            courses=tuple(
                CourseName(row.id, row.short_name, row.sign, row.capacity) for row in courses.values()
            ),
            scored=frozenset(session.scalars(scored.distinct())),
            busy=frozenset(session.scalars(busy.distinct())),
        )


# --- rule ------------------------------------------------------------------------


def save_rule(
    database: Database,
    *,
    programme_id: int,
    aggregate: Aggregate,
    is_blind: bool,
    hides_others: bool,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Store how the reviewers' totals become one figure and what reviewers may see.

    All stored figures follow in the same act.  ``version`` is that of the rule on the screen; None does
    not compare.

    Raises:
        ConflictError: somebody else changed it meanwhile.
        NotFoundError: ``programme.none``.
        RuleError: ``screening.rule-announced``; another mean would contradict announced results.
    """
    with unit_of_work(database, "screening.rule", actor=actor) as work:
        courses_of(work.session, programme_id)
        if aggregate is not rule_of(work.session, programme_id).aggregate:
            _refuse_announced(work.session, programme_id)
        query = select(ScreeningRule).where(ScreeningRule.programme_id == programme_id)
        row = work.session.scalars(query).first()
        refuse_stale(version, row.version if row else None)
        if row is None:
            row = ScreeningRule(programme_id=programme_id)
            work.session.add(row)
        row.aggregate, row.is_blind, row.hides_others = aggregate, is_blind, hides_others
        refresh_programme(work, programme_id)
        return work.commit()


# --- criteria --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionForm:
    """A criterion as typed; ``id`` is None for a new one, ``course_id`` None for all courses.

    ``version`` is that of the criterion as it was read; None does not compare.
    """

    id: int | None
    programme_id: int
    name: str
    guidance: str = ""
    max_points: int = 5
    weight: int = 1
    course_id: int | None = None
    version: int | None = None


def save_criterion(database: Database, *, form: CriterionForm, actor: str | None = None) -> ChangeSet:
    """Add or change a criterion; the stored figures follow a new weight or maximum in the same act.

    Raises:
        ValidationError: a field is not acceptable, or points above a lowered maximum were given.
        RuleError: finished reviews know nothing of a new criterion, a scored one cannot move to
            another course, or results are announced.
        ConflictError: somebody else changed it meanwhile.
        NotFoundError: ``screening.criterion-gone`` or ``screening.course-gone``.
    """
    name = _checked_criterion(form)
    code = "screening.criterion-add" if form.id is None else "screening.criterion-edit"
    with unit_of_work(database, code, actor=actor) as work:
        courses = courses_of(work.session, form.programme_id)
        if form.course_id is not None and form.course_id not in courses:
            raise NotFoundError("screening.course-gone")
        _refuse_same_name(work.session, form, name)
        if form.id is None:
            _refuse_reviewed(work.session, form.programme_id, form.course_id)
            row = Criterion(
                programme_id=form.programme_id,
                position=next_position(work.session, Criterion, form.programme_id),
            )
            work.session.add(row)
        else:
            row = _criterion(work.session, form.id)
            refuse_stale(form.version, row.version)
            _refuse_unfit(work.session, row, form)
        row.name, row.guidance, row.course_id = name, form.guidance.strip(), form.course_id
        row.max_points, row.weight = form.max_points, form.weight
        refresh_programme(work, form.programme_id)
        return work.commit()


def move_criterion(database: Database, *, criterion_id: int, by: int, actor: str | None = None) -> ChangeSet:
    """Move a criterion up (-1) or down (1) among all of the programme.

    Raises:
        NotFoundError: ``screening.criterion-gone``.
    """
    with unit_of_work(database, "screening.criterion-move", actor=actor) as work:
        row = _criterion(work.session, criterion_id)
        query = select(Criterion).where(Criterion.programme_id == row.programme_id)
        move_row(list(work.session.scalars(query.order_by(Criterion.position, Criterion.id))), row, by)
        return work.commit()


def remove_criterion(
    database: Database, *, criterion_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Remove a criterion nobody gave points for.

    Raises:
        ConflictError: somebody else changed it since ``version`` was seen; None does not compare.
        RuleError: ``screening.criterion-scored``.
        NotFoundError: ``screening.criterion-gone``.
    """
    with unit_of_work(database, "screening.criterion-remove", actor=actor) as work:
        row = _criterion(work.session, criterion_id)
        refuse_stale(version, row.version)
        count = work.session.scalar(select(func.count(Score.id)).where(Score.criterion_id == criterion_id))
        if count:
            raise RuleError("screening.criterion-scored", count=count)
        work.session.delete(row)
        return work.commit()


def load_template(database: Database, *, programme_id: int, actor: str | None = None) -> ChangeSet:
    """Add the criteria of the shipped template that the programme does not have yet.

    Raises:
        RuleError: all of them are there, or reviews are finished.
        InputFileError: ``screening.template-broken``.
    """
    with unit_of_work(database, "screening.template", actor=actor) as work:
        courses_of(work.session, programme_id)
        known = {search_key(row.name) for row in criteria_of(work.session, programme_id)}
        wanted = [row for row in template_criteria() if search_key(str(row["name"])) not in known]
        if not wanted:
            raise RuleError("screening.template-known")
        _refuse_reviewed(work.session, programme_id, None)
        first = next_position(work.session, Criterion, programme_id)
        work.session.add_all(
            Criterion(programme_id=programme_id, position=at, **row) for at, row in enumerate(wanted, first)
        )
        return work.commit(count=len(wanted))


def template_criteria() -> list[dict[str, Any]]:
    """Return the criteria of ``resources/screening/criteria.toml``.

    Raises:
        InputFileError: ``screening.template-broken``.
    """
    path = resources_dir() / "screening" / "criteria.toml"
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["criteria"]
        return [
            {
                "name": str(row["name"]),
                "guidance": str(row.get("guidance", "")),
                "max_points": int(row["max_points"]),
                "weight": int(row["weight"]),
            }
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputFileError("screening.template-broken", file=path.name) from error


def _checked_criterion(form: CriterionForm) -> str:
    name = form.name.strip()
    if not name:
        raise ValidationError("field.required", field="name")
    for field, value, most in (
        ("max_points", form.max_points, MOST_POINTS),
        ("weight", form.weight, MOST_WEIGHT),
    ):
        if not 1 <= value <= most:
            raise ValidationError("screening.number-range", field=field, most=most)
    return name


def _refuse_same_name(session: Session, form: CriterionForm, name: str) -> None:
    for row in criteria_of(session, form.programme_id):
        together = row.course_id is None or form.course_id is None or row.course_id == form.course_id
        if row.id != form.id and together and search_key(row.name) == search_key(name):
            raise ValidationError("screening.name-taken", field="name", text=name)


def _refuse_reviewed(session: Session, programme_id: int, course_id: int | None) -> None:
    """Refuse another yardstick for entries that were judged by the old one."""
    query = (
        select(func.count(Review.id))
        .join(Application, Application.id == Review.application_id)
        .join(Reviewer, Reviewer.id == Review.reviewer_id)
        .where(Reviewer.programme_id == programme_id, Review.state == ReviewState.DONE)
    )
    if course_id is not None:
        query = query.where(Application.course_id == course_id)
    count = session.scalar(query)
    if count:
        raise RuleError("screening.reviews-done", count=count)


def _refuse_unfit(session: Session, row: Criterion, form: CriterionForm) -> None:
    query = select(func.max(Score.points)).where(Score.criterion_id == row.id)
    highest = session.scalar(query)
    if row.course_id != form.course_id:
        if highest is not None:
            raise RuleError("screening.criterion-course")
        _refuse_reviewed(session, form.programme_id, form.course_id)
    if highest is not None and highest > form.max_points:
        raise ValidationError("screening.points-given", field="max_points", given=highest)
    if highest is not None and (row.max_points, row.weight) != (form.max_points, form.weight):
        _refuse_announced(session, form.programme_id)


def _refuse_announced(session: Session, programme_id: int) -> None:
    query = (
        select(func.count(Decision.id))
        .join(Review, Review.application_id == Decision.application_id)
        .join(Reviewer, Reviewer.id == Review.reviewer_id)
        .where(
            Reviewer.programme_id == programme_id,
            Decision.stage == Stage.FIRST,
            Decision.announced_at.is_not(None),
        )
    )
    if session.scalar(query):
        raise RuleError("screening.rule-announced")


def _criterion(session: Session, criterion_id: int) -> Criterion:
    row = session.get(Criterion, criterion_id)
    if row is None:
        raise NotFoundError("screening.criterion-gone")
    return row
