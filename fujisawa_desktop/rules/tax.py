"""Income tax withheld from a month's pay (源泉所得税), by the year in which it is paid.

Only what can be said with certainty is computed: nothing below the thresholds of 甲欄 and 丙欄,
3.063 % below the threshold of 乙欄.  At or above a threshold, for a year without figures, or
where a fact is missing, the answer is :class:`ManualTaxNeeded`: a clerk looks the amount up in
the tables of the 国税庁.  Nothing is guessed, and the 電算機計算の特例 is not mixed in, because
it gives other amounts than the tables do.

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

_OTSU_PER_100_000: Final = 3_063  # 3.063 %: 3 % with the 復興特別所得税 of 2.1 % of it


class TaxColumn(StrEnum):
    """Column of the tax table that applies to a person."""

    HEI = "hei"  # 日額表丙欄: paid by hour or day, term of two months at most
    KOU = "kou"  # 月額表甲欄: 扶養控除等申告書 handed in here, without dependants
    OTSU = "otsu"  # 月額表乙欄: not handed in, or handed in elsewhere
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class TaxYears:
    """Thresholds for pay paid in the calendar years ``first`` to ``last``.

    Attributes:
        kou_free_below: 甲欄, no dependants: no tax on a month below this.
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


TAX_YEARS: Final = (
    TaxYears(2020, 2025, kou_free_below=88_000, otsu_flat_below=88_000, hei_free_below=9_300),
    TaxYears(2026, 2026, kou_free_below=105_000, otsu_flat_below=105_000, hei_free_below=9_800),
    TaxYears(2027, 2027, kou_free_below=111_000, otsu_flat_below=111_000, hei_free_below=None),
)


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
    last_hei_day: date | None = None,
    years: Sequence[TaxYears] = TAX_YEARS,
) -> TaxDue | ManualTaxNeeded:
    """Return the tax of one month's pay.

    Args:
        column: the column that applies to the person.
        base: what was earned.
        paid_on: day of payment; its year chooses the table, not the month of work.
        last_hei_day: after this day 丙欄 no longer applies.
        years: the thresholds known.
    """
    if column is TaxColumn.MANUAL:
        return ManualTaxNeeded("tax.column-open")
    table = next((entry for entry in years if entry.first <= paid_on.year <= entry.last), None)
    if table is None:
        return ManualTaxNeeded("tax.year-unknown", {"year": paid_on.year})
    if column is TaxColumn.HEI:
        return _hei(table, base, paid_on.year, last_hei_day)
    return _kou(table, base.taxable) if column is TaxColumn.KOU else _otsu(table, base.taxable)


def _kou(table: TaxYears, taxable: int) -> TaxDue | ManualTaxNeeded:
    params = {"taxable_yen": taxable, "limit_yen": table.kou_free_below}
    if taxable >= table.kou_free_below:
        return ManualTaxNeeded("tax.kou-above", params)
    return TaxDue(0, Step("explain.tax-kou", params))


def _otsu(table: TaxYears, taxable: int) -> TaxDue | ManualTaxNeeded:
    if taxable >= table.otsu_flat_below:
        params = {"taxable_yen": taxable, "limit_yen": table.otsu_flat_below}
        return ManualTaxNeeded("tax.otsu-above", params)
    tax = taxable * _OTSU_PER_100_000 // 100_000
    return TaxDue(tax, Step("explain.tax-otsu", {"taxable_yen": taxable, "result_yen": tax}))


def _hei(table: TaxYears, base: TaxBase, year: int, last_hei_day: date | None) -> TaxDue | ManualTaxNeeded:
    day_pays = base.day_pays
    if table.hei_free_below is None:
        return ManualTaxNeeded("tax.hei-unknown", {"year": year})
    if base.taxable_commuting:
        # The tables of 丙欄 know days only; which day a month's commuting belongs to is not ruled.
        return ManualTaxNeeded("tax.hei-commuting", {"commuting_yen": base.taxable_commuting})
    late = [day for day in day_pays if last_hei_day is not None and day > last_hei_day]
    if late:
        return ManualTaxNeeded("tax.hei-ended", {"date": min(late), "last": last_hei_day})
    above = sorted(day for day, pay in day_pays.items() if pay >= table.hei_free_below)
    if above:
        params = {"date": above[0], "day_yen": day_pays[above[0]], "limit_yen": table.hei_free_below}
        return ManualTaxNeeded("tax.hei-above", params)
    highest = max(day_pays.values(), default=0)
    return TaxDue(0, Step("explain.tax-hei", {"day_yen": highest, "limit_yen": table.hei_free_below}))
