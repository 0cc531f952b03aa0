"""A table as every reader gives it: headings, rows and where each row stands in its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fujisawa_desktop.errors import InputFileError

MAX_BYTES: Final = 12_000_000
"""Largest file that is opened: 15,000 applicants as text, at about 740 bytes each in UTF-8."""
MAX_COLUMNS: Final = 1_000
MAX_ROWS: Final = 15_000
"""Most rows of a file: taken in as one act, with all that comes of them, they stay below 300 MB."""
MAX_CELLS: Final = 330_000
"""Most cells of a file: 15,000 rows of 22 columns."""

FORMULA_SIGNS: Final = "=+-@\t\r＝＋－＠"
"""A text cell that begins with one of these may come alive in a spreadsheet."""

_OFTEN_AT_MOST: Final = 40
"""Longer cells hardly repeat."""
_MOST_KEPT: Final = 20_000
_AROUND_HEADINGS: Final = "\ufeff \t\r\n\u3000"


class Kind(StrEnum):
    """What a file is by its content; the ending of its name is not trusted."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Row:
    """One record; ``line`` is the physical line of the file where it begins (the heading is 1).

    In a sheet ``line`` is the row number.  ``cells`` has at least as many cells as the table has
    headings; more only when a cell beyond the headings holds text.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as headings and rows; blank lines are not rows."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    kind: Kind


def build_table(
    records: Iterable[tuple[int, Sequence[str]]], *, name: str, encoding: str, kind: Kind
) -> Table:
    """Make a table of records: the first one that is not blank holds the headings.

    Raises:
        InputFileError: nothing but blanks, headings only, or more than the limits.
    """
    filled = _not_blank(records, name=name)
    first = next(filled, None)
    if first is None:
        raise InputFileError("file.empty", file=name)
    headings = tuple(
        heading.strip("\ufeff \t\r\n\u3000") for heading in _without_trailing_blanks(first[1], 0)
    )
    rows: list[Row] = []
    count, width = 0, len(headings)
    known = _Repeated()
    for line, cells in filled:
        if len(rows) == MAX_ROWS:
            raise InputFileError("file.too-many-rows", file=name, rows=MAX_ROWS)
        fitted = cells if len(cells) == width else _fitted(cells, width)
        rows.append(Row(line, tuple(map(known.__getitem__, fitted))))
        count += len(fitted)
        if count > MAX_CELLS:
            raise InputFileError("file.too-many-cells", file=name, cells=MAX_CELLS)
    if not rows:
        raise InputFileError("file.headings-only", file=name)
    return Table(headings, tuple(rows), encoding, kind)


class _Repeated(dict[str, str]):
    """Gives equal cells as one text, so that schools, courses and states are held once."""

    def __missing__(self, cell: str) -> str:
        if len(cell) <= _OFTEN_AT_MOST and len(self) < _MOST_KEPT:
            self[cell] = cell
        return cell


def _not_blank(
    records: Iterable[tuple[int, Sequence[str]]], *, name: str
) -> Iterator[tuple[int, Sequence[str]]]:
    for line, cells in records:
        text = "".join(cells)
        if not text or text.isspace():
            continue
        if len(cells) > MAX_COLUMNS:
            raise InputFileError("file.too-many-columns", file=name, line=line, columns=MAX_COLUMNS)
        if "\0" in text:
            raise InputFileError("file.nul", file=name, line=line)
        yield line, cells


def _fitted(cells: Sequence[str], width: int) -> Sequence[str]:
    if len(cells) < width:
        return (*cells, *[""] * (width - len(cells)))
    return _without_trailing_blanks(cells, width)


def _without_trailing_blanks(cells: Sequence[str], at_least: int) -> Sequence[str]:
    end = len(cells)
    while end > at_least and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
