"""One person's month of pay with everything it rests on: as it is now, and as it was stated each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from fujisawa_desktop.models import Payment, PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.hours import ShiftTime
from fujisawa_desktop.services.pay import steps_of
from fujisawa_desktop.services.pay_rows import PayRow


@dataclass(frozen=True, slots=True)
class ToldMonth:
    """The amounts of one person's month in minutes and yen, with how they came about.

    Attributes:
        premium: part of ``pay`` for long days and weeks.
        corrected: what is paid (negative: kept back) for earlier months, pay and commuting together.
        tax, net: ``None`` while the tax is not known.
        shifts: what was worked, in order of time.
        paid_on: the day of payment, where the programme names one.
    """

    name: str
    year: int
    month: int
    minutes: int
    pay: int
    premium: int
    commuting: int
    corrected: int
    tax: int | None
    insurance: int
    net: int | None
    taxable: int
    steps: tuple[Step, ...]
    shifts: tuple[ShiftTime, ...]
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class StatedMonth:
    """One edition of a statement as it was stored; ``paid_on`` is when it was paid, if it was."""

    edition: int
    made_at: datetime
    paid_on: date | None
    told: ToldMonth


def told_now(row: PayRow, year: int, month: int, shifts: Iterable[ShiftTime]) -> ToldMonth:
    """Return a month's pay as it is computed now; ``shifts`` is what was worked."""
    return ToldMonth(
        name=row.name,
        year=year,
        month=month,
        minutes=row.minutes,
        pay=row.pay,
        premium=row.premium,
        commuting=row.commuting,
        corrected=row.corrected_pay + row.corrected_commuting,
        tax=row.tax,
        insurance=row.insurance,
        net=row.net,
        taxable=row.taxable,
        steps=row.steps,
        shifts=tuple(sorted(shifts)),
        paid_on=row.paid_on,
    )


def stated_months(
    database: Database, *, appointment_id: int, year: int | None = None, month: int | None = None
) -> list[StatedMonth]:
    """Return the stored statements of one person, the latest month and edition first.

    Args:
        database: the open database.
        appointment_id: whose.
        year: only those of this year's ``month``; without it, of all months.
        month: month of the work.
    """
    query = (
        select(PayStatement, Payment.paid_on)
        .outerjoin(Payment, Payment.statement_id == PayStatement.id)
        .where(PayStatement.appointment_id == appointment_id)
        .order_by(PayStatement.year.desc(), PayStatement.month.desc(), PayStatement.edition.desc())
    )
    if year is not None and month is not None:
        query = query.where(PayStatement.year == year, PayStatement.month == month)
    with database.read() as session:
        found = session.execute(query).all()
        return [StatedMonth(row.edition, row.made_at, paid_on, _told(row)) for row, paid_on in found]


def _told(row: PayStatement) -> ToldMonth:
    snapshot: Mapping[str, Any] = row.snapshot
    paid_on = snapshot.get("paid_on")
    return ToldMonth(
        name=str(snapshot["name"]),
        year=row.year,
        month=row.month,
        minutes=row.minutes,
        pay=row.pay_yen,
        premium=row.premium_yen,
        commuting=row.commuting_yen,
        corrected=row.corrected_pay_yen + row.corrected_commuting_yen,
        tax=row.tax_yen,
        insurance=row.insurance_yen,
        net=row.net_yen,
        taxable=int(snapshot.get("taxable", 0)),
        steps=steps_of(snapshot),
        shifts=tuple(_shift(day) for day in snapshot["days"]),
        paid_on=date.fromisoformat(paid_on) if paid_on else None,
    )


def _shift(day: Mapping[str, Any]) -> ShiftTime:
    return ShiftTime(
        date.fromisoformat(day["day"]),
        time.fromisoformat(day["start"]),
        time.fromisoformat(day["end"]),
        int(day["break_minutes"]),
    )
