"""Document numbers (文書番号): what a clerk types for one, and which of a fiscal year are missing.

Source: domain rules 3.6; a number is used once in a fiscal year, counted from the first of April,
and whoever reads the ledger must be able to see what became of every number below the last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from fujisawa_desktop.errors import ValidationError

HIGHEST: Final = 99_999
"""No office gets so far in a year; a larger figure is a slip."""
_WRITTEN: Final = re.compile(r"(?:第\s*)?(?P<number>\d{1,9})(?:\s*号)?", re.ASCII)


def read_number(text: str, *, sign: str = "", field: str = "document_number") -> int:
    """Read a document number: ``123``, ``１２３``, ``第123号``, ``藤職第123号``.

    Args:
        text: what was typed.
        sign: the office's sign, which may stand before the number.
        field: what a refusal names.

    Raises:
        ValidationError: ``numbers.unreadable`` or ``numbers.out-of-range``.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    folded_sign = unicodedata.normalize("NFKC", sign).strip()
    if folded_sign:
        plain = plain.removeprefix(folded_sign).lstrip()
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        raise ValidationError("numbers.unreadable", field=field, text=text.strip())
    number = int(match["number"])
    check_number(number, field=field)
    return number


def check_number(number: int, *, field: str = "document_number") -> None:
    """Refuse what is no document number.

    Raises:
        ValidationError: ``numbers.out-of-range``.
    """
    if not 1 <= number <= HIGHEST:
        raise ValidationError("numbers.out-of-range", field=field, number=number, most=HIGHEST)


def gaps(taken: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of each gap below the highest number taken, counted from 1."""
    expected = 1
    for number in sorted(set(taken)):
        if number > expected:
            yield expected, number - 1
        expected = number + 1


def written_ranges(numbers: Iterable[int]) -> str:
    """Return numbers as a clerk writes them: ``3``, ``3～5``, ``3～5、8``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return "、".join(str(first) if first == last else f"{first}～{last}" for first, last in runs)
