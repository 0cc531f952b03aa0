"""Spreadsheets (xlsx, ods, xls) through calamine, after checking that they are not bombs.

calamine holds a sheet as one dense rectangle of texts.  A file of 300 kB can therefore ask for
300 MB in three ways: by unpacking to a huge text, by one cell in the last corner, or by a long text
that a million cells share.  All are checked before calamine sees the file.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.negative_cells import with_negative_texts
from fujisawa_desktop.exchange.sheet_extent import extent_of
from fujisawa_desktop.exchange.table import Kind, Table, build_table
from fujisawa_desktop.exchange.xls_check import xls_extent
from fujisawa_desktop.exchange.zip_check import check_parts

MAX_UNPACKED: Final = 50_000_000
MAX_RATIO: Final = 100
MAX_ENTRIES: Final = 1_000
MAX_CELLS: Final = 2_000_000
"""Largest rectangle of one sheet; 50,000 rows of 40 columns."""
MAX_LETTERS: Final = 30_000_000
"""Most characters of a sheet: one long text may be shown in a million cells."""
_RATIO_FROM: Final = 1_000_000
"""A small part may be packed tightly without harm."""

_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    EOFError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
)
"""All that zipfile and the XML reader say of a broken archive."""

_CellValue = int | float | str | bool | time | date | datetime | timedelta


def parse_packed(data: bytes, *, name: str) -> Table:
    """Read an xlsx (or xlsm, macros unread) or ods file.

    Raises:
        InputFileError: not a spreadsheet, damaged, locked by a password, or larger than the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = _packed_kind(archive, name=name)
            _refuse_bomb(archive, data, name=name)
            extent = extent_of(archive, kind)
    except _UNREADABLE as error:
        raise InputFileError("file.damaged", file=name) from error
    if extent.area > MAX_CELLS or extent.letters > MAX_LETTERS:
        raise InputFileError("file.bomb", file=name)
    return _parse(with_negative_texts(data) if kind is Kind.XLSX else data, kind, name=name)


def read_sheets(data: bytes, *, name: str) -> dict[str, list[list[str]]]:
    """Return all sheets of an xlsx or ods file, hidden ones too, as rows of text from the first cell on.

    Formulas are read as the value they had when the file was saved.

    Raises:
        InputFileError: as :func:`parse_packed`.
    """
    # calamine is a native module that only sheets need.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415

    parse_packed(data, name=name)  # all checks, before anything is held in memory
    found: dict[str, list[list[str]]] = {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(with_negative_texts(data))) as book:
            for index, sheet in enumerate(book.sheets_metadata):
                if sheet.typ is SheetTypeEnum.WorkSheet:
                    values = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
                    found[sheet.name] = [cells for _line, cells in _records(values)]
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise InputFileError("file.damaged", file=name) from error
    except BaseException as error:
        # As in _parse: a panic of the native reader is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise InputFileError("file.damaged", file=name) from error
    return found


def parse_xls(data: bytes, *, name: str) -> Table:
    """Read an xls file of Excel 97 to 2003.

    Raises:
        InputFileError: damaged, locked by a password, or not a spreadsheet.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputFileError("file.password", file=name)
    try:
        extent = xls_extent(data)
    except _UNREADABLE as error:
        raise InputFileError("file.damaged", file=name) from error
    if extent.area > MAX_CELLS or extent.letters > MAX_LETTERS:
        raise InputFileError("file.bomb", file=name)
    return _parse(data, Kind.XLS, name=name)


def _packed_kind(archive: zipfile.ZipFile, *, name: str) -> Kind:
    entries = set(archive.namelist())
    if "xl/workbook.xml" in entries:
        return Kind.XLSX
    if "content.xml" in entries and "mimetype" in entries:
        # 64 bytes hold the longest type of the OpenDocument family.
        with archive.open("mimetype") as stream:
            if b"spreadsheet" in stream.read(64):
                return Kind.ODS
    raise InputFileError("file.unknown-kind", file=name)


def _refuse_bomb(archive: zipfile.ZipFile, data: bytes, *, name: str) -> None:
    infos = archive.infolist()
    stated = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    steep = stated > _RATIO_FROM and stated > MAX_RATIO * max(packed, 1)
    if len(infos) > MAX_ENTRIES or stated > MAX_UNPACKED or steep:
        raise InputFileError("file.bomb", file=name)
    for info in infos:
        if info.flag_bits & 1:
            raise InputFileError("file.password", file=name)
        if info.compress_type not in _PACKINGS:
            raise InputFileError("file.damaged", file=name)
    check_parts(data, archive)


def _parse(data: bytes, kind: Kind, *, name: str) -> Table:
    # calamine is a native module that only sheets need.
    from python_calamine import (  # noqa: PLC0415
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    rows: Iterable[list[_CellValue]] = ()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for index, sheet in enumerate(book.sheets_metadata):
                if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
                    found = book.get_sheet_by_index(index)
                    if found.total_height:
                        rows = found.iter_rows()
                        break
            # Row by row: a whole sheet of Python's texts is several times as large as the table of it.
            return build_table(_records(rows), name=name, encoding="", kind=kind)
    except PasswordError as error:
        raise InputFileError("file.password", file=name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise InputFileError("file.damaged", file=name) from error
    except BaseException as error:
        # A panic of the native reader is no Exception; anything else must go its way.
        if type(error).__name__ != "PanicException":
            raise
        raise InputFileError("file.damaged", file=name) from error


def _records(values: Iterable[list[_CellValue]]) -> Iterator[tuple[int, list[str]]]:
    for index, row in enumerate(values, start=1):
        yield index, [cell if isinstance(cell, str) else _text(cell) for cell in row]


def _text(value: _CellValue) -> str:
    """Return a typed cell as a clerk reads it; a number beyond 15 digits keeps its E, it is damaged."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, time):
        # Seconds are shown where there are any: whether they may be is for the reader of the rows to say.
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, timedelta):
        minutes = round(abs(value).total_seconds() / 60)
        sign = "-" if value < timedelta(0) else ""
        return f"{sign}{minutes // 60}:{minutes % 60:02d}"
    return str(value)
