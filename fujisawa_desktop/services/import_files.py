"""A file that is taken in: read once, and kept row by row with what became of each row."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from fujisawa_desktop.exchange.row_values import Rejection
from fujisawa_desktop.exchange.table import Row, Table
from fujisawa_desktop.exchange.tabular import parse_table, read_bytes
from fujisawa_desktop.models import ImportBatch, ImportRow
from fujisawa_desktop.models.json_text import JsonText, named_texts
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
        gc.freeze()
        gc.unfreeze()  # back, but among the oldest
        if running:
            gc.enable()


def let_go(*lists: list[Any]) -> None:
    """Free long lists some entries at a time: all at once would hold the interpreter as long again."""
    for entries in lists:
        while entries:
            del entries[-CHUNK:]


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

    def raws(self, rows: Sequence[Row]) -> list[JsonText]:
        """Return heading and cell of rows as they are kept, also of cells beyond the headings."""
        headings = self.table.headings
        if all(len(row.cells) == len(headings) for row in rows):
            return named_texts(headings, (row.cells for row in rows))
        found: list[JsonText] = []
        for row in rows:
            extra = len(row.cells) - len(headings)
            found.extend(named_texts((*headings, *[""] * extra), [row.cells]))
        return found


class RowOutcome(NamedTuple):
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
    for rows in _parts(file.table.rows):
        outcome = [outcomes[row.line] for row in rows]
        work.insert_columns(
            ImportRow,
            {
                "batch_id": [batch_id] * len(rows),
                "line": [row.line for row in rows],
                "outcome": [one.outcome for one in outcome],
                "entry_id": [one.entry_id for one in outcome],
                "raw": file.raws(rows),
                "reason": [_reason(one.rejection) for one in outcome],
            },
        )


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Yield some rows at a time: as the database takes it, a row is several times as long as in the file."""
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _reason(rejection: Rejection | None) -> dict[str, Any] | None:
    if rejection is None:
        return None
    params = {
        key: value if isinstance(value, str | int | bool) else str(value)
        for key, value in rejection.params.items()
    }
    return {"code": rejection.code, "column": rejection.column, "params": params}
