"""Points of the first screening as they are kept, for papers that show them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median
from string import ascii_uppercase

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Aggregate,
    Application,
    Criterion,
    Review,
    ReviewState,
    Score,
    ScreeningRule,
)


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """評価項目 with its weight; ``course_id`` is None when it counts for every course."""

    criterion_id: int
    course_id: int | None
    name: str
    max_points: int
    weight: int


@dataclass(frozen=True, slots=True)
class PointsView:
    """The points of one application.

    Attributes:
        criteria: what was judged for its course.
        raters: signs that stand for the reviewers (A, B, …), in an order that tells nothing.
        points: per criterion one figure for each rater; None where there is none.
        total: hundredths of a point; None while nothing is kept.
        rank: place within the course by total, equals sharing one; None without a total.
        ranked: how many applications of the course have a total.
    """

    criteria: tuple[CriterionRow, ...]
    raters: tuple[str, ...]
    points: tuple[tuple[int | None, ...], ...]
    total: int | None
    rank: int | None
    ranked: int


@dataclass(frozen=True, slots=True)
class MethodView:
    """How points become one figure."""

    aggregate: Aggregate
    is_blind: bool


def method_of(session: Session, programme_id: int) -> MethodView:
    """Return how the programme screens; without a rule: the mean, not blind."""
    rule = session.scalar(select(ScreeningRule).where(ScreeningRule.programme_id == programme_id))
    return MethodView(rule.aggregate, rule.is_blind) if rule else MethodView(Aggregate.MEAN, is_blind=False)


def criteria_of(session: Session, programme_id: int) -> tuple[CriterionRow, ...]:
    """Return all criteria of a programme in their order."""
    query = (
        select(Criterion)
        .where(Criterion.programme_id == programme_id)
        .order_by(Criterion.position, Criterion.id)
    )
    return tuple(
        CriterionRow(row.id, row.course_id, row.name, row.max_points, row.weight)
        for row in session.scalars(query)
    )


def points_of(
    session: Session, application: Application, criteria: Sequence[CriterionRow], method: MethodView
) -> PointsView:
    """Return the points of one application; only finished reviews count."""
    own = tuple(row for row in criteria if row.course_id in {None, application.course_id})
    given: dict[int, dict[int, int]] = defaultdict(dict)
    query = (
        select(Review.reviewer_id, Score.criterion_id, Score.points)
        .join(Score, Score.review_id == Review.id)
        .where(Review.application_id == application.id, Review.state == ReviewState.DONE)
    )
    for reviewer_id, criterion_id, points in session.execute(query):
        given[reviewer_id][criterion_id] = points
    # By a digest, so that the letters do not follow the order in which reviewers are kept.
    order = sorted(given, key=lambda key: hashlib.sha256(f"{application.id}/{key}".encode()).digest())
    total = application.score if application.score is not None else _total(given, own, method)
    rank, ranked = _rank(session, application)
    return PointsView(
        criteria=own,
        raters=tuple(_sign(number) for number in range(len(order))),
        points=tuple(tuple(given[key].get(row.criterion_id) for key in order) for row in own),
        total=total,
        rank=rank,
        ranked=ranked,
    )


def _sign(number: int) -> str:
    """Return A, B, and so on; AA after Z."""
    letter = ascii_uppercase[number % 26]
    return letter if number < len(ascii_uppercase) else _sign(number // 26 - 1) + letter


def _total(
    given: dict[int, dict[int, int]], criteria: Sequence[CriterionRow], method: MethodView
) -> int | None:
    sums = [
        sum(points.get(row.criterion_id, 0) * row.weight for row in criteria) for points in given.values()
    ]
    if not sums:
        return None
    return round(100 * (median(sums) if method.aggregate is Aggregate.MEDIAN else mean(sums)))


def _rank(session: Session, application: Application) -> tuple[int | None, int]:
    of_course = (Application.course_id == application.course_id, Application.score.is_not(None))
    ranked = session.scalar(select(func.count()).select_from(Application).where(*of_course)) or 0
    if application.score is None:
        return None, ranked
    better = session.scalar(
        select(func.count()).select_from(Application).where(*of_course, Application.score > application.score)
    )
    return (better or 0) + 1, ranked
