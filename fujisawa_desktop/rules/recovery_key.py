"""The recovery key as it is written on paper: rows of letters that can be typed without mistakes.

The alphabet is Crockford's base 32: digits and capitals without I, L, O and U, so nothing that is
read as another sign.  Each row ends with two check signs over its place and its letters, so a slip is
found in its row: one wrong letter, and two letters changed round, are always noticed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from fujisawa_desktop.errors import ValidationError

KEY_BYTES: Final = 32
ROWS: Final = 4
GROUP: Final = 5
"""Letters between two blanks."""
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {sign: value for value, sign in enumerate(_SIGNS)} | {"O": 0, "I": 1, "L": 1}
_BITS: Final = 5
_DATA: Final = 13
"""Letters of a row before its check: four rows hold 260 bits, of which the first four are 0."""
_CHECK: Final = 2
_PRIME: Final = 1021
"""The largest prime below 32²."""
_WEIGHT: Final = 37
_ROW_LENGTH: Final = _DATA + _CHECK
_BETWEEN: Final = frozenset(" -‐‑‒–—―−ー_.,、・\n\r\t")


def written(raw: bytes) -> tuple[str, ...]:
    """Return a key of 32 bytes as four rows of three groups of five letters."""
    if len(raw) != KEY_BYTES:
        raise ValueError(len(raw))
    number = int.from_bytes(raw, "big")
    total = ROWS * _DATA
    letters = "".join(_SIGNS[number >> _BITS * (total - 1 - at) & 31] for at in range(total))
    rows = [letters[_DATA * row : _DATA * (row + 1)] for row in range(ROWS)]
    return tuple(_grouped(row + _check(place, row)) for place, row in enumerate(rows))


def read(text: str) -> bytes:
    """Return the key that was typed or scanned; blanks, hyphens, width and case do not matter.

    Raises:
        ValidationError: ``recovery.length`` (how many letters are there), ``recovery.sign`` (one that
            no key has), ``recovery.row`` (which row does not agree with its check).
    """
    letters = tidy(text)
    strange = next((sign for sign in letters if sign not in _VALUES), None)
    if strange is not None:
        raise ValidationError("recovery.sign", field="recovery", sign=strange)
    if len(letters) != ROWS * _ROW_LENGTH:
        raise ValidationError(
            "recovery.length", field="recovery", count=len(letters), wanted=ROWS * _ROW_LENGTH
        )
    rows = [letters[_ROW_LENGTH * row : _ROW_LENGTH * (row + 1)] for row in range(ROWS)]
    for place, row in enumerate(rows):
        if not _agrees(place, row):
            raise ValidationError("recovery.row", field="recovery", row=place + 1)
    number = 0
    for row in rows:
        for sign in row[:_DATA]:
            number = number << _BITS | _VALUES[sign]
    if number >> 8 * KEY_BYTES:
        raise ValidationError("recovery.row", field="recovery", row=1)
    return number.to_bytes(KEY_BYTES, "big")


def same_row(typed: str, row: str) -> bool:
    """Return whether a row that was typed back is the one on the paper."""
    return [_VALUES.get(sign) for sign in tidy(typed)] == [_VALUES[sign] for sign in tidy(row)]


def tidy(text: str) -> str:
    """Return the letters of a text alone, as capitals of half width."""
    whole = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in whole if sign not in _BETWEEN and not sign.isspace())


def _agrees(place: int, row: str) -> bool:
    usual = "".join(_SIGNS[_VALUES[sign]] for sign in row)
    return usual[_DATA:] == _check(place, usual[:_DATA])


def _check(place: int, letters: Sequence[str]) -> str:
    total = place + 1
    for sign in letters:
        total = (total * _WEIGHT + _VALUES[sign]) % _PRIME
    return _SIGNS[total >> _BITS] + _SIGNS[total & 31]


def _grouped(row: str) -> str:
    return " ".join(row[at : at + GROUP] for at in range(0, len(row), GROUP))
