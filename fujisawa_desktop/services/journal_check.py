"""The check of the journal: every entry, its payload and its subjects, and what was written down elsewhere.

It goes on after what it finds.  An end that was cut off, or a journal written anew from some entry
on, is only seen with an anchor: number and hash of the newest entry as a backup or a printed
register kept it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Final

from sqlalchemy import Connection

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import (
    GENESIS,
    PAYLOADS,
    EntryKind,
    JournalPayload,
    JournalSubject,
    unpack,
)
from fujisawa_desktop.models.journal_blocks import Block, Blocks
from fujisawa_desktop.models.journal_lines import (
    Line,
    QuickLine,
    SubjectDigests,
    digest_in,
    full_head,
    head_of,
    line_of,
    payload_digest,
    payload_part,
    quick_lines,
    ranges,
    seqs_of_hashes,
    strays,
    subject_part,
    text_digest,
)
from fujisawa_desktop.rules.journal_marks import Anchor
from fujisawa_desktop.services.journal_findings import Finding, JournalReport, Part, Tampering
from fujisawa_desktop.services.journal_places import Places
from fujisawa_desktop.services.journal_returns import left_behind

_PIECE: Final = 10_000
_BLOCK: Final = 1_000
"""Entries compared at once: more fall out of the processor's own memory, fewer wait for each other."""
_PAIRED: Final = 10_000
"""So many wrong payloads are compared with each other, to tell an exchange from a change."""
Progress = Callable[[int, int], object]
"""``progress(done, total)``; may raise to stop."""


def check_journal(
    database: Database,
    *,
    anchors: Sequence[Anchor] = (),
    since: Anchor | None = None,
    progress: Progress | None = None,
) -> JournalReport:
    """Verify the journal and say what was done to which entry.

    Args:
        database: the open database.
        anchors: number and hash of newest entries, written down elsewhere at their time.
        since: an anchor with its whole hash; only what came after it is read.
        progress: hears of it piece by piece and may raise to stop.
    """
    with database.read() as session:
        return _Check(session.connection(), anchors, since, progress).report()


