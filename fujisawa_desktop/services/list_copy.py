"""Rows for the clipboard, in the two forms a spreadsheet takes in: marked-up cells and plain text."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from fujisawa_desktop.exchange.tables_out import Cell, cell_text
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_list import rows_of
from fujisawa_desktop.services.applicant_query import ListQuery, entry_ids
from fujisawa_desktop.services.list_export import CELLS, CellOf, Progress, Words, rows_of_ids

Range = tuple[int, int]
_TEXT_CELL: Final = "mso-number-format:'\\@'"
"""Excel's way to say that a cell is text: leading zeros and long numbers stay as they are."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The same rows twice; ``count`` does not count the headings."""

    text: str
    html: str
    count: int


def copied_rows(
    database: Database,
    *,
    query: ListQuery,
    ranges: Sequence[Range],
    columns: Sequence[str],
    words: Words,
    progress: Progress | None = None,
) -> Copied:
    """Return some rows of a list with their headings.

    Args:
        database: where to look.
        query: the list.
        ranges: first and last row of each chosen part, both included.
        columns: keys of ``list_export.CELLS``.
        words: gives headings, states, flags and portals their words.
        progress: hears (done, all) and may raise to stop.
    """
    ids = chosen_ids(database, query=query, ranges=ranges)
    rows = rows_of_ids(database, ids, columns, progress)
    headings = [words("column", name) for name in columns]
    said = functools.cache(words)
    lines, marked = ["\t".join(headings)], []
    # Most cells of a column say what others of it say too: each is put into its two forms once.
    makers: list[tuple[CellOf, dict[Cell, tuple[str, str]]]] = [(CELLS[name], {}) for name in columns]
    for row in rows:
        cells = []
        for make, written in makers:
            cell = make(row, said)
            forms = written.get(cell)
            if forms is None:
                forms = written[cell] = (_plain(cell), _marked_up(cell))
            cells.append(forms)
        lines.append("\t".join([plain for plain, _html in cells]))
        marked.append(f"<tr>{''.join([html for _plain, html in cells])}</tr>")
    if progress is not None:
        progress(len(rows), len(rows))
    head = "".join(f"<th style='text-align:left'>{escape(heading)}</th>" for heading in headings)
    body = "".join(marked)
    html = (
        f"<html><head><meta charset='utf-8'></head><body><table><tr>{head}</tr>{body}</table></body></html>"
    )
    return Copied("\n".join(lines), html, len(rows))


def chosen_ids(database: Database, *, query: ListQuery, ranges: Sequence[Range]) -> list[int]:
    """Return the entries of some rows of a list, from top to bottom; the list is read once."""
    if not ranges:
        return []
    last = max(bottom for _top, bottom in ranges)
    with database.read() as session:
        ids = list(session.scalars(entry_ids(query, database.dialect).limit(last + 1)))
    return [entry for top, bottom in ranges for entry in ids[top : bottom + 1]]


def chosen_numbers(database: Database, *, query: ListQuery, ranges: Sequence[Range]) -> list[str]:
    """Return the portals' numbers of some rows of a list."""
    with database.read() as session:
        return [row.number for row in rows_of(session, chosen_ids(database, query=query, ranges=ranges))]


def _plain(cell: Cell) -> str:
    text = cell_text(cell)
    return text if text.isprintable() else " ".join(text.replace("\t", " ").splitlines())


def _marked_up(cell: Cell) -> str:
    if isinstance(cell, int | float | date):
        return f"<td>{escape(cell_text(cell))}</td>"
    lines = ("" if cell is None else str(cell)).split("\n")
    text = "<br style='mso-data-placement:same-cell'>".join(map(escape, lines))
    return f'<td style="{_TEXT_CELL}">{text}</td>'
