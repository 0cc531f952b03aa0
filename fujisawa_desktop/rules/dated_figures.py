"""Figures of the law that change by the calendar: what ships, and what a clerk enters beside it.

A figure is data of one kind from a day on, with the place where somebody read it.  A clerk's own
entry stands before the shipped one of the same day or years.  What is not known is asked for,
never carried over: a tax year without an entry is unknown, even if the year before is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, TypeAlias, TypeGuard

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.commuting import CarLimits, TaxFreeLimit
from fujisawa_desktop.rules.insurance import InsuranceRate
from fujisawa_desktop.rules.pay import Rate
from fujisawa_desktop.rules.tax import TaxYears
from fujisawa_desktop.rules.tax_tables import (
    DEPENDANT_COLUMNS,
    DailyBracket,
    DailyTable,
    MonthlyBracket,
    MonthlyTable,
    TaxTables,
)


class FigureKind(StrEnum):
    """What a figure is about."""

    TAX_YEARS = "tax-years"  # thresholds of 甲, 乙 and 丙欄
    TAX_MONTHLY = "tax-monthly"  # 月額表
    TAX_DAILY = "tax-daily"  # 日額表 丙欄
    INSURANCE = "insurance"  # 雇用保険料率, the employee's share
    COMMUTING = "commuting"  # tax-free commuting by public transport
    COMMUTING_CAR = "commuting-car"  # the same by car, by distance
    MINIMUM_WAGE = "minimum-wage"  # 地域別最低賃金


BY_YEAR: Final = frozenset({FigureKind.TAX_YEARS, FigureKind.TAX_MONTHLY, FigureKind.TAX_DAILY})
"""Kinds that hold for calendar years of payment, from 1 January of the first to the last named."""
TABLES: Final = frozenset({FigureKind.TAX_MONTHLY, FigureKind.TAX_DAILY})
"""Kinds that are whole tables."""
PREFECTURES: Final = (
    *("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県"),
    *("埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県"),
    *("岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    *("鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県"),
    *("佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
)
_MOST_YEARS: Final = 20


@dataclass(frozen=True, slots=True)
class MinimumWages:
    """最低賃金 by prefecture, from a day on."""

    valid_from: date
    wages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One entry as it is stored or shipped.

    Attributes:
        kind: what it is about.
        valid_from: the first day it holds; 1 January for the kinds of `BY_YEAR`.
        figures: the values as plain data; :func:`value_of` says what each kind holds.
        source: where it was read.
    """

    kind: FigureKind
    valid_from: date
    figures: Mapping[str, Any]
    source: str


