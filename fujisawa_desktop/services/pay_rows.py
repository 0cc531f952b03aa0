"""One month's pay, computed from the hours as they stand, with how it came about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, PayStatement
from fujisawa_desktop.rules.calendar import add_months, month_days
from fujisawa_desktop.rules.commuting import Commuting, attended_days, month_commuting
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.hours import (
    Finding,
    PersonShifts,
    Severity,
    ShiftKind,
    minutes_by_day,
    month_findings,
)
from fujisawa_desktop.rules.insurance import employment_insurance
from fujisawa_desktop.rules.pay import Pay, minimum_wage_findings, month_pay, pay_amount, pay_day, rate_on
from fujisawa_desktop.rules.tax import ManualTaxNeeded, TaxBase, TaxDue, hei_ends, withholding
from fujisawa_desktop.services.staff import (
    Member,
    StoredShift,
    WorkTerms,
    closed_months,
    members,
    shifts_of,
    work_terms,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Amounts as they were stated last for a month; ``edition`` counts from 1."""

    edition: int
    made_at: datetime
    minutes: int
    pay: int
    commuting: int
    tax: int
    insurance: int
    net: int
    tax_typed_for: int | None
    """Taxable amount for which a clerk typed the tax; ``None`` when the program computed it."""


@dataclass(frozen=True, slots=True)
class PayRow:
    """One person's pay for one month, in minutes and yen.

    Attributes:
        tax: ``None`` where the program does not know it and nobody has typed it.
        net: what is transferred; ``None`` while the tax is open.
        steps: how the amounts came about.
        problems: what has to be looked into before this is paid.
        days: minutes worked by day.
        taxable: the amount that is taxed.
        paid_on: the day of payment, where the programme names one.
        closed: the month's hours can no longer be changed.
        stated: the amounts stated last, if any.
    """

    appointment_id: int
    number: str
    name: str
    kana: str
    minutes: int
    pay: int
    commuting: int
    tax: int | None
    insurance: int
    net: int | None
    steps: tuple[Step, ...]
    problems: tuple[Finding, ...]
    days: Mapping[date, int]
    taxable: int
    tax_typed: bool
    paid_on: date | None
    closed: bool
    stated: Stated | None

    @property
    def amounts(self) -> tuple[int, int, int, int | None, int, int | None]:
        """Minutes, pay, commuting, tax, insurance and net."""
        return (self.minutes, self.pay, self.commuting, self.tax, self.insurance, self.net)

    @property
    def differs(self) -> bool:
        """Whether the amounts stated last are no longer those of the hours as they stand."""
        old = self.stated
        return old is not None and self.amounts != (
            old.minutes,
            old.pay,
            old.commuting,
            old.tax,
            old.insurance,
            old.net,
        )


@dataclass(frozen=True, slots=True)
class MonthData:
    """All that a month's pay is computed from."""

    year: int
    month: int
    terms: WorkTerms
    staff: Sequence[Member]
    shifts: Mapping[int, Sequence[StoredShift]]
    closed: frozenset[tuple[int, int, int]]
    stated: Mapping[int, Stated]

    def worked(self, member: Member) -> list[StoredShift]:
        """Return what somebody worked in the month."""
        shifts = self.shifts.get(member.appointment_id, ())
        return [shift for shift in shifts if shift.kind is ShiftKind.WORKED]


def load_month(
    session: Session,
    programme_id: int,
    year: int,
    month: int,
    *,
    appointment_ids: Collection[int] | None = None,
) -> MonthData:
    """Read what a month's pay is computed from, for everybody or for these appointments."""
    days = month_days(year, month)
    return MonthData(
        year=year,
        month=month,
        terms=work_terms(session, programme_id),
        staff=members(session, programme_id, year_month=(year, month), appointment_ids=appointment_ids),
        shifts=shifts_of(
            session, programme_id, first=days[0], last=days[-1], appointment_ids=appointment_ids
        ),
        closed=closed_months(session, programme_id, appointment_ids=appointment_ids),
        stated=_stated(session, programme_id, year, month, appointment_ids),
    )


