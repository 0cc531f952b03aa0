"""The journal of a file that is not open for work, read as it stands: for the preview of a restore."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from fujisawa_desktop.models.backup_files import reading
from fujisawa_desktop.models.sqlite_driver import FileKey

ERASED: Final = "retention.erased"
RESTORED: Final = "file.restored"
ERASURES: Final = "erased"
"""Among the params of a return: day and hash of the erasures that it undid."""
FIRST, LAST = "first", "last"
"""Likewise: the numbers of the acts it left behind; copies made among them know other acts by these."""


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """One act, by what its header says."""

    seq: int
    at: datetime
    actor: str
    label: str
    params: Mapping[str, Any]


class Erased(NamedTuple):
    """An erasure: its day, and the hash of its entry, by which it is known in any copy."""

    day: date
    hash: str


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a file held that a copy of it does not.

    Attributes:
        erased: erasures after the copy, also such as a return had undone before; oldest first.
        first, last: numbers of the acts; ``last`` is below ``first`` when there are none.
    """

    erased: tuple[Erased, ...]
    first: int
    last: int


def hashes_of(path: Path, *, key: FileKey | None = None) -> dict[int, str]:
    """Return the hash of each act of a file's journal, by number.

    Raises:
        StorageError: the file cannot be read.
    """
    with reading(path, key) as connection:
        return dict(connection.execute("SELECT seq, hash FROM journal_entry ORDER BY seq").fetchall())


def left_after(path: Path, seq: int, *, key: FileKey | None = None) -> LeftBehind:
    """Return what a return to the state after an act leaves behind; what a return before it left, too.

    Raises:
        StorageError: the file cannot be read.
    """
    with reading(path, key) as connection:
        rows = connection.execute(
            "SELECT at, label, params, hash FROM journal_entry "
            "WHERE seq > ? AND label IN (?, ?) ORDER BY seq",
            (seq, ERASED, RESTORED),
        ).fetchall()
        newest = connection.execute("SELECT max(seq) FROM journal_entry").fetchone()[0] or 0
    done: list[Erased] = []
    again: list[Erased] = []
    first, last = seq + 1, newest
    for at, label, params, mark in rows:
        if label == ERASED:
            done.append(Erased(datetime.fromisoformat(at).date(), mark))
            again = []  # what a return undid before it was repeated by it
        else:
            told = json.loads(params)
            again += erased_in(told)
            first, last = (min(first, told.get(FIRST, first)), max(last, told.get(LAST, last)))
    return LeftBehind(tuple(sorted([*done, *again])), first, last)


def erased_in(params: Mapping[str, Any]) -> list[Erased]:
    """Return which erasures a return to a copy undid, as its entry says."""
    return [Erased(date.fromisoformat(day), mark) for day, mark in params.get(ERASURES, ())]


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
