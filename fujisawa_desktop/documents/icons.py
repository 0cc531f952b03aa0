"""Small line drawings in place of coloured signs that no printing font has (🕒, 📍, ☑ and others)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.drawing import Colour
from fujisawa_desktop.documents.stylesheet import TextStyle

_GRID: Final = 24
"""Icons are drawn on a square of this side, y downwards, and scaled."""
_ROUND: Final = 0.5523


def _circle(x: float, y: float, radius: float) -> str:
    bend = radius * _ROUND
    return (
        f"{x + radius} {y} m {x + radius} {y + bend:.3f} {x + bend:.3f} {y + radius} {x} {y + radius} c "
        f"{x - bend:.3f} {y + radius} {x - radius} {y + bend:.3f} {x - radius} {y} c "
        f"{x - radius} {y - bend:.3f} {x - bend:.3f} {y - radius} {x} {y - radius} c "
        f"{x + bend:.3f} {y - radius} {x + radius} {y - bend:.3f} {x + radius} {y} c h"
    )


_ICONS: Final[Mapping[str, str]] = {
    "✳️": ("12 3 m 12 21 l S 3 12 m 21 12 l S 5.6 5.6 m 18.4 18.4 l S 18.4 5.6 m 5.6 18.4 l S"),
    "🕒": f"{_circle(12, 12, 9)} S 12 6.5 m 12 12 l 16.5 12 l S",
    "💰": f"{_circle(12, 12, 9)} S 8.2 7 m 12 12.2 l 15.8 7 l S 12 12.2 m 12 17.6 l S "
    "8.6 12.6 m 15.4 12.6 l S 8.6 15.2 m 15.4 15.2 l S",
    "📍": "12 21.5 m 8 16 5 13 5 9.5 c 5 5.6 8.1 2.5 12 2.5 c "
    "15.9 2.5 19 5.6 19 9.5 c 19 13 16 16 12 21.5 c h S "
    f"{_circle(12, 9.5, 2.6)} S",
    "📁": "3 19.5 m 3 4.5 l 9.5 4.5 l 11.5 7 l 21 7 l 21 19.5 l h S 3 10.5 m 21 10.5 l S",
    "👤": f"{_circle(12, 7.5, 4.2)} S 3.8 21 m 3.8 16.5 7.5 14.2 12 14.2 c 16.5 14.2 20.2 16.5 20.2 21 c h S",
    "📅": "3.5 5.5 17 15 re S 3.5 10 m 20.5 10 l S 8 3 m 8 7 l S 16 3 m 16 7 l S "
    "7.5 13.5 m 9.5 13.5 l S 14.5 13.5 m 16.5 13.5 l S 7.5 17 m 9.5 17 l S",
    "📝": "14.5 4 m 5 4 l 5 20.5 l 18 20.5 l 18 12 l S "
    "10 14.5 m 10.8 11.4 l 18.4 3.8 l 20.8 6.2 l 13.2 13.8 l h S",
    "🏁": "5 21.5 m 5 3 l S 5 4 m 19.5 4 l 16 8.5 l 19.5 13 l 5 13 l S",
    "💬": "3 4.5 m 21 4.5 l 21 16 l 12 16 l 7.5 20.5 l 7.5 16 l 3 16 l h S "
    "7.5 9 m 16.5 9 l S 7.5 12 m 13 12 l S",
    "✉": "3 5.5 18 13 re S 3.4 6.2 m 12 13 l 20.6 6.2 l S",
    "☑": "3.5 3.5 17 17 re S 7.3 12 m 11 16 l 17.5 7.5 l S",
}
DRAWN: Final = frozenset({"✉", "☑"})
"""Signs within a text that are drawn because no bundled font has them."""
PERSON: Final = "👤"


def icon(page: Page, sign: str, x: float, y: float, side: float, colour: Colour, style: TextStyle) -> None:
    """Draw what stands for ``sign`` in a square; it is copied out of the PDF as the sign itself.

    Args:
        page: where.
        sign: one of the signs this module knows.
        x: left edge of the square.
        y: upper edge.
        side: its length.
        colour: of the lines.
        style: the text beside it, in which the sign is copied.
    """
    page.unseen(x, y + side * 0.85, sign, style)
    decoration(page, sign, x, y, side, colour)


def decoration(page: Page, sign: str, x: float, y: float, side: float, colour: Colour) -> None:
    """Draw what stands for ``sign`` without saying so: a picture that adds nothing to the text."""
    scale = side / _GRID
    shown = " ".join(f"{part:g}" for part in colour)
    page.draw(
        f"q {shown} RG {scale:.4f} 0 0 {-scale:.4f} {x:.2f} {page.height - y:.2f} cm "
        f"1.9 w 1 J 1 j {_ICONS[sign]} Q"
    )
