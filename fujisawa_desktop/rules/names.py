"""Names of people: what is stored, what is searched, how a list is ordered.

A stored name is never normalised (domain rules 4.4); everything here that folds characters
makes a separate key.  The order of lists is JIS X 4061 (4.11), family name first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.variants import VARIANT_KANJI

_KATAKANA_SHIFT: Final = ord("ァ") - ord("ぁ")
_HIRAGANA_TO_KATAKANA: Final = {
    code: code + _KATAKANA_SHIFT for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)
}
_SELECTORS: Final = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180E))
_INVISIBLE: Final = (0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
_HYPHENS: Final = "‐‑‒–—―−"
_KEY_TABLE: Final[dict[int, int | None]] = {
    **_HIRAGANA_TO_KATAKANA,
    **{ord(variant): ord(common) for common, variants in VARIANT_KANJI.items() for variant in variants},
    **dict.fromkeys(_SELECTORS),
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(range(0x1C, 0x21)),
    **dict.fromkeys((0x09, 0x0B, 0x0C, 0x0D)),
    **dict.fromkeys(map(ord, "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000・")),
    **dict.fromkeys(range(0x2000, 0x200B)),
    **dict.fromkeys(map(ord, _HYPHENS), ord("-")),
    ord("ヶ"): ord("ケ"),
    ord("ヵ"): ord("カ"),
    ord("ゖ"): ord("ケ"),
    ord("ゕ"): ord("カ"),
    **{ord(old): ord(new) for old, new in zip("ヰヱゐゑ", "イエイエ", strict=True)},
}
_BETWEEN: Final = "\x01"
"""Between texts that are folded together: no letter joins it, and it is folded to nothing else."""
_GAP: Final = "\n"
"""Between the words of one text while they are folded."""
_ODD_START: Final = re.compile(rf"([{_BETWEEN}{_GAP}])((?:[^\w{_BETWEEN}{_GAP}]|[\u1160-\u11ff])+)")
"""A word that does not begin with a letter or digit, or begins within a Hangul syllable."""
_HYPHENS_AFTER_KANA: Final = re.compile(r"(?<=[ァ-ヴー])-+")
_PLAIN_KANA: Final = re.compile("[ァ-ヴー・]+(?: [ァ-ヴー・]+)*")
_PRIVATE_USE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Category Co of Unicode."""
_BRACKETS: Final = re.compile(r"[(\[【〔「][^)\]】〕」]*[)\]】〕」]")
_OPENED: Final = re.compile(r"[(\[【〔「]")
_DASH_AFTER_KANA: Final = re.compile(rf"(?<=[ァ-ヴー])[-{_HYPHENS}]")


def half_width(text: str) -> str:
    """Return the text with full-width letters and digits made half-width, outer space cut (NFKC)."""
    # ASCII is its own normal form, and most cells of a file are numbers and addresses.
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def search_key(text: str) -> str:
    """Return the key under which a name, or a part of it, is found however it is written.

    Width, letter case, variation selectors, variant characters (髙 → 高), hiragana, spaces and
    middle dots make no difference (4.5).  Applying it to a key gives the same key, and every one of
    its :func:`search_terms` stands in the key.
    """
    if text.isascii():
        return "".join(text.lower().split())
    words = _GAP + _GAP.join(text.split())
    key = unicodedata.normalize("NFKC", words).lower().translate(_KEY_TABLE)
    # What was cut out may have stood between a letter and its mark (か゛): join those too.
    while not unicodedata.is_normalized("NFKC", key):
        key = unicodedata.normalize("NFKC", key).lower().translate(_KEY_TABLE)
    key = _ODD_START.sub(_without_loose_marks, key).replace(_GAP, "")
    return _HYPHENS_AFTER_KANA.sub(lambda found: "ー" * len(found[0]), key) if "-" in key else key


def _without_loose_marks(start: re.Match[str]) -> str:
    """Cut marks that begin a word, lest they change a letter of the word before."""
    marks = takewhile(
        lambda sign: unicodedata.category(sign)[0] == "M" or "\u1160" <= sign <= "\u11ff", start[2]
    )
    return start[1] + start[2][sum(1 for _ in marks) :]


def search_keys(texts: Sequence[str]) -> list[str]:
    """Return the search keys of many texts, as :func:`search_key` of each."""
    return _together(texts, search_key)


def _together(texts: Sequence[str], fold: Callable[[str], str]) -> list[str]:
    """Fold many texts in one go, which takes a fifth of the time."""
    joined = _BETWEEN.join(texts)
    if not texts or joined.count(_BETWEEN) >= len(texts):
        return list(map(fold, texts))  # one of them holds the sign itself
    return fold(joined).split(_BETWEEN)


