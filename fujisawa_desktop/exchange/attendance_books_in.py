"""Attendance workbooks as they come back, with whatever was changed in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.attendance_books import COLUMNS, FORMAT, SIGNED_BY, SIGNED_ON, TYPED
from fujisawa_desktop.exchange.score_sheets import CODES, KEY_SHEET, column_letters
from fujisawa_desktop.exchange.sheet_tables import read_sheets
from fujisawa_desktop.exchange.tabular import read_bytes


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it came back; ``cells`` are texts by code, as typed."""

    line: int
    key: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """One person's sheet as it came back.

    Attributes:
        issued: keys of the rows that were given out.
        heading: what stands above the days, which names the person.
        places: what Excel calls the column of each code.
    """

    sheet: str
    key: str
    number: str
    name: str
    heading: str
    issued: frozenset[str]
    rows: tuple[ReadRow, ...]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A workbook as it came back; ``missing`` are people whose sheet is gone or unreadable."""

    about: Mapping[str, tuple[str, ...]]
    people: tuple[ReadPerson, ...]
    missing: tuple[tuple[str, str], ...]
    signed_on: str
    signed_by: str


def is_attendance_book(path: Path) -> bool:
    """Say whether a file is a workbook of this program, as far as can be seen without judging it."""
    try:
        about = read_sheets(read_bytes(path), name=path.name).get(KEY_SHEET, [])
    except InputFileError:
        return False
    return bool(about) and about[0][:2] == ["format", FORMAT]


def read_attendance_book(path: Path) -> ReadBook:
    """Read a workbook that came back.

    Raises:
        InputFileError: no workbook, or not (or no longer) one of this program.
    """
    sheets = read_sheets(read_bytes(path), name=path.name)
    about = sheets.pop(KEY_SHEET, [])
    stated = {line[0]: tuple(line[1:]) for line in about if line and line[0] not in {"row", "person"}}
    if stated.get("format", ("",))[0] != FORMAT:
        raise InputFileError("attendance.not-a-book", file=path.name)
    issued: dict[str, set[str]] = {}
    for line in about:
        if line[0] == "row":
            issued.setdefault(line[1], set()).add(line[2])
    people, missing = [], []
    for line in about:
        if line[0] == "person":
            sheet, key, number, name = (*line, "", "", "", "")[1:5]
            found = _person(
                sheets.get(sheet, []), sheet, (key, number, name), frozenset(issued.get(sheet, ()))
            )
            if found is None:
                missing.append((number, name))
            else:
                people.append(found)
    first = next(iter(sheets.values()), [])
    return ReadBook(
        stated,
        tuple(people),
        tuple(missing),
        _signed(first, stated.get(SIGNED_ON, ())),
        _signed(first, stated.get(SIGNED_BY, ())),
    )


def _person(
    rows: Sequence[Sequence[str]], sheet: str, who: tuple[str, str, str], issued: frozenset[str]
) -> ReadPerson | None:
    at = next((n for n, row in enumerate(rows) if CODES in row), None)
    if at is None:
        return None
    columns = {code: place for place, code in enumerate(rows[at]) if code}
    if not set(columns) >= TYPED:
        return None
    found = []
    for line, row in enumerate(rows[at + 2 :], at + 3):
        cells = {code: row[place].strip() if place < len(row) else "" for code, place in columns.items()}
        if any(cells[code] for code in (*TYPED, CODES, "day") if code in cells):
            found.append(ReadRow(line, cells[CODES], {code: cells.get(code, "") for code in COLUMNS}))
    heading = next((cell for cell in rows[1] if cell), "") if len(rows) > 1 else ""
    places = {code: column_letters(place) for code, place in columns.items()}
    return ReadPerson(sheet, *who, heading, issued, tuple(found), places)


def _signed(rows: Sequence[Sequence[str]], place: Sequence[str]) -> str:
    """Return what stands in a cell of the first sheet."""
    try:
        return rows[int(place[0])][int(place[1])].strip()
    except (ValueError, IndexError):
        return ""
