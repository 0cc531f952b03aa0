"""Fixtures shared by all tests: a real database in a temporary folder, nothing of the person's own."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from places import Files, OnServer, Places, Where
from pytestqt.qtbot import QtBot

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # never the person's own

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.database import Database, open_database

pytest_plugins = ["engine_choice"]

PATIENCE = 120_000
"""Milliseconds."""


@pytest.fixture
def paper_folder(tmp_path: Path) -> Path:
    """Where papers are saved."""
    target = tmp_path / "通知"
    target.mkdir()
    return target


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test has its own data folder, speaks Japanese, and leaves no file elsewhere."""
    monkeypatch.setenv("FUJISAWA_DATA_DIR", str(tmp_path / "data"))
    temporary = tmp_path.with_name(f"{tmp_path.name}-temp")  # where the files of a test are is another place
    temporary.mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(temporary))
    set_language("ja")
    yield
    set_language("ja")


@pytest.fixture(autouse=True)
def _garbage_freed_in_this_thread() -> Iterator[None]:
    """What earlier tests left of their windows is freed here: freed by a worker's search for cycles, or
    within another test's event loop, it can end the run with a segmentation fault."""
    gc.disable()
    yield
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [generation for generation in (2, 1, 0) if counts[generation] > thresholds[generation]]
    if due:
        gc.collect(due[0])


class PatientBot(QtBot):
    """Waits as long as a busy machine needs: how long something takes is never what a test shows."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:  # noqa: N802
        """Wait until the callback says yes."""
        super().waitUntil(callback, timeout=max(timeout, PATIENCE))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """The hands of a test at the windows; whatever they were given is closed after it."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    """The windows of a test end with it: whatever dresses the application dresses every window there is,
    so that a run which kept them would grow slower from test to test."""
    yield
    widgets, core = sys.modules.get("PySide6.QtWidgets"), sys.modules.get("PySide6.QtCore")
    if widgets is None or core is None or widgets.QApplication.instance() is None:
        return
    for widget in widgets.QApplication.topLevelWidgets():
        if widget.parent() is None:
            widget.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or error in the log that the test did not clear fails the test."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, [f"{record.name}: {record.getMessage()}" for record in loud]


@pytest.fixture(autouse=True)
def _clipboard_left_empty() -> Iterator[None]:
    """Nothing copied outlives its test: the offscreen clipboard is freed after Python has ended.

    What Python put there is then freed through an interpreter that is gone, which ends the run with
    a segmentation fault.  Real platforms free their clipboard with the application.
    """
    yield
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def _database_places(request: pytest.FixtureRequest) -> Places:
    """Where databases are made: in files, or on the server of this run (``--engine postgresql``)."""
    if request.config.getoption("engine") == "sqlite":
        return Files()
    from postgres_server import server_of_this_run

    return OnServer(server_of_this_run())


@pytest.fixture(scope="session")
def places(_database_places: Places) -> Places:
    """The same, under a name that a test may also give to a value of its own."""
    return _database_places


@pytest.fixture(autouse=True)
def _places_cleared(_database_places: Places) -> Iterator[None]:
    yield
    _database_places.clear()


@pytest.fixture(scope="session")
def _empty_file(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Where:
    """Migrate once; tests copy the file, or the database on the server."""
    path = tmp_path_factory.mktemp("template") / "empty.fjdb"
    return places.kept(path, lambda place: open_database(place, create=True).dispose())


@pytest.fixture(scope="session")
def _programme_file(_empty_file: Where, places: Places, tmp_path_factory: pytest.TempPathFactory) -> Where:
    """The empty database with the shipped R6 programme."""
    from fujisawa_desktop.services.programmes import create_programme

    def fill(place: Where) -> None:
        database = open_database(place)
        create_programme(database, source="r6", actor="test")
        database.dispose()

    return places.kept(tmp_path_factory.mktemp("template") / "r6.fjdb", fill, like=_empty_file)


@pytest.fixture
def empty_database(_empty_file: Where, places: Places, tmp_path: Path) -> Iterator[Database]:
    """An empty migrated database."""
    database = open_database(places.copy(_empty_file, tmp_path / "test.fjdb"))
    yield database
    database.dispose()


@pytest.fixture
def database(_programme_file: Where, places: Places, tmp_path: Path) -> Iterator[Database]:
    """A database that holds the R6 programme."""
    database = open_database(places.copy(_programme_file, tmp_path / "r6.fjdb"))
    yield database
    database.dispose()


@pytest.fixture
def office_file(_programme_file: Where, tmp_path: Path) -> Path:
    """A file with the R6 programme that nobody has open; for tests about files."""
    return Path(shutil.copyfile(_programme_file, tmp_path / "office.fjdb"))


@pytest.fixture
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of half a second for each guess at a passphrase is for who guesses, not for tests."""
    monkeypatch.setattr(key_slots, "_WORK", 2**10)


@pytest.fixture
def programme_id(database: Database) -> int:
    """The R6 programme's id."""
    from fujisawa_desktop.services.programmes import current_programme_id

    return current_programme_id(database)
