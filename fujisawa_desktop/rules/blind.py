"""Blind reading: what would tell who wrote an answer is covered with ■.

Only literal words are covered, however they are written (width, variant kanji, hiragana or
katakana).  What a person tells in other words stays: a reader must know that blind reading of free
text is a help, not a promise.
"""

from __future__ import annotations

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
    """Return the text with every occurrence of the words covered; each sign stays one sign long."""
    folded, places = _folded(text)
    spans: list[tuple[int, int]] = []
    for word in dict.fromkeys(words):
        wanted, _places = _folded(word)
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if end == len(folded) or not unicodedata.combining(folded[end]):
                spans.append((places[at], places[end - 1] + 1))
            at = folded.find(wanted, at + 1)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for start, end in merged:
        text = text[:start] + COVER * (end - start) + text[end:]
    return Covered(text, len(merged))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return what is compared, and where each of its signs stands in the text; gaps are left out."""
    folded: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        forms = _form(sign)
        folded.append(forms)
        places.extend([at] * len(forms))
    return "".join(folded), places


@cache
def _form(sign: str) -> str:
    """Return one character in the form in which all ways of writing it are equal."""
    if sign.isspace() or sign == "・":
        return ""
    plain = unicodedata.normalize("NFKD", _FIRST_FORM.get(sign, sign)).lower()
    return "".join(
        chr(ord(part) + _KANA_STEP) if "ぁ" <= part <= "ゖ" else _FIRST_FORM.get(part, part)
        for part in plain
        if not part.isspace()
    )
