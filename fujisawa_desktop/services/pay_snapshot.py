"""What a stored statement keeps: every figure and step it shows, independent of what changes later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import PayStatement
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.services.pay_corrections import CorrectedDay, CorrectedMonth
from fujisawa_desktop.services.pay_rows import MonthData, PayRow
from fujisawa_desktop.services.staff import Member


def steps_of(snapshot: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps of a stored statement as they were."""
    return tuple(
        Step(step["code"], {name: _from_plain(value) for name, value in step["params"].items()})
        for step in snapshot["steps"]
    )


def as_stated(session: Session, rows: Sequence[PayRow], year: int, month: int) -> list[PayRow]:
    """Return a month's pay, for those whose stated amounts no longer hold as it was stated then."""
    wanted = [row.appointment_id for row in rows if row.differs]
    if not wanted:
        return list(rows)
    query = (
        select(PayStatement.appointment_id, PayStatement.snapshot)
        .where(PayStatement.year == year, PayStatement.month == month)
        .where(PayStatement.appointment_id.in_(wanted))
        .order_by(PayStatement.edition)
    )
    stated = {row[0]: row[1] for row in session.execute(query)}
    return [
        _as_then(row, stated[row.appointment_id]) if row.appointment_id in stated else row for row in rows
    ]


def _as_then(row: PayRow, snapshot: Mapping[str, Any]) -> PayRow:
    paid_on = snapshot.get("paid_on")
    return replace(
        row,
        minutes=snapshot["minutes"],
        pay=snapshot["pay"],
        premium=snapshot.get("premium", 0),
        commuting=snapshot["commuting"],
        tax=snapshot["tax"],
        insurance=snapshot["insurance"],
        net=snapshot["net"],
        taxable=snapshot["taxable"],
        steps=steps_of(snapshot),
        corrections=tuple(_corrected(part) for part in snapshot.get("corrections", ())),
        paid_on=date.fromisoformat(paid_on) if paid_on else None,
    )


def _corrected(part: Mapping[str, Any]) -> CorrectedMonth:
    """Return the difference that was settled; what it was the difference of stands in the steps."""
    return CorrectedMonth(
        year=part["year"],
        month=part["month"],
        minutes_before=0,
        minutes_after=part["minutes"],
        pay_before=0,
        pay_after=part["pay"],
        commuting_before=0,
        commuting_after=part["commuting"],
        taxable_commuting=0,
        days=tuple(
            CorrectedDay(date.fromisoformat(day["day"]), day["before"], day["after"], day["reason"])
            for day in part["days"]
        ),
    )


def snapshot_of(data: MonthData, member: Member, row: PayRow) -> dict[str, Any]:
    """Return all that a statement shows as plain data, independent of what changes later."""
    return {
        "number": member.number,
        "name": member.name,
        "kana": member.kana,
        "course": member.course_name,
        "host_department": member.host_department,
        "year": data.year,
        "month": data.month,
        "paid_on": row.paid_on.isoformat() if row.paid_on else None,
        "days": [
            {
                "day": shift.time.day.isoformat(),
                "start": f"{shift.time.start:%H:%M}",
                "end": f"{shift.time.end:%H:%M}",
                "break_minutes": shift.time.break_minutes,
                "minutes": shift.time.minutes,
            }
            for shift in data.worked(member)
        ],
        "rates": [{"from_day": rate.valid_from.isoformat(), "yen": rate.yen} for rate in member.rates],
        "rounding": member.rounding.value,
        "tax_column": member.tax_column.value,
        "commuting_mode": member.commuting.mode.value,
        "fares": [member.commuting.round_trip, member.commuting.pass_month, member.commuting.cap],
        "insured": member.insured,
        "minutes": row.minutes,
        "pay": row.pay,
        "commuting": row.commuting,
        "tax": row.tax,
        "insurance": row.insurance,
        "net": row.net,
        "premium": row.premium,
        "corrections": [_correction(one) for one in row.corrections],
        "taxable": row.taxable,
        "tax_typed_for": row.taxable if row.tax_typed else None,
        "steps": [
            {"code": step.code, "params": {name: _plain(value) for name, value in step.params.items()}}
            for step in row.steps
        ],
    }


def _correction(one: CorrectedMonth) -> dict[str, Any]:
    return {
        "year": one.year,
        "month": one.month,
        "minutes": one.minutes,
        "pay": one.pay,
        "commuting": one.commuting,
        "days": [
            {"day": day.day.isoformat(), "before": day.before, "after": day.after, "reason": day.reason}
            for day in one.days
        ],
    }


def _plain(value: object) -> object:
    """Return a step's parameter as JSON knows it; a day is told from a text by its wrapping."""
    if isinstance(value, date):
        return {"iso": value.isoformat()}
    return value


def _from_plain(value: object) -> object:
    return date.fromisoformat(value["iso"]) if isinstance(value, dict) else value
