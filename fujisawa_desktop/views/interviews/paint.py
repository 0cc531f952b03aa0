"""How the calendar is painted: time axis, heads of days, free and closed time, cards, cursor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPainterPath, QPen

from fujisawa_desktop.i18n import format_time
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.board import Board, Card, CardState, Fit, Place
from fujisawa_desktop.views.interviews.layout import AXIS_WIDTH, DAY_HEAD, HEAD_HEIGHT, NAME_HEAD, Layout
from fujisawa_desktop.views.interviews.words import day_head, family_name
from fujisawa_desktop.views.theme import SMALL_PX, Tokens, Tone, body_font, tokens

COURSE_TONES: Final[tuple[Tone, ...]] = ("key", "good", "caution", "wrong", "neutral")
BAR: Final = 4
_TEXT_PX: Final = 12
_TEXT_SIZES: Final = ((12, 100), (11, 100), (10, 100), (10, 80), (9, 80))
"""Sizes and widths (per cent) in which a family name is tried in a narrow card."""
_HATCH: Final = 7.0
_MIDDLE: Final = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Scene:
    """What is painted.

    Attributes:
        cursor: the place the keyboard is on, drawn while ``focused``.
        chosen: the entry whose card is marked.
        carried: who is being put somewhere, and the interview that would be moved.
        target: where the carried one would land.
    """

    board: Board
    layout: Layout
    now: datetime
    cursor: Place | None = None
    focused: bool = False
    chosen: int | None = None
    carried: Person | None = None
    leaving: int | None = None
    target: Place | None = None


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


def hatch(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a rectangle with slanting lines: nobody is there."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 1))
    x = rect.left() - rect.height()
    x -= (x + rect.top()) % _HATCH  # the lines of neighbouring columns meet
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += _HATCH
    painter.restore()


def paint_grid(painter: QPainter, scene: Scene) -> None:
    """Paint everything below the heads and right of the axis, at its place without scrolling."""
    colours = tokens()
    layout = scene.layout
    for number in range(len(scene.board.columns)):
        _paint_free_time(painter, scene, number, colours)
    _paint_lunch(painter, scene, colours)
    _paint_hours(painter, layout, colours)
    _paint_separators(painter, scene, colours)
    if scene.carried is not None:
        _paint_fits(painter, scene, scene.carried, colours)
    for card in scene.board.cards:
        paint_card(painter, layout.rect_of(card.place), scene, card)
    _paint_now(painter, scene, colours)
    if scene.target is not None and scene.carried is not None:
        _paint_target(painter, scene, scene.target, scene.carried, colours)
    if scene.cursor is not None and scene.focused:
        _paint_cursor(painter, scene, scene.cursor, colours)


def _paint_free_time(painter: QPainter, scene: Scene, number: int, colours: Tokens) -> None:
    column = scene.board.columns[number]
    whole = scene.layout.column_rect(number)
    painter.fillRect(whole, QColor(colours.closed))
    hatch(painter, whole, QColor(colours.line))
    for start, end in column.interviewer.windows:
        if start.date() == column.day:
            top, bottom = scene.layout.y_of(start), scene.layout.y_of(end)
            painter.fillRect(QRectF(whole.left(), top, whole.width(), bottom - top), QColor(colours.panel))


def _paint_lunch(painter: QPainter, scene: Scene, colours: Tokens) -> None:
    lunch = scene.board.view.lunch
    if lunch is None:
        return
    layout = scene.layout
    top, bottom = layout.y_of(lunch[0]), layout.y_of(lunch[1])
    for day in layout.days:
        rect = QRectF(day.left, top, day.right - day.left, bottom - top)
        painter.fillRect(rect, QColor(colours.closed))


def _paint_hours(painter: QPainter, layout: Layout, colours: Tokens) -> None:
    faint = QColor(colours.line)
    faint.setAlpha(120)
    moment = datetime.combine(date.min, time(layout.first.hour))
    while moment.time() <= layout.last:
        y = round(layout.y_of(moment)) + 0.5
        painter.setPen(QPen(QColor(colours.line) if moment.minute == 0 else faint, 1))
        for day in layout.days:
            painter.drawLine(QPointF(day.left, y), QPointF(day.right, y))
        if moment.time() > time(23, 29):
            break
        moment += timedelta(minutes=30)


def _paint_separators(painter: QPainter, scene: Scene, colours: Tokens) -> None:
    layout = scene.layout
    faint = QColor(colours.line)
    faint.setAlpha(120)
    bottom = layout.column_rect(0).bottom() if layout.lefts else 0.0
    for day in layout.days:
        painter.setPen(QPen(faint, 1))
        for left in layout.lefts[day.first + 1 : day.last + 1]:
            painter.drawLine(QPointF(left, HEAD_HEIGHT), QPointF(left, bottom))
        painter.setPen(QPen(QColor(colours.line), 2))
        painter.drawLine(QPointF(day.left, HEAD_HEIGHT), QPointF(day.left, bottom))


def _paint_fits(painter: QPainter, scene: Scene, person: Person, colours: Tokens) -> None:
    """Veil what does not suit the person in hand, and light up what does."""
    board, layout = scene.board, scene.layout
    veil = QColor(colours.closed)
    veil.setAlpha(200)
    for number, stops in enumerate(board.stops):
        painter.fillRect(layout.column_rect(number), veil)
        for place in stops:
            fit = board.fit(person, place, scene.leaving)
            if fit in (Fit.GOOD, Fit.UNWISHED):
                rect = layout.rect_of(place).adjusted(1, 1, -1, -1)
                paint_fit_ground(painter, rect, wished=fit is Fit.GOOD, possible=True)


def paint_fit_ground(painter: QPainter, rect: QRectF, *, wished: bool, possible: bool) -> None:
    """Paint the ground that tells how a place suits the one in hand."""
    colours = tokens()
    painter.fillRect(rect, QColor(colours.closed))
    if possible:
        light = QColor(colours.key_soft)
        light.setAlpha(150 if wished else 45)
        painter.fillRect(rect, light)


def paint_card(painter: QPainter, rect: QRectF, scene: Scene, card: Card) -> None:
    """Paint one interview: bar and colour of the course, name, signs of its state."""
    colours = tokens()
    board = scene.board
    ranks = sorted(board.course_rank(mark.course_id) for mark in board.marks_of(card.person)) or [0]
    tone = course_tone(ranks[0])
    body = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    draft = card.state is not CardState.BOOKED
    chosen = card.person.entry_id == scene.chosen
    lifted = card.booked is not None and card.booked.interview_id == scene.leaving
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
    pen = QPen(colours.text_of(tone), 2.0 if chosen else 1.0)
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
    _paint_wrapped(painter, room, family_name(name))


def _paint_wrapped(painter: QPainter, room: QRectF, text: str) -> None:
    """Write a family name into a narrow card: broken into lines, in the largest size that holds it."""
    lines: list[str] = []
    for size, stretch in _TEXT_SIZES:
        font = body_font(size)
        font.setStretch(stretch)
        painter.setFont(font)
        metrics = QFontMetrics(painter.font())
        lines = broken(text, metrics, int(room.width()))
        height = size + 1
        if len(lines) * height <= room.height() + 1:
            break
    metrics = QFontMetrics(painter.font())
    height = painter.font().pixelSize() + 1
    fitting = max(int((room.height() + 1) // height), 1)
    if len(lines) > fitting:
        rest = "".join(lines[fitting - 1 :])
        cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, int(room.width()))
        lines = [*lines[: fitting - 1], cut]
    top = room.top() + (room.height() - len(lines) * height) / 2
    for at, line in enumerate(lines):
        painter.drawText(QPointF(room.left(), top + (at + 1) * height - 2), line)


def broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` pixels, between any two characters."""
    lines = [""]
    for character in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _paint_now(painter: QPainter, scene: Scene, colours: Tokens) -> None:
    layout, now = scene.layout, scene.now
    if not layout.first <= now.time() <= layout.last:
        return
    for day in layout.days:
        if day.day == now.date():
            y = layout.y_of(now)
            painter.setPen(QPen(QColor(colours.wrong), 2))
            painter.drawLine(QPointF(day.left, y), QPointF(day.right, y))


