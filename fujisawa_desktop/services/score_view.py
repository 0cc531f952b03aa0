"""Points of the first screening of one person, for a paper that shows them without the reviewers' names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from sqlalchemy.orm import Session

from fujisawa_desktop.models import Application, ReviewState
from fujisawa_desktop.services.list_narrowing import announced_ranking
from fujisawa_desktop.services.screening_core import CriterionRow, in_force, reviews_of


@dataclass(frozen=True, slots=True)
class PointsView:
    """The points of one application.

    Attributes:
        criteria: what was judged for its course.
        raters: signs that stand for the reviewers (A, B, …), in an order that tells nothing.
        points: per criterion one figure for each rater; None where there is none.
        total: hundredths of a point; None while nothing is kept.
        rank: place within the course among those ranked when the results were announced; None without a
            total, or for people left out then.
        ranked: how many applications of the course had a place.
    """

    criteria: tuple[CriterionRow, ...]
    raters: tuple[str, ...]
    points: tuple[tuple[int | None, ...], ...]
    total: int | None
    rank: int | None
    ranked: int


def points_of(session: Session, application: Application, criteria: Sequence[CriterionRow]) -> PointsView:
    """Return the points of one application; only finished reviews count."""
    own = in_force(criteria, application.course_id)
    given = {
        review.reviewer_id: review.points
        for review in reviews_of(session, application_ids=[application.id])
        if review.state is ReviewState.DONE
    }
    # By a digest, so that the letters do not follow the order in which reviewers are kept.
    order = sorted(given, key=lambda key: hashlib.sha256(f"{application.id}/{key}".encode()).digest())
    places = _places(session, application.course_id)
    return PointsView(
        criteria=own,
        raters=tuple(_sign(number) for number in range(len(order))),
        points=tuple(tuple(given[key].get(row.id) for key in order) for row in own),
        total=application.score,
        rank=places.get(application.id),
        ranked=len(places),
    )


def _sign(number: int) -> str:
    """Return A, B, and so on; AA after Z."""
    letter = ascii_uppercase[number % 26]
    return letter if number < len(ascii_uppercase) else _sign(number // 26 - 1) + letter


def _places(session: Session, course_id: int) -> dict[int, int]:
    ranked = announced_ranking().where(Application.course_id == course_id)
    return {row[0]: row[1] for row in session.execute(ranked)}
