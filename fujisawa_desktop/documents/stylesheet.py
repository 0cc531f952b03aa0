"""Sizes, margins and type of every paper, in one place.

Lengths are points unless a name says mm.  Margins follow common municipal practice
(文書管理規程: A4 portrait, bound left): left at least 25 mm, the others at least 20 mm.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from fujisawa_desktop.documents.fonts import Family

MM: Final = 72 / 25.4
A4_PORTRAIT: Final = (210 * MM, 297 * MM)
A4_LANDSCAPE: Final = (297 * MM, 210 * MM)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set."""

    family: Family
    size: float
    leading: float
    """From one line to the next."""
    gray: float = 0.0


HAIRLINE: Final = 0.4
FRAME: Final = 0.8
LIGHT_FILL: Final = 0.93
CLOSED_FILL: Final = 0.9


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """The letter: a grid of 40 characters, as 公用文 is commonly set."""

    size: tuple[float, float] = A4_PORTRAIT
    left: float = 28 * MM
    top: float = 25 * MM
    bottom: float = 20.5 * MM
    characters: int = 40
    """In a line of the body."""
    body: TextStyle = TextStyle(Family.MINCHO, 11, 19)
    title: TextStyle = TextStyle(Family.MINCHO, 12, 20)
    small: TextStyle = TextStyle(Family.MINCHO, 9, 14)
    contact: TextStyle = TextStyle(Family.MINCHO, 9.5, 14.5)
    contact_heading: TextStyle = TextStyle(Family.GOTHIC_BOLD, 9.5, 14.5)
    qr_side: float = 23 * MM

    @property
    def em(self) -> float:
        """One character of the body."""
        return self.body.size

    @property
    def width(self) -> float:
        """The body's width; a hanging stop may stand one character outside it."""
        return self.characters * self.em

    def tightened(self, part: float) -> LetterSheet:
        """Return the same sheet with its lines set closer: ``part`` of the usual distance."""
        return replace(
            self,
            body=replace(self.body, leading=self.body.leading * part),
            title=replace(self.title, leading=self.title.leading * part),
            small=replace(self.small, leading=self.small.leading * part),
        )


LETTER: Final = LetterSheet()
LETTER_DENSITIES: Final = (LETTER, LETTER.tightened(0.93), LETTER.tightened(0.87))
"""A letter that just does not fit on one page is set a little closer, as a typist would."""


@dataclass(frozen=True, slots=True)
class ListSheet:
    """Lists and forms for the office, portrait or landscape."""

    left: float = 25.5 * MM
    right: float = 20.5 * MM
    top: float = 20.5 * MM
    bottom: float = 20.5 * MM
    title: TextStyle = TextStyle(Family.GOTHIC_BOLD, 14, 22)
    subtitle: TextStyle = TextStyle(Family.MINCHO, 10, 15)
    mark: TextStyle = TextStyle(Family.GOTHIC_BOLD, 11, 16)
    head: TextStyle = TextStyle(Family.GOTHIC, 8.5, 12)
    cell: TextStyle = TextStyle(Family.MINCHO, 10, 13.5)
    small: TextStyle = TextStyle(Family.MINCHO, 8, 11)
    total: TextStyle = TextStyle(Family.GOTHIC_BOLD, 11, 15)
    padding: float = 1.2 * MM
    row: float = 7.2 * MM


LIST: Final = ListSheet()
