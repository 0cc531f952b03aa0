"""The register on the screen: its columns chosen and renamed, its rows shown at once, its files written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from appointed import TEN_DAYS, work
from conflict_asked import asked
from ledger_hands import child, opened, press
from papers_driver import paper_windows
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from register_scene import (
    NET,
    TOTAL,
    YUI,
    Month,
    change_statement,
    pay,
    reopen,
    state,
    stated_month,
    worked_month,
)

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.register_layouts import Layout, LayoutColumn, layouts, save_layout
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.applicants.exporting import UnwritableDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.name_dialog import NameDialog
from fujisawa_desktop.views.payroll.register_window import RegisterWindow
from fujisawa_desktop.views.widgets import field_named

Settle = Callable[[], None]
Show = Callable[[], RegisterWindow]


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


@pytest.fixture
def show(qtbot: QtBot, desk: Desk, settle: Settle) -> Show:
    """Return what opens the window."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def make() -> RegisterWindow:
        window = RegisterWindow(desk, parent, year=2024, month=12)
        opened(qtbot, settle, window)
        return window

    return make


def preview(window: RegisterWindow, settle: Settle, qtbot: QtBot) -> list[list[str]]:
    """Return the rows shown, headings first, once the table has followed the fields."""
    qtbot.waitUntil(lambda: not window._soon.isActive())
    settle()
    columns = range(window.model.columnCount())
    heads = [str(window.model.headerData(at, Qt.Orientation.Horizontal)) for at in columns]
    rows = [
        [str(window.model.index(row, at).data()) for at in columns] for row in range(window.model.rowCount())
    ]
    return [heads, *rows]


