"""What can be pasted into the list, how a block becomes values beside people, and how a value is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from fujisawa_desktop.errors import InputFileError, ValidationError
from fujisawa_desktop.exchange.pasted import pasted_rows
from fujisawa_desktop.exchange.simple_rows import read_result
from fujisawa_desktop.rules.names import half_width
from fujisawa_desktop.services.selection_core import Verdict

Value = str | int | Verdict | None
"""A text as stored, points in hundredths, or a result."""

Key = int | str | None
"""Whom a value is for: an entry's id, a portal's number, or nobody when no row is left."""

PASTED: Final = (
    "first",
    "final",
    "score",
    "grade",
    "note",
    "name_official",
    "kana",
    "phone",
    "mail",
    "graduation",
)
"""Results of both screenings, points, and fields of a person."""

MOST_POINTS: Final = 100_000
"""In hundredths: a thousand points, more than any sheet of criteria adds up to."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A value and whom it is for."""

    key: Key
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """Values beside people; ``first_row`` is where they begin in the pasted block."""

    pairs: tuple[Pair, ...]
    first_row: int = 1


def by_number(text: str, *, number_column: int = 0, value_column: int = 1, headed: bool = False) -> Pasted:
    """Return the values of a block of at least two columns, matched by the portal's number.

    Raises:
        InputFileError: more than a list can hold.
    """
    rows = pasted_rows(text)[headed:]
    return Pasted(
        tuple(Pair(half_width(_cell(row, number_column)), _cell(row, value_column)) for row in rows),
        1 + headed,
    )


def in_order(text: str, entry_ids: Sequence[int], *, value_column: int = 0, headed: bool = False) -> Pasted:
    """Return the values of a column beside the chosen entries, from top to bottom.

    A single value goes to every chosen entry, as in a spreadsheet.

    Raises:
        InputFileError: more than a list can hold.
    """
    rows = pasted_rows(text)[headed:]
    values = [_cell(row, value_column) for row in rows]
    if len(values) == 1:
        return Pasted(tuple(Pair(key, values[0]) for key in entry_ids), 1 + headed)
    keys: list[Key] = [*entry_ids[: len(values)], *[None] * (len(values) - len(entry_ids))]
    return Pasted(tuple(map(Pair, keys, values)), 1 + headed)


def pasted_cells(text: str) -> list[tuple[str, ...]]:
    """Return a block as rows of cells; what cannot be a block at all is none."""
    try:
        return pasted_rows(text)
    except InputFileError:
        return []


def read_value(what: str, text: str) -> Value:
    """Return a result or points as a cell says them.

    Raises:
        ValidationError: ``decision.result-unknown`` or ``paste.score-unreadable``.
    """
    if what == "score":
        return read_points(text)
    result, rank = read_result(text)
    return Verdict(result, rank)


def read_points(text: str) -> int:
    """Return points in hundredths: ``92.5`` or ``９２．５点`` is 9250.

    Raises:
        ValidationError: it is no number from 0 to 1,000 with at most two places.
    """
    plain = half_width(text).removesuffix("点").replace(",", "")
    try:
        hundredths = Decimal(plain) * 100
    except InvalidOperation as error:
        raise ValidationError("paste.score-unreadable", field="score", text=text) from error
    if not hundredths.is_finite() or hundredths != int(hundredths) or not 0 <= hundredths <= MOST_POINTS:
        raise ValidationError("paste.score-unreadable", field="score", text=text)
    return int(hundredths)


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
