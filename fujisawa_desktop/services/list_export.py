"""Lists as files: the rows a query finds, in its order, with the columns a clerk chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from fujisawa_desktop.exchange.legacy_text import unwritable
from fujisawa_desktop.exchange.tables_out import Cell, Sheet, cp932_bytes, csv_bytes, xlsx_bytes
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.contact import format_phone
from fujisawa_desktop.services.applicant_list import ApplicantRow, list_ids, rows_of, with_ranks
from fujisawa_desktop.services.applicant_query import ListQuery
from fujisawa_desktop.services.rulings import FlagVerdict
from fujisawa_desktop.services.table_files import Value, list_pdf, list_words

Words = Callable[[str, object], str]
"""``texts.term``: family and value → the word of the person's language."""
CellOf = Callable[[ApplicantRow, Words], Cell]
Format = Literal["csv", "csv-cp932", "xlsx", "pdf"]

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
"""What stands in a file when nobody chose columns."""

_BETWEEN: Final = "；"
_PIECE: Final = 1_000
"""Rows between two reports of progress."""
Progress = Callable[[int, int], object]
"""``progress(done, total)``; may raise to stop."""


@dataclass(frozen=True, slots=True)
class UnwritableCell:
    """A cell of a person that CP932 cannot write."""

    number: str
    name: str
    heading: str
    text: str
    characters: tuple[str, ...]


def list_export(
    database: Database,
    *,
    query: ListQuery,
    file_format: Format,
    words: Words,
    title: str,
    columns: Sequence[str] = COLUMNS,
    substitute: bool = False,
    made_at: datetime | None = None,
) -> bytes:
    """Return the list of a query as a file; the arguments are those of :func:`list_file`."""
    rows = list_rows(database, query=query, columns=columns)
    return list_file(
        rows,
        file_format=file_format,
        words=words,
        title=title,
        columns=columns,
        substitute=substitute,
        made_at=made_at,
    )


def list_rows(
    database: Database, *, query: ListQuery, columns: Sequence[str], progress: Progress | None = None
) -> list[ApplicantRow]:
    """Return all rows of a list; ``progress`` hears of them piece by piece and may raise to stop."""
    return rows_of_ids(database, list_ids(database, query), columns, progress)


def rows_of_ids(
    database: Database, ids: Sequence[int], columns: Sequence[str], progress: Progress | None = None
) -> list[ApplicantRow]:
    """Return some entries as rows for these columns; ``progress`` as in :func:`list_rows`."""
    rows: list[ApplicantRow] = []
    with database.read() as session:
        for start in range(0, len(ids), _PIECE):
            if progress is not None:
                progress(start, len(ids))
            rows += rows_of(session, ids[start : start + _PIECE])
        return with_ranks(session, rows) if "rank" in columns else rows


def list_file(
    rows: Sequence[ApplicantRow],
    *,
    file_format: Format,
    words: Words,
    title: str,
    columns: Sequence[str] = COLUMNS,
    substitute: bool = False,
    made_at: datetime | None = None,
) -> bytes:
    """Return rows of a list as a file.

    Args:
        rows: from :func:`list_rows`.
        file_format: csv (UTF-8 with mark), csv in CP932, xlsx (texts as text cells) or pdf.
        words: gives headings (family ``column``), states, flags and portals their words.
        title: name of the sheet.
        columns: keys of ``CELLS``, from left to right.
        substitute: in CP932, write 〓 for what cannot be written, once a person has agreed.
        made_at: printed on the pdf; the present moment when not given.

    Raises:
        RuleError: the list is more than a sheet can hold, or nobody agreed to 〓.
    """
    if file_format == "pdf":
        return _pdf(rows, words, title, columns, made_at or datetime.now())
    sheet = _sheet(rows, words, title, columns)
    if file_format == "csv-cp932":
        return cp932_bytes(sheet, substitute=substitute)
    return csv_bytes(sheet) if file_format == "csv" else xlsx_bytes(sheet)


