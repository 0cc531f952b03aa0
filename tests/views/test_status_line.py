from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.services.backups import Backup, BackupHealth
from fujisawa_desktop.services.changes import Label, UndoState
from fujisawa_desktop.views.status_line import StatusLine, since
from fujisawa_desktop.views.tasks import Progress, Tasks

NOW = datetime(2024, 11, 6, 12, 0)


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.fixture
def line(qtbot: QtBot, tasks: Tasks) -> StatusLine:
    line = StatusLine(tasks)
    qtbot.addWidget(line)
    line.resize(1200, 28)
    line.show()
    return line


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2024, 11, 6, 11, 59, 30), "just now"),
        (datetime(2024, 11, 6, 11, 59), "1 minute ago"),
        (datetime(2024, 11, 6, 11, 1), "59 minutes ago"),
        (datetime(2024, 11, 6, 10, 59), "1 hour ago"),
        (datetime(2024, 11, 5, 12, 1), "23 hours ago"),
        (datetime(2024, 11, 1, 9, 5), "2024/11/1 09:05"),
    ],
)
def test_ages_are_said_as_people_say_them(moment: datetime, text: str) -> None:
    assert since(moment, NOW) == text


def test_it_says_file_backup_undo_and_writer(line: StatusLine) -> None:
    assert line.file.whole() == "No file is open"
    line.show_file("R6.fjdb", "/office/R6.fjdb", "楜澤", read_only=False)
    line.show_backup(BackupHealth(Backup(Path("/office/backups/R6-1.fjdb"), datetime.now())))
    line.show_undo(UndoState(Label("course.edit"), None, 3))
    assert line.file.whole() == "R6.fjdb"
    assert line.backup.text() == "Last backup just now, checked"
    assert line.undo.text() == "Undo: Edit of a course"
    assert line.writer.text() == "楜澤 (may write)"
    line.show_file("R6.fjdb", "", "楜澤", read_only=True)
    line.show_backup(None)
    line.show_undo(UndoState(None, None))
    assert line.writer.text() == "楜澤 (reading only)"
    assert line.writer.property("tone") == "caution"
    assert line.backup.text() == "No backup yet"
    assert line.undo.text() == "Nothing to undo"
    line.clear_file()
    assert line.undo.isHidden()


def test_long_work_is_shown_and_can_be_stopped_there(qtbot: QtBot, line: StatusLine, tasks: Tasks) -> None:
    outcome: list[object] = []

    def work(progress: Progress) -> None:
        waiting = threading.Event()
        while True:
            waiting.wait(0.005)
            progress(30, 120)

    tasks.run_long("取り込み中", work, outcome.append, outcome.append, writes=True)
    assert line.working_on() == "取り込み中"
    qtbot.waitUntil(lambda: line._bar.value() == 30)
    assert line._bar.maximum() == 120
    qtbot.mouseClick(line.stop, Qt.MouseButton.LeftButton)
    assert not line.stop.isEnabled()
    qtbot.waitUntil(lambda: bool(outcome))
    assert line.working_on() == ""
