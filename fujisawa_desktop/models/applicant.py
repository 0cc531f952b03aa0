"""People, their entries at the portals, and the courses each entry asks for."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type
from fujisawa_desktop.rules.selection import ApplicationStatus


class Applicant(Identified, Versioned, Base):
    """応募者: one person as far as the clerks know; a person may have several entries.

    ``search_key`` holds the folded names, kana, numbers, telephone, mail and school, so that one
    ``LIKE`` over one narrow index answers the search box; ``sort_key`` sorts in 五十音 order.
    """

    __tablename__ = "applicant"
    __table_args__ = (Index("ix_applicant_list", "programme_id", "sort_key", "id", "search_key"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    name_entered: Mapped[str]
    name_official: Mapped[str | None]
    """正式氏名, typed by a clerk when the portal forced a substitute; printed instead of the entered name."""
    character_note: Mapped[str] = mapped_column(default="")
    kana: Mapped[str]
    search_key: Mapped[str]
    sort_key: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"))
    """Compared code by code: the order of a language would undo what the key was made for."""
    birth_date: Mapped[date | None]
    postcode: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    mail: Mapped[str] = mapped_column(default="")
    school: Mapped[str] = mapped_column(default="")
    school_category: Mapped[str] = mapped_column(default="")
    faculty: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")
    graduation: Mapped[str] = mapped_column(default="")
    """Expected month of graduation, ``2027-03``."""
    note: Mapped[str] = mapped_column(default="")

    @property
    def name(self) -> str:
        """The name to show and to print."""
        return self.name_official or self.name_entered


class Entry(Identified, Base):
    """エントリー: one portal number."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("programme_id", "source", "number"),
        Index("ix_entry_number", "programme_id", "number"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    source: Mapped[str]
    number: Mapped[str]
    received_at: Mapped[datetime]
    state_text: Mapped[str] = mapped_column(default="")
    is_late: Mapped[bool] = mapped_column(default=False)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    is_not_student: Mapped[bool] = mapped_column(default=False)
    is_disqualified: Mapped[bool] = mapped_column(default=False)
    """The person's own statement names a ground of 欠格 (地方公務員法第16条)."""
    weekdays: Mapped[str] = mapped_column(default="")
    """Days of the week the person can work, as ``月火水``."""


class EntryAnswer(Identified, Base):
    """One answer of an entry, as typed; kept apart so that lists stay narrow."""

    __tablename__ = "entry_answer"
    __table_args__ = (UniqueConstraint("entry_id", "position"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    position: Mapped[int]
    heading: Mapped[str]
    text: Mapped[str]


class Application(Identified, Versioned, Base):
    """応募: one entry for one course, with the state of its selection."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("entry_id", "course_id"),
        Index("ix_application_course", "course_id", "status"),
        # All that the list of entries sorts by: sorting a hundred thousand reads no application itself.
        Index("ix_application_list", "entry_id", "status", "score", "course_id"),
    )

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="RESTRICT"))
    preference: Mapped[int] = mapped_column(default=1)
    status: Mapped[ApplicationStatus] = mapped_column(
        enum_type(ApplicationStatus), default=ApplicationStatus.RECEIVED
    )
    score: Mapped[int | None]
    """Result of the first screening in hundredths of a point; kept with each review, for sorting."""


class SuspicionVerdict(enum.StrEnum):
    """What a clerk said of two people who look like one."""

    OPEN = "open"
    DIFFERENT = "different"


class SuspectedDuplicate(Identified, Base):
    """Two people who may be one; never merged without a clerk."""

    __tablename__ = "suspected_duplicate"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    score: Mapped[int]
    is_same: Mapped[bool]
    reasons: Mapped[list[str]]
    verdict: Mapped[SuspicionVerdict] = mapped_column(
        enum_type(SuspicionVerdict), default=SuspicionVerdict.OPEN
    )
