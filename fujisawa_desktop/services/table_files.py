"""Any list as a file: csv, xlsx, or a PDF table for the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Align, Column, Job, Owner, RosterSpec
from fujisawa_desktop.exchange.files import atomic_write
from fujisawa_desktop.exchange.legacy_text import unwritable
from fujisawa_desktop.exchange.tables_out import Sheet, cp932_bytes, csv_bytes, xlsx_bytes

Value = str | int | float | date | datetime | time | tuple[str, ...] | None
Words = Callable[[str, object], str]
"""``texts.term``: family and value → the word of the person's language."""

_BETWEEN: Final = "；"
_EDGES: Final = 4
_MOST_SHARE: Final = 40
_MEASURED_ROWS: Final = 300
_OF_PEOPLE: Final = frozenset({"applicants", "appointments", "pay"})
"""Lists with a row for each person."""


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list, independent of the form in which it is written.

    Attributes:
        name: ``applicants``, ``interviews``, ``appointments``, ``hours`` or ``pay``.
        columns: names of the columns; headings are their words of the family ``list-column``.
        rows: one value for each column.
        families: column → family of the words its values stand for, such as ``status``.
        screen_only: columns that no paper shows, since whoever holds it might read them.
        headings: column → heading where a file has it in every language, since an import reads it.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    families: tuple[tuple[str, str], ...] = ()
    screen_only: frozenset[str] = frozenset()
    headings: tuple[tuple[str, str], ...] = ()

    def on_paper(self) -> ListTable:
        """Return the list without the columns that no paper shows."""
        kept = [at for at, name in enumerate(self.columns) if name not in self.screen_only]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
        )


def table_file(table: ListTable, file_format: str, words: Words, *, made_at: datetime) -> bytes:
    """Return a list as ``csv``, ``csv-cp932``, ``xlsx`` or ``pdf``.

    Raises:
        RuleError: the list is more than a sheet, or characters that CP932, can hold.
    """
    table = table.on_paper() if file_format == "pdf" else table
    title = words("list", table.name)
    fixed = dict(table.headings)
    headings = tuple(fixed.get(name) or words("list-column", name) for name in table.columns)
    families = dict(table.families)
    rows = [
        tuple(
            _worded(value, families.get(name, ""), words)
            for name, value in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    ]
    if file_format == "pdf":
        return list_pdf(title, headings, rows, list_words(words, table.name), made_at=made_at)
    sheet = Sheet(title, headings, rows)
    if file_format == "csv-cp932":
        return cp932_bytes(sheet)
    return csv_bytes(sheet) if file_format == "csv" else xlsx_bytes(sheet)


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a list on paper says around its rows.

    Attributes:
        counted: how many rows there are, with ``{count}``.
        made: when it was made, with ``{at}``.
        empty: instead of rows when there is none.
        mark: framed at the top.
    """

    counted: str
    made: str
    empty: str = ""
    mark: str = ""


def list_words(words: Words, name: str) -> ListWords:
    """Return what a list says around its rows; people are counted as people."""
    unit = "people" if name in _OF_PEOPLE else "rows"
    return ListWords(words("list", unit), words("list", "made"), words("list", "empty"))


def unwritable_rows(table: ListTable) -> list[tuple[str, tuple[str, ...]]]:
    """Return (first cell, characters) of every row that holds characters CP932 cannot write."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for row in table.rows:
        parts = (part for value in row for part in (value if isinstance(value, tuple) else (value,)))
        missing = dict.fromkeys(sign for part in parts if isinstance(part, str) for sign in unwritable(part))
        if missing:
            found.append((str(row[0]), tuple(missing)))
    return found


def save_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageError: it cannot be written.
    """
    atomic_write(path, data)


def _worded(value: Value, family: str, words: Words) -> str | int | float | date | datetime | time | None:
    if isinstance(value, tuple):
        return _BETWEEN.join(words(family, part) if family else part for part in value)
    return words(family, value) if family and isinstance(value, str) else value


def list_pdf(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Value]],
    words: ListWords,
    *,
    made_at: datetime,
) -> bytes:
    """Return a list as pages of A4, the headings on every page."""
    printed = [tuple(_printed(value) for value in row) for row in rows]
    spec = RosterSpec(
        owner=Owner(title, title),
        title=title,
        subtitle="",
        mark=words.mark,
        printed_at=words.made.format(at=_printed(made_at)),
        count=words.counted.format(count=f"{len(rows):,}"),
        columns=tuple(
            Column(heading, _share(heading, at, printed), _align(at, rows))
            for at, heading in enumerate(headings)
        ),
        rows=tuple(printed),
        empty_text=words.empty,
    )
    return make_paper(Job(title, "", title, made_at, (spec,))).pdf


def _printed(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "" if value is None else str(value)


def _share(heading: str, at: int, rows: Sequence[Sequence[str]]) -> float:
    """Return a width by what nine of ten cells need: one long cell takes two lines, not the page."""
    lengths = sorted(_half_widths(row[at]) for row in rows[:_MEASURED_ROWS])
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(max(usual, _half_widths(heading)) + _EDGES, _MOST_SHARE)


def _half_widths(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)


def _align(at: int, rows: Sequence[Sequence[Value]]) -> Align:
    return "right" if rows and all(isinstance(row[at], int | float | None) for row in rows) else "left"
