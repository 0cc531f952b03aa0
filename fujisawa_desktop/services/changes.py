"""What a unit of work changed, as the window needs to know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """Name of an act: a code of the text catalogue and its parameters (never a person's name)."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Result of a committed act.

    Attributes:
        seq: number of its journal entry; ``None`` when nothing changed.
        label: what the act is called.
        kinds: names of the tables it touched; a tab re-queries when it shows one of them.
        by: who did it, when it was done elsewhere; empty for an act of this program.
    """

    seq: int | None
    label: Label
    kinds: frozenset[str]
    by: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return self.seq is not None


@dataclass(frozen=True, slots=True)
class UndoState:
    """What 元に戻す and やり直す would do now.

    Attributes:
        undo, redo: what would be taken back, and done again.
        undo_seq, redo_seq: numbers of those acts.
        undo_by, redo_by: who did the act, or took it back; somebody else's name beside no act says
            that only theirs is left.
    """

    undo: Label | None
    redo: Label | None
    undo_seq: int | None = None
    redo_seq: int | None = None
    undo_by: str = ""
    redo_by: str = ""