def _paint_target(painter: QPainter, scene: Scene, target: Place, person: Person, colours: Tokens) -> None:
    fit = scene.board.fit(person, target, scene.leaving)
    wrong = fit in (Fit.TAKEN, Fit.WRONG_COURSE)
    colour = QColor(colours.wrong if wrong else colours.key)
    rect = scene.layout.rect_of(target).adjusted(1, 1, -1, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine if fit is not Fit.GOOD else Qt.PenStyle.SolidLine))
    painter.setBrush(QBrush(QColor(colours.wrong_pale if wrong else colours.key_pale)))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(QColor(colours.ink))
    _paint_wrapped(painter, rect.adjusted(4, 1, -2, -1), "×" if wrong else family_name(person.name))
    painter.restore()


def _paint_cursor(painter: QPainter, scene: Scene, cursor: Place, colours: Tokens) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rect = scene.layout.rect_of(cursor).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(colours.panel), 4))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(QPen(QColor(colours.key), 2))
    painter.drawRoundedRect(rect, 4, 4)
    painter.restore()


def paint_heads(painter: QPainter, scene: Scene) -> None:
    """Paint days and interviewers over the columns; scrolled only sideways."""
    colours = tokens()
    layout = scene.layout
    painter.fillRect(QRectF(0, 0, layout.width, HEAD_HEIGHT), QColor(colours.panel))
    for day in layout.days:
        today = day.day == scene.now.date()
        painter.setPen(QColor(colours.key if today else colours.ink))
        painter.setFont(body_font(bold=True))
        width = day.right - day.left
        text = QFontMetrics(painter.font()).elidedText(
            day_head(day.day), Qt.TextElideMode.ElideRight, int(max(width, 60))
        )
        painter.drawText(QRectF(day.left, 0, max(width, 60), DAY_HEAD), _MIDDLE, text)
        painter.setFont(body_font(SMALL_PX))
        painter.setPen(QColor(colours.secondary))
        metrics = QFontMetrics(painter.font())
        for number in range(day.first, day.last + 1):
            name = short_name(
                scene.board.columns[number].interviewer.name, metrics, int(layout.column_width) - 2
            )
            rect = QRectF(layout.lefts[number], DAY_HEAD, layout.column_width, NAME_HEAD)
            painter.drawText(rect, _MIDDLE, name)
    painter.setPen(QPen(QColor(colours.field_line), 1))
    painter.drawLine(QPointF(AXIS_WIDTH, HEAD_HEIGHT), QPointF(layout.width, HEAD_HEIGHT))


def short_name(name: str, metrics: QFontMetrics, width: int) -> str:
    """Return as much of an interviewer's name as fits, with the letter or figure at its end kept."""
    if metrics.horizontalAdvance(name) <= width:
        return name
    tail = name[-1] if name[-1:].isascii() and name[-1:].isalnum() else ""
    for length in range(len(name) - 1, 0, -1):
        short = name[:length] + tail
        if metrics.horizontalAdvance(short) <= width:
            return short
    return name[:1]


def paint_axis(painter: QPainter, scene: Scene) -> None:
    """Paint the hours at the left; scrolled only up and down."""
    colours = tokens()
    layout = scene.layout
    painter.fillRect(QRectF(0, 0, AXIS_WIDTH, layout.height), QColor(colours.panel))
    painter.setFont(body_font(SMALL_PX))
    painter.setPen(QColor(colours.secondary))
    for hour in range(layout.first.hour, layout.last.hour + 1):
        y = layout.y_of(time(hour))
        rect = QRectF(0, max(y - 9, HEAD_HEIGHT - 4), AXIS_WIDTH - 6, 18)
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, format_time(time(hour))
        )
