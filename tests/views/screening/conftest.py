"""The window of the first screening on a few people, or without any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from screening_scene import Scene, make_scene
from shiboken6 import isValid

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening import ScreeningWindow, open_screening

Show = Callable[[], ScreeningWindow]


@pytest.fixture(autouse=True)
def _english() -> None:
    """The texts asked for here are message ids; the Japanese ones are the catalogue's matter."""
    set_language("en")


@pytest.fixture
def scene(database: Database, programme_id: int) -> Scene:
    return make_scene(database, programme_id)


@pytest.fixture
def show(qtbot: QtBot, desk: Desk, settle: Any) -> Iterator[Show]:
    """Return a function that opens the window and waits until it has come to rest."""
    parent = QWidget()
    qtbot.addWidget(parent)
    opened: list[ScreeningWindow] = []

    def open_window() -> ScreeningWindow:
        window = open_screening(desk, parent)
        opened.append(window)
        window.activateWindow()
        qtbot.waitExposed(window)
        settle()
        return window

    yield open_window
    for window in opened:
        if isValid(window):
            for dialog in window.findChildren(QDialog):
                dialog.reject()
            window.close()
    settle()


@pytest.fixture
def window(scene: Scene, show: Show) -> ScreeningWindow:
    """The window on five people, read in the order of their numbers by the first reviewer."""
    window = show()
    window.order.setCurrentIndex(window.order.findData("number"))
    return window
