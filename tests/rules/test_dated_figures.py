"""Figures of the law by date (domain-rules 1.11, 1.12, 2.3, 2.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from known_figures import FIGURES

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.commuting import CarLimits, TaxFreeLimit
from fujisawa_desktop.rules.dated_figures import (
    BY_YEAR,
    PREFECTURES,
    FigureEntry,
    FigureKind,
    Figures,
    MinimumWages,
    figures_of,
    value_of,
)
from fujisawa_desktop.rules.insurance import InsuranceRate
from fujisawa_desktop.rules.pay import Rate
from fujisawa_desktop.rules.tax import TaxYears
from fujisawa_desktop.rules.tax_tables import DailyBracket, DailyTable, MonthlyBracket, MonthlyTable

K = FigureKind
ROW = [88_000, 89_000, 130, 0, 0, 0, 0, 0, 0, 0, 3_200]
YEARS = {"kou_free_below": 88_000, "otsu_flat_below": 87_000, "hei_free_below": 9_300}


def entry(
    kind: FigureKind, day: date = date(2028, 1, 1), source: str = "国税庁", **figures: Any
) -> FigureEntry:
    return FigureEntry(kind, day, figures, source)


def test_what_ships_is_what_the_rules_were_written_with() -> None:
    assert FIGURES.tax_years == (
        TaxYears(2020, 2025, kou_free_below=88_000, otsu_flat_below=88_000, hei_free_below=9_300),
        TaxYears(2026, 2026, kou_free_below=105_000, otsu_flat_below=105_000, hei_free_below=9_800),
        TaxYears(2027, 2027, kou_free_below=111_000, otsu_flat_below=111_000, hei_free_below=None),
    )
    assert FIGURES.insurance == (
        InsuranceRate(date(2024, 4, 1), 60),
        InsuranceRate(date(2025, 4, 1), 55),
        InsuranceRate(date(2026, 4, 1), 50),
    )
    assert FIGURES.commuting == (TaxFreeLimit(date(2016, 1, 1), 150_000),)
    wages = (Rate(date(2024, 10, 1), 1162), Rate(date(2025, 10, 4), 1225))
    assert FIGURES.minimum_wages == {"神奈川県": wages}
    assert FIGURES.tax_tables.monthly == FIGURES.tax_tables.daily == FIGURES.cars == ()


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (
            entry(K.TAX_YEARS, **YEARS),
            TaxYears(2028, 2028, kou_free_below=88_000, otsu_flat_below=87_000, hei_free_below=9_300),
        ),
        (
            entry(K.TAX_YEARS, through=2047, kou_free_below=0, otsu_flat_below=1),
            TaxYears(2028, 2047, kou_free_below=0, otsu_flat_below=1, hei_free_below=None),
        ),
        (
            entry(K.TAX_MONTHLY, through=2029, rows=[ROW]),
            MonthlyTable(2028, 2029, (MonthlyBracket(88_000, 89_000, (130, *[0] * 7), 3_200),)),
        ),
        (entry(K.TAX_DAILY, rows=[[1, 2, 3]]), DailyTable(2028, 2028, (DailyBracket(1, 2, 3),))),
        (
            entry(K.COMMUTING_CAR, rows=[[2, 4_200], [10, 4_200]]),
            CarLimits(date(2028, 1, 1), ((2, 4_200), (10, 4_200))),
        ),
        (
            entry(K.MINIMUM_WAGE, wages=dict.fromkeys(PREFECTURES, 1_300)),
            MinimumWages(date(2028, 1, 1), dict.fromkeys(PREFECTURES, 1_300)),
        ),
        (entry(K.INSURANCE, date(2027, 4, 1), per_10_000=999), InsuranceRate(date(2027, 4, 1), 999)),
        (entry(K.COMMUTING, date(2027, 4, 2), yen=1), TaxFreeLimit(date(2027, 4, 2), 1)),
        (
            entry(K.COMMUTING_CAR, date(2027, 4, 2), rows=[[2, 4_200], [10, 7_300]]),
            CarLimits(date(2027, 4, 2), ((2, 4_200), (10, 7_300))),
        ),
    ],
)
def test_what_an_entry_says(given: FigureEntry, value: object) -> None:
    assert value_of(given) == value


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        (entry(K.COMMUTING, source=" ", yen=1), "figures.source", "source"),
        (entry(K.TAX_YEARS, date(2028, 1, 2), **YEARS), "figures.new-year", "valid_from"),
        (entry(K.TAX_MONTHLY, date(2028, 2, 1), rows=[ROW]), "figures.new-year", "valid_from"),
        (entry(K.TAX_DAILY, date(2028, 12, 31), rows=[[1, 2, 3]]), "figures.new-year", "valid_from"),
        (entry(K.TAX_YEARS, through=2027, **YEARS), "figures.through", "through"),
        (entry(K.TAX_YEARS, through=2048, **YEARS), "figures.through", "through"),
        (entry(K.TAX_YEARS, through="2029", **YEARS), "figures.through", "through"),
        (entry(K.TAX_YEARS, kou_free_below=1), "figures.number", "otsu_flat_below"),
        (entry(K.TAX_YEARS, otsu_flat_below=1), "figures.number", "kou_free_below"),
        (entry(K.TAX_YEARS, **{**YEARS, "hei_free_below": -1}), "figures.number", "hei_free_below"),
        (entry(K.TAX_MONTHLY), "figures.table-empty", "rows"),
        (entry(K.TAX_MONTHLY, rows=[]), "figures.table-empty", "rows"),
        (entry(K.TAX_MONTHLY, rows=[ROW[:-1]]), "figures.table-columns", "rows"),
        (entry(K.TAX_MONTHLY, rows=[[*ROW, 1]]), "figures.table-columns", "rows"),
        (entry(K.TAX_MONTHLY, rows=[[*ROW[:-1], "3200"]]), "figures.table-number", "rows"),
        (entry(K.TAX_MONTHLY, rows=[ROW, ROW]), "figures.table-gap", "rows"),
        (entry(K.TAX_DAILY, rows=[[1, 2, True]]), "figures.table-number", "rows"),
        (entry(K.TAX_DAILY, rows=[[1, 2, -3]]), "figures.table-number", "rows"),
        (entry(K.INSURANCE, per_10_000=1_000), "figures.rate", "per_10_000"),
        (entry(K.INSURANCE, per_10_000=5.5), "figures.number", "per_10_000"),
        (entry(K.INSURANCE), "figures.number", "per_10_000"),
        (entry(K.COMMUTING, yen=-1), "figures.number", "yen"),
        (entry(K.COMMUTING, yen=True), "figures.number", "yen"),
        (entry(K.COMMUTING_CAR, rows=[]), "figures.distances", "rows"),
        (entry(K.COMMUTING_CAR, rows=[[2, 1], [2, 2]]), "figures.distances", "rows"),
        (entry(K.COMMUTING_CAR, rows=[[2, 2], [3, 1]]), "figures.distances", "rows"),
        (entry(K.COMMUTING_CAR, rows=[[2, 2], [3, 2, 1]]), "figures.table-columns", "rows"),
        (entry(K.MINIMUM_WAGE), "figures.wages", "wages"),
        (entry(K.MINIMUM_WAGE, wages={}), "figures.wages", "wages"),
        (entry(K.MINIMUM_WAGE, wages={"神奈川": 1_300}), "figures.wages", "wages"),
        (entry(K.MINIMUM_WAGE, wages={"神奈川県": "1300"}), "figures.number", "神奈川県"),
    ],
)
def test_what_is_refused(given: FigureEntry, code: str, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        value_of(given)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_the_line_that_is_wrong_is_told() -> None:
    second = [89_000, 90_000, *ROW[2:]]
    for rows, code in (
        ([ROW, second[:-1]], "figures.table-columns"),
        ([ROW, [*second[:-1], None]], "figures.table-number"),
    ):
        with pytest.raises(ValidationError) as caught:
            value_of(entry(K.TAX_MONTHLY, rows=rows))
        assert (caught.value.code, caught.value.params["line"]) == (code, 2)
    with pytest.raises(ValidationError) as caught:
        value_of(entry(K.TAX_YEARS, through=1, **YEARS))
    assert caught.value.params["first"] == 2028
    with pytest.raises(ValidationError) as caught:
        value_of(entry(K.TAX_YEARS, date(2028, 1, 2), **YEARS))
    assert caught.value.params["date"] == date(2028, 1, 2)


class TestTogether:
    SHIPPED = (
        entry(K.TAX_YEARS, date(2020, 1, 1), through=2025, **YEARS),
        entry(K.INSURANCE, date(2024, 4, 1), per_10_000=60),
        entry(K.MINIMUM_WAGE, date(2024, 10, 1), wages={"神奈川県": 1_162, "東京都": 1_163}),
    )

    def test_an_own_entry_stands_before_the_shipped_one(self) -> None:
        own = (
            entry(K.TAX_YEARS, date(2025, 1, 1), kou_free_below=1, otsu_flat_below=2),
            entry(K.INSURANCE, date(2024, 4, 1), per_10_000=61),
        )
        known = figures_of(self.SHIPPED, own)
        assert known.insurance == (InsuranceRate(date(2024, 4, 1), 61),)
        assert [(years.first, years.last) for years in known.tax_years] == [(2025, 2025), (2020, 2025)]

    def test_other_days_join(self) -> None:
        known = figures_of(self.SHIPPED, [entry(K.INSURANCE, date(2030, 4, 1), per_10_000=40)])
        assert set(known.insurance) == {
            InsuranceRate(date(2024, 4, 1), 60),
            InsuranceRate(date(2030, 4, 1), 40),
        }

    def test_minimum_wages_join_by_prefecture(self) -> None:
        own = (
            entry(K.MINIMUM_WAGE, date(2026, 10, 1), wages={"神奈川県": 1_290}),
            entry(K.MINIMUM_WAGE, date(2024, 10, 1), wages={"東京都": 1_164}),
        )
        assert figures_of(self.SHIPPED, own).minimum_wages == {
            "神奈川県": (Rate(date(2024, 10, 1), 1_162), Rate(date(2026, 10, 1), 1_290)),
            "東京都": (Rate(date(2024, 10, 1), 1_164),),
        }

    def test_every_kind_finds_its_place(self) -> None:
        own = (
            entry(K.TAX_MONTHLY, rows=[ROW]),
            entry(K.TAX_DAILY, rows=[[1, 2, 3]]),
            entry(K.COMMUTING, yen=1),
            entry(K.COMMUTING_CAR, rows=[[2, 1]]),
        )
        known = figures_of((), own)
        assert known == Figures(
            tax_tables=replace(known.tax_tables, monthly=(value_of(own[0]),), daily=(value_of(own[1]),)),
            commuting=(value_of(own[2]),),
            cars=(value_of(own[3]),),
        )
        assert figures_of((), ()) == Figures()


@pytest.mark.parametrize(
    ("kilometres", "yen"), [(0, 0), (1, 0), (2, 4_200), (9, 4_200), (10, 7_300), (99, 7_300)]
)
def test_a_way_by_car(kilometres: int, yen: int) -> None:
    """1.12."""
    assert CarLimits(date(2025, 4, 1), ((2, 4_200), (10, 7_300))).free_for(kilometres) == yen


def test_the_prefectures_are_all_there() -> None:
    assert len(set(PREFECTURES)) == len(PREFECTURES) == 47
    assert {K.TAX_YEARS, K.TAX_MONTHLY, K.TAX_DAILY} == BY_YEAR
