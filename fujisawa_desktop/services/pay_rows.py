"""One month's pay, computed from the hours as they stand, with how it came about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy.orm import Session

from fujisawa_desktop.rules.calendar import add_months, month_days
from fujisawa_desktop.rules.commuting import Commuting, attended_days, month_commuting
from fujisawa_desktop.rules.dated_figures import Figures
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
from fujisawa_desktop.rules.pay import (
    NO_DAYS,
    Pay,
    minimum_wage_findings,
    month_pay,
    pay_day,
)
from fujisawa_desktop.rules.premium import week_start
from fujisawa_desktop.rules.tax import ManualTaxNeeded, TaxBase, TaxDue, hei_ends, withholding
from fujisawa_desktop.services.dated_figures import figures
from fujisawa_desktop.services.month_states import MonthState, month_states
from fujisawa_desktop.services.pay_corrections import (
    NOTHING,
    Carried,
    CorrectedMonth,
    carried_by,
    corrected_months,
    correction_steps,
)
from fujisawa_desktop.services.pay_stated import Stated, stated_last
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
class PayRow:
    """One person's pay for one month, in minutes and yen.

    ``minutes``, ``pay`` and ``commuting`` are the month's own; what it brings for earlier months
    stands in ``corrections`` and their sums.

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
        state: how far the month is.
        premium: part of ``pay`` that is paid for long days and weeks.
        corrections: what is paid or kept back for earlier months, after they were closed.
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
    state: MonthState = MonthState.OPEN
    premium: int = 0
    corrections: tuple[CorrectedMonth, ...] = ()

    @property
    def corrected_pay(self) -> int:
        """Yen of pay for earlier months; negative when too much was paid."""
        return sum(one.pay for one in self.corrections)

    @property
    def corrected_commuting(self) -> int:
        """Yen of commuting for earlier months."""
        return sum(one.commuting for one in self.corrections)

    @property
    def amounts(self) -> tuple[int, int, int, int | None, int, int | None]:
        """Minutes, pay, commuting, tax, insurance and net."""
        return (self.minutes, self.pay, self.commuting, self.tax, self.insurance, self.net)

    @property
    def differs(self) -> bool:
        """Whether the amounts stated last are no longer those of the hours as they stand."""
        old = self.stated
        if old is None:
            return False
        stated = (old.minutes, old.pay, old.commuting, old.tax, old.insurance, old.net)
        parts = (old.premium, old.corrected_pay, old.corrected_commuting)
        return (self.amounts, self.premium, self.corrected_pay, self.corrected_commuting) != (stated, *parts)


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
    states: Mapping[int, MonthState]
    carried: Mapping[int, Carried]
    figures: Figures
    before: Mapping[date, Mapping[int, Mapping[date, int]]]
    """First day of a month → appointment → minutes by day of its week that lie in the month before."""

    @property
    def days(self) -> list[date]:
        """The days of the month."""
        return month_days(self.year, self.month)

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
    corrected: date | None = None,
) -> MonthData:
    """Read what a month's pay is computed from, for everybody or for these appointments.

    ``corrected`` is the first day of an earlier month whose pay is asked for too.
    """
    days = month_days(year, month)
    carried = carried_by(session, programme_id, year, month, appointment_ids=appointment_ids)
    shifts = shifts_of(session, programme_id, first=days[0], last=days[-1], appointment_ids=appointment_ids)
    earlier = {date(*worked, 1) for one in carried.values() for worked in one.worked}
    earlier |= {corrected} if corrected is not None else set()
    return MonthData(
        year=year,
        month=month,
        terms=work_terms(session, programme_id),
        staff=members(
            session,
            programme_id,
            year_month=(year, month),
            appointment_ids=appointment_ids,
            also=carried,
        ),
        shifts=shifts,
        closed=closed_months(session, programme_id, appointment_ids=appointment_ids),
        stated=stated_last(session, programme_id, year, month, appointment_ids=appointment_ids),
        states=month_states(
            session, programme_id, year, month, shifts=shifts, appointment_ids=appointment_ids
        ),
        carried=carried,
        figures=figures(session),
        before={
            first: _week_before(session, programme_id, first, appointment_ids)
            for first in {days[0], *earlier}
        },
    )


def payment_day(data: MonthData) -> date | None:
    """Return the day on which the programme pays the month, where it names one."""
    return _payment(data)[0]


