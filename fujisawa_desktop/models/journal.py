"""The journal: undo stack, history of a person, audit trail — one table, four uses.

An entry's hash covers the entry before, its own header and a *digest* of the payload (the
rows before and after) with the subjects.  Payload and subjects stand in tables of their own, so
personal data can be erased later and the chain still verifies.
"""

from __future__ import annotations

import enum
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, enum_type
from fujisawa_desktop.models.json_text import JsonText, json_with_texts

GENESIS: Final = "0" * 64
PAYLOADS: Final = "journal_payload"
"""Name of the table, and of the part of an erasure's payload that tells what it left of others."""
PAYLOAD_DIGITS: Final = 40
SUBJECT_DIGITS: Final = 24
_AT_ONCE: Final = 100


class EntryKind(enum.StrEnum):
    """What a journal entry is."""

    ACT = "act"
    UNDO = "undo"
    REDO = "redo"
    ISSUED = "issued"
    """Something left the office (a paper, a file): never undone, only corrected."""
    EXPORTED = "exported"
    """Personal data was written to a file, copied or printed; no row changed, nothing is blocked by it."""
    ERASED = "erased"
    """Personal data went when its period of retention was over; the entry names the payloads rewritten."""
    RESTORED = "restored"
    """The file was brought back to a copy of it; entries later than the copy are gone with it."""
    REPAIRED = "repaired"
    """Rows that nothing leads to were let go by a repair; the database would not take them back."""
    FOUNDED = "founded"
    """The programme a new file begins with; without it the file would hold nothing to work on."""


class JournalEntry(Base):
    """One unit of work: who, when, what it is called, and the hash chain."""

    __tablename__ = "journal_entry"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor: Mapped[str]
    kind: Mapped[EntryKind] = mapped_column(enum_type(EntryKind))
    label: Mapped[str]
    params: Mapped[dict[str, Any]]
    """Counts, dates and numbers for the label's sentence; never a person's name."""
    reverses: Mapped[int | None]
    """The act an undo takes back or a redo does again."""
    payload_digest: Mapped[str]
    """Of the rows before and after, and of whom they concern (:func:`sealed`)."""
    previous_hash: Mapped[str]
    hash: Mapped[str]


class JournalPayload(Base):
    """Rows before and after, compressed; people may be erased from it without breaking the chain."""

    __tablename__ = PAYLOADS

    seq: Mapped[int] = mapped_column(ForeignKey("journal_entry.seq", ondelete="CASCADE"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    erased_by: Mapped[int | None] = mapped_column(ForeignKey("journal_entry.seq", ondelete="RESTRICT"))
    """The entry of the erasure that took people out of it and holds the digest of what is left."""


class JournalSubject(Identified, Base):
    """Whom an entry concerns, for the history beside a person."""

    __tablename__ = "journal_subject"
    __table_args__ = (Index("ix_journal_subject", "kind", "subject_id", "seq"),)

    seq: Mapped[int] = mapped_column(ForeignKey("journal_entry.seq", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    subject_id: Mapped[int]


def entry_header(
    *,
    seq: int,
    at: datetime,
    actor: str,
    kind: EntryKind,
    label: str,
    params: Mapping[str, Any],
    reverses: int | None,
    payload_digest: str,
    previous_hash: str,
) -> str:
    """Return the canonical header of an entry, which is hashed; its number stands first."""
    return _canonical(
        [seq, at.isoformat(), actor, kind.value, label, params, reverses, payload_digest, previous_hash]
    )


def entry_hash(**header: Any) -> str:
    """Return the hash of a journal entry: SHA-256 over its :func:`entry_header`."""
    return hashlib.sha256(entry_header(**header).encode()).hexdigest()


def canonical_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters in the order in which they are hashed; stored so, a check need not sort them."""
    ordered: dict[str, Any] = json.loads(_canonical(params))
    return ordered


def canonical_text(params: Mapping[str, Any]) -> str:
    """Return parameters as they are hashed."""
    return _canonical(params)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed(digest: str, subjects: Iterable[tuple[str, int]]) -> str:
    """Return the digest an entry carries: 40 digits of its payload's and 24 of its subjects'.

    Each part alone is too long to be met by trying, and a check can say which of the two was
    changed.  Entries written before version 0006 carry the digest of the payload's text alone.
    """
    told = ",".join(f"{_json(kind)}:{key}" for kind, key in sorted(subjects))
    return digest[:PAYLOAD_DIGITS] + hashlib.sha256(told.encode()).hexdigest()[:SUBJECT_DIGITS]


def rewritten_part(digests: Mapping[int, str]) -> dict[str, list[list[Any]]]:
    """Return the part ``PAYLOADS`` of an erasure's payload: what it left of which entries.

    Args:
        digests: number of the entry → :func:`sealed` digest of what is left and of its subjects.
    """
    return {"rewritten": [[seq, digest] for seq, digest in sorted(digests.items())]}


def pack(payload: Mapping[str, Mapping[str, Any]]) -> tuple[bytes, str]:
    """Return the stored form of a payload (per table: inserted, updated, deleted) and its digest.

    The text of a large act is several times as long as its rows, so it is never held whole.
    """
    packer, stored = zlib.compressobj(1), bytearray()
    for piece in _payload_as_json(payload):
        stored += packer.compress(piece.encode())
    stored += packer.flush()
    data = bytes(stored)
    return data, hashlib.sha256(data).hexdigest()


def _payload_as_json(payload: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    between = "{"
    for table, part in payload.items():
        yield f"{between}{_json(table)}:{{"
        between = ""
        for name, value in part.items():
            yield f"{between}{_json(name)}:"
            if isinstance(value, dict):
                yield f'{{"columns":{_json(value["columns"])},"rows":['
                yield from _listed(value["rows"])
                yield "]}"
            else:
                yield "["
                yield from _listed(value)
                yield "]"
            between = ","
        yield "}"
        between = ","
    yield "}" if payload else "{}"


def _listed(rows: Iterable[Any]) -> Iterator[str]:
    """Encode some rows at a time: one by one takes twice as long, all at once keeps the window waiting."""
    left, between = iter(rows), ""
    while some := list(islice(left, _AT_ONCE)):
        if any(isinstance(value, JsonText) for value in some[0]):
            yield between + ",".join([json_with_texts(row, _json) for row in some])
        else:
            yield between + _json(some)[1:-1]
        between = ","


def unpack(data: bytes) -> tuple[dict[str, Any], str]:
    """Return a stored payload and its digest."""
    text = zlib.decompress(data)
    return json.loads(text, object_hook=_from_json), hashlib.sha256(data).hexdigest()


def _to_json(value: object) -> object:
    """Tag what JSON does not know; enum members are text already."""
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$on": value.isoformat()}
    if isinstance(value, time):
        return {"$t": value.isoformat()}
    raise TypeError(type(value).__name__)


def _from_json(value: dict[str, Any]) -> Any:
    if len(value) == 1:
        match value:
            case {"$at": str(text)}:
                return datetime.fromisoformat(text)
            case {"$on": str(text)}:
                return date.fromisoformat(text)
            case {"$t": str(text)}:
                return time.fromisoformat(text)
    return value


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_to_json).encode
