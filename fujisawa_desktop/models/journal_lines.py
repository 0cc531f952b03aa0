"""The journal read line by line for its check: no objects, the hashed text put together by the database.

A million entries are read in seconds; whatever the database's own text does not explain, or could
explain in two ways, is read again with every column and hashed as it was when it was written.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, exists, select, text

from fujisawa_desktop.models.journal import (
    PAYLOAD_DIGITS,
    SUBJECT_DIGITS,
    EntryKind,
    JournalEntry,
    JournalPayload,
    JournalSubject,
    entry_header,
)

_CHUNK: Final = 1_000
_LAST: Final = (1 << 63) - 1
_AT_ONCE: Final = 1 << 16
PLAIN_KINDS: Final = "('act', 'undo', 'redo', 'issued', 'exported')"
_TAIL: Final = 133
"""Bytes at the end of a head: the digest, three signs, the hash before, two signs."""
HEAD_IN_SQLITE: Final = """concat('[', e.seq, ',"', substr(e.at, 1, 10), 'T', substr(e.at, 12, 8), '",',
        json_quote(e.actor), ',"', e.kind, '",', json_quote(e.label), ',', e.params, ',',
        coalesce(e.reverses, 'null'), ',"', e.payload_digest, '","', e.previous_hash, '"]')"""
"""The text an entry's hash covers, put together by the database."""
_TEXTS: Final = "typeof(e.actor) = 'text' AND typeof(e.label) = 'text'"
"""What SQLite can quote; it takes anything into a column, and fails at what is no text."""
_HEADS: Final = {
    "sqlite": f"CASE WHEN {_TEXTS} THEN CAST({HEAD_IN_SQLITE} AS BLOB) END",
    "postgresql": """convert_to(concat('[', e.seq, ',"', to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SS'), '",',
        to_json(e.actor)::text, ',"', e.kind, '",', to_json(e.label)::text, ',', e.params::text, ',',
        coalesce(e.reverses::text, 'null'), ',"', e.payload_digest, '","', e.previous_hash, '"]'), 'UTF8')""",
}
_UNUSUAL: Final = {
    "sqlite": f"""p.erased_by IS NOT NULL OR e.kind NOT IN {PLAIN_KINDS} OR length(e.payload_digest) <> 64
        OR e.at NOT GLOB '????-??-?? ??:??:??.000000' OR e.reverses <> e.reverses + 0 OR NOT ({_TEXTS})""",
    "postgresql": f"""p.erased_by IS NOT NULL OR e.kind NOT IN {PLAIN_KINDS} OR length(e.payload_digest) <> 64
        OR date_trunc('second', e.at) <> e.at""",
}
"""What the text cannot be trusted with: its parts could be divided otherwise and read the same."""
_SUBJECTS: Final = {
    "sqlite": "group_concat(json_quote(s.kind) || ':' || s.subject_id)",
    "postgresql": "string_agg(to_json(s.kind)::text || ':' || s.subject_id, ',')",
}
_LINES: Final = """
    SELECT e.seq, {head}, e.hash, {unusual}, p.data,
        (SELECT {subjects} FROM journal_subject s WHERE s.seq = e.seq)
    FROM journal_entry e LEFT JOIN journal_payload p ON p.seq = e.seq
    WHERE e.seq > {after} AND e.seq <= {through} ORDER BY e.seq"""
_LINE: Final = """
    SELECT e.seq, e.hash, e.previous_hash, e.payload_digest, e.kind, p.data, p.erased_by
    FROM journal_entry e LEFT JOIN journal_payload p ON p.seq = e.seq WHERE e.seq = :seq"""
_NOBODY: Final = hashlib.sha256(b"").hexdigest()[:SUBJECT_DIGITS]
_SHORT: Final = 100
_KEPT: Final = 1 << 15

QuickLine = tuple[int, bytes, str, int | None, bytes | None, str | None]
"""Number, hashed text, hash, whether the text needs a second look, payload as stored, whom it concerns.

Subjects stand in any order.  A tuple, as the driver gives it: names would cost as much as the hash.
"""


class Line(NamedTuple):
    """One entry with what belongs to it, as the database holds it.

    Attributes:
        seq: its number.
        hash: the hash it carries.
        previous: the hash it names as the one before.
        digest: of payload and subjects, as it carries it.
        kind: what it is.
        data: its payload as stored.
        erased_by: the entry that rewrote its payload.
    """

    seq: int
    hash: str
    previous: str
    digest: str
    kind: str
    data: bytes | None
    erased_by: int | None


