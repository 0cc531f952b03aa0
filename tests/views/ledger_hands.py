"""Hands for the windows of what leaves the office about pay."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, settle: Callable[[], None], window: QDialog) -> None:
    """Show a window and wait until it was read."""
    qtbot.addWidget(window)
    window.show()
    settle()


def press(qtbot: QtBot, settle: Callable[[], None], button: QPushButton) -> None:
    """Click a button that can be clicked."""
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)
    settle()


def child(window: QWidget, kind: type) -> QDialog:
    """Return the dialog of that kind that is open."""
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, found
    dialog = found[0]
    assert isinstance(dialog, QDialog)
    return dialog
