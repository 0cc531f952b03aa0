"""Interviewers, both sides' free time, and the interviews.

A double booking is refused by the database itself, on SQLite and PostgreSQL alike: every
interview occupies *units* of five minutes, and one person (or room) can hold a unit once.
"""

from __future__ import annotations

import enum
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type
from fujisawa_desktop.rules.selection import Attendance

UNIT_MINUTES: Final = 5


class Interviewer(Identified, Versioned, Base):
    """面接官: one person or room."""

    __tablename__ = "interviewer"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    """Which seat of a panel the interviewer can take, such as 職員課 or 受入部署; see `Programme`."""
    daily_limit: Mapped[int | None]
    """At most so many interviews a day; without it the programme's limit holds."""
    gives_support: Mapped[bool] = mapped_column(default=False)
    """Prepared for people who need support (手話・筆談・段差なし …)."""
    meeting_url: Mapped[str] = mapped_column(default="")
    """Where this interviewer's online interviews take place; never on paper that others see."""


class InterviewerCourse(Identified, Base):
    """A course the interviewer may see; without any row, every course."""

    __tablename__ = "interviewer_course"
    __table_args__ = (UniqueConstraint("interviewer_id", "course_id"),)

    interviewer_id: Mapped[int] = mapped_column(ForeignKey("interviewer.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))


class InterviewerAvailability(Identified, Base):
    """A stretch of a day in which the interviewer can interview."""

    __tablename__ = "interviewer_availability"
    __table_args__ = (
        UniqueConstraint("interviewer_id", "day", "starts"),
        CheckConstraint("starts < ends", name="order"),
    )

    interviewer_id: Mapped[int] = mapped_column(ForeignKey("interviewer.id", ondelete="CASCADE"))
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]


class ApplicantAvailability(Identified, Base):
    """A stretch of a day in which the applicant can be interviewed."""

    __tablename__ = "applicant_availability"
    __table_args__ = (
        UniqueConstraint("applicant_id", "day", "starts"),
        CheckConstraint("starts < ends", name="order"),
    )

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"))
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]


class Interview(Identified, Versioned, Base):
    """面接 of one entry; ``announced_at`` is set once the time has been written to the person.

    Where a programme interviews once per application, ``course_id`` says for which course; otherwise
    the interview is about all courses of the entry, of which there is never more than one.
    """

    __tablename__ = "interview"
    __table_args__ = (
        UniqueConstraint("entry_id", "course_id"),
        Index(
            "ix_interview_whole_entry",
            "entry_id",
            unique=True,
            sqlite_where=text("course_id IS NULL"),
            postgresql_where=text("course_id IS NULL"),
        ),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("late_minutes > 0", name="late_minutes"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_locked: Mapped[bool] = mapped_column(default=False)
    announced_at: Mapped[datetime | None]
    attendance: Mapped[Attendance | None] = mapped_column(enum_type(Attendance))
    late_minutes: Mapped[int | None]
    """By how much somebody who came was late."""
    meeting_url: Mapped[str] = mapped_column(default="")
    """Where this interview takes place, if not where its interviewer's usually do."""
    day_note: Mapped[str] = mapped_column(default="")
    """What was noted on the day; may be disclosed to the person."""


class InterviewSeat(Identified, Base):
    """An interviewer who takes part in an interview."""

    __tablename__ = "interview_seat"
    __table_args__ = (UniqueConstraint("interview_id", "interviewer_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    interviewer_id: Mapped[int] = mapped_column(ForeignKey("interviewer.id", ondelete="RESTRICT"), index=True)


class UnitHolder(enum.StrEnum):
    """Whose time a unit takes."""

    APPLICANT = "applicant"
    INTERVIEWER = "interviewer"


class InterviewUnit(Identified, Base):
    """Five minutes of one person's time that an interview takes."""

    __tablename__ = "interview_unit"
    __table_args__ = (
        UniqueConstraint("holder", "holder_id", "starts_at"),
        Index("ix_interview_unit_interview", "interview_id"),
    )

    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    holder: Mapped[UnitHolder] = mapped_column(enum_type(UnitHolder))
    holder_id: Mapped[int]
    starts_at: Mapped[datetime]