def pay_row(data: MonthData, member: Member, *, typed_tax: int | None = None) -> PayRow:
    """Return one person's pay; ``typed_tax`` stands in where the rules do not know the tax."""
    worked = data.worked(member)
    named_day, paid_on = _payment(data)
    pay, commuting = month_gross(data, member, date(data.year, data.month, 1), worked)
    carried = data.carried.get(member.appointment_id, NOTHING)
    corrections = corrected_months(carried, partial(month_gross, data, member))
    gross = _Gross(pay, commuting, corrections)
    known = data.figures
    insurance = employment_insurance(gross.insured_yen, paid_on, known.insurance) if member.insured else 0
    by_day = minutes_by_day(shift.time for shift in worked)
    base = _tax_base(gross, insurance)
    due = withholding(
        member.tax_column,
        base,
        paid_on=paid_on,
        years=known.tax_years,
        tables=known.tax_tables,
        last_hei_day=hei_ends(member.rules.first),
    )
    stated = data.stated.get(member.appointment_id)
    typed = _typed_tax(base.taxable, typed_tax, stated) if isinstance(due, ManualTaxNeeded) else None
    tax = due.yen if isinstance(due, TaxDue) else typed
    steps = [*pay.steps, *_tax_steps(due, typed, base.taxable), *commuting.steps]
    if member.insured:
        steps.append(Step("explain.insurance", {"base_yen": gross.insured_yen, "result_yen": insurance}))
    steps += correction_steps(corrections)
    net = None if tax is None else gross.yen - tax - insurance
    return PayRow(
        appointment_id=member.appointment_id,
        number=member.number,
        name=member.name,
        kana=member.kana,
        minutes=pay.minutes,
        pay=pay.yen,
        premium=pay.premium,
        commuting=commuting.yen,
        tax=tax,
        insurance=insurance,
        net=net,
        steps=tuple(steps),
        problems=(
            *_negative(net),
            *_problems(data, member, pay, due if tax is None else None),
        ),
        days=by_day,
        taxable=base.taxable,
        tax_typed=typed is not None,
        paid_on=named_day,
        closed=(member.appointment_id, data.year, data.month) in data.closed,
        stated=stated,
        state=data.states[member.appointment_id],
        corrections=corrections,
    )


def _week_before(
    session: Session, programme_id: int, first: date, appointment_ids: Collection[int] | None
) -> dict[int, dict[date, int]]:
    """Return what was worked in the week of the month's first day before the month began."""
    start = week_start(first)
    if start == first:
        return {}
    last = first - timedelta(days=1)
    found = shifts_of(session, programme_id, first=start, last=last, appointment_ids=appointment_ids)
    return {
        appointment_id: minutes_by_day(shift.time for shift in shifts if shift.kind is ShiftKind.WORKED)
        for appointment_id, shifts in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Gross:
    """All that a month pays before tax and insurance: its own, and for earlier months."""

    pay: Pay
    commuting: Commuting
    corrections: tuple[CorrectedMonth, ...]

    @property
    def yen(self) -> int:
        return self.pay.yen + self.commuting.yen + sum(one.pay + one.commuting for one in self.corrections)

    @property
    def insured_yen(self) -> int:
        """What employment insurance is taken of; nothing is taken of less than nothing."""
        return max(0, self.yen)


def month_gross(
    data: MonthData,
    member: Member,
    first: date,
    worked: Sequence[StoredShift],
) -> tuple[Pay, Commuting]:
    """Return what hours are worth that were worked in the month beginning on ``first``.

    It is this month or an earlier one that is corrected with the pay of this month.
    """
    _named, paid_on = _payment(data)
    pay = month_pay(
        minutes_by_day(shift.time for shift in worked),
        member.rates,
        member.rounding,
        premium=data.terms.premium,
        before=data.before.get(first, {}).get(member.appointment_id, NO_DAYS),
    )
    limits = data.figures.commuting
    return pay, month_commuting(member.commuting, _attended(worked), paid_on=paid_on, limits=limits)


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


def _tax_base(gross: _Gross, insurance: int) -> TaxBase:
    """Return what is taxed: 甲 and 乙 know the sum only, 丙 each day, those corrected as they are now."""
    corrected = {day.day: day.yen for one in gross.corrections for day in one.days if day.after}
    pay = gross.pay.yen + sum(one.pay for one in gross.corrections)
    taxed_fares = gross.commuting.taxable + sum(one.taxable_commuting for one in gross.corrections)
    return TaxBase(max(0, pay), insurance, max(0, taxed_fares), {**corrected, **gross.pay.day_pays})


def _negative(net: int | None) -> list[Finding]:
    """Return what is wrong with a month that would have to be paid back."""
    if net is None or net >= 0:
        return []
    return [Finding("pay.negative-net", Severity.WARN, {"net_yen": net})]


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
    reasoned = {shift.time.day for shift in worked if shift.reason}
    found += (finding for finding in pay.findings if finding.params["date"] not in reasoned)
    for part in pay.parts:
        day = max(part.rate.valid_from, first)
        found += minimum_wage_findings(part.rate.yen, day, data.terms.minimum_wages)
    return list({finding.code: finding for finding in reversed(found)}.values())[::-1]
