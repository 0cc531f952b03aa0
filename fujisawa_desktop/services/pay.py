"""The pay of a month: computed as the hours stand, and stored as it was stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay_corrections import CorrectedMonth
from fujisawa_desktop.services.pay_rows import MonthData, PayRow, Stated, load_month, pay_row
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = ["LeftOut", "PayRow", "Stated", "StatementResult", "issue_statements", "pay_for_month", "steps_of"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody whose amounts were not stated; the sentence belongs to ``code``."""

    number: str
    code: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StatementResult:
    """What was stated: whose amounts are new, and how many had been stated so before."""

    change: ChangeSet
    numbers: tuple[str, ...]
    unchanged: int
    left_out: tuple[LeftOut, ...] = ()


def pay_for_month(database: Database, *, programme_id: int, year: int, month: int) -> list[PayRow]:
    """Return the pay of everybody whose term touches the month, in order of kana.

    Raises:
        NotFoundError: ``programme.none``.
        RuleError: ``pay.no-rate`` when somebody worked before the first rate begins.
    """
    with database.read() as session:
        data = load_month(session, programme_id, year, month)
    return [pay_row(data, member) for member in data.staff]


def issue_statements(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    numbers: Sequence[str] | None = None,
    manual_tax: Mapping[int, int] | None = None,
    cause: str = "",
    actor: str | None = None,
) -> StatementResult:
    """Store the month's amounts; a new edition only for those whose amounts changed.

    What was paid is not stated otherwise, and what would have to be paid back is not stated at all:
    such people are left out and told, unless they were named.

    Args:
        database: the open database.
        programme_id: the programme.
        year: calendar year of the work.
        month: month of the work.
        numbers: portal numbers of the people; ``None`` means everybody.
        manual_tax: appointment → tax in yen that a clerk looked up where the program does not know it.
        cause: why amounts that were stated before are replaced; kept with the new ones.
        actor: who does it.

    Raises:
        NotFoundError: ``pay.unknown-number`` for a number that is not appointed in that month.
        RuleError: ``month.nobody``, or ``pay.tax-open`` while the tax of somebody is not known;
            ``pay.already-paid``, ``pay.below-nothing`` for somebody who was named.
        ValidationError: ``tax.negative``; ``pay.cause-missing`` when amounts would be replaced.
    """
    typed = dict(manual_tax or {})
    if any(yen < 0 for yen in typed.values()):
        raise ValidationError("tax.negative", field="tax")
    with unit_of_work(database, "pay.state", actor=actor, year=year, month=month) as work:
        data = load_month(work.session, programme_id, year, month)
        stated: list[str] = []
        left_out: list[LeftOut] = []
        chosen = _chosen(data, numbers)
        for member in chosen:
            row = pay_row(data, member, typed_tax=typed.get(member.appointment_id))
            if row.stated is not None and not row.differs:
                continue
            refusal = _refusal(data, row)
            if refusal is None:
                _store(work, data, member, row, cause.strip())
                stated.append(member.number)
            elif numbers is None:
                left_out.append(LeftOut(member.number, refusal.code, refusal.params))
            else:
                raise refusal
        change = work.commit(count=len(stated))
    unchanged = len(chosen) - len(stated) - len(left_out)
    return StatementResult(change, tuple(stated), unchanged, tuple(left_out))


def _refusal(data: MonthData, row: PayRow) -> RuleError | None:
    """Return why somebody's amounts are not stated, if they are not."""
    params: dict[str, object] = {"year": data.year, "month": data.month, "person": row.name}
    if row.state is MonthState.PAID:
        return RuleError("pay.already-paid", **params)
    if row.net is not None and row.net < 0:
        return RuleError("pay.below-nothing", net_yen=row.net, **params)
    return None


def steps_of(snapshot: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps of a stored statement as they were."""
    return tuple(
        Step(step["code"], {name: _from_plain(value) for name, value in step["params"].items()})
        for step in snapshot["steps"]
    )


def _chosen(data: MonthData, numbers: Sequence[str] | None) -> list[Member]:
    if not data.staff:
        raise RuleError("month.nobody", year=data.year, month=data.month)
    if numbers is None:
        return list(data.staff)
    unknown = sorted(set(numbers) - {member.number for member in data.staff})
    if unknown:
        raise NotFoundError("pay.unknown-number", numbers=unknown, year=data.year, month=data.month)
    return [member for member in data.staff if member.number in numbers]


def _store(work: UnitOfWork, data: MonthData, member: Member, row: PayRow, cause: str) -> None:
    if row.tax is None or row.net is None:
        raise RuleError("pay.tax-open", person=member.name)
    if row.stated is not None and not cause:
        raise ValidationError("pay.cause-missing", field="cause", person=member.name)
    statement = PayStatement(
        appointment_id=member.appointment_id,
        year=data.year,
        month=data.month,
        edition=row.stated.edition + 1 if row.stated else 1,
        made_at=work.now,
        minutes=row.minutes,
        pay_yen=row.pay,
        commuting_yen=row.commuting,
        tax_yen=row.tax,
        insurance_yen=row.insurance,
        net_yen=row.net,
        premium_yen=row.premium,
        corrected_pay_yen=row.corrected_pay,
        corrected_commuting_yen=row.corrected_commuting,
        cause=cause if row.stated is not None else "",
        snapshot=_snapshot(data, member, row),
    )
    work.session.add(statement)
    work.concerns("applicant", member.applicant_id)


def _snapshot(data: MonthData, member: Member, row: PayRow) -> dict[str, Any]:
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
