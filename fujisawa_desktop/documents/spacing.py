"""Classes of characters and the space between them (JIS X 4051, 日本語組版処理の要件).

A full-width bracket or stop is half ink and half blank; where marks meet, one blank is enough.
Letters and figures stand a quarter of an em apart from kanji and kana.  Some of these spaces may
be taken in a little when that keeps a mark from the beginning of a line (追い込み).  All lengths
are in ems of the font size.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, auto
from itertools import pairwise
from typing import Final, NamedTuple

from fujisawa_desktop.documents.fonts import Family

OPENING: Final = frozenset("（「『【〔〈《［｛“‘([{")
CLOSING: Final = frozenset("）」』】〕〉》］｝”’)]}")
STOPS: Final = frozenset("、。，．")
_SMALL_KANA: Final = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯ")
_FOLLOWING: Final = frozenset("ーゝゞヽヾ々〻゛゜・：；？！‐゠～〜%％℃℉°′″‰￠¢,.:;?!｡､･ｰﾞﾟ")
NO_LINE_START: Final = CLOSING | STOPS | _SMALL_KANA | _FOLLOWING
NO_LINE_END: Final = OPENING | frozenset("￥＄£＃№¥$#")
BLANKS: Final = frozenset(" 　")
"""Spaces; at a line break they belong to neither line."""

_FULL_OPENING: Final = frozenset("（「『【〔〈《［｛")
_FULL_CLOSING: Final = frozenset("）」』】〕〉》］｝")
_COMMAS: Final = frozenset("、，")
_PERIODS: Final = frozenset("。．")
_DOTS: Final = frozenset("・：；")
_LATIN_BEFORE: Final = frozenset("$¥#@")
_LATIN_AFTER: Final = frozenset("%")
_LATIN_END: Final = "\u0250"

LATIN_GAP: Final = 0.25
_CLOSE_LATIN_GAP: Final = 0.125
"""In a proportional face, whose kana stand closer too."""
_LEAST_BLANK: Final = 0.25
"""What is left of the blank half of a mark when a line is taken in."""
_LEAST_DOT_BLANK: Final = 0.125
_SPACE_GIVES: Final = 0.2


class Kind(IntEnum):
    """What a character is to the space beside it."""

    OTHER = auto()
    JAPANESE = auto()
    LATIN = auto()
    LATIN_SIGN_BEFORE = auto()
    LATIN_SIGN_AFTER = auto()
    SPACE = auto()
    OPENING = auto()
    CLOSING = auto()
    COMMA = auto()
    PERIOD = auto()
    DOT = auto()


_MARKS: Final = frozenset({Kind.OPENING, Kind.CLOSING, Kind.COMMA, Kind.PERIOD, Kind.DOT})
_BLANK_AFTER: Final = {Kind.CLOSING: 0.5, Kind.COMMA: 0.5, Kind.PERIOD: 0.5, Kind.DOT: 0.25}
_BLANK_BEFORE: Final = {Kind.OPENING: 0.5, Kind.DOT: 0.25}
_ENDS: Final = frozenset({Kind.CLOSING, Kind.COMMA, Kind.PERIOD})


class Space(NamedTuple):
    """The space between two characters."""

    gap: float
    """What is added to their widths; below 0: taken away."""
    gives: float
    """How much of it may be taken in besides."""


_NOTHING: Final = Space(0.0, 0.0)
_MOST_PAIRS: Final = 50_000
"""So many pairs are remembered; ordinary text of a programme has some thousands."""


def kind_of(unit: str) -> Kind:
    """Return what a cluster is to the space beside it."""
    first = unit[0]
    return _KINDS.get(first) or _kind_of_letter(first)


_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(_FULL_OPENING, Kind.OPENING),
    **dict.fromkeys(_FULL_CLOSING, Kind.CLOSING),
    **dict.fromkeys(_COMMAS, Kind.COMMA),
    **dict.fromkeys(_PERIODS, Kind.PERIOD),
    **dict.fromkeys(_DOTS, Kind.DOT),
    **dict.fromkeys(_LATIN_BEFORE, Kind.LATIN_SIGN_BEFORE),
    **dict.fromkeys(_LATIN_AFTER, Kind.LATIN_SIGN_AFTER),
    " ": Kind.SPACE,
}


def _kind_of_letter(letter: str) -> Kind:
    if letter < _LATIN_END:
        return Kind.LATIN if letter.isalnum() else Kind.OTHER
    if (
        ("ぁ" <= letter <= "ヿ" and letter != "゠")
        or "㐀" <= letter <= "鿿"
        or "豈" <= letter <= "\ufaff"
        or letter in "々〆〇〓"
        or "\U00020000" <= letter <= "\U0003ffff"
    ):
        return Kind.JAPANESE
    return Kind.OTHER


def _between_marks(before: Kind, after: Kind) -> Space:
    """Return the space where at least one of the two has a blank part of its own."""
    blank = _BLANK_AFTER.get(before, 0.0) + _BLANK_BEFORE.get(after, 0.0)
    wanted = blank
    if before is Kind.OPENING or (before in _ENDS and after in _ENDS):
        wanted = 0.0
    elif before in _ENDS and after is Kind.OPENING:
        wanted = 0.5
    elif (before in _ENDS and after is Kind.DOT) or (before is Kind.DOT and after is Kind.OPENING):
        wanted = 0.25
    least = wanted
    if before is Kind.DOT or after is Kind.DOT:
        least = min(wanted, _LEAST_DOT_BLANK)
    elif before is not Kind.PERIOD:
        # The blank behind a full stop parts sentences: it is never taken in.
        least = min(wanted, _LEAST_BLANK)
    return Space(wanted - blank, wanted - least)


def _space(before: Kind, after: Kind, *, full_width: bool) -> Space:
    if full_width and (before in _MARKS or after in _MARKS):
        return _between_marks(before, after)
    if before is Kind.SPACE:
        return Space(0.0, _SPACE_GIVES if full_width else _SPACE_GIVES / 2)
    latin_after = after in {Kind.LATIN, Kind.LATIN_SIGN_BEFORE}
    latin_before = before in {Kind.LATIN, Kind.LATIN_SIGN_AFTER}
    if (before is Kind.JAPANESE and latin_after) or (latin_before and after is Kind.JAPANESE):
        gap = LATIN_GAP if full_width else _CLOSE_LATIN_GAP
        return Space(gap, gap / 2)
    return _NOTHING


def is_full_width(family: Family) -> bool:
    """Tell whether the marks of a family are half blank; a proportional face has no such blanks."""
    return family is Family.MINCHO


class _Spaces(dict[tuple[str, str], Space]):
    """The spaces of a family between the pairs of clusters that were needed so far."""

    def __init__(self, family: Family) -> None:
        super().__init__()
        self._full_width = is_full_width(family)

    def __missing__(self, pair: tuple[str, str]) -> Space:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        space = _space(kind_of(pair[0]), kind_of(pair[1]), full_width=self._full_width)
        self[pair] = space
        return space


_TABLES: Final = {family: _Spaces(family) for family in Family}


def spaces(units: Sequence[str], family: Family) -> list[Space]:
    """Return the space after each cluster; none after the last."""
    if not units:
        return []
    found = list(map(_TABLES[family].__getitem__, pairwise(units)))
    found.append(_NOTHING)
    return found


def blank_before(unit: str, family: Family) -> float:
    """Return the blank part of a mark that a line may begin without (行頭の括弧)."""
    return 0.5 if is_full_width(family) and unit[0] in _FULL_OPENING else 0.0


def blank_after(unit: str, family: Family) -> float:
    """Return the blank part of a mark that may stand outside the line (行末の約物)."""
    return 0.5 if is_full_width(family) and kind_of(unit) in _ENDS else 0.0


def may_hang(unit: str, family: Family) -> float:
    """Return how much of a cluster may stand outside the line if it is the last: a whole stop (ぶら下げ)."""
    if not is_full_width(family):
        return 0.0
    return 1.0 if unit[0] in STOPS else blank_after(unit, family)
