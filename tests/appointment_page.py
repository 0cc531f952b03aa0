"""Driving the window of appointed people with real keys and clicks, for its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from payroll_page import Key, write
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow
from fujisawa_desktop.views.payroll.appointment_window import AppointmentWindow, open_appointments
from fujisawa_desktop.views.widgets import LineEdit


@dataclass
class Appointed:
    """The window on the screen, and hands for it."""

    window: AppointmentWindow
    qtbot: QtBot
    settle: Callable[[], None]

    def click(self, button: QPushButton) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def tick(self, box: QCheckBox) -> None:
        self.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))
        self.settle()

    def rewrite(self, edit: LineEdit, text: str) -> None:
        """Replace what stands in a field with keys."""
        edit.setFocus()
        edit.selectAll()
        self.qtbot.keyClick(edit, Key.Key_Delete)
        write(self.qtbot, edit, text)

    def go(self, number: str) -> None:
        """Click somebody in the list."""
        at = [one.member.number for one in self.window.rows].index(number)
        place = self.window.table.visualRect(self.window.model.index(at, 0)).center()
        self.qtbot.mouseClick(self.window.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.settle()

    def turn(self, page: int) -> None:
        self.window.tabs.setCurrentIndex(page)
        self.settle()

    def shown(self) -> str:
        """Number of the person who is shown."""
        assert self.window.view is not None
        return self.window.view.member.number

    def pills(self, number: str) -> list[str]:
        at = [one.member.number for one in self.window.rows].index(number)
        return str(self.window.model.index(at, 2).data()).split("、")

    def take_back(self) -> None:
        """Click the button of the message."""
        (button,) = [one for one in self.window.notice.findChildren(QPushButton) if one.text()]
        self.click(button)


@contextmanager
def everybody_appointed(desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> Iterator[Appointed]:
    """Open the window over an empty one, which closes it at the end."""
    parent = QWidget()
    qtbot.addWidget(parent)
    window = open_appointments(desk, parent)
    settle()
    yield Appointed(window, qtbot, settle)
    parent.close()


def paper_window(page: Appointed) -> PaperWindow:
    """The preview that was opened, once its papers are made."""
    page.settle()
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow)]
    window = next(one for one in windows if one.isVisible())
    page.qtbot.waitUntil(lambda: window.draft is not None)
    return window
