"""Rows for the clipboard, in the two forms a spreadsheet takes in: marked-up cells and plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from fujisawa_desktop.exchange.tables_out import Cell, cell_text
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_list import list_ids, rows_of, with_ranks
from fujisawa_desktop.services.applicant_query import ListQuery
from fujisawa_desktop.services.list_export import CELLS, Words

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
) -> Copied:
    """Return some rows of a list with their headings.

    Args:
        database: where to look.
        query: the list.
        ranges: first and last row of each chosen part, both included.
        columns: keys of ``list_export.CELLS``.
        words: gives headings, states, flags and portals their words.
    """
    ids = chosen_ids(database, query=query, ranges=ranges)
    with database.read() as session:
        rows = rows_of(session, ids)
        rows = with_ranks(session, rows) if "rank" in columns else rows
    headings = [words("column", name) for name in columns]
    cells = [[CELLS[name](row, words) for name in columns] for row in rows]
    lines = ["\t".join(headings), *("\t".join(map(_plain, line)) for line in cells)]
    head = "".join(f"<th style='text-align:left'>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(map(_marked_up, line))}</tr>" for line in cells)
    html = (
        f"<html><head><meta charset='utf-8'></head><body><table><tr>{head}</tr>{body}</table></body></html>"
    )
    return Copied("\n".join(lines), html, len(rows))


def chosen_ids(database: Database, *, query: ListQuery, ranges: Sequence[Range]) -> list[int]:
    """Return the entries of some rows of a list, from top to bottom; the list is read once."""
    ids = list_ids(database, query)
    return [entry for top, bottom in ranges for entry in ids[top : bottom + 1]]


def chosen_numbers(database: Database, *, query: ListQuery, ranges: Sequence[Range]) -> list[str]:
    """Return the portals' numbers of some rows of a list."""
    with database.read() as session:
        return [row.number for row in rows_of(session, chosen_ids(database, query=query, ranges=ranges))]


def _plain(cell: Cell) -> str:
    return " ".join(cell_text(cell).replace("\t", " ").splitlines())


def _marked_up(cell: Cell) -> str:
    if isinstance(cell, int | float | date):
        return f"<td>{escape(cell_text(cell))}</td>"
    lines = ("" if cell is None else str(cell)).split("\n")
    text = "<br style='mso-data-placement:same-cell'>".join(map(escape, lines))
    return f'<td style="{_TEXT_CELL}">{text}</td>'
