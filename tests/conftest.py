"""Fixtures shared by all tests: a real database in a temporary folder, nothing of the person's own."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database, open_database


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test has its own data folder, speaks Japanese, and leaves no file elsewhere."""
    monkeypatch.setenv("FUJISAWA_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "temp").mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))  # where the files of a test are is another place
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
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate once; tests copy the file."""
    path = tmp_path_factory.mktemp("template") / "empty.fjdb"
    open_database(path, create=True).dispose()
    return path


@pytest.fixture(scope="session")
def _programme_file(_empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty database with the shipped R6 programme."""
    from fujisawa_desktop.services.programmes import create_programme

    path = tmp_path_factory.mktemp("template") / "r6.fjdb"
    path.write_bytes(_empty_file.read_bytes())
    database = open_database(path)
    create_programme(database, source="r6", actor="test")
    database.dispose()
    return path


@pytest.fixture
def empty_database(_empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty migrated database file."""
    path = tmp_path / "test.fjdb"
    path.write_bytes(_empty_file.read_bytes())
    database = open_database(path)
    yield database
    database.dispose()


@pytest.fixture
def database(_programme_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A database that holds the R6 programme."""
    path = tmp_path / "r6.fjdb"
    path.write_bytes(_programme_file.read_bytes())
    database = open_database(path)
    yield database
    database.dispose()


@pytest.fixture
def programme_id(database: Database) -> int:
    """The R6 programme's id."""
    from fujisawa_desktop.services.programmes import current_programme_id

    return current_programme_id(database)
