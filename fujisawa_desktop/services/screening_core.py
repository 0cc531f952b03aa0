"""What all of the first screening needs: the rule, the criteria of a course, and the stored figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import (
    Aggregate,
    Application,
    Course,
    Criterion,
    Decision,
    Entry,
    FlagRuling,
    FlagVerdict,
    Programme,
    Review,
    Reviewer,
    ReviewerCourse,
    ReviewState,
    Score,
    ScreeningRule,
)
from fujisawa_desktop.rules.screening import Yardstick, mean, median, weighted_total
from fujisawa_desktop.rules.selection import ApplicationStatus, Stage
from fujisawa_desktop.services.applicant_list import flags_of
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.stale import NOT_STORED
from fujisawa_desktop.services.unit_of_work import UnitOfWork

__all__ = ["Aggregate", "ReviewState"]

COMBINE = {Aggregate.MEAN: mean, Aggregate.MEDIAN: median}
FINISHED: Final = frozenset({ReviewState.DONE, ReviewState.RECUSED})
"""States in which nothing more is expected of a reviewer."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How a programme screens its entries."""

    aggregate: Aggregate
    is_blind: bool
    hides_others: bool
    version: int = NOT_STORED


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion; ``course_id`` is None when it counts for every course."""

    id: int
    course_id: int | None
    position: int
    name: str
    guidance: str
    max_points: int
    weight: int
    version: int = NOT_STORED

    @property
    def yardstick(self) -> Yardstick:
        """What the rules need of it."""
        return Yardstick(self.id, self.max_points, self.weight)


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """One reviewer; without courses the reviewer judges every course."""

    id: int
    position: int
    name: str
    department: str
    course_ids: tuple[int, ...]
    version: int = NOT_STORED

    def judges(self, course_id: int) -> bool:
        """Return whether the entries of a course are for this reviewer."""
        return not self.course_ids or course_id in self.course_ids


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application as the screening sees it.

    Attributes:
        flags: what is odd about the entry; flags that a clerk waived are not among them.
        standing: those of them that a clerk said stand.
        is_excluded: it is flagged or withdrawn, and is left out unless somebody asks for it.
        is_announced: its first result is known, so nothing of its screening may change any more.
    """

    application_id: int
    entry_id: int
    applicant_id: int
    course_id: int
    number: str
    received_at: datetime
    status: ApplicationStatus
    score: int | None
    flags: tuple[str, ...]
    is_announced: bool
    standing: tuple[str, ...] = ()

    @property
    def is_excluded(self) -> bool:
        """Whether it is left out by default."""
        return bool(self.flags) or is_out(self.status, is_announced=self.is_announced)


def is_out(status: ApplicationStatus, *, is_announced: bool) -> bool:
    """Return whether an application left the selection before a first result, or withdrew."""
    if status is ApplicationStatus.WITHDRAWN:
        return True
    return status is not ApplicationStatus.RECEIVED and not is_announced


def rule_of(session: Session, programme_id: int) -> RuleRow:
    """Return the programme's rule, the default one when none is stored."""
    row = session.scalars(select(ScreeningRule).where(ScreeningRule.programme_id == programme_id)).first()
    if row is None:
        return RuleRow(Aggregate.MEAN, is_blind=False, hides_others=True)
    return RuleRow(row.aggregate, row.is_blind, row.hides_others, row.version)


def criteria_of(session: Session, programme_id: int) -> tuple[CriterionRow, ...]:
    """Return all criteria of a programme in their order."""
    query = (
        select(Criterion)
        .where(Criterion.programme_id == programme_id)
        .order_by(Criterion.position, Criterion.id)
    )
    return tuple(
        CriterionRow(
            row.id,
            row.course_id,
            row.position,
            row.name,
            row.guidance,
            row.max_points,
            row.weight,
            row.version,
        )
        for row in session.scalars(query)
    )


def in_force(criteria: Iterable[CriterionRow], course_id: int) -> tuple[CriterionRow, ...]:
    """Return the criteria that count for a course: the common ones and its own."""
    return tuple(row for row in criteria if row.course_id in {None, course_id})


