"""The weeks of the interview period in small: how many interviews a day has, and a way to get there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fujisawa_desktop.i18n import _, format_date, weekday
from fujisawa_desktop.services.interview_view import DayColumn
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.inks import hatch
from fujisawa_desktop.views.interviews.words import as_tool_tip, closed_words, day_count
from fujisawa_desktop.views.theme import SMALL_PX, body_font, tokens

_WEEK: Final = timedelta(days=7)
_HEAD: Final = 18
_ROW: Final = 30
_MOST_WEEKS: Final = 5
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MiniMonth(QWidget):
    """Weeks from Monday to Sunday: closed days are hatched, days with interviews say how many.

    Weeks run on from month to month; the first of a month names it.  Of a long period five weeks are
    in sight, moved by the wheel and by the keyboard.

    Signals:
        day_wanted(date): the person wants to see this day.
    """

    day_wanted = Signal(object)

    def __init__(self, clock: Callable[[], datetime] = datetime.now) -> None:
        super().__init__()
        self._clock = clock
        self._board: Board | None = None
        self._days: dict[date, DayColumn] = {}
        self._shown: frozenset[date] = frozenset()
        self._top = date.min
        self._cursor = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Days of the interviews"))

    def show_board(self, board: Board, days: dict[date, DayColumn]) -> None:
        """Show the days of the period; those of the board are framed."""
        self._board, self._days = board, days
        self._shown = frozenset(day.day for day in board.days)
        if days:
            first = min(self._shown or days)
            if self._cursor not in days or self._cursor not in self._shown:
                self._cursor = first
            self._bring_into_sight(self._cursor)
        self.setVisible(bool(days))
        self.updateGeometry()
        self._say()

    def rect_of(self, day: date) -> QRectF:
        """Return where a day is painted; empty when it is not in sight."""
        row = (day - self._top).days // 7
        if not 0 <= row < self._weeks():
            return QRectF()
        width = self.width() / 7
        return QRectF(day.weekday() * width, _HEAD + row * _ROW, width, _ROW)

    def day_at(self, point: QPoint) -> date | None:
        """Return the day of the period at a point."""
        if not self._days or point.y() < _HEAD:
            return None
        row, column = (point.y() - _HEAD) // _ROW, int(point.x() * 7 / max(self.width(), 1))
        day = self._top + timedelta(days=row * 7 + column)
        return day if day in self._days else None

    def words_of(self, day: date) -> str:
        """Return what is to be known about a day."""
        column = self._days.get(day)
        if column is None or self._board is None:
            return ""
        if column.closed is not None and not self._count(day):
            return closed_words(column)
        return _("{day}: {count}").format(
            day=format_date(day, year=False), count=day_count(self._board, day, stored=True)
        )

    def _count(self, day: date) -> int:
        return self._board.stored_on(day) if self._board is not None else 0

    def _weeks(self) -> int:
        if not self._days:
            return 0
        first, last = _monday(min(self._days)), _monday(max(self._days))
        return min((last - first).days // 7 + 1, _MOST_WEEKS)

    def _bring_into_sight(self, day: date) -> None:
        first = _monday(min(self._days))
        last = _monday(max(self._days)) - (self._weeks() - 1) * _WEEK
        monday = _monday(day)
        top = self._top
        if not top <= monday < top + self._weeks() * _WEEK:
            top = monday
        self._top = min(max(top, first), max(last, first))

    def _say(self) -> None:
        self.setAccessibleDescription(self.words_of(self._cursor))
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        """Ask for the weeks of the period."""
        return QSize(196, _HEAD + self._weeks() * _ROW + 2)

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow pane."""
        return QSize(168, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint weekdays, then day by day."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(body_font(11))
        painter.setPen(QColor(tokens().secondary))
        width = self.width() / 7
        for at in range(7 if self._days else 0):
            name = weekday(self._top + timedelta(days=at))
            painter.drawText(QRectF(at * width, 0, width, _HEAD), Qt.AlignmentFlag.AlignCenter, name)
        for at in range(self._weeks() * 7):
            day = self._top + timedelta(days=at)
            if day in self._days:
                self._paint_day(painter, day, self.rect_of(day).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, rect: QRectF) -> None:
        colours = tokens()
        count = self._count(day)
        closed = self._days[day].closed is not None and not count
        today = day == self._clock().date()
        painter.setPen(Qt.PenStyle.NoPen)
        if closed:
            painter.fillRect(rect, QColor(colours.closed))
            hatch(painter, rect, QColor(colours.line), gap=5)
        elif day in self._shown:
            painter.setBrush(QColor(colours.key_pale))
            painter.drawRoundedRect(rect, 4, 4)
        if today or (self.hasFocus() and day == self._cursor):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focused = self.hasFocus() and day == self._cursor
            painter.setPen(QPen(QColor(colours.key), 2 if focused else 1))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        first = day.day == 1 or day == min(self._days)
        font = body_font(SMALL_PX if not first else 10, bold=today and not first)
        font.setStretch(85 if first else 100)
        painter.setFont(font)
        painter.setPen(QColor(colours.secondary if closed else colours.key if today else colours.ink))
        top = QRectF(rect.left(), rect.top(), rect.width(), rect.height() * (0.56 if count else 1))
        text = f"{day.month}/{day.day}" if first else str(day.day)
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, text)
        if count:
            painter.setFont(body_font(10))
            painter.setPen(QColor(colours.secondary))
            below = QRectF(rect.left(), rect.top() + rect.height() * 0.5, rect.width(), rect.height() * 0.46)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(count))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the day under the mouse."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._cursor = day
            self.day_wanted.emit(day)
            self._say()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a day can be pressed on."""
        over = self.day_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from day to day, Return goes there."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            day = self._cursor + timedelta(days=step)
            if day in self._days:
                self._cursor = day
                self._bring_into_sight(day)
                self._say()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_wanted.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what a day holds."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(event.pos())
            if day is not None:
                QToolTip.showText(event.globalPos(), as_tool_tip([self.words_of(day)]), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the cursor's frame away."""
        super().focusOutEvent(event)
        self.update()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
