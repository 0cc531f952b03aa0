"""What the readers of rows share: rejections, warnings, and the portal's number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.names import half_width

SPREADSHEET_DIGITS: Final = 15
"""Digits that a spreadsheet keeps of a number; further ones become zeros."""
_LONG_NUMBER: Final = 8
_LONGEST_SHOWN: Final = 60
_EXCEL_TEXT: Final = re.compile(r'="([^"]*)"')
_DAMAGED: Final = re.compile(r"[+-]?\d+(?:[.,]\d*)?E[+-]?\d+|\d+\.\d*|#+|#[A-Z/0!?]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not taken in: where, which column, and the code of the reason."""

    line: int
    column: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowWarning:
    """Something a clerk should look at in a row that is taken in."""

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    column: str = ""


class RowRefused(Exception):  # noqa: N818 - the outcome of one row, not an error of the program
    """Ends the reading of one row."""

    def __init__(self, rejection: Rejection) -> None:
        """Carry the rejection; the text of the exception is its bare code."""
        super().__init__(rejection.code)
        self.rejection = rejection


def clean(cell: str) -> str:
    """Return a cell without outer space; ``="0123"``, Excel's way to keep zeros, becomes 0123."""
    text = cell.strip()
    kept = _EXCEL_TEXT.fullmatch(text) if text.startswith("=") else None
    return kept[1].strip() if kept else text


def portal_number(text: str) -> str:
    """Return a portal's number in half-width letters, leading zeros kept.

    Raises:
        ValidationError: ``number.missing``, or ``number.damaged`` when a spreadsheet has turned it
            into a rounded figure (1.23457E+11).
    """
    number = half_width(text)
    if not number:
        raise ValidationError("number.missing", field="number")
    if not number.isdecimal() and _DAMAGED.fullmatch(number):
        raise ValidationError("number.damaged", field="number", text=number)
    return number


def expected_digits(numbers: Sequence[str]) -> int:
    """Return the length that nearly all long numbers of a file share, else 0.

    A spreadsheet drops leading zeros: among twelve-digit numbers one of eleven digits is damaged.
    """
    lengths = Counter(len(number) for number in numbers if number.isdecimal())
    if not lengths:
        return 0
    length, count = lengths.most_common(1)[0]
    return length if length >= _LONG_NUMBER and count * 10 >= lengths.total() * 9 else 0


def all_rounded(numbers: Sequence[str]) -> bool:
    """Return whether every number beyond 15 digits ends in zeros there, as a spreadsheet leaves them."""
    long = [number for number in numbers if number.isdecimal() and len(number) > SPREADSHEET_DIGITS]
    return len(long) > 1 and all(not number[SPREADSHEET_DIGITS:].strip("0") for number in long)


def shown_params(error: ValidationError) -> dict[str, object]:
    """Return an error's parameters for a message about a cell; endless texts are cut."""
    return {
        key: f"{value[:_LONGEST_SHOWN]}…" if isinstance(value, str) and len(value) > _LONGEST_SHOWN else value
        for key, value in error.params.items()
        if key != "field"
    }
