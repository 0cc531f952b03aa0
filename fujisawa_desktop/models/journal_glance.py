"""The journal of a file that is not open for work, read as it stands: for the preview of a restore."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fujisawa_desktop.models.backup_files import reading
from fujisawa_desktop.models.sqlite_driver import FileKey


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """One act, by what its header says."""

    seq: int
    at: datetime
    actor: str
    label: str
    params: Mapping[str, Any]


def hashes_of(path: Path, *, key: FileKey | None = None) -> dict[int, str]:
    """Return the hash of each act of a file's journal, by number.

    Raises:
        StorageError: the file cannot be read.
    """
    with reading(path, key) as connection:
        return dict(connection.execute("SELECT seq, hash FROM journal_entry ORDER BY seq").fetchall())


def entries_after(path: Path, seq: int, *, most: int, key: FileKey | None = None) -> tuple[SeenEntry, ...]:
    """Return the acts after one, the latest first, at most so many.

    Raises:
        StorageError: the file cannot be read.
    """
    with reading(path, key) as connection:
        rows = connection.execute(
            "SELECT seq, at, actor, label, params FROM journal_entry WHERE seq > ? ORDER BY seq DESC LIMIT ?",
            (seq, most),
        ).fetchall()
    return tuple(
        SeenEntry(number, datetime.fromisoformat(at), actor, label, json.loads(params))
        for number, at, actor, label, params in rows
    )
