"""Texts as strips, one for each line, which are measured first and then set where there is room.

A line of a public paper may begin with a mark (・, ※, →, ◆, ①, 1., （例）); the text then hangs beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.characters import clean, clean_line
from fujisawa_desktop.documents.drawing import Colour
from fujisawa_desktop.documents.furniture import middle
from fujisawa_desktop.documents.icons import DRAWN, icon
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.stylesheet import TextStyle
from fujisawa_desktop.documents.typesetting import Line, paragraph, width_of

_MARK: Final = re.compile(r"(?P<mark>（例）|[・※→➡◆●○■□☑✉☎✓①-⑳]|[0-9０-９]{1,2}[.．](?![0-9０-９]))[ 　]*")
_BLACK: Final[Colour] = (0.0, 0.0, 0.0)
_INDENT_MOST: Final = 4.0
"""Ems a text may hang behind its mark."""


class Marked(NamedTuple):
    """A line taken apart."""

    mark: str
    text: str


def marked(text: str) -> Marked:
    """Return the mark a text begins with, and the rest; without a mark all is the rest."""
    text = clean(text)
    found = _MARK.match(text)
    return Marked(found["mark"], text[found.end() :]) if found else Marked("", text)


class Strip(NamedTuple):
    """Something that is as wide as its column and is never broken."""

    height: float
    draw: Callable[[Page, float, float], None]
    """Draws it on a page with its upper left corner at (x, y)."""


def height_of(strips: Iterable[Strip]) -> float:
    """Return the height of strips, one below the other."""
    return sum(strip.height for strip in strips)


def draw_strips(page: Page, x: float, y: float, strips: Iterable[Strip]) -> float:
    """Draw strips one below the other; return where they end."""
    for strip in strips:
        strip.draw(page, x, y)
        y += strip.height
    return y


def space(height: float) -> Strip:
    """Return an empty strip."""
    return Strip(height, lambda _page, _x, _y: None)


@dataclass(frozen=True, slots=True)
class Setting:
    """How texts are set into strips."""

    style: TextStyle
    width: float
    colour: Colour = _BLACK
    first_indent: float = 0.0
    """Of paragraphs without a mark, in ems."""
    most: int = 0
    """How many lines a text may have; the rest is cut and told. 0: as many as it needs."""
    hangs: bool = True
    """Whether a text hangs behind the mark it begins with."""

    def strips(self, text: str) -> list[Strip]:
        """Return the lines of one text, hanging behind its mark; an empty text has none."""
        if not clean_line(text).strip(" 　"):
            return []
        mark, rest = marked(text) if self.hangs else Marked("", clean(text))
        family, size = self.style.family, self.style.size
        ems = 0.0 if not mark else 1.15 if mark in DRAWN else width_of(mark, family)
        indent = min(ems, _INDENT_MOST) * size
        measure = max((self.width - indent) / size, 2.0)
        first = 0.0 if mark else self.first_indent
        lines: Sequence[Line] = paragraph(rest, family, measure, first)
        cut = bool(self.most) and len(lines) > self.most
        kept = lines[: self.most] if cut else lines
        found = [Strip(self.style.leading, partial(self._draw, line, indent)) for line in kept]
        if cut:
            found[-1] = Strip(self.style.leading, partial(self._draw_last, kept[-1], indent, text))
        if mark:
            found[0] = Strip(self.style.leading, partial(self._draw_first, mark, found[0]))
        return found

    def all(self, texts: Iterable[str], gap: float = 0.0) -> list[Strip]:
        """Return the lines of several texts, ``gap`` points between them."""
        found: list[Strip] = []
        for text in texts:
            strips = self.strips(text)
            if found and strips and gap:
                found.append(space(gap))
            found += strips
        return found

    def fitted(self, text: str) -> list[Strip]:
        """Return a text as one line, narrowed or cut where it is too long; an empty text has none."""
        if not clean_line(text).strip(" 　"):
            return []
        return [Strip(self.style.leading, partial(self._draw_fitted, text))]

    def _base(self, y: float) -> float:
        return middle(y, self.style.leading, self.style)

    def _draw(self, line: Line, indent: float, page: Page, x: float, y: float) -> None:
        with page.inked(self.colour):
            page.line(x + indent, self._base(y), line, self.style)

    def _draw_last(self, line: Line, indent: float, text: str, page: Page, x: float, y: float) -> None:
        self._draw(line, indent, page, x, y)
        page.note(RemarkKind.CUT, clean_line(text))
        with page.inked(self.colour):
            page.text(x + self.width, self._base(y), "…", self.style, "right")

    def _draw_first(self, mark: str, strip: Strip, page: Page, x: float, y: float) -> None:
        if mark in DRAWN:
            side = self.style.size
            top = self._base(y) - side * 0.88
            icon(page, mark, x, top, side, self.colour, self.style)
        else:
            with page.inked(self.colour):
                page.text(x, self._base(y), mark, self.style)
        strip.draw(page, x, y)

    def _draw_fitted(self, text: str, page: Page, x: float, y: float) -> None:
        with page.inked(self.colour):
            page.fitted(x, self._base(y), text, self.style, self.width)
