"""What stands in a ledger of money: frozen and finished, every figure already text."""

from __future__ import annotations

from dataclasses import dataclass

from fujisawa_desktop.documents.specs import Column, LabelledText, Owner, Styled


@dataclass(frozen=True, slots=True)
class LedgerGroup:
    """Rows that belong together, such as one course; ``total`` are their sums, empty for none."""

    heading: str
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerSpec(Styled):
    """報酬支給台帳 and other ledgers: groups of rows with their sums, the sum of all, signatures, notes.

    Attributes:
        marks: framed at the top right of every page: 取扱注意, 参考.
        facts: what holds for the whole ledger, above the table of the first page.
        stamps: who signs; boxes at the right of the facts.
        total: sums of all groups; empty for none.
        notes: sentences below the table.
    """

    owner: Owner
    title: str
    subtitle: str
    marks: tuple[str, ...]
    printed_at: str
    count: str
    facts: tuple[LabelledText, ...]
    stamps: tuple[str, ...]
    columns: tuple[Column, ...]
    groups: tuple[LedgerGroup, ...]
    total: tuple[str, ...]
    notes: tuple[str, ...]
    empty_text: str = ""
    is_portrait: bool = False
    journal_line: str = ""
    """At the foot: how long the journal was, and its check code."""
