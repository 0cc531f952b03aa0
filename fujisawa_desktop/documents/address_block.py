"""An address with its name, set as large as its place allows: on labels, envelopes, in windows.

The name stands below the address and is larger.  What is too long is set smaller step by step;
only when the smallest type does not do is a row narrowed, and at last cut, and a clerk is told.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.characters import clean_line, clusters
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.office_specs import Addressee
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.stylesheet import TextStyle
from fujisawa_desktop.documents.typesetting import paragraph, width_of
from fujisawa_desktop.rules.address import break_places

LEAST: Final = 5.5
"""Points; smaller than this no address is set."""
_LEAST_NAME: Final = 8.0
"""A long name is set smaller down to this before it is narrowed."""
_STEP: Final = 0.5
_LEADING: Final = 1.3
_ABOVE_NAME: Final = 0.35
"""White above the name, in ems of the address."""
_VISIBLY_SMALL: Final = 0.75
"""Type smaller than this part of what its place usually has is worth a remark."""
_REFERENCE: Final = 0.72
_LEAST_REFERENCE: Final = 5.0
_POSTAL_MARK: Final = "〒"
_DESCENT: Final = 0.14
_ROUNDED: Final = 0.01
_SPACES: Final = re.compile("[ 　]+")
_LONGEST_POSTCODE: Final = 12
_LONGEST: Final = 1_200
"""Characters of a row; more of them fit on nothing that is posted."""


class BlockStyle(NamedTuple):
    """How large an address is set where there is room enough."""

    size: float
    name: float
    """Size of the name as a multiple of the address's."""
    with_postcode: bool = True
    """On an envelope the postcode stands in its boxes instead."""


class _Row(NamedTuple):
    text: str
    style: TextStyle


class _Block(NamedTuple):
    address: tuple[_Row, ...]
    names: tuple[_Row, ...]
    size: float

    @property
    def gap(self) -> float:
        return self.size * _ABOVE_NAME if self.address else 0.0

    @property
    def height(self) -> float:
        return sum(row.style.leading for row in (*self.address, *self.names)) + self.gap

    @property
    def is_name_small(self) -> bool:
        return self.names[0].style.size < self.size


def draw_address(
    page: Page, addressee: Addressee, place: tuple[float, float, float, float], style: BlockStyle
) -> None:
    """Draw an address into a place (left, top, width, height; points), in the middle of its height."""
    left, top, width, height = place
    block = _fitting(addressee, width, height, style)
    if block.height <= height + _ROUNDED and (
        block.size < style.size * _VISIBLY_SMALL or block.is_name_small
    ):
        page.note(RemarkKind.NARROWED, addressee.name)
    y = top + max((height - block.height) / 2, 0.0)
    for number, row in enumerate((*block.address, *block.names)):
        y += block.gap if number == len(block.address) else 0.0
        base = y + (row.style.leading + row.style.size) / 2 - _DESCENT * row.style.size
        if number == 0 and clean_line(addressee.reference):
            taken = width_of(row.text, row.style.family) * row.style.size
            _draw_reference(page, addressee.reference, left + taken, left + width, base, row.style)
        page.fitted(left, base, row.text, row.style, width)
        y += row.style.leading


def _draw_reference(
    page: Page, reference: str, left: float, right: float, base: float, beside: TextStyle
) -> None:
    """Draw the small number at the right of the first row, which holds the postcode or nothing else."""
    size = max(beside.size * _REFERENCE, _LEAST_REFERENCE)
    style = TextStyle(Family.GOTHIC, size, size)
    page.fitted(left + size, base, reference, style, right - left - size, "right")


def _fitting(addressee: Addressee, width: float, height: float, style: BlockStyle) -> _Block:
    """Return the address in the largest type that fits, or else shortened in the smallest there is."""
    size = max(style.size, LEAST)
    while True:
        address = _address_rows(addressee, width, size, style)
        block = _Block(address, _name_rows(addressee, width, size, style), size)
        if block.height > height + _ROUNDED and len(block.names) > 1:
            block = _Block(address, _one_name(addressee, width, size, style), size)
        if block.height <= height + _ROUNDED:
            return block
        if size <= LEAST:
            return _shortened(block, height)
        size = max(size - _STEP, LEAST)


