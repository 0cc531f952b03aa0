"""How the calendar is painted: free and closed time, cards, cursor; heads and axis stand elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.board import Board, Place
from fujisawa_desktop.views.interviews.card_pictures import CardPictures
from fujisawa_desktop.views.interviews.fits import Fit
from fujisawa_desktop.views.interviews.inks import hatch
from fujisawa_desktop.views.interviews.layout import HEAD_HEIGHT, ClosedStrip, Layout
from fujisawa_desktop.views.interviews.paint_card import paint_card, paint_name
from fujisawa_desktop.views.interviews.words import closed_reason_words, closed_words
from fujisawa_desktop.views.theme import HEADING_PX, SMALL_PX, Tokens, body_font, tokens

WIDE_CLOSED: Final = 60
"""A closed day wider than this, shown alone, is written across."""
_TURNED: Final = "ー（）〜…"
"""Characters that lie on their side where Japanese is written downwards."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is painted.

    Attributes:
        cursor: the place the keyboard is on, drawn while ``focused``.
        chosen: the key of the person whose cards are marked.
        carried: who is being put somewhere, and the interview that would be moved.
        target: where the carried one would land.
        stretched: the interview whose end is being moved, and where it would end.
        colours: of the window, or of paper.
        pictures: cards painted before; without them every card is painted anew, as on paper.
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
    stretched: Place | None = None
    colours: Tokens = field(default_factory=tokens)
    pictures: CardPictures | None = None


def paint_grid(painter: QPainter, scene: Scene, part: QRectF) -> None:
    """Paint what stays as it is while the mouse moves, as far as it lies in ``part``."""
    layout = scene.layout
    numbers = layout.columns_between(part.left(), part.right())
    for number in numbers:
        _paint_free_time(painter, scene, number)
    _paint_lunch(painter, scene)
    _paint_hours(painter, scene)
    _paint_separators(painter, scene, numbers)
    for strip in layout.closed:
        if strip.left < part.right() and part.left() < strip.right:
            _paint_closed(painter, scene, strip)
    if scene.carried is not None:
        _paint_fits(painter, scene, scene.carried, numbers)
    _paint_now(painter, scene)
    for number in numbers:
        for card in scene.board.in_column[number]:
            rect = layout.rect_of(card.place)
            if rect.intersects(part):
                lifted = card.booked is not None and card.booked.interview_id == scene.leaving
                if scene.pictures is None:
                    paint_card(painter, rect, scene.board, card, scene.colours, lifted=lifted)
                else:
                    scene.pictures.paint(painter, rect, scene.board, card, scene.colours, lifted=lifted)
    _paint_now(painter, scene, only_marks=True)


def paint_over(painter: QPainter, scene: Scene) -> None:
    """Paint what follows mouse and keyboard, over the grid."""
    for card in scene.board.cards_of(scene.chosen):
        _paint_chosen(painter, scene.layout.rect_of(card.place), scene.colours)
    if scene.target is not None and scene.carried is not None:
        _paint_target(painter, scene, scene.target, scene.carried)
    if scene.stretched is not None:
        _paint_stretched(painter, scene, scene.stretched)
    if scene.cursor is not None and scene.focused:
        _paint_cursor(painter, scene, scene.cursor)


def _paint_free_time(painter: QPainter, scene: Scene, number: int) -> None:
    column, colours = scene.board.columns[number], scene.colours
    whole = scene.layout.column_rect(number)
    painter.fillRect(whole, QColor(colours.panel))
    y = whole.top()
    spans = [
        (scene.layout.y_of(start), scene.layout.y_of(end)) for start, end in scene.board.windows_of(column)
    ]
    for top, bottom in [*sorted(spans), (whole.bottom(), whole.bottom())]:
        if top > y:
            away = QRectF(whole.left(), y, whole.width(), top - y)
            painter.fillRect(away, QColor(colours.closed))
            hatch(painter, away, QColor(colours.line))
        y = max(y, bottom)


def _paint_lunch(painter: QPainter, scene: Scene) -> None:
    lunch = scene.board.view.lunch
    if lunch is None:
        return
    layout = scene.layout
    top, bottom = layout.y_of(lunch[0]), layout.y_of(lunch[1])
    for day in layout.days:
        rect = QRectF(day.left, top, day.right - day.left, bottom - top)
        painter.fillRect(rect, QColor(scene.colours.closed))


def _paint_hours(painter: QPainter, scene: Scene) -> None:
    layout = scene.layout
    line = QColor(scene.colours.line)
    faint = QColor(line)
    faint.setAlpha(120)
    moment = datetime.combine(date.min, time(layout.first.hour))
    while moment.time() <= layout.last:
        y = round(layout.y_of(moment)) + 0.5
        painter.setPen(QPen(line if moment.minute == 0 else faint, 1))
        painter.drawLines([QLineF(day.left, y, day.right, y) for day in layout.days])
        if moment.time() > time(23, 29):
            break
        moment += timedelta(minutes=30)


def _paint_separators(painter: QPainter, scene: Scene, numbers: range) -> None:
    layout = scene.layout
    line = QColor(scene.colours.line)
    faint = QColor(line)
    faint.setAlpha(120)
    bottom = layout.height - 6
    painter.setPen(QPen(faint, 1))
    painter.drawLines([QLineF(layout.lefts[at], HEAD_HEIGHT, layout.lefts[at], bottom) for at in numbers])
    painter.setPen(QPen(line, 2))
    painter.drawLines([QLineF(day.left, HEAD_HEIGHT, day.left, bottom) for day in layout.days])


