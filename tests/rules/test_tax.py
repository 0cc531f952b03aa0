"""Tax withheld (domain-rules 2.1–2.4)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_figures import FIGURES

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.pay import pay_amount
from fujisawa_desktop.rules.tax import (
    ManualTaxNeeded,
    TaxBase,
    TaxColumn,
    TaxDue,
    TaxYears,
    default_column,
    hei_ends,
    withholding,
)

YEARS = FIGURES.tax_years
HEI, KOU, OTSU = TaxColumn.HEI, TaxColumn.KOU, TaxColumn.OTSU
R7 = date(2025, 1, 21)
R8 = date(2026, 1, 21)
R9 = date(2027, 1, 21)


def tax(column: TaxColumn, base: TaxBase, paid_on: date = R7) -> int | str:
    """The tax in yen, or the code of why there is none."""
    result = withholding(column, base, paid_on=paid_on, years=YEARS)
    return result.yen if isinstance(result, TaxDue) else result.code


def days(*pays: int) -> TaxBase:
    return TaxBase(sum(pays), day_pays={date(2024, 12, 2 + n): pay for n, pay in enumerate(pays)})


def test_the_most_a_month_can_bring_under_the_cap() -> None:
    """2.1."""
    assert pay_amount(1258, 3600) == 75_480
    assert TaxBase(75_480).taxable == 75_480


def test_taxable_amount() -> None:
    """2.1: insurance is taken off, only commuting above its limit is added."""
    assert TaxBase(75_480, insurance=453, taxable_commuting=100).taxable == 75_127
    assert TaxBase(100, insurance=453).taxable == 0


@pytest.mark.parametrize(
    ("start", "end", "column"),
    [
        pytest.param(date(2024, 12, 1), date(2025, 1, 31), HEI, id="2.2 exactly two months"),
        pytest.param(date(2024, 12, 1), date(2025, 2, 1), TaxColumn.MANUAL, id="a day longer"),
        pytest.param(date(2024, 12, 2), date(2025, 2, 1), HEI),
        pytest.param(date(2024, 12, 31), date(2025, 2, 27), HEI),
    ],
)
def test_default_column(start: date, end: date, column: TaxColumn) -> None:
    assert default_column(start, end) is column


@pytest.mark.parametrize(
    ("column", "base", "paid_on", "expected"),
    [
        pytest.param(KOU, TaxBase(75_480), R7, 0, id="2.3 R7 甲"),
        pytest.param(OTSU, TaxBase(75_480), R7, 2_311, id="2.3 R7 乙 floor(2,311.95)"),
        pytest.param(HEI, days(7_548, 3_774), R7, 0, id="2.3 R7 丙"),
        pytest.param(OTSU, TaxBase(75_166), R7, 2_302, id="2.3 75,166"),
        pytest.param(OTSU, TaxBase(22_644), R7, 693, id="2.3 22,644"),
        pytest.param(OTSU, TaxBase(87_999), R7, 2_695, id="2.3 87,999"),
        pytest.param(OTSU, TaxBase(50_016), R7, 1_531, id="1,531.99008"),
        pytest.param(OTSU, TaxBase(88_000), R7, "tax.otsu-above", id="2.3 乙 3,200: ask"),
        pytest.param(KOU, TaxBase(87_999), R7, 0, id="2.4 the table says 0"),
        pytest.param(KOU, TaxBase(88_000), R7, "tax.kou-above", id="2.4 the table says 130: ask"),
        pytest.param(HEI, days(9_299, 9_299), R7, 0),
        pytest.param(HEI, days(3_774, 9_300), R7, "tax.hei-above"),
        pytest.param(KOU, TaxBase(104_999), R8, 0, id="2.3 R8"),
        pytest.param(KOU, TaxBase(105_000), R8, "tax.kou-above"),
        pytest.param(OTSU, TaxBase(104_999), R8, 3_216),
        pytest.param(OTSU, TaxBase(100_000), R8, 3_063, id="3.063 % to the yen"),
        pytest.param(OTSU, TaxBase(105_000), R8, "tax.otsu-above", id="2.3 R8 乙 3,800: ask"),
        pytest.param(HEI, days(9_799), R8, 0),
        pytest.param(HEI, days(9_800), R8, "tax.hei-above"),
        pytest.param(KOU, TaxBase(110_999), R9, 0, id="2.3 R9"),
        pytest.param(KOU, TaxBase(111_000), R9, "tax.kou-above"),
        pytest.param(OTSU, TaxBase(75_480), R9, 2_311),
        pytest.param(HEI, days(1), R9, "tax.hei-unknown", id="2.3 R9 丙 is not known"),
        pytest.param(KOU, TaxBase(1), date(2019, 12, 31), "tax.year-unknown"),
        pytest.param(OTSU, TaxBase(1), date(2028, 1, 1), "tax.year-unknown"),
        pytest.param(TaxColumn.MANUAL, TaxBase(1), R7, "tax.column-open"),
        pytest.param(HEI, TaxBase(0), R7, 0, id="a month without work"),
    ],
)
def test_worked_examples(column: TaxColumn, base: TaxBase, paid_on: date, expected: int | str) -> None:
    assert tax(column, base, paid_on) == expected


def test_the_year_of_payment_counts_and_not_the_month_of_work() -> None:
    """2.3: December's work is paid in January."""
    base = days(9_500)
    assert tax(HEI, base, date(2025, 12, 26)) == "tax.hei-above"
    assert tax(HEI, base, date(2026, 1, 20)) == 0


