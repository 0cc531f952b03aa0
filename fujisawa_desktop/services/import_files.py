"""A file that is taken in: read once, and kept row by row with what became of each row."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fujisawa_desktop.exchange.row_values import Rejection
from fujisawa_desktop.exchange.table import Row, Table
from fujisawa_desktop.exchange.tabular import parse_table, read_bytes
from fujisawa_desktop.models import ImportBatch, ImportRow
from fujisawa_desktop.services.unit_of_work import CHUNK, UnitOfWork


@contextmanager
def many_rows() -> Iterator[None]:
    """Hold back the search for reference cycles while a file's rows pile up.

    It would walk all rows made so far again and again, each time holding the interpreter for up to
    0.2 s, which a window feels; rows form no cycles, so nothing is lost by waiting.  What is left at
    the end counts as old, or the very next search would walk all of it once more.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.unfreeze()  # back, but among the oldest
            gc.enable()


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file as read, before the database is asked."""

    name: str
    sha256: str
    table: Table

    @classmethod
    def open(cls, path: Path, *, encoding: str | None = None) -> ImportFile:
        """Read a file, in the character code a person chose or the one that is found.

        Raises:
            InputFileError: it is no table.
        """
        data = read_bytes(path)
        return cls(
            path.name, hashlib.sha256(data).hexdigest(), parse_table(data, name=path.name, encoding=encoding)
        )

    def raw(self, row: Row) -> list[tuple[str, str]]:
        """Return heading and cell of a row, also of cells beyond the headings."""
        extra = len(row.cells) - len(self.table.headings)
        headings = (*self.table.headings, *[""] * extra)
        return list(zip(headings, row.cells, strict=True))


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row: added, updated, unchanged or rejected."""

    outcome: str
    entry_id: int | None = None
    rejection: Rejection | None = None


def store_batch(
    work: UnitOfWork,
    *,
    programme_id: int,
    kind: str,
    file: ImportFile,
    outcomes: Mapping[int, RowOutcome],
    profile: str = "",
    columns: Sequence[tuple[str, str]] | None = None,
) -> None:
    """Keep the raw rows of a file; ``outcomes`` are by line, one for every row of the table."""
    tally = [outcome.outcome for outcome in outcomes.values()]
    counts = {name: tally.count(name) for name in ("added", "updated", "unchanged", "rejected")}
    [batch_id] = work.insert_many(
        ImportBatch,
        [
            {
                "programme_id": programme_id,
                "kind": kind,
                "file_name": file.name,
                "sha256": file.sha256,
                "encoding": file.table.encoding,
                "profile": profile,
                "imported_at": work.now,
                "counts": {"rows": len(file.table.rows), **counts},
                "columns": None if columns is None else [list(column) for column in columns],
            }
        ],
    )
    rows = file.table.rows
    for start in range(0, len(rows), CHUNK):
        # A row as the database takes it is several times as long as in the file.
        work.insert_many(ImportRow, _rows(batch_id, file, rows[start : start + CHUNK], outcomes))


def _rows(
    batch_id: int, file: ImportFile, rows: Sequence[Row], outcomes: Mapping[int, RowOutcome]
) -> list[dict[str, Any]]:
    return [
        {
            "batch_id": batch_id,
            "line": row.line,
            "outcome": outcome.outcome,
            "entry_id": outcome.entry_id,
            "raw": file.raw(row),
            "reason": _reason(outcome.rejection),
        }
        for row in rows
        for outcome in [outcomes[row.line]]
    ]


def _reason(rejection: Rejection | None) -> dict[str, Any] | None:
    if rejection is None:
        return None
    params = {
        key: value if isinstance(value, str | int | bool) else str(value)
        for key, value in rejection.params.items()
    }
    return {"code": rejection.code, "column": rejection.column, "params": params}
