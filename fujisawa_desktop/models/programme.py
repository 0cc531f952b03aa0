"""The programme of one fiscal year and what belongs to it: rates, patterns, closed days, contacts."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type
from fujisawa_desktop.rules.interviewing import InterviewScope


class Programme(Identified, Versioned, Base):
    """実施回: everything that is the same for all courses of one year's internship."""

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("entry_from <= entry_until", name="entry_period"),
        CheckConstraint("interview_from <= interview_until", name="interview_period"),
        CheckConstraint("term_from <= term_until", name="term"),
        CheckConstraint("cap_minutes >= 0", name="cap"),
        CheckConstraint("interview_slot_minutes > 0 AND interview_gap_minutes >= 0", name="slot"),
    )

    code: Mapped[str]
    fiscal_year: Mapped[int]
    title: Mapped[str]
    short_title: Mapped[str]
    municipality: Mapped[str]
    office: Mapped[str]
    sender: Mapped[str]
    sender_note: Mapped[str] = mapped_column(default="")
    document_sign: Mapped[str] = mapped_column(default="")
    employment_kind: Mapped[str]
    eligibility: Mapped[str]
    workplace: Mapped[str]
    workplace_note: Mapped[str] = mapped_column(default="")
    home_page_url: Mapped[str] = mapped_column(default="")

    entry_from: Mapped[date]
    entry_until: Mapped[date]
    entry_deadline: Mapped[datetime]
    first_result_on: Mapped[date]
    interview_from: Mapped[date]
    interview_until: Mapped[date]
    final_result_on: Mapped[date | None]
    final_result_text: Mapped[str] = mapped_column(default="")
    term_from: Mapped[date]
    term_until: Mapped[date]

    interview_slot_minutes: Mapped[int] = mapped_column(default=30)
    interview_gap_minutes: Mapped[int] = mapped_column(default=0)
    interview_scope: Mapped[InterviewScope] = mapped_column(
        enum_type(InterviewScope), default=InterviewScope.ENTRY
    )
    interview_panel: Mapped[list[str]] = mapped_column(default=list)
    """The roles of those who interview together, such as 職員課 and 受入部署; ``""`` is any role.
    Without a role one interviewer is enough."""
    interview_daily_limit: Mapped[int | None]
    """At most so many interviews an interviewer holds a day."""
    interview_day_from: Mapped[time]
    interview_day_until: Mapped[time]
    lunch_from: Mapped[time | None]
    lunch_until: Mapped[time | None]

    cap_minutes: Mapped[int]
    cap_inclusive: Mapped[bool]
    cap_sources: Mapped[list[Any]]
    week_days_min: Mapped[int]
    week_days_max: Mapped[int]

    pay_rounding: Mapped[str] = mapped_column(default="A")
    pay_day: Mapped[int | None]
    pay_month_offset: Mapped[int] = mapped_column(default=1)
    commuting_mode: Mapped[str] = mapped_column(default="none")
    commuting_cap_yen: Mapped[int | None]
    tax_column: Mapped[str] = mapped_column(default="hei")
    minimum_wages: Mapped[list[Any]]
    premium_day_minutes: Mapped[int] = mapped_column(default=480)
    """Work beyond so many minutes a day brings the premium (労基法37条; some cities say 465)."""
    premium_week_minutes: Mapped[int] = mapped_column(default=2400)
    premium_percent: Mapped[int] = mapped_column(default=25)
    probation_days: Mapped[int | None] = mapped_column(default=15)
    """条件付採用 goes on until so many days were worked; ``None``: it is one month."""
    oath_required: Mapped[bool] = mapped_column(default=True)
    """Whether a 宣誓書 is handed in (地方公務員法31条)."""
    transfer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Who orders transfers: the fields of ``rules.transfer.Consignor``, by name."""

    school_words: Mapped[list[str]]
    refused_words: Mapped[list[str]]
    withdrawn_words: Mapped[list[str]]
    texts: Mapped[dict[str, Any]]
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Items of the 勤務条件通知書 that are words, by name (labor standards act art. 15)."""

    rates: Mapped[list[HourlyRate]] = relationship(
        order_by="HourlyRate.from_day", cascade="all, delete-orphan"
    )
    patterns: Mapped[list[WorkPattern]] = relationship(
        order_by="WorkPattern.position", cascade="all, delete-orphan"
    )
    closed_days: Mapped[list[ClosedDay]] = relationship(
        order_by="ClosedDay.day", cascade="all, delete-orphan"
    )
    contacts: Mapped[list[Contact]] = relationship(order_by="Contact.position", cascade="all, delete-orphan")


class HourlyRate(Identified, Base):
    """Yen an hour from a day on, until the next rate."""

    __tablename__ = "hourly_rate"
    __table_args__ = (
        UniqueConstraint("programme_id", "from_day"),
        CheckConstraint("yen > 0", name="yen"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    from_day: Mapped[date]
    yen: Mapped[int]


class WorkPattern(Identified, Base):
    """A usual day of work that clerks type with one sign (終, 半)."""

    __tablename__ = "work_pattern"
    __table_args__ = (UniqueConstraint("programme_id", "sign"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    sign: Mapped[str]
    name: Mapped[str]
    starts: Mapped[time]
    ends: Mapped[time]
    break_from: Mapped[time | None]
    break_minutes: Mapped[int] = mapped_column(default=0)


class ClosedDay(Identified, Base):
    """A day the office is closed besides weekends, holidays and the year's end."""

    __tablename__ = "closed_day"
    __table_args__ = (UniqueConstraint("programme_id", "day"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    day: Mapped[date]
    name: Mapped[str]


class Contact(Identified, Base):
    """Who answers questions, as printed in the contact box of a paper."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    use: Mapped[str]
    """Which papers show it: ``notice`` (applicants) or ``press``."""
    office: Mapped[str]
    persons: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    extension: Mapped[str] = mapped_column(default="")
    mail: Mapped[str] = mapped_column(default="")
