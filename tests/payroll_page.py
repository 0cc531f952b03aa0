"""Driving the tab with real keys and clicks, for its tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours import Cell, PersonMonth
from fujisawa_desktop.views.payroll import PayrollTab
from fujisawa_desktop.views.widgets import LineEdit

Key = Qt.Key


@dataclass
class Page:
    """The tab on the screen, and hands for it."""

    tab: PayrollTab
    qtbot: QtBot
    settle: Callable[[], None]

    def wait(self) -> None:
        """Until nothing runs and the pane beside is up to date."""
        self.settle()
        self.qtbot.waitUntil(lambda: not self.tab.explaining.soon.isActive())
        self.settle()

    def person(self, number: str) -> PersonMonth:
        assert self.tab.shown.view is not None
        return next(p for p in self.tab.shown.view.people if p.member.number == number)

    def row(self, number: str) -> int:
        row = self.tab.model.row_of(self.person(number).member.appointment_id)
        assert row is not None
        return row

    def cell(self, number: str, day: int) -> Cell:
        cells = self.person(number).cells
        return next((cell for at, cell in cells.items() if at.day == day), Cell())

    def index(self, number: str, day: int) -> QModelIndex:
        assert self.tab.shown.month is not None
        column = self.tab.model.column_of(date(*self.tab.shown.month, day))
        assert column is not None
        return self.tab.model.index(self.row(number), column)

    def go(self, number: str, day: int) -> None:
        """Click a cell."""
        days = self.tab.grid.days
        index = self.index(number, day)
        days.scrollTo(index)
        self.qtbot.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=days.visualRect(index).center())

    def drag(self, number: str, first: int, last: int) -> None:
        """Choose several days of a person with the mouse."""
        days = self.tab.grid.days
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self.qtbot.mousePress(
            days.viewport(), left, none, days.visualRect(self.index(number, first)).center()
        )
        for day in range(first, last + 1):
            self.qtbot.mouseMove(days.viewport(), days.visualRect(self.index(number, day)).center())
        end: QPoint = days.visualRect(self.index(number, last)).center()
        self.qtbot.mouseRelease(days.viewport(), left, none, end)

    def choose(self, *cells: tuple[str, int]) -> None:
        """Click the first cell, and the others with Ctrl."""
        for at, (number, day) in enumerate(cells):
            days = self.tab.grid.days
            index = self.index(number, day)
            ctrl = Qt.KeyboardModifier.ControlModifier if at else Qt.KeyboardModifier.NoModifier
            place = days.visualRect(index).center()
            self.qtbot.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, ctrl, place)

    def here(self) -> tuple[int, int]:
        """Row and day of the mark."""
        day = self.tab.grid.current_day()
        return self.tab.grid.days.currentIndex().row(), day.day if day is not None else 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is: in the field typed into, else in the grid."""
        self.qtbot.keyClick(self.editor() or self.tab.grid.days, key, modifier)

    def type(self, text: str, end: Qt.Key | None = Key.Key_Return) -> None:
        """Type into the current cell."""
        for letter in text:
            write(self.qtbot, self.editor() or self.tab.grid.days, letter)
        if end is not None:
            self.key(end)
            self.wait()

    def editor(self) -> LineEdit | None:
        return self.tab.grid.days.days.editor

    def kind(self, kind: ShiftKind) -> None:
        self.click(self.tab.entry.kinds[kind])

    def click(self, button: QPushButton) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait()

    def pay_text(self, number: str, column: int) -> str:
        model = self.tab.pay.pay
        row = [one.number for one in model.rows].index(number)
        return str(model.index(row, column).data())

    def sum_text(self, column: int) -> str:
        """The sum of a column."""
        return str(self.tab.pay.sums.index(0, column).data())

    def point_at_amount(self, number: str, column: int) -> None:
        """Click an amount."""
        pay = self.tab.pay
        index = pay.pay.index([one.number for one in pay.pay.rows].index(number), column)
        pay.scrollTo(index)
        self.qtbot.mouseClick(pay.viewport(), Qt.MouseButton.LeftButton, pos=pay.visualRect(index).center())
        self.wait()


def write(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type a text; what no key makes comes from the input method."""
    for letter in text:
        if letter.isascii():
            qtbot.keyClicks(widget, letter)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)


def dialog_of(tab: PayrollTab, kind: type) -> object:
    """The dialog of that kind that is open."""
    QApplication.processEvents()
    return next(dialog for dialog in tab.findChildren(kind) if dialog.isVisible())


TODAY = date(2024, 12, 20)
