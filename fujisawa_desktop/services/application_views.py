"""The courses one entry asks for, and how the selection of each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Application, Course, Decision, Interview, Reply, ReplyKind
from fujisawa_desktop.rules.selection import ApplicationStatus, Progress, Result, Stage, progress_of
from fujisawa_desktop.services.interview_links import about_application

# Made once: making a statement takes longer than the database needs to answer it.
_APPLICATIONS: Final = (
    select(Application, Course, Interview.id, Interview.attendance)
    .join(Course, Course.id == Application.course_id)
    .outerjoin(Interview, about_application())
    .where(Application.entry_id == bindparam("entry_id"))
    .order_by(Application.preference, Application.id)
)
_DECISIONS: Final = (
    select(Decision.stage, Decision.result, Decision.reserve_rank, Decision.decided_at, Decision.announced_at)
    .where(Decision.application_id == bindparam("application_id"))
    .order_by(Decision.id)
)
_REPLIES: Final = (
    select(Reply.kind, Reply.replied_at, Reply.channel, Reply.reason, Reply.reason_code)
    .where(Reply.application_id == bindparam("application_id"))
    .order_by(Reply.id)
)


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision; ``announced_at`` is empty while it is pending."""

    stage: Stage
    result: Result
    reserve_rank: int | None
    decided_at: datetime
    announced_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """What the person told the office."""

    kind: ReplyKind
    replied_at: datetime
    channel: str
    reason: str
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """One course the entry asks for, and how its selection stands."""

    application_id: int
    course_id: int
    course: str
    course_sign: str
    status: ApplicationStatus
    decisions: tuple[DecisionView, ...]
    replies: tuple[ReplyView, ...]
    progress: Progress | None = None
    """Where the interview stands while the final result is awaited."""
    score: int | None = None
    """Result of the first screening in hundredths of a point."""


def applications_of(session: Session, entry_id: int) -> tuple[ApplicationView, ...]:
    """Return the courses an entry asks for, in the person's order, with all that was decided."""
    return tuple(
        ApplicationView(
            application_id=application.id,
            course_id=course.id,
            course=course.short_name,
            course_sign=course.sign,
            status=application.status,
            decisions=_decisions(session, application.id),
            replies=_replies(session, application.id),
            progress=progress_of(application.status, booked=interview_id is not None, attendance=attendance),
            score=application.score,
        )
        for application, course, interview_id, attendance in session.execute(
            _APPLICATIONS, {"entry_id": entry_id}
        )
    )


def _decisions(session: Session, application_id: int) -> tuple[DecisionView, ...]:
    return tuple(
        DecisionView(*row) for row in session.execute(_DECISIONS, {"application_id": application_id})
    )


def _replies(session: Session, application_id: int) -> tuple[ReplyView, ...]:
    return tuple(ReplyView(*row) for row in session.execute(_REPLIES, {"application_id": application_id}))
