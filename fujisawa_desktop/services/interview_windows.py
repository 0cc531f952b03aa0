"""Free time as a file states it, against the free time that is stored.

For a person and a day that a file names, the file's word is the whole word: a window that it no
longer names is taken away and the clerk is told.  Other people and other days stay as they are.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Generic, TypeVar

from fujisawa_desktop.exchange.row_values import Rejection, RowWarning
from fujisawa_desktop.services.import_files import RowOutcome

K = TypeVar("K", bound=Hashable)
"""What tells one person from another: an id, or a folded name."""


@dataclass(frozen=True, slots=True)
class Stated(Generic[K]):
    """One row of a file."""

    line: int
    owner: K
    day: date
    start: time
    end: time
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredWindow(Generic[K]):
    """One row of the database."""

    id: int
    owner: K
    day: date
    start: time
    end: time


@dataclass(slots=True)
class WindowChanges(Generic[K]):
    """What a file would do."""

    outcomes: dict[int, RowOutcome] = field(default_factory=dict)
    warnings: list[RowWarning] = field(default_factory=list)
    to_insert: list[Stated[K]] = field(default_factory=list)
    to_lengthen: dict[int, time] = field(default_factory=dict)
    to_delete: list[int] = field(default_factory=list)

    def refuse(self, rejection: Rejection) -> None:
        """Note that a row is not taken in."""
        self.outcomes[rejection.line] = RowOutcome("rejected", rejection=rejection)

    def count(self, outcome: str) -> int:
        """Return how many rows came to that end."""
        return sum(row.outcome == outcome for row in self.outcomes.values())

    def rejections(self) -> tuple[Rejection, ...]:
        """Return the refused rows in the order of the file."""
        found = [row.rejection for row in self.outcomes.values() if row.rejection is not None]
        return tuple(sorted(found, key=lambda rejection: rejection.line))


def compare(changes: WindowChanges[K], rows: Iterable[Stated[K]], stored: Iterable[StoredWindow[K]]) -> None:
    """Work out what the rows do to the stored windows, and note it in ``changes``."""
    known: dict[tuple[K, date], dict[time, StoredWindow[K]]] = {}
    for window in stored:
        known.setdefault((window.owner, window.day), {})[window.start] = window
    days: dict[tuple[K, date], dict[time, Stated[K]]] = {}
    for row in rows:
        _take(changes, days.setdefault((row.owner, row.day), {}), row)
    for key, wanted in days.items():
        _compare_day(changes, wanted, known.get(key, {}))


def _take(changes: WindowChanges[K], day: dict[time, Stated[K]], row: Stated[K]) -> None:
    """Note a row unless the same start was stated before: said twice is said once, else it is unclear."""
    first = day.setdefault(row.start, row)
    if first is row:
        return
    if first.end == row.end:
        changes.outcomes[row.line] = RowOutcome("unchanged", row.entry_id)
        return
    params = {"line": first.line, "start": first.start, "end": first.end}
    changes.refuse(Rejection(row.line, "終了", "availability.twice-in-file", params))


def _compare_day(
    changes: WindowChanges[K], wanted: Mapping[time, Stated[K]], known: Mapping[time, StoredWindow[K]]
) -> None:
    gone = [window for start, window in known.items() if start not in wanted]
    replaced = bool(gone)
    for start, row in wanted.items():
        before = known.get(start)
        if before is None:
            changes.to_insert.append(row)
        elif before.end != row.end:
            changes.to_lengthen[before.id] = row.end
        same = before is not None and before.end == row.end
        outcome = "unchanged" if same else "updated" if before is not None or replaced else "added"
        changes.outcomes[row.line] = RowOutcome(outcome, row.entry_id)
    if gone:
        first = min(wanted.values(), key=lambda row: row.line)
        if changes.outcomes[first.line].outcome == "unchanged":
            changes.outcomes[first.line] = RowOutcome("updated", first.entry_id)
        changes.to_delete += [window.id for window in gone]
        changes.warnings += [
            RowWarning(
                first.line,
                "availability.replaced",
                {"day": window.day, "start": window.start, "end": window.end},
            )
            for window in gone
        ]
