"""Below the calendar: what colours, patterns and signs mean."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.paint import hatch, paint_fit_ground
from fujisawa_desktop.views.interviews.paint_card import course_tone, paint_course_bar
from fujisawa_desktop.views.theme import SMALL_PX, Space, Tokens, body_font, tokens

_SIGN_WIDTH = 16


class _Sign(Enum):
    COURSE = auto()
    PLANNED = auto()
    FIXED = auto()
    PROBLEM = auto()
    AWAY = auto()
    NOW = auto()
    WISHED = auto()
    UNWISHED = auto()
    IMPOSSIBLE = auto()


class Legend(QWidget):
    """One line of signs with their words; what has no room is left out."""

    HEIGHT = 22

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._items: list[tuple[_Sign, str]] = []
        self._board: Board | None = None

    def show_board(self, board: Board) -> None:
        """Explain what is on this board."""
        self._board = board
        self._items = [
            (_Sign.COURSE, _("{name} ({sign})").format(sign=mark.sign, name=mark.short_name))
            for mark in board.view.courses
        ]
        if board.plan is not None:
            self._items.append((_Sign.PLANNED, _("in the plan")))
        self._items += [
            (_Sign.FIXED, _("fixed")),
            (_Sign.AWAY, _("interviewer away")),
            (_Sign.PROBLEM, _("does not fit any more")),
            (_Sign.NOW, _("current time")),
        ]
        self._say()

    def show_hand(self, *, full: bool) -> None:
        """Explain the places while somebody is in hand, and the board again afterwards."""
        if full:
            self._items = [
                (_Sign.WISHED, _("named as possible")),
                (_Sign.UNWISHED, _("not named, but free")),
                (_Sign.IMPOSSIBLE, _("taken, or not for this course")),
            ]
            self._say()
        elif self._board is not None:
            self.show_board(self._board)

    def _say(self) -> None:
        self.setAccessibleName(_(", ").join(word for _sign, word in self._items))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(400, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow window."""
        return QSize(60, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign after sign with its word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(body_font(SMALL_PX))
        metrics = QFontMetrics(painter.font())
        colours = tokens()
        x = 1.0
        for at, (sign, word) in enumerate(self._items):
            width = metrics.horizontalAdvance(word)
            if x + _SIGN_WIDTH + Space.XS + width > self.width():
                break
            rect = QRectF(x, (self.height() - 14) / 2, _SIGN_WIDTH, 14)
            painter.save()
            _paint_sign(painter, rect, sign, at, colours)
            painter.restore()
            x += _SIGN_WIDTH + Space.XS
            painter.setPen(QColor(colours.secondary))
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += width + Space.L
        painter.end()


def _paint_sign(painter: QPainter, rect: QRectF, sign: _Sign, rank: int, colours: Tokens) -> None:
    if sign is _Sign.COURSE:
        tone = course_tone(rank)
        painter.setPen(QPen(colours.text_of(tone), 1))
        painter.setBrush(colours.ground_of(tone))
        painter.drawRoundedRect(rect, 3, 3)
        paint_course_bar(painter, QRectF(rect.left(), rect.top(), 5, rect.height()), rank)
    elif sign is _Sign.PLANNED:
        painter.setPen(QPen(QColor(colours.ink), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect, 3, 3)
    elif sign in (_Sign.WISHED, _Sign.UNWISHED, _Sign.IMPOSSIBLE):
        paint_fit_ground(painter, rect, wished=sign is _Sign.WISHED, possible=sign is not _Sign.IMPOSSIBLE)
    elif sign is _Sign.AWAY:
        painter.fillRect(rect, QColor(colours.closed))
        hatch(painter, rect, QColor(colours.field_line))
    elif sign is _Sign.NOW:
        line = QRectF(rect.left(), rect.center().y() - 1, rect.width(), 2)
        painter.fillRect(line, QColor(colours.wrong))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ink if sign is _Sign.FIXED else colours.wrong))
        if sign is _Sign.FIXED:
            painter.drawEllipse(rect.center(), 4, 4)
        else:
            painter.drawPolygon([rect.bottomLeft(), rect.bottomRight(), rect.topRight()])
