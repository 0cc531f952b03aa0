"""Free time painted on a grid: days across, half hours down; by mouse, by arrows and Space."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fujisawa_desktop.i18n import _, format_date, format_minutes, format_short_date, weekday
from fujisawa_desktop.rules.availability_grid import Frame, Grid
from fujisawa_desktop.views.interviews.inks import hatch
from fujisawa_desktop.views.theme import SMALL_PX, Tokens, body_font, tokens

STEP: Final = 30
"""Minutes of one row."""
_AXIS: Final = 46
_HEAD: Final = 36
_LEAST_ROW: Final = 16
_LEAST_COLUMN: Final = 46
_NOON: Final = 12 * 60
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TimeGrid(QWidget):
    """The grid of one person.

    Keys: arrows go, Space sets or takes half an hour, Shift with arrows paints on, D is the whole day,
    A the morning, P the afternoon, X everything.

    Attributes:
        editable: times may be painted.

    Signals:
        painted(): the person changed the times by hand.
    """

    painted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.editable = True
        self._frame: Frame | None = None
        self._free: Grid | None = None
        self._maybe: Grid | None = None
        self._booked: tuple[tuple[date, int, int], ...] = ()
        self._cursor = (0, 0)
        self._drag: tuple[tuple[int, int], tuple[int, int], bool] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    # what is shown

    def show_times(
        self, free: Grid, maybe: Grid | None = None, booked: Iterable[tuple[date, int, int]] = ()
    ) -> None:
        """Show a person's times; ``booked`` are interviews, framed."""
        if self._frame != free.frame:
            self._frame = free.frame
            self._cursor = (self._first_open(), 0)
        self._free, self._maybe, self._booked = free, maybe, tuple(booked)
        self._say()
        self.updateGeometry()
        self.update()

    def times(self) -> Grid:
        """Return what is painted.

        Raises:
            ValueError: nothing was shown yet.
        """
        if self._free is None:
            raise ValueError("no frame")
        return self._free

    def cell_rect(self, day: date, minute: int) -> QRect:
        """Return where half an hour of a day stands."""
        column = (day - self._days()[0]).days
        return self._rect(column, (minute - self._start()) // STEP).toRect()

    # the frame

    def _days(self) -> tuple[date, ...]:
        return self._frame.days if self._frame is not None else ()

    def _first_open(self) -> int:
        return next((at for at, day in enumerate(self._days()) if self._is_open(day)), 0)

    def _is_open(self, day: date) -> bool:
        return self._frame is not None and day not in self._frame.closed

    def _start(self) -> int:
        return self._frame.opens // STEP * STEP if self._frame is not None else 0

    def _rows(self) -> int:
        if self._frame is None:
            return 0
        return -(-(self._frame.closes - self._start()) // STEP)

    def _span(self, row: int) -> tuple[int, int]:
        """Return the minutes of a row, as far as the interview hours reach."""
        if self._frame is None:
            return 0, 0
        first = self._start() + row * STEP
        return max(first, self._frame.opens), min(first + STEP, self._frame.closes)

    def _is_free(self, column: int, row: int) -> bool:
        return self._free is not None and self._free.holds(self._days()[column], *self._span(row))

    # geometry

    def _row_height(self) -> float:
        return (self.height() - _HEAD - 1) / max(self._rows(), 1)

    def _column_width(self) -> float:
        return (self.width() - _AXIS - 1) / max(len(self._days()), 1)

    def _rect(self, column: int, row: int) -> QRectF:
        width, height = self._column_width(), self._row_height()
        return QRectF(_AXIS + column * width, _HEAD + row * height, width, height)

    def _y(self, minute: int) -> float:
        return _HEAD + (minute - self._start()) / STEP * self._row_height()

    def _cell_at(self, point: QPoint) -> tuple[int, int]:
        column = int((point.x() - _AXIS) / self._column_width())
        row = int((point.y() - _HEAD) / self._row_height())
        return min(max(column, 0), len(self._days()) - 1), min(max(row, 0), self._rows() - 1)

    def sizeHint(self) -> QSize:
        """Ask for room in which a day's name can be read."""
        return QSize(_AXIS + len(self._days()) * 62, _HEAD + self._rows() * 26)

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which cells can be hit."""
        return QSize(_AXIS + len(self._days()) * _LEAST_COLUMN, _HEAD + self._rows() * _LEAST_ROW)

    # painting times

    def _set(self, cells: Iterable[tuple[int, int]], *, free: bool) -> None:
        if self._frame is None or self._free is None or not self.editable:
            return
        days = self._days()
        for column, row in cells:
            piece = self._frame.grid([days[column]], [self._span(row)])
            self._free = self._free | piece if free else self._free - piece
        self._say()
        self.update()
        self.painted.emit()

    def _toggle(self, cells: list[tuple[int, int]]) -> None:
        """Set all of the cells, or take them all if they are all set."""
        open_cells = [cell for cell in cells if self._is_open(self._days()[cell[0]])]
        if open_cells:
            self._set(open_cells, free=not all(self._is_free(*cell) for cell in open_cells))

    def _part_of_day(self, column: int, first: int, last: int) -> list[tuple[int, int]]:
        return [
            (column, row)
            for row in range(self._rows())
            if first <= self._span(row)[0] and self._span(row)[1] <= last
        ]

    def _key_cells(self, key: int) -> list[tuple[int, int]]:
        column = self._cursor[0]
        if key == Qt.Key.Key_D:
            return self._part_of_day(column, 0, 24 * 60)
        if key == Qt.Key.Key_A:
            return self._part_of_day(column, 0, _NOON)
        if key == Qt.Key.Key_P:
            return self._part_of_day(column, _NOON, 24 * 60)
        if key == Qt.Key.Key_X:
            return [(day, row) for day in range(len(self._days())) for row in range(self._rows())]
        return [self._cursor] if key == Qt.Key.Key_Space else []

    def _between(self, one: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
        columns = range(min(one[0], other[0]), max(one[0], other[0]) + 1)
        rows = range(min(one[1], other[1]), max(one[1], other[1]) + 1)
        return [(column, row) for column in columns for row in rows if self._is_open(self._days()[column])]

    def _go(self, across: int, down: int, *, painting: bool) -> None:
        column, row = self._cursor
        free = self._is_free(column, row)
        column += across
        while across and 0 <= column < len(self._days()) and not self._is_open(self._days()[column]):
            column += across
        row += down
        if not (0 <= column < len(self._days()) and 0 <= row < self._rows()):
            return
        self._cursor = (column, row)
        if painting:
            self._set([self._cursor], free=free)
        self._say()
        self.update()

    def _say(self) -> None:
        """Tell a screen reader where the cursor is and what stands there."""
        if self._frame is None or not self._rows():
            return
        column, row = self._cursor
        start, end = self._span(row)
        place = _("{day} {start}–{end}").format(
            day=format_date(self._days()[column], year=False),
            start=format_minutes(start),
            end=format_minutes(end),
        )
        free = _("{place}: possible") if self._is_free(column, row) else _("{place}: not possible")
        self.setAccessibleDescription(free.format(place=place))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go, set, take; everything else goes on to the dialog."""
        step = _ARROWS.get(Qt.Key(event.key()))
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        cells = self._key_cells(event.key()) if plain and self._frame is not None else []
        if step is not None and (plain or shift) and self._frame is not None:
            self._go(*step, painting=shift)
        elif cells:
            self._toggle(cells)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to paint with the opposite of what is there; on the head of a day, the whole day."""
        if event.button() != Qt.MouseButton.LeftButton or self._frame is None or not self._rows():
            return
        cell = self._cell_at(event.position().toPoint())
        if not self._is_open(self._days()[cell[0]]):
            return
        self._cursor = cell
        if event.position().y() < _HEAD:
            self._toggle(self._part_of_day(cell[0], 0, 24 * 60))
        elif self.editable:
            self._drag = (cell, cell, not self._is_free(*cell))
        self._say()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be painted."""
        if self._drag is not None:
            start, _end, free = self._drag
            self._drag = (start, self._cell_at(event.position().toPoint()), free)
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Paint the rectangle."""
        if self._drag is not None:
            start, end, free = self._drag
            self._drag = None
            self._set(self._between(start, end), free=free)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the cursor's frame away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint days, hours, times and cursor."""
        if self._frame is None or self._free is None:
            return
        painter = QPainter(self)
        painter.setFont(body_font(SMALL_PX))
        colours = tokens()
        for column, day in enumerate(self._days()):
            self._paint_day(painter, colours, column, day)
        self._paint_times(painter, colours)
        self._paint_lines(painter, colours)
        self._paint_hand(painter, colours)
        painter.end()

    def _paint_day(self, painter: QPainter, colours: Tokens, column: int, day: date) -> None:
        whole = QRectF(self._rect(column, 0))
        whole.setBottom(self.height() - 1)
        closed = not self._is_open(day)
        painter.fillRect(whole, QColor(colours.closed if closed else colours.panel))
        if closed:
            hatch(painter, whole, QColor(colours.line))
        painter.setPen(QColor(colours.disabled if closed else colours.ink))
        head = QRectF(whole.left(), 0, whole.width(), _HEAD)
        half = head.height() / 2
        upper, lower = head.adjusted(0, 2, 0, -half), head.adjusted(0, half - 2, 0, -2)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, format_short_date(day))
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, weekday(day))

    def _paint_times(self, painter: QPainter, colours: Tokens) -> None:
        for grid, tone in ((self._maybe, "caution"), (self._free, "good")):
            for day, start, end in grid.spans() if grid is not None else ():
                box = self._box(day, start, end)
                painter.setPen(QPen(colours.text_of("good" if tone == "good" else "caution"), 1))
                painter.setBrush(colours.ground_of("good" if tone == "good" else "caution"))
                painter.drawRoundedRect(box, 4, 4)
                sign = "○" if grid is self._free else "△"
                align = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
                painter.drawText(box.adjusted(0, 2, 0, 0), align, sign)  # above lunch, which is greyed
        self._paint_lunch(painter, colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.key), 2))
        for day, start, end in self._booked:
            if self._is_open(day):
                painter.drawRect(self._box(day, start, end))

    def _paint_lunch(self, painter: QPainter, colours: Tokens) -> None:
        """Grey lunch, over what is painted there: the plan leaves it out by itself."""
        if self._frame is None or self._frame.lunch is None:
            return
        ground = QColor(colours.closed)
        ground.setAlpha(190)
        top, bottom = (self._y(minute) for minute in self._frame.lunch)
        for column, day in enumerate(self._days()):
            if self._is_open(day):
                band = QRectF(self._rect(column, 0).left(), top, self._column_width(), bottom - top)
                painter.fillRect(band, ground)
                hatch(painter, band, QColor(colours.line))

    def _box(self, day: date, start: int, end: int) -> QRectF:
        column = self._rect((day - self._days()[0]).days, 0)
        top, bottom = self._y(start), self._y(end)
        return QRectF(column.left() + 3, top + 1.5, column.width() - 6, bottom - top - 3)

    def _paint_lines(self, painter: QPainter, colours: Tokens) -> None:
        for row in range(self._rows() + 1):
            y = round(_HEAD + row * self._row_height()) + 0.5
            hour = (self._start() + row * STEP) % 60 == 0
            painter.setPen(
                QPen(QColor(colours.line), 1, Qt.PenStyle.SolidLine if hour else Qt.PenStyle.DotLine)
            )
            painter.drawLine(
                QRectF(_AXIS, y, self.width() - _AXIS - 1, 0).topLeft(),
                QRectF(0, y, self.width() - 1, 0).topRight(),
            )
            if hour and row < self._rows():
                painter.setPen(QColor(colours.secondary))
                label = QRectF(0, y, _AXIS - 6, self._row_height())
                align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                painter.drawText(label, align, format_minutes(self._start() + row * STEP))
        painter.setPen(QPen(QColor(colours.line), 1))
        for column in range(len(self._days()) + 1):
            x = round(_AXIS + column * self._column_width()) + 0.5
            painter.drawLine(QRectF(x, _HEAD, 0, 0).topLeft(), QRectF(x, self.height() - 1, 0, 0).topLeft())

    def _paint_hand(self, painter: QPainter, colours: Tokens) -> None:
        if self._drag is not None:
            start, end, free = self._drag
            box = self._rect(*start).united(self._rect(*end))
            painter.setBrush(colours.ground_of("key" if free else "wrong"))
            painter.setOpacity(0.6)
            painter.setPen(QPen(colours.text_of("key" if free else "wrong"), 2))
            painter.drawRect(box)
            painter.setOpacity(1)
        elif self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.key), 2))
            painter.drawRect(self._rect(*self._cursor).adjusted(1, 1, -1, -1))
