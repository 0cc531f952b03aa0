"""From when records may be erased: the worked example, edges of the fiscal year, leap days, hindrances."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.retention import (
    Category,
    Hindrance,
    Limits,
    PersonFacts,
    check_limits,
    check_years,
    erasable_from,
    fiscal_year_of,
    hindrances,
    kept_from,
    kept_until,
)

DAYS = st.dates(date(2000, 1, 1), date(2150, 12, 31))
YEARS = st.integers(0, 30)
LIMITS = Limits(disclosure_months=3, claim_years=3)


def test_the_worked_example_of_the_domain_rules() -> None:
    made = date(2024, 11, 15)
    assert kept_from(made) == date(2025, 4, 1)
    assert erasable_from(made, 3) == date(2028, 4, 1)
    assert kept_until(made, 3) == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("made", "first"),
    [
        (date(2025, 3, 31), date(2026, 4, 1)),
        (date(2025, 4, 1), date(2027, 4, 1)),
        (date(2024, 2, 29), date(2025, 4, 1)),
        (date(2023, 12, 31), date(2025, 4, 1)),
    ],
)
def test_a_day_belongs_to_the_fiscal_year_that_begins_in_april(made: date, first: date) -> None:
    assert erasable_from(made, 1) == first


@given(DAYS, YEARS)
def test_records_are_never_erased_before_so_many_whole_years(made: date, years: int) -> None:
    first = erasable_from(made, years)
    assert (first.month, first.day) == (4, 1)
    assert first > made
    whole = (
        made.replace(year=made.year + years, day=28)
        if made.day > 28
        else made.replace(year=made.year + years)
    )
    assert first > whole or (years == 0 and first > made)
    assert kept_until(made, years) == first - timedelta(days=1)
    assert first - kept_from(made) == date(first.year, 4, 1) - date(first.year - years, 4, 1)


@given(DAYS, DAYS, YEARS)
def test_a_later_record_is_never_erased_earlier(one: date, other: date, years: int) -> None:
    first, last = sorted((one, other))
    assert erasable_from(first, years) <= erasable_from(last, years)
    assert (erasable_from(first, years) == erasable_from(last, years)) is (
        fiscal_year_of(first) == fiscal_year_of(last)
    )


@given(DAYS, st.integers(0, 120))
def test_nothing_is_erased_while_the_result_may_be_asked_for(announced: date, months: int) -> None:
    facts = PersonFacts(announced_on=announced)
    limits = Limits(disclosure_months=months)
    assert Hindrance.DISCLOSURE in hindrances(Category.RAW, facts, limits, announced)
    later = announced + timedelta(days=31 * months + 1)
    assert not hindrances(Category.RAW, facts, limits, later)


def test_the_last_day_of_the_window_still_counts_and_a_short_month_ends_it_early() -> None:
    facts = PersonFacts(announced_on=date(2024, 11, 30))
    assert hindrances(Category.SELECTION, facts, LIMITS, date(2025, 2, 28)) == (Hindrance.DISCLOSURE,)
    assert hindrances(Category.SELECTION, facts, LIMITS, date(2025, 3, 1)) == ()


@pytest.mark.parametrize("category", list(Category))
def test_who_is_employed_loses_nothing_on_the_last_day(category: Category) -> None:
    facts = PersonFacts(employed_until=date(2025, 3, 14))
    assert Hindrance.EMPLOYED in hindrances(category, facts, LIMITS, date(2025, 3, 14))
    assert hindrances(category, facts, LIMITS, date(2025, 3, 15)) == ()


@pytest.mark.parametrize("category", list(Category))
def test_open_pay_keeps_the_appointment_and_the_pay_only(category: Category) -> None:
    facts = PersonFacts(pay_settled=False)
    expected = (Hindrance.PAY_OPEN,) if category in {Category.APPOINTMENT, Category.PAY} else ()
    assert hindrances(category, facts, LIMITS, date(2040, 1, 1)) == expected


def test_pay_may_be_claimed_for_so_many_years_after_the_last_pay_day() -> None:
    facts = PersonFacts(paid_on=date(2024, 2, 29))
    assert hindrances(Category.PAY, facts, LIMITS, date(2027, 2, 28)) == (Hindrance.PAY_OPEN,)
    assert hindrances(Category.PAY, facts, LIMITS, date(2027, 3, 1)) == ()


def test_what_a_clerk_keeps_stays_whatever_the_day() -> None:
    facts = PersonFacts(is_held=True)
    assert hindrances(Category.RAW, facts, LIMITS, date(2100, 1, 1)) == (Hindrance.HELD,)


@pytest.mark.parametrize("years", [-1, 31])
def test_a_period_that_cannot_be_is_refused(years: int) -> None:
    with pytest.raises(ValidationError) as refused:
        check_years(years)
    assert refused.value.code == "retention.years"
    with pytest.raises(ValidationError):
        check_limits(Limits(claim_years=years))


def test_a_window_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        check_limits(Limits(disclosure_months=121))
    assert refused.value.code == "retention.months"
