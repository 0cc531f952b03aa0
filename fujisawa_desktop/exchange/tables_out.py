"""Lists as csv and xlsx bytes that open in Excel without anything coming alive."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.file_names import sheet_name
from fujisawa_desktop.exchange.legacy_text import CP932, substituted, unwritable
from fujisawa_desktop.exchange.table import FORMULA_SIGNS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | datetime | time | None
"""Numbers stay numbers; identifiers and telephones must come as text."""

EXCEL_CELL: Final = 32_767
EXCEL_ROWS: Final = 1_048_576
_WIDEST: Final = 60
_NARROWEST: Final = 8
_NOT_IN_FILES: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FORMULA: Final = re.compile(f"'*[{re.escape(FORMULA_SIGNS)}]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list to write: a title (name of the sheet), headings and rows of equal width."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Unwritable:
    """A cell with characters that an encoding cannot hold; ``row`` counts from 0 without headings."""

    row: int
    heading: str
    characters: tuple[str, ...]


def unwritable_cells(sheet: Sheet) -> list[Unwritable]:
    """Return every cell that CP932 cannot hold."""
    return [
        Unwritable(at, heading, characters)
        for at, row in enumerate(sheet.rows)
        for heading, cell in zip(sheet.headings, row, strict=True)
        if isinstance(cell, str) and (characters := unwritable(cell))
    ]


def cp932_bytes(sheet: Sheet, *, substitute: bool = False, separator: str = ",") -> bytes:
    """Return the list as csv in CP932, for programs that read nothing else.

    Args:
        sheet: the list.
        substitute: write 〓 for what the encoding cannot hold, once a person has agreed to it.
        separator: what stands between the values.

    Raises:
        RuleError: there are such characters and nobody agreed.
    """
    missing = unwritable_cells(sheet)
    if missing and not substitute:
        raise RuleError("export.cp932-unwritable", cells=len(missing))
    return substituted(_csv_text_of(sheet, separator)).encode(CP932)


def csv_bytes(sheet: Sheet, *, separator: str = ",") -> bytes:
    """Return the list as csv for Excel: UTF-8 with mark, CRLF, everything quoted.

    A text that begins like a formula gets an apostrophe, which our own reader takes off again.
    """
    return _csv_text_of(sheet, separator).encode("utf-8-sig")


def _csv_text_of(sheet: Sheet, separator: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell_text(heading) for heading in sheet.headings])
    writer.writerows([cell_text(cell) for cell in row] for row in sheet.rows)
    return stream.getvalue()


def text_bytes(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, encoding: str, separator: str
) -> bytes:
    """Return rows as csv or tsv in a given character code, everything quoted.

    The first cell of a row may hold our own words; a letter that the code lacks becomes ``?`` there.

    Raises:
        UnicodeEncodeError: another cell holds a letter that the code lacks.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    for first, *others in rows:
        own = first.encode(encoding, "replace").decode(encoding)
        writer.writerow([guarded(cell) for cell in (own, *others)])
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    return (mark + stream.getvalue()).encode(encoding)


def cell_text(cell: Cell) -> str:
    """Return a cell as csv writes it; a text that begins like a formula is guarded."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(whole(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return str(cell)


def whole(text: str) -> str:
    """Return a text without what no sheet can hold: NUL goes, half a pair of UTF-16 becomes U+FFFD."""
    return _NOT_IN_FILES.sub("\ufffd", text.replace("\0", ""))


def guarded(text: str) -> str:
    """Return a text that stays one in a spreadsheet: an apostrophe before a sign of a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def xlsx_bytes(sheet: Sheet) -> bytes:
    """Return the list as a workbook of one sheet: headings bold and frozen, texts as text cells.

    Raises:
        RuleError: a text, or the number of rows, is more than Excel can hold; csv can hold it.
    """
    # A large writer that only this export needs.
    import xlsxwriter  # noqa: PLC0415

    _check_limits(sheet)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        page = book.add_worksheet(_title(sheet.title))
        styles = _Styles(
            heading=book.add_format({"bold": True, "bottom": 1, "num_format": "@"}),
            text=book.add_format({"num_format": "@", "valign": "top"}),
            day=book.add_format({"num_format": "yyyy/mm/dd", "valign": "top"}),
            moment=book.add_format({"num_format": "yyyy/mm/dd hh:mm", "valign": "top"}),
            clock=book.add_format({"num_format": "h:mm", "valign": "top"}),
            whole=book.add_format({"num_format": "#,##0", "valign": "top"}),
            fraction=book.add_format({"valign": "top"}),
        )
        page.freeze_panes(1, 0)
        for column, heading in enumerate(sheet.headings):
            page.write_string(0, column, whole(heading), styles.heading)
            page.set_column(column, column, _width(sheet, column))
        for index, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                _write_cell(page, (index, column), cell, styles)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Styles:
    heading: Format
    text: Format
    day: Format
    moment: Format
    clock: Format
    whole: Format
    fraction: Format


def _write_cell(page: Worksheet, place: tuple[int, int], cell: Cell, styles: _Styles) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(*place, whole(cell), styles.text)
    elif isinstance(cell, datetime):
        page.write_datetime(*place, cell, styles.moment)
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, styles.day)
    elif isinstance(cell, time):
        page.write_datetime(*place, cell, styles.clock)
    else:
        page.write_number(*place, cell, styles.whole if isinstance(cell, int) else styles.fraction)


def _check_limits(sheet: Sheet) -> None:
    if len(sheet.rows) >= EXCEL_ROWS:
        raise RuleError("export.too-many-rows", rows=len(sheet.rows), most=EXCEL_ROWS - 1)
    for index, row in enumerate(sheet.rows, start=2):
        for heading, cell in zip(sheet.headings, row, strict=True):
            if isinstance(cell, str) and len(cell) > EXCEL_CELL:
                raise RuleError("export.cell-too-long", row=index, heading=heading, most=EXCEL_CELL)


def _width(sheet: Sheet, column: int) -> int:
    """Return a width in half-width characters that shows most values, by the first few hundred rows."""
    longest = _columns_of(sheet.headings[column]) + 2
    for row in sheet.rows[:300]:
        longest = max(longest, _columns_of(cell_text(row[column]).partition("\n")[0]))
    return min(max(longest + 1, _NARROWEST), _WIDEST)


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text[:_WIDEST])


def _title(title: str) -> str:
    return sheet_name(title) or "Sheet1"
