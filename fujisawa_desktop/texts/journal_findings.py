"""What a check of the journal found, as a sentence for the window and the command line."""

from __future__ import annotations

from typing import Protocol

from fujisawa_desktop.i18n import _
from fujisawa_desktop.texts import term


class JournalFinding(Protocol):
    """What a sentence is made of; a row of the services has it all."""

    @property
    def part(self) -> str:
        """Which part of an act."""

    @property
    def kind(self) -> str:
        """What was done to it."""

    @property
    def seq(self) -> int:
        """Number of the act, or the first of a range."""

    @property
    def through(self) -> int:
        """The last of the range."""

    @property
    def other(self) -> int | None:
        """Where what was exchanged stands."""

    @property
    def source(self) -> str:
        """Of the anchor that tells it."""


def finding_text(one: JournalFinding) -> str:
    """Return a finding as a sentence."""
    what, kind = term("journal-part", one.part), term("journal-tampering", one.kind)
    number = str(one.seq) if one.seq == one.through else f"{one.seq}–{one.through}"
    if one.other is not None:
        number = f"{number} / {one.other}"
    text = _("{what} {number}: {kind}").format(what=what, number=number, kind=kind)
    return f"{text}（{one.source}）" if one.source else text
