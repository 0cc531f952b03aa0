"""What was stated for a month, person by person: the amounts as stored, never computed again here.

Everything that leaves the office about a month's pay (the register, the file for the bank, the list
of the year) begins with these rows, so that all of them say what the person was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Applicant,
    Application,
    Appointment,
    Course,
    Entry,
    Payment,
    PayStatement,
    TransferAccount,
)
from fujisawa_desktop.rules.calendar import month_days

_TAXED = "explain.commuting-taxed"


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment of a month: of which edition, when, how much, and how (``transfer`` or ``other``)."""

    edition: int
    paid_on: date
    yen: int
    method: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account for transfers, in the signs that a bank reads."""

    bank_code: str
    bank_kana: str
    branch_code: str
    branch_kana: str
    account_kind: int
    account_number: str
    holder_kana: str
    employee_code: str
    unit_code: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class StatedPay:
    """One person's pay of one month as it was stated last; minutes and yen.

    Attributes:
        name, kana, number, course, department: as they stood on the statement.
        days: on how many days somebody worked.
        rates: yen an hour that counted in the month, the earliest first.
        pay: of the month itself, ``premium`` included.
        corrected_pay, corrected_commuting: differences of earlier months, which may be below nothing.
        taxed_commuting: the part of the commuting expenses that is taxed.
        taxable: what the tax was worked out from.
        pay_day: the day of payment that the statement names.
        paid: the payment of the month, of whichever edition; ``None`` while nothing was paid.
        account: where the pay goes; ``None`` while nobody entered it.
    """

    statement_id: int
    appointment_id: int
    applicant_id: int
    year: int
    month: int
    edition: int
    made_at: datetime
    number: str
    name: str
    kana: str
    course_id: int
    course: str
    department: str
    days: int
    minutes: int
    rates: tuple[int, ...]
    pay: int
    premium: int
    corrected_pay: int
    commuting: int
    corrected_commuting: int
    taxed_commuting: int
    taxable: int
    tax_column: str
    tax: int
    insurance: int
    net: int
    pay_day: date | None
    paid: Paid | None
    account: Account | None

    @property
    def all_pay(self) -> int:
        """Pay with the differences of earlier months."""
        return self.pay + self.corrected_pay

    @property
    def all_commuting(self) -> int:
        """Commuting expenses with the differences of earlier months."""
        return self.commuting + self.corrected_commuting

    @property
    def free_commuting(self) -> int:
        """The part of the commuting expenses that is not taxed."""
        return self.all_commuting - self.taxed_commuting

    @property
    def gross(self) -> int:
        """Everything before deductions."""
        return self.all_pay + self.all_commuting

    @property
    def deductions(self) -> int:
        """Tax and insurance."""
        return self.tax + self.insurance

    @property
    def summed(self) -> int:
        """What the parts come to; ``net`` is the same unless somebody changed one of them alone."""
        return self.gross - self.deductions


def stated_pay(session: Session, programme_id: int, year: int, month: int) -> list[StatedPay]:
    """Return the newest edition of everybody's statement of a month, in the order of lists."""
    condition = (PayStatement.year == year, PayStatement.month == month)
    return _rows(session, programme_id, condition)


def all_stated_pay(session: Session, programme_id: int) -> list[StatedPay]:
    """Return the newest edition of every month of everybody, by person and month."""
    return _rows(session, programme_id, ())


def paid_statements(session: Session, programme_id: int) -> list[StatedPay]:
    """Return the editions that were paid, by person and month of work; a later edition does not count."""
    condition = (PayStatement.id.in_(select(Payment.statement_id)),)
    return _rows(session, programme_id, condition)