class _Check:
    """One reading of the journal from an entry to its end."""

    def __init__(
        self,
        connection: Connection,
        anchors: Sequence[Anchor],
        since: Anchor | None,
        progress: Progress | None,
    ) -> None:
        self._connection = connection
        self._anchors = anchors
        self._start = since.entries if since else 0
        self._places = Places(self._start, since.mark if since else GENESIS)
        self._progress = progress
        self._entries = 0
        self._unsealed = 0
        self._is_sealed = False
        self._wrong: dict[Part, dict[int, tuple[str, str]]] = {Part.PAYLOAD: {}, Part.SUBJECTS: {}}
        self._without_payload: list[int] = []
        self._erased: dict[int, tuple[int, str]] = {}
        self._left: dict[int, tuple[int, str]] = {}
        self._restored: list[int] = []
        self._taken: list[tuple[int, int]] = []
        self._hashes: dict[int, str] = {}
        self._wanted = {anchor.entries for anchor in anchors}
        self._digest_of = SubjectDigests()

    def report(self) -> JournalReport:
        """Read everything and judge it."""
        self._read()
        places = self._places
        if lost := places.lost():
            places.found(seqs_of_hashes(self._connection, lost))
        findings = list(places.findings())
        findings += _not_implied((*self._strayed(), *self._belongings()), findings)
        holding, told = self._anchored(findings)
        return JournalReport(
            entries=self._start + self._entries,
            newest=places.last,
            head=places.hash,
            findings=(*sorted(findings, key=lambda one: (one.seq, one.part != Part.ENTRY)), *told),
            unsealed=self._unsealed,
            anchors=tuple(holding),
            checked_from=self._start + 1,
        )

    def _read(self) -> None:
        newest = head_of(self._connection)
        last = newest[0] if newest is not None else self._start
        if self._connection.dialect.name == "sqlite":
            self._read_blocks(last)
        else:
            self._read_lines(self._start, last)

    def _read_blocks(self, last: int) -> None:
        """Read what is as it was written by blocks, and only the rest line by line."""
        blocks = Blocks(self._connection, after=self._start, through=last, size=_BLOCK)
        with closing(blocks.read()) as found:
            for block in found:
                if self._took(block):
                    self._tell(block.last - block.first + 1, last)
                else:
                    with blocks.lock:
                        self._read_lines(block.first - 1, block.last, last)

    def _took(self, block: Block) -> bool:
        """Take a block whose entries all are as they were written; else leave it."""
        places = self._places
        reached = (
            block.is_as_written(places.hash, self._digest_of) if block.first == places.last + 1 else None
        )
        if reached is None:
            return False
        for seq in self._wanted:
            if block.first <= seq <= block.last:
                self._hashes[seq] = block.hash_of(seq)
        places.good(places.last, block.last, reached)
        self._taken.append((block.first, block.last))
        return True

    def _read_lines(self, after: int, through: int, last: int | None = None) -> None:
        rows = quick_lines(self._connection, after=after, through=through)
        while piece := self._read_piece(islice(rows, _PIECE)):
            self._tell(piece, through if last is None else last)

    def _tell(self, more: int, last: int) -> None:
        self._entries += more
        if self._progress is not None:
            self._progress(self._entries, max(last - self._start, self._entries))

    def _read_piece(self, rows: Iterable[QuickLine]) -> int:
        """Read some entries, those that are as they were written with nothing but their three hashes."""
        sha256, digest_of, places, wanted = hashlib.sha256, self._digest_of, self._places, self._wanted
        first = last = places.last
        known = places.hash
        count = 0
        for seq, head, entry_hash, is_unusual, data, subjects in rows:
            count += 1
            if (
                not is_unusual
                and data.__class__ is bytes
                and seq == last + 1
                and sha256(head).hexdigest() == entry_hash
                and head.endswith(
                    f'{sha256(data).hexdigest()[:40]}{digest_of[subjects]}","{known}"]'.encode()
                )
            ):
                last, known = seq, entry_hash
                if seq in wanted:
                    self._hashes[seq] = entry_hash
                continue
            places.good(first, last, known)
            self._look_closely((seq, head, entry_hash, is_unusual, data, subjects))
            first, last, known = places.last, places.last, places.hash
        places.good(first, last, known)
        return count

    def _look_closely(self, row: QuickLine) -> None:
        """Judge an entry that something is special about or wrong with."""
        seq, head, entry_hash, is_unusual, data, subjects = row
        places = self._places
        is_chained = (
            not is_unusual
            and seq == places.last + 1
            and hashlib.sha256(head).hexdigest() == entry_hash
            and head.endswith(f'","{places.hash}"]'.encode())
        )
        if seq in self._wanted:
            self._hashes[seq] = entry_hash
        if is_chained:
            places.good(places.last, seq, entry_hash)
            self._check_belongings(seq, data, subjects, digest_in(head))
            return
        line = line_of(self._connection, seq)
        full = full_head(self._connection, seq)
        if places.other(seq, full, str(line.hash), str(line.previous)):
            self._check_belongings(seq, line.data, subjects, line.digest, erased_by=line.erased_by)
            self._note(line)

    def _check_belongings(
        self, seq: int, data: bytes | None, subjects: str | None, digest: str, *, erased_by: int | None = None
    ) -> None:
        """Compare payload and subjects of a good entry with what it says of them."""
        if data is None:
            self._without_payload.append(seq)
            return
        payload, concerned = payload_digest(data), self._digest_of[subjects]
        if erased_by is not None:
            self._erased[seq] = erased_by, payload + concerned
            return
        wanted, theirs = payload_part(digest), subject_part(digest)
        if payload == wanted and concerned == theirs:
            self._is_sealed = True
            return
        if payload != wanted and concerned != theirs and text_digest(data) == digest:
            self._unsealed += 1  # an older version wrote it: nothing is said of its subjects
            return
        if payload != wanted:
            self._wrong[Part.PAYLOAD][seq] = payload, wanted
        if concerned != theirs and (payload == wanted or self._is_sealed):
            self._wrong[Part.SUBJECTS][seq] = concerned, theirs

    def _note(self, line: Line) -> None:
        """Keep what an erasure left of others, and where the file was brought back to a copy."""
        if line.kind == EntryKind.RESTORED:
            self._restored.append(line.seq)
        if line.kind == EntryKind.ERASED and line.data is not None and line.seq not in self._wrong_payloads:
            part = unpack(line.data)[0].get(PAYLOADS, {})
            for seq, digest in part.get("rewritten", ()):
                self._left[seq] = line.seq, digest

    @property
    def _wrong_payloads(self) -> dict[int, tuple[str, str]]:
        return self._wrong[Part.PAYLOAD]

    def _belongings(self) -> Iterator[Finding]:
        """Yield what was done to payloads and subjects."""
        for first, last in ranges(self._without_payload):
            yield Finding(Part.PAYLOAD, Tampering.DELETED, first, last)
        self._compare_erased()
        for part, wrong in self._wrong.items():
            swapped = _exchanged(wrong) if len(wrong) <= _PAIRED else {}
            for seq, other in swapped.items():
                if seq < other:
                    yield Finding(part, Tampering.SWAPPED, seq, seq, other)
            for first, last in ranges(sorted(wrong.keys() - swapped.keys())):
                yield Finding(part, Tampering.CHANGED, first, last)

    def _compare_erased(self) -> None:
        """A rewritten payload is good when the last erasure that names it left exactly this."""
        for seq, found in self._erased.items():
            if self._left.get(seq) != found:
                self._wrong_payloads[seq] = found[1], "erased"
        for seq in self._left.keys() - self._erased.keys():
            if seq > self._start:
                self._wrong_payloads[seq] = "whole", "erased"  # what was erased has been put back

    def _strayed(self) -> Iterator[Finding]:
        """Yield payloads and subjects without their entry; behind the newest entry they tell of more."""
        newest = self._places.last
        after = 0
        for part, of in ((Part.PAYLOAD, JournalPayload), (Part.SUBJECTS, JournalSubject)):
            seqs = [
                seq
                for low, high in self._gaps()
                for seq in strays(self._connection, of, after=low, before=high)
            ]
            after = max([after, *seqs])
            for first, last in ranges(seq for seq in seqs if seq <= newest):
                yield Finding(part, Tampering.INSERTED, first, last)
        if after > newest:
            yield Finding(Part.ENTRY, Tampering.TRUNCATED, newest + 1, after)

    def _gaps(self) -> Iterator[tuple[int, int | None]]:
        """Yield between which numbers no block was taken: all that belongs to a block has its entry."""
        reached = self._start
        for first, last in self._taken:
            if first > reached + 1:
                yield reached, first
            reached = last
        yield reached, None

    def _anchored(self, findings: Iterable[Finding]) -> tuple[list[Anchor], list[Finding]]:
        """Compare with the anchors; what is wrong up to one of them is told already if it was found."""
        known = {one.seq for one in findings if one.part is Part.ENTRY}
        holding, told, safe = list[Anchor](), list[Finding](), self._start
        left = left_behind(self._connection) if self._anchors else ()
        for anchor in sorted(self._anchors, key=lambda one: one.entries):
            if anchor.entries <= self._start:
                continue
            found = self._hashes.get(anchor.entries)
            if found is not None and anchor.holds(found):
                holding.append(anchor)
                safe = anchor.entries
                continue
            newest = self._places.last
            if any(safe < seq <= anchor.entries for seq in self._restored) or any(
                first <= anchor.entries <= last for first, last in left
            ):
                kind, first = Tampering.RESTORED, safe + 1
            elif anchor.entries > newest:
                kind, first = Tampering.TRUNCATED, newest + 1
            elif any(safe < seq <= anchor.entries for seq in known):
                continue
            else:
                kind, first = Tampering.REWRITTEN, safe + 1
            told.append(Finding(Part.ENTRY, kind, first, anchor.entries, source=anchor.source))
        return holding, told


def _not_implied(found: Iterable[Finding], entries: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what hangs on an entry that came or went as a whole."""
    whole = {Tampering.INSERTED, Tampering.DELETED}
    spans = [(one.seq, one.through) for one in entries if one.kind in whole]
    for one in found:
        if not any(first <= one.seq and one.through <= last for first, last in spans):
            yield one


def _exchanged(wrong: dict[int, tuple[str, str]]) -> dict[int, int]:
    """Return which of the wrong ones hold what the other one should."""
    by_wanted = {wanted: seq for seq, (_actual, wanted) in wrong.items()}
    pairs = {seq: by_wanted[actual] for seq, (actual, _wanted) in wrong.items() if actual in by_wanted}
    return {seq: other for seq, other in pairs.items() if pairs.get(other) == seq}
