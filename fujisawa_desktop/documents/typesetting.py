"""Setting Japanese text into lines (JIS X 4051, 日本語組版処理の要件).

A line may not begin with a closing bracket, a stop, a small kana or a repetition mark, nor end
with an opening bracket (禁則処理).  A stop that just does not fit hangs in the margin (ぶら下げ);
where that does not help, the line is taken in a little (追い込み), else what must not begin the
next one is moved down with the character before it (追い出し).  Full lines end at the same edge.
All lengths are in ems of the font size.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from fujisawa_desktop.documents.breaking import Break, break_places
from fujisawa_desktop.documents.characters import clean, clusters
from fujisawa_desktop.documents.fonts import Family, glyphs
from fujisawa_desktop.documents.spacing import (
    BLANKS,
    CLOSING,
    NO_LINE_END,
    NO_LINE_START,
    OPENING,
    STOPS,
    blank_after,
    blank_before,
    may_hang,
    spaces,
)

__all__ = (
    "CLOSING",
    "MOST_STRETCH",
    "NO_LINE_END",
    "NO_LINE_START",
    "OPENING",
    "STOPS",
    "Line",
    "paragraph",
    "single_line",
    "spread_line",
    "tight_line",
    "tight_width_of",
    "width_of",
)

MOST_STRETCH: Final = 0.5
"""What is added between two characters at most; a line that would be torn further apart stays ragged."""
_ORPHANS: Final = 2
"""So few characters alone on the last line are taken into the line before, if it can give so much."""
_TINY: Final = 1e-6


class Line(NamedTuple):
    """One line ready to draw."""

    clusters: Sequence[str]
    gaps: tuple[float, ...]
    """What is added after each cluster (below 0: taken away); empty when nothing is."""
    shift: float
    """How far the line starts right of (below 0: left of) its place."""
    width: float
    """From its place to its end, without the blank half of a last mark; a stop that hangs counts half."""


@lru_cache(maxsize=2048)
def width_of(text: str, family: Family) -> float:
    """Return the width of one line of cleaned text when it is set without justification."""
    return single_line(text, family).width


@lru_cache(maxsize=2048)
def tight_width_of(text: str, family: Family) -> float:
    """Return the width of one line of cleaned text with its spaces taken in as far as they give."""
    return tight_line(text, family, 0.0).width


def single_line(text: str, family: Family) -> Line:
    """Return cleaned text as one line of its natural width.

    The blank halves of a bracket at its beginning and of a mark at its end do not count, so that
    what is aligned is the ink.
    """
    return tight_line(text, family, float("inf"))


def tight_line(text: str, family: Family, room: float) -> Line:
    """Return cleaned text as one line, its spaces taken in as far as ``room`` asks for and they give."""
    units = clusters(text)
    if not units:
        return Line(units, (), 0.0, 0.0)
    table, between = glyphs(family), spaces(units, family)
    gaps = [space.gap for space in between]
    shift = -blank_before(units[0], family)
    width = sum(table[unit].width for unit in units) + sum(gaps) + shift
    width -= blank_after(units[-1], family)
    if width > room:
        width -= _take_in(gaps, [space.gives for space in between], width - room)
    return Line(units, tuple(gaps) if any(gaps) else (), shift, width)


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
    return Line(line.clusters, tuple(gaps), line.shift, room)


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


class _Reach(NamedTuple):
    """What one look along a line found out."""

    fits: tuple[int, int, int, int]
    """By how bad the break is: the last place up to which the line fits (the start: none)."""
    taken_in: int
    """The first good place beyond, up to which it would fit taken in (the start: none)."""


class _Breaker:
    """Breaks one piece of text without line ends."""

    def __init__(self, text: str, family: Family, measure: float, first_indent: float) -> None:
        self._units = clusters(text)
        self._family = family
        self._measure = measure
        self._indent = first_indent
        table = glyphs(family)
        self._widths = [table[unit].width for unit in self._units]
        self._spaces = spaces(self._units, family)

    def lines(self) -> list[Line]:
        """Return the lines; an empty text is one empty line."""
        if not self._units:
            return [Line("", (), self._indent, 0.0)]
        line = self._line(0, len(self._units), self._indent)
        return [line] if line.width <= self._measure + _TINY else self._broken()

    def _broken(self) -> list[Line]:
        self._breaks = break_places(self._units)
        self._hangs = [may_hang(unit, self._family) for unit in self._units]
        found: list[Line] = []
        start, indent, count = 0, self._indent, len(self._units)
        while start < count:
            end = self._line_end(start, self._measure - indent)
            found.append(self._line(start, end, indent))
            start, indent = end, 0.0
            while start < count and self._units[start] in BLANKS:
                start += 1
        return found

    def _line_end(self, start: int, room: float) -> int:
        """Return where the line that begins at ``start`` ends."""
        fits, taken_in = self._reach(start, room)
        free, greedy, count = fits[Break.FREE], fits[Break.FORBIDDEN], len(self._units)
        if free == count:
            return count
        is_pushed = free < greedy and not self._is_blank(free, greedy)
        few_left = count - free <= _ORPHANS and taken_in == count
        if taken_in > start and (is_pushed or few_left):
            return taken_in
        # In a word wider than the line and the like, the least bad place has to do.
        return next((place for place in fits if place > start), start + 1)

    def _is_blank(self, start: int, end: int) -> bool:
        return all(unit in BLANKS for unit in self._units[start:end])

    def _reach(self, start: int, room: float) -> _Reach:
        """Look along the line for the places where it may end."""
        fits = [start] * len(Break)
        used = ink = -blank_before(self._units[start], self._family)
        gives = given = 0.0
        for place in range(start, len(self._units)):
            used += self._widths[place]
            if self._units[place] not in BLANKS:
                ink, given = used - self._hangs[place], gives
            end = place + 1
            level = self._breaks[end]
            if ink <= room + _TINY:
                for worse in range(level, len(Break)):
                    fits[worse] = end
            elif ink - given > room + _TINY:
                break
            elif level is Break.FREE:
                return _Reach((fits[0], fits[1], fits[2], fits[3]), end)
            used += self._spaces[place].gap
            gives += self._spaces[place].gives
        return _Reach((fits[0], fits[1], fits[2], fits[3]), start)

    def _line(self, start: int, end: int, indent: float) -> Line:
        last = end
        while last > start + 1 and self._units[last - 1] in BLANKS:
            last -= 1
        units, between = self._units[start:last], self._spaces[start : last - 1]
        gaps = [*(space.gap for space in between), 0.0]
        shift = indent - blank_before(units[0], self._family)
        width = sum(self._widths[start:last]) + sum(gaps) + shift
        # A stop stands half outside, its ink inside, or hangs where that is too much.
        blank, hang = blank_after(units[-1], self._family), may_hang(units[-1], self._family)
        outside = blank if width - blank <= self._measure + _TINY else hang
        spare = self._measure - (width - outside)
        if spare < -_TINY:
            width -= _take_in(gaps, [*(space.gives for space in between), 0.0], -spare)
        elif end < len(self._units):
            width += _stretch(units, gaps, spare)
        return Line(units, tuple(gaps) if any(gaps) else (), shift, width - blank)


def _take_in(gaps: list[float], gives: Sequence[float], much: float) -> float:
    """Make the spaces of a line smaller, each in proportion to what it gives; return what was taken."""
    most = sum(gives)
    if not most:
        return 0.0
    part = min(much / most, 1.0)
    for place, give in enumerate(gives):
        gaps[place] -= part * give
    return part * most


def _stretch_places(units: Sequence[str]) -> list[int]:
    """Return the places at which a line may be stretched: not inside words, numbers and double dashes."""
    return [
        place
        for place in range(len(units) - 1)
        if units[place] == " "
        or not (
            (units[place].isascii() and units[place + 1].isascii())
            or (units[place] == units[place + 1] and units[place] in "―—…‥")
        )
    ]


def _stretch(units: Sequence[str], gaps: list[float], spare: float) -> float:
    """Spread ``spare`` evenly over a line that is not the last; return what was spread.

    A line that would be torn apart stays ragged.
    """
    places = _stretch_places(units)
    if spare <= _TINY or spare > len(places) * MOST_STRETCH + _TINY:
        return 0.0
    for place in places:
        gaps[place] += spare / len(places)
    return spare
