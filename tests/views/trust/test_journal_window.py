"""The journal and the list of acts to take back, as a clerk uses them: with clicks and keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import Label
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.exports_journal import record_export
from fujisawa_desktop.services.journal_view import PAGE
from fujisawa_desktop.services.undo_list import UndoRow
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.journal_window import JournalWindow
from fujisawa_desktop.views.trust.undo_list import UndoListDialog
from fujisawa_desktop.views.widgets import ValueEdit
from fujisawa_desktop.views.widgets.text_table import TextTableModel
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton
WANTED = ("佐藤の一", "佐藤の二", "鈴木の三")


@pytest.fixture
def worked(desk: Desk) -> int:
    """Three changes of a course by two clerks, and something written out; returns the course."""
    key = courses(desk.database, desk.programme_id)[0].id
    for words in WANTED:
        form = course(desk.database, key)
        save_course(desk.database, form=replace(form, wanted=words), actor=words[:2])
    record_export(desk.database, "screen.copied", actor="鈴木", count=4)
    return key


@pytest.fixture
def journal(desk: Desk, parent: QWidget, worked: int, settle: Settle) -> JournalWindow:
    window = JournalWindow(desk, parent)
    window.show()
    settle()
    return window


@pytest.fixture
def undoing(desk: Desk, parent: QWidget, worked: int, settle: Settle) -> UndoListDialog:
    dialog = UndoListDialog(desk, parent)
    dialog.show()
    settle()
    return dialog


def cells(model: TextTableModel, column: int) -> list[str]:
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def choose(box: QComboBox, word: str, settle: Settle) -> None:
    """Choose with the keys, as one does without a mouse."""
    at = box.findText(word)
    assert at >= 0
    while box.currentIndex() != at:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)
    settle()


def click_row(table: QAbstractItemView, row: int, settle: Settle) -> None:
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(row, 0)).center())
    settle()


def wanted(database: Database, key: int) -> str:
    return course(database, key).wanted


def test_the_filters_narrow_the_acts_down(journal: JournalWindow, settle: Settle) -> None:
    everything = journal.model.rowCount()
    assert cells(journal.model, 2)[:4] == ["鈴木", "鈴木", "佐藤", "佐藤"]
    choose(journal.actor, "佐藤", settle)
    assert cells(journal.model, 2) == ["佐藤", "佐藤"]
    assert journal.count.text() == "2件"
    choose(journal.actor, journal.actor.itemText(0), settle)
    choose(journal.kind, "持ち出し", settle)
    assert cells(journal.model, 2) == ["鈴木"]
    assert "4" in cells(journal.model, 4)[0]
    choose(journal.kind, journal.kind.itemText(0), settle)
    journal.text.insert("コピー")
    settle()
    assert journal.model.rowCount() == 1
    QTest.keyClick(journal.text, Qt.Key.Key_Escape)
    settle()
    assert journal.model.rowCount() == everything


def test_when_nothing_fits_it_says_so_and_nothing_can_be_written_out(
    journal: JournalWindow, settle: Settle
) -> None:
    journal.text.insert("そのような操作はない")
    settle()
    assert journal.model.rowCount() == 0
    assert journal.table.empty.isVisible()
    assert not journal.export_button.isEnabled()
    assert journal.head.toPlainText() == ""
    assert journal.changes_model.rowCount() == 0


def test_a_period_is_typed_from_day_to_day(journal: JournalWindow, settle: Settle) -> None:
    everything = journal.model.rowCount()
    assert not journal.first_day.isVisible()
    choose(journal.period, "期間を指定", settle)
    assert journal.first_day.isVisible()
    assert journal.model.rowCount() == everything
    first, last = journal.rows[-1].at.date(), journal.rows[0].at.date()  # two days, about midnight
    type_day(journal.first_day, f"{last + timedelta(1):%Y/%m/%d}", settle)
    assert journal.model.rowCount() == 0
    # The wrong way round is put right; a full-width day is read.
    wide = f"{first:%Y/%m/%d}".translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    type_day(journal.last_day, wide, settle)
    assert journal.model.rowCount() == everything
    type_day(journal.first_day, f"{first - timedelta(9):%Y/%m/%d}", settle)
    type_day(journal.last_day, f"{first - timedelta(1):%Y/%m/%d}", settle)
    assert journal.model.rowCount() == 0
    choose(journal.period, journal.period.itemText(0), settle)
    assert not journal.last_day.isVisible()
    assert journal.model.rowCount() == everything


def test_a_day_that_is_none_is_said_and_the_list_stays(journal: JournalWindow, settle: Settle) -> None:
    everything = journal.model.rowCount()
    choose(journal.period, "期間を指定", settle)
    type_day(journal.first_day, "2月30日", settle)
    assert journal.notice.isVisible()
    assert journal.model.rowCount() == everything
    type_day(journal.first_day, "", settle)
    assert not journal.notice.isVisible()


def type_day(edit: ValueEdit[date], text: str, settle: Settle) -> None:
    """Type a day over what stands there and leave by the Enter key."""
    edit.selectAll()
    edit.insert(text)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settle()


def test_what_comes_while_scrolling_is_put_below_and_what_was_chosen_stays(
    desk: Desk, parent: QWidget, settle: Settle
) -> None:
    for count in range(PAGE + 30):
        record_export(desk.database, "screen.copied", actor="鈴木", count=count)
    window = JournalWindow(desk, parent)
    window.show()
    settle()
    assert window.model.rowCount() == PAGE
    assert window.count.text() == f"{window.rows[0].seq}件"
    click_row(window.table, 2, settle)
    resets: list[None] = []
    window.model.modelReset.connect(lambda: resets.append(None))
    bar = window.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    assert len(window.rows) == window.model.rowCount() >= PAGE + 30
    assert cells(window.model, 0) == [str(one.seq) for one in window.rows]
    assert not resets
    assert window.table.currentIndex().row() == 2


def test_the_number_of_acts_is_that_of_the_last_question(desk: Desk, parent: QWidget, settle: Settle) -> None:
    for count in range(PAGE + 30):
        record_export(desk.database, "screen.copied", actor="鈴木" if count else "佐藤", count=count)
    window = JournalWindow(desk, parent)
    window.show()
    settle()
    window.look()  # has many acts to count
    window.subject.insert("この世にいない人")
    settle()
    assert window.rows == []
    assert window.count.text() == "0件"
    window.subject.clear()
    window.actor.setCurrentIndex(window.actor.findData("佐藤"))
    settle()
    assert window.count.text() == "1件"


def test_an_act_shows_its_values_before_and_after(
    journal: JournalWindow, settle: Settle, qtbot: QtBot
) -> None:
    click_row(journal.table, 1, settle)
    assert cells(journal.changes_model, 1) == ["佐藤の二"]
    assert cells(journal.changes_model, 2) == ["鈴木の三"]
    QTest.keyClick(journal.table, Qt.Key.Key_Down)
    settle()
    assert cells(journal.changes_model, 2) == ["佐藤の二"]
    qtbot.mouseClick(journal.check_button, LEFT)
    settle()
    assert "記録されたときのまま" in journal.state.toPlainText()


def test_undo_goes_down_to_the_act_that_was_clicked(
    undoing: UndoListDialog, desk: Desk, worked: int, settle: Settle, qtbot: QtBot
) -> None:
    assert cells(undoing.model, 1)[:3] == ["鈴木", "佐藤", "佐藤"]
    changes: list[object] = []
    desk.changed.connect(changes.append)
    click_row(undoing.table, 1, settle)
    assert undoing.told.toPlainText().startswith("2件")
    qtbot.mouseClick(undoing.undo_button, LEFT)
    settle()
    assert wanted(desk.database, worked) == "佐藤の一"
    assert cells(undoing.model, 1)[0] == "佐藤"
    assert undoing.notice.isVisible()
    assert len(changes) == 1


def test_undo_works_with_the_keys_alone(
    undoing: UndoListDialog, desk: Desk, worked: int, settle: Settle
) -> None:
    QTest.keyClick(undoing.table, Qt.Key.Key_Down)
    QTest.keyClick(undoing.table, Qt.Key.Key_Down)
    QTest.keyClick(undoing.undo_button, Qt.Key.Key_Space)
    settle()
    assert wanted(desk.database, worked) not in WANTED


def test_nothing_to_take_back_is_said(undoing: UndoListDialog, settle: Settle, qtbot: QtBot) -> None:
    while undoing.rows:
        undoing.table.select_row(len(undoing.rows) - 1)
        assert undoing.undo_button.isEnabled()
        qtbot.mouseClick(undoing.undo_button, LEFT)
        settle()
    assert undoing.model.rowCount() == 0
    assert undoing.table.empty.isVisible()
    assert not undoing.undo_button.isEnabled()
    assert undoing.told.toPlainText() == ""


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_the_reason_why_an_act_cannot_be_taken_back_is_read_whole(
    desk: Desk, parent: QWidget, worked: int, settle: Settle, monkeypatch: pytest.MonkeyPatch, spoken: str
) -> None:
    """It stands in the last row, however many acts there are before it."""
    set_language(spoken)
    acts = [UndoRow(9, datetime(2026, 11, 26, 9, 40), "鈴木", Label("hours.correct")) for _one in range(80)]
    barred = replace(acts[0], seq=1, barred="undo.issued")
    monkeypatch.setattr("fujisawa_desktop.views.trust.undo_list.undo_list", lambda _database: (*acts, barred))
    dialog = UndoListDialog(desk, parent)
    dialog.show()
    dialog.resize(1100, 620)  # the screen of a test is smaller than any office's
    settle()
    table, model = dialog.table, dialog.model
    reason = str(model.data(model.index(80, 3)))
    assert table.fontMetrics().horizontalAdvance(reason) < table.columnWidth(3) - 8
    assert sum(table.columnWidth(at) for at in range(4)) <= table.viewport().width()
    assert table.columnWidth(2) > 300, "what was done keeps its room"
