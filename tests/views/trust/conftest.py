"""The whole program in one window, for dialogs that close and open files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.views.notify import Message


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication) -> Iterator[Program]:
    program = Program(qapp)
    qtbot.addWidget(program.window)
    program.window.show()
    yield program
    program.close()


@pytest.fixture
def done(qtbot: QtBot, qapp: QApplication, program: Program) -> Callable[[], None]:
    def wait() -> None:
        for _round in range(3):
            qtbot.waitUntil(lambda: program.tasks.pending == 0, timeout=30_000)
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            qapp.processEvents()

    return wait


@pytest.fixture
def told(program: Program) -> list[Message]:
    told: list[Message] = []
    program.notifier.told.connect(told.append)
    return told
