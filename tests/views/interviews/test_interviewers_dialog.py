"""Entering interviewers' times by hand."""

from __future__ import annotations

from datetime import date, time

import pytest
from interview_driver import Driver
from PySide6.QtCore import Qt

from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interviewer_times import interviewer_times
from fujisawa_desktop.views.interviews.interviewers_dialog import InterviewersDialog
from fujisawa_desktop.views.widgets import FormField


@pytest.fixture
def dialog(driver: Driver) -> InterviewersDialog:
    driver.qtbot.mouseClick(driver.tab.bar.interviewers, Qt.MouseButton.LeftButton)
    driver.settle()
    found = driver.tab.findChild(InterviewersDialog)
    assert found is not None
    return found


def fill(dialog: InterviewersDialog, driver: Driver, name: str, day: str, start: str, end: str) -> None:
    dialog.name.setEditText(name)
    for edit, text in ((dialog.day, day), (dialog.start, start), (dialog.end, end)):
        edit.clear()
        driver.qtbot.keyClicks(edit, text)
    driver.qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    driver.settle()


def complaint(dialog: InterviewersDialog, field: str) -> str:
    return next(one for one in dialog.form.findChildren(FormField) if one.name == field).error()


def test_a_time_is_added_and_appears_in_list_and_calendar(driver: Driver, dialog: InterviewersDialog) -> None:
    before = len(dialog.model.rows)
    next(iter(dialog.courses.values())).setChecked(True)
    fill(dialog, driver, "会議室 3", "2024/11/1", "9", "12:00")
    assert len(dialog.model.rows) == before + 1
    row = next(row for row in dialog.model.rows if row.name == "会議室　3")
    assert (row.day, row.start, row.end, row.courses) == (
        date(2024, 11, 1), time(9), time(12), ("DX・スマートシティ",)
    )  # fmt: skip
    board = driver.tab.grid.board
    assert board is not None
    assert "会議室　3" in {column.interviewer.name for column in board.columns}


@pytest.mark.parametrize(
    ("name", "day", "start", "end", "field"),
    [
        ("", "2024-11-01", "9:00", "12:00", "name"),
        ("甲", "", "9:00", "12:00", "day"),
        ("甲", "2024-11-04", "9:00", "12:00", "day"),
        ("甲", "2024-11-01", "9:xx", "12:00", "start"),
        ("甲", "2024-11-01", "12:00", "9:00", "end"),
        ("職員課 佐野", "2024-10-30", "11:00", "13:00", "start"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    driver: Driver, dialog: InterviewersDialog, name: str, day: str, start: str, end: str, field: str
) -> None:
    before = len(dialog.model.rows)
    fill(dialog, driver, name, day, start, end)
    assert complaint(dialog, field)
    times = interviewer_times(driver.desk.database, programme_id=driver.desk.programme_id)
    assert len(times) == before


def test_the_chosen_time_is_taken_away(driver: Driver, dialog: InterviewersDialog) -> None:
    before = len(dialog.model.rows)
    dialog.table.select_row(0)
    driver.qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert len(dialog.model.rows) == before - 1


def test_several_times_are_taken_away_as_one_act(driver: Driver, dialog: InterviewersDialog) -> None:
    before = len(dialog.model.rows)
    dialog.table.selectAll()
    driver.qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert dialog.model.rows == []
    undo(driver.desk.database)
    assert len(interviewer_times(driver.desk.database, programme_id=driver.desk.programme_id)) == before


def test_the_list_is_readable(dialog: InterviewersDialog) -> None:
    model = dialog.model
    cells = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    heads = [
        str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(model.columnCount())
    ]
    assert cells[0] == "職員課　佐野"
    assert cells[1] == "All courses"
    assert cells[3] == "9:00–12:00"
    assert all(heads)
