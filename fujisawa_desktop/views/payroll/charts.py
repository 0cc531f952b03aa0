"""Drawn charts of hours: by week, and by person.  Mouse, keys and screen readers reach each bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fujisawa_desktop.i18n import format_minutes
from fujisawa_desktop.views.payroll.chart_data import Bar, PersonChartData, WeekChartData
from fujisawa_desktop.views.payroll.chart_geometry import Box, Columns, length, lying_bars, standing_bars
from fujisawa_desktop.views.rare_letters import meet
from fujisawa_desktop.views.theme import SMALL_PX, Space, body_font, tokens
from fujisawa_desktop.views.widgets import tool_tip
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard

AXIS: Final = 46
FOOT: Final = 20
HEAD: Final = 18
ROW: Final = 26
THICK: Final = 12
TELLS: Final = 60
"""So many lines of a chart are said as its table; beyond that they are copied or looked at."""
_NAMES_MOST: Final = 150
_FIGURES: Final = 56
_MEASURED: Final = 40
"""The longest names that are measured; of a thousand, the widest is among them."""


class HoursChart(QWidget):
    """What both charts share: one bar is current, can be walked to, told, and gone to.

    Signals:
        wanted(int, date): go to this row of the month, on this day.
        told(str): what the bar says that is pointed at or walked onto.
    """

    wanted = Signal(int, object)
    told = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._current = -1
        self.chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(name)

    # what a chart is made of

    def bars(self) -> Sequence[Bar]:
        """Return all bars in the order in which keys walk over them."""
        raise NotImplementedError

    def table(self, most: int | None = None) -> list[list[str]]:
        """Return the chart as a table, or its first lines."""
        raise NotImplementedError

    def place(self, at: int) -> QRect:
        """Return where a bar can be pointed at."""
        raise NotImplementedError

    def move(self, key: Qt.Key) -> int | None:  # type: ignore[override]
        """Return by how many bars a key walks, if it does."""
        raise NotImplementedError

    def bar_at(self, point: QPoint) -> int:
        """Return the bar at a point, or -1."""
        return next((at for at in range(len(self.bars())) if self.place(at).contains(point)), -1)

    # what everybody may ask

    def current(self) -> Bar | None:
        """Return the bar that was walked or pointed to."""
        return self.bars()[self._current] if 0 <= self._current < len(self.bars()) else None

    def choose(self, row: int) -> None:
        """Show the bars of the person of a row as those of the person chosen."""
        if row != self.chosen:
            self.chosen = row
            self.update()

    def table_text(self) -> str:
        """Return the chart as text, tab between cells."""
        return "\n".join("\t".join(cells) for cells in self.table())

    def say_table(self) -> None:
        """Tell a screen reader what the chart shows."""
        self._current = min(self._current, len(self.bars()) - 1)
        lines = ["、".join(cells) for cells in self.table(TELLS)]
        self.setAccessibleName("\n".join((self._name, *lines)))
        self.update()

    def walk_to(self, at: int) -> None:
        """Put the mark on a bar and say what it says."""
        if 0 <= at < len(self.bars()) and at != self._current:
            self._current = at
            self.setAccessibleDescription(self.bars()[at].said)
            self.told.emit(self.bars()[at].said)
            self.update()

    # painting

    def colour(self, bar: Bar) -> QColor:
        """Return the colour of a bar: wrong, of the person chosen, or of the others."""
        colours = tokens()
        if bar.over:
            return QColor(colours.wrong)
        return QColor(colours.key if bar.row == self.chosen else colours.key_soft)

    def paint_bar(self, painter: QPainter, bar: Bar, worked: Box, planned: Box) -> None:
        """Paint the worked part full and the planned part as an outline."""
        colour = self.colour(bar)
        painter.fillRect(_rect(worked), colour)
        if planned.width > 0 and planned.height > 0:
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.drawRect(_rect(planned).adjusted(0, 0, -1, -1))

    def paint_mark(self, painter: QPainter, at: int) -> None:
        """Paint the frame of the bar walked to."""
        if self.hasFocus() and at == self._current:
            painter.setPen(QPen(QColor(tokens().ink), 1))
            painter.drawRect(self.place(at).adjusted(0, 0, -1, -1))

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what the bar under the mouse says."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.bar_at(event.pos())
            if at >= 0:
                QToolTip.showText(event.globalPos(), tool_tip(self.bars()[at].said), self)
            else:
                QToolTip.hideText()
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk over the bars, Return goes to the hours, Ctrl+C copies the table."""
        by = self.move(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            put_on_clipboard(self, self.table_text())
        elif by is not None:
            self.walk_to(min(max(self._current + by, 0), len(self.bars()) - 1) if self._current >= 0 else 0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (bar := self.current()) is not None:
            self.wanted.emit(bar.row, bar.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Walk to the bar that is clicked."""
        self.walk_to(self.bar_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to its hours."""
        at = self.bar_at(event.position().toPoint())
        if at >= 0:
            self.wanted.emit(self.bars()[at].row, self.bars()[at].day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the bar under the mouse says."""
        at = self.bar_at(event.position().toPoint())
        if at >= 0:
            self.told.emit(self.bars()[at].said)


class WeekChart(HoursChart):
    """Standing bars: a group a week, a bar a person, a line at the days a week of the programme."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._data = WeekChartData((), (), (), None, "")
        self._columns: Columns | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_weeks(self, data: WeekChartData) -> None:
        """Show other weeks."""
        self._data = data
        self._columns = None
        self.say_table()

    def bars(self) -> Sequence[Bar]:
        """Return the bars week by week."""
        return [bar for group in self._data.bars for bar in group]

    def table(self, most: int | None = None) -> list[list[str]]:
        """Return the chart as a table, or its first lines."""
        return self._data.table(most)

    def columns(self) -> Columns:
        """Return where the bars stand."""
        if self._columns is None:
            area = Box(AXIS, HEAD, max(self.width() - AXIS, 1), max(self.height() - HEAD - FOOT, 1))
            groups = [[bar.hours for bar in group] for group in self._data.bars]
            self._columns = standing_bars(groups, area, self._data.limit)
        return self._columns

    def place(self, at: int) -> QRect:
        """Return the strip of a bar."""
        group, bar = divmod(at, max(len(self._data.names), 1))
        return _rect(self.columns().groups[group][bar].strip)

    def move(self, key: Qt.Key) -> int | None:  # type: ignore[override]
        """Walk to the next week with left and right, to the next person with up and down."""
        people = len(self._data.names)
        steps = {Qt.Key.Key_Right: people, Qt.Key.Key_Left: -people, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        return steps.get(key)

    def resizeEvent(self, event: object) -> None:
        """Place the bars anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._columns = None

    def sizeHint(self) -> QSize:
        """Ask for a panel's width."""
        return QSize(360, 150)

    def minimumSizeHint(self) -> QSize:
        """Allow a low panel."""
        return QSize(220, 66)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axis, bars, the limit and the names of the weeks."""
        painter = QPainter(self)
        painter.setFont(body_font(SMALL_PX))
        colours, columns = tokens(), self.columns()
        for minutes, height in columns.lines:
            painter.setPen(QColor(colours.line))
            painter.drawLine(AXIS, height, self.width(), height)
            painter.setPen(QColor(colours.secondary))
            room = QRect(0, height - 9, AXIS - Space.XS, 18)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, format_minutes(minutes))
        at = 0
        for group, placed in zip(self._data.bars, columns.groups, strict=True):
            for bar, column in zip(group, placed, strict=True):
                self.paint_bar(painter, bar, column.worked, column.planned)
                self.paint_mark(painter, at)
                at += 1
        self._paint_limit(painter, columns)
        painter.setPen(QColor(colours.secondary))
        count = max(len(self._data.weeks), 1)
        for number, week in enumerate(self._data.weeks):
            width = (self.width() - AXIS) // count
            room = QRect(AXIS + number * width, self.height() - FOOT + 2, width, FOOT - 2)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, week.label())
        painter.end()

    def _paint_limit(self, painter: QPainter, columns: Columns) -> None:
        if columns.limit is None:
            return
        painter.setPen(QPen(QColor(tokens().caution), 1, Qt.PenStyle.DashLine))
        painter.drawLine(AXIS, columns.limit, self.width(), columns.limit)
        metrics = QFontMetrics(painter.font())
        width = metrics.horizontalAdvance(self._data.limit_said) + 2 * Space.XS
        room = QRect(self.width() - width, columns.limit - 17, width, 16)
        painter.fillRect(room, QColor(tokens().panel))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._data.limit_said)


class PersonChart(HoursChart):
    """Lying bars: everybody's month, the most hours first, each with a line at the own cap."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._data = PersonChartData((), (), "")
        self._names = 0
        self.setProperty("role", "sheet")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_people(self, data: PersonChartData) -> None:
        """Show other people."""
        self._data = data
        metrics = QFontMetrics(body_font())
        longest = sorted(data.names, key=len)[-_MEASURED:]
        widest = max(map(metrics.horizontalAdvance, longest), default=0)
        self._names = min(widest, _NAMES_MOST) + Space.M
        self.setMinimumHeight(ROW * len(data.bars) + 2)
        self.say_table()

    def bars(self) -> Sequence[Bar]:
        """Return the bars from above."""
        return self._data.bars

    def table(self, most: int | None = None) -> list[list[str]]:
        """Return the chart as a table, or its first lines."""
        return self._data.table(most)

    def place(self, at: int) -> QRect:
        """Return the row of a bar."""
        return QRect(0, at * ROW, self.width(), ROW)

    def bar_at(self, point: QPoint) -> int:
        """Return the bar at a point."""
        at = point.y() // ROW
        return at if 0 <= at < len(self._data.bars) else -1

    def move(self, key: Qt.Key) -> int | None:  # type: ignore[override]
        """Walk with up and down."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        return steps.get(key)

    def sizeHint(self) -> QSize:
        """Ask for all rows."""
        return QSize(320, ROW * len(self._data.bars) + 2)

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow panel."""
        return QSize(200, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        painter = QPainter(self)
        bars = self._data.bars
        most = max((max(bar.hours.total, bar.cap) for bar in bars), default=1)
        area = Box(self._names, 0, max(self.width() - self._names - _FIGURES, 1), 0)
        first, last = max(event.rect().top() // ROW, 0), min(event.rect().bottom() // ROW + 1, len(bars))
        for at in range(first, last):
            shown = Box(area.left, at * ROW, area.width, 0)
            self._paint_row(painter, at, shown, most)
        painter.end()

    def _paint_row(self, painter: QPainter, at: int, area: Box, most: int) -> None:
        bar, colours = self._data.bars[at], tokens()
        placed = lying_bars([bar.hours], area, ROW, THICK, most)[0]
        meet(self._data.names[at])
        painter.setFont(body_font(bold=bar.row == self.chosen))
        metrics = QFontMetrics(painter.font())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(colours.ink))
        room = QRect(0, at * ROW, self._names - Space.S, ROW)
        name = metrics.elidedText(self._data.names[at], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, name)
        painter.fillRect(
            QRect(area.left, placed.worked.top, length(bar.cap, area.width, most), THICK),
            QColor(colours.neutral_pale),
        )
        self.paint_bar(painter, bar, placed.worked, placed.planned)
        if bar.cap:
            painter.setPen(QPen(QColor(colours.ink), 1))
            cap = area.left + length(bar.cap, area.width, most)
            painter.drawLine(cap, at * ROW + 4, cap, at * ROW + ROW - 5)
        painter.setFont(body_font())
        painter.setPen(QColor(colours.wrong if bar.over else colours.ink))
        sign = "▲" if bar.over else ""
        room = QRect(self.width() - _FIGURES, at * ROW, _FIGURES, ROW)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, right, sign + format_minutes(bar.hours.total))
        self.paint_mark(painter, at)


def _rect(box: Box) -> QRect:
    return QRect(box.left, box.top, box.width, box.height)
