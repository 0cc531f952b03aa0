"""The month's grid: names and totals that stay in place, and the days beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.services.hours_entry import Place
from fujisawa_desktop.views.payroll.grid_edit import DayDelegate
from fujisawa_desktop.views.payroll.grid_model import FIRST_DAY, NAME, TOTAL, MonthModel
from fujisawa_desktop.views.payroll.grid_paint import HEAD_HEIGHT, DayHeads, PersonDelegate
from fujisawa_desktop.views.theme import HOURS_ROW_HEIGHT

NAME_WIDTH: Final = 92
TOTAL_WIDTH: Final = 152
OPEN_LEAST: Final = 27
OPEN_EASY: Final = 30
CLOSED_WIDTH: Final = 18
CLOSED_LEAST: Final = 16
ROWS_IN_SIGHT: Final = 4
_EDGE: Final = 1
_AS_PLANNED: Final = frozenset("=＝")


class _Table(QTableView):
    """What both halves of the grid share."""

    def __init__(self, model: MonthModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "grid")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(HOURS_ROW_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()


class NamesView(_Table):
    """The two columns that stay in place."""

    def __init__(self, model: MonthModel) -> None:
        super().__init__(model)
        self.setAccessibleName(_("People and their hours of the month"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(NAME_WIDTH + TOTAL_WIDTH)
        self.people = PersonDelegate(self)
        self.setItemDelegate(self.people)
        heads = self.horizontalHeader()
        heads.setFixedHeight(HEAD_HEIGHT)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionsClickable(False)

    def lay_out_columns(self) -> None:
        """Show name and total only."""
        for column in range(FIRST_DAY, self.model().columnCount()):
            self.hideColumn(column)
        if self.model().columnCount():
            self.setColumnWidth(NAME, NAME_WIDTH)
            self.setColumnWidth(TOTAL, TOTAL_WIDTH)


class DaysView(_Table):
    """The days; typed into directly, with the keys of a spreadsheet.

    Signals:
        cleared(places): Delete was pressed on these cells.
        as_planned(places): ``=`` was pressed: what was planned there was worked.
        stepped(int): Page Up or Page Down asks for another month.
    """

    cleared = Signal(object)
    as_planned = Signal(object)
    stepped = Signal(int)

    def __init__(self, model: MonthModel) -> None:
        super().__init__(model)
        self._month = model
        self.setAccessibleName(_("Hours by day"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalHeader(DayHeads(self))
        self.days = DayDelegate(self)
        self.setItemDelegate(self.days)
        self.days.moved.connect(self.move_mark)
        self.days.filled.connect(self._fill)

    def chosen_places(self) -> list[Place]:
        """Return the chosen cells that hours may be typed into, by row and day."""
        found = sorted(self.selectionModel().selectedIndexes(), key=lambda at: (at.row(), at.column()))
        places = [self._month.place(index) for index in found if self._month.can_edit(index)]
        return [place for place in places if place is not None]

    def go(self, row: int, column: int) -> None:
        """Put the mark on a cell."""
        index = self._month.index(row, max(column, FIRST_DAY))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def move_mark(self, columns: int, rows: int) -> None:
        """Move the mark by so many columns and rows, as far as there are any."""
        here = self.currentIndex()
        row = min(max(here.row() + rows, 0), self._month.rowCount() - 1)
        column = min(max(here.column() + columns, FIRST_DAY), self._month.columnCount() - 1)
        self.go(row, column)

    def reopen(self, row: int, column: int, text: str) -> None:
        """Let the person go on with a text that could not be taken."""
        self.go(row, column)
        self.setFocus()
        self.edit(self._month.index(row, column))
        self.days.refuse(text)

    def fit_columns(self) -> None:
        """Divide the width among the days: closed ones narrow, open ones as wide as there is room."""
        columns = range(FIRST_DAY, self._month.columnCount())
        narrow = {column for column in columns if self._month.is_narrow(column)}
        wide = [column for column in columns if column not in narrow]
        closed_width = CLOSED_WIDTH
        each, rest = self._share(len(wide), len(narrow) * closed_width)
        if each < OPEN_EASY:
            closed_width = CLOSED_LEAST
            each, rest = self._share(len(wide), len(narrow) * closed_width)
        if each < OPEN_LEAST:
            each, rest = OPEN_LEAST, 0
        for column in (NAME, TOTAL):
            self.hideColumn(column)
        for column in narrow:
            self.setColumnWidth(column, closed_width)
        for at, column in enumerate(wide):
            self.setColumnWidth(column, each + (at < rest))

    def _share(self, columns: int, taken: int) -> tuple[int, int]:
        """Divide what is left of the width; the second number is how many columns get a pixel more."""
        return divmod(self.viewport().width() - taken, columns) if columns else (0, 0)

    def _fill(self, text: str) -> None:
        if places := self.chosen_places():
            self._month.typed.emit(places, text)

    def _copy(self) -> None:
        """Put the chosen cells on the clipboard, tab between days, as they could be typed again."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectionModel().selectedIndexes(), key=lambda at: (at.row(), at.column())):
            rows.setdefault(index.row(), []).append(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows.values()))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears, ``=`` records as planned, Page Up and Down turn the month, the rest is typing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if places := self.chosen_places():
                self.cleared.emit(places)
        elif event.text() in _AS_PLANNED and event.text():
            if places := self.chosen_places():
                self.as_planned.emit(places)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_mark(0, 1)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep a letter that the input method hands over at once: Qt opens the field but drops it."""
        opens = self.days.editor is None
        super().inputMethodEvent(event)
        if opens and self.days.editor is not None and event.commitString():
            self.days.begin_with(event.commitString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the days to the new width."""
        super().resizeEvent(event)
        self.fit_columns()


