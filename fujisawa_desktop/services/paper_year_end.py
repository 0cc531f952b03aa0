"""支払額一覧（年間） on paper, for the office that makes the 源泉徴収票."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.documents.ledger_specs import LedgerGroup, LedgerSpec
from fujisawa_desktop.documents.specs import LabelledText, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.services.ledger_parts import (
    ledger_columns,
    ledger_options,
    named,
)
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.paper_lists import list_values
from fujisawa_desktop.services.register_fields import TAX_COLUMNS
from fujisawa_desktop.services.year_end import Open, YearEnd, YearRow, payment_years_in, year_end_in

_BETWEEN_MONTHS: Final = "・"
_YEAR_FIGURES: Final = frozenset({"row", "count", "taxable", "free", "tax", "insurance", "net"})
_YEAR_PAPER: Final = (
    "row",
    "number",
    "name",
    "address",
    "term_from",
    "term_until",
    "left_on",
    "months",
    "first_paid",
    "last_paid",
    "taxable",
    "free",
    "tax_column",
    "tax",
    "insurance",
)
YEAR_SUMS: Final = frozenset({"taxable", "free", "tax", "insurance", "net"})


def year_ends(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return the payments of a calendar year; the latest one with payments when none is named.

    Raises:
        RuleError: ``year-end.nobody``.
    """
    year = ledger_options(order).year or (order.year_month[0] if order.year_month else None)
    if year is None:
        year = next(iter(payment_years_in(session, order.programme.id)), order.dated.year)
    found = year_end_in(session, order.programme.id, year)
    if not found.rows:
        raise RuleError("year-end.nobody", year=year)
    return [Sheet(_year_spec(order, found))]


def year_headings(order_words: Mapping[str, str], keys: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of the list of a year."""
    return tuple(order_words.get(key, key) for key in keys)


def year_value(row: YearRow, key: str) -> str | int | date | None:
    """Return what stands in a column of the list of a year, as a file takes it."""
    if key == "months":
        return _BETWEEN_MONTHS.join(f"{year}/{month:02d}" for year, month in row.months)
    if key == "count":
        return len(row.months)
    if key == "tax_column":
        return _BETWEEN_MONTHS.join(TAX_COLUMNS.get(name, name) for name in row.tax_columns)
    value: str | int | date | None = getattr(row, key)
    return value


def _year_spec(order: PaperOrder, found: YearEnd) -> LedgerSpec:
    words, headings = order.words, order.words.words("columns")
    values = {
        **list_values(order),
        "件数": str(len(found.rows)),
        "暦年": words.day(date(found.year, 12, 31)).removesuffix("12月31日"),
    }
    cells = [
        tuple(str(number) if key == "row" else _year_text(row, key) for key in _YEAR_PAPER)
        for number, row in enumerate(found.rows, start=1)
    ]
    sums_ = {"taxable": found.taxable, "free": found.free, "tax": found.tax, "insurance": found.insurance}
    said = words.said("total", 件数=len(found.rows))
    total = tuple(f"{sums_[key]:,}" if key in sums_ else said if key == "name" else "" for key in _YEAR_PAPER)
    facts = words.part("facts")
    notes = list(words.fill_all(words.texts("notes"), values))
    for name, people in (("unpaid", found.unpaid), ("differing", found.differing)):
        if people:
            notes.insert(0, words.said(name, 人=named(order, [_open_text(order, one) for one in people])))
    return LedgerSpec(
        owner=Owner("year-end", words.text("file_name")),
        title=words.fill(words.text("title"), values),
        subtitle=words.fill(words.text("subtitle"), values),
        marks=(words.text("mark"), *((words.text("reference"),) if found.unpaid else ())),
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        facts=tuple(
            LabelledText(facts.text(name), facts.said("sum", 合計=f"{yen:,}")) for name, yen in sums_.items()
        ),
        stamps=words.texts("stamps"),
        columns=ledger_columns(
            year_headings(headings, _YEAR_PAPER),
            [*cells, total],
            tuple("right" if key in _YEAR_FIGURES else "left" for key in _YEAR_PAPER),
        ),
        groups=(LedgerGroup("", tuple(cells)),),
        total=total,
        notes=tuple(notes),
        empty_text=words.text("empty"),
    )


def _year_text(row: YearRow, key: str) -> str:
    value = year_value(row, key)
    if isinstance(value, date):
        return f"{value:%Y/%m/%d}"
    return f"{value:,}" if isinstance(value, int) else value or ""


def _open_text(order: PaperOrder, one: Open) -> str:
    return order.words.said(
        "month_yen",
        氏名=one.name,
        受付番号=one.number,
        月=order.words.month(one.year, one.month),
        合計=f"{one.yen:,}",
    )
