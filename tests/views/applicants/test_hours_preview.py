"""A file of hours in the import dialog: every row is shown, and the clerk says what the hours are."""

from __future__ import annotations

from pathlib import Path

import pytest
from appointed import appoint_four
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours import hours_rows
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.import_dialog import ImportDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tasks import Tasks

YUI, RYOSUKE = "RN26003219", "100000245489"


def write(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "hours.csv"
    file.write_text("\r\n".join([*lines, ""]), encoding="utf-8-sig")
    return file


@pytest.fixture
def appointed(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the dialog stands before; it lives as long as the test."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def opened(qtbot: QtBot, tasks: Tasks, desk: Desk, file: Path, window: QWidget) -> ImportDialog:
    dialog = ImportDialog(desk, file, window)
    dialog.show()
    rest(qtbot, tasks)
    return dialog


def rest(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: tasks.pending == 0)


@pytest.mark.usefixtures("appointed")
def test_every_row_is_listed_before_it_is_taken_in(
    qtbot: QtBot,
    tasks: Tasks,
    desk: Desk,
    window: QWidget,
    database: Database,
    programme_id: int,
    tmp_path: Path,
) -> None:
    first = write(tmp_path, "申込番号,勤務日,開始,終了,休憩分", f"{YUI},2024-12-02,9:00,12:00,0")
    import_hours(database, programme_id=programme_id, file=first)
    file = write(
        tmp_path,
        "申込番号,勤務日,開始,終了,休憩分,区分",
        f"{YUI},2024-12-02,9:00,16:00,60,実績",
        f"{RYOSUKE},2024-12-03,9:00,12:00,0,予定",
        f"{RYOSUKE},2024-12-01,9:00,12:00,0,予定",
        "999,2024-12-03,9:00,12:00,0,予定",
    )
    dialog = opened(qtbot, tasks, desk, file, window)
    report = dialog.report
    assert report is not None
    [added] = report.part("added").rows
    assert added[1:4] == (RYOSUKE, "楜澤　涼介", term("shift", ShiftKind.PLANNED))
    [updated] = report.part("updated").rows
    assert updated[-2:] == ("9:00–12:00 (0) 3:00", "9:00–16:00 (60) 6:00")
    assert [row[0] for row in report.part("rejected").rows] == ["4", "5"]
    assert not dialog.options.shift.isVisible(), "the file says it itself"
    assert len(hours_rows(database, programme_id=programme_id)) == 1


@pytest.mark.usefixtures("appointed")
def test_hours_that_do_not_say_it_are_what_is_chosen(
    qtbot: QtBot,
    tasks: Tasks,
    desk: Desk,
    window: QWidget,
    database: Database,
    programme_id: int,
    tmp_path: Path,
) -> None:
    file = write(tmp_path, "申込番号,勤務日,開始,終了,休憩分", f"{YUI},2024-12-02,9:00,12:00,0")
    dialog = opened(qtbot, tasks, desk, file, window)
    assert dialog.options.shift.isVisible()
    dialog.options.shift.setCurrentIndex(dialog.options.shift.findData(ShiftKind.PLANNED.value))
    rest(qtbot, tasks)
    assert dialog.report is not None
    assert dialog.report.part("added").rows[0][3] == term("shift", ShiftKind.PLANNED)
    dialog.take_in()
    rest(qtbot, tasks)
    assert [row.kind for row in hours_rows(database, programme_id=programme_id)] == [ShiftKind.PLANNED]
