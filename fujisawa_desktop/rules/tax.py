"""Income tax withheld from a month's pay (源泉所得税), by the year in which it is paid.

Only what can be said with certainty is computed: nothing below the thresholds of 甲欄 and 丙欄,
3.063 % below the threshold of 乙欄, and what stands in a table that a clerk has entered.  At or
above a threshold without a table, for a year without figures, or where a fact is missing, the
answer is :class:`ManualTaxNeeded`: a clerk looks the amount up in the tables of the 国税庁.
Nothing is guessed, and the 電算機計算の特例 is not mixed in, because it gives other amounts than
the tables do.  The figures themselves are dated data: ``rules.dated_figures``.

Sources: 国税庁 源泉徴収税額表 (月額表, 日額表) of the years named; No.2514 for 丙欄.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import add_months
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.tax_tables import NO_TABLES, DailyTable, MonthlyBracket, TaxTables

_OTSU_PER_100_000: Final = 3_063  # 3.063 %: 3 % with the 復興特別所得税 of 2.1 % of it


class TaxColumn(StrEnum):
    """Column of the tax table that applies to a person."""

    HEI = "hei"  # 日額表丙欄: paid by hour or day, term of two months at most
    KOU = "kou"  # 月額表甲欄: 扶養控除等申告書 handed in here
    OTSU = "otsu"  # 月額表乙欄: not handed in, or handed in elsewhere
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class TaxYears:
    """Thresholds for pay paid in the calendar years ``first`` to ``last``.

    Attributes:
        kou_free_below: 甲欄: no tax on a month below this, whatever the number of dependants.
        otsu_flat_below: 乙欄: 3.063 % on a month below this.
        hei_free_below: 丙欄: no tax on a day below this; ``None`` where the figure is not known.
    """

    first: int
    last: int
    kou_free_below: int
    otsu_flat_below: int
    hei_free_below: int | None


@dataclass(frozen=True, slots=True)
class TaxBase:
    """What a month brought, in yen.

    Attributes:
        pay: the month's pay.
        insurance: social and employment insurance kept back from it.
        taxable_commuting: commuting expenses above their tax-free limit.
        day_pays: pay per day of work, for 丙欄, which is judged day by day.
    """

    pay: int
    insurance: int = 0
    taxable_commuting: int = 0
    day_pays: Mapping[date, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse negative amounts (``tax.negative``)."""
        if min(self.pay, self.insurance, self.taxable_commuting, *self.day_pays.values()) < 0:
            raise ValidationError("tax.negative", field="pay")

    @property
    def taxable(self) -> int:
        """The month's taxable amount: pay less insurance, and commuting above its limit."""
        return max(0, self.pay - self.insurance + self.taxable_commuting)


@dataclass(frozen=True, slots=True)
class TaxDue:
    """The tax of a month in yen and how it came about."""

    yen: int
    step: Step


