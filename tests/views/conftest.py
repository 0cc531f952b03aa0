"""Fixtures of the window's tests: a desk on a real database, and waiting without sleeping."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message, Notifier
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import LIGHT, Scheme, apply_theme, load_fonts, tokens

Settle = Callable[[], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns about size hints it cannot hand to a window manager."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """What owns the windows; it must outlive them."""
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture(scope="session")
def _fonts(qapp: QApplication) -> None:
    load_fonts()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, _fonts: None) -> None:
    """Every test sees the window's own look, in light colours."""
    if qapp.property("dressed") != "light" or tokens() != LIGHT:
        apply_theme(qapp, Scheme.LIGHT)
        qapp.setProperty("dressed", "light")


@pytest.fixture
def dark(qapp: QApplication, dressed: None) -> Iterator[None]:
    """The same in dark colours."""
    apply_theme(qapp, Scheme.DARK)
    qapp.setProperty("dressed", "dark")
    yield
    apply_theme(qapp, Scheme.LIGHT)
    qapp.setProperty("dressed", "light")


@pytest.fixture(autouse=True)
def _no_fault_in_a_slot() -> Iterator[None]:
    """An exception in a slot or in painting reaches only ``sys.excepthook``: it fails the test."""
    faults: list[BaseException] = []
    before = sys.excepthook
    sys.excepthook = lambda _kind, error, _trace: faults.append(error)
    yield
    sys.excepthook = before
    if faults:
        raise faults[0]


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.shutdown()


@pytest.fixture
def notifier(qapp: QApplication) -> Notifier:
    return Notifier()


@pytest.fixture
def messages(notifier: Notifier) -> list[Message]:
    """What the person was told, in order."""
    told: list[Message] = []
    notifier.told.connect(told.append)
    return told


@pytest.fixture
def settings(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "window.ini")


@pytest.fixture
def desk(
    database: Database, programme_id: int, tasks: Tasks, notifier: Notifier, settings: Memory
) -> Iterator[Desk]:
    """A desk with the R6 programme on it."""
    desk = Desk(
        database=database,
        tasks=tasks,
        notifier=notifier,
        settings=settings,
        programme_id=programme_id,
        actor="職員",
    )
    yield desk
    tasks.shutdown()


@pytest.fixture
def settle(qtbot: QtBot, qapp: QApplication, tasks: Tasks) -> Settle:
    """Return a function that waits until no work is running and everything is laid out."""

    def wait() -> None:
        qtbot.waitUntil(lambda: tasks.pending == 0, timeout=20_000)
        for _round in range(3):  # a text that wraps asks its layout for more room once it is laid out
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            qapp.processEvents()

    return wait


@pytest.fixture
def window(
    qtbot: QtBot, tasks: Tasks, notifier: Notifier, settings: Memory, messages: list[Message]
) -> MainWindow:
    """The window without a file."""
    window = MainWindow(tasks=tasks, notifier=notifier, settings=settings)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    return window
