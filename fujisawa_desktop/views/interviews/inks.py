"""Colours and patterns that tell courses apart, for every kind of eye, in the dark and on grey paper.

The colours follow Okabe and Ito's set for colour-blind readers (blue, bluish green, vermilion, reddish
purple, black …), deepened until letters on them keep a contrast of 4.5.  Nothing depends on them alone:
each course has a pattern of its own at the card's edge, and its sign where there is room.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from fujisawa_desktop.views.theme import DARK, LIGHT, Tokens

_HATCH: Final = 7.0


@dataclass(frozen=True, slots=True)
class CourseInk:
    """Edge and ground of a course's cards."""

    edge: str
    ground: str


_ON_LIGHT: Final = (
    CourseInk("#0017C1", "#E8F1FE"),
    CourseInk("#00705A", "#DDF3EB"),
    CourseInk("#A34700", "#FDEBDD"),
    CourseInk("#7B2A8F", "#F4E6F8"),
    CourseInk("#3C3F46", "#E9EAED"),
    CourseInk("#00699E", "#DDF1FA"),
    CourseInk("#6B5F00", "#F7F2CC"),
    CourseInk("#B0005B", "#FDE4EF"),
)
_ON_DARK: Final = (
    CourseInk("#A3B6FF", "#263056"),
    CourseInk("#6FD6B8", "#16392F"),
    CourseInk("#FFB079", "#472C16"),
    CourseInk("#E9C2F2", "#3D2247"),
    CourseInk("#CDD0D8", "#363A42"),
    CourseInk("#7CC9F2", "#153649"),
    CourseInk("#DCCB4A", "#3B360F"),
    CourseInk("#FF9BC8", "#4A1B34"),
)
_ON_PAPER: Final = tuple(replace(ink, ground="#FFFFFF") for ink in _ON_LIGHT)

PAPER: Final = replace(
    LIGHT,
    ink="#000000",
    secondary="#333333",
    line="#AAAAAA",
    field_line="#555555",
    closed="#EEEEEE",
)
"""The colours of a printed calendar: cards stay white, so that a black-and-white printer loses nothing."""


def course_ink(rank: int, colours: Tokens) -> CourseInk:
    """Return the colours of the course at that position of the programme."""
    inks = _ON_DARK if colours is DARK else _ON_PAPER if colours is PAPER else _ON_LIGHT
    return inks[rank % len(inks)]


KINDS: Final = len(_ON_LIGHT)
"""So many courses have a colour and a pattern of their own."""


def paint_course_bar(painter: QPainter, rect: QRectF, rank: int, colours: Tokens) -> None:
    """Paint the bar that tells a course without colour.

    In the order of the courses: full, two lines, dots, dashes, one thin line, rungs, slanting lines,
    and a full line beside a thin one.
    """
    colour = QColor(course_ink(rank, colours).edge)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    kind = rank % KINDS
    if kind == 0:
        painter.fillRect(rect, colour)
    elif kind in (1, 7):
        third = rect.width() / 3
        first = third if kind == 1 else third * 1.7
        painter.fillRect(QRectF(rect.left(), rect.top(), first, rect.height()), colour)
        painter.fillRect(QRectF(rect.right() - third * 0.9, rect.top(), third * 0.9, rect.height()), colour)
    elif kind == 4:
        painter.fillRect(QRectF(rect.center().x() - 0.6, rect.top(), 1.2, rect.height()), colour)
    elif kind == 6:
        hatch(painter, rect, colour, gap=4.0, width=1.6)
    else:
        _paint_marks(painter, rect, kind)
    painter.restore()


def _paint_marks(painter: QPainter, rect: QRectF, kind: int) -> None:
    """Paint dots, dashes or rungs one below the other."""
    width = rect.width()
    every = {2: width * 1.5, 3: width * 2.4, 5: width}[kind]
    y = rect.top()
    while y < rect.bottom():
        if kind == 2:
            painter.drawEllipse(QPointF(rect.center().x(), y + width / 2), width * 0.42, width * 0.42)
        elif kind == 3:
            painter.drawRect(QRectF(rect.left() + width * 0.1, y, width * 0.8, width * 1.5))
        else:
            painter.drawRect(QRectF(rect.left(), y, width, width * 0.36))
        y += every


def hatch(
    painter: QPainter, rect: QRectF, colour: QColor, *, gap: float = _HATCH, width: float = 1.0
) -> None:
    """Fill a rectangle with slanting lines: nobody is there."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, width))
    x = rect.left() - rect.height()
    x -= (x + rect.top()) % gap  # the lines of neighbouring columns meet
    lines = []
    while x < rect.right():
        lines.append(QLineF(x, rect.bottom(), x + rect.height(), rect.top()))
        x += gap
    painter.drawLines(lines)
    painter.restore()
