"""The pay of a month: computed as the hours stand, and stored as it was stated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.left_out import LeftOut
from fujisawa_desktop.services.month_memory import remembered
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay_rows import MonthData, PayRow, load_month, pay_row
from fujisawa_desktop.services.pay_snapshot import snapshot_of, steps_of
from fujisawa_desktop.services.pay_stated import Stated
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = [
    "LeftOut",
    "PayRow",
    "Stated",
    "StatementResult",
    "issue_statements",
    "pay_for_month",
    "pay_in",
    "steps_of",
]


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
        return pay_in(session, database, programme_id, year, month)


def pay_in(session: Session, database: Database, programme_id: int, year: int, month: int) -> list[PayRow]:
    """Return the same, for services that hold a session of this database and changed nothing in it."""

    def rows(appointment_ids: Collection[int] | None) -> dict[int, PayRow]:
        data = load_month(session, programme_id, year, month, appointment_ids=appointment_ids)
        return {member.appointment_id: pay_row(data, member) for member in data.staff}

    return list(remembered(session, database, ("pay", programme_id, year, month), rows).values())


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
        statements: list[dict[str, Any]] = []
        left_out: list[LeftOut] = []
        chosen = _chosen(data, numbers)
        for member in chosen:
            row = pay_row(data, member, typed_tax=typed.get(member.appointment_id))
            if row.stated is not None and not row.differs:
                continue
            refusal = _refusal(data, row)
            if refusal is None:
                statements.append(_statement(work, data, member, row, cause.strip()))
                stated.append(member.number)
                work.concerns("applicant", member.applicant_id)
            elif numbers is None:
                left_out.append(LeftOut(member.number, refusal.code, refusal.params))
            else:
                raise refusal
        work.insert_many(PayStatement, statements)
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


def _chosen(data: MonthData, numbers: Sequence[str] | None) -> list[Member]:
    if not data.staff:
        raise RuleError("month.nobody", year=data.year, month=data.month)
    if numbers is None:
        return list(data.staff)
    unknown = sorted(set(numbers) - {member.number for member in data.staff})
    if unknown:
        raise NotFoundError("pay.unknown-number", numbers=unknown, year=data.year, month=data.month)
    return [member for member in data.staff if member.number in numbers]


def _statement(work: UnitOfWork, data: MonthData, member: Member, row: PayRow, cause: str) -> dict[str, Any]:
    """Return a row of the statements."""
    if row.tax is None or row.net is None:
        raise RuleError("pay.tax-open", person=member.name)
    if row.stated is not None and not cause:
        raise ValidationError("pay.cause-missing", field="cause", person=member.name)
    return {
        "appointment_id": member.appointment_id,
        "year": data.year,
        "month": data.month,
        "edition": row.stated.edition + 1 if row.stated else 1,
        "made_at": work.now,
        "minutes": row.minutes,
        "pay_yen": row.pay,
        "commuting_yen": row.commuting,
        "tax_yen": row.tax,
        "insurance_yen": row.insurance,
        "net_yen": row.net,
        "premium_yen": row.premium,
        "corrected_pay_yen": row.corrected_pay,
        "corrected_commuting_yen": row.corrected_commuting,
        "cause": cause if row.stated is not None else "",
        "snapshot": snapshot_of(data, member, row),
    }
