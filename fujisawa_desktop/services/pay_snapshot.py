"""What a stored statement keeps: every figure and step it shows, independent of what changes later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.services.pay_corrections import CorrectedMonth
from fujisawa_desktop.services.pay_rows import MonthData, PayRow
from fujisawa_desktop.services.staff import Member


def steps_of(snapshot: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps of a stored statement as they were."""
    return tuple(
        Step(step["code"], {name: _from_plain(value) for name, value in step["params"].items()})
        for step in snapshot["steps"]
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
