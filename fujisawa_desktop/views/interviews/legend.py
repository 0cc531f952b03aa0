"""Below the calendar: what colours, patterns and signs mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.inks import course_ink, hatch, paint_course_bar
from fujisawa_desktop.views.interviews.paint import paint_fit_ground
from fujisawa_desktop.views.interviews.signs import Sign, paint_sign, sign_word, signs_of
from fujisawa_desktop.views.interviews.words import as_tool_tip
from fujisawa_desktop.views.theme import SMALL_PX, Space, Tokens, body_font, tokens

_SIGN_WIDTH = 16
_LINE = 20


class _Mark(Enum):
    COURSE = auto()
    PLANNED = auto()
    AWAY = auto()
    NOW = auto()
    WISHED = auto()
    UNWISHED = auto()
    IMPOSSIBLE = auto()


Item = tuple[_Mark | Sign, int, str]
"""A mark, its rank among the courses, and its word."""


def legend_items(board: Board, *, paper: bool = False) -> list[Item]:
    """Return what is to be explained about a board: all courses, and the signs that are on it."""
    items: list[Item] = [
        (_Mark.COURSE, rank, _("{name} ({sign})").format(sign=mark.sign, name=mark.short_name))
        for rank, mark in enumerate(board.view.courses)
    ]
    if board.plan is not None:
        items.append((_Mark.PLANNED, 0, _("in the plan")))
    seen = {sign for card in board.cards for sign in signs_of(card)}
    for sign in Sign:
        if sign is Sign.ANNOUNCED:
            if board.cards:
                items.append((sign, 0, _("announced (without the sign: not yet)")))
        elif sign in seen:
            items.append((sign, 0, sign_word(sign)))
    items.append((_Mark.AWAY, 0, _("interviewer away")))
    if not paper:
        items.append((_Mark.NOW, 0, _("current time")))
    return items


def paint_items(painter: QPainter, items: Sequence[Item], room: QRectF, colours: Tokens) -> None:
    """Paint sign after sign with its word, in as many lines as there is room for."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(body_font(SMALL_PX))
    metrics = QFontMetrics(painter.font())
    for (mark, rank, word), at in zip(items, _laid(items, metrics, room.width()), strict=True):
        rect = at.translated(room.topLeft())
        if rect.bottom() > room.bottom() + 1:
            break
        painter.save()
        _paint_mark(painter, QRectF(rect.left(), rect.center().y() - 7, _SIGN_WIDTH, 14), mark, rank, colours)
        painter.restore()
        painter.setPen(QColor(colours.secondary))
        words = rect.adjusted(_SIGN_WIDTH + Space.XS, 0, 2, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, word)


def _laid(items: Sequence[Item], metrics: QFontMetrics, width: float) -> list[QRectF]:
    """Return where each item stands, line after line."""
    rects: list[QRectF] = []
    x, y = 1.0, 0.0
    for _mark, _rank, word in items:
        needed = _SIGN_WIDTH + Space.XS + metrics.horizontalAdvance(word)
        if x > 1 and x + needed > width:
            x, y = 1.0, y + _LINE
        rects.append(QRectF(x, y, needed, _LINE))
        x += needed + Space.M
    return rects


class Legend(QWidget):
    """Signs with their words, in as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._items: list[Item] = []
        self._board: Board | None = None

    def show_board(self, board: Board) -> None:
        """Explain what is on this board."""
        self._board = board
        self._items = legend_items(board)
        self._say()

    def show_hand(self, *, full: bool) -> None:
        """Explain the places while somebody is in hand, and the board again afterwards."""
        if full:
            self._items = [
                (_Mark.WISHED, 0, _("named as possible")),
                (_Mark.UNWISHED, 0, _("not named, but free")),
                (_Mark.IMPOSSIBLE, 0, _("taken, or not for this course")),
            ]
            self._say()
        elif self._board is not None:
            self.show_board(self._board)

    def words(self) -> list[str]:
        """Return what is explained."""
        return [word for _mark, _rank, word in self._items]

    def _say(self) -> None:
        self.setAccessibleName(_(", ").join(self.words()))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Return the lines needed, three at most."""
        rects = _laid(self._items, QFontMetrics(body_font(SMALL_PX)), width)
        lines = 1 + int(max((rect.top() for rect in rects), default=0) // _LINE)
        return min(lines, 3) * _LINE + 2

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(400, _LINE + 2)

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow window."""
        return QSize(60, _LINE + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign after sign with its word."""
        painter = QPainter(self)
        paint_items(painter, self._items, QRectF(self.rect()), tokens())
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say all of it in a tool tip, also what has no room."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), as_tool_tip(self.words()), self)
            return True
        return super().event(event)


def _paint_mark(painter: QPainter, rect: QRectF, mark: _Mark | Sign, rank: int, colours: Tokens) -> None:
    if isinstance(mark, Sign):
        square = QRectF(0, 0, 11, 11)
        square.moveCenter(rect.center())
        paint_sign(painter, square, mark, colours)
    elif mark is _Mark.COURSE:
        ink = course_ink(rank, colours)
        painter.setPen(QPen(QColor(ink.edge), 1))
        painter.setBrush(QColor(ink.ground))
        painter.drawRoundedRect(rect, 3, 3)
        bar = QRectF(rect.left() + 0.5, rect.top() + 1.5, 5, rect.height() - 3)
        paint_course_bar(painter, bar, rank, colours)
    elif mark is _Mark.PLANNED:
        painter.setPen(QPen(QColor(colours.ink), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect, 3, 3)
    elif mark is _Mark.AWAY:
        painter.fillRect(rect, QColor(colours.closed))
        hatch(painter, rect, QColor(colours.field_line))
    elif mark is _Mark.NOW:
        line = QRectF(rect.left(), rect.center().y() - 1, rect.width(), 2)
        painter.fillRect(line, QColor(colours.wrong))
    else:
        wished, possible = mark is _Mark.WISHED, mark is not _Mark.IMPOSSIBLE
        paint_fit_ground(painter, rect, colours, wished=wished, possible=possible)
