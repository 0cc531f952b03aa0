"""The heads over the columns and the hours at the left: they stay where they are while one scrolls."""

from __future__ import annotations

import re
from datetime import time
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from fujisawa_desktop.i18n import format_time, weekday
from fujisawa_desktop.views.interviews.layout import (
    AXIS_WIDTH,
    DAY_HEAD,
    HEAD_HEIGHT,
    NAME_HEAD,
    ClosedStrip,
    DayRange,
)
from fujisawa_desktop.views.interviews.paint import WIDE_CLOSED, Scene
from fujisawa_desktop.views.interviews.paint_card import broken
from fujisawa_desktop.views.interviews.words import day_count, day_head
from fujisawa_desktop.views.theme import SMALL_PX, body_font

_MIDDLE = Qt.AlignmentFlag.AlignCenter
_NAME_PX = 11
_NUMBERED = re.compile(r"(.*?)([0-9A-Za-z０-９]+)")
"""A room with its number (面接室12), which is not to be broken."""


def paint_heads(painter: QPainter, scene: Scene, part: QRectF) -> None:
    """Paint days and interviewers over the columns, as far as they lie in ``part``.

    The name of a day of which only a part is in sight stands over that part.
    """
    layout, colours = scene.layout, scene.colours
    painter.fillRect(QRectF(part.left(), 0, part.width(), HEAD_HEIGHT), QColor(colours.panel))
    for day in layout.days:
        left, right = max(day.left, part.left()), min(day.right, part.right())
        if left < right:
            _paint_day(painter, scene, day, QRectF(left, 0, right - left, DAY_HEAD))
    for strip in layout.closed:
        _paint_closed_head(painter, scene, strip)
    painter.setPen(QColor(colours.secondary))
    for number in layout.columns_between(part.left(), part.right()):
        rect = QRectF(layout.lefts[number], DAY_HEAD, layout.column_width, NAME_HEAD)
        _paint_interviewer(painter, rect, scene.board.columns[number].interviewer.name)
    painter.setPen(QPen(QColor(colours.field_line), 1))
    painter.drawLine(QPointF(AXIS_WIDTH, HEAD_HEIGHT), QPointF(layout.width, HEAD_HEIGHT))


def _paint_closed_head(painter: QPainter, scene: Scene, strip: ClosedStrip) -> None:
    day, rect = strip.day.day, QRectF(strip.left, 0, strip.right - strip.left, HEAD_HEIGHT)
    painter.fillRect(rect, QColor(scene.colours.closed))
    painter.setFont(body_font(SMALL_PX))
    painter.setPen(QColor(scene.colours.secondary))
    above = QRectF(rect.left(), 0, rect.width(), DAY_HEAD)
    if rect.width() > WIDE_CLOSED:
        painter.drawText(above, _MIDDLE, day_head(day))
        return
    painter.drawText(above, _MIDDLE, str(day.day))
    painter.drawText(QRectF(rect.left(), DAY_HEAD, rect.width(), NAME_HEAD), _MIDDLE, weekday(day)[:2])


def _paint_day(painter: QPainter, scene: Scene, day: DayRange, rect: QRectF) -> None:
    today = day.day == scene.now.date()
    colours = scene.colours
    font = body_font(bold=True)
    metrics = QFontMetrics(font)
    name = day_head(day.day)
    tries = (
        f"{name}　{day_count(scene.board, day.day)}",
        name,
        f"{day.day.day} {weekday(day.day)}",
        str(day.day.day),
    )
    text = next((one for one in tries if metrics.horizontalAdvance(one) + 10 <= rect.width()), "")
    if today and text:
        mark = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, DAY_HEAD - 4)
        mark.moveCenter(rect.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.key), 1))
        painter.setBrush(QColor(colours.key_pale))
        painter.drawRoundedRect(mark, 8, 8)
        painter.restore()
    painter.setFont(font)
    painter.setPen(QColor(colours.key if today else colours.ink))
    painter.drawText(rect, _MIDDLE, text)


def _paint_interviewer(painter: QPainter, rect: QRectF, name: str) -> None:
    size, lines = head_lines(name, int(rect.width()) - 2)
    painter.setFont(body_font(size))
    height = rect.height() / len(lines)
    for at, line in enumerate(lines):
        painter.drawText(QRectF(rect.left(), rect.top() + at * height, rect.width(), height), _MIDDLE, line)


@lru_cache(maxsize=1024)
def head_lines(name: str, width: int) -> tuple[int, tuple[str, ...]]:
    """Return size and lines of an interviewer's name over a column of that width."""
    parts = name.split() or [name]
    wide, small = QFontMetrics(body_font(SMALL_PX)), QFontMetrics(body_font(_NAME_PX))
    if wide.horizontalAdvance(name) <= width:
        return SMALL_PX, (name,)
    if len(parts) > 1 and all(small.horizontalAdvance(part) <= width for part in parts[-2:]):
        return _NAME_PX, (" ".join(parts[:-1]), parts[-1]) if len(parts) == 2 else tuple(parts[-2:])
    if wide.horizontalAdvance(parts[-1]) <= width:
        return SMALL_PX, (parts[-1],)
    word = _NUMBERED.fullmatch(parts[-1])
    if word is not None and small.horizontalAdvance(word[1]) <= width:
        return _NAME_PX, (word[1], word[2])
    lines = broken(parts[-1], small, width)
    if len(lines) <= 2:
        return _NAME_PX, tuple(lines)
    return SMALL_PX, (short_name(name, wide, width),)


def short_name(name: str, metrics: QFontMetrics, width: int) -> str:
    """Return as much of an interviewer's name as fits.

    The last part (職員課 佐野 → 佐野) tells people apart best; of one long word (会議室A) the end does.
    """
    parts = name.split() or [name]
    for text in (name, parts[-1]):
        if metrics.horizontalAdvance(text) <= width:
            return text
    word = parts[-1]
    shorter = (word[:length] + word[-1] for length in range(len(word) - 2, 0, -1))
    return next((text for text in shorter if metrics.horizontalAdvance(text) <= width), word[-1])


def paint_axis(painter: QPainter, scene: Scene) -> None:
    """Paint the hours at the left; scrolled only up and down."""
    layout = scene.layout
    painter.fillRect(QRectF(0, 0, AXIS_WIDTH, layout.height), QColor(scene.colours.panel))
    painter.setFont(body_font(SMALL_PX))
    painter.setPen(QColor(scene.colours.secondary))
    for hour in range(layout.first.hour, layout.last.hour + 1):
        y = layout.y_of(time(hour))
        rect = QRectF(0, max(y - 9, HEAD_HEIGHT - 4), AXIS_WIDTH - 6, 18)
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, format_time(time(hour))
        )
