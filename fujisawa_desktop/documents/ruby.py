"""ルビ: a reading printed small above a name (JIS X 4051).

The reading is half the size of the text and stands in the middle above its word (グループルビ), or above
each character when it comes in as many parts as there are characters (モノルビ).  A longer reading may
lie over a blank beside its word; what is still too long spreads the characters below it.  The text is
drawn first and whole, so that what is copied out of the PDF is the name, then its reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import VISIBLY_NARROW, Page
from fujisawa_desktop.documents.characters import clean_line, clusters
from fujisawa_desktop.documents.fonts import Family, glyphs
from fujisawa_desktop.documents.spacing import BLANKS, spaces
from fujisawa_desktop.documents.stylesheet import TextStyle
from fujisawa_desktop.documents.typesetting import Line, single_line, width_of

PART: Final = 0.5
"""The size of a reading, of the text's."""
RISE: Final = 0.96
"""How far the base line of a reading stands above the text's, in ems of the text."""
_OVER_BLANK: Final = 0.25
"""How far a reading may lie over the blank beside its word; from both sides, half the blank stays free."""


class Reading(NamedTuple):
    """A part of a reading and where it begins, in ems of the text."""

    start: float
    line: Line
    """To be set at half the size."""


class RubyLine(NamedTuple):
    """A line of text and what stands above it."""

    text: Line
    readings: tuple[Reading, ...]
    width: float


class _Part(NamedTuple):
    """Clusters from the first up to before the last, and what stands above them (empty: nothing)."""

    first: int
    last: int
    reading: str


def ruby_line(text: str, reading: str, family: Family) -> RubyLine:
    """Set one line of cleaned text with its reading; parts of both are divided by spaces."""
    units = clusters(text)
    widths = [glyphs(family)[unit].width for unit in units]
    gaps = [space.gap for space in spaces(units, family)]
    readings, pen, lead = [], 0.0, 0.0
    for part in _parts(units, reading):
        inside = slice(part.first, part.last)
        natural, after = sum(widths[inside]) + sum(gaps[inside]), gaps[part.last - 1]
        if part.reading:
            size = part.last - part.first
            over_left, over_right = _over(units, part.first - 1), _over(units, part.last)
            wanted = max(width_of(part.reading, family) * PART - (natural - after), 0.0)
            over = min(wanted, over_left + over_right)
            edge = (wanted - over) / (2 * size)
            left = over * over_left / (over_left + over_right) if over else 0.0
            line = _spaced(part.reading, family, (natural - after + wanted) / PART)
            readings.append(Reading(pen - left, line))
            _spread(gaps, part, 2 * edge)
            if part.first:
                gaps[part.first - 1] += edge
            else:
                lead = edge
            gaps[part.last - 1] += edge
            natural += wanted - over
        pen += natural
    return RubyLine(Line(units, tuple(gaps), lead, pen), tuple(readings), pen)


def _over(units: Sequence[str], place: int) -> float:
    """Return how far a reading may lie over the cluster at a place: over a blank, a little."""
    return _OVER_BLANK if 0 <= place < len(units) and units[place] in BLANKS else 0.0


def _spread(gaps: list[float], part: _Part, more: float) -> None:
    for place in range(part.first, part.last - 1):
        gaps[place] += more


def _spaced(reading: str, family: Family, room: float) -> Line:
    """Return a reading in the middle of its room: white between its characters, half of it at both ends."""
    line = single_line(reading, family)
    more = max(room - line.width, 0.0) / max(len(line.clusters), 1)
    gaps = [gap + more for gap in line.gaps or (0.0,) * len(line.clusters)]
    return Line(line.clusters, tuple(gaps), line.shift + more / 2, max(room, line.width))


def _parts(units: Sequence[str], reading: str) -> list[_Part]:
    """Divide a text into what has a reading of its own and the blanks between."""
    runs = [list(run) for _is_blank, run in groupby(range(len(units)), lambda place: units[place] in BLANKS)]
    words = [run for run in runs if units[run[0]] not in BLANKS]
    said = reading.split()
    if not said or not words:
        return [_Part(0, len(units), "")] if units else []
    if len(said) == len(words):
        each = dict(zip((run[0] for run in words), said, strict=True))
        return [_Part(run[0], run[-1] + 1, each.get(run[0], "")) for run in runs]
    if len(said) == sum(map(len, words)):
        left = iter(said)
        return [
            _Part(place, place + 1, "" if unit in BLANKS else next(left)) for place, unit in enumerate(units)
        ]
    first, last = words[0][0], words[-1][-1] + 1
    ends = (_Part(0, first, ""), _Part(first, last, " ".join(said)), _Part(last, len(units), ""))
    return [part for part in ends if part.first < part.last]


def ruby_fits(text: str, reading: str, style: TextStyle, room: float) -> bool:
    """Tell whether a text with its reading fits on one line without being visibly narrowed."""
    line = ruby_line(clean_line(text), clean_line(reading), style.family)
    return line.width * style.size * VISIBLY_NARROW <= room


def draw_ruby(page: Page, x: float, y: float, text: str, reading: str, style: TextStyle, room: float) -> None:
    """Draw one line that stands on ``y`` and its reading above, narrowed together for ``room``.

    The place above must be free: :data:`RISE` of the size, and half the size for the reading itself.
    """
    line = ruby_line(clean_line(text), clean_line(reading), style.family)
    width = line.width * style.size
    scale = min(1.0, room / width) if width else 1.0
    page.line(x, y, line.text, style, scale)
    small = replace(style, size=style.size * PART)
    for part in line.readings:
        page.line(x + part.start * style.size * scale, y - RISE * style.size, part.line, small, scale)
