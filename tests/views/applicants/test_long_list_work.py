"""Copying, filling and exporting many rows: with progress, and stopped without a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from applicants_driver import Quiet, column
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.views.applicants import ApplicantsTab, exporting, list_acts
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.tasks import Tasks

CONTROL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def held(run: Callable[..., object]) -> Iterator[None]:
    """Keep a worker busy, so that what is asked of it meanwhile is stopped before it ends."""
    gate = Event()
    run(gate.wait, lambda _nothing: None)
    yield
    gate.set()


@pytest.fixture
def titles(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of long work, of which a hundred rows are enough."""
    monkeypatch.setattr(list_acts, "_MANY", 100)
    found: list[str] = []
    tasks.long_started.connect(found.append)
    return found


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "list.csv"
    answer = (str(path), "CSV for Excel (*.csv)")
    monkeypatch.setattr(exporting.QFileDialog, "getSaveFileName", lambda *_args: answer)
    return path


def test_many_rows_are_copied_with_progress_few_without(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, titles: list[str]
) -> None:
    tab.table.setFocus()
    tab.table.select_ranges([(0, 99)], 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, CONTROL)
    quiet()
    assert titles == []
    assert len(QGuiApplication.clipboard().text().split("\n")) == 101
    qtbot.keyClick(tab.table, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, CONTROL)
    quiet()
    assert titles == ["Copying"]
    assert len(QGuiApplication.clipboard().text().split("\n")) == 401


def test_a_copy_that_is_stopped_leaves_the_clipboard(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, titles: list[str], tasks: Tasks
) -> None:
    QGuiApplication.clipboard().setText("before")
    tab.table.setFocus()
    tab.table.selectAll()
    with held(tasks.run_read):
        qtbot.keyClick(tab.table, Qt.Key.Key_C, CONTROL)
        tasks.cancel_long()
    quiet()
    assert titles == ["Copying"]
    assert QGuiApplication.clipboard().text() == "before"


def test_filling_many_rows_shows_progress_and_can_be_stopped(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, titles: list[str], tasks: Tasks, people: Database,
    programme_id: int,
) -> None:  # fmt: skip
    [first] = list_page(people, ListQuery(programme_id), 0, 1)
    save_cell(people, applicant_ids=[first.applicant_id], field="note", text="同じ")
    tab.reload()
    quiet()
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, column("note")))
    tab.table.selectAll()
    tab.listing.when_ordered(lambda _ids: None)
    quiet()
    with held(tasks.run_write):
        qtbot.keyClick(tab.table, Qt.Key.Key_D, CONTROL)
        tasks.cancel_long()
    quiet()
    notes = [row.note for row in list_page(people, ListQuery(programme_id), 0, 400)]
    assert notes.count("同じ") == 1
    qtbot.keyClick(tab.table, Qt.Key.Key_D, CONTROL)
    quiet()
    notes = [row.note for row in list_page(people, ListQuery(programme_id), 0, 400)]
    assert notes.count("同じ") == 400
    assert titles == ["Filling down"] * 2


def test_an_export_is_recorded_and_a_stopped_one_writes_nothing(
    tab: ApplicantsTab, quiet: Quiet, titles: list[str], tasks: Tasks, people: Database, target: Path,
    messages: list[Message],
) -> None:  # fmt: skip
    before = recent_acts(people, limit=1)[0].seq
    with held(tasks.run_read):
        tab.acts.export()
        tasks.cancel_long()
    quiet()
    assert not target.exists()
    assert recent_acts(people, limit=1)[0].seq == before
    tab.acts.export()
    quiet()
    assert titles == ["Writing the list"] * 2
    assert target.exists()
    assert messages[-1].text == "The list was written to list.csv."
    [recorded] = recent_acts(people, limit=1)
    assert recorded.kind is EntryKind.EXPORTED
    assert recorded.label.params == {"file_format": "csv", "count": 400}


def test_a_file_open_for_reading_is_exported_all_the_same(
    people: Database, desk: Desk, show: Callable[[], ApplicantsTab], qtbot: QtBot, tasks: Tasks,
    tmp_path: Path, target: Path, messages: list[Message],
) -> None:  # fmt: skip
    people.dispose()
    desk.database = open_database(tmp_path / "r6.fjdb", read_only=True)
    tab = show()
    tab.acts.export()
    qtbot.waitUntil(lambda: tasks.pending == 0)
    assert target.exists()
    assert messages[-1].text == "The list was written to list.csv."
    desk.database.dispose()
