"""Whether an xls file is whole, and how large its sheets claim to be, before calamine reads it.

The native reader trusts this old form: a chain of sectors that runs in a circle, a sector number
beyond the file or a sheet said to have four billion rows ends the whole program for want of
memory.  Everything it would follow is therefore followed here first.

Sources: [MS-CFB] for the container, [MS-XLS] for the records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.exchange.sheet_extent import Extent
from fujisawa_desktop.exchange.xls_strings import string_lengths

_END: Final = 0xFFFFFFFE
_FREE: Final = 0xFFFFFFFF
_HEADER: Final = 512
_DIFAT_IN_HEADER: Final = 109
_ENTRY: Final = 128
_STREAM, _ROOT = 2, 5

_BEGIN: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_DIMENSIONS: Final = frozenset({0x0000, 0x0200})
_STRINGS: Final = 0x00FC
_SPANS: Final = 0x00BD
_SHARED: Final = 0x00FD
"""A cell that shows a shared string."""
_CONTINUED: Final = 0x003C
_CELLS: Final = frozenset(
    {0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x00D6, 0x00FD, 0x027E}
)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def xls_extent(data: bytes) -> Extent:
    """Return rows × columns of the largest sheet, by its cells and by what it claims, and its letters.

    Raises:
        ValueError: the container or its records contradict themselves.
        struct.error, IndexError: the file ends too early.
    """
    container = _Container(data)
    books = [entry for entry in container.entries if entry.name.casefold() in {"workbook", "book"}]
    if not books:
        raise ValueError(data[:8])
    found = [_extent_of(container.stream(entry)) for entry in books]
    return Extent(max(one.area for one in found), max(one.letters for one in found))


class _Container:
    """The compound file: sectors chained by a table, some small streams inside one larger."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise ValueError(shift)
        self._size = 1 << shift
        self._sectors = max(0, -(-(len(data) - self._size) // self._size))
        directory, self._cutoff, mini_fat = (
            struct.unpack_from("<I", data, 48)[0],
            struct.unpack_from("<I", data, 56)[0],
            struct.unpack_from("<I", data, 60)[0],
        )
        self._fat = self._table()
        self.entries = self._directory(directory)
        self._mini_fat = self._numbers(self._chained(mini_fat))
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        self._mini = self._chained(root.start) if root is not None and root.size else b""
        for entry in self.entries:
            if entry.kind == _STREAM:
                self.stream(entry)

    def stream(self, entry: _Entry) -> bytes:
        """Return the bytes of a stream."""
        if entry.size > len(self._data):
            raise ValueError(entry.size)
        if not entry.size:
            return b""
        if entry.size >= self._cutoff:
            return self._chained(entry.start)[: entry.size]
        parts = [self._mini[n * 64 : n * 64 + 64] for n in _chain(entry.start, self._mini_fat)]
        return b"".join(parts)[: entry.size]

    def _table(self) -> tuple[int, ...]:
        places = [n for n in self._numbers(self._data[76:_HEADER]) if n != _FREE][:_DIFAT_IN_HEADER]
        following, count = struct.unpack_from("<II", self._data, 68)
        seen = 0
        while following not in {_END, _FREE} and count:
            seen += 1
            if seen > self._sectors:
                raise ValueError(following)
            *more, following = self._numbers(self._sector(following))
            places.extend(n for n in more if n != _FREE)
        if len(places) > self._sectors:
            raise ValueError(len(places))
        return self._numbers(b"".join(self._sector(n) for n in places))

    def _directory(self, start: int) -> list[_Entry]:
        raw = self._chained(start)
        entries = []
        for at in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            first, size = struct.unpack_from("<IQ", raw, at + 116)
            name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            # The upper half of the size is undefined in the older version of the container.
            entries.append(_Entry(name, kind, first, size if self._size > 512 else size & 0xFFFFFFFF))
        return entries

    def _chained(self, start: int) -> bytes:
        if start in {_END, _FREE}:
            return b""
        return b"".join(self._sector(n) for n in _chain(start, self._fat))

    def _sector(self, number: int) -> bytes:
        if number >= self._sectors:
            raise ValueError(number)
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _chain(start: int, table: tuple[int, ...]) -> Iterator[int]:
    """Yield the members of a chain; a chain longer than its table runs in a circle."""
    number = start
    for _ in range(len(table) + 1):
        if number == _END:
            return
        if number >= len(table):
            break
        yield number
        number = table[number]
    raise ValueError(number)


def _extent_of(book: bytes) -> Extent:
    largest = rows = columns = at = 0
    strings: list[bytes] = []
    shown: list[int] = []
    before = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        record = book[at + 4 : at + 4 + length]
        at += 4 + length
        if kind in _BEGIN:
            rows = columns = 0
        elif kind == _SHARED and length >= 10:
            shown.append(struct.unpack_from("<I", record, 6)[0])
        elif kind == _CONTINUED and before in {_STRINGS, _CONTINUED} and strings:
            strings.append(record)
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", record)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _SPANS and length >= 6:
            rows = max(rows, struct.unpack_from("<H", record)[0] + 1)
            columns = max(columns, struct.unpack_from("<H", record, length - 2)[0] + 1)
        elif kind in _DIMENSIONS and length >= 8:
            largest = max(largest, _claimed(record))
        elif kind == _STRINGS and length >= 8:
            _check_strings(record, len(book))
            strings = [record]
        largest = max(largest, rows * columns)
        before = kind
    return Extent(largest, _letters(strings, shown))


def _letters(strings: list[bytes], shown: list[int]) -> int:
    if not strings or not shown:
        return 0
    lengths = string_lengths(strings)
    return sum(lengths[number] for number in shown if number < len(lengths))


def _claimed(record: bytes) -> int:
    if len(record) >= 12:
        first, last, left, right = struct.unpack_from("<IIHH", record)
    else:
        first, last, left, right = struct.unpack_from("<HHHH", record)
    if last < first or right < left:
        raise ValueError(last)
    return int(last - first + 1) * int(right - left + 1)


def _check_strings(record: bytes, size: int) -> None:
    _total, unique = struct.unpack_from("<II", record)
    # A string takes three bytes at least.
    if unique * 3 > size:
        raise ValueError(unique)
