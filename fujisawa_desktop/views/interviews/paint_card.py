"""How one interview is painted: the course by colour and pattern, the name, signs of its state."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen

from fujisawa_desktop.i18n import format_time
from fujisawa_desktop.views.interviews.board import Board, Card, CardState
from fujisawa_desktop.views.interviews.words import family_name
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import Tokens, Tone, body_font, tokens

COURSE_TONES: Final[tuple[Tone, ...]] = ("key", "good", "caution", "wrong", "neutral")
BAR: Final = 4
_TEXT_PX: Final = 12
_TEXT_SIZES: Final = ((12, 100), (11, 100), (10, 100), (10, 80), (9, 80))
"""Sizes and widths (per cent) in which a family name is tried in a narrow card."""


def course_tone(rank: int) -> Tone:
    """Return the colour of the course at that position."""
    return COURSE_TONES[rank % len(COURSE_TONES)]


def paint_course_bar(painter: QPainter, rect: QRectF, rank: int) -> None:
    """Paint the bar that tells a course without colour: full, two lines, dots, dashes, one line."""
    colour = tokens().text_of(course_tone(rank))
    painter.save()
    kind = rank % len(COURSE_TONES)
    middle = QLineF(rect.center().x(), rect.top(), rect.center().x(), rect.bottom())
    if kind == 0:
        painter.fillRect(rect, colour)
    elif kind == 1:
        third = rect.width() / 3
        painter.fillRect(QRectF(rect.left(), rect.top(), third, rect.height()), colour)
        painter.fillRect(QRectF(rect.right() - third, rect.top(), third, rect.height()), colour)
    else:
        styles = (Qt.PenStyle.DotLine, Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine)
        painter.setPen(QPen(colour, 1.0 if kind == 4 else rect.width() - 1, styles[kind - 2]))
        painter.drawLine(middle)
    painter.restore()


def paint_card(painter: QPainter, rect: QRectF, board: Board, card: Card, *, lifted: bool) -> None:
    """Paint one interview: bar and colour of the course, name, signs of its state; faint when lifted."""
    colours = tokens()
    ranks = sorted(board.course_rank(mark.course_id) for mark in board.marks_of(card.person)) or [0]
    tone = course_tone(ranks[0])
    body = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    draft = card.state is not CardState.BOOKED
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.45 if lifted else 1.0)
    shape = QPainterPath()
    shape.addRoundedRect(body, 4, 4)
    painter.fillPath(shape, QColor(colours.panel) if draft else colours.ground_of(tone))
    painter.save()
    painter.setClipPath(shape)
    height = body.height() / len(ranks)
    for at, rank in enumerate(ranks):
        paint_course_bar(painter, QRectF(body.left(), body.top() + at * height, BAR, height), rank)
    painter.restore()
    pen = QPen(colours.text_of(tone), 1.0)
    pen.setStyle(Qt.PenStyle.DashLine if draft else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)
    _paint_signs(painter, body, card, colours)
    _paint_card_text(painter, body.adjusted(BAR + 2, 1, -2, -1), card)
    painter.restore()


def _paint_signs(painter: QPainter, body: QRectF, card: Card, colours: Tokens) -> None:
    """Paint a dot for a fixed interview and a corner for one that does not fit any more."""
    if card.booked is None:
        return
    if card.booked.is_locked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ink))
        painter.drawEllipse(QPointF(body.right() - 5, body.top() + 5), 3, 3)
    if card.booked.problems:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.wrong))
        corner = QPainterPath(QPointF(body.right() - 11, body.bottom()))
        corner.lineTo(body.bottomRight())
        corner.lineTo(QPointF(body.right(), body.bottom() - 11))
        corner.closeSubpath()
        painter.drawPath(corner)


def _paint_card_text(painter: QPainter, room: QRectF, card: Card) -> None:
    painter.setPen(QColor(tokens().ink))
    name = card.person.name
    meet(name)
    lines = [name] if QFontMetrics(body_font(_TEXT_PX)).horizontalAdvance(name) <= room.width() else []
    if lines and room.height() >= 28:
        lines.append(f"{format_time(card.start)} {card.person.kana}")
    if lines:
        painter.setFont(body_font(_TEXT_PX))
        metrics = QFontMetrics(painter.font())
        top = room.top() + max((room.height() - metrics.height() * len(lines)) / 2, 0)
        for at, line in enumerate(lines):
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(QPointF(room.left(), top + at * metrics.height() + metrics.ascent()), shown)
            painter.setPen(QColor(tokens().secondary))
        return
    paint_name(painter, room, family_name(name))


def paint_name(painter: QPainter, room: QRectF, text: str) -> None:
    """Write a family name into a narrow card: broken into lines, in the largest size that holds it."""
    size, stretch, lines = _fitted(text, int(room.width()), int(room.height() + 1))
    font = body_font(size)
    font.setStretch(stretch)
    painter.setFont(font)
    height = size + 1
    top = room.top() + (room.height() - len(lines) * height) / 2
    for at, line in enumerate(lines):
        painter.drawText(QPointF(room.left(), top + (at + 1) * height - 2), line)


@lru_cache(maxsize=4096)
def _fitted(text: str, width: int, height: int) -> tuple[int, int, tuple[str, ...]]:
    """Return size, stretch and lines; kept, for measuring letters is what painting hundreds costs."""
    size, stretch = _TEXT_SIZES[-1]
    lines: list[str] = []
    metrics = QFontMetrics(body_font(size))
    for size, stretch in _TEXT_SIZES:
        font = body_font(size)
        font.setStretch(stretch)
        metrics = QFontMetrics(font)
        lines = broken(text, metrics, width)
        if len(lines) * (size + 1) <= height:
            break
    fitting = max(height // (size + 1), 1)
    if len(lines) > fitting:
        cut = metrics.elidedText("".join(lines[fitting - 1 :]), Qt.TextElideMode.ElideRight, width)
        lines = [*lines[: fitting - 1], cut]
    return size, stretch, tuple(lines)


def broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` pixels, between any two characters."""
    lines = [""]
    for character in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines
