"""Shapes and colours of the public papers: few colours, all of them grays apart when printed black."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fujisawa_desktop.documents.book import Page

Colour = tuple[float, float, float]
"""Red, green, blue, each from 0 to 1."""
Point = tuple[float, float]

NAVY: Final[Colour] = (0.02, 0.24, 0.42)
"""Titles, bands and lines; printed black it is a dark gray on which white can be read."""
WATER: Final[Colour] = (0.90, 0.95, 0.98)
"""Grounds of blocks."""
SHORE: Final[Colour] = (0.45, 0.65, 0.8)
"""Lines and shapes that must not compete with the text."""
SUN: Final[Colour] = (1.0, 0.83, 0.25)
"""The one signal: the entry period."""
WHITE: Final[Colour] = (1.0, 1.0, 1.0)
_ROUND: Final = 0.5523
"""How far the handles of a Bézier curve stand out for a quarter of a circle."""


def area(
    page: Page,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    radius: float = 0.0,
    fill: Colour | None = None,
    line: Colour | None = None,
    line_width: float = 0.8,
) -> None:
    """Draw a rectangle with round corners; (x, y) is its upper left corner."""
    radius = max(min(radius, width / 2, height / 2), 0.0)
    _paint(page, _rounded(x, page.height - y - height, width, height, radius), fill, line, line_width)


def disc(page: Page, x: float, y: float, radius: float, *, fill: Colour) -> None:
    """Draw a filled circle around (x, y)."""
    area(page, x - radius, y - radius, 2 * radius, 2 * radius, radius=radius, fill=fill)


def polygon(page: Page, points: Sequence[Point], *, fill: Colour) -> None:
    """Draw a filled shape with straight sides."""
    path = " ".join(
        f"{x:.2f} {page.height - y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points)
    )
    _paint(page, f"{path} h", fill, None, 0)


def arrow_down(page: Page, x: float, y: float, width: float, height: float, fill: Colour) -> None:
    """Draw a broad arrow that points down; (x, y) is the middle of its upper end."""
    half, stem, head = width / 2, width / 4, height * 0.55
    polygon(
        page,
        [
            (x - stem, y), (x + stem, y), (x + stem, y + height - head), (x + half, y + height - head),
            (x, y + height), (x - half, y + height - head), (x - stem, y + height - head),
        ],
        fill=fill,
    )  # fmt: skip


def arrow_both(page: Page, x: float, y: float, width: float, height: float, fill: Colour) -> None:
    """Draw a broad arrow that points up and down."""
    half, stem, head = width / 2, width / 4, height * 0.4
    low, high = y + height - head, y + head
    polygon(
        page,
        [
            (x, y), (x + half, high), (x + stem, high), (x + stem, low), (x + half, low), (x, y + height),
            (x - half, low), (x - stem, low), (x - stem, high), (x - half, high),
        ],
        fill=fill,
    )  # fmt: skip


def arrow_right(page: Page, x: float, y: float, width: float, height: float, fill: Colour) -> None:
    """Draw a small head of an arrow that points right; (x, y) is its upper left corner."""
    polygon(page, [(x, y), (x + width, y + height / 2), (x, y + height)], fill=fill)


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    if not radius:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    right, top, handle = x + width, y + height, radius * (1 - _ROUND)
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - handle:.2f} {y:.2f} {right:.2f} {y + handle:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - handle:.2f} {right - handle:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{x + radius:.2f} {top:.2f} l "
        f"{x + handle:.2f} {top:.2f} {x:.2f} {top - handle:.2f} {x:.2f} {top - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l "
        f"{x:.2f} {y + handle:.2f} {x + handle:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )


def _paint(page: Page, path: str, fill: Colour | None, line: Colour | None, line_width: float) -> None:
    parts = ["q"]
    if fill is not None:
        parts.append(f"{_shown(fill)} rg")
    if line is not None:
        parts.append(f"{_shown(line)} RG {line_width:g} w")
    act = "B" if fill is not None and line is not None else "f" if fill is not None else "S"
    page.draw(" ".join((*parts, path, act, "Q")))


def _shown(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
