"""Lists as files: the rows a query finds, for Excel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from fujisawa_desktop.exchange.tables_out import Cell, Sheet, csv_bytes, xlsx_bytes
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_list import ApplicantRow, list_ids, rows_of
from fujisawa_desktop.services.applicant_query import ListQuery

Words = Callable[[str, object], str]
"""``texts.term``: family and value → the word of the person's language."""

COLUMNS: Final = (
    "number",
    "source",
    "name",
    "kana",
    "school",
    "faculty",
    "grade",
    "courses",
    "status",
    "flags",
    "received_at",
)


def list_export(
    database: Database, *, query: ListQuery, file_format: Literal["csv", "xlsx"], words: Words, title: str
) -> bytes:
    """Return the list of a query as a file.

    Args:
        database: where to look.
        query: which entries, in which order.
        file_format: csv (UTF-8 with mark) or xlsx (texts as text cells).
        words: gives headings (family ``column``), states, flags and portals their words.
        title: name of the sheet.

    Raises:
        RuleError: the list is more than a sheet can hold.
    """
    ids = list_ids(database, query)
    with database.read() as session:
        rows = rows_of(session, ids)
    sheet = Sheet(
        title=title,
        headings=tuple(words("column", name) for name in COLUMNS),
        rows=tuple(_cells(row, words) for row in rows),
    )
    return csv_bytes(sheet) if file_format == "csv" else xlsx_bytes(sheet)


def _cells(row: ApplicantRow, words: Words) -> tuple[Cell, ...]:
    return (
        row.number,
        words("source", row.source),
        row.name,
        row.kana,
        row.school,
        row.faculty,
        row.grade,
        "；".join(row.courses),
        words("status", row.status),
        "；".join(words("flag", flag) for flag in row.flags),
        row.received_at,
    )
