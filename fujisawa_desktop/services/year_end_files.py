"""The payments of a calendar year as csv or xlsx, for the office that makes the 源泉徴収票."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.tables_out import Sheet, csv_bytes, xlsx_bytes
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.outgoing import export_files, let_out
from fujisawa_desktop.services.paper_kinds import PaperKind, programme_of
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.paper_year_end import year_headings, year_value
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.services.year_end import YearEnd, year_end_in

YEAR_COLUMNS: Final = (
    "number",
    "name",
    "kana",
    "postcode",
    "address",
    "course",
    "department",
    "term_from",
    "term_until",
    "left_on",
    "months",
    "count",
    "first_paid",
    "last_paid",
    "taxable",
    "free",
    "tax_column",
    "tax",
    "insurance",
    "net",
)


@dataclass(frozen=True, slots=True)
class YearEndWritten:
    """A list that left as a file; ``change`` is empty where the database may only be read."""

    change: ChangeSet | None
    path: Path
    count: int


def year_end_sheet(session: Session, found: YearEnd) -> Sheet:
    """Return the list with the headings that it has on paper too."""
    words = wording_in_use(session, programme_of(session, found.programme_id), PaperKind.YEAR_END.value)
    return Sheet(
        f"{words.text('file_name')} {found.year}",
        year_headings(words.words("columns"), YEAR_COLUMNS),
        tuple(tuple(year_value(row, key) for key in YEAR_COLUMNS) for row in found.rows),
    )


def save_year_end(
    database: Database,
    *,
    programme_id: int,
    year: int,
    file_format: Literal["csv", "xlsx"],
    path: Path,
    actor: str | None = None,
) -> YearEndWritten:
    """Write the list to a file and record that it left the office, both or neither.

    Raises:
        RuleError: ``year-end.nobody``.
        StorageError: the file cannot be written, or the act not be recorded.
    """
    with database.read() as session:
        found = year_end_in(session, programme_id, year)
        if not found.rows:
            raise RuleError("year-end.nobody", year=year)
        sheet = year_end_sheet(session, found)
    data = xlsx_bytes(sheet) if file_format == "xlsx" else csv_bytes(sheet)
    with FileSet(path.parent) as files:
        files.add(path.name, data)
        if database.read_only:
            export_files(database, "year-end.written", files, count=len(found.rows), file_format=file_format)
            return YearEndWritten(None, path, len(found.rows))
        with unit_of_work(database, "year-end.written", actor=actor, kind=EntryKind.ISSUED) as work:
            change = let_out(
                work,
                files,
                programme_id=programme_id,
                year=year,
                count=len(found.rows),
                file_format=file_format,
                sha256=hashlib.sha256(data).hexdigest(),
            )
    return YearEndWritten(change, path, len(found.rows))
