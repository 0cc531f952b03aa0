"""The few tables of a TrueType font that printing needs, read where they lie on disk.

IPAmj明朝 is 46 MB: the file is mapped, not loaded, and characters are looked up in the
sorted tables of the font itself.  Opening a font costs next to nothing, so the first page
of a preview does not wait for it.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

_MORE_COMPONENTS: Final = 0x20
_WORD_ARGUMENTS: Final = 0x01
_SCALE_BYTES: Final = ((0x08, 2), (0x40, 4), (0x80, 8))
_KEPT_TABLES: Final = ("cvt ", "fpgm", "prep")
_CHECKSUM_MAGIC: Final = 0xB1B0AFBA


class Metrics(NamedTuple):
    """What a PDF font descriptor says about a face, in thousandths of an em."""

    ascent: int
    descent: int
    bbox: tuple[int, int, int, int]


class _Sequences(NamedTuple):
    """Where the sequences of one variation selector stand in the file; 0: it has none."""

    default: int
    special: int


def _big_endian(kind: str, data: bytes) -> array[int]:
    values = array(kind, data)
    if sys.byteorder == "little":
        values.byteswap()
    return values


class TrueTypeFile:
    """One font file: which glyph draws a character, how wide it is, and its outline."""

    def __init__(self, path: Path) -> None:
        """Map the file and read its directory; the path names a font shipped with the program."""
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = self._u16(4)
        entries = (struct.unpack_from(">4s4xLL", self._data, 12 + 16 * i) for i in range(count))
        self._tables: dict[str, tuple[int, int]] = {
            tag.decode("latin-1"): (offset, size) for tag, offset, size in entries
        }
        head = self._tables["head"][0]
        self.units_per_em = self._u16(head + 18)
        self._long_offsets = self._u16(head + 50) == 1
        self._glyph_count = self._u16(self._tables["maxp"][0] + 4)
        self._metric_count = self._u16(self._tables["hhea"][0] + 34)
        self._read_character_maps()

    def _u16(self, offset: int) -> int:
        return int.from_bytes(self._data[offset : offset + 2], "big")

    def _u32(self, offset: int) -> int:
        return int.from_bytes(self._data[offset : offset + 4], "big")

    def _table(self, tag: str) -> bytes:
        offset, size = self._tables[tag]
        return self._data[offset : offset + size]

    def _read_character_maps(self) -> None:
        """Find the full Unicode map (format 12) and the variation sequences (format 14)."""
        base = self._tables["cmap"][0]
        self._selectors: dict[int, _Sequences] = {}
        groups = b""
        for number in range(self._u16(base + 2)):
            table = base + self._u32(base + 8 + 8 * number)
            form = self._u16(table)
            if form == 12:
                groups = self._data[table + 16 : table + 16 + 12 * self._u32(table + 12)]
            elif form == 14:
                self._read_selectors(table)
        # L is 8 bytes on some machines; I is 4 wherever CPython runs.
        values = _big_endian("I", groups)
        self._group_starts, self._group_ends, self._group_glyphs = values[0::3], values[1::3], values[2::3]

    def _read_selectors(self, table: int) -> None:
        for number in range(self._u32(table + 6)):
            record = table + 10 + 11 * number
            default, special = self._u32(record + 3), self._u32(record + 7)
            self._selectors[self._u24(record)] = _Sequences(
                table + default if default else 0, table + special if special else 0
            )

    def _u24(self, offset: int) -> int:
        return int.from_bytes(self._data[offset : offset + 3], "big")

    def glyph(self, codepoint: int) -> int:
        """Return the glyph number of a character, 0 when the font does not have it."""
        place = bisect_right(self._group_starts, codepoint) - 1
        if place < 0 or codepoint > self._group_ends[place]:
            return 0
        glyph: int = self._group_glyphs[place] + codepoint - self._group_starts[place]
        return glyph

    def variation(self, codepoint: int, selector: int) -> int:
        """Return the glyph of a variation sequence, 0 when the font does not know the sequence."""
        tables = self._selectors.get(selector)
        if tables is None:
            return 0
        if tables.special:
            place = self._find(tables.special, 5, codepoint)
            entry = tables.special + 4 + 5 * place
            if place < self._u32(tables.special) and self._u24(entry) == codepoint:
                return self._u16(entry + 3)
        if tables.default:
            # A default range names the first character and how many follow it.
            place = self._find(tables.default, 4, codepoint + 1) - 1
            entry = tables.default + 4 + 4 * place
            if place >= 0 and codepoint <= self._u24(entry) + self._data[entry + 3]:
                return self.glyph(codepoint)
        return 0

    def _find(self, table: int, width: int, codepoint: int) -> int:
        """Return the place of the first record of a sorted table that is not below ``codepoint``."""
        return bisect_left(
            range(self._u32(table)), codepoint, key=lambda place: self._u24(table + 4 + width * place)
        )

    def advance(self, glyph: int) -> float:
        """Return the width of a glyph as a part of an em."""
        place = min(glyph, self._metric_count - 1)
        return self._u16(self._tables["hmtx"][0] + 4 * place) / self.units_per_em

    def metrics(self) -> Metrics:
        """Return ascent, descent and bounding box in thousandths of an em."""
        hhea, head = self._tables["hhea"][0], self._tables["head"][0]
        ascent, descent = struct.unpack_from(">hh", self._data, hhea + 4)
        x_min, y_min, x_max, y_max = struct.unpack_from(">hhhh", self._data, head + 36)
        unit = 1000 / self.units_per_em
        bbox = (round(x_min * unit), round(y_min * unit), round(x_max * unit), round(y_max * unit))
        return Metrics(round(ascent * unit), round(descent * unit), bbox)

    def _outline(self, glyph: int) -> bytes:
        loca, glyf = self._tables["loca"][0], self._tables["glyf"][0]
        if self._long_offsets:
            start, end = self._u32(loca + 4 * glyph), self._u32(loca + 4 * glyph + 4)
        else:
            start, end = 2 * self._u16(loca + 2 * glyph), 2 * self._u16(loca + 2 * glyph + 2)
        return self._data[glyf + start : glyf + end]

    def _side_bearing(self, glyph: int) -> bytes:
        hmtx = self._tables["hmtx"][0]
        if glyph < self._metric_count:
            place = hmtx + 4 * glyph + 2
        else:
            place = hmtx + 4 * self._metric_count + 2 * (glyph - self._metric_count)
        return self._data[place : place + 2]

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """Return a font file in which glyph number i is ``glyphs[i]`` of this one.

        What composite glyphs are made of follows after the wanted ones.  There is no
        character map: a PDF addresses the glyphs by number.
        """
        order, outlines = self._closure(glyphs)
        offsets, glyf = [0], bytearray()
        for outline in outlines:
            glyf += outline + bytes(-len(outline) % 4)
            offsets.append(len(glyf))
        widths = [self._data[place : place + 2] for place in map(self._advance_place, order)]
        hmtx = b"".join(width + self._side_bearing(glyph) for width, glyph in zip(widths, order, strict=True))
        head = bytearray(self._table("head"))
        head[8:12] = bytes(4)
        head[50:52] = b"\0\1"
        tables: dict[str, bytes] = {tag: self._table(tag) for tag in _KEPT_TABLES if tag in self._tables}
        tables |= {
            "head": bytes(head),
            "hhea": self._table("hhea")[:34] + struct.pack(">H", len(order)),
            "maxp": self._patched("maxp", 4, len(order)),
            "hmtx": hmtx,
            "loca": struct.pack(f">{len(offsets)}L", *offsets),
            "glyf": bytes(glyf),
        }
        return _assemble(tables)

    def _advance_place(self, glyph: int) -> int:
        return self._tables["hmtx"][0] + 4 * min(glyph, self._metric_count - 1)

    def _patched(self, tag: str, offset: int, value: int) -> bytes:
        table = bytearray(self._table(tag))
        struct.pack_into(">H", table, offset, value)
        return bytes(table)

    def _closure(self, glyphs: Sequence[int]) -> tuple[list[int], list[bytes]]:
        """Return all glyphs needed and their outlines, components renumbered."""
        order = list(glyphs)
        numbers = {glyph: place for place, glyph in reversed(list(enumerate(order)))}
        outlines: list[bytes] = []
        for glyph in order:  # grows while it is walked: a component may have components
            outline = self._outline(glyph)
            if len(outline) >= 10 and outline[0] & 0x80:
                outline = _renumbered(outline, numbers, order)
            outlines.append(outline)
        return order, outlines


def _renumbered(outline: bytes, numbers: dict[int, int], order: list[int]) -> bytes:
    data, place, flags = bytearray(outline), 10, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, component = struct.unpack_from(">HH", data, place)
        if component not in numbers:
            numbers[component] = len(order)
            order.append(component)
        struct.pack_into(">H", data, place + 2, numbers[component])
        place += 8 if flags & _WORD_ARGUMENTS else 6
        place += next((size for bit, size in _SCALE_BYTES if flags & bit), 0)
    return bytes(data)


def _checksum(data: bytes) -> int:
    words = _big_endian("I", data + bytes(-len(data) % 4))
    return sum(words) & 0xFFFFFFFF


def _assemble(tables: dict[str, bytes]) -> bytes:
    """Write the directory and the tables of a font file."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">LHHHH", 0x10000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    directory, body, head_place = bytearray(header), bytearray(), 0
    for tag in sorted(tables):
        data = tables[tag]
        offset = 12 + 16 * count + len(body)
        if tag == "head":
            head_place = offset
        directory += struct.pack(">4sLLL", tag.encode("latin-1"), _checksum(data), offset, len(data))
        body += data + bytes(-len(data) % 4)
    font = directory + body
    struct.pack_into(">L", font, head_place + 8, (_CHECKSUM_MAGIC - _checksum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)
