"""The journal read some thousand entries at a time, when nothing is special about any of them.

SQLite puts together what a check hashes of a whole block and gives it in a few large values, in a
thread of its own: rows one by one cost several times as much as their hashes.  A block is either as
it was written in every respect, or it says nothing: then its entries are read line by line.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections import deque
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from fujisawa_desktop.models.journal import PAYLOAD_DIGITS
from fujisawa_desktop.models.journal_lines import HEAD_IN_SQLITE, PLAIN_KINDS, SubjectDigests
from fujisawa_desktop.models.sqlite_driver import driver

_MOST: Final = 32 << 20
"""Bytes of payloads that are held at once; a block with more is read line by line."""
_AHEAD: Final = 3
_HASH: Final = 64
_ENTRIES: Final = f"""
    SELECT count(*), total(e.kind NOT IN {PLAIN_KINDS} OR length(e.payload_digest) <> {_HASH}
            OR length(e.hash) <> {_HASH} OR typeof(e.hash) <> 'text'
            OR e.at NOT GLOB '????-??-?? ??:??:??.000000' OR e.reverses <> e.reverses + 0),
        CAST(group_concat({HEAD_IN_SQLITE}, char(10)) AS BLOB),
        CAST(group_concat(e.hash, '') AS BLOB), CAST(group_concat(e.previous_hash, '') AS BLOB),
        CAST(group_concat(e.payload_digest, '') AS BLOB)
    FROM journal_entry e WHERE e.seq BETWEEN ? AND ?"""  # noqa: S608 - nothing in it comes from outside
_SIZE: Final = "SELECT total(length(data)) FROM journal_payload WHERE seq BETWEEN ? AND ?"
_PAYLOADS: Final = """
    SELECT count(*), count(erased_by) + total(typeof(data) <> 'blob'),
        CAST(group_concat(data, '') AS BLOB), group_concat(length(data))
    FROM journal_payload WHERE seq BETWEEN ? AND ?"""
_SUBJECTS: Final = """
    SELECT group_concat(seq), group_concat(kind, char(10)), group_concat(subject_id)
    FROM journal_subject WHERE seq BETWEEN ? AND ?"""


class Block(NamedTuple):
    """Entries in a row with all that belongs to them, each column in one value.

    Attributes:
        first: number of the first entry.
        last: number of the last.
        values: what the database gave; ``None`` when it could not.
    """

    first: int
    last: int
    values: tuple[Any, ...] | None

    def is_as_written(self, before: str, digest_of: SubjectDigests) -> str | None:
        """Return the hash of the last entry when every single one is as it was written, else ``None``.

        Args:
            before: the hash of the entry before the first.
            digest_of: the digests of subjects met so far.
        """
        if self.values is None:
            return None
        count, odd, heads, hashes, previous, digests, payloads, odder, data, lengths, *concerned = self.values
        size = self.last - self.first + 1
        if (count, payloads, odd, odder) != (size, size, 0, 0):
            return None
        written = heads.split(b"\n")
        if len(written) != size or previous != before.encode() + hashes[:-_HASH]:
            return None
        sha256 = hashlib.sha256
        if b"".join([sha256(head).digest() for head in written]).hex().encode() != hashes:
            return None
        try:
            held = struct.unpack(lengths.replace(",", "s") + "s", data)
            whom = self._subjects(*concerned)
        except (ValueError, struct.error):
            return None
        digits = PAYLOAD_DIGITS
        sealed = "".join(
            [
                sha256(payload).hexdigest()[:digits] + digest_of[subjects]
                for payload, subjects in zip(held, whom, strict=True)
            ]
        )
        return hashes[-_HASH:].decode() if sealed.encode() == digests else None

    def hash_of(self, seq: int) -> str:
        """Return the hash of one of the entries of a block that is as it was written."""
        hashes: bytes = self.values[3] if self.values is not None else b""
        place = (seq - self.first) * _HASH
        return hashes[place : place + _HASH].decode()

    def _subjects(self, whose: str | None, kinds: str | None, keys: str | None) -> list[str | None]:
        """Return whom each entry concerns, in the form that :class:`SubjectDigests` knows.

        Raises:
            ValueError: something that is no subject stands among them.
        """
        found: list[str | None] = [None] * (self.last - self.first + 1)
        if not whose or not kinds or not keys:
            return found
        of = kinds.split("\n")
        begun = {kind: f"{json.dumps(kind, ensure_ascii=False)}:" for kind in set(of)}
        first = self.first
        for seq, kind, key in zip(whose.split(","), of, keys.split(","), strict=True):
            place = int(seq) - first
            subject, known = begun[kind] + key, found[place]
            found[place] = subject if known is None else f"{known},{subject}"
        return found


class Blocks:
    """The blocks of a SQLite file from an entry to another, read ahead of the one who checks them.

    Both use one connection, so that both see one state of the file; ``lock`` keeps them apart.
    """

    def __init__(self, connection: Connection, *, after: int, through: int, size: int) -> None:
        self.lock = Lock()
        self._raw: Any = connection.connection
        self._spans = [(at + 1, min(at + size, through)) for at in range(after, through, size)]

    def read(self) -> Generator[Block, None, None]:
        """Yield block after block; must be closed, so that nobody reads on after a check was stopped."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal") as reader:
            waiting: deque[Future[Block]] = deque()
            try:
                for span in self._spans:
                    waiting.append(reader.submit(self._read, *span))
                    if len(waiting) > _AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def _read(self, first: int, last: int) -> Block:
        span, values = (first, last), list[Any]()
        with self.lock:
            cursor = self._raw.cursor()
            try:
                if cursor.execute(_SIZE, span).fetchone()[0] > _MOST:
                    return Block(first, last, None)
                for part in (_ENTRIES, _PAYLOADS, _SUBJECTS):
                    values += cursor.execute(part, span).fetchone()
            except driver.Error:  # a value that is no text where one belongs: it is looked at alone
                return Block(first, last, None)
            finally:
                cursor.close()
        return Block(first, last, tuple(values))
