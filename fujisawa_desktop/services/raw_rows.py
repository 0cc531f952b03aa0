"""The row of the file an entry was last read from, as it stood there: also what no field took up."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from fujisawa_desktop.exchange.column_uses import RAW
from fujisawa_desktop.models import ImportBatch, ImportRow
from fujisawa_desktop.models.database import Database


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a file.

    Attributes:
        file_name, line: where it stood.
        cells: every heading with its cell, in the file's order.
        unread: those that are neither a field nor an answer, and hold something.
    """

    file_name: str
    line: int
    cells: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str], ...]


def raw_row(database: Database, *, entry_id: int) -> RawRow | None:
    """Return the row an entry was last read from; None for an entry that came in another way."""
    query = (
        select(ImportRow.line, ImportRow.raw, ImportBatch.file_name, ImportBatch.columns)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(ImportRow.entry_id == entry_id)
        .order_by(ImportRow.id.desc())
        .limit(1)
    )
    with database.read() as session:
        row = session.execute(query).one_or_none()
    if row is None:
        return None
    cells = tuple((heading, cell) for heading, cell in row.raw)
    uses = [use for _heading, use in row.columns or ()]
    unread = tuple(pair for pair, use in zip(cells, uses, strict=False) if use == RAW and pair[1].strip())
    return RawRow(row.file_name, row.line, cells, unread)