FigureValue: TypeAlias = (
    TaxYears | MonthlyTable | DailyTable | InsuranceRate | TaxFreeLimit | CarLimits | MinimumWages
)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures known, as the rules take them."""

    tax_years: tuple[TaxYears, ...] = ()
    tax_tables: TaxTables = field(default_factory=TaxTables)
    insurance: tuple[InsuranceRate, ...] = ()
    commuting: tuple[TaxFreeLimit, ...] = ()
    cars: tuple[CarLimits, ...] = ()
    minimum_wages: Mapping[str, tuple[Rate, ...]] = field(default_factory=dict)
    """Prefecture → wages in order of the day from which they hold."""


def figures_of(shipped: Iterable[FigureEntry], own: Iterable[FigureEntry]) -> Figures:
    """Return all figures; an entry of a clerk's ``own`` stands before a shipped one.

    Raises:
        ValidationError: those of :func:`value_of`.
    """
    entries = [*own, *shipped]
    first: dict[tuple[FigureKind, date], FigureEntry] = {}
    wages: dict[str, dict[date, int]] = {}
    for entry in entries:
        first.setdefault((entry.kind, entry.valid_from), entry)
    values = [value_of(entry) for entry in first.values()]
    for minimum in (_minimum_wages(entry) for entry in entries if entry.kind is FigureKind.MINIMUM_WAGE):
        for prefecture, yen in minimum.wages.items():
            wages.setdefault(prefecture, {}).setdefault(minimum.valid_from, yen)
    return Figures(
        tax_years=tuple(value for value in values if isinstance(value, TaxYears)),
        tax_tables=TaxTables(
            tuple(value for value in values if isinstance(value, MonthlyTable)),
            tuple(value for value in values if isinstance(value, DailyTable)),
        ),
        insurance=tuple(value for value in values if isinstance(value, InsuranceRate)),
        commuting=tuple(value for value in values if isinstance(value, TaxFreeLimit)),
        cars=tuple(value for value in values if isinstance(value, CarLimits)),
        minimum_wages={
            prefecture: tuple(Rate(day, yen) for day, yen in sorted(by_day.items()))
            for prefecture, by_day in wages.items()
        },
    )


def value_of(entry: FigureEntry) -> FigureValue:
    """Return what an entry says, as the rules take it.

    ``figures`` hold, by kind: ``through``, ``kou_free_below``, ``otsu_flat_below``,
    ``hei_free_below`` (yen or None) · ``through``, ``rows`` of from, below, eight amounts of 甲欄
    and 乙欄 · ``through``, ``rows`` of from, below and 丙欄 · ``per_10_000`` · ``yen`` · ``rows`` of
    kilometres and yen · ``wages`` by prefecture.

    Raises:
        ValidationError: ``figures.source`` without a source, ``figures.new-year`` for a kind of
            years that does not begin on 1 January, ``figures.through`` for a last year before the
            first or too far off, ``figures.number`` for a value that is no whole number of yen,
            ``figures.rate``, ``figures.distances``, ``figures.wages`` and those of the tables.
    """
    if not entry.source.strip():
        raise ValidationError("figures.source", field="source")
    if entry.kind in BY_YEAR and (entry.valid_from.month, entry.valid_from.day) != (1, 1):
        raise ValidationError("figures.new-year", field="valid_from", date=entry.valid_from)
    return _READERS[entry.kind](entry)


def _tax_years(entry: FigureEntry) -> TaxYears:
    figures = entry.figures
    hei = figures.get("hei_free_below")
    return TaxYears(
        *_years(entry),
        kou_free_below=_number(figures, "kou_free_below"),
        otsu_flat_below=_number(figures, "otsu_flat_below"),
        hei_free_below=None if hei is None else _number(figures, "hei_free_below"),
    )


def _monthly(entry: FigureEntry) -> MonthlyTable:
    brackets = tuple(
        MonthlyBracket(row[0], row[1], tuple(row[2:-1]), row[-1])
        for row in _rows(entry.figures, 3 + DEPENDANT_COLUMNS)
    )
    return MonthlyTable(*_years(entry), brackets)


def _daily(entry: FigureEntry) -> DailyTable:
    return DailyTable(*_years(entry), tuple(DailyBracket(*row) for row in _rows(entry.figures, 3)))


def _insurance(entry: FigureEntry) -> InsuranceRate:
    per_10_000 = _number(entry.figures, "per_10_000")
    if per_10_000 >= 1_000:  # a tenth of the pay: a slip, not a rate
        raise ValidationError("figures.rate", field="per_10_000")
    return InsuranceRate(entry.valid_from, per_10_000)


def _commuting(entry: FigureEntry) -> TaxFreeLimit:
    return TaxFreeLimit(entry.valid_from, _number(entry.figures, "yen"))


def _cars(entry: FigureEntry) -> CarLimits:
    rows = _rows(entry.figures, 2)
    rising = all(near < far and less <= more for (near, less), (far, more) in pairwise(rows))
    if not rows or not rising:
        raise ValidationError("figures.distances", field="rows")
    return CarLimits(entry.valid_from, tuple((kilometres, yen) for kilometres, yen in rows))


def _minimum_wages(entry: FigureEntry) -> MinimumWages:
    wages = entry.figures.get("wages")
    if not isinstance(wages, Mapping) or not wages or not set(wages) <= set(PREFECTURES):
        raise ValidationError("figures.wages", field="wages")
    return MinimumWages(entry.valid_from, {name: _number(wages, name) for name in wages})


_READERS: Final[Mapping[FigureKind, Callable[[FigureEntry], FigureValue]]] = {
    FigureKind.TAX_YEARS: _tax_years,
    FigureKind.TAX_MONTHLY: _monthly,
    FigureKind.TAX_DAILY: _daily,
    FigureKind.INSURANCE: _insurance,
    FigureKind.COMMUTING: _commuting,
    FigureKind.COMMUTING_CAR: _cars,
    FigureKind.MINIMUM_WAGE: _minimum_wages,
}


def _years(entry: FigureEntry) -> tuple[int, int]:
    first = entry.valid_from.year
    last = entry.figures.get("through", first)
    if not _is_number(last) or not first <= last < first + _MOST_YEARS:
        raise ValidationError("figures.through", field="through", first=first)
    return first, last


def _rows(figures: Mapping[str, Any], width: int) -> list[list[int]]:
    rows = figures.get("rows")
    if not isinstance(rows, list):
        raise ValidationError("figures.table-empty", field="rows")
    for line, row in enumerate(rows, 1):
        if len(row) != width:
            raise ValidationError("figures.table-columns", field="rows", line=line)
        if not all(_is_number(cell) for cell in row):
            raise ValidationError("figures.table-number", field="rows", line=line)
    return rows


def _number(figures: Mapping[str, Any], name: str) -> int:
    value = figures.get(name)
    if not _is_number(value):
        raise ValidationError("figures.number", field=name)
    return int(value)


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