def search_terms(text: str) -> list[str]:
    """Return the keys of the words of a search box; every one of them must be found.

    A hyphen that begins a word says nothing: after kana a key holds it as ー.
    """
    return [key for word in text.split() if (key := search_key(word).lstrip("-"))]


def kana_form(text: str) -> str:
    """Return a reading in full-width katakana, family and given name parted by one space (4.10).

    Raises:
        ValidationError: ``kana.empty``, or ``kana.not-kana`` when a character is no katakana
            (kanji, digits, a voicing mark that belongs to no kana).
    """
    spaced = text.replace("\u3000", " ")
    if _PLAIN_KANA.fullmatch(spaced):
        return spaced  # as most portals send it
    # NFKC turns a lone mark ゛ into a space and a combining mark; the mark is then refused below.
    plain = unicodedata.normalize("NFKC", text).translate(_HIRAGANA_TO_KATAKANA)
    kana = " ".join(_DASH_AFTER_KANA.sub("ー", plain).split())
    if not kana:
        raise ValidationError("kana.empty", field="kana")
    wrong = next((char for char in kana if not ("ァ" <= char <= "ヴ" or char in "ー・ ")), None)
    if wrong is not None:
        raise ValidationError("kana.not-kana", field="kana", text=text.strip(), character=wrong)
    return kana


def tidy_name(text: str) -> str:
    """Return a name with outer space cut and each inner gap made one full-width space.

    No character is changed: two people may differ in nothing but the form of one kanji.
    """
    return "\u3000".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


def name_parts(text: str) -> tuple[str, ...]:
    """Return the keys of a name's parts, family name first; a former name in brackets is left out."""
    [parts] = names_parts([text])
    return parts


def names_parts(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the keys of the parts of many names, as :func:`name_parts` of each."""
    plain = _together(texts, lambda text: unicodedata.normalize("NFKC", text))
    split = [(_BRACKETS.sub(" ", text) if _OPENED.search(text) else text).split() for text in plain]
    keys = iter(search_keys([part for parts in split for part in parts]))
    return [tuple(filter(None, islice(keys, len(parts)))) for parts in split]


def private_use(text: str) -> tuple[str, ...]:
    """Return the 外字 of a text, each once: characters whose shape depends on one machine (4.9)."""
    return tuple(dict.fromkeys(_PRIVATE_USE.findall(text)))


# --- order of lists ----------------------------------------------------------

_SMALL: Final = dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True))
_VOICED: Final = dict(
    zip(
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ",
        "カキクケコサシスセソタチツテトハヒフヘホウ",
        strict=True,
    )
)
_HALF_VOICED: Final = dict(zip("パピプペポ", "ハヒフヘホ", strict=True))
_VOWELS: Final = {
    kana: vowel
    for vowel, row in {
        "ア": "アカサタナハマヤラワ",
        "イ": "イキシチニヒミリヰ",
        "ウ": "ウクスツヌフムユル",
        "エ": "エケセテネヘメレヱ",
        "オ": "オコソトノホモヨロヲ",
    }.items()
    for kana in row
}
_LONG_MARK, _SMALL_MARK, _PLAIN_MARK, _VOICED_MARK, _HALF_VOICED_MARK = "01234"


@lru_cache(maxsize=8192)
def _part_key(part: str) -> str:
    part = part.replace(" ", "")
    letters: list[str] = []
    marks: list[str] = []
    for char in part:
        if char == "ー" and letters:
            letters.append(_VOWELS.get(letters[-1], letters[-1]))
            marks.append(_LONG_MARK)
        elif char in _SMALL:
            letters.append(_SMALL[char])
            marks.append(_SMALL_MARK)
        elif char in _VOICED:
            letters.append(_VOICED[char])
            marks.append(_VOICED_MARK)
        elif char in _HALF_VOICED:
            letters.append(_HALF_VOICED[char])
            marks.append(_HALF_VOICED_MARK)
        elif char != "・":
            letters.append(char)
            marks.append(_PLAIN_MARK)
    return f"{''.join(letters)} {''.join(marks)}"


def kana_sort_key(kana: str) -> str:
    """Return a string whose plain code-point order is the order of a Japanese list (4.11).

    Letters come first without voicing, size or length (ガ, ァ and a lengthening ー as カ, ア and
    the vowel before); only ties look at the marks, in the order ー, small, plain, voiced,
    half-voiced.  The whole family name weighs before the given name.
    Databases must compare it by code point (SQLite BINARY, PostgreSQL COLLATE "C").
    """
    if not _PLAIN_KANA.fullmatch(kana):
        kana = unicodedata.normalize("NFKC", kana).translate(_HIRAGANA_TO_KATAKANA)
    parts = kana.split(maxsplit=1)
    # A space is smaller than every letter, so a shorter name stands before a longer one.
    return " ".join(map(_part_key, parts))
