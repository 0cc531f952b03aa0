"""Appointment, hours and pay."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type
from fujisawa_desktop.rules.hours import ShiftKind


class Appointment(Identified, Versioned, Base):
    """任用 of one person for one course, with the terms that were agreed (a copy, not a link)."""

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("application_id"),
        CheckConstraint("term_from <= term_until", name="term"),
        CheckConstraint("cap_minutes >= 0", name="cap"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="RESTRICT"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="RESTRICT"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="RESTRICT"))
    host_department: Mapped[str]
    workplace: Mapped[str]
    term_from: Mapped[date]
    term_until: Mapped[date]
    cap_minutes: Mapped[int]
    cap_inclusive: Mapped[bool]
    week_days_max: Mapped[int]
    pay_rounding: Mapped[str]
    tax_column: Mapped[str]
    commuting_mode: Mapped[str]
    round_trip_yen: Mapped[int] = mapped_column(default=0)
    pass_yen: Mapped[int | None]
    commuting_cap_yen: Mapped[int | None]
    employment_insurance: Mapped[bool] = mapped_column(default=False)
    student_type: Mapped[str] = mapped_column(default="")
    """One of ``rules.insurance.StudentType``; empty while nobody asked."""
    needs_permit: Mapped[bool] = mapped_column(default=False)
    """A foreign student: work needs a 資格外活動許可 and is limited to 28 hours a week."""
    permit_until: Mapped[date | None]
    other_week_minutes: Mapped[int | None]
    """Minutes a week at other employers, where the person told (労基法38条)."""
    usual_week: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the person usually works: weekday ("0" is Monday) → entry as typed into the grid."""
    left_on: Mapped[date | None]
    """退職: last day, when somebody left before the end of the term."""
    leaving_reason: Mapped[str] = mapped_column(default="")
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Items of the 勤務条件通知書 that are otherwise than the programme says, by name."""
    appointed_at: Mapped[datetime]

    rates: Mapped[list[AppointmentRate]] = relationship(
        order_by="AppointmentRate.from_day", cascade="all, delete-orphan"
    )


class AppointmentRate(Identified, Base):
    """Yen an hour of this appointment from a day on."""

    __tablename__ = "appointment_rate"
    __table_args__ = (
        UniqueConstraint("appointment_id", "from_day"),
        CheckConstraint("yen > 0", name="yen"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    from_day: Mapped[date]
    yen: Mapped[int]


class Shift(Identified, Versioned, Base):
    """One stretch of work on one day; ``minutes`` is without the break."""

    __tablename__ = "shift"
    __table_args__ = (
        UniqueConstraint("appointment_id", "kind", "day", "starts"),
        CheckConstraint("starts < ends", name="order"),
        CheckConstraint("break_minutes >= 0 AND minutes > 0", name="minutes"),
        Index("ix_shift_month", "appointment_id", "day"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    kind: Mapped[ShiftKind] = mapped_column(enum_type(ShiftKind))
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    break_minutes: Mapped[int]
    minutes: Mapped[int]
    is_remote: Mapped[bool] = mapped_column(default=False)
    holiday_order: Mapped[str] = mapped_column(default="")
    """休日勤務命令: why work on a closed day was ordered."""
    reason: Mapped[str] = mapped_column(default="")


class MonthClosing(Identified, Versioned, Base):
    """月の締め of one appointment's month; reopening keeps the row and says why."""

    __tablename__ = "month_closing"
    __table_args__ = (
        UniqueConstraint("appointment_id", "year", "month"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    year: Mapped[int]
    month: Mapped[int]
    closed_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")


class PayStatement(Identified, Base):
    """What was computed and printed for a month; never rewritten, a new version follows."""

    __tablename__ = "pay_statement"
    __table_args__ = (
        UniqueConstraint("appointment_id", "year", "month", "edition"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="RESTRICT"))
    year: Mapped[int]
    month: Mapped[int]
    edition: Mapped[int]
    made_at: Mapped[datetime]
    minutes: Mapped[int]
    pay_yen: Mapped[int]
    commuting_yen: Mapped[int]
    tax_yen: Mapped[int]
    insurance_yen: Mapped[int]
    net_yen: Mapped[int]
    premium_yen: Mapped[int] = mapped_column(default=0)
    """Part of ``pay_yen``: the premium for long days and weeks."""
    corrected_pay_yen: Mapped[int] = mapped_column(default=0)
    """Differences of earlier months, beside ``pay_yen``; negative when too much was paid."""
    corrected_commuting_yen: Mapped[int] = mapped_column(default=0)
    cause: Mapped[str] = mapped_column(default="")
    """Why amounts stated before were replaced."""
    snapshot: Mapped[dict[str, Any]]
    """Every figure and step the paper shows."""
