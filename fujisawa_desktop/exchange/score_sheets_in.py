"""Score sheets as they come back, with whatever was changed in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.score_sheets import CODES, FORMAT, KEY_SHEET, POINTS_PREFIX, column_letters
from fujisawa_desktop.exchange.sheet_tables import read_sheets
from fujisawa_desktop.exchange.tabular import read_bytes


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One row as it came back; ``points`` are texts by criterion, as typed."""

    line: int
    key: str
    number: str
    name: str
    points: Mapping[int, str]
    recuse: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A score sheet as it came back.

    Attributes:
        about: lines of the hidden sheet by their first word.
        criteria: id, name, maximum and weight of each criterion when the sheet was made.
        keys: number of each row that was given out, by its key.
        entries: rows of the sheet that are not blank.
        places: what Excel calls the column of each code.
    """

    about: Mapping[str, tuple[str, ...]]
    criteria: tuple[tuple[int, str, int, int], ...]
    keys: Mapping[str, str]
    entries: tuple[ReadEntry, ...]
    places: Mapping[str, str]


def read_score_sheet(path: Path) -> ReadSheet:
    """Read a score sheet that came back.

    Raises:
        InputFileError: no workbook, or not (or no longer) a score sheet of this program.
    """
    data = read_bytes(path)
    sheets = read_sheets(data, name=path.name)
    about = sheets.pop(KEY_SHEET, [])
    stated = {line[0]: tuple(line[1:]) for line in about if line and line[0] not in {"row", "criterion"}}
    if stated.get("format", ("",))[0] != FORMAT:
        raise InputFileError("sheet.not-a-score-sheet", file=path.name)
    for rows in sheets.values():
        at = next((n for n, row in enumerate(rows) if CODES in row), None)
        if at is not None:
            return _read(rows, at, about, stated, name=path.name)
    raise InputFileError("sheet.columns-gone", file=path.name)


def _read(
    rows: list[list[str]],
    at: int,
    about: list[list[str]],
    stated: Mapping[str, tuple[str, ...]],
    *,
    name: str,
) -> ReadSheet:
    columns = {code: place for place, code in enumerate(rows[at]) if code}
    try:
        criteria = tuple(
            (int(line[1]), line[2], int(line[3]), int(line[4])) for line in about if line[0] == "criterion"
        )
        int(stated["programme"][0]), int(stated["reviewer"][0])
    except (KeyError, ValueError, IndexError) as error:
        raise InputFileError("sheet.not-a-score-sheet", file=name) from error
    wanted = {"number", "recuse", "comment", *(f"{POINTS_PREFIX}{one[0]}" for one in criteria)}
    if not wanted <= set(columns):
        raise InputFileError("sheet.columns-gone", file=name)
    entries = []
    for line, row in enumerate(rows[at + 2 :], at + 3):
        cells = {code: row[place].strip() if place < len(row) else "" for code, place in columns.items()}
        told = [value for code, value in cells.items() if code not in {"total", "no"} and value]
        if told:
            entries.append(
                ReadEntry(
                    line,
                    cells[CODES],
                    cells["number"],
                    cells.get("name", ""),
                    {one[0]: cells[f"{POINTS_PREFIX}{one[0]}"] for one in criteria},
                    cells["recuse"],
                    cells["comment"],
                )
            )
    keys = {line[1]: line[2] for line in about if line and line[0] == "row"}
    places = {code: column_letters(place) for code, place in columns.items()}
    return ReadSheet(stated, criteria, keys, tuple(entries), places)
