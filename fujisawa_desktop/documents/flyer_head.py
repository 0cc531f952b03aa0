"""The head of the flyer, read from two metres, and the type of everything below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.boxes import RADIUS
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.drawing import NAVY, SUN, WHITE, Colour, area
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.furniture import middle
from fujisawa_desktop.documents.public_specs import FlyerSpec
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.strips import Setting, marked
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, MM, TextStyle
from fujisawa_desktop.documents.typesetting import paragraph, width_of

LEFT: Final = 10 * MM
TOP: Final = 10 * MM
WIDTH: Final = A4_PORTRAIT[0] - 2 * LEFT
_BANNER: Final = TextStyle(Family.GOTHIC_BOLD, 17.5, 24)
_TITLE: Final = TextStyle(Family.GOTHIC_BOLD, 40, 44)
_TITLE_LEAST: Final = 28
_TITLE_SMALL: Final = 20
_POINT: Final = TextStyle(Family.GOTHIC_BOLD, 17.5, 24)
_POINT_ROW: Final = 9.2 * MM
_POINTS_MOST: Final = 6
_POINT_GAP: Final = 2.2 * MM


@dataclass(frozen=True, slots=True)
class FlyerType:
    """The type of the running parts, all of one scale.

    Attributes:
        scale: of the usual size.
        most: how many lines a text may have; 0: as many as it needs.
        course_most: the same for what is said about a course, which its sheet says too; None: as many.
        as_list: whether courses stand in a list instead of cards.
    """

    scale: float
    most: int = 0
    course_most: int | None = None
    as_list: bool = False

    def _style(self, family: Family, size: float, leading: float) -> TextStyle:
        return TextStyle(family, round(size * self.scale, 2), round(leading * self.scale, 2))

    @property
    def body(self) -> TextStyle:
        """Running text."""
        return self._style(Family.GOTHIC, 9, 13.4)

    @property
    def strong(self) -> TextStyle:
        """A line that answers a question."""
        return self._style(Family.GOTHIC_BOLD, 9, 13.4)

    @property
    def heading(self) -> TextStyle:
        """Of a part."""
        return self._style(Family.GOTHIC_BOLD, 12, 17)

    @property
    def fact(self) -> TextStyle:
        """When, how much, where."""
        return self._style(Family.GOTHIC_BOLD, 12.5, 18)

    @property
    def fact_small(self) -> TextStyle:
        """Names in narrow cards."""
        return self._style(Family.GOTHIC_BOLD, 10.2, 14)

    @property
    def small(self) -> TextStyle:
        """In narrow places."""
        return self._style(Family.GOTHIC, 8.4, 12)

    @property
    def small_strong(self) -> TextStyle:
        """What matters in narrow places."""
        return self._style(Family.GOTHIC_BOLD, 8.4, 12)

    def set(self, style: TextStyle, width: float, colour: Colour = (0, 0, 0)) -> Setting:
        """Return how a text of these parts is set."""
        return Setting(style, width, colour, most=self.most)


def draw_head(page: Page, spec: FlyerSpec) -> float:
    """Draw entry period, title and points; return where they end."""
    padding, banner = 3.6 * MM, 10.4 * MM
    points = spec.points[:_POINTS_MOST]
    rows = (len(points) + 1) // 2
    height = banner + _TITLE.leading + 2 * padding + 1.6 * MM + rows * (_POINT_ROW + _POINT_GAP)
    area(page, LEFT, TOP, WIDTH, height, radius=2.5 * MM, fill=NAVY)
    room, y = WIDTH - 2 * padding, TOP + padding
    text = clean_line(spec.banner)
    if text.strip():
        width = min(width_of(text, _BANNER.family) * _BANNER.size + 12 * MM, room)
        area(page, LEFT + padding, y, width, banner, radius=banner / 2, fill=SUN)
        with page.inked(NAVY):
            page.fitted(LEFT + padding + 6 * MM, middle(y, banner, _BANNER), text, _BANNER, width - 11.9 * MM)
    y += banner + 1.6 * MM
    _draw_title(page, spec.title, LEFT + padding, y, room)
    y += _TITLE.leading + _POINT_GAP
    for text in spec.points[_POINTS_MOST:]:
        page.note(RemarkKind.CUT, text)
    _draw_points(page, points, LEFT + padding, y, room)
    return TOP + height


def _draw_title(page: Page, title: str, x: float, y: float, room: float) -> None:
    """Draw the title as large as it fits on its line; a long one on two lines."""
    text = clean_line(title)
    ems = max(width_of(text, _TITLE.family), 1.0)
    size = min(_TITLE.size, room / ems)
    with page.inked(WHITE):
        if size >= _TITLE_LEAST:
            style = replace(_TITLE, size=size)
            page.text(x + room / 2, middle(y, _TITLE.leading, style), title, style, "center")
            return
        style = replace(_TITLE, size=_TITLE_SMALL, leading=_TITLE.leading / 2)
        lines = paragraph(text, style.family, room / style.size)
        if len(lines) <= 2:
            page.lines(x, middle(y, style.leading, style), lines, style)
        else:
            page.fitted(x, middle(y, _TITLE.leading, style), title, style, room)


def _draw_points(page: Page, points: Sequence[str], left: float, y: float, room: float) -> None:
    """Draw what the programme offers, two beside each other."""
    half = (room - _POINT_GAP) / 2
    for number, text in enumerate(points):
        alone = number == len(points) - 1 and number % 2 == 0
        x, width = left + number % 2 * (half + _POINT_GAP), room if alone else half
        area(page, x, y, width, _POINT_ROW, radius=RADIUS, fill=WHITE)
        mark, rest = marked(text)
        indent = 3.5 * MM + (width_of(mark, _POINT.family) + 0.2) * _POINT.size
        base = middle(y, _POINT_ROW, _POINT)
        with page.inked(NAVY):
            page.text(x + 3.5 * MM, base, mark, _POINT)
            page.fitted(x + indent, base, rest, _POINT, width - indent - 2.5 * MM)
        if number % 2:
            y += _POINT_ROW + _POINT_GAP
