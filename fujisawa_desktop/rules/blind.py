"""Blind reading: what would tell who wrote an answer is covered with ■.

Only literal words are covered, however they are written (width, variant kanji, hiragana or
katakana).  What a person tells in other words stays: a reader must know that blind reading of free
text is a help, not a promise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from fujisawa_desktop.rules.variants import VARIANT_KANJI

COVER: Final = "■"
_LEAST: Final = 2
"""A single character (林, 一) stands in too many other words to be covered by itself."""
_FIRST_FORM: Final = {variant: common for common, variants in VARIANT_KANJI.items() for variant in variants}
_GAP: Final = r"[\s\u3000・]*"
_KANA_STEP: Final = ord("ァ") - ord("ぁ")


@dataclass(frozen=True, slots=True)
class Covered:
    """A text with words covered, and how many places that were."""

    text: str
    places: int


def telling_words(*, names: Iterable[str], schools: Iterable[str], literal: Iterable[str]) -> tuple[str, ...]:
    """Return the words to cover: whole names and their parts, schools, and literal ones (mail, telephone)."""
    words: list[str] = []
    for name in names:
        parts = name.split()
        words.append("".join(parts))
        words.extend(part for part in parts if len(part) >= _LEAST)
    for school in map(str.strip, schools):
        words.append(school)
        if school.endswith("大学"):
            words.append(school.removesuffix("学"))  # 見本大: the short form people write
    words.extend(text.strip() for text in literal)
    return tuple(dict.fromkeys(word for word in words if len(word) >= _LEAST))


def cover(text: str, words: Iterable[str]) -> Covered:
    """Return the text with every occurrence of the words covered, longest words first."""
    wanted = sorted(dict.fromkeys(words), key=len, reverse=True)
    if not wanted or not text:
        return Covered(text, 0)
    pattern = re.compile("|".join(_pattern(word) for word in wanted), re.IGNORECASE)
    covered, places = pattern.subn(lambda found: COVER * len(found.group()), text)
    return Covered(covered, places)


def _pattern(word: str) -> str:
    return _GAP.join(_signs(sign) for sign in word if not sign.isspace())


@cache
def _signs(sign: str) -> str:
    """Return what one character may be written as."""
    common = _FIRST_FORM.get(sign, sign)
    forms = {sign, common, *VARIANT_KANJI.get(common, "")}
    for form in tuple(forms):
        forms.add(unicodedata.normalize("NFKC", form))
        if "ァ" <= form <= "ヶ":
            forms.add(chr(ord(form) - _KANA_STEP))
        elif "ぁ" <= form <= "ゖ":
            forms.add(chr(ord(form) + _KANA_STEP))
        if "!" <= form <= "~":
            forms.add(chr(ord(form) + 0xFEE0))
    single = "".join(re.escape(form) for form in sorted(forms) if len(form) == 1)
    longer = [re.escape(form) for form in sorted(forms) if len(form) > 1]
    return f"(?:[{single}]|{'|'.join(longer)})" if longer else f"[{single}]"
