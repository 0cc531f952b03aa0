"""What a check of the journal can find, and what it says of all of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from fujisawa_desktop.rules.journal_marks import Anchor, mark_of


class Part(enum.StrEnum):
    """Which part of an act was touched."""

    ENTRY = "entry"
    PAYLOAD = "payload"
    """The rows before and after."""
    SUBJECTS = "subjects"
    """Whom it concerns."""


class Tampering(enum.StrEnum):
    """What was done to it."""

    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    TRUNCATED = "truncated"
    """The newest entries are missing."""
    REWRITTEN = "rewritten"
    """Everything from here on was written anew, so that it fits; only an anchor tells."""
    RESTORED = "restored"
    """An anchor is of a state that was given up when the file was brought back to a copy."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written.

    Attributes:
        part: of the act.
        kind: what was done.
        seq: number of the entry, or the first of a range.
        through: the last of the range.
        other: where what was exchanged stands.
        source: of the anchor that tells it.
    """

    part: Part
    kind: Tampering
    seq: int
    through: int
    other: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class JournalReport:
    """What a check of the journal found.

    Attributes:
        entries: how many entries there are.
        newest: number of the newest one.
        head: its hash.
        findings: what is not as it was written, by part and number; restored states stand last.
        unsealed: entries of older versions, whose subjects the chain does not cover.
        anchors: those that hold.
        checked_from: the first entry that was checked.
    """

    entries: int
    newest: int
    head: str
    findings: tuple[Finding, ...] = ()
    unsealed: int = 0
    anchors: tuple[Anchor, ...] = ()
    checked_from: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether nothing was touched."""
        return all(one.kind is Tampering.RESTORED for one in self.findings)

    @property
    def broken_at(self) -> int | None:
        """Number of the first entry that was touched."""
        seqs = [one.seq for one in self.findings if one.kind is not Tampering.RESTORED]
        return min(seqs, default=None)

    @property
    def mark(self) -> str:
        """The short form of the newest hash, as it stands on registers."""
        return mark_of(self.head)
