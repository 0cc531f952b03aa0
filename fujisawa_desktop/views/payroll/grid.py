"""The grid of hours: names and totals that stay in place, and the days beside them."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import week_of
from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.services.hours_cells import judge_typed, week_month
from fujisawa_desktop.views.payroll.grid_days import OPEN_LEAST, DaysView, GridTable
from fujisawa_desktop.views.payroll.grid_model import FIRST_DAY, NAME, TOTAL, WEEK, MonthModel
from fujisawa_desktop.views.payroll.grid_paint import HEAD_HEIGHT, ROW_HEIGHT, PersonDelegate
from fujisawa_desktop.views.payroll.grid_verdict import VerdictNote
from fujisawa_desktop.views.payroll.grid_words import verdict_lines

__all__ = ["OPEN_LEAST", "DaysView", "HoursGrid", "NamesView"]

NAME_WIDTH: Final = 92
TOTAL_WIDTH: Final = 168
WEEK_WIDTH: Final = 96
ROWS_IN_SIGHT: Final = 4
_EDGE: Final = 1


class NamesView(GridTable):
    """The columns that stay in place; that of the week only beside the days of a week."""

    def __init__(self, model: MonthModel) -> None:
        super().__init__(model)
        self.setAccessibleName(_("People and their hours of the month"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people = PersonDelegate(self)
        self.setItemDelegate(self.people)
        heads = self.horizontalHeader()
        heads.setFixedHeight(HEAD_HEIGHT)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionsClickable(False)

    def lay_out_columns(self, *, week: bool) -> None:
        """Show name and totals only."""
        for column in range(FIRST_DAY, self.model().columnCount()):
            self.hideColumn(column)
        if self.model().columnCount():
            self.setColumnWidth(NAME, NAME_WIDTH)
            self.setColumnWidth(TOTAL, TOTAL_WIDTH)
            self.setColumnWidth(WEEK, WEEK_WIDTH)
            self.setColumnHidden(WEEK, not week)
        self.setFixedWidth(NAME_WIDTH + TOTAL_WIDTH + (WEEK_WIDTH if week else 0))


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
        self._note: VerdictNote | None = None
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
        self.days.days.typing.connect(self._judge)
        self.days.days.typed_out.connect(self._hide_note)
        model.modelReset.connect(self.fit)

    def show_month(self, view: MonthView) -> None:
        """Show a month; the mark stays on its person and day where it can."""
        monday = self.model.monday
        if monday is not None and week_month(monday) != (view.year, view.month):
            monday = week_of(date(view.year, view.month, 4))  # the first week with its Thursday in the month
        self._show(view, monday)

    def show_days(self, view: MonthView, monday: date | None, mark: date | None = None) -> None:
        """Show a week of a month, or with ``None`` all its days; the mark goes to a day."""
        self._show(view, monday, mark)

    def current_day(self) -> date | None:
        """Return the day the mark stands on."""
        return self.model.day(self.days.currentIndex().column())

    def _show(self, view: MonthView, monday: date | None, mark: date | None = None) -> None:
        here = self.days.currentIndex()
        row, day = here.row(), self.current_day()
        self.model.show(view, monday)
        self.fit()
        if view.people and (mark is not None or not self.days.currentIndex().isValid()):
            wanted = mark or (None if day is None else _same_day(day, view, monday))
            column = self.model.column_of(wanted) if wanted is not None else None
            self.days.go(min(max(row, 0), len(view.people) - 1), column or self._first())
        self._tell_week()

    def fit(self) -> None:
        """Fit columns and height to what is shown."""
        self.names.lay_out_columns(week=self.model.monday is not None)
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
        heads = enumerate(self.model.heads)
        opens = [at for at, head in heads if head.closed is None and head.day >= view.first]
        return FIRST_DAY + (opens[0] if opens else 0)

    def _height_of(self, rows: int) -> int:
        edge = self.contentsMargins()
        around = edge.top() + edge.bottom() + 2 * _EDGE
        return HEAD_HEIGHT + rows * ROW_HEIGHT + self._bar_height() + around

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

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        self.names.people.current = current.row()
        for row in {current.row(), before.row()}:
            for column in range(FIRST_DAY):
                self.names.update(self.model.index(row, column))
        self._tell_week()
        if current.isValid():
            self.picked.emit(current.row(), current.column())

    def _tell_week(self) -> None:
        """Let the names say how many days there are in the week of the mark."""
        day = self.model.monday or self.current_day()
        week = None if day is None else week_of(day)
        if week != self.names.people.week:
            self.names.people.week = week
            self.names.viewport().update()

    def _judge(self, index: QModelIndex, text: str) -> None:
        """Say beside the field what would become of what is typed so far."""
        place, over = self.model.place(index), self.parentWidget()
        if place is None or over is None:
            return
        person = self.model.people()[index.row()]
        lines = verdict_lines(text, judge_typed(person, place[1], self.model.kind, text))
        if self._note is None or self._note.parentWidget() is not over:
            self._note = VerdictNote(over)
        cell = self.days.visualRect(index)
        corner = self.days.viewport().mapTo(over, QPoint(cell.left(), cell.top()))
        self._note.say(lines, QRect(corner, cell.size()))
        if self.days.days.editor is not None:
            self.days.days.editor.setAccessibleDescription(self._note.said())

    def _hide_note(self) -> None:
        if self._note is not None:
            self._note.hide()

    def note(self) -> VerdictNote | None:
        """Return the note beside the field while it is shown."""
        return self._note if self._note is not None and self._note.isVisible() else None


def _same_day(day: date, view: MonthView, monday: date | None) -> date | None:
    """Return the day that the mark keeps: itself, the same weekday, or the same day of the month."""
    if monday is not None:
        return monday + (day - week_of(day))
    days = [head.day for head in view.days]
    return day if day in days else days[min(day.day, len(days)) - 1]
