"""What interviewers say of their interviews: points, a recommendation, words; a clerk decides.

A review may be half filled in: it is kept as it is, and counts once every criterion has its points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import (
    Decision,
    Interview,
    InterviewReview,
    InterviewScore,
    InterviewSeat,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.screening import check_points, weighted_total
from fujisawa_desktop.rules.selection import Attendance, Stage
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_criteria import InterviewCriterionRow, criteria_of_interviews
from fujisawa_desktop.services.interview_facts import InterviewFacts, interview_facts, interviewer_facts
from fujisawa_desktop.services.interview_links import applications_seen
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

RECOMMENDATIONS: Final = ("", "pass", "reserve", "fail")


@dataclass(frozen=True, slots=True)
class StoredInterviewReview:
    """What one interviewer said of one interview; ``total`` (hundredths) only once it is whole."""

    version: int
    points: Mapping[int, int]
    recommendation: str
    comment: str
    total: int | None


@dataclass(frozen=True, slots=True)
class ToScore:
    """One interview before one interviewer."""

    interview_id: int
    interviewer_id: int
    number: str
    name: str
    kana: str
    courses: tuple[str, ...]
    starts: datetime
    ends: datetime
    attendance: Attendance | None
    note: str
    is_announced: bool
    review: StoredInterviewReview | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing any more."""
        return self.review is not None and self.review.total is not None


@dataclass(frozen=True, slots=True)
class ScoringView:
    """Everything the entry of points needs: criteria, interviewers by id, interviews by time."""

    criteria: tuple[InterviewCriterionRow, ...]
    interviewers: tuple[tuple[int, str], ...]
    interviews: tuple[ToScore, ...]

    def of(self, interviewer_id: int) -> tuple[ToScore, ...]:
        """Return the interviews of one interviewer."""
        return tuple(one for one in self.interviews if one.interviewer_id == interviewer_id)


def scoring_view(database: Database, *, programme_id: int) -> ScoringView:
    """Return all interviews before all their interviewers, with what was said of them."""
    with database.read() as session:
        criteria = criteria_of_interviews(session, programme_id)
        people = interviewer_facts(session, programme_id)
        facts = interview_facts(session, programme_id)
        reviews = reviews_of_interviews(session, programme_id, criteria)
        announced = announced_finals(session)
    seated = {key for one in facts for key in one.interviewer_ids}
    return ScoringView(
        criteria=criteria,
        interviewers=tuple((key, person.name) for key, person in people.items() if key in seated),
        interviews=tuple(
            _to_score(one, key, reviews.get((one.interview_id, key)), announced)
            for one in facts
            for key in one.interviewer_ids
        ),
    )