def quick_lines(connection: Connection, *, after: int = 0, through: int = _LAST) -> Iterator[QuickLine]:
    """Yield the entries after a number and through another, in order; only some are held at a time."""
    dialect = connection.dialect.name
    statement = _LINES.format(
        head=_HEADS[dialect],
        unusual=_UNUSUAL[dialect],
        subjects=_SUBJECTS[dialect],
        after=int(after),
        through=int(through),
    )
    if dialect == "sqlite":  # the rows as the driver gives them: SQLAlchemy's cost as much as their check
        cursor: Any = connection.connection.cursor()
        return iter(cursor.execute(statement))
    streamed = connection.execution_options(stream_results=True, max_row_buffer=_CHUNK)
    return (tuple(row) for row in streamed.execute(text(statement.replace(":", "\\:"))))


def line_of(connection: Connection, seq: int) -> Line:
    """Return one entry with every column the check asks for."""
    return Line._make(connection.execute(text(_LINE), {"seq": seq}).one())


def digest_in(head: bytes) -> str:
    """Return the digest that stands in a hashed text."""
    return head[-_TAIL : 64 - _TAIL].decode()


def full_head(connection: Connection, seq: int) -> str | None:
    """Return the hashed text of one entry from its columns; ``None`` when they hold what none may hold."""
    statement = text(
        "SELECT at, actor, kind, label, params, reverses, payload_digest, previous_hash"
        " FROM journal_entry WHERE seq = :seq"
    )
    row = connection.execute(statement, {"seq": seq}).one()
    try:
        at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at)
        params = json.loads(row.params) if isinstance(row.params, str) else row.params
        return entry_header(
            seq=seq,
            at=at,
            actor=row.actor,
            kind=EntryKind(row.kind),
            label=row.label,
            params=params,
            reverses=row.reverses,
            payload_digest=row.payload_digest,
            previous_hash=row.previous_hash,
        )
    except (ValueError, TypeError):
        return None


def seqs_of_hashes(connection: Connection, hashes: Sequence[str]) -> dict[str, int]:
    """Return which entries carry these hashes."""
    found: dict[str, int] = {}
    for start in range(0, len(hashes), _CHUNK):
        wanted = JournalEntry.hash.in_(hashes[start : start + _CHUNK])
        query = select(JournalEntry.hash, JournalEntry.seq).where(wanted)
        found.update((row.hash, row.seq) for row in connection.execute(query))
    return found


def strays(
    connection: Connection, of: type[JournalPayload | JournalSubject], *, after: int, before: int | None
) -> list[int]:
    """Return the numbers between two under which a table holds something though there is no such entry."""
    missing = ~exists().where(JournalEntry.seq == of.seq)
    query = select(of.seq).where(of.seq > after, missing).distinct().order_by(of.seq)
    return list(connection.scalars(query if before is None else query.where(of.seq < before)))


def payload_digest(data: object) -> str:
    """Return the part of an entry's digest that is of its payload; of what is no payload, an empty one."""
    return hashlib.sha256(data).hexdigest()[:PAYLOAD_DIGITS] if isinstance(data, bytes) else ""


def text_digest(data: bytes) -> str:
    """Return the digest of a payload's text, as entries before version 0006 carry it.

    A text that cannot be unpacked has none: an empty one is returned.
    """
    try:
        if len(data) < _AT_ONCE:
            return hashlib.sha256(zlib.decompress(data)).hexdigest()
        digest, unpacker = hashlib.sha256(), zlib.decompressobj()
        while data:
            digest.update(unpacker.decompress(data, _AT_ONCE))
            data = unpacker.unconsumed_tail
        digest.update(unpacker.flush())
    except (zlib.error, TypeError, ValueError):
        return ""
    return digest.hexdigest() if unpacker.eof else ""


class SubjectDigests(dict[str | None, str]):
    """Subjects as :func:`quick_lines` gives them → the part of an entry's digest that is of them.

    The same few people stand in most entries, so the digests of short texts are kept.
    """

    def __init__(self) -> None:
        super().__init__({None: _NOBODY})

    def __missing__(self, subjects: str) -> str:
        made = hashlib.sha256(_in_order(subjects).encode()).hexdigest()[:SUBJECT_DIGITS]
        if len(subjects) <= _SHORT and len(self) < _KEPT:
            self[subjects] = made
        return made


def _in_order(subjects: str) -> str:
    """Return subjects by kind and number; anything that is none as it stands."""
    if "," not in subjects:
        return subjects
    try:
        pairs = [
            (kind, int(key)) for kind, _colon, key in (one.rpartition(":") for one in subjects.split(","))
        ]
    except ValueError:
        return subjects
    return ",".join(f"{kind}:{key}" for kind, key in sorted(pairs))


def payload_part(digest: str) -> str:
    """Return the part of an entry's digest that is of its payload."""
    return digest[:PAYLOAD_DIGITS]


def subject_part(digest: str) -> str:
    """Return the part of an entry's digest that is of its subjects."""
    return digest[PAYLOAD_DIGITS:]


def head_of(connection: Connection) -> tuple[int, str] | None:
    """Return number and hash of the newest entry."""
    query = select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.seq, row.hash)


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return sorted numbers as ranges from–through."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
