"""支給: which statements were paid, and when; from then on their month is no longer changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Payment, PayStatement
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.left_out import LeftOut
from fujisawa_desktop.services.month_records import (
    MonthRecord,
    RecordKind,
    Records,
    refuse_other_records,
)
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.pay_rows import MonthData, PayRow, load_month, pay_row, payment_day
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


class Method(StrEnum):
    """How a statement was paid."""

    TRANSFER = "transfer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One person's payment of a month, as it is or could be; yen.

    Attributes:
        net: what the statement says; ``None`` while nothing was stated.
        paid_on: when it was paid; ``None`` while it was not.
        statement_id: what was paid; ``None`` while nothing was.
        obstacle: why it cannot be marked as paid now.
    """

    appointment_id: int
    number: str
    name: str
    net: int | None
    paid_on: date | None
    method: str
    statement_id: int | None
    obstacle: LeftOut | None

    @property
    def record(self) -> MonthRecord | None:
        """Return the payment as it is on record."""
        return MonthRecord(self.paid_on, self.method, self.statement_id) if self.paid_on is not None else None


@dataclass(frozen=True, slots=True)
class PaymentsView:
    """A month's payments, and the day on which the programme pays it, where it names one."""

    pay_day: date | None
    rows: tuple[PaymentRow, ...]


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """Who was marked as paid, by number, how much in all, and who was left out and why."""

    change: ChangeSet
    numbers: tuple[str, ...]
    yen: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paid:
    id: int
    paid_on: date
    method: str
    recorded_at: datetime
    statement_id: int


def payments_view(database: Database, *, programme_id: int, year: int, month: int) -> PaymentsView:
    """Return everybody of the month in order of kana: paid, or whether that can be said now.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        data = load_month(session, programme_id, year, month)
        paid = _paid(session, programme_id, year, month)
    return PaymentsView(payment_day(data), tuple(_row(data, member, paid) for member in data.staff))


def mark_paid(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    paid_on: date | None = None,
    appointment_ids: Collection[int] | None = None,
    method: Method = Method.TRANSFER,
    actor: str | None = None,
) -> PaymentResult:
    """Record that a month's statements were paid, each with what it says.

    Args:
        database: the open database.
        programme_id: the programme.
        year: calendar year of the work.
        month: month of the work.
        paid_on: the day of payment; the programme's own pay day if left out.
        appointment_ids: whose; ``None`` means everybody who can be.
        method: how it was paid.
        actor: who records it.

    People whose pay cannot be paid are left out and told, unless they were named.

    Raises:
        ValidationError: ``payment.no-day`` when neither a day is given nor the programme names one;
            ``payment.before-month`` for a day before the month of work begins.
        NotFoundError: ``appointment.missing`` for somebody without pay in that month.
        RuleError: ``month.nobody``; ``payment.nobody`` when nobody can be marked; for somebody who was
            named ``payment.already``, ``payment.not-stated``, ``payment.not-closed``,
            ``payment.differs``, ``payment.tax-open``, ``payment.below-nothing``.
    """
    with unit_of_work(database, "pay.paid", actor=actor, year=year, month=month) as work:
        data = load_month(work.session, programme_id, year, month)
        day = paid_on or payment_day(data)
        if day is None:
            raise ValidationError("payment.no-day", field="paid_on")
        if day < date(year, month, 1):
            raise ValidationError("payment.before-month", field="paid_on", date=day, year=year, month=month)
        known = _paid(work.session, programme_id, year, month)
        rows = [_row(data, member, known) for member in _chosen(data, appointment_ids)]
        refused = [row.obstacle for row in rows if row.obstacle is not None]
        if refused and appointment_ids is not None:
            raise RuleError(refused[0].code, **refused[0].params)
        payable = [row for row in rows if row.obstacle is None]
        if not payable:
            raise RuleError("payment.nobody", year=year, month=month)
        yen = _store(work, data, payable, day, method)
        change = work.commit(count=len(payable), date=day)
    left_out = tuple(one for one in refused if one.code != "payment.already")
    return PaymentResult(change, tuple(row.number for row in payable), yen, left_out)


def take_payment_back(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    reason: str,
    appointment_ids: Collection[int] | None = None,
    before: Records | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Take payments off the record that were recorded though nothing was paid; the reason is kept.

    ``before`` are the payments that were seen; None does not compare.

    Raises:
        ValidationError: ``payment.reason-missing``.
        RuleError: ``payment.none`` when nothing of the month is marked as paid.
        ConflictError: ``conflict.changed-meanwhile``: somebody recorded another payment than was seen.
    """
    if not reason.strip():
        raise ValidationError("payment.reason-missing", field="reason")
    with unit_of_work(database, "pay.unpaid", actor=actor, year=year, month=month) as work:
        refuse_other_records(work.session, RecordKind.PAYMENT, year, month, before)
        known = _paid(work.session, programme_id, year, month)
        wanted = known.keys() if appointment_ids is None else known.keys() & set(appointment_ids)
        if not wanted:
            raise RuleError("payment.none", year=year, month=month)
        data = load_month(work.session, programme_id, year, month, appointment_ids=wanted)
        for member in data.staff:
            work.concerns("applicant", member.applicant_id)
        count = work.delete_many(Payment, sorted(known[key].id for key in wanted))
        return work.commit(count=count, reason=reason.strip())


