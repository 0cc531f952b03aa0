"""How one interview is painted: the course by colour and pattern, the name, signs of its state."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from fujisawa_desktop.i18n import format_time
from fujisawa_desktop.views.interviews.board import Board, Card, CardState
from fujisawa_desktop.views.interviews.inks import course_ink, paint_course_bar
from fujisawa_desktop.views.interviews.signs import Sign, paint_sign, signs_of
from fujisawa_desktop.views.interviews.words import family_name
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import Tokens, body_font

BAR: Final = 5
_TEXT_PX: Final = 12
_LINE: Final = 15
_TEXT_SIZES: Final = ((12, 100), (11, 100), (10, 100), (10, 80), (9, 80), (8, 75))
"""Sizes and widths (per cent) in which a name is tried in a narrow card."""
_SIGN: Final = 9.0
_LOW: Final = 20.0
"""Lower cards keep their height for the name."""
_WIDE: Final = 84.0
"""From this width on, signs stand at the right of the name instead of below it."""


def paint_card(
    painter: QPainter, rect: QRectF, board: Board, card: Card, colours: Tokens, *, lifted: bool
) -> None:
    """Paint one interview: bar and colour of the course, name, signs of its state; faint when lifted."""
    ranks = board.ranks_of(card.person) or (0,)
    ink = course_ink(ranks[0], colours)
    body = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    draft = card.state is not CardState.BOOKED
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if lifted:
        painter.setOpacity(0.45)
    pen = QPen(QColor(ink.edge), 1.0)
    pen.setStyle(Qt.PenStyle.DashLine if draft else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(QColor(colours.panel if draft else ink.ground))
    painter.drawRoundedRect(body, 4, 4)
    height = (body.height() - 3) / len(ranks)
    for at, rank in enumerate(ranks):
        bar = QRectF(body.left() + 0.5, body.top() + 1.5 + at * height, BAR, height)
        paint_course_bar(painter, bar, rank, colours)
    room = body.adjusted(BAR + 2, 1, -2, -1)
    signs = signs_of(card)
    wide = body.width() >= _WIDE or room.height() < _LOW
    if room.height() < _LOW:
        signs = signs[:1] if body.width() >= _WIDE / 2 else ()
    if signs:
        room = _paint_signs(painter, room, signs, colours, beside=wide)
    _paint_card_text(painter, room, board, card, colours)
    painter.restore()


def _paint_signs(
    painter: QPainter, room: QRectF, signs: tuple[Sign, ...], colours: Tokens, *, beside: bool
) -> QRectF:
    """Paint as many signs as there is room for and return the room left for the name."""
    fitting = max(int((room.width() + 2) // (_SIGN + 2)), 1)
    shown = signs[:fitting]
    y = room.top() + 2 if beside else room.bottom() - _SIGN
    x = room.right() - len(shown) * (_SIGN + 2) + 1
    for sign in shown:
        paint_sign(painter, QRectF(x, y, _SIGN, _SIGN), sign, colours)
        x += _SIGN + 2
    if beside:
        return room.adjusted(0, 0, -len(shown) * (_SIGN + 2) - 2, 0)
    return room.adjusted(0, 0, 0, -_SIGN)


def _paint_card_text(painter: QPainter, room: QRectF, board: Board, card: Card, colours: Tokens) -> None:
    name = card.person.name
    meet(name)
    font = body_font(_TEXT_PX)
    metrics = _metrics(_TEXT_PX)
    if metrics.horizontalAdvance(name) > room.width():
        painter.setPen(QColor(colours.ink))
        paint_name(painter, room, name)
        return
    lines = [name]
    if room.height() >= 2 * _LINE:
        lines.append(_second_line(board, card, metrics, room.width()))
    painter.setFont(font)
    top = room.top() + (room.height() - _LINE * len(lines)) / 2
    painter.setPen(QColor(colours.ink))
    for at, line in enumerate(lines):
        painter.drawText(QPointF(room.left(), top + at * _LINE + _TEXT_PX), line)
        painter.setPen(QColor(colours.secondary))


def _second_line(board: Board, card: Card, metrics: QFontMetrics, width: float) -> str:
    """Return time, course and kana, as much of it as there is room for."""
    time = f"{format_time(card.start)}–{format_time(card.end)}"
    courses = "・".join(mark.short_name for mark in board.marks_of(card.person))
    signs = "・".join(mark.sign for mark in board.marks_of(card.person))
    tries = (
        f"{time}　{courses}　{card.person.kana}",
        f"{time}　{courses}",
        f"{time}　{signs}",
        f"{format_time(card.start)}　{signs}",
        format_time(card.start),
    )
    return next((text for text in tries if metrics.horizontalAdvance(text) <= width), "")


def paint_name(painter: QPainter, room: QRectF, name: str) -> None:
    """Write a name into a narrow card: the whole of it where it fits, else the family name.

    It is broken into lines, in the largest size that holds it; what has still no room ends with “…”.
    """
    size, stretch, lines = fitted_name(name, int(room.width()), int(room.height() + 1))
    painter.setFont(_font(size, stretch))
    height = size + 1
    top = room.top() + (room.height() - len(lines) * height) / 2
    for at, line in enumerate(lines):
        painter.drawText(QPointF(room.left(), top + (at + 1) * height - 2), line)


@lru_cache(maxsize=8192)
def fitted_name(name: str, width: int, height: int) -> tuple[int, int, tuple[str, ...]]:
    """Return size, stretch and lines of a name; kept, for measuring letters is what painting costs."""
    parts = tuple(name.split()) or (name,)
    for size, stretch in _TEXT_SIZES[:2]:
        metrics = _metrics(size, stretch)
        lines = (*broken(parts[0], metrics, width), *parts[1:])
        rest_fits = all(metrics.horizontalAdvance(part) <= width for part in parts[1:])
        if len(parts) > 1 and rest_fits and len(lines) * (size + 1) <= height:
            return size, stretch, lines
    return _fitted_word(family_name(name), width, height)


def _fitted_word(text: str, width: int, height: int) -> tuple[int, int, tuple[str, ...]]:
    lines: list[str] = []
    for size, stretch in _TEXT_SIZES:
        lines = broken(text, _metrics(size, stretch), width)
        if len(lines) * (size + 1) <= height:
            return size, stretch, tuple(lines)
    size, stretch = _TEXT_SIZES[-1]
    fitting = max(height // (size + 1), 1)
    cut = _metrics(size, stretch).elidedText(
        "".join(lines[fitting - 1 :]), Qt.TextElideMode.ElideRight, width
    )
    return size, stretch, (*lines[: fitting - 1], cut)


def broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` pixels, between any two characters."""
    lines = [""]
    for character in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


# Made anew each time: a font kept from before knows no typeface that was taken in since, and may not
# outlive the application.
def _font(size: int, stretch: int) -> QFont:
    font = body_font(size)
    font.setStretch(stretch)
    return font


def _metrics(size: int, stretch: int = 100) -> QFontMetrics:
    return QFontMetrics(_font(size, stretch))
