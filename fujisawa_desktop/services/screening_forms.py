"""Forms of the first screening as they are stored now, to be laid beside what somebody typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.screening_core import (
    Aggregate,
    CriterionRow,
    ReviewerRow,
    ReviewState,
    RuleRow,
    criteria_of,
    reviewer_of,
    reviews_of,
    rule_of,
)
from fujisawa_desktop.services.screening_reviewers import ReviewerForm
from fujisawa_desktop.services.screening_setup import CriterionForm
from fujisawa_desktop.services.stale import NOT_STORED

__all__ = [
    "ReviewForm",
    "RuleForm",
    "criterion_form",
    "criterion_of",
    "review_form",
    "reviewer_form",
    "reviewer_of_row",
    "rule_form",
    "rule_of_row",
]


@dataclass(frozen=True, slots=True)
class RuleForm:
    """How a programme screens its entries."""

    programme_id: int
    version: int
    aggregate: Aggregate
    is_blind: bool
    hides_others: bool


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """What one reviewer says of one application; ``state`` is None while nothing was saved."""

    application_id: int
    reviewer_id: int
    version: int
    state: ReviewState | None
    points: Mapping[int, int | None]
    comment: str


def criterion_of(row: CriterionRow, programme_id: int) -> CriterionForm:
    """Return a criterion as its form has it."""
    return CriterionForm(
        id=row.id,
        programme_id=programme_id,
        name=row.name,
        guidance=row.guidance,
        max_points=row.max_points,
        weight=row.weight,
        course_id=row.course_id,
        version=row.version,
    )


def criterion_form(database: Database, *, programme_id: int, criterion_id: int) -> CriterionForm:
    """Return a criterion as it is stored now.

    Raises:
        NotFoundError: ``screening.criterion-gone``.
    """
    with database.read() as session:
        for row in criteria_of(session, programme_id):
            if row.id == criterion_id:
                return criterion_of(row, programme_id)
    raise NotFoundError("screening.criterion-gone")


def reviewer_of_row(row: ReviewerRow, programme_id: int) -> ReviewerForm:
    """Return a reviewer as the form has it."""
    return ReviewerForm(
        id=row.id,
        programme_id=programme_id,
        name=row.name,
        department=row.department,
        course_ids=row.course_ids,
        version=row.version,
    )


def reviewer_form(database: Database, *, programme_id: int, reviewer_id: int) -> ReviewerForm:
    """Return a reviewer as stored now.

    Raises:
        NotFoundError: ``screening.reviewer-gone``.
    """
    with database.read() as session:
        return reviewer_of_row(reviewer_of(session, programme_id, reviewer_id), programme_id)


def rule_of_row(row: RuleRow, programme_id: int) -> RuleForm:
    """Return the rule as its page has it."""
    return RuleForm(programme_id, row.version, row.aggregate, row.is_blind, row.hides_others)


def rule_form(database: Database, *, programme_id: int) -> RuleForm:
    """Return the rule as it is stored now."""
    with database.read() as session:
        return rule_of_row(rule_of(session, programme_id), programme_id)


def review_form(database: Database, *, application_id: int, reviewer_id: int) -> ReviewForm:
    """Return a review as it is stored now, an empty one while there is none."""
    with database.read() as session:
        found = reviews_of(session, application_ids=[application_id], reviewer_id=reviewer_id)
    for one in found:
        return ReviewForm(application_id, reviewer_id, one.version, one.state, one.points, one.comment)
    return ReviewForm(application_id, reviewer_id, NOT_STORED, None, {}, "")
