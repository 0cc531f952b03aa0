"""Strips put together: in a frame, beside each other, under a heading with its icon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.drawing import NAVY, WHITE, Colour, area, disc
from fujisawa_desktop.documents.icons import icon
from fujisawa_desktop.documents.strips import Strip, draw_strips, height_of
from fujisawa_desktop.documents.stylesheet import MM, TextStyle

RADIUS: Final = 1.8 * MM


def boxed(
    strips: Sequence[Strip],
    width: float,
    *,
    padding: float = 3 * MM,
    fill: Colour | None = None,
    line: Colour | None = None,
    least: float = 0.0,
    centred: bool = False,
) -> Strip:
    """Return strips in a frame with round corners.

    Args:
        strips: what stands in it; they were set for ``width`` without the padding.
        width: of the frame.
        padding: between frame and strips.
        fill: of its ground.
        line: of the frame.
        least: the height it has at least.
        centred: whether the strips stand in the middle of the height that is left.
    """
    height = max(height_of(strips) + 2 * padding, least)

    def draw(page: Page, x: float, y: float) -> None:
        area(page, x, y, width, height, radius=RADIUS, fill=fill, line=line, line_width=0.9)
        spare = (height - height_of(strips)) / 2 if centred else padding
        draw_strips(page, x + padding, y + spare, strips)

    return Strip(height, draw)


def beside(columns: Sequence[tuple[float, Sequence[Strip]]], gap: float) -> Strip:
    """Return columns (width, strips) beside each other, all beginning at the top."""
    height = max((height_of(strips) for _width, strips in columns), default=0.0)

    def draw(page: Page, x: float, y: float) -> None:
        for width, strips in columns:
            draw_strips(page, x, y, strips)
            x += width + gap

    return Strip(height, draw)


def moved(strips: Sequence[Strip], by: float) -> Strip:
    """Return strips as one, set in from the left."""

    def draw(page: Page, x: float, y: float) -> None:
        draw_strips(page, x + by, y, strips)

    return Strip(height_of(strips), draw)


def medal(page: Page, sign: str, x: float, y: float, side: float, style: TextStyle) -> None:
    """Draw an icon white on a disc of ``side``."""
    disc(page, x + side / 2, y + side / 2, side / 2, fill=NAVY)
    icon(page, sign, x + side * 0.22, y + side * 0.22, side * 0.56, WHITE, style)
