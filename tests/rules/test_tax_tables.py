"""Tax tables that clerks enter (domain-rules 2.3, 2.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_figures import FIGURES

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.tax import ManualTaxNeeded, TaxBase, TaxColumn, TaxDue, withholding
from fujisawa_desktop.rules.tax_tables import (
    DailyBracket,
    DailyTable,
    MonthlyBracket,
    MonthlyTable,
    TaxTables,
)

HEI, KOU, OTSU = TaxColumn.HEI, TaxColumn.KOU, TaxColumn.OTSU
R7, R8 = date(2025, 1, 21), date(2026, 1, 21)
FIRST = MonthlyBracket(88_000, 89_000, (130, 0, 0, 0, 0, 0, 0, 0), 3_200)  # 2.3: as the table has it
SECOND = MonthlyBracket(89_000, 90_000, (180, 20, 0, 0, 0, 0, 0, 0), 3_250)  # made up
MONTHLY = MonthlyTable(2020, 2025, (FIRST, SECOND))
R8_TABLE = MonthlyTable(2026, 2026, (MonthlyBracket(105_000, 107_000, (170, *[0] * 7), 3_800),))
DAILY = DailyTable(2020, 2025, (DailyBracket(9_300, 9_400, 5), DailyBracket(9_400, 9_500, 8)))
TABLES = TaxTables((MONTHLY, R8_TABLE), (DAILY,))


def tax(column: TaxColumn, base: TaxBase, paid_on: date = R7, **options: Any) -> int | str:
    options = {"years": FIGURES.tax_years, "tables": TABLES, "dependants": 0, **options}
    result = withholding(column, base, paid_on=paid_on, **options)
    return result.yen if isinstance(result, TaxDue) else result.code


def days(*pays: int, **more: int) -> TaxBase:
    return TaxBase(sum(pays), day_pays={date(2024, 12, 2 + n): pay for n, pay in enumerate(pays)}, **more)


class TestLookingUp:
    @pytest.mark.parametrize(
        ("column", "taxable", "paid_on", "expected"),
        [
            pytest.param(KOU, 87_999, R7, 0, id="below the table"),
            pytest.param(KOU, 88_000, R7, 130, id="2.3 R7 甲0 at 88,000"),
            pytest.param(KOU, 88_999, R7, 130, id="2.3 R7 甲0 to 88,999"),
            pytest.param(OTSU, 87_999, R7, 2_695, id="2.3 R7 乙 87,999"),
            pytest.param(OTSU, 88_000, R7, 3_200, id="2.3 R7 乙 at 88,000"),
            pytest.param(OTSU, 88_999, R7, 3_200),
            pytest.param(OTSU, 89_000, R7, 3_250),
            pytest.param(KOU, 90_000, R7, "tax.kou-above", id="above the table it asks"),
            pytest.param(OTSU, 90_000, R7, "tax.otsu-above"),
            pytest.param(OTSU, 105_000, R8, 3_800, id="2.3 R8 乙 3,800"),
            pytest.param(OTSU, 106_999, R8, 3_800),
            pytest.param(OTSU, 107_000, R8, "tax.otsu-above"),
            pytest.param(OTSU, 111_000, date(2027, 1, 21), "tax.otsu-above", id="no table for R9"),
            pytest.param(KOU, 88_500, date(2019, 12, 20), "tax.year-unknown"),
        ],
    )
    def test_month(self, column: TaxColumn, taxable: int, paid_on: date, expected: int | str) -> None:
        assert tax(column, TaxBase(taxable), paid_on) == expected

    def test_the_program_does_not_use_the_method_of_electronic_computing(self) -> None:
        """2.4: it would give 110 at 88,000 and at 87,999."""
        assert [tax(KOU, TaxBase(yen)) for yen in (87_999, 88_000)] == [0, 130]

    def test_the_taxable_amount_is_looked_up_and_not_the_pay(self) -> None:
        assert tax(OTSU, TaxBase(89_400, insurance=450)) == 3_200
        assert tax(OTSU, TaxBase(87_000, taxable_commuting=2_500)) == 3_250

    @pytest.mark.parametrize(("dependants", "expected"), [(0, 180), (1, 20), (2, 0), (7, 0)])
    def test_dependants_choose_the_column(self, dependants: int, expected: int) -> None:
        assert tax(KOU, TaxBase(89_000), dependants=dependants) == expected

    @pytest.mark.parametrize("dependants", [None, 8])
    def test_without_the_number_of_dependants_it_asks(self, dependants: int | None) -> None:
        result = withholding(
            KOU,
            TaxBase(89_500),
            paid_on=R7,
            years=FIGURES.tax_years,
            tables=TABLES,
            dependants=dependants,
        )
        amounts = ["0: 180", "1: 20", "2: 0", "3: 0", "4: 0", "5: 0", "6: 0", "7: 0"]
        params = {"taxable_yen": 89_500, "from_yen": 89_000, "below_yen": 90_000, "amounts": amounts}
        assert result == ManualTaxNeeded("tax.kou-dependants", params)
        assert tax(KOU, TaxBase(87_999), dependants=dependants) == 0

    def test_large_amounts_are_told_with_commas(self) -> None:
        dear = MonthlyTable(2025, 2025, (MonthlyBracket(88_000, 90_000, (1_234, *[0] * 7), 3_200),))
        result = withholding(
            KOU, TaxBase(88_000), paid_on=R7, years=FIGURES.tax_years, tables=TaxTables((dear,))
        )
        assert isinstance(result, ManualTaxNeeded)
        assert result.params["amounts"][0] == "0: 1,234"

    def test_the_line_is_told(self) -> None:
        def step(column: TaxColumn) -> Step:
            due = withholding(column, TaxBase(89_500), paid_on=R7, years=(), tables=TABLES, dependants=1)
            assert isinstance(due, TaxDue)
            return due.step

        line = {"taxable_yen": 89_500, "from_yen": 89_000, "below_yen": 90_000}
        assert step(KOU) == Step("explain.tax-kou-table", {**line, "dependants": 1, "result_yen": 20})
        assert step(OTSU) == Step("explain.tax-otsu-table", {**line, "result_yen": 3_250})

    def test_a_table_alone_is_enough_for_what_stands_in_it(self) -> None:
        assert tax(KOU, TaxBase(88_000), years=()) == 130
        assert tax(OTSU, TaxBase(88_000), years=()) == 3_200
        assert tax(OTSU, TaxBase(87_999), years=()) == "tax.year-unknown"
        assert tax(HEI, days(9_300), years=()) == 5

    def test_of_two_tables_the_first_counts(self) -> None:
        other = TaxTables((replace(MONTHLY, brackets=(replace(FIRST, otsu=1),)), MONTHLY), TABLES.daily)
        assert tax(OTSU, TaxBase(88_000), tables=other) == 1

    @pytest.mark.parametrize(
        ("base", "expected"),
        [
            pytest.param(days(9_299), 0, id="below the limit"),
            pytest.param(days(9_300), 5),
            pytest.param(days(9_399, 9_400, 5_000), 13, id="2.3: Σ over days"),
            pytest.param(days(9_300, 9_300), 10),
            pytest.param(days(9_500), "tax.hei-above"),
            pytest.param(days(9_300, insurance=50), "tax.hei-above", id="insurance is not of days"),
            pytest.param(days(9_299, insurance=50), 0),
            pytest.param(days(9_300, taxable_commuting=1), "tax.hei-commuting"),
        ],
    )
    def test_day(self, base: TaxBase, expected: int | str) -> None:
        assert tax(HEI, base) == expected

    def test_days_in_the_table_are_told(self) -> None:
        due = withholding(HEI, days(9_300, 100, 9_450), paid_on=R7, years=FIGURES.tax_years, tables=TABLES)
        assert due == TaxDue(13, Step("explain.tax-hei-table", {"days": 2, "result_yen": 13}))

    def test_the_first_day_that_is_not_in_the_table_is_told(self) -> None:
        base = TaxBase(1, day_pays={date(2024, 12, 6): 9_600, date(2024, 12, 4): 9_700})
        due = withholding(HEI, base, paid_on=R7, years=FIGURES.tax_years, tables=TABLES)
        params = {"date": date(2024, 12, 4), "day_yen": 9_700, "limit_yen": 9_300}
        assert due == ManualTaxNeeded("tax.hei-above", params)

    def test_days_of_a_year_whose_limit_is_not_known(self) -> None:
        """2.3: R9 丙 is not known; a table that begins at 0 says it."""
        r9 = date(2027, 1, 21)
        partly = TaxTables(daily=(DailyTable(2027, 2027, (DailyBracket(9_900, 9_950, 6),)),))
        whole = TaxTables(
            daily=(DailyTable(2027, 2027, (DailyBracket(0, 9_900, 0), *partly.daily[0].brackets)),)
        )
        assert tax(HEI, days(5_000), r9) == "tax.hei-unknown"
        assert tax(HEI, days(5_000), r9, tables=partly) == "tax.hei-not-in-table"
        assert tax(HEI, days(5_000, 9_900), r9, tables=whole) == 6
        assert tax(HEI, days(1), date(2019, 1, 21)) == "tax.year-unknown"


class TestChecks:
    @pytest.mark.parametrize(
        ("brackets", "code", "line"),
        [
            ((), "figures.table-empty", None),
            ((replace(FIRST, from_yen=-1),), "figures.table-negative", 1),
            ((FIRST, replace(SECOND, otsu=-1)), "figures.table-negative", 2),
            ((replace(FIRST, kou=(130, 0, 0, 0, 0, 0, 0, -1)),), "figures.table-negative", 1),
            ((replace(FIRST, below_yen=88_000),), "figures.table-bracket", 1),
            ((FIRST, replace(SECOND, below_yen=88_500)), "figures.table-bracket", 2),
            ((FIRST, replace(SECOND, from_yen=89_001)), "figures.table-gap", 2),
            ((FIRST, SECOND, replace(SECOND, from_yen=89_999, below_yen=91_000)), "figures.table-gap", 3),
            ((FIRST, replace(SECOND, otsu=3_199)), "figures.table-falls", 2),
            ((FIRST, replace(SECOND, kou=(129, 0, 0, 0, 0, 0, 0, 0))), "figures.table-falls", 2),
            ((FIRST, replace(SECOND, kou=(180, 20, 0, 0, 0, 0, 0, 1))), "figures.table-dependants", 2),
            ((replace(FIRST, kou=(130, 131, 0, 0, 0, 0, 0, 0)),), "figures.table-dependants", 1),
            ((replace(FIRST, kou=(130, 0)),), "figures.table-columns", 1),
            ((replace(FIRST, kou=(130, 0)), replace(SECOND, kou=(130,))), "figures.table-columns", 1),
        ],
    )
    def test_what_is_no_monthly_table(
        self, brackets: tuple[MonthlyBracket, ...], code: str, line: int | None
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            MonthlyTable(2025, 2025, brackets)
        assert (caught.value.code, caught.value.field) == (code, "rows")
        assert caught.value.params.get("line") == line

    def test_where_a_line_has_to_begin(self) -> None:
        with pytest.raises(ValidationError) as caught:
            MonthlyTable(2025, 2025, (FIRST, replace(SECOND, from_yen=88_999)))
        assert caught.value.params["needed_yen"] == 89_000

    @pytest.mark.parametrize(
        ("brackets", "code"),
        [
            ((), "figures.table-empty"),
            ((DailyBracket(9_300, 9_300, 0),), "figures.table-bracket"),
            ((DailyBracket(0, 10, 1), DailyBracket(10, 20, 0)), "figures.table-falls"),
            ((DailyBracket(0, 10, 0), DailyBracket(11, 20, 0)), "figures.table-gap"),
            ((DailyBracket(0, 10, -1),), "figures.table-negative"),
        ],
    )
    def test_what_is_no_daily_table(self, brackets: tuple[DailyBracket, ...], code: str) -> None:
        with pytest.raises(ValidationError, match=code.replace(".", r"\.")):
            DailyTable(2025, 2025, brackets)

    def test_amounts_may_stay_the_same(self) -> None:
        assert DailyTable(2025, 2025, (DailyBracket(0, 10, 0), DailyBracket(10, 20, 0)))
        assert MonthlyTable(2025, 2025, (FIRST, replace(SECOND, kou=FIRST.kou, otsu=FIRST.otsu)))

    @pytest.mark.parametrize(("year", "known"), [(2019, False), (2020, True), (2025, True), (2026, False)])
    def test_years_of_a_table(self, year: int, *, known: bool) -> None:
        tables = TaxTables((MONTHLY,), (DAILY,))
        assert (tables.monthly_for(year) is not None) is known
        assert (tables.daily_for(year) is not None) is known

    @pytest.mark.parametrize(
        ("yen", "bracket"),
        [(87_999, None), (88_000, FIRST), (88_999, FIRST), (89_000, SECOND), (90_000, None)],
    )
    def test_line_of_an_amount(self, yen: int, bracket: MonthlyBracket | None) -> None:
        assert MONTHLY.bracket_of(yen) == bracket

    def test_line_of_a_day(self) -> None:
        assert [DAILY.bracket_of(yen) for yen in (9_299, 9_399, 9_500)] == [None, DAILY.brackets[0], None]


@settings(deadline=None)
@given(
    st.integers(0, 120_000),
    st.integers(0, 5_000),
    st.sampled_from(list(TaxColumn)),
    st.none() | st.integers(0, 9),
    st.integers(2019, 2028),
)
def test_tax_is_never_negative_nor_above_what_is_taxed(
    pay: int, insurance: int, column: TaxColumn, dependants: int | None, year: int
) -> None:
    base = TaxBase(pay, insurance, day_pays={date(2024, 12, 2): pay})
    result = withholding(
        column,
        base,
        paid_on=date(year, 1, 21),
        years=FIGURES.tax_years,
        tables=TABLES,
        dependants=dependants,
    )
    if isinstance(result, TaxDue):
        assert 0 <= result.yen <= base.taxable
    else:
        assert result.code.startswith("tax.")
