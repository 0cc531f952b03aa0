"""How figures are written: half width, full width, or mixed (domain rules 3.4).

公用文 does not prescribe the width of figures but asks for one way in a document.  Only the width
changes: no separator is added or left out, so that years, document numbers and telephone numbers
stay without commas.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

DigitStyle = Literal["half", "full", "mixed"]
DIGIT_STYLES: Final[tuple[DigitStyle, ...]] = ("half", "full", "mixed")

_HALF: Final = "0123456789,.:-"
_FULL: Final = "０１２３４５６７８９，．：－"
_TO_HALF: Final = str.maketrans(_FULL, _HALF)
_TO_FULL: Final = str.maketrans({**dict(zip(_HALF, _FULL, strict=True)), "/": "／"})
_FULL_DIGIT: Final = re.compile("[０-９]")
_ANY_DIGIT: Final = re.compile("[0-9０-９]")
# A run of signs that belong together; what has a letter in it (R6, A4, an address) is a word.
_RUN: Final = re.compile("[!-~０-９，．：－]+")
_LETTER: Final = re.compile("[A-Za-z@]")
_NUMBER: Final = re.compile("[0-9０-９]+(?:[,.:/\\-，．：－][0-9０-９]+)*")


def _to_half(number: str) -> str:
    return number.translate(_TO_HALF)


def _to_full(number: str) -> str:
    return number.translate(_TO_FULL)


def _to_mixed(number: str) -> str:
    return _to_full(number) if len(number) == 1 else _to_half(number)


def in_digit_style(text: str, style: DigitStyle) -> str:
    """Return ``text`` with its figures in one style; words such as R6 or a mail address stay as they are.

    ``mixed`` is the common habit of city halls: a single digit full width, ``１次``, several half,
    ``10月``; a number with separators (1,258 or 9:00) is one number.  An unknown style is ``half``.
    """
    if style == "full":
        return _changed(text, _to_full) if _ANY_DIGIT.search(text) else text
    if style == "mixed":
        return _changed(text, _to_mixed) if _ANY_DIGIT.search(text) else text
    return _changed(text, _to_half) if _FULL_DIGIT.search(text) else text


def _changed(text: str, change: Callable[[str], str]) -> str:
    def run(found: re.Match[str]) -> str:
        if _LETTER.search(found[0]):
            return found[0]
        return _NUMBER.sub(lambda number: change(number[0]), found[0])

    return _RUN.sub(run, text)
