"""What a new computation of a month's pay would change in amounts that were stated before, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay_rows import MonthData, PayRow, load_month, pay_row
from fujisawa_desktop.services.pay_snapshot import snapshot_of
from fujisawa_desktop.services.staff import Member


class Changed(StrEnum):
    """What is otherwise than it was when the amounts were stated."""

    HOURS = "hours"
    RATE = "rate"
    ROUNDING = "rounding"
    COMMUTING = "commuting"
    TAX_COLUMN = "tax_column"
    TAX_TYPED = "tax_typed"
    INSURANCE = "insurance"
    CORRECTIONS = "corrections"
    FIGURES = "figures"
    """Nothing of the person: a figure of the law, or a setting of the programme."""


@dataclass(frozen=True, slots=True)
class AmountChange:
    """One amount as stated and as it would be: minutes for ``minutes``, yen for all others."""

    name: str
    before: int
    after: int | None
    """``None`` while the tax has to be typed."""


@dataclass(frozen=True, slots=True)
class DayChange:
    """The minutes of one day as stated and as they are now."""

    day: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PayDifference:
    """One person whose stated amounts no longer hold.

    Attributes:
        edition: the edition that stands.
        is_paid: the amounts were paid, so they are not replaced.
        amounts: those that change, in the order in which they are shown.
        changed: what is otherwise, the likeliest reason first.
        days: days whose minutes changed.
    """

    appointment_id: int
    number: str
    name: str
    edition: int
    is_paid: bool
    amounts: tuple[AmountChange, ...]
    changed: tuple[Changed, ...]
    days: tuple[DayChange, ...]

    @property
    def net(self) -> AmountChange | None:
        """What changes in the amount to be paid."""
        return next((amount for amount in self.amounts if amount.name == "net"), None)


def pay_differences(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    numbers: Collection[str] | None = None,
    manual_tax: Mapping[int, int] | None = None,
) -> list[PayDifference]:
    """Return everybody whose amounts would be replaced if the month were stated now, in order of kana.

    People whose month was never stated, or whose amounts still hold, are not among them.

    Args:
        database: the open database.
        programme_id: the programme.
        year: calendar year of the work.
        month: month of the work.
        numbers: portal numbers of the people; ``None`` means everybody.
        manual_tax: appointment → tax in yen that a clerk has typed but not stated yet.
    """
    typed = manual_tax or {}
    with database.read() as session:
        data = load_month(session, programme_id, year, month)
        snapshots = _snapshots(session, data)
    found: list[PayDifference] = []
    for member in data.staff:
        if member.appointment_id not in snapshots or (numbers is not None and member.number not in numbers):
            continue
        row = pay_row(data, member, typed_tax=typed.get(member.appointment_id))
        if row.differs:
            found.append(_difference(data, member, row, snapshots[member.appointment_id]))
    return found


def _difference(data: MonthData, member: Member, row: PayRow, before: Mapping[str, Any]) -> PayDifference:
    stated = row.stated
    assert stated is not None  # noqa: S101 - a row that differs was stated
    after = snapshot_of(data, member, row)
    pairs = (
        ("minutes", stated.minutes, row.minutes),
        ("pay", stated.pay, row.pay),
        ("premium", stated.premium, row.premium),
        ("commuting", stated.commuting, row.commuting),
        ("corrected_pay", stated.corrected_pay, row.corrected_pay),
        ("corrected_commuting", stated.corrected_commuting, row.corrected_commuting),
        ("tax", stated.tax, row.tax),
        ("insurance", stated.insurance, row.insurance),
        ("net", stated.net, row.net),
    )
    days = _days(before, after)
    return PayDifference(
        appointment_id=row.appointment_id,
        number=row.number,
        name=row.name,
        edition=stated.edition,
        is_paid=row.state is MonthState.PAID,
        amounts=tuple(AmountChange(name, old, new) for name, old, new in pairs if old != new),
        changed=tuple(_changed(before, after, days)),
        days=days,
    )


def _changed(
    before: Mapping[str, Any], after: Mapping[str, Any], days: tuple[DayChange, ...]
) -> list[Changed]:
    """Return what is otherwise; statements of older releases do not say everything."""

    def differs(*names: str) -> bool:
        return any(name in before and before[name] != after[name] for name in names)

    found = [Changed.HOURS] if days or differs("days") else []
    found += [Changed.RATE] if differs("rates") else []
    found += [Changed.ROUNDING] if differs("rounding") else []
    found += [Changed.COMMUTING] if differs("commuting_mode", "fares") else []
    found += [Changed.TAX_COLUMN] if differs("tax_column") else []
    found += [Changed.INSURANCE] if differs("insured") else []
    found += [Changed.CORRECTIONS] if differs("corrections") else []
    if before.get("tax_typed_for") is not None and differs("tax_typed_for"):
        found.append(Changed.TAX_TYPED)
    return found or [Changed.FIGURES]


def _days(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[DayChange, ...]:
    old, new = _minutes(before), _minutes(after)
    return tuple(
        DayChange(date.fromisoformat(day), old.get(day, 0), new.get(day, 0))
        for day in sorted(old | new)
        if old.get(day, 0) != new.get(day, 0)
    )


def _minutes(snapshot: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in snapshot["days"]:
        found[part["day"]] = found.get(part["day"], 0) + part["minutes"]
    return found


def _snapshots(session: Session, data: MonthData) -> dict[int, Mapping[str, Any]]:
    """Return what the statement that holds says, by appointment."""
    query = (
        select(PayStatement.appointment_id, PayStatement.snapshot)
        .where(PayStatement.year == data.year, PayStatement.month == data.month)
        .where(PayStatement.appointment_id.in_([member.appointment_id for member in data.staff]))
        .order_by(PayStatement.edition)
    )
    return {row[0]: row[1] for row in session.execute(query)}