@dataclass(frozen=True, slots=True)
class ManualTaxNeeded:
    """The program does not know the tax; ``code`` says why, a clerk types the amount."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def hei_ends(term_start: date) -> date:
    """Return the last day on which 丙欄 can apply: two months from the first day of the term."""
    return add_months(term_start, 2) - timedelta(days=1)


def default_column(term_start: date, term_end: date) -> TaxColumn:
    """Propose 丙欄 for a term of two months at most; otherwise a clerk has to choose."""
    return TaxColumn.HEI if term_end <= hei_ends(term_start) else TaxColumn.MANUAL


def withholding(
    column: TaxColumn,
    base: TaxBase,
    *,
    paid_on: date,
    years: Sequence[TaxYears],
    tables: TaxTables = NO_TABLES,
    last_hei_day: date | None = None,
    dependants: int | None = None,
) -> TaxDue | ManualTaxNeeded:
    """Return the tax of one month's pay.

    Args:
        column: the column that applies to the person.
        base: what was earned.
        paid_on: day of payment; its year chooses the table, not the month of work.
        years: the thresholds known; of two for one year the first counts.
        tables: the tables that were entered; at or above a threshold the amount is read from them.
        last_hei_day: after this day 丙欄 no longer applies.
        dependants: 扶養親族等の数 for 甲欄; ``None`` while nobody has entered it.
    """
    if column is TaxColumn.MANUAL:
        return ManualTaxNeeded("tax.column-open")
    year = paid_on.year
    known = next((entry for entry in years if entry.first <= year <= entry.last), None)
    if column is TaxColumn.HEI:
        return _hei(known, tables.daily_for(year), base, year, last_hei_day)
    taxable = base.taxable
    below = None if known is None else _below_limit(column, known, taxable)
    if below is not None:
        return below
    table = tables.monthly_for(year)
    bracket = None if table is None else table.bracket_of(taxable)
    if bracket is not None:
        return _in_table(column, bracket, taxable, dependants)
    if known is None:
        return ManualTaxNeeded("tax.year-unknown", {"year": year})
    limit = known.kou_free_below if column is TaxColumn.KOU else known.otsu_flat_below
    return ManualTaxNeeded(f"tax.{column.value}-above", {"taxable_yen": taxable, "limit_yen": limit})


def _below_limit(column: TaxColumn, known: TaxYears, taxable: int) -> TaxDue | None:
    """Return the tax of a month below the threshold of its column; ``None`` at and above it."""
    if column is TaxColumn.KOU:
        if taxable >= known.kou_free_below:
            return None
        params = {"taxable_yen": taxable, "limit_yen": known.kou_free_below}
        return TaxDue(0, Step("explain.tax-kou", params))
    if taxable >= known.otsu_flat_below:
        return None
    tax = taxable * _OTSU_PER_100_000 // 100_000
    return TaxDue(tax, Step("explain.tax-otsu", {"taxable_yen": taxable, "result_yen": tax}))


def _in_table(
    column: TaxColumn, bracket: MonthlyBracket, taxable: int, dependants: int | None
) -> TaxDue | ManualTaxNeeded:
    """Return what stands in a line of the 月額表."""
    line = _line(bracket, taxable)
    if column is TaxColumn.OTSU:
        return TaxDue(bracket.otsu, Step("explain.tax-otsu-table", line | {"result_yen": bracket.otsu}))
    if dependants is None or dependants >= len(bracket.kou):
        return ManualTaxNeeded("tax.kou-dependants", line | {"amounts": _each(bracket)})
    tax = bracket.kou[dependants]
    result = {"dependants": dependants, "result_yen": tax}
    return TaxDue(tax, Step("explain.tax-kou-table", line | result))


def _line(bracket: MonthlyBracket, taxable: int) -> dict[str, object]:
    return {"taxable_yen": taxable, "from_yen": bracket.from_yen, "below_yen": bracket.below_yen}


def _each(bracket: MonthlyBracket) -> list[str]:
    """Return the amounts by number of dependants as they are told to the clerk: ``0: 130``."""
    return [f"{count}: {yen:,}" for count, yen in enumerate(bracket.kou)]


def _hei(
    known: TaxYears | None, table: DailyTable | None, base: TaxBase, year: int, last_hei_day: date | None
) -> TaxDue | ManualTaxNeeded:
    limit = known.hei_free_below if known is not None else None
    if limit is None and table is None:
        return ManualTaxNeeded("tax.year-unknown" if known is None else "tax.hei-unknown", {"year": year})
    if base.taxable_commuting:
        # The tables of 丙欄 know days only; which day a month's commuting belongs to is not ruled.
        return ManualTaxNeeded("tax.hei-commuting", {"commuting_yen": base.taxable_commuting})
    late = [day for day in base.day_pays if last_hei_day is not None and day > last_hei_day]
    if late:
        return ManualTaxNeeded("tax.hei-ended", {"date": min(late), "last": last_hei_day})
    return _hei_by_day(base, limit or 0, table)


def _hei_by_day(base: TaxBase, free: int, table: DailyTable | None) -> TaxDue | ManualTaxNeeded:
    above = {day: pay for day, pay in sorted(base.day_pays.items()) if pay >= free}
    brackets = {day: table.bracket_of(pay) if table is not None else None for day, pay in above.items()}
    for day, bracket in brackets.items():
        # What is kept back for insurance is of the month; how much of it each day bears is not ruled.
        if bracket is None or base.insurance:
            params = {"date": day, "day_yen": above[day], "limit_yen": free}
            return ManualTaxNeeded("tax.hei-above" if free else "tax.hei-not-in-table", params)
    if not above:
        highest = max(base.day_pays.values(), default=0)
        return TaxDue(0, Step("explain.tax-hei", {"day_yen": highest, "limit_yen": free}))
    tax = sum(bracket.hei for bracket in brackets.values() if bracket is not None)
    return TaxDue(tax, Step("explain.tax-hei-table", {"days": len(above), "result_yen": tax}))
