"""The ranking after the interviews: sorted by the program, decided by a clerk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Application, Course, Decision, Interview, InterviewSeat
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.screening import is_split, mean, ranks
from fujisawa_desktop.rules.selection import ApplicationStatus, Attendance, Result, Stage
from fujisawa_desktop.services.interview_criteria import criteria_of_interviews
from fujisawa_desktop.services.interview_facts import InterviewFacts, interview_facts
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.interview_reviews import StoredInterviewReview, reviews_of_interviews


@dataclass(frozen=True, slots=True)
class FinalRow:
    """One application that was or is to be interviewed.

    Attributes:
        rank: None while there is no figure.
        score: mean of the interviewers' whole reviews, in hundredths.
        totals: each interviewer's total; None without a whole review.
        recommendations: how many recommend pass, reserve, fail.
        is_split: the interviewers are far apart.
        is_tied: somebody else has the same rank.
        first_score: figure of the first screening.
        decided: result noted or announced in the final stage.
    """

    rank: int | None
    application_id: int
    number: str
    name: str
    kana: str
    score: int | None
    totals: tuple[int | None, ...]
    recommendations: tuple[int, int, int]
    is_split: bool
    is_tied: bool
    attendance: Attendance | None
    first_score: int | None
    status: ApplicationStatus
    decided: Result | None
    is_announced: bool


@dataclass(frozen=True, slots=True)
class FinalRanking:
    """All interviewed applications of a course, best first, those without a figure last."""

    course_id: int
    course: str
    capacity: int
    rows: tuple[FinalRow, ...]
    waiting: int
    """Applications that lack a whole review of some interviewer."""


def final_ranking(database: Database, *, programme_id: int, course_id: int) -> FinalRanking:
    """Return the ranking of a course after the interviews.

    Raises:
        NotFoundError: ``screening.course-gone``.
    """
    with database.read() as session:
        course = session.get(Course, course_id)
        if course is None or course.programme_id != programme_id:
            raise NotFoundError("screening.course-gone")
        reviews = reviews_of_interviews(session, programme_id, criteria_of_interviews(session, programme_id))
        query = select(Application).where(Application.course_id == course_id)
        applications = {row.id: row for row in session.scalars(query)}
        decisions = _decisions(session, course_id)
        seen = {
            key: one
            for one in interview_facts(session, programme_id)
            for key in one.application_ids
            if key in applications
        }
        rows = [_row(applications[key], one, reviews, decisions.get(key)) for key, one in seen.items()]
    return FinalRanking(
        course_id=course_id,
        course=course.short_name,
        capacity=course.capacity,
        rows=_ranked(rows),
        waiting=sum(None in row.totals or not row.totals for row in rows),
    )


@dataclass(frozen=True, slots=True)
class FinalPlace:
    """Figure and place of one application when its course's final results were announced.

    Attributes:
        score: mean of the interviewers' whole reviews, in hundredths.
        ranked: how many applications of the course had a place.
    """

    score: int
    rank: int
    ranked: int


def announced_final_places(session: Session, programme_id: int, course_id: int) -> dict[int, FinalPlace]:
    """Return the places of the announced final results of a course that have a figure, by application.

    Who left the selection after the announcement keeps the place; points rest since then.
    """
    reviews = reviews_of_interviews(session, programme_id, criteria_of_interviews(session, programme_id))
    query = (
        select(Application.id, InterviewSeat.interview_id, InterviewSeat.interviewer_id)
        .join(Decision, Decision.application_id == Application.id)
        .join(Interview, about_application())
        .join(InterviewSeat, InterviewSeat.interview_id == Interview.id)
        .where(
            Application.course_id == course_id,
            Decision.stage == Stage.FINAL,
            Decision.announced_at.is_not(None),
        )
    )
    totals: dict[int, list[int]] = {}
    for application_id, *seat in session.execute(query):
        review = reviews.get((seat[0], seat[1]))
        if review is not None and review.total is not None:
            totals.setdefault(application_id, []).append(review.total)
    scores = {key: score for key, given in totals.items() if (score := mean(given)) is not None}
    return {key: FinalPlace(scores[key], place, len(scores)) for key, place in ranks(scores).items()}


def _decisions(session: Session, course_id: int) -> dict[int, tuple[Result, bool]]:
    query = (
        select(Decision.application_id, Decision.result, Decision.announced_at)
        .join(Application, Application.id == Decision.application_id)
        .where(Application.course_id == course_id, Decision.stage == Stage.FINAL)
    )
    return {key: (result, announced is not None) for key, result, announced in session.execute(query)}


def _row(
    application: Application,
    one: InterviewFacts,
    reviews: dict[tuple[int, int], StoredInterviewReview],
    decision: tuple[Result, bool] | None,
) -> FinalRow:
    said = [reviews.get((one.interview_id, key)) for key in one.interviewer_ids]
    totals = tuple(review.total if review else None for review in said)
    given = [total for total in totals if total is not None]
    counts = Counter(review.recommendation for review in said if review)
    return FinalRow(
        rank=None,
        application_id=application.id,
        number=one.number,
        name=one.name,
        kana=one.kana,
        score=mean(given),
        totals=totals,
        recommendations=(counts["pass"], counts["reserve"], counts["fail"]),
        is_split=is_split(given),
        is_tied=False,
        attendance=one.attendance,
        first_score=application.score,
        status=application.status,
        decided=decision[0] if decision else None,
        is_announced=decision[1] if decision else False,
    )


def _ranked(rows: list[FinalRow]) -> tuple[FinalRow, ...]:
    place = ranks({row.application_id: row.score for row in rows if row.score is not None})
    shared = Counter(place.values())
    last = len(rows) + 1
    ranked = [_placed(row, place.get(row.application_id), shared) for row in rows]
    return tuple(sorted(ranked, key=lambda row: (row.rank or last, row.number, row.application_id)))


def _placed(row: FinalRow, rank: int | None, shared: Counter[int]) -> FinalRow:
    values = {name: getattr(row, name) for name in FinalRow.__slots__}
    return FinalRow(**{**values, "rank": rank, "is_tied": rank is not None and shared[rank] > 1})