def pay_row(data: MonthData, member: Member, *, typed_tax: int | None = None) -> PayRow:
    """Return one person's pay; ``typed_tax`` stands in where the rules do not know the tax."""
    worked = data.worked(member)
    by_day = minutes_by_day(shift.time for shift in worked)
    named_day, paid_on = _payment(data)
    pay = month_pay(by_day, member.rates, member.rounding)
    commuting = month_commuting(member.commuting, _attended(worked), paid_on=paid_on)
    insurance = employment_insurance(pay.yen + commuting.yen, paid_on) if member.insured else 0
    base = _tax_base(member, by_day, pay, commuting, insurance)
    due = withholding(member.tax_column, base, paid_on=paid_on, last_hei_day=hei_ends(member.rules.first))
    stated = data.stated.get(member.appointment_id)
    typed = _typed_tax(base.taxable, typed_tax, stated) if isinstance(due, ManualTaxNeeded) else None
    tax = due.yen if isinstance(due, TaxDue) else typed
    steps = [*pay.steps, *_tax_steps(due, typed, base.taxable), *commuting.steps]
    if member.insured:
        steps.append(
            Step("explain.insurance", {"base_yen": pay.yen + commuting.yen, "result_yen": insurance})
        )
    return PayRow(
        appointment_id=member.appointment_id,
        number=member.number,
        name=member.name,
        kana=member.kana,
        minutes=pay.minutes,
        pay=pay.yen,
        commuting=commuting.yen,
        tax=tax,
        insurance=insurance,
        net=None if tax is None else pay.yen + commuting.yen - tax - insurance,
        steps=tuple(steps),
        problems=tuple(_problems(data, member, pay, due if tax is None else None)),
        days=by_day,
        taxable=base.taxable,
        tax_typed=typed is not None,
        paid_on=named_day,
        closed=(member.appointment_id, data.year, data.month) in data.closed,
        stated=stated,
    )


def _payment(data: MonthData) -> tuple[date | None, date]:
    """Return the day of payment if the programme names it, and the day whose tables apply."""
    offset = data.terms.pay_month_offset
    if data.terms.pay_day is None:
        first = add_months(date(data.year, data.month, 1), offset)
        return None, month_days(first.year, first.month)[-1]
    day = pay_day(
        data.year,
        data.month,
        day_of_month=data.terms.pay_day,
        month_offset=offset,
        closed_days=data.terms.closed_days,
    )
    return day, day


def _attended(worked: Sequence[StoredShift]) -> int:
    at_office = {shift.time.day for shift in worked if not shift.is_remote}
    online = {shift.time.day for shift in worked if shift.is_remote} - at_office
    return attended_days(at_office | online, online)


def _tax_base(
    member: Member, by_day: Mapping[date, int], pay: Pay, commuting: Commuting, insurance: int
) -> TaxBase:
    day_pays = {day: pay_amount(rate_on(member.rates, day).yen, minutes) for day, minutes in by_day.items()}
    return TaxBase(pay.yen, insurance, commuting.taxable, day_pays)


def _typed_tax(taxable: int, typed: int | None, stated: Stated | None) -> int | None:
    """Return what a clerk typed now, or typed before for this very taxable amount."""
    if typed is None and stated is not None and stated.tax_typed_for == taxable:
        return stated.tax
    return typed


def _tax_steps(due: TaxDue | ManualTaxNeeded, typed: int | None, taxable: int) -> list[Step]:
    if isinstance(due, TaxDue):
        return [due.step]
    if typed is None:
        return []
    return [Step("explain.tax-typed", {"taxable_yen": taxable, "result_yen": typed})]


def _problems(data: MonthData, member: Member, pay: Pay, open_tax: object) -> list[Finding]:
    """Return one finding of each kind: the tax to be typed first, then what breaks a rule."""
    first = date(data.year, data.month, 1)
    found: list[Finding] = []
    if isinstance(open_tax, ManualTaxNeeded):
        found.append(Finding(open_tax.code, Severity.WARN, open_tax.params))
    worked = data.worked(member)
    ordered = frozenset(shift.time.day for shift in worked if shift.holiday_order)
    shifts = PersonShifts(worked=[shift.time for shift in worked])
    for marks in month_findings(shifts, member.rules, first, ordered=ordered).values():
        found += marks
    found += pay.findings
    for part in pay.parts:
        day = max(part.rate.valid_from, first)
        found += minimum_wage_findings(part.rate.yen, day, data.terms.minimum_wages)
    return list({finding.code: finding for finding in reversed(found)}.values())[::-1]


def _stated(
    session: Session, programme_id: int, year: int, month: int, appointment_ids: Collection[int] | None
) -> dict[int, Stated]:
    """Return the latest edition of each appointment."""
    typed_for = PayStatement.snapshot["tax_typed_for"].as_integer()
    query = (
        select(
            PayStatement.appointment_id,
            PayStatement.edition,
            PayStatement.made_at,
            PayStatement.minutes,
            PayStatement.pay_yen,
            PayStatement.commuting_yen,
            PayStatement.tax_yen,
            PayStatement.insurance_yen,
            PayStatement.net_yen,
            typed_for.label("tax_typed_for"),
        )
        .join(Appointment, Appointment.id == PayStatement.appointment_id)
        .where(
            Appointment.programme_id == programme_id,
            PayStatement.year == year,
            PayStatement.month == month,
        )
        .order_by(PayStatement.edition)
    )
    if appointment_ids is not None:
        query = query.where(PayStatement.appointment_id.in_(appointment_ids))
    return {
        row.appointment_id: Stated(
            edition=row.edition,
            made_at=row.made_at,
            minutes=row.minutes,
            pay=row.pay_yen,
            commuting=row.commuting_yen,
            tax=row.tax_yen,
            insurance=row.insurance_yen,
            net=row.net_yen,
            tax_typed_for=row.tax_typed_for,
        )
        for row in session.execute(query)
    }