def reviewers_of(session: Session, programme_id: int) -> tuple[ReviewerRow, ...]:
    """Return the reviewers of a programme in their order."""
    query = (
        select(ReviewerCourse.reviewer_id, ReviewerCourse.course_id)
        .join(Reviewer, Reviewer.id == ReviewerCourse.reviewer_id)
        .where(Reviewer.programme_id == programme_id)
        .order_by(ReviewerCourse.course_id)
    )
    courses: dict[int, list[int]] = {}
    for reviewer_id, course_id in session.execute(query):
        courses.setdefault(reviewer_id, []).append(course_id)
    rows = select(Reviewer).where(Reviewer.programme_id == programme_id)
    return tuple(
        ReviewerRow(
            row.id, row.position, row.name, row.department, tuple(courses.get(row.id, ())), row.version
        )
        for row in session.scalars(rows.order_by(Reviewer.position, Reviewer.id))
    )


def reviewer_of(session: Session, programme_id: int, reviewer_id: int) -> ReviewerRow:
    """Return one reviewer.

    Raises:
        NotFoundError: ``screening.reviewer-gone``.
    """
    found = next((row for row in reviewers_of(session, programme_id) if row.id == reviewer_id), None)
    if found is None:
        raise NotFoundError("screening.reviewer-gone")
    return found


def courses_of(session: Session, programme_id: int) -> dict[int, Course]:
    """Return the courses of a programme in their order.

    Raises:
        NotFoundError: ``programme.none``.
    """
    if session.get(Programme, programme_id) is None:
        raise NotFoundError("programme.none")
    query = select(Course).where(Course.programme_id == programme_id).order_by(Course.position, Course.id)
    return {course.id: course for course in session.scalars(query)}


_CANDIDATE = (
    Application.id.label("application_id"),
    Application.entry_id,
    Application.applicant_id,
    Application.course_id,
    Application.status,
    Application.score,
    Entry.number,
    Entry.received_at,
    Entry.is_late,
    Entry.is_withdrawn,
    Entry.is_not_student,
    Entry.is_disqualified,
)


def candidates_of(
    session: Session, *, programme_id: int, course_ids: Iterable[int] | None = None
) -> list[Candidate]:
    """Return the applications of a programme, or of some of its courses, as they came in."""
    query = (
        select(*_CANDIDATE)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id)
        .order_by(Entry.received_at, Application.id)
    )
    announced = (
        select(Decision.application_id)
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(
            Entry.programme_id == programme_id,
            Decision.stage == Stage.FIRST,
            Decision.announced_at.is_not(None),
        )
    )
    rulings = (
        select(FlagRuling.entry_id, FlagRuling.flag, FlagRuling.verdict)
        .join(Entry, Entry.id == FlagRuling.entry_id)
        .where(Entry.programme_id == programme_id)
    )
    if course_ids is not None:
        chosen = sorted(set(course_ids))
        query = query.where(Application.course_id.in_(chosen))
        announced = announced.where(Application.course_id.in_(chosen))
    known = set(session.scalars(announced))
    ruled = {(entry_id, flag): verdict for entry_id, flag, verdict in session.execute(rulings)}
    return [
        _candidate(row, ruled, is_announced=row["application_id"] in known)
        for row in session.execute(query).mappings()
    ]


def candidate_of(session: Session, application_id: int) -> tuple[int, Candidate]:
    """Return the programme and one application.

    Raises:
        NotFoundError: ``screening.application-gone``.
    """
    query = (
        select(*_CANDIDATE, Entry.programme_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Application.id == application_id)
    )
    row = session.execute(query).mappings().first()
    if row is None:
        raise NotFoundError("screening.application-gone")
    rulings = select(FlagRuling.entry_id, FlagRuling.flag, FlagRuling.verdict).where(
        FlagRuling.entry_id == row["entry_id"]
    )
    announced = select(Decision.id).where(
        Decision.application_id == application_id,
        Decision.stage == Stage.FIRST,
        Decision.announced_at.is_not(None),
    )
    ruled = {(entry_id, flag): verdict for entry_id, flag, verdict in session.execute(rulings)}
    is_announced = session.scalar(announced) is not None
    return row["programme_id"], _candidate(row, ruled, is_announced=is_announced)


