"""A clerk with hands on mouse and keyboard, whose gestures are counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.views.widgets import PrimaryButton
from tests.journeys.conftest import dialogs, settle

LEFT: Final = Qt.MouseButton.LeftButton


class Clerk:
    """Hands on mouse and keyboard; counts the gestures."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot = qtbot
        self.program = program
        self.window = program.window
        self.gestures = 0

    @property
    def page(self) -> Any:
        return self.window.current_page()

    def settle(self) -> None:
        settle(self.qtbot, self.program)

    def click(self, button: QPushButton) -> None:
        self.qtbot.waitUntil(button.isEnabled, timeout=30_000)
        assert button.isVisible()
        self.qtbot.mouseClick(button, LEFT)
        self.gestures += 1
        self.settle()

    def open_tab(self, place: int) -> None:
        bar = self.window.tabs
        self.qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(place).center())
        self.gestures += 1
        self.settle()

    def act(self, action_id: str) -> None:
        action = self.window.actions_table[action_id]
        assert action.isEnabled(), action_id
        action.trigger()
        self.gestures += 1
        self.settle()

    def type_into_search(self, text: str) -> None:
        search = self.page.search
        search.setFocus()
        search.selectAll()
        self.qtbot.keyClicks(search, text)
        self.gestures += 1
        self.qtbot.wait(200)
        self.settle()

    def cursor(self) -> QWidget:
        """Return where keys go; a window manager would make the window in front active, here we do."""
        front = self.dialogs()[-1] if self.dialogs() else self.window
        if QApplication.focusWidget() is None:
            front.activateWindow()
            self.qtbot.waitUntil(front.isActiveWindow)
        widget = QApplication.focusWidget() or front.focusWidget()
        assert widget is not None
        return widget

    def press(self, keys: str) -> None:
        """Press a key combination wherever the cursor is."""
        widget = self.cursor()
        combination = QKeySequence(keys)[0]
        QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())
        self.gestures += 1
        self.settle()

    def type(self, text: str) -> None:
        """Type a text wherever the cursor is, Japanese as an input method hands it over; one gesture."""
        if text.isascii():
            for sign in text:  # the cursor may go on by itself
                QTest.keyClicks(self.cursor(), sign)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(self.cursor(), composed)
        self.gestures += 1
        self.settle()

    def dialog(self, kind: type[Any]) -> Any:
        """Return the one open dialog of a kind."""
        [found] = [one for one in self.window.findChildren(kind) if one.isVisible()]
        return found

    def confirm(self) -> None:
        """Press the one main button of the dialog in front."""
        self.qtbot.waitUntil(lambda: bool(self.dialogs()), timeout=30_000)
        dialog = self.dialogs()[-1]
        self.qtbot.waitUntil(lambda: any(b.isEnabled() for b in buttons(dialog)), timeout=30_000)
        self.click(next(button for button in buttons(dialog) if button.isEnabled()))

    def dialogs(self) -> list[QDialog]:
        return [window for window in dialogs(self.program) if isinstance(window, QDialog)]

    def drop(self, file: Path) -> None:
        """Let a file fall on the window and take it in."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        none = Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(400, 400), Qt.DropAction.CopyAction, data, LEFT, none)
        self.window.dropEvent(event)
        self.gestures += 1
        self.confirm()
        self.settle()
        assert not self.dialogs()


def buttons(dialog: QDialog) -> Sequence[QPushButton]:
    return [button for button in dialog.findChildren(PrimaryButton) if button.isVisible()]
