"""How the calendar is painted: time axis, heads of days, free and closed time, cards, cursor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from fujisawa_desktop.i18n import format_time
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.board import Board, Fit, Place
from fujisawa_desktop.views.interviews.layout import AXIS_WIDTH, DAY_HEAD, HEAD_HEIGHT, NAME_HEAD, Layout
from fujisawa_desktop.views.interviews.paint_card import paint_card, paint_name
from fujisawa_desktop.views.interviews.words import day_head, family_name
from fujisawa_desktop.views.theme import SMALL_PX, Tokens, body_font, tokens

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
    """Paint what stays as it is while the mouse moves, at its place without scrolling."""
    colours = tokens()
    layout = scene.layout
    for number in range(len(scene.board.columns)):
        _paint_free_time(painter, scene, number, colours)
    _paint_lunch(painter, scene, colours)
    _paint_hours(painter, layout, colours)
    _paint_separators(painter, scene, colours)
    if scene.carried is not None:
        _paint_fits(painter, scene, scene.carried, colours)
    _paint_now(painter, scene, colours)
    for card in scene.board.cards:
        lifted = card.booked is not None and card.booked.interview_id == scene.leaving
        paint_card(painter, layout.rect_of(card.place), scene.board, card, lifted=lifted)
    _paint_now(painter, scene, colours, only_marks=True)


def paint_over(painter: QPainter, scene: Scene) -> None:
    """Paint what follows mouse and keyboard, over the grid."""
    colours = tokens()
    for card in scene.board.cards:
        if card.person.entry_id == scene.chosen:
            _paint_chosen(painter, scene.layout.rect_of(card.place), colours)
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


def _paint_now(painter: QPainter, scene: Scene, colours: Tokens, *, only_marks: bool = False) -> None:
    """Paint the time of day under the cards, so that names stay readable, and its marks over them."""
    layout, now = scene.layout, scene.now
    if not layout.first <= now.time() <= layout.last:
        return
    for day in layout.days:
        if day.day == now.date():
            y = layout.y_of(now)
            painter.setPen(QPen(QColor(colours.wrong), 2))
            if not only_marks:
                painter.drawLine(QPointF(day.left, y), QPointF(day.right, y))
            for x in (day.left, day.right):
                painter.fillRect(QRectF(x - 2, y - 4, 4, 8), QColor(colours.wrong))


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
    paint_name(painter, rect.adjusted(4, 1, -2, -1), "×" if wrong else family_name(person.name))
    painter.restore()


def _paint_chosen(painter: QPainter, rect: QRectF, colours: Tokens) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.ink), 2))
    painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
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
