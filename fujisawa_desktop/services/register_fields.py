"""The columns a register can have: what stands in each, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from fujisawa_desktop.rules.calendar import era_date
from fujisawa_desktop.services.register import Sums
from fujisawa_desktop.services.stated_pay import Account, StatedPay


class Form(StrEnum):
    """What kind of value a column holds."""

    TEXT = "text"
    """Words and identifiers; a number among them keeps its leading zeros."""
    COUNT = "count"
    YEN = "yen"
    MINUTES = "minutes"
    DAY = "day"
    MONTH = "month"


class TimeStyle(StrEnum):
    """How minutes of work are written."""

    CLOCK = "clock"  # 59:45
    MINUTES = "minutes"  # 3585
    HOURS = "hours"  # 59.75


class DayStyle(StrEnum):
    """How days and months are written."""

    SLASH = "slash"  # 2024/12/20
    ISO = "iso"  # 2024-12-20
    COMPACT = "compact"  # 20241220
    ERA = "era"  # 令和6年12月20日


Value = str | int | date | tuple[int, int] | None
"""``tuple`` is a year and a month."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column that can be chosen.

    Attributes:
        form: kind of the value.
        value: what stands in a person's row.
        width: room that it usually takes, in characters of half width.
        total: what stands in the row of sums; ``None`` leaves it empty.
    """

    form: Form
    value: Callable[[StatedPay], Value]
    width: int
    total: Callable[[Sums], int] | None = None


def _yen(value: Callable[[StatedPay], int], total: Callable[[Sums], int], width: int = 10) -> Field:
    return Field(Form.YEN, value, width, total)


def _of_account(value: Callable[[Account], str], width: int) -> Field:
    return Field(Form.TEXT, lambda row: "" if row.account is None else value(row.account), width)


FIELDS: Final[Mapping[str, Field]] = {
    "number": Field(Form.TEXT, lambda row: row.number, 14),
    "name": Field(Form.TEXT, lambda row: row.name, 16),
    "kana": Field(Form.TEXT, lambda row: row.kana, 22),
    "course": Field(Form.TEXT, lambda row: row.course, 26),
    "department": Field(Form.TEXT, lambda row: row.department, 18),
    "work_month": Field(Form.MONTH, lambda row: (row.year, row.month), 10),
    "pay_day": Field(Form.DAY, lambda row: row.pay_day, 12),
    "days": Field(Form.COUNT, lambda row: row.days, 6, lambda all_: all_.days),
    "minutes": Field(Form.MINUTES, lambda row: row.minutes, 9, lambda all_: all_.minutes),
    "rate": Field(Form.YEN, lambda row: _rate(row.rates), 8),
    "pay": _yen(lambda row: row.pay, lambda all_: all_.pay),
    "premium": _yen(lambda row: row.premium, lambda all_: all_.premium, 9),
    "corrected_pay": _yen(lambda row: row.corrected_pay, lambda all_: all_.corrected_pay, 9),
    "all_pay": _yen(lambda row: row.all_pay, lambda all_: all_.pay + all_.corrected_pay),
    "commuting": _yen(lambda row: row.commuting, lambda all_: all_.commuting, 9),
    "corrected_commuting": _yen(
        lambda row: row.corrected_commuting, lambda all_: all_.corrected_commuting, 9
    ),
    "all_commuting": _yen(
        lambda row: row.all_commuting, lambda all_: all_.commuting + all_.corrected_commuting, 9
    ),
    "free_commuting": _yen(
        lambda row: row.free_commuting,
        lambda all_: all_.commuting + all_.corrected_commuting - all_.taxed_commuting,
        9,
    ),
    "taxed_commuting": _yen(lambda row: row.taxed_commuting, lambda all_: all_.taxed_commuting, 9),
    "gross": _yen(lambda row: row.gross, lambda all_: all_.net + all_.tax + all_.insurance),
    "taxable": _yen(lambda row: row.taxable, lambda all_: all_.taxable),
    "tax_column": Field(Form.TEXT, lambda row: TAX_COLUMNS.get(row.tax_column, row.tax_column), 6),
    "tax": _yen(lambda row: row.tax, lambda all_: all_.tax, 8),
    "insurance": _yen(lambda row: row.insurance, lambda all_: all_.insurance, 8),
    "deductions": _yen(lambda row: row.deductions, lambda all_: all_.tax + all_.insurance, 8),
    "net": _yen(lambda row: row.net, lambda all_: all_.net),
    "bank_code": _of_account(lambda one: one.bank_code, 7),
    "bank": _of_account(lambda one: one.bank_kana, 16),
    "branch_code": _of_account(lambda one: one.branch_code, 6),
    "branch": _of_account(lambda one: one.branch_kana, 16),
    "account_kind": _of_account(lambda one: ACCOUNT_KINDS.get(one.account_kind, ""), 6),
    "account_number": _of_account(lambda one: one.account_number, 9),
    "holder": _of_account(lambda one: one.holder_kana, 22),
    "employee_code": _of_account(lambda one: one.employee_code, 12),
    "unit_code": _of_account(lambda one: one.unit_code, 12),
    "paid_on": Field(Form.DAY, lambda row: row.paid.paid_on if row.paid else None, 12),
    "edition": Field(Form.COUNT, lambda row: row.edition, 5),
    "stated_on": Field(Form.DAY, lambda row: row.made_at.date(), 12),
    "note": Field(Form.TEXT, lambda _row: "", 22),
}
"""Columns by key, in the order in which they are offered; ``note`` says what keeps a row from being final."""

TAX_COLUMNS: Final[Mapping[str, str]] = {"hei": "丙", "kou": "甲", "otsu": "乙", "manual": "手入力"}
"""How a register names the columns of the tax table; it goes to Japanese offices only."""
ACCOUNT_KINDS: Final[Mapping[int, str]] = {1: "普通", 2: "当座"}
_RATES_BETWEEN: Final = "／"


def _rate(rates: tuple[int, ...]) -> Value:
    """Return the rate; two of them in one month as one text."""
    if len(rates) == 1:
        return rates[0]
    return _RATES_BETWEEN.join(f"{yen:,}" for yen in rates)


def minutes_text(minutes: int, style: TimeStyle) -> str | int:
    """Return minutes as asked for: 3585 is ``59:45``, 3585 or ``59.75``.

    Hours have two decimals, half of the last one going up; worked out with whole numbers.
    """
    if style is TimeStyle.MINUTES:
        return minutes
    if style is TimeStyle.CLOCK:
        return f"{minutes // 60}:{minutes % 60:02d}"
    whole, hundredths = divmod((minutes * 200 + 60) // 120, 100)
    return f"{whole}.{hundredths:02d}"


def day_text(day: date, style: DayStyle) -> str:
    """Return a day as asked for."""
    if style is DayStyle.ERA:
        return era_date(day)
    return day.strftime({"slash": "%Y/%m/%d", "iso": "%Y-%m-%d", "compact": "%Y%m%d"}[style.value])


def month_text(year: int, month: int, style: DayStyle) -> str:
    """Return a month as asked for: ``2024/12``, ``2024-12``, ``202412``, ``令和6年12月``."""
    if style is DayStyle.ERA:
        return era_date(date(year, month, 1)).removesuffix("1日")
    return date(year, month, 1).strftime({"slash": "%Y/%m", "iso": "%Y-%m", "compact": "%Y%m"}[style.value])
