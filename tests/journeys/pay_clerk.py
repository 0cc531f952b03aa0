"""A clerk at the tab 勤務時間・報酬, with every click and every key counted, and pictures on request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.views.payroll import PayrollTab
from tests.journeys.clerk import LEFT, Clerk
from tests.payroll_page import Page, write

PICTURES: Final = "FUJISAWA_JOURNEY_PICTURES"
"""Names a folder: with it the journey leaves a picture of each of its stations there."""
TAB: Final = 4


class PayClerk(Clerk):
    """Hands on mouse and keyboard at the month's grid.

    Attributes:
        clicks: buttons, cells and menu entries pressed, and drags.
        keys: single keys and combinations.
        hands: finds people and days on the screen.
    """

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        super().__init__(qtbot, program)
        self.clicks = 0
        self.keys = 0
        self.told: list[str] = []
        program.notifier.told.connect(lambda message: self.told.append(message.text))
        self.open_tab(TAB)
        tab = program.window.current_page()
        assert isinstance(tab, PayrollTab)
        self.hands = Page(tab, qtbot, super().settle)

    @property
    def tab(self) -> PayrollTab:
        """The tab."""
        return self.hands.tab

    def settle(self) -> None:
        """Wait until nothing runs and the pane beside the grid is up to date."""
        super().settle()
        if hasattr(self, "hands"):
            self.hands.wait()

    def click(self, button: QPushButton) -> None:
        self.clicks += 1
        super().click(button)

    def act(self, action_id: str) -> None:
        self.clicks += 2  # the menu, and its entry
        super().act(action_id)

    def go(self, number: str, day: int) -> None:
        """Click a cell."""
        self.clicks += 1
        self.gestures += 1
        self.hands.go(number, day)
        self.settle()

    def frame(self, first: tuple[str, int], last: tuple[str, int]) -> None:
        """Choose all cells between two, which are in sight, with one drag."""
        self.clicks += 1
        self.gestures += 1
        area = self.tab.grid.days.viewport()
        none = Qt.KeyboardModifier.NoModifier
        start, end = (self._middle(*cell) for cell in (first, last))
        assert area.rect().contains(start)
        assert area.rect().contains(end)
        self.qtbot.mousePress(area, LEFT, none, start)
        for step in range(1, 6):
            self.qtbot.mouseMove(area, start + (end - start) * step / 5)
        self.qtbot.mouseRelease(area, LEFT, none, end)
        self.settle()

    def _middle(self, number: str, day: int) -> QPoint:
        return self.tab.grid.days.visualRect(self.hands.index(number, day)).center()

    def key(self, keys: str) -> None:
        """Press a key or a combination where the cursor is."""
        self.keys += 1
        self.press(keys)

    def entry(self, text: str) -> None:
        """Type into the current cell and end with Return; each letter is a key."""
        self.keys += len(text) + 1
        self.gestures += 1
        self.hands.type(text)
        self.settle()

    def write(self, field: QWidget, text: str) -> None:
        """Write into a field of a dialog in place of what stands there."""
        self.keys += len(text) + 1
        self.gestures += 1
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        write(self.qtbot, field, text)
        self.settle()

    def note_gestures(self) -> None:
        """Keep the figures beside the pictures, if these are wanted."""
        if folder := os.environ.get(PICTURES):
            said = f"gestures {self.gestures}: clicks and drags {self.clicks}, single keys {self.keys}\n"
            (Path(folder) / "gestures.txt").write_text(said, encoding="utf-8")

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window, or of a dialog, if pictures are wanted."""
        if folder := os.environ.get(PICTURES):
            Path(folder).mkdir(parents=True, exist_ok=True)
            assert (widget or self.window).grab().save(str(Path(folder) / f"{name}.png"))
