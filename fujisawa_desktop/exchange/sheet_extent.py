"""How far the cells of a packed spreadsheet reach, and how much text they show, from its XML as a stream."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from xml.parsers import expat

from fujisawa_desktop.exchange.table import Kind

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_CHUNK: Final = 1 << 20
_ENDLESS: Final = 10**9
_NOT_SHEETS: Final = ("styles.xml", "sharedStrings.xml")


@dataclass(frozen=True, slots=True)
class Extent:
    """The largest sheet: rows × columns, and the characters that its cells show."""

    area: int
    letters: int


def extent_of(archive: zipfile.ZipFile, kind: Kind) -> Extent:
    """Return how much the largest sheet holds, counted to its furthest cell.

    Raises:
        ValueError: a part is not well-formed XML, or an entity swells.
    """
    if kind is Kind.ODS:
        sheet = _OdsExtent()
        _read(archive, "content.xml", sheet)
        return Extent(sheet.area, sheet.letters)
    # Names of sheets are what the workbook says, so every XML part but styles and strings counts.
    names = [info.filename for info in archive.infolist()]
    strings = _Strings()
    for name in names:
        if name.endswith(_NOT_SHEETS):
            _read(archive, name, strings)
    area = letters = 0
    for name in names:
        if name.endswith(".xml") and not name.endswith(_NOT_SHEETS):
            found = _xlsx_extent(archive, name, strings)
            area, letters = max(area, found.area), max(letters, found.letters)
    return Extent(area, letters)


def _xlsx_extent(archive: zipfile.ZipFile, name: str, strings: _Strings) -> Extent:
    cells = _XlsxExtent()
    _read(archive, name, cells)
    # At most so many; few lists come near, so the exact count is rarely needed.
    letters = cells.shared * strings.longest
    if letters > _PLENTY:
        shown = _ShownLetters(strings.lengths)
        _read(archive, name, shown)
        letters = shown.letters
    return Extent(cells.area, letters)


_PLENTY: Final = 10_000_000


class _Handler(Protocol):
    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...


class _Strings:
    """Lengths of the shared strings, in their order."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self._length = 0

    @property
    def longest(self) -> int:
        return max(self.lengths, default=0)

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            self._length = 0

    def text(self, letters: str) -> None:
        self._length += len(letters)

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "si":
            self.lengths.append(self._length)


class _ShownLetters:
    """Adds up the texts of cells that show a shared string."""

    def __init__(self, lengths: list[int]) -> None:
        self.letters = 0
        self._lengths = lengths
        self._shared = False
        self._number = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag.rpartition(":")[2] == "c":
            self._shared = attributes.get("t") == "s"
        self._number = ""

    def text(self, letters: str) -> None:
        if self._shared and len(self._number) < 10:
            self._number += letters

    def end(self, tag: str) -> None:
        if self._shared and tag.rpartition(":")[2] == "v":
            number = self._number.strip()
            if number.isdecimal() and int(number) < len(self._lengths):
                self.letters += self._lengths[int(number)]


class _XlsxExtent:
    """Counts ``<c r="B7">``; a cell without reference stands right of the one before."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.area = 0
        self.shared = 0
        self._row = 0
        self._column = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() else self._row + 1
            self._column = 0
        elif tag == "c":
            place = _REFERENCE.match(attributes.get("r", ""))
            if place:
                self._column = _column_number(place[1])
                self._row = int(place[2])
            else:
                self._column += 1
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
            self.area = self.rows * self.columns
            self.shared += attributes.get("t") == "s"

    def end(self, tag: str) -> None:
        """Nothing ends that matters here."""


class _OdsExtent:
    """Counts repeated rows and cells of each table up to the last one that holds something."""

    def __init__(self) -> None:
        self.area = 0
        self.letters = 0
        self._rows = self._columns = 0
        self._row = self._column = 0
        self._repeat = self._cell_repeat = 1
        self._filled_to = 0
        self._in_row = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table:table":
            self._rows = self._columns = self._row = 0
        elif tag == "table:table-row":
            self._repeat = _repeated(attributes, "table:number-rows-repeated")
            self._column = self._filled_to = self._in_row = 0
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self._cell_repeat = _repeated(attributes, "table:number-columns-repeated")
            self._column += self._cell_repeat
        elif tag == "text:s":
            self._in_row += _repeated(attributes, "text:c") * self._cell_repeat
            if "office:value-type" in attributes:
                self._filled_to = self._column
        elif tag == "text:p":
            self._filled_to = max(self._filled_to, self._column)

    def text(self, letters: str) -> None:
        self._in_row += len(letters) * self._cell_repeat

    def end(self, tag: str) -> None:
        if tag == "table:table-row":
            self._row += self._repeat
            self.letters += self._in_row * self._repeat
            if self._filled_to:
                self._rows = self._row
                self._columns = max(self._columns, self._filled_to)
                self.area = max(self.area, self._rows * self._columns)


def _read(archive: zipfile.ZipFile, part: str, handler: _Handler) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    if isinstance(handler, _Strings | _ShownLetters | _OdsExtent):
        parser.buffer_text = True
        parser.CharacterDataHandler = handler.text
    # Office programs write no document type; entities are the other kind of bomb.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
            parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as error:
        raise ValueError(part) from error


def _refuse_doctype(name: str, *rest: object) -> None:
    raise ValueError(name, *rest)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _repeated(attributes: Mapping[str, str], key: str) -> int:
    given = attributes.get(key, "1")
    if not given.isdecimal():
        return 1
    return int(given) if len(given) < 10 else _ENDLESS