def test_it_shows_the_real_rows_and_the_totals(
    month: Month, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    window = show()
    heads, *rows = preview(window, settle, qtbot)
    at = heads.index("差引支給額")
    assert [row[at] for row in rows] == [f"{NET[row[0]]:,}" for row in rows[:4]] + [f"{TOTAL:,}"]
    assert window.strip.figure("stated") == window.strip.figure("register") == "4人　183,983円"
    assert not window.doubts.isVisible()
    assert not window.as_reference.isVisible()
    assert window.excel_button.isEnabled()


def test_columns_are_ticked_moved_and_renamed(month: Month, show: Show, settle: Settle, qtbot: QtBot) -> None:
    window = show()
    columns = window.editor.columns
    columns.setFocus()
    qtbot.keyClick(columns, Qt.Key.Key_Space)
    assert preview(window, settle, qtbot)[0][0] == "氏名"
    columns.setCurrentRow(1)
    qtbot.keyClick(columns, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert preview(window, settle, qtbot)[0][:2] == ["フリガナ", "氏名"]
    columns.setCurrentRow(2)
    heading = window.editor.heading
    assert heading.text() == "氏名"
    heading.selectAll()
    qtbot.keyClicks(heading, "Name")
    assert preview(window, settle, qtbot)[0][:2] == ["フリガナ", "Name"]
    window.editor.totals.click()
    assert len(preview(window, settle, qtbot)) == 1 + 4
    window.editor.time.setCurrentIndex(window.editor.time.findData("hours"))
    rows = preview(window, settle, qtbot)
    assert "59.75" in [cell for row in rows for cell in row]


def test_two_headings_alike_are_told_beside_the_field(
    month: Month, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    window = show()
    window.editor.columns.setCurrentRow(1)
    window.editor.heading.setText("受付番号")
    window.editor.heading.textEdited.emit("受付番号")
    preview(window, settle, qtbot)
    assert "受付番号" in window.editor.heading_field.error()


def test_a_layout_is_saved_chosen_again_and_deleted(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, database: Database
) -> None:
    window = show()
    window.editor.totals.click()
    press(qtbot, settle, window.save_button)
    dialog = child(window, NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("全項目")
    press(qtbot, settle, dialog.ok)
    field = field_named(dialog, "name")
    assert field is not None
    assert "全項目" in field.error()
    dialog.name.setText("人事課へ")
    press(qtbot, settle, dialog.ok)
    assert window.choice.currentText() == "人事課へ"
    assert not layouts(database)[-1].options.totals
    again = show()
    assert again.choice.currentText() == "人事課へ"
    assert again.delete_button.isEnabled()
    press(qtbot, settle, again.delete_button)
    assert [one.name for one in layouts(database)] == ["全項目", "財務会計", "台帳（A4横）"]
    qtbot.keyClick(again, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert layouts(database)[-1].name == "人事課へ"


def test_excel_and_csv_are_written(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, save_to: Callable[[str], Path]
) -> None:
    window = show()
    book = save_to("register.xlsx")
    press(qtbot, settle, window.excel_button)
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert sheet.max_row == 6
    assert "register.xlsx" in window.notice.text()
    window.choice.setCurrentIndex(1)
    settle()
    text = save_to("register.csv")
    press(qtbot, settle, window.csv_button)
    rows = list(csv.reader(io.StringIO(text.read_bytes().decode("cp932"), newline="")))
    assert [int(row[-1]) for row in rows[1:]] == [NET[row[0]] for row in rows[1:]]


def test_what_is_not_final_is_written_only_as_reference(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, save_to: Callable[[str], Path]
) -> None:
    reopen(month)
    work(month.database, month.programme_id, month.people[YUI], TEN_DAYS[3:4], "半")
    window = show()
    assert "小鳥遊　結衣" in window.doubts.text()
    assert not window.excel_button.isEnabled()
    assert window.paper_button.isEnabled()
    window.as_reference.click()
    target = save_to("register.csv")
    press(qtbot, settle, window.csv_button)
    assert "勤務実績と相違" in target.read_bytes().decode("utf-8-sig")


def test_what_cp932_would_lose_is_asked_first(
    database: Database,
    programme_id: int,
    show: Show,
    settle: Settle,
    qtbot: QtBot,
    save_to: Callable[[str], Path],
) -> None:
    month = worked_month(database, programme_id)

    with unit_of_work(database, "test.name", actor="test") as act:
        person = act.session.get(Applicant, month.people[YUI].applicant_id)
        assert person is not None
        person.name_official = "𠮷野　花"
        act.commit()
    state(month)
    window = show()
    window.choice.setCurrentIndex(1)
    settle()
    target = save_to("register.csv")
    press(qtbot, settle, window.csv_button)
    dialog = child(window, UnwritableDialog)
    assert isinstance(dialog, UnwritableDialog)
    assert not target.exists()
    press(qtbot, settle, dialog.agree_button)
    assert "〓野".encode("cp932") in target.read_bytes()


def test_the_paper_has_the_columns_of_the_layout(
    month: Month, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    window = show()
    window.choice.setCurrentIndex(2)
    settle()
    press(qtbot, settle, window.paper_button)
    [paper] = paper_windows()
    qtbot.waitUntil(lambda: paper.draft is not None)
    assert paper.draft is not None
    assert paper.draft.page_count == 1
    paper.close()
    settle()
    window.editor.totals.click()
    press(qtbot, settle, window.paper_button)
    assert "様式" in window.notice.text()


def test_a_disagreement_is_named_at_the_foot(month: Month, show: Show) -> None:
    pay(month, YUI, yen=1)
    assert "小鳥遊　結衣（支払額と相違）" in show().strip.verdict.text()


def test_nothing_computed_says_so(
    database: Database, programme_id: int, show: Show, settle: Settle, qtbot: QtBot
) -> None:
    worked_month(database, programme_id)
    window = show()
    assert window.register is not None
    assert window.register.rows == ()
    assert not window.paper_button.isEnabled()
    assert len(preview(window, settle, qtbot)) == 1
    assert "まだ計算されていません" in window.strip.verdict.text()


def test_it_follows_what_is_changed_elsewhere(month: Month, show: Show, settle: Settle, desk: Desk) -> None:
    window = show()
    change_statement(month, YUI, net_yen=1)
    window.reload()
    settle()
    assert window.doubts.isVisible()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_widget_has_a_name(month: Month, show: Show, language: str) -> None:
    set_language(language)
    window = show()
    for widget in (window.choice, window.table, window.editor.columns, window.editor.heading):
        assert widget.accessibleName()


def theirs(database: Database, name: str) -> ChangeSet:
    """Keep a layout of two columns, as somebody else would."""
    columns = (LayoutColumn("number", "番号"), LayoutColumn("name", "隣"))
    return save_layout(database, layout=Layout(name, columns), actor="佐藤")


@pytest.mark.parametrize("mine", [False, True])
def test_a_layout_that_two_keep_under_a_name(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, database: Database, *, mine: bool
) -> None:
    window = show()
    window.editor.totals.click()
    theirs(database, "人事課へ")
    window.save_button.click()
    dialog = child(window, NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("人事課へ")
    press(qtbot, settle, dialog.ok)
    question = asked(window)
    press(qtbot, settle, question.save_button if mine else question.stop_button)
    kept = next(one for one in layouts(database) if one.name == "人事課へ")
    assert (len(kept.columns) == 2) is not mine
    if mine:
        theirs(database, "人事課へ")
        press(qtbot, settle, window.delete_button)
        press(qtbot, settle, asked(window).stop_button)
        assert len(layouts(database)) == 4
        press(qtbot, settle, window.delete_button)
        press(qtbot, settle, asked(window).save_button)
        assert len(layouts(database)) == 3


def test_columns_being_chosen_stay_when_somebody_keeps_a_layout(
    month: Month, show: Show, settle: Settle, qtbot: QtBot, database: Database, desk: Desk
) -> None:
    window = show()
    window.editor.totals.click()
    assert not window.editor.totals.isChecked()
    desk.publish(replace(theirs(database, "人事課へ"), by="佐藤"))
    settle()
    assert not window.editor.totals.isChecked()
    assert window.choice.findText("人事課へ") >= 0
