"""The file of 全銀協 as bytes, and what such a file comes to when it is read again.

Half-width kana are one byte each in CP932, the same as in JIS X 0201, so every record has 120 bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

RECORD_BYTES: Final = 120
_ENCODING: Final = "cp932"
_HEADER, _DATA, _TRAILER, _END = b"1", b"2", b"8", b"9"
_AMOUNT: Final = slice(80, 90)
_COUNT: Final = slice(1, 7)
_TOTAL: Final = slice(7, 19)


@dataclass(frozen=True, slots=True)
class Contents:
    """How many transfers a file holds, and how many yen they come to."""

    count: int
    yen: int


def zengin_bytes(records: Sequence[str], after: str = "\r\n") -> bytes:
    """Return records as the bytes of a file.

    Args:
        records: header, one for each person, trailer, end.
        after: what stands after each record: CR and LF, or nothing.

    Raises:
        ValueError: a record has not exactly 120 bytes, which would shift all that follow.
    """
    coded = [record.encode(_ENCODING) for record in records]
    if any(len(record) != RECORD_BYTES for record in coded):
        raise ValueError("record length")
    return b"".join(record + after.encode("ascii") for record in coded)


def contents_of(data: bytes) -> Contents:
    """Read a file again and return what its records come to.

    Raises:
        ValueError: it is no such file, or its records and its trailer say different things.
    """
    joined = data.replace(b"\r\n", b"")
    records = [joined[at : at + RECORD_BYTES] for at in range(0, len(joined), RECORD_BYTES)]
    kinds = b"".join(record[:1] for record in records)
    people = records[1:-2]
    if kinds != _HEADER + _DATA * len(people) + _TRAILER + _END or len(joined) % RECORD_BYTES:
        raise ValueError("order of records")
    said = Contents(int(records[-2][_COUNT]), int(records[-2][_TOTAL]))
    found = Contents(len(people), sum(int(record[_AMOUNT]) for record in people))
    if said != found:
        raise ValueError("trailer")
    return found