class HoursGrid(QFrame):
    """Both halves side by side, scrolling and choosing together.

    Signals:
        picked(int, int): the mark stands on this row and column.
    """

    picked = Signal(int, int)

    def __init__(self, model: MonthModel) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.model = model
        self.names = NamesView(model)
        self.days = DaysView(model)
        self._foot = QWidget()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.names, 1)
        left.addWidget(self._foot)
        line = QHBoxLayout(self)
        line.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        line.setSpacing(0)
        line.addLayout(left)
        line.addWidget(self.days, 1)
        self.setFocusProxy(self.days)
        self.names.verticalScrollBar().valueChanged.connect(self.days.verticalScrollBar().setValue)
        self.days.verticalScrollBar().valueChanged.connect(self.names.verticalScrollBar().setValue)
        self.days.horizontalScrollBar().rangeChanged.connect(self._level)
        self.names.clicked.connect(self._on_name)
        self.days.selectionModel().currentChanged.connect(self._on_current)
        model.modelReset.connect(self.fit)

    def show_month(self, view: MonthView) -> None:
        """Show a month; the mark stays on its person and day where it can."""
        here = self.days.currentIndex()
        row, column = here.row(), here.column()
        self.model.show(view)
        self.fit()
        if view.people and not self.days.currentIndex().isValid():
            self.days.go(
                min(max(row, 0), len(view.people) - 1), column if column >= FIRST_DAY else self._first()
            )

    def fit(self) -> None:
        """Fit columns and height to what is shown."""
        self.names.lay_out_columns()
        self.days.fit_columns()
        self._level()

    def content_height(self) -> int:
        """Return the height that shows every row."""
        return self._height_of(self.model.rowCount())

    def choose_row(self, row: int) -> None:
        """Put the mark on another person, on the same day."""
        if row != self.days.currentIndex().row():
            self.days.selectionModel().clearSelection()
            self.days.go(row, self.days.currentIndex().column())

    def _first(self) -> int:
        """Return the column of the first open day of the term."""
        view = self.model.view
        if view is None:
            return FIRST_DAY
        opens = [at for at, head in enumerate(view.days) if head.closed is None and head.day >= view.first]
        return FIRST_DAY + (opens[0] if opens else 0)

    def _height_of(self, rows: int) -> int:
        edge = self.contentsMargins()
        around = edge.top() + edge.bottom() + 2 * _EDGE
        return HEAD_HEIGHT + rows * HOURS_ROW_HEIGHT + self._bar_height() + around

    def _bar_height(self) -> int:
        bar = self.days.horizontalScrollBar()
        return bar.sizeHint().height() if bar.maximum() > 0 else 0

    def _level(self) -> None:
        """Keep both halves equally high when the days scroll sideways."""
        self._foot.setFixedHeight(self._bar_height())
        self.setMinimumHeight(self._height_of(min(self.model.rowCount(), ROWS_IN_SIGHT)))
        self.setMaximumHeight(self.content_height())

    def _on_name(self, index: QModelIndex) -> None:
        self.choose_row(index.row())
        self.days.setFocus()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.names.people.current = current.row()
        self.names.viewport().update()
        if current.isValid():
            self.picked.emit(current.row(), current.column())
