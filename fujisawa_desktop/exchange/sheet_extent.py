"""How far the cells of a packed spreadsheet reach, read from its XML as a stream."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

from fujisawa_desktop.exchange.table import Kind

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_CHUNK: Final = 1 << 20

_Start = Callable[[str, Mapping[str, str]], None]


def widest_area(archive: zipfile.ZipFile, kind: Kind) -> int:
    """Return rows × columns of the largest sheet, counted to its furthest cell.

    Raises:
        ValueError: a part is not well-formed XML, or an entity swells.
    """
    if kind is Kind.ODS:
        return _area_of(archive, "content.xml", _OdsExtent())
    # Names of sheets are what the workbook says, so every XML part below xl/ but the style sheets counts.
    parts = [
        info.filename
        for info in archive.infolist()
        if info.filename.endswith(".xml") and not info.filename.endswith(("styles.xml", "sharedStrings.xml"))
    ]
    return max((_area_of(archive, part, _XlsxExtent()) for part in parts), default=0)


class _XlsxExtent:
    """Counts ``<c r="B7">``; a cell without reference stands right of the one before."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.area = 0
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

    def end(self, tag: str) -> None:
        """Nothing ends that matters here."""


class _OdsExtent:
    """Counts repeated rows and cells of each table up to the last one that holds something."""

    def __init__(self) -> None:
        self.area = 0
        self._rows = self._columns = 0
        self._row = self._column = 0
        self._repeat = 1
        self._filled_to = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table:table":
            self._rows = self._columns = self._row = 0
        elif tag == "table:table-row":
            self._repeat = _repeated(attributes, "table:number-rows-repeated")
            self._column = self._filled_to = 0
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self._column += _repeated(attributes, "table:number-columns-repeated")
            if "office:value-type" in attributes:
                self._filled_to = self._column
        elif tag == "text:p":
            self._filled_to = max(self._filled_to, self._column)

    def end(self, tag: str) -> None:
        if tag == "table:table-row":
            self._row += self._repeat
            if self._filled_to:
                self._rows = self._row
                self._columns = max(self._columns, self._filled_to)
                self.area = max(self.area, self._rows * self._columns)


def _area_of(archive: zipfile.ZipFile, part: str, extent: _XlsxExtent | _OdsExtent) -> int:
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    # Office programs write no document type; entities are the other kind of bomb.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
            parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as error:
        raise ValueError(part) from error
    return extent.area


def _refuse_doctype(name: str, *rest: object) -> None:
    raise ValueError(name, *rest)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _repeated(attributes: Mapping[str, str], key: str) -> int:
    given = attributes.get(key, "1")
    return int(given) if given.isdecimal() and len(given) < 10 else 1
