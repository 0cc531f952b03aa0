"""What a clerk should look into about an appointment: each warning rests on a rule and decides nothing.

Every code has a sentence in ``texts`` and beside it the rule it rests on.  A warning is raised from
what is planned or usual, so that it comes before the work and not after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fujisawa_desktop.rules.conditions import may_get_bonus
from fujisawa_desktop.rules.hours import Finding, Severity
from fujisawa_desktop.rules.insurance import TERM_DAYS, WEEK_MINUTES, StudentType, may_be_insured
from fujisawa_desktop.rules.pay import Rate, minimum_wage_findings, rate_on
from fujisawa_desktop.rules.tax import TaxColumn, default_column, hei_ends
from fujisawa_desktop.rules.term import check_term

PERMIT_WEEK_MINUTES: Final = 28 * 60
"""入管法施行規則19条5項1号: a student with the general permit works 28 hours a week at most."""
LEGAL_WEEK_MINUTES: Final = 40 * 60
"""労働基準法32条1項; hours at other employers are added up (38条1項)."""
SAID_ONLY: Final = frozenset({"appointing.bonus-not-due"})
"""What is only said: nothing has to be looked into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFacts:
    """What is known about one appointment.

    Attributes:
        term_from, term_until: as agreed, both days included.
        week_most: the most minutes a week that the conditions allow (days a week × the longest day).
        usual_week: minutes of the usual week; 0 while none is stored.
        weeks: minutes planned or worked by week (its Monday).
        other_week: minutes a week at other employers; None while nobody asked.
        student: None while nobody asked.
    """

    term_from: date
    term_until: date
    rates: Sequence[Rate]
    minimum_wages: Sequence[Rate]
    week_most: int
    usual_week: int = 0
    weeks: Mapping[date, int] = field(default_factory=dict)
    other_week: int | None = None
    student: StudentType | None = None
    insured: bool = False
    needs_permit: bool = False
    permit_until: date | None = None
    tax_column: TaxColumn = TaxColumn.HEI

    @property
    def busiest(self) -> tuple[int, date | None]:
        """The most minutes of a week, and its Monday; no Monday for the usual week."""
        week = max(self.weeks, key=lambda monday: (self.weeks[monday], -monday.toordinal()), default=None)
        if week is None or self.weeks[week] <= self.usual_week:
            return self.usual_week, None
        return self.weeks[week], week

    @property
    def term_days(self) -> int:
        """Days of the term, the first and the last included."""
        return (self.term_until - self.term_from).days + 1


def appointing_findings(facts: AppointmentFacts) -> list[Finding]:
    """Return what to look into: term and rate, weekly hours, kind of student, permit, tax, allowances."""
    return [
        *_term(facts),
        *_wage(facts),
        *_week(facts),
        *_student(facts),
        *_permit(facts),
        *_tax(facts),
        *_bonus(facts),
    ]


def _warn(code: str, **params: object) -> Finding:
    return Finding(code, Severity.WARN, params)


def _term(facts: AppointmentFacts) -> list[Finding]:
    """地方公務員法22条の2第2項: the term ends with the fiscal year at the latest."""
    return [
        _warn(finding.code, **finding.params) for finding in check_term(facts.term_from, facts.term_until)
    ]


def _wage(facts: AppointmentFacts) -> list[Finding]:
    """Compare each rate with the minimum wage on every day on which one of the two changes."""
    days = {facts.term_from}
    days |= {one.valid_from for one in (*facts.rates, *facts.minimum_wages)}
    found: dict[tuple[object, object], Finding] = {}
    for day in sorted(day for day in days if facts.term_from <= day <= facts.term_until):
        if not any(rate.valid_from <= day for rate in facts.rates):
            continue
        for finding in minimum_wage_findings(rate_on(facts.rates, day).yen, day, facts.minimum_wages):
            found.setdefault((finding.params["rate_yen"], finding.params["minimum_yen"]), finding)
    return list(found.values())


def _week(facts: AppointmentFacts) -> list[Finding]:
    """20 hours a week (雇用保険法6条1号), and what other employers add (労基法38条1項)."""
    minutes, monday = facts.busiest
    found = []
    if minutes >= WEEK_MINUTES:
        code = "appointing.week-long" if monday is not None else "appointing.usual-week-long"
        found.append(_warn(code, week_hm=minutes, monday=monday))
    total = minutes + (facts.other_week or 0)
    if facts.other_week and total > LEGAL_WEEK_MINUTES:
        found.append(
            _warn("appointing.week-with-others", week_hm=minutes, other_hm=facts.other_week, total_hm=total)
        )
    return found


def _student(facts: AppointmentFacts) -> list[Finding]:
    """雇用保険法6条4号: students of day courses are outside the insurance, others are not."""
    if facts.student is None:
        return [_warn("appointing.student-unasked")]
    if facts.insured and facts.student is StudentType.DAY:
        return [_warn("appointing.insured-day-student")]
    if facts.insured and facts.term_days < TERM_DAYS:
        return [_warn("appointing.insured-short-term", days=facts.term_days)]
    week = max(facts.busiest[0], facts.usual_week)
    may = may_be_insured(student=facts.student, term_days=facts.term_days, week_minutes=week)
    if may and not facts.insured:
        return [_warn("appointing.may-be-insured", student_type=facts.student.value, week_hm=week)]
    if facts.insured and not may:
        return [_warn("appointing.insured-few-hours", week_hm=week)]
    return []


def _permit(facts: AppointmentFacts) -> list[Finding]:
    """入管法19条2項 and 施行規則19条5項1号: 28 hours a week with all other work, and a permit that lasts."""
    if not facts.needs_permit:
        return []
    found = []
    if facts.permit_until is None:
        found.append(_warn("appointing.permit-unknown"))
    elif facts.permit_until < facts.term_until:
        found.append(_warn("appointing.permit-ends", permit_until=facts.permit_until, last=facts.term_until))
    week = facts.busiest[0]
    total = week + (facts.other_week or 0)
    if total > PERMIT_WEEK_MINUTES:
        found.append(
            _warn("appointing.permit-week", week_hm=week, other_hm=facts.other_week or 0, total_hm=total)
        )
    if facts.other_week is None:
        found.append(_warn("appointing.other-work-unasked"))
    return found


def _tax(facts: AppointmentFacts) -> list[Finding]:
    """国税庁タックスアンサーNo.2514: 丙欄 only for two months at most; otherwise a column is needed."""
    if facts.tax_column is TaxColumn.HEI and default_column(facts.term_from, facts.term_until) is not (
        TaxColumn.HEI
    ):
        return [_warn("appointing.column-c-ends", last=hei_ends(facts.term_from))]
    if facts.tax_column is TaxColumn.MANUAL:
        return [_warn("appointing.column-open")]
    return []


def _bonus(facts: AppointmentFacts) -> list[Finding]:
    """期末・勤勉手当: six months and 15 hours 30 minutes a week (domain rules 1.13)."""
    may = may_get_bonus(facts.term_from, facts.term_until, facts.week_most)
    return [_warn("appointing.bonus-may-be-due" if may else "appointing.bonus-not-due")]
