"""作業グループ: people chosen in one tab who stay together in the others, until somebody lets them go."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class WorkingGroup(QObject):
    """A set of entries; it belongs to the window and is gone when the window closes.

    Signals:
        changed(): other people are in it, or nobody is.

    Attributes:
        entry_ids: who is in it; empty when there is no group.
        name: what the group is called; empty when a person chose it by hand.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entry_ids: frozenset[int] = frozenset()
        self.name = ""

    def __len__(self) -> int:
        return len(self.entry_ids)

    def __bool__(self) -> bool:
        return bool(self.entry_ids)

    def take(self, entry_ids: Iterable[int], name: str = "") -> None:
        """Let exactly these people be the group."""
        wanted = frozenset(entry_ids)
        if (wanted, name) != (self.entry_ids, self.name):
            self.entry_ids, self.name = wanted, name
            self.changed.emit()

    def add(self, entry_ids: Iterable[int]) -> None:
        """Put these people into the group too."""
        self.take(self.entry_ids.union(entry_ids))

    def leave_out(self, entry_ids: Iterable[int]) -> None:
        """Take these people out of the group."""
        self.take(self.entry_ids.difference(entry_ids))

    def clear(self) -> None:
        """Let the group go."""
        self.take(())