def _paint_closed(painter: QPainter, scene: Scene, strip: ClosedStrip) -> None:
    """Paint a day on which the office is closed, with the reason written downwards."""
    colours, layout = scene.colours, scene.layout
    rect = QRectF(strip.left, HEAD_HEIGHT, strip.right - strip.left, layout.height - 6 - HEAD_HEIGHT)
    painter.fillRect(rect, QColor(colours.closed))
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawLine(QPointF(rect.left(), rect.top()), QPointF(rect.left(), rect.bottom()))
    painter.setFont(body_font(SMALL_PX))
    painter.setPen(QColor(colours.secondary))
    if rect.width() > WIDE_CLOSED:
        painter.setFont(body_font(HEADING_PX))
        painter.drawText(
            rect.adjusted(0, 0, 0, -rect.height() / 2), Qt.AlignmentFlag.AlignCenter, closed_words(strip.day)
        )
        return
    paint_downwards(painter, QPointF(rect.center().x(), rect.top() + 10), closed_reason_words(strip.day))


def paint_downwards(painter: QPainter, top: QPointF, text: str) -> None:
    """Write a text from top to bottom: Japanese character below character, other letters turned."""
    upright = not any(character.isascii() and character.isalnum() for character in text)
    if not upright:
        painter.save()
        painter.translate(top)
        painter.rotate(90)
        painter.drawText(QRectF(0, -10, 1000, 20), Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
        return
    for at, character in enumerate(text.replace(" ", "\u3000")):
        box = QRectF(top.x() - 10, top.y() + at * 15, 20, 15)
        if character in _TURNED:
            painter.save()
            painter.translate(box.center())
            painter.rotate(90)
            painter.drawText(QRectF(-10, -10, 20, 20), Qt.AlignmentFlag.AlignCenter, character)
            painter.restore()
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, character)


def _paint_fits(painter: QPainter, scene: Scene, person: Person, numbers: range) -> None:
    """Veil what does not suit the person in hand, and light up what does."""
    board, layout = scene.board, scene.layout
    for number in numbers:
        paint_fit_ground(painter, layout.column_rect(number), scene.colours, wished=False, possible=False)
        for place in board.stops[number]:
            fit = board.fit(person, place, scene.leaving)
            if fit.possible:
                rect = layout.rect_of(place)
                paint_fit_ground(painter, rect, scene.colours, wished=fit is Fit.GOOD, possible=True)


def paint_fit_ground(
    painter: QPainter, rect: QRectF, colours: Tokens, *, wished: bool, possible: bool
) -> None:
    """Paint how a place suits the one in hand: blue and framed, plain grey (not named), or hatched grey."""
    painter.fillRect(rect, QColor(colours.closed))
    if not possible:
        hatch(painter, rect, QColor(colours.disabled), gap=5)
    elif wished:
        painter.fillRect(rect, QColor(colours.key_pale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.key), 1))
        painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)


def _paint_now(painter: QPainter, scene: Scene, *, only_marks: bool = False) -> None:
    """Paint the time of day under the cards, so that names stay readable, and its marks over them."""
    layout, now = scene.layout, scene.now
    if not layout.first <= now.time() <= layout.last:
        return
    colour = QColor(scene.colours.wrong)
    for day in layout.days:
        if day.day == now.date():
            y = layout.y_of(now)
            painter.setPen(QPen(colour, 2))
            if not only_marks:
                painter.drawLine(QPointF(day.left, y), QPointF(day.right, y))
            for x in (day.left, day.right):
                painter.fillRect(QRectF(x - 2, y - 4, 4, 8), colour)


def _paint_target(painter: QPainter, scene: Scene, target: Place, person: Person) -> None:
    colours = scene.colours
    fit = scene.board.fit(person, target, scene.leaving)
    swaps = scene.leaving is not None and fit is Fit.TAKEN and scene.board.card_at(target) is not None
    wrong = not fit.possible and not swaps
    colour = QColor(colours.wrong if wrong else colours.key)
    rect = scene.layout.rect_of(target).adjusted(1, 1, -1, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine if fit is not Fit.GOOD else Qt.PenStyle.SolidLine))
    painter.setBrush(QBrush(QColor(colours.wrong_pale if wrong else colours.key_pale)))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(QColor(colours.ink))
    text = "×" if wrong else "⇄" if swaps else person.name
    paint_name(painter, rect.adjusted(4, 1, -2, -1), text)
    painter.restore()


def _paint_stretched(painter: QPainter, scene: Scene, place: Place) -> None:
    """Paint how long the interview would be."""
    rect = scene.layout.rect_of(place).adjusted(1, 1, -1, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(scene.colours.key), 2, Qt.PenStyle.DashLine))
    ground = QColor(scene.colours.key_pale)
    ground.setAlpha(150)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(QColor(scene.colours.ink))
    painter.setFont(body_font(SMALL_PX, bold=True))
    minutes = round((place.end - place.start).total_seconds() / 60)
    painter.drawText(
        rect.adjusted(0, 0, -3, -1), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, f"{minutes}′"
    )
    painter.restore()


def _paint_chosen(painter: QPainter, rect: QRectF, colours: Tokens) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.ink), 2))
    painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
    painter.restore()


def _paint_cursor(painter: QPainter, scene: Scene, cursor: Place) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rect = scene.layout.rect_of(cursor).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(scene.colours.panel), 4))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(QPen(QColor(scene.colours.key), 2))
    painter.drawRoundedRect(rect, 4, 4)
    painter.restore()