def _rows(session: Session, programme_id: int, condition: Sequence[Any]) -> list[StatedPay]:
    query = (
        select(
            PayStatement,
            Appointment.applicant_id,
            Applicant.name_entered,
            Applicant.name_official,
            Applicant.kana,
            Entry.number,
            Course.id,
            Course.name,
            Appointment.host_department,
        )
        .join(Appointment, Appointment.id == PayStatement.appointment_id)
        .join(Applicant, Applicant.id == Appointment.applicant_id)
        .join(Application, Application.id == Appointment.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Course, Course.id == Appointment.course_id)
        .where(Appointment.programme_id == programme_id, *condition)
        .order_by(
            Applicant.sort_key, Appointment.id, PayStatement.year, PayStatement.month, PayStatement.edition
        )
    )
    newest = {(row[0].appointment_id, row[0].year, row[0].month): row for row in session.execute(query)}
    paid = payments(session, programme_id)
    accounts = transfer_accounts(session, programme_id)
    return [_row(row, paid.get(key), accounts.get(key[0])) for key, row in newest.items()]


def payments(session: Session, programme_id: int) -> dict[tuple[int, int, int], Paid]:
    """Return what was paid, by appointment, year and month of work."""
    query = (
        select(
            PayStatement.appointment_id,
            PayStatement.year,
            PayStatement.month,
            PayStatement.edition,
            Payment.paid_on,
            Payment.yen,
            Payment.method,
        )
        .join(Payment, Payment.statement_id == PayStatement.id)
        .where(Payment.programme_id == programme_id)
        .order_by(PayStatement.edition)
    )
    return {(row[0], row[1], row[2]): Paid(*row[3:]) for row in session.execute(query)}


def transfer_accounts(session: Session, programme_id: int) -> dict[int, Account]:
    """Return the accounts by appointment."""
    query = (
        select(TransferAccount)
        .join(Appointment, Appointment.id == TransferAccount.appointment_id)
        .where(Appointment.programme_id == programme_id)
    )
    return {
        row.appointment_id: Account(
            row.bank_code,
            row.bank_kana,
            row.branch_code,
            row.branch_kana,
            row.account_kind,
            row.account_number,
            row.holder_kana,
            row.employee_code,
            row.unit_code,
            row.confirmed_at is not None,
        )
        for row in session.scalars(query)
    }


def _row(found: Any, paid: Paid | None, account: Account | None) -> StatedPay:
    stated, applicant_id, entered, official, kana, number, course_id, course, department = found
    told: Mapping[str, Any] = stated.snapshot
    worked = [date.fromisoformat(one["day"]) for one in told.get("days", ())]
    return StatedPay(
        statement_id=stated.id,
        appointment_id=stated.appointment_id,
        applicant_id=applicant_id,
        year=stated.year,
        month=stated.month,
        edition=stated.edition,
        made_at=stated.made_at,
        number=str(told.get("number", number)),
        name=str(told.get("name", official or entered)),
        kana=str(told.get("kana", kana)),
        course_id=course_id,
        course=str(told.get("course", course)),
        department=str(told.get("host_department", department)),
        days=len(set(worked)),
        minutes=stated.minutes,
        rates=_rates(told, worked or month_days(stated.year, stated.month)[-1:]),
        pay=stated.pay_yen,
        premium=stated.premium_yen,
        corrected_pay=stated.corrected_pay_yen,
        commuting=stated.commuting_yen,
        corrected_commuting=stated.corrected_commuting_yen,
        taxed_commuting=_taxed_commuting(told),
        taxable=int(told.get("taxable", 0)),
        tax_column=str(told.get("tax_column", "")),
        tax=stated.tax_yen,
        insurance=stated.insurance_yen,
        net=stated.net_yen,
        pay_day=date.fromisoformat(told["paid_on"]) if told.get("paid_on") else None,
        paid=paid,
        account=account,
    )


def _rates(told: Mapping[str, Any], days: Iterable[date]) -> tuple[int, ...]:
    """Return the rates that were in force on these days."""
    begun = sorted((date.fromisoformat(one["from_day"]), int(one["yen"])) for one in told.get("rates", ()))
    in_force = {max((rate for rate in begun if rate[0] <= day), default=None) for day in days}
    return tuple(yen for _since, yen in sorted(rate for rate in in_force if rate is not None))


def _taxed_commuting(told: Mapping[str, Any]) -> int:
    """Return what the statement says is taxed of the commuting expenses."""
    steps = (step["params"] for step in told.get("steps", ()) if step["code"] == _TAXED)
    return sum(int(params["taxable_yen"]) for params in steps)
