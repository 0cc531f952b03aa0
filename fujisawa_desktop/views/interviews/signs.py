"""The signs of an interview's state, and their words: nothing is told by colour alone."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.interview_view import Attendance
from fujisawa_desktop.views.interviews.board import Card, CardState
from fujisawa_desktop.views.theme import Tokens


class Sign(Enum):
    """What can be seen of an interview besides who and when; in the order in which it matters."""

    PROBLEM = auto()
    ATTENDED = auto()
    LATE = auto()
    ABSENT = auto()
    CHANGED = auto()
    FIXED = auto()
    SEVERAL = auto()
    ANNOUNCED = auto()


def signs_of(card: Card) -> tuple[Sign, ...]:
    """Return the signs of an interview, the most important first."""
    booked = card.booked
    if booked is None:
        return ()
    signs = [Sign.PROBLEM] if booked.problems else []
    if booked.attendance is Attendance.ATTENDED:
        signs.append(Sign.ATTENDED if booked.late_minutes is None else Sign.LATE)
    elif booked.attendance is Attendance.ABSENT:
        signs.append(Sign.ABSENT)
    told = booked.announced and card.state is CardState.BOOKED
    if booked.announced_start is not None and not told:
        signs.append(Sign.CHANGED)
    if booked.is_locked:
        signs.append(Sign.FIXED)
    if len(booked.interviewer_ids) > 1:
        signs.append(Sign.SEVERAL)
    if told:
        signs.append(Sign.ANNOUNCED)
    return tuple(signs)


def sign_word(sign: Sign) -> str:
    """Return what a sign means."""
    return {
        Sign.PROBLEM: _("does not fit any more"),
        Sign.ATTENDED: _("came"),
        Sign.LATE: _("came late"),
        Sign.ABSENT: _("did not come"),
        Sign.CHANGED: _("changed since announced"),
        Sign.FIXED: _("fixed"),
        Sign.SEVERAL: _("with others"),
        Sign.ANNOUNCED: _("announced"),
    }[sign]


def paint_sign(painter: QPainter, rect: QRectF, sign: Sign, colours: Tokens) -> None:
    """Paint one sign into a small square."""
    ink = QColor(colours.ink)
    if sign is Sign.PROBLEM:
        _problem(painter, rect, colours)
    elif sign is Sign.FIXED:
        _padlock(painter, rect, ink)
    elif sign is Sign.SEVERAL:
        _several(painter, rect, ink)
    elif sign in (Sign.ANNOUNCED, Sign.CHANGED):
        changed = sign is Sign.CHANGED
        _envelope(painter, rect, QColor(colours.wrong) if changed else ink, changed=changed)
    else:
        _attendance(painter, rect, sign, QColor(colours.wrong if sign is Sign.ABSENT else colours.ink))


def _padlock(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint a padlock: the interview is fixed."""
    painter.save()
    body = QRectF(rect.left() + rect.width() * 0.12, rect.center().y() - 0.5, rect.width() * 0.76, 0)
    body.setBottom(rect.bottom())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(body, 1, 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, max(rect.width() * 0.15, 1.2)))
    bow = QRectF(
        rect.center().x() - rect.width() * 0.22, rect.top() + 0.8, rect.width() * 0.44, rect.height() * 0.9
    )
    painter.drawArc(bow, 0, 180 * 16)
    painter.restore()


def _envelope(painter: QPainter, rect: QRectF, colour: QColor, *, changed: bool) -> None:
    """Paint a letter: the time was announced; with ``changed`` a stroke crosses it: it holds no more."""
    painter.save()
    pen = QPen(colour, max(rect.width() * 0.11, 1.0))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    body = rect.adjusted(0.5, rect.height() * 0.16, -0.5, -rect.height() * 0.14)
    painter.drawRect(body)
    painter.drawPolyline(
        QPolygonF([body.topLeft(), QPointF(body.center().x(), body.center().y() + 0.8), body.topRight()])
    )
    if changed:
        painter.setPen(QPen(colour, max(rect.width() * 0.2, 1.8)))
        painter.drawLine(rect.bottomLeft() + QPointF(-0.5, 0), rect.topRight() + QPointF(0.5, 0))
    painter.restore()


def _attendance(painter: QPainter, rect: QRectF, sign: Sign, colour: QColor) -> None:
    """Paint ○ (came), × (absent) or △ (came late), as on a paper list."""
    painter.save()
    painter.setPen(QPen(colour, max(rect.width() * 0.17, 1.5)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    body = rect.adjusted(1, 1, -1, -1)
    if sign is Sign.ATTENDED:
        painter.drawEllipse(body)
    elif sign is Sign.ABSENT:
        painter.drawLine(body.topLeft(), body.bottomRight())
        painter.drawLine(body.bottomLeft(), body.topRight())
    else:
        painter.drawPolygon(
            QPolygonF([QPointF(body.center().x(), body.top()), body.bottomRight(), body.bottomLeft()])
        )
    painter.restore()


def _problem(painter: QPainter, rect: QRectF, colours: Tokens) -> None:
    """Paint a filled triangle with “!”: the interview does not fit any more."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.wrong))
    painter.drawPolygon(
        QPolygonF([QPointF(rect.center().x(), rect.top()), rect.bottomRight(), rect.bottomLeft()])
    )
    painter.setBrush(QColor(colours.panel))
    x, height = rect.center().x(), rect.height()
    painter.drawRect(QRectF(x - 0.7, rect.top() + height * 0.38, 1.4, height * 0.3))
    painter.drawRect(QRectF(x - 0.7, rect.bottom() - height * 0.2, 1.4, 1.3))
    painter.restore()


def _several(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint two overlapping squares: other interviewers sit there too."""
    painter.save()
    painter.setPen(QPen(colour, 1.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    size = rect.width() * 0.62
    painter.drawRect(QRectF(rect.left() + 0.5, rect.top() + 0.5, size, size))
    painter.drawRect(QRectF(rect.right() - size - 0.5, rect.bottom() - size - 0.5, size, size))
    painter.restore()
