"""Setting Japanese text into lines (JIS X 4051, 日本語組版処理の要件).

A line may not begin with a closing bracket, a stop, a small kana or a repetition mark, nor end
with an opening bracket (禁則処理).  A stop that just does not fit hangs in the margin (ぶら下げ).
Brackets and stops that meet are drawn together, and Latin letters and figures stand a little
apart from kanji and kana.  All lengths are in ems of the font size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from fujisawa_desktop.documents.characters import clean, clusters
from fujisawa_desktop.documents.fonts import Family, glyphs

OPENING: Final = frozenset("（「『【〔〈《［｛“‘([{")
CLOSING: Final = frozenset("）」』】〕〉》］｝”’)]}")
STOPS: Final = frozenset("、。，．")
_SMALL_KANA: Final = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯ")
_FOLLOWING: Final = frozenset("ーゝゞヽヾ々〻゛゜・：；？！‐゠～〜%％℃℉°′″,.:;?!｡､･ｰﾞﾟ")
NO_LINE_START: Final = CLOSING | STOPS | _SMALL_KANA | _FOLLOWING
NO_LINE_END: Final = OPENING | frozenset("￥＄£＃№¥$#")

_FULL_MARKS: Final = frozenset("（「『【〔〈《［｛）」』】〕〉》］｝、。，．")
_LATIN_GAP: Final = 0.06
_WIDEST_GAP: Final = 0.095
"""From a tenth of an em on, programs that copy text out of a PDF see a space between characters."""

# What is never broken inside: words and addresses, full-width numbers, double dashes and leaders.
_TOKEN: Final = re.compile(r"[!-~]+|[０-９]+(?:[．，][０-９]+)*|―+|…+|‥+", re.DOTALL)
_BREAK_INSIDE_WORD: Final = frozenset("/-_.?&=@")


class Line(NamedTuple):
    """One line ready to draw."""

    clusters: Sequence[str]
    gaps: tuple[float, ...]
    """What is added after each cluster (below 0: taken away); empty when nothing is."""
    shift: float
    """How far the line starts right of (below 0: left of) its place."""
    width: float


@lru_cache(maxsize=2048)
def width_of(text: str, family: Family) -> float:
    """Return the width of one line of cleaned text when it is set without justification."""
    units = clusters(text)
    table = glyphs(family)
    return sum(table[unit].width for unit in units) + sum(_gaps(units, family))


def single_line(text: str, family: Family) -> Line:
    """Return cleaned text as one line of its natural width."""
    units = clusters(text)
    gaps = _gaps(units, family)
    table = glyphs(family)
    width = sum(table[unit].width for unit in units) + sum(gaps)
    return Line(units, gaps if any(gaps) else (), 0.0, width)


def spread_line(text: str, family: Family, room: float) -> Line:
    """Return cleaned text as one line whose characters are spread over ``room`` (均等割付).

    Numbers and words stay together.  A text that is too long, or one word, has its natural width.
    """
    line = single_line(text, family)
    places = _stretch_places(line.clusters)
    if not places or line.width >= room:
        return line
    gaps = list(line.gaps or (0.0,) * len(line.clusters))
    for place in places:
        gaps[place] += (room - line.width) / len(places)
    return Line(line.clusters, tuple(gaps), 0.0, room)


@lru_cache(maxsize=512)
def paragraph(text: str, family: Family, measure: float, first_indent: float = 0.0) -> tuple[Line, ...]:
    """Break a text into justified lines of ``measure`` ems; a line end in the text starts a new line.

    The first line of the text is set in by ``first_indent``.  The last line of each piece is not stretched.
    """
    lines: list[Line] = []
    for piece in clean(text).split("\n"):
        indent = 0.0 if lines else first_indent
        lines.extend(_Breaker(piece, family, measure, indent).lines())
    return tuple(lines)


def _gaps(units: Sequence[str], family: Family) -> tuple[float, ...]:
    """Return what is added after each cluster; nothing after the last."""
    gap = _gap if family is Family.MINCHO else _latin_gap
    return (*(gap(before, after) for before, after in pairwise(units)), *((0.0,) if units else ()))


def _gap(before: str, after: str) -> float:
    """Return the space to add between two clusters of full-width type."""
    if before in _FULL_MARKS or after in _FULL_MARKS:
        if before in OPENING:
            return -0.5 if after in OPENING and after in _FULL_MARKS and before in _FULL_MARKS else 0.0
        if before in _FULL_MARKS and after in _FULL_MARKS:
            return -0.5
        return 0.0
    return _latin_gap(before, after)


def _latin_gap(before: str, after: str) -> float:
    first, second = _is_latin(before), _is_latin(after)
    if first == second:
        return 0.0
    other = after if first else before
    return _LATIN_GAP if _is_japanese(other) else 0.0


def _is_latin(unit: str) -> bool:
    return unit.isascii() and unit.isalnum()


def _is_japanese(unit: str) -> bool:
    first = unit[0]
    return (
        ("ぁ" <= first <= "ヿ" and first not in "゠・")
        or "㐀" <= first <= "鿿"
        or first in "々〆"
        or first >= "\U00020000"
    )


class _Breaker:
    """Breaks one piece of text without line ends."""

    def __init__(self, text: str, family: Family, measure: float, first_indent: float) -> None:
        self._units = clusters(text)
        self._family = family
        self._measure = measure
        self._indent = first_indent
        table = glyphs(family)
        self._widths = [table[unit].width for unit in self._units]
        self._unit_gaps = _gaps(self._units, family)
        self._breakable = _break_places(self._units)

    def lines(self) -> list[Line]:
        """Return the lines; an empty text is one empty line."""
        found: list[Line] = []
        start, indent = 0, self._indent
        while start < len(self._units):
            end = self._line_end(start, self._measure - indent)
            found.append(self._line(start, end, indent))
            start, indent = end, 0.0
            while start < len(self._units) and self._units[start] == " ":
                start += 1  # a space at a line break belongs to neither line
        return found or [Line("", (), self._indent, 0.0)]

    def _line_end(self, start: int, room: float) -> int:
        """Return where the line that begins at ``start`` ends (greedy, with hanging stops)."""
        used, last_break, place = self._opening_shift(start), start, start
        while place < len(self._units):
            used += self._widths[place]
            if used - self._hang(place) > room + 1e-6:
                break
            used += self._unit_gaps[place]
            place += 1
            if self._breakable[place]:
                last_break = place
        if place == len(self._units):
            return place
        # Nothing may be broken, as in a word wider than the line: break where the room ends.
        return last_break if last_break > start else max(place, start + 1)

    def _hang(self, place: int) -> float:
        """Return how much of the cluster may stand outside the line if it is the last one."""
        unit = self._units[place]
        if unit == " ":
            return self._widths[place]
        if self._family is not Family.MINCHO or unit not in _FULL_MARKS or unit in OPENING:
            return 0.0
        return 1.0 if unit in STOPS else 0.5

    def _ink_width(self, place: int, width: float) -> float:
        """Return the width without the blank half of a last mark, or without a stop that hangs."""
        hang = self._hang(place)
        return width - (0.5 if hang and width - 0.5 <= self._measure else hang)

    def _opening_shift(self, start: int) -> float:
        """Return -0.5 where a line begins with a full-width bracket: its blank half is left out."""
        unit = self._units[start]
        is_first = start == 0 and self._indent > 0
        full = self._family is Family.MINCHO and unit in OPENING and unit in _FULL_MARKS
        return -0.5 if full and not is_first else 0.0

    def _line(self, start: int, end: int, indent: float) -> Line:
        last = end
        while last > start + 1 and self._units[last - 1] == " ":
            last -= 1
        units = self._units[start:last]
        gaps = [*self._unit_gaps[start : last - 1], 0.0]
        shift = indent + self._opening_shift(start)
        width = sum(self._widths[start:last]) + sum(gaps) + shift
        if end < len(self._units):
            width += _stretch(units, gaps, self._measure - self._ink_width(last - 1, width))
        return Line(units, tuple(gaps) if any(gaps) else (), shift, width)


def _stretch_places(units: Sequence[str]) -> list[int]:
    """Return the places at which a line may be stretched: not inside words and numbers."""
    return [
        place
        for place in range(len(units) - 1)
        if units[place] == " " or not (units[place].isascii() and units[place + 1].isascii())
    ]


def _stretch(units: Sequence[str], gaps: list[float], spare: float) -> float:
    """Spread ``spare`` over the gaps of a line that is not the last; return what was spread.

    Gaps that are wide already take less.  A line that would be torn apart stays ragged.
    """
    places = sorted(_stretch_places(units), key=lambda place: -gaps[place])
    spread = 0.0
    widened = gaps.copy()
    for number, place in enumerate(places):
        share = (spare - spread) / (len(places) - number)
        added = max(0.0, min(share, _WIDEST_GAP - gaps[place]))
        widened[place] += added
        spread += added
    if spare <= 0 or spare - spread > 1e-6:
        return 0.0
    gaps[:] = widened
    return spread


def _break_places(units: Sequence[str]) -> list[bool]:
    """Tell for each place between clusters (and both ends) whether a line may be broken there."""
    places = [True] * (len(units) + 1)
    for place in range(1, len(units)):
        before, after = units[place - 1], units[place]
        places[place] = after not in NO_LINE_START and before not in NO_LINE_END and after != " "
    text = "".join(unit[0] for unit in units)
    for token in _TOKEN.finditer(text):
        for position in range(token.start() + 1, token.end()):
            places[position] = text[position - 1] in _BREAK_INSIDE_WORD and text[position].isalnum()
    return places
