"""The journal read line by line for its check: no objects, the hashed text put together by the database.

A million entries are read in seconds; whatever the database's own text does not explain is read
again with every column and hashed as it was when it was written.
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
_AT_ONCE: Final = 1 << 16
_HEADS: Final = {
    "sqlite": """
        '[' || e.seq || ',"' || CASE WHEN length(e.at) = 26 AND substr(e.at, 20) = '.000000'
        THEN substr(e.at, 1, 10) || 'T' || substr(e.at, 12, 8) END || '",' || json_quote(e.actor) || ',"'
        || e.kind || '",' || json_quote(e.label) || ',' || e.params || ',' || coalesce(e.reverses, 'null')
        || ',"' || e.payload_digest || '","' || e.previous_hash || '"]'""",
    "postgresql": """
        '[' || e.seq || ',"' || CASE WHEN date_trunc('second', e.at) = e.at
        THEN to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SS') END || '",' || to_json(e.actor)::text || ',"'
        || e.kind || '",' || to_json(e.label)::text || ',' || e.params::text || ','
        || coalesce(e.reverses::text, 'null')
        || ',"' || e.payload_digest || '","' || e.previous_hash || '"]'""",
}
_SUBJECTS: Final = {
    "sqlite": "group_concat(json_quote(s.kind) || ':' || s.subject_id, ',' ORDER BY s.kind, s.subject_id)",
    "postgresql": """string_agg(to_json(s.kind)::text || ':' || s.subject_id, ','
        ORDER BY s.kind COLLATE "C", s.subject_id)""",
}
_LINES: Final = """
    SELECT e.seq, {head}, e.hash, e.previous_hash, e.payload_digest, e.kind, p.data, p.erased_by,
        (SELECT {subjects} FROM journal_subject s WHERE s.seq = e.seq)
    FROM journal_entry e LEFT JOIN journal_payload p ON p.seq = e.seq
    WHERE e.seq > {after} ORDER BY e.seq"""
_NOBODY: Final = hashlib.sha256(b"").hexdigest()[:SUBJECT_DIGITS]


class Line(NamedTuple):
    """One entry with what belongs to it, as the database holds it.

    Attributes:
        seq: its number.
        head: the text that was hashed, unless the columns are not of the usual form.
        hash: the hash it carries.
        previous: the hash it names as the one before.
        digest: of payload and subjects, as it carries it.
        kind: what it is.
        data: its payload as stored.
        erased_by: the entry that rewrote its payload.
        subjects: whom it concerns, as it is hashed.
    """

    seq: int
    head: str | None
    hash: str
    previous: str
    digest: str
    kind: str
    data: bytes | None
    erased_by: int | None
    subjects: str | None


def lines(connection: Connection, *, after: int = 0) -> Iterator[Line]:
    """Yield the entries after a number, in order; only some are held at a time."""
    dialect = connection.dialect.name
    statement = _LINES.format(head=_HEADS[dialect], subjects=_SUBJECTS[dialect], after=int(after))
    if dialect == "sqlite":  # the rows as the driver gives them: SQLAlchemy's cost as much as their check
        cursor: Any = connection.connection.cursor()
        cursor.execute(statement)
        while some := cursor.fetchmany(_CHUNK):
            yield from map(Line._make, some)
        return
    streamed = connection.execution_options(stream_results=True, max_row_buffer=_CHUNK)
    for row in streamed.execute(text(statement.replace(":", "\\:"))):
        yield Line._make(row)


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


def strays(connection: Connection, of: type[JournalPayload | JournalSubject]) -> list[int]:
    """Return the numbers under which a table holds something though there is no such entry."""
    missing = ~exists().where(JournalEntry.seq == of.seq)
    return list(connection.scalars(select(of.seq).where(missing).distinct().order_by(of.seq)))


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


def subject_digest(subjects: str | None) -> str:
    """Return the part of an entry's digest that is of its subjects."""
    return hashlib.sha256(subjects.encode()).hexdigest()[:SUBJECT_DIGITS] if subjects else _NOBODY


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