def save_interview_review(
    database: Database,
    *,
    interview_id: int,
    interviewer_id: int,
    points: Mapping[int, int],
    recommendation: str = "",
    comment: str = "",
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Keep what an interviewer said, whole or not yet; without a word left the review is gone.

    Args:
        database: the open database.
        interview_id: which interview.
        interviewer_id: who says it; must have a seat in it.
        points: by criterion, as far as given.
        recommendation: one of ``RECOMMENDATIONS``.
        comment: in words; the person may ask to see it.
        version: of the review that was on the screen, None if there was none.
        actor: who does it.

    Raises:
        ValidationError: points do not fit the criteria, or an unknown recommendation.
        RuleError: ``interview.not-of-panel``, or ``interview.result-announced``: what was announced
            rests on the points.
        ConflictError: somebody else changed the review meanwhile.
        NotFoundError: ``interview.missing``.
    """
    if recommendation not in RECOMMENDATIONS:
        raise ValidationError("interview.recommendation", field="recommendation")
    with unit_of_work(database, "interview.review", actor=actor) as work:
        row = _open_interview(work.session, interview_id, interviewer_id)
        yardsticks = [one.yardstick for one in criteria_of_interviews(work.session, row.programme_id)]
        check_points(points, yardsticks, whole=False)
        write_review(
            work, interview_id, interviewer_id, points, recommendation, comment.strip(), version=version
        )
        return work.commit()


def write_review(
    work: UnitOfWork,
    interview_id: int,
    interviewer_id: int,
    points: Mapping[int, int],
    recommendation: str,
    comment: str,
    *,
    version: int | None,
) -> None:
    """Write a review within an act.

    Raises:
        ConflictError: it is not the version named.
    """
    session = work.session
    review = session.scalars(
        select(InterviewReview).where(
            InterviewReview.interview_id == interview_id, InterviewReview.interviewer_id == interviewer_id
        )
    ).one_or_none()
    if (review.version if review else None) != version:
        raise ConflictError("conflict.changed-meanwhile")
    stored = _scores(session, review.id) if review else {}
    if not (points or recommendation or comment):
        if review is not None:
            work.delete_many(InterviewScore, [row.id for row in stored.values()])
            session.delete(review)
        return
    given = {key: row.points for key, row in stored.items()}
    if review is not None and (review.recommendation, review.comment, given) == (
        recommendation, comment, dict(points),
    ):  # fmt: skip
        return
    if review is None:
        review = InterviewReview(interview_id=interview_id, interviewer_id=interviewer_id)
        session.add(review)
    review.recommendation, review.comment, review.saved_at = recommendation, comment, work.now
    session.flush()
    work.delete_many(InterviewScore, [row.id for key, row in stored.items() if points.get(key) != row.points])
    work.insert_many(
        InterviewScore,
        [
            {"review_id": review.id, "criterion_id": key, "points": number}
            for key, number in points.items()
            if given.get(key) != number
        ],
    )


def reviews_of_interviews(
    session: Session, programme_id: int, criteria: tuple[InterviewCriterionRow, ...]
) -> dict[tuple[int, int], StoredInterviewReview]:
    """Return what was said, by interview and interviewer."""
    rows = session.scalars(
        select(InterviewReview)
        .join(Interview, Interview.id == InterviewReview.interview_id)
        .where(Interview.programme_id == programme_id)
    ).all()
    points: dict[int, dict[int, int]] = {}
    scores = (
        select(InterviewScore)
        .join(InterviewReview, InterviewReview.id == InterviewScore.review_id)
        .join(Interview, Interview.id == InterviewReview.interview_id)
        .where(Interview.programme_id == programme_id)
    )
    for score in session.scalars(scores):
        points.setdefault(score.review_id, {})[score.criterion_id] = score.points
    yardsticks = [one.yardstick for one in criteria]
    found = {}
    for row in rows:
        given = points.get(row.id, {})
        whole = bool(yardsticks) and all(one.criterion_id in given for one in yardsticks)
        found[row.interview_id, row.interviewer_id] = StoredInterviewReview(
            row.version,
            given,
            row.recommendation,
            row.comment,
            weighted_total(given, yardsticks) if whole else None,
        )
    return found


def _scores(session: Session, review_id: int) -> dict[int, InterviewScore]:
    query = select(InterviewScore).where(InterviewScore.review_id == review_id)
    return {row.criterion_id: row for row in session.scalars(query)}


def _open_interview(session: Session, interview_id: int, interviewer_id: int) -> Interview:
    row = session.get(Interview, interview_id)
    if row is None:
        raise NotFoundError("interview.missing")
    seat = select(InterviewSeat.id).where(
        InterviewSeat.interview_id == interview_id, InterviewSeat.interviewer_id == interviewer_id
    )
    if session.scalar(seat) is None:
        raise RuleError("interview.not-of-panel")
    told = select(Decision.id).where(
        Decision.application_id.in_(applications_seen(session, interview_id)),
        Decision.stage == Stage.FINAL,
        Decision.announced_at.is_not(None),
    )
    if session.scalars(told).first() is not None:
        raise RuleError("interview.result-announced")
    return row


def announced_finals(session: Session) -> frozenset[int]:
    """Return the applications whose final result is announced; nothing of their points may change."""
    query = select(Decision.application_id).where(
        Decision.stage == Stage.FINAL, Decision.announced_at.is_not(None)
    )
    return frozenset(session.scalars(query))


def _to_score(
    one: InterviewFacts,
    interviewer_id: int,
    review: StoredInterviewReview | None,
    announced: frozenset[int],
) -> ToScore:
    return ToScore(
        interview_id=one.interview_id,
        interviewer_id=interviewer_id,
        number=one.number,
        name=one.name,
        kana=one.kana,
        courses=one.courses,
        starts=one.starts,
        ends=one.ends,
        attendance=one.attendance,
        note=one.note,
        is_announced=any(key in announced for key in one.application_ids),
        review=review,
    )