def test_hei_is_judged_by_day_and_never_on_the_month() -> None:
    """2.3: Σ over days."""
    assert tax(HEI, days(*[7_548] * 20)) == 0


def test_hei_ends_after_two_months() -> None:
    """2.2."""
    assert hei_ends(date(2024, 12, 1)) == date(2025, 1, 31)
    days_worked = (date(2025, 1, 31), date(2025, 2, 5), date(2025, 2, 3))
    base = TaxBase(3, day_pays=dict.fromkeys(days_worked, 1))
    result = withholding(HEI, base, paid_on=R7, years=YEARS, last_hei_day=date(2025, 1, 31))
    params = {"date": date(2025, 2, 3), "last": date(2025, 1, 31)}
    assert result == ManualTaxNeeded("tax.hei-ended", params)
    inside = TaxBase(1, day_pays={date(2025, 1, 31): 1})
    assert isinstance(
        withholding(HEI, inside, paid_on=R7, years=YEARS, last_hei_day=date(2025, 1, 31)), TaxDue
    )


def test_taxed_commuting_under_hei_is_asked_about() -> None:
    assert tax(HEI, TaxBase(1, taxable_commuting=1, day_pays={})) == "tax.hei-commuting"


def test_the_answer_says_how_it_came_about() -> None:
    assert withholding(HEI, days(3_774, 7_548), paid_on=R7, years=YEARS) == TaxDue(
        0, Step("explain.tax-hei", {"day_yen": 7_548, "limit_yen": 9_300})
    )
    assert withholding(OTSU, TaxBase(75_480), paid_on=R7, years=YEARS) == TaxDue(
        2_311, Step("explain.tax-otsu", {"taxable_yen": 75_480, "result_yen": 2_311})
    )
    assert withholding(HEI, days(), paid_on=R7, years=YEARS) == TaxDue(
        0, Step("explain.tax-hei", {"day_yen": 0, "limit_yen": 9_300})
    )
    assert withholding(KOU, TaxBase(75_480), paid_on=R7, years=YEARS) == TaxDue(
        0, Step("explain.tax-kou", {"taxable_yen": 75_480, "limit_yen": 88_000})
    )
    for column in (KOU, OTSU):
        asked = withholding(column, TaxBase(90_000), paid_on=R7, years=YEARS)
        params = {"taxable_yen": 90_000, "limit_yen": 88_000}
        assert asked == ManualTaxNeeded(f"tax.{column.value}-above", params)
    apart = [TaxYears(2025, 2025, kou_free_below=1, otsu_flat_below=2, hei_free_below=None)]
    for column, limit in ((KOU, 1), (OTSU, 2)):
        asked = withholding(column, TaxBase(2), paid_on=R7, years=apart)
        assert asked == ManualTaxNeeded(f"tax.{column.value}-above", {"taxable_yen": 2, "limit_yen": limit})
    assert withholding(HEI, days(9_300), paid_on=R7, years=YEARS) == ManualTaxNeeded(
        "tax.hei-above", {"date": date(2024, 12, 2), "day_yen": 9_300, "limit_yen": 9_300}
    )


@pytest.mark.parametrize(
    "values", [{"pay": -1}, {"pay": 0, "insurance": -1}, {"pay": 0, "day_pays": {date(2024, 12, 2): -1}}]
)
def test_negative_values(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=r"tax\.negative"):
        TaxBase(**values)  # type: ignore[arg-type]


def test_the_years_follow_each_other() -> None:
    for before, after in pairwise(YEARS):
        assert after.first == before.last + 1


@settings(deadline=None)
@given(st.integers(0, 200_000), st.sampled_from([KOU, OTSU]), st.integers(2020, 2027))
def test_tax_is_never_guessed(pay: int, column: TaxColumn, year: int) -> None:
    table = next(entry for entry in YEARS if entry.first <= year <= entry.last)
    limit = table.kou_free_below if column is KOU else table.otsu_flat_below
    result = withholding(column, TaxBase(pay), paid_on=date(year, 6, 1), years=YEARS)
    assert isinstance(result, ManualTaxNeeded) is (pay >= limit)
    if isinstance(result, TaxDue):
        assert result.yen == (0 if column is KOU else pay * 3063 // 100_000)