def _candidate(
    row: Mapping[Any, Any], ruled: Mapping[tuple[int, str], FlagVerdict], *, is_announced: bool
) -> Candidate:
    flags = flags_of(row, duplicate=False)
    if row["is_disqualified"] and "disqualified" not in flags:
        flags = (*flags, "disqualified")
    names = ("application_id", "entry_id", "applicant_id", "course_id", "number", "received_at", "status")
    values = {name: row[name] for name in (*names, "score")}
    verdicts = {flag: ruled.get((row["entry_id"], flag)) for flag in flags}
    return Candidate(
        **values,
        flags=tuple(flag for flag in flags if verdicts[flag] is not FlagVerdict.WAIVED),
        is_announced=is_announced,
        standing=tuple(flag for flag in flags if verdicts[flag] is FlagVerdict.STANDS),
    )


@dataclass(frozen=True, slots=True)
class StoredReview:
    """One review with its points by criterion."""

    id: int
    application_id: int
    reviewer_id: int
    state: ReviewState
    comment: str
    saved_at: datetime
    version: int
    points: Mapping[int, int]

    def total(self, criteria: Sequence[CriterionRow]) -> int:
        """Return the weighted total under the criteria of its course."""
        return weighted_total(self.points, [row.yardstick for row in criteria])


def reviews_of(
    session: Session, *, application_ids: Sequence[int], reviewer_id: int | None = None
) -> list[StoredReview]:
    """Return the reviews of some applications, or of one reviewer among them."""
    found: list[StoredReview] = []
    columns = (
        Review.id,
        Review.application_id,
        Review.reviewer_id,
        Review.state,
        Review.comment,
        Review.saved_at,
        Review.version,
    )
    for chunk in chunks(application_ids):
        reviews = select(*columns).where(Review.application_id.in_(chunk))
        points = (
            select(Score.review_id, Score.criterion_id, Score.points)
            .join(Review, Review.id == Score.review_id)
            .where(Review.application_id.in_(chunk))
        )
        if reviewer_id is not None:
            reviews = reviews.where(Review.reviewer_id == reviewer_id)
            points = points.where(Review.reviewer_id == reviewer_id)
        given: dict[int, dict[int, int]] = {}
        for review_id, criterion_id, number in session.execute(points):
            given.setdefault(review_id, {})[criterion_id] = number
        found.extend(StoredReview(*row, given.get(row[0], {})) for row in session.execute(reviews))
    return found


def refresh_scores(work: UnitOfWork, programme_id: int, application_ids: Sequence[int]) -> None:
    """Bring the stored figure of applications in step with their reviews, within an open act."""
    work.session.flush()
    found = scores_of(work.session, programme_id, application_ids)
    work.update_many(Application, {key: {"score": score} for key, score in found.items()})


def scores_of(session: Session, programme_id: int, application_ids: Sequence[int]) -> dict[int, int | None]:
    """Return the figure that applications have by their reviews.

    Only done reviews count; an application without one has no figure.
    """
    rule = rule_of(session, programme_id)
    criteria = criteria_of(session, programme_id)
    courses: dict[int, int] = {}
    for chunk in chunks(application_ids):
        query = select(Application.id, Application.course_id).where(Application.id.in_(chunk))
        courses.update((key, course_id) for key, course_id in session.execute(query))
    totals: dict[int, list[int]] = {key: [] for key in courses}
    for review in reviews_of(session, application_ids=list(courses)):
        if review.state is ReviewState.DONE:
            own = in_force(criteria, courses[review.application_id])
            totals[review.application_id].append(review.total(own))
    combine = COMBINE[rule.aggregate]
    return {key: combine(found) for key, found in totals.items()}


def refresh_programme(work: UnitOfWork, programme_id: int) -> None:
    """Bring the figures of all reviewed applications of a programme in step."""
    query = (
        select(Review.application_id)
        .join(Reviewer, Reviewer.id == Review.reviewer_id)
        .where(Reviewer.programme_id == programme_id)
        .distinct()
    )
    refresh_scores(work, programme_id, list(work.session.scalars(query)))
