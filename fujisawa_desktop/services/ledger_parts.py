"""What the ledgers of money on paper share: widths of columns, totals, how they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fujisawa_desktop.documents.specs import Align, Column
from fujisawa_desktop.services.paper_kinds import PaperOrder
from fujisawa_desktop.services.paper_lists import list_values
from fujisawa_desktop.services.paper_options import LedgerOptions
from fujisawa_desktop.services.pay_totals import Total

BETWEEN: Final = "、"
_EDGES: Final = 1
_MOST: Final = 26
"""Characters of half width; a longer text takes several lines."""
_NAMED_MOST: Final = 30
_TWO_LINES: Final = 5
"""Characters of a heading from which on it may take two lines."""


def ledger_options(order: PaperOrder) -> LedgerOptions:
    """Return how a ledger is wanted."""
    return order.options if isinstance(order.options, LedgerOptions) else LedgerOptions()


def month_values(order: PaperOrder) -> dict[str, str]:
    """Return what the words in braces stand for in ledgers of a month."""
    return {**list_values(order), "月": order.words.month(*order.month)}


def ledger_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], aligns: Sequence[Align]
) -> tuple[Column, ...]:
    """Return columns as wide as what they hold, in characters of half width; words may take several lines."""
    columns = []
    for at, (heading, align) in enumerate(zip(headings, aligns, strict=True)):
        texts = sorted(_half_widths(row[at]) for row in rows)
        # One long name in ten takes two lines; a figure never does.
        longest = texts[-1] if align == "right" else min(texts[len(texts) * 9 // 10 - 1], _MOST)
        columns.append(Column(heading, max(longest, _heading_width(heading)) + _EDGES, align))
    return tuple(columns)


def named(order: PaperOrder, people: Sequence[str]) -> str:
    """Return people one after the other; of very many, the first and how many more there are."""
    if len(people) <= _NAMED_MOST:
        return BETWEEN.join(people)
    more = order.words.said("more", 件数=len(people) - _NAMED_MOST)
    return BETWEEN.join((*people[:_NAMED_MOST], more))


def _heading_width(heading: str) -> int:
    """Return the room a heading needs; a long one takes two lines."""
    if len(heading) < _TWO_LINES:
        return _half_widths(heading)
    return _half_widths(heading[: (len(heading) + 1) // 2 + 1])


def _half_widths(text: str) -> int:
    return sum(1 if sign.isascii() or "｡" <= sign <= "ﾟ" else 2 for sign in text)


def total_text(order: PaperOrder, total: Total, name: str) -> str:
    """Return how many and how much, as the wording of the facts says it."""
    return order.words.part("facts").said(name, 件数=total.people, 合計=f"{total.yen:,}")
