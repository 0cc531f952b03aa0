"""What an interviewer said of an interview, as a form to be laid beside what somebody else saved of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_reviews import ToScore, save_interview_review, scoring_view


@dataclass(frozen=True, slots=True)
class PointsForm:
    """Points by criterion (None while not given), recommendation and comment; ``seen`` is the version."""

    interview_id: int
    interviewer_id: int
    seen: int | None
    points: Mapping[int, int | None]
    recommendation: str
    comment: str


def points_of(one: ToScore, criteria: tuple[int, ...]) -> PointsForm:
    """Return what was said of an interview, with every criterion."""
    review = one.review
    given = review.points if review is not None else {}
    return PointsForm(
        one.interview_id,
        one.interviewer_id,
        review.version if review is not None else None,
        {key: given.get(key) for key in criteria},
        review.recommendation if review is not None else "",
        review.comment if review is not None else "",
    )


def points_form(
    database: Database, *, programme_id: int, shown: ToScore, criteria: tuple[int, ...]
) -> PointsForm:
    """Return what is stored of an interview now; of one that is gone, nothing."""
    key = (shown.interview_id, shown.interviewer_id)
    for one in scoring_view(database, programme_id=programme_id).interviews:
        if (one.interview_id, one.interviewer_id) == key:
            return points_of(one, criteria)
    return PointsForm(*key, None, dict.fromkeys(criteria), "", "")


def save_points(database: Database, *, form: PointsForm, actor: str | None = None) -> ChangeSet:
    """Store the form; raises as `save_interview_review`."""
    return save_interview_review(
        database,
        interview_id=form.interview_id,
        interviewer_id=form.interviewer_id,
        points={key: number for key, number in form.points.items() if number is not None},
        recommendation=form.recommendation,
        comment=form.comment,
        version=form.seen,
        actor=actor,
    )
