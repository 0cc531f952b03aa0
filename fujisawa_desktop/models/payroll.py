"""Months of work after they were typed: confirmed, corrected, paid; and the figures that pay rests on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned

_MONTH = "month BETWEEN 1 AND 12"


class MonthConfirmation(Identified, Versioned, Base):
    """受入部署の確認: a department said that the worked hours of a month are right."""

    __tablename__ = "month_confirmation"
    __table_args__ = (
        UniqueConstraint("appointment_id", "year", "month"),
        CheckConstraint(_MONTH, name="month"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    year: Mapped[int]
    month: Mapped[int]
    confirmed_on: Mapped[date]
    confirmed_by: Mapped[str]
    """Who signed the sheet."""
    minutes: Mapped[int]
    digest: Mapped[str]
    """Of the worked time that was confirmed; other time is not confirmed by it."""
    recorded_at: Mapped[datetime]
    actor: Mapped[str]


class HoursCorrection(Identified, Versioned, Base):
    """A day of a closed month as it should have been; the difference comes with the pay of a later month."""

    __tablename__ = "hours_correction"
    __table_args__ = (
        UniqueConstraint("appointment_id", "day", "edition"),
        CheckConstraint("edition > 0", name="edition"),
        CheckConstraint("pay_month BETWEEN 1 AND 12", name="pay_month"),
        Index("ix_hours_correction_pay_month", "appointment_id", "pay_year", "pay_month"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    day: Mapped[date]
    edition: Mapped[int]
    before: Mapped[list[Any]]
    """The worked time of the day before, as ``{"starts": "09:00", "ends": "12:00", "break_minutes": 0,
    "is_remote": false}``."""
    after: Mapped[list[Any]]
    """The same, as it should have been; empty when nobody worked."""
    reason: Mapped[str]
    pay_year: Mapped[int]
    pay_month: Mapped[int]
    """Month of work whose pay carries the difference."""
    recorded_at: Mapped[datetime]
    actor: Mapped[str]


class Payment(Identified, Base):
    """支給: what was paid of a statement, and when."""

    __tablename__ = "payment"
    __table_args__ = (UniqueConstraint("statement_id"),)

    statement_id: Mapped[int] = mapped_column(ForeignKey("pay_statement.id", ondelete="RESTRICT"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    paid_on: Mapped[date]
    yen: Mapped[int]
    method: Mapped[str]
    """``transfer`` (by the file for the bank) or ``other``."""
    recorded_at: Mapped[datetime]
    actor: Mapped[str]


class DatedFigure(Identified, Versioned, Base):
    """A figure of the law from a day on, entered by a clerk: it stands before the one that ships.

    ``kind`` is one of ``rules.dated_figures``: tax tables by year of payment, rates of employment
    insurance, minimum wages, limits of tax-free commuting.
    """

    __tablename__ = "dated_figure"
    __table_args__ = (UniqueConstraint("kind", "valid_from"),)

    kind: Mapped[str]
    valid_from: Mapped[date]
    figures: Mapped[dict[str, Any]]
    source: Mapped[str]
    """Where the clerk read it."""
    recorded_at: Mapped[datetime]
    actor: Mapped[str]


class RegisterLayout(Identified, Versioned, Base):
    """Which columns a monthly register has, in which order and under which headings."""

    __tablename__ = "register_layout"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    body: Mapped[dict[str, Any]]
