"""Lengths of the shared strings of an xls file, without reading the strings.

A cell only names its string, so a small file can show one long text in a million cells.

Source: [MS-XLS] 2.4.265 (SST), 2.5.293 (XLUnicodeRichExtendedString), 2.4.58 (Continue).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
_COUNTS: Final = 8
"""Bytes before the first string: how often strings are named, and how many there are."""


class _Parts:
    """The record and its continuations as one stream; letters may be cut by a repeated flag."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._number = 0
        self._at = _COUNTS

    def number(self, layout: str) -> int:
        self._go_on()
        value = struct.unpack_from(layout, self._parts[self._number], self._at)[0]
        self._at += struct.calcsize(layout)
        return int(value)

    def skip(self, size: int) -> None:
        while size:
            self._go_on()
            step = min(size, len(self._parts[self._number]) - self._at)
            self._at += step
            size -= step

    def skip_letters(self, count: int, *, wide: bool) -> None:
        while True:
            width = 2 if wide else 1
            step = min(count, (len(self._parts[self._number]) - self._at) // width)
            self._at += step * width
            count -= step
            if not count:
                return
            self._number += 1
            wide, self._at = bool(self._parts[self._number][0] & _WIDE), 1

    def _go_on(self) -> None:
        while self._at >= len(self._parts[self._number]):
            self._number += 1
            self._at = 0


def string_lengths(parts: Sequence[bytes]) -> list[int]:
    """Return the lengths in characters of all strings.

    Args:
        parts: the contents of the record and of the continuations that follow it.

    Raises:
        struct.error, IndexError: the record ends too early.
    """
    stream = _Parts(parts)
    lengths: list[int] = []
    for _ in range(struct.unpack_from("<II", parts[0])[1]):
        length, flags = stream.number("<H"), stream.number("<B")
        runs = stream.number("<H") if flags & _RICH else 0
        extra = stream.number("<I") if flags & _EXTENDED else 0
        stream.skip_letters(length, wide=bool(flags & _WIDE))
        stream.skip(runs * 4 + extra)
        lengths.append(length)
    return lengths