def _address_rows(addressee: Addressee, width: float, size: float, style: BlockStyle) -> tuple[_Row, ...]:
    face = TextStyle(Family.MINCHO, size, size * _LEADING)
    rows: list[_Row] = []
    postcode = clean_line(addressee.postcode)
    if postcode and style.with_postcode:
        # Whatever is no postcode may be long; it must leave room for the number beside it.
        rows.append(_Row(f"{_POSTAL_MARK}{postcode[:_LONGEST_POSTCODE]}", face))
    elif clean_line(addressee.reference):
        rows.append(_Row("", face))
    for row in addressee.address:
        rows += [_Row(line, face) for line in _broken(clean_line(row)[:_LONGEST], face, width)]
    return tuple(rows)


def _name_rows(addressee: Addressee, width: float, size: float, style: BlockStyle) -> tuple[_Row, ...]:
    """Return the name on one row, or on two when it would be smaller than the address on one."""
    one = _one_name(addressee, width, size, style)
    if one[0].style.size >= size:
        return one
    halves = _halves(clean_line(addressee.name), clean_line(addressee.honorific), width / size)
    if halves is None:
        return one
    widest = max(width_of(half, Family.MINCHO) for half in halves)
    name_size = min(size * style.name, width / widest)
    face = TextStyle(Family.MINCHO, name_size, name_size * _LEADING)
    return tuple(_Row(half, face) for half in halves)


def _one_name(addressee: Addressee, width: float, size: float, style: BlockStyle) -> tuple[_Row, ...]:
    name = f"{clean_line(addressee.name)}　{clean_line(addressee.honorific)}".strip(" 　")
    ems = width_of(name, Family.MINCHO)
    largest = size * style.name
    name_size = largest if ems * largest <= width else max(width / max(ems, 1.0), min(size, _LEAST_NAME))
    return (_Row(name, TextStyle(Family.MINCHO, name_size, name_size * _LEADING)),)


def _halves(name: str, honorific: str, room: float) -> tuple[str, str] | None:
    """Return a long name on two rows: family and given name, else broken in the middle; None if too long."""
    parts = _SPACES.split(name.strip(" 　"), maxsplit=1)
    if len(parts) < 2:
        units = clusters(name)
        middle = (len(units) + 1) // 2
        parts = ["".join(units[:middle]), "".join(units[middle:])]
    halves = (parts[0], f"{parts[1]}　{honorific}".strip(" 　"))
    return halves if all(0 < width_of(half, Family.MINCHO) <= room for half in halves) else None


def _shortened(block: _Block, height: float) -> _Block:
    """Return a block of the smallest type whose address has only as many rows as there is room for."""
    address = list(block.address)
    if address:
        room = height - sum(row.style.leading for row in block.names) - block.gap
        count = max(int(room / address[0].style.leading + _ROUNDED), 1)
        if len(address) > count:
            rest = "".join(row.text for row in address[count - 1 :])
            address = [*address[: count - 1], _Row(rest, address[0].style)]
    return _Block(tuple(address), block.names, block.size)


def _broken(row: str, style: TextStyle, width: float) -> list[str]:
    """Break a row at places where an address may be broken; only a part wider than a line inside."""
    room = width / style.size + 0.001
    if width_of(row, style.family) <= room:
        return [row]
    edges = (0, *break_places(row), len(row))
    lines: list[str] = []
    line = ""
    for start, end in pairwise(edges):
        part = row[start:end]
        if line and width_of((line + part).rstrip(" 　"), style.family) > room:
            lines.append(line.strip(" 　"))
            line = part.lstrip(" 　")
        else:
            line += part
        if width_of(line.rstrip(" 　"), style.family) > room:
            torn = paragraph(line, style.family, room - 0.001)
            lines += ["".join(piece.clusters).strip(" 　") for piece in torn[:-1]]
            line = "".join(torn[-1].clusters)
    return [one for one in (*lines, line.strip(" 　")) if one]
