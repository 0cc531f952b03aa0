"""The program as a person starts it, on a database that has been through the whole job once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from places import Places, Where
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.demo_walk import FOLDERS, walk
from fujisawa_desktop.services.copying import copy_database
from fujisawa_desktop.services.databases import create_database
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.theme import load_fonts

Open = Callable[[Where], Program]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns about size hints it cannot hand to a window manager."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the sample files of a demonstration with few people."""
    folder = tmp_path_factory.mktemp("walked")
    for name in FOLDERS:
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="session")
def _walked_file(walked: Path, places: Places) -> Where:
    """The database of the demonstration; the sample files are there with it."""
    path = walked / "walk.fjdb"
    walk(path, applicants=80, tell=lambda _step: None)

    def fill(place: Where) -> None:
        copy_database(path, place)

    return places.kept(walked / "demo.fjdb", fill)


@pytest.fixture
def walked_file(_walked_file: Where, places: Places, tmp_path: Path) -> Where:
    return places.copy(_walked_file, tmp_path / "walked.fjdb")


@pytest.fixture
def new_file(places: Places, tmp_path: Path) -> Where:
    place = places.new(tmp_path / "new.fjdb")
    create_database(place, programme="r6", actor="職員")
    return place


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
def typed_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked about what was typed lets it go."""
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: QMessageBox.StandardButton.Discard)


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Open]:
    """Start the program on a file; it is closed at the end."""
    load_fonts()
    started: list[Program] = []

    def open_program(place: Where) -> Program:
        program = Program(qapp)
        started.append(program)
        program.window.resize(1280, 800)
        program.window.show()
        program.start(str(place))
        qtbot.waitUntil(lambda: program.desk is not None and program.window.current_page() is not None)
        settle(qtbot, program)
        return program

    yield open_program
    for program in started:
        program.secrets.lock.unlock()  # a locked window stays open, and hides those of other tests
        for dialog in dialogs(program):
            dialog.close()
        program.window.close()
    qapp.setProperty("dressed", None)  # the program dressed the application in its own way


def settle(qtbot: QtBot, program: Program) -> None:
    """Wait until no work is running."""
    qtbot.waitUntil(lambda: program.tasks.pending == 0)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: program.tasks.pending == 0)


def dialogs(program: Program) -> list[object]:
    """Return the windows that stand before the main window."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and widget is not program.window and widget.windowTitle()
    ]


def told(program: Program) -> list[Message]:
    """Collect what the person is told from now on."""
    messages: list[Message] = []
    program.notifier.told.connect(messages.append)
    return messages


@pytest.fixture
def bare(qapp: QApplication, qtbot: QtBot) -> Any:
    """The program on its welcome page."""
    program = Program(qapp)
    program.window.resize(1280, 800)
    program.window.show()
    program.start(None)
    settle(qtbot, program)
    yield program
    program.secrets.lock.unlock()
    program.window.close()
    qapp.setProperty("dressed", None)