def unwritable_people(
    database: Database, *, query: ListQuery, words: Words, columns: Sequence[str] = COLUMNS
) -> list[UnwritableCell]:
    """Return, person by person and column by column, what CP932 cannot write of a list."""
    found: list[UnwritableCell] = []
    for row in list_rows(database, query=query, columns=columns):
        for name in columns:
            text = CELLS[name](row, words)
            missing = unwritable(text) if isinstance(text, str) else ()
            if isinstance(text, str) and missing:
                found.append(UnwritableCell(row.number, row.name, words("column", name), text, missing))
    return found


def _sheet(rows: Sequence[ApplicantRow], words: Words, title: str, columns: Sequence[str]) -> Sheet:
    return Sheet(
        title=title,
        headings=tuple(words("column", name) for name in columns),
        rows=tuple(tuple(CELLS[name](row, words) for name in columns) for row in rows),
    )


def _pdf(
    people: Sequence[ApplicantRow], words: Words, title: str, columns: Sequence[str], made_at: datetime
) -> bytes:
    """Return the roster: numbered, with the mark of what must not be left lying about (3.9)."""
    rows: list[tuple[Value, ...]] = []
    for number, row in enumerate(people, start=1):
        cells = (_printed(CELLS[name](row, words)) for name in columns)
        rows.append((str(number), *cells))
    return list_pdf(
        title,
        ("No.", *(words("column", name) for name in columns)),
        rows,
        replace(list_words(words, "applicants"), mark=words("list", "mark")),
        made_at=made_at,
    )


def _printed(cell: Cell) -> Value:
    return f"{cell:g}" if isinstance(cell, float) else cell


def _points(scores: Sequence[int | None]) -> Cell:
    """Return points as a number, or one text where an entry has points for several courses."""
    known = [score / 100 for score in scores if score is not None]
    if len(known) == 1:
        return known[0]
    return _BETWEEN.join(f"{score:g}" for score in known)


def _places(ranks: Sequence[int | None]) -> Cell:
    known = [rank for rank in ranks if rank is not None]
    return known[0] if len(known) == 1 else _BETWEEN.join(str(rank) for rank in known)


def _pending(row: ApplicantRow, words: Words) -> str:
    told = dict.fromkeys(
        f"{words('stage', one.stage)} {words('result', one.result)}{one.reserve_rank or ''}"
        for one in row.pending
    )
    return _BETWEEN.join(told)


def _flag(row: ApplicantRow, flag: str, words: Words) -> str:
    """Return a flag; one that a clerk decided about says how."""
    word = words("flag", flag)
    if flag in row.waived:
        return f"{word}（{words('verdict', FlagVerdict.WAIVED)}）"
    return f"{word}（{words('verdict', FlagVerdict.STANDS)}）" if flag in row.standing else word


def _progress(row: ApplicantRow, words: Words) -> str:
    known = dict.fromkeys(one for one in row.progress if one is not None)
    return _BETWEEN.join(words("interview-progress", one) for one in known)


CELLS: Final[Mapping[str, CellOf]] = {
    "number": lambda row, _words: row.number,
    "source": lambda row, words: words("source", row.source),
    "name": lambda row, _words: row.name,
    "kana": lambda row, _words: row.kana,
    "school": lambda row, _words: row.school,
    "faculty": lambda row, _words: row.faculty,
    "department": lambda row, _words: row.department,
    "grade": lambda row, _words: row.grade,
    "graduation": lambda row, _words: row.graduation,
    "phone": lambda row, _words: format_phone(row.phone),
    "mail": lambda row, _words: row.mail,
    "weekdays": lambda row, _words: row.weekdays,
    "courses": lambda row, _words: _BETWEEN.join(row.courses),
    "score": lambda row, _words: _points(row.scores),
    "rank": lambda row, _words: _places(row.ranks),
    "pending": _pending,
    "status": lambda row, words: words("status", row.status),
    "flags": lambda row, words: _BETWEEN.join(_flag(row, flag, words) for flag in row.flags),
    "progress": _progress,
    "received_at": lambda row, _words: row.received_at,
    "name_official": lambda row, _words: row.name_official,
    "note": lambda row, _words: row.note,
}
"""Every column a file may have, and its cell; identifiers and telephones are texts."""
