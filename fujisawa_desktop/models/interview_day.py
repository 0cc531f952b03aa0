"""What surrounds the interviews: needs, times as written, plans kept aside, what was told, and the day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


class InterviewNeed(Identified, Versioned, Base):
    """What one person needs for the interview: an early day, more time, support (合理的配慮)."""

    __tablename__ = "interview_need"
    __table_args__ = (
        UniqueConstraint("applicant_id"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"))
    finish_by: Mapped[date | None]
    """The day by which the person asked to be seen."""
    minutes: Mapped[int | None]
    """Length of this person's interview, where it differs from the programme's."""
    needs_support: Mapped[bool] = mapped_column(default=False)
    """Best seen by an interviewer who is prepared for it."""
    note: Mapped[str] = mapped_column(default="")
    """配慮事項, in words for those who interview."""


class AvailabilityText(Identified, Versioned, Base):
    """When a person can come, as written in the reply; the times read from it are rows of their own."""

    __tablename__ = "availability_text"
    __table_args__ = (UniqueConstraint("applicant_id"),)

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"))
    text: Mapped[str]
    received_on: Mapped[date | None]
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    """A clerk looked at what was read from it."""


class InterviewAnnouncement(Identified, Base):
    """A time that was told to a person, or told to be off; rows are only ever added.

    The newest row of an entry (and course) says what the person believes.
    """

    __tablename__ = "interview_announcement"
    __table_args__ = (Index("ix_interview_announcement_entry", "entry_id", "announced_at"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    announced_at: Mapped[datetime]
    actor: Mapped[str]


class InterviewDraft(Identified, Versioned, Base):
    """A plan kept aside, to be compared with others and applied or forgotten.

    ``basis`` tells whether what the plan hangs on has changed since; ``assumptions`` are what it takes
    for granted beyond the calendar, such as an interviewer more; ``placements`` are entries, courses,
    interviewers and times; ``figures`` are what the comparison shows.
    """

    __tablename__ = "interview_draft"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    actor: Mapped[str]
    basis: Mapped[str]
    is_proven: Mapped[bool]
    assumptions: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]
    placements: Mapped[list[Any]]


class CalendarEvent(Identified, Base):
    """An event as it was last written into an iCalendar file, so that the next file can update it."""

    __tablename__ = "calendar_event"
    __table_args__ = (
        UniqueConstraint("programme_id", "calendar", "uid"),
        CheckConstraint("sequence >= 0", name="sequence"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    calendar: Mapped[int]
    """The interviewer's id, or 0 for the calendar of all."""
    uid: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    digest: Mapped[str]
    """SHA-256 of everything else the event says."""
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]


class InterviewCriterion(Identified, Versioned, Base):
    """評価項目 of the interview: one thing that is judged, in points from 0 to ``max_points``."""

    __tablename__ = "interview_criterion"
    __table_args__ = (
        CheckConstraint("max_points > 0", name="max_points"),
        CheckConstraint("weight > 0", name="weight"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    guidance: Mapped[str] = mapped_column(default="")
    max_points: Mapped[int] = mapped_column(default=5)
    weight: Mapped[int] = mapped_column(default=1)


class InterviewReview(Identified, Versioned, Base):
    """What one interviewer said of one interview."""

    __tablename__ = "interview_review"
    __table_args__ = (UniqueConstraint("interview_id", "interviewer_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="RESTRICT"))
    interviewer_id: Mapped[int] = mapped_column(ForeignKey("interviewer.id", ondelete="RESTRICT"), index=True)
    recommendation: Mapped[str] = mapped_column(default="")
    """``pass``, ``reserve``, ``fail`` or nothing; a clerk decides."""
    comment: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]


class InterviewScore(Identified, Base):
    """The points of one criterion in one interviewer's review."""

    __tablename__ = "interview_score"
    __table_args__ = (
        UniqueConstraint("review_id", "criterion_id"),
        CheckConstraint("points >= 0", name="points"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("interview_review.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("interview_criterion.id", ondelete="RESTRICT"), index=True
    )
    points: Mapped[int]