def _chosen(data: MonthData, appointment_ids: Collection[int] | None) -> list[Member]:
    if not data.staff:
        raise RuleError("month.nobody", year=data.year, month=data.month)
    if appointment_ids is None:
        return list(data.staff)
    chosen = [member for member in data.staff if member.appointment_id in set(appointment_ids)]
    if {member.appointment_id for member in chosen} != set(appointment_ids) or not chosen:
        raise NotFoundError("appointment.missing")
    return chosen


def _row(data: MonthData, member: Member, paid: dict[int, _Paid]) -> PaymentRow:
    stated = data.stated.get(member.appointment_id)
    payment = paid.get(member.appointment_id)
    return PaymentRow(
        appointment_id=member.appointment_id,
        number=member.number,
        name=member.name,
        net=stated.net if stated is not None else None,
        paid_on=payment.paid_on if payment else None,
        method=payment.method if payment else "",
        statement_id=payment.statement_id if payment else None,
        obstacle=_obstacle(data, member, already=payment is not None),
    )


def _obstacle(data: MonthData, member: Member, *, already: bool) -> LeftOut | None:
    """Return why somebody's pay cannot be marked as paid, if it cannot."""
    code = "payment.already" if already else _refusal(data, member)
    if code is None:
        return None
    return LeftOut(member.number, code, {"person": member.name, "year": data.year, "month": data.month})


def _refusal(data: MonthData, member: Member) -> str | None:
    stated = data.stated.get(member.appointment_id)
    if stated is None:
        return "payment.not-stated"
    row = pay_row(data, member)
    if row.net is None:
        return "payment.tax-open"
    if min(row.net, stated.net) < 0:
        return "payment.below-nothing"
    if row.differs:
        return "payment.differs"
    return "payment.not-closed" if _is_open(data, member, row) else None


def _is_open(data: MonthData, member: Member, row: PayRow) -> bool:
    """Say whether hours can still change what is paid; after the term there are none to close."""
    has_month = member.rules.first <= data.days[-1] and member.rules.last >= data.days[0]
    return has_month and row.state in {MonthState.OPEN, MonthState.CONFIRMED}


def _store(
    work: UnitOfWork, data: MonthData, payable: Iterable[PaymentRow], day: date, method: Method
) -> int:
    newest = _newest_statements(work.session, data)
    rows = [
        {
            "statement_id": newest[row.appointment_id],
            "programme_id": data.terms.programme_id,
            "paid_on": day,
            "yen": row.net,
            "method": method.value,
            "recorded_at": work.now,
            "actor": work.actor,
        }
        for row in payable
    ]
    applicants = {member.appointment_id: member.applicant_id for member in data.staff}
    for row in payable:
        work.concerns("applicant", applicants[row.appointment_id])
    work.insert_many(Payment, rows)
    return sum(row.net or 0 for row in payable)


def _newest_statements(session: Session, data: MonthData) -> dict[int, int]:
    """Return the id of the statement that holds, by appointment."""
    query = (
        select(PayStatement.appointment_id, PayStatement.id)
        .where(PayStatement.year == data.year, PayStatement.month == data.month)
        .where(PayStatement.appointment_id.in_([member.appointment_id for member in data.staff]))
        .order_by(PayStatement.edition)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _paid(session: Session, programme_id: int, year: int, month: int) -> dict[int, _Paid]:
    query = (
        select(
            PayStatement.appointment_id,
            Payment.id,
            Payment.paid_on,
            Payment.method,
            Payment.recorded_at,
            Payment.statement_id,
        )
        .join(PayStatement, PayStatement.id == Payment.statement_id)
        .where(Payment.programme_id == programme_id)
        .where(PayStatement.year == year, PayStatement.month == month)
    )
    return {row[0]: _Paid(*row[1:]) for row in session.execute(query)}
