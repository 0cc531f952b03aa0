"""Under which number each entry of a journal was written, and what that says of what was done to it.

An entry's hash covers its number.  So an entry that was moved still tells where it stood, and from
the places of all of them follows which are missing, which came from elsewhere and which changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from fujisawa_desktop.models.journal_lines import ranges
from fujisawa_desktop.services.journal_findings import Finding, Part, Tampering

_REACH: Final = 500
"""How far an entry is looked for from where it stands, one number at a time."""
_SEARCHES: Final = 200
"""How many entries are looked for so; a journal with more wrong ones is not worth the time."""


@dataclass(slots=True)
class _Run:
    """Entries in a row that were written under numbers ``shift`` away; ``None``: under none that fits."""

    first: int
    last: int
    shift: int | None

    @property
    def origin(self) -> int:
        return self.first + (self.shift or 0)

    @property
    def end(self) -> int:
        return self.last + (self.shift or 0)


@dataclass(slots=True)
class Places:
    """Collects where entries stand and where they were written, one after the other.

    Attributes:
        last: number of the entry taken last.
        hash: the hash it carries.
    """

    last: int
    hash: str
    first: int = 0
    _runs: list[_Run] = field(default_factory=list)
    _shift: int = 0
    _broken: list[int] = field(default_factory=list)
    _linked: set[int] = field(default_factory=set)
    _lost: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    _searches: int = _SEARCHES

    def __post_init__(self) -> None:
        self.first = self.last

    def good(self, after: int, through: int, entry_hash: str) -> None:
        """Take entries that stand where they were written, each naming the one before.

        Args:
            after: the number before the first of them.
            through: the number of the last; none are taken when it is ``after``.
            entry_hash: the hash of the last.
        """
        if through > after:
            self._add(after + 1, 0)
            self._runs[-1].last = through
            self.last, self.hash = through, entry_hash

    def other(self, seq: int, head: str | None, entry_hash: str, previous: str) -> bool:
        """Take any other entry; return whether it is one that was written so, wherever it stood."""
        shift = self._shift_of(seq, head, entry_hash)
        before = self._runs[-1] if self._runs else None
        if shift is None:
            if head is not None:
                self._lost[seq] = head, entry_hash, previous
            mended = head is not None and _hash(head.replace(previous, self.hash)) == entry_hash
            if previous == self.hash or mended:
                self._linked.add(seq)
        elif before is not None and before.shift is None:
            if previous == self.hash:
                self._linked.add(before.last)
        else:
            follows = seq + shift == (self.first if before is None else before.end) + 1
            if follows and previous != self.hash:
                self._broken.append(seq)
        self._add(seq, shift)
        self.last, self.hash = seq, entry_hash
        return shift is not None

    def lost(self) -> list[str]:
        """Return the hashes that entries without a place name as the one before."""
        return [previous for _head, _hash_, previous in self._lost.values()]

    def found(self, seq_of: Mapping[str, int]) -> None:
        """Look once more for entries without a place: behind the entry that each names."""
        places = {}
        for seq, (head, entry_hash, previous) in self._lost.items():
            origin = seq_of.get(previous, -1) + 1
            if origin > 0 and _is_of(head, seq, origin, entry_hash):
                places[seq] = origin - seq
        if not places:
            return
        runs, self._runs = self._runs, []
        for run in runs:
            if run.shift is not None:
                self._runs.append(run)
                continue
            for seq in range(run.first, run.last + 1):
                self._add(seq, places.get(seq))

    def findings(self) -> Iterator[Finding]:
        """Yield what was done to the entries, from the first to the last."""
        swapped = list(self._swapped())
        for run, other in swapped:
            if run.first < other.first:
                yield Finding(Part.ENTRY, Tampering.SWAPPED, run.first, run.last, other.first)
        moved = {id(run) for run, _other in swapped}
        yield from self._uneven(moved)
        yield from self._torn()

    def _add(self, seq: int, shift: int | None) -> None:
        run = self._runs[-1] if self._runs else None
        if run is not None and run.shift == shift and run.last + 1 == seq:
            run.last = seq
        else:
            self._runs.append(_Run(seq, seq, shift))

    def _shift_of(self, seq: int, head: str | None, entry_hash: str) -> int | None:
        if head is None:
            return None
        for shift in dict.fromkeys((0, self._shift)):
            if _is_of(head, seq, seq + shift, entry_hash):
                self._shift = shift
                return shift
        if self._searches:
            self._searches -= 1
            for far in range(1, _REACH):
                for shift in (self._shift + far, self._shift - far):
                    if seq + shift > 0 and _is_of(head, seq, seq + shift, entry_hash):
                        self._shift = shift
                        return shift
        return None

    def _swapped(self) -> Iterator[tuple[_Run, _Run]]:
        moved = {(run.first, run.last): run for run in self._runs if run.shift}
        for run in moved.values():
            other = moved.get((run.origin, run.end))
            if other is not None and other is not run and other.shift == -(run.shift or 0):
                yield run, other

    def _uneven(self, moved: set[int]) -> Iterator[Finding]:
        """Compare the numbers that are there with those that were written."""
        at_home = [run for run in self._runs if run.shift == 0 or id(run) in moved]
        reached, shift, wrong = self.first, 0, list[_Run]()
        for run in self._runs:
            if id(run) in moved:  # it stands in for the one it was exchanged with
                yield from self._between(wrong, reached, run.first, shift)
                reached, wrong = run.last, []
                continue
            if run.shift is None:
                wrong.append(run)
                continue
            is_copy = run.shift < -1 and any(home.first <= run.origin <= home.last for home in at_home)
            if is_copy and run.origin <= reached and run.first == run.last:
                yield Finding(Part.ENTRY, Tampering.INSERTED, run.first, run.last)
                continue
            yield from self._between(wrong, reached, run.origin, shift, before=run.first)
            reached, shift, wrong = max(run.end, reached), run.shift, []
        for run in wrong:
            for seq in range(run.first, run.last + 1):
                kind = Tampering.CHANGED if seq in self._linked else Tampering.INSERTED
                yield Finding(Part.ENTRY, kind, seq, seq)

    def _between(
        self, wrong: Sequence[_Run], reached: int, origin: int, shift: int, *, before: int = 0
    ) -> Iterator[Finding]:
        """Yield what happened between the last number written and the next, ``origin``."""
        seqs = [seq for run in wrong for seq in range(run.first, run.last + 1)]
        missing = origin - reached - 1
        if missing < 0:
            first = before + missing - len(seqs)
            yield Finding(Part.ENTRY, Tampering.INSERTED, first, max(before - 1, first))
            return
        chosen = sorted(seqs, key=lambda seq: (seq not in self._linked, seq))
        changed = sorted(chosen[:missing])
        for seq in changed:
            yield Finding(Part.ENTRY, Tampering.CHANGED, seq, seq)
        for seq in sorted(chosen[missing:]):
            yield Finding(Part.ENTRY, Tampering.INSERTED, seq, seq)
        if len(changed) < missing:
            theirs = {seq + shift for seq in changed}
            gone = ranges(number for number in range(reached + 1, origin) if number not in theirs)
            for first, last in gone:
                yield Finding(Part.ENTRY, Tampering.DELETED, first, last)

    def _torn(self) -> Iterator[Finding]:
        """Yield entries that were written anew, hash and all: their neighbours do not know them."""
        broken = set(self._broken)
        for seq in self._broken:
            if seq - 1 in broken:
                continue  # told already as the one before it
            if seq + 1 in broken or seq == self.first + 1:
                yield Finding(Part.ENTRY, Tampering.CHANGED, seq, seq)
            else:
                yield Finding(Part.ENTRY, Tampering.CHANGED, seq - 1, seq if seq == self.last else seq - 1)


def _is_of(head: str, seq: int, origin: int, entry_hash: str) -> bool:
    return _hash(f"[{origin}{head[len(str(seq)) + 1 :]}") == entry_hash


def _hash(head: str) -> str:
    return hashlib.sha256(head.encode(errors="surrogatepass")).hexdigest()
