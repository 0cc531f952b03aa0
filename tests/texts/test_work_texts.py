"""Findings and steps of hours and pay say whole sentences with the parameters the rules give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from itertools import product

import pytest
from known_figures import FIGURES

from fujisawa_desktop import texts
from fujisawa_desktop.rules.commuting import CommutingMode, CommutingRule, month_commuting
from fujisawa_desktop.rules.hours import (
    Cap,
    PersonShifts,
    ShiftKind,
    ShiftRules,
    ShiftTime,
    check_shift,
)
from fujisawa_desktop.rules.pay import Rate, Rounding, minimum_wage_findings, month_pay
from fujisawa_desktop.rules.tax import ManualTaxNeeded, TaxBase, TaxColumn, withholding
from fujisawa_desktop.rules.tax_tables import (
    NO_TABLES,
    DailyBracket,
    DailyTable,
    MonthlyBracket,
    MonthlyTable,
    TaxTables,
)
from fujisawa_desktop.rules.term import check_term

Said = tuple[str, Mapping[str, object]]
DAYS = [date(2024, 12, day) for day in (1, 2, 3, 4, 5, 7, 10, 30)] + [date(2025, 1, 13), date(2025, 2, 3)]


def findings() -> Iterator[Said]:
    others = PersonShifts(
        planned=[ShiftTime(day, time(8), time(9)) for day in DAYS],
        worked=[ShiftTime(day, time(8), time(9)) for day in DAYS],
    )
    for kind, inclusive, day in product(ShiftKind, (True, False), DAYS):
        rules = ShiftRules(
            date(2024, 12, 1),
            date(2025, 1, 31),
            Cap(60, inclusive=inclusive),
            closed_days=frozenset({date(2024, 12, 10)}),
            week_days_max=1,
        )
        shift = ShiftTime(day, time(8, 30), time(19), 10)
        for around in (others, PersonShifts(others.planned), PersonShifts()):
            for finding in check_shift(shift, kind=kind, rules=rules, others=around):
                yield finding.code, finding.params
    for start, end in ((DAYS[1], DAYS[0]), (DAYS[0], date(2025, 4, 1))):
        yield from ((finding.code, finding.params) for finding in check_term(start, end))
    wages = minimum_wage_findings(1, DAYS[0], [Rate(DAYS[0], 2)])
    long_day = month_pay({DAYS[1]: 600}, [Rate(DAYS[0], 1258)])
    yield from ((finding.code, finding.params) for finding in (*wages, *long_day.findings))


def steps() -> Iterator[Said]:
    for rounding in Rounding:
        for days in ({}, {DAYS[1]: 345}, {DAYS[1]: 600}):
            pay = month_pay(days, [Rate(DAYS[0], 1258)], rounding)
            yield from ((step.code, step.params) for step in pay.steps)
    for mode, cap, ticket in product(CommutingMode, (None, 400_000), (10_000, 300_000)):
        refund = month_commuting(
            CommutingRule(mode, 20_000, ticket, cap), 20, paid_on=DAYS[0], limits=FIGURES.commuting
        )
        yield from ((step.code, step.params) for step in refund.steps)


TABLES = TaxTables(
    (MonthlyTable(2025, 2027, (MonthlyBracket(150_000, 250_000, (130, *[0] * 7), 3_200),)),),
    (DailyTable(2025, 2027, (DailyBracket(150_000, 250_000, 3),)),),
)


def taxes() -> Iterator[Said]:
    bases = [
        TaxBase(pay, taxable_commuting=extra, day_pays={DAYS[1]: pay})
        for pay, extra in product((1_000, 200_000), (0, 5))
    ]
    for column, base, year in product(TaxColumn, bases, (2019, 2025, 2027)):
        for last, tables, dependants in product((None, DAYS[0]), (NO_TABLES, TABLES), (None, 0)):
            due = withholding(
                column,
                base,
                paid_on=date(year, 1, 21),
                years=FIGURES.tax_years,
                tables=tables,
                last_hei_day=last,
                dependants=dependants,
            )
            if isinstance(due, ManualTaxNeeded):
                yield due.code, due.params
            else:
                yield due.step.code, due.step.params


ALL = {code: params for source in (findings, steps, taxes) for code, params in source()}


def test_the_scenes_reach_every_kind() -> None:
    closed = {"saturday", "sunday", "holiday", "year-end", "city"}
    assert {f"shift.closed-{reason}" for reason in closed} <= set(ALL)
    assert {f"cap.{kind.value}-not-{way}" for kind in ShiftKind for way in ("below", "within")} <= set(ALL)
    assert {f"explain.rounding-{rounding.value.lower()}" for rounding in Rounding} <= set(ALL)
    known = {code for code in texts.text_book().messages if code.startswith(("explain.", "shift.", "cap."))}
    elsewhere = {
        "explain.insurance",
        "explain.tax-typed",
        "shift.unreadable",
        "shift.end-before-start",
        "shift.midnight",
        "shift.next-day",
        "shift.no-time",
        "shift.time-negative",
        "shift.seconds",
        "shift.break-negative",
        "shift.break-too-long",
    }
    # What is typed or imported, and what earlier months were corrected to, is said by other modules.
    said_here = {code for code in known if not code.startswith("explain.corrected-")} & (set(ALL) | elsewhere)
    assert said_here - set(ALL) == elsewhere
    assert {
        code for code in known - said_here if not code.startswith(("explain.corrected-", "shift."))
    } == set()


@pytest.mark.parametrize("code", sorted(ALL))
def test_a_whole_sentence(code: str) -> None:
    said = texts.message_for(code, ALL[code])
    assert said != texts.message_for("no such code", {}).replace("no such code", code)
    assert "{" not in said
    assert said.strip()
