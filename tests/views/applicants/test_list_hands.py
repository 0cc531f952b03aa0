"""The hands of a spreadsheet: typing into cells, filling down, copying, pasting, a group, files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from applicants_driver import Quiet, cells, column, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ListQuery, list_ids, list_page
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.views.applicants import ApplicantsTab, exporting
from fujisawa_desktop.views.applicants.exporting import UnwritableDialog
from fujisawa_desktop.views.applicants.paste_dialog import PasteDialog
from fujisawa_desktop.views.applicants.table_model import ApplicantTableModel
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.widgets import LineEdit

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def begin(qtbot: QtBot, tab: ApplicantsTab, row: int, key: str) -> LineEdit:
    """Go to a cell and press F2."""
    tab.table.show_column(key, shown=True)
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(row, column(key)))
    qtbot.keyClick(tab.table, Qt.Key.Key_F2)
    editor = tab.table.cells.editor
    assert editor is not None
    return editor


def test_f2_types_into_a_cell_and_return_goes_down(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, desk: Desk
) -> None:
    editor = begin(qtbot, tab, 1, "grade")
    editor.clear()
    qtbot.keyClicks(editor, "M2")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    quiet()
    assert cells(tab, "grade", 2)[1] == "M2"
    now = tab.table.currentIndex()
    assert (now.row(), now.column()) == (2, column("grade"))
    assert tab.table.hasFocus()
    before = cells(tab, "grade", 2)[1]
    desk.publish(undo(people))
    quiet()
    assert cells(tab, "grade", 2)[1] != before


def test_escape_leaves_the_cell_as_it_was(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    before = cells(tab, "grade", 1)
    editor = begin(qtbot, tab, 0, "grade")
    editor.setText("9年")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    quiet()
    assert tab.table.cells.editor is None
    assert cells(tab, "grade", 1) == before


def test_return_and_escape_belong_to_the_input_method_while_it_composes(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    editor = begin(qtbot, tab, 0, "note")
    QApplication.sendEvent(editor, QInputMethodEvent("でんわ", []))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(editor, key)
        assert tab.table.cells.editor is editor
    done = QInputMethodEvent()
    done.setCommitString("電話済み")
    QApplication.sendEvent(editor, done)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    quiet()
    assert cells(tab, "note", 1) == ["電話済み"]


def test_what_cannot_stand_there_is_said_beside_the_cell(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    before = cells(tab, "mail", 1)
    editor = begin(qtbot, tab, 0, "mail")
    editor.setText("nobody")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    quiet()
    again = tab.table.cells.editor
    assert again is not None
    assert again.text() == "nobody"
    assert "mail address" in tab.table.cells.says.text()
    assert tab.table.cells.says.geometry().bottom() <= tab.table.height()
    again.selectAll()
    qtbot.keyClicks(again, "a@example.jp")
    assert tab.table.cells.says.text() == ""
    qtbot.keyClick(again, Qt.Key.Key_Tab)
    quiet()
    assert cells(tab, "mail", 1) == ["a@example.jp"] != before


def test_a_double_click_on_the_name_types_the_official_name(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    index = tab.model.index(0, column("name"))
    at = tab.table.visualRect(index).center()
    qtbot.mouseClick(tab.table.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(tab.table.viewport(), LEFT, pos=at)
    editor = tab.table.cells.editor
    assert editor is not None
    editor.setText("新井　結菜󠄀")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    quiet()
    row = list_page(people, ListQuery(programme_id), 0, 1)[0]
    assert row.name == "新井　結菜󠄀" == row.name_official


def test_cells_that_hold_no_field_are_not_typed_into(qtbot: QtBot, tab: ApplicantsTab) -> None:
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, column("number")))
    qtbot.keyClick(tab.table, Qt.Key.Key_F2)
    assert tab.table.cells.editor is None


def test_the_current_cell_is_framed(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, column("number")))
    before = tab.table.viewport().grab().toImage()
    qtbot.keyClick(tab.table, Qt.Key.Key_Right)
    assert tab.table.currentIndex().column() == column("name")
    assert tab.table.viewport().grab().toImage() != before


def test_filling_down_is_one_act(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, desk: Desk, messages: list[Message]
) -> None:
    begin(qtbot, tab, 2, "grade")
    qtbot.keyClick(tab.table.cells.editor, Qt.Key.Key_Escape)
    grades = cells(tab, "grade", 8)
    tab.table.select_ranges([(2, 6)], 2)
    qtbot.keyClick(tab.table, Qt.Key.Key_D, CONTROL)
    quiet()
    assert cells(tab, "grade", 8) == [*grades[:3], *[grades[2]] * 4, grades[7]]
    assert messages[-1].action == "Take it back"
    desk.publish(undo(people))
    quiet()
    assert cells(tab, "grade", 8) == grades


def test_one_chosen_row_takes_the_value_above(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    begin(qtbot, tab, 1, "note").setText("上の値")
    qtbot.keyClick(tab.table.cells.editor, Qt.Key.Key_Return)
    quiet()
    qtbot.keyClick(tab.table, Qt.Key.Key_D, CONTROL)
    quiet()
    assert cells(tab, "note", 4) == ["", "上の値", "上の値", ""]


def test_all_rows_are_filled_without_listing_them_here(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, column("note")))
    tab.table.selectAll()
    assert tab.table.selected_ranges() == [(0, 399)]
    first = list_page(people, ListQuery(programme_id), 0, 1)[0]
    save_cell(people, applicant_ids=[first.applicant_id], field="note", text="同じ")
    tab.reload()
    quiet()
    qtbot.keyClick(tab.table, Qt.Key.Key_D, CONTROL)
    quiet()
    assert {row.note for row in list_page(people, ListQuery(programme_id), 0, 400)} == {"同じ"}


# --- the clipboard ---------------------------------------------------------------


def test_excel_gets_texts_as_texts(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database) -> None:
    row = tab.model.row_at(0)
    assert row is not None
    save_cell(people, applicant_ids=[row.applicant_id], field="note", text="=1+1\n<b>")
    tab.table.show_columns(("number", "name", "phone", "note", "status"))
    tab.table.setFocus()
    tab.table.select_ranges([(0, 0)], 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, CONTROL)
    quiet()
    data = QGuiApplication.clipboard().mimeData()
    plain, marked = data.text().split("\n"), data.html()
    assert plain[0].split("\t")[:4] == ["Number", "Name", "Telephone", "Note"]
    assert plain[1].split("\t")[0] == row.number
    assert "'=1+1 <b>" in plain[1]
    assert f"mso-number-format:'\\@'\">{row.number}<" in marked
    assert "=1+1<br" in marked
    assert "&lt;b&gt;" in marked


def test_one_column_of_the_chosen_rows_is_copied(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, column("name")))
    tab.table.select_ranges([(0, 2)], 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    quiet()
    lines = QGuiApplication.clipboard().text().replace("\u3000", " ").split("\n")
    assert lines == ["Name", *cells(tab, "name", 3)]


def test_results_are_pasted_after_a_preview(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, messages: list[Message]
) -> None:
    one, other = cells(tab, "number", 2)
    QGuiApplication.clipboard().setText(f"整理番号\t判定\r\n{one}\t合格\r\n{other}\tたぶん\r\n0000\t合格\r\n")
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_V, CONTROL)
    quiet()
    dialog = dialog_of(tab, PasteDialog)
    assert dialog.what() == "first"
    assert dialog.number_radio.isChecked()
    assert dialog.headed_box.isChecked()
    assert [dialog.preview_model.index(0, at).data() for at in (0, 1, 4)] == ["3", other, "たぶん"]
    assert "is no result" in str(dialog.preview_model.index(0, 5).data())
    assert dialog.go.text() == "Paste for 1"
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert "to be announced" in cells(tab, "status", 1)[0]
    assert messages[-1].text == "Result of the 1st screening: pasted for 1."


def test_a_column_goes_to_the_chosen_rows(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    QGuiApplication.clipboard().setText("92.5\n80\n")
    tab.table.setFocus()
    tab.table.select_ranges([(1, 2)], 1)
    qtbot.keyClick(tab.table, Qt.Key.Key_V, CONTROL)
    quiet()
    dialog = dialog_of(tab, PasteDialog)
    assert (dialog.what(), dialog.order_radio.isChecked()) == ("score", True)
    dialog.headed_box.setChecked(True)
    quiet()
    assert dialog.lines is not None
    assert len(dialog.lines) == 2
    dialog.headed_box.setChecked(False)
    quiet()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    quiet()
    tab.table.show_column("score", shown=True)
    assert cells(tab, "score", 4) == ["", "92.5", "80", ""]


def test_an_empty_clipboard_is_said(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, messages: list[Message]
) -> None:
    QGuiApplication.clipboard().setText("  ")
    qtbot.keyClick(tab.table, Qt.Key.Key_V, CONTROL)
    quiet()
    assert "clipboard" in messages[-1].text


# --- the group -------------------------------------------------------------------


def test_chosen_people_stay_together_until_they_are_let_go(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, desk: Desk
) -> None:
    chip = tab.centre.group_chip
    assert chip.isHidden()
    numbers = cells(tab, "number", 3)
    tab.table.setFocus()
    tab.table.select_ranges([(0, 2)], 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_G, CONTROL)
    quiet()
    assert len(desk.group) == 3
    assert chip.isVisible()
    assert chip.only_button.text() == "Group only: 3"
    qtbot.mouseClick(chip.only_button, LEFT)
    quiet()
    assert cells(tab, "number", 9) == numbers
    tab.table.select_ranges([(0, 0)], 0)
    tab.acts.leave_group()
    quiet()
    assert cells(tab, "number", 9) == numbers[1:]
    qtbot.mouseClick(chip.drop_button, LEFT)
    quiet()
    assert tab.model.rowCount() == 400
    assert chip.isHidden()


def test_a_group_of_which_nobody_fits_says_so_and_is_left(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, desk: Desk
) -> None:
    desk.group.take(list_ids(people, ListQuery(programme_id))[:2])
    qtbot.mouseClick(tab.centre.group_chip.only_button, LEFT)
    tab.search.setText("zzz")
    quiet()
    assert tab.table.empty.title() == "Nobody fits"
    qtbot.mouseClick(tab.table.empty.button, LEFT)
    quiet()
    assert tab.model.rowCount() == 400
    assert len(desk.group) == 2


def test_a_group_lets_go_of_people_whose_import_is_taken_back(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, desk: Desk
) -> None:
    ids = list_ids(people, ListQuery(programme_id))
    desk.group.take(ids, "全員")
    taken_back = undo(people)  # the second of the two files
    desk.publish(taken_back)
    quiet()
    left = set(list_ids(people, ListQuery(programme_id)))
    assert 0 < len(left) < len(ids)
    assert (desk.group.entry_ids, desk.group.name) == (left, "全員")
    desk.publish(undo(people))
    quiet()
    assert not desk.group
    assert tab.centre.group_chip.isHidden()


# --- files -----------------------------------------------------------------------


@pytest.fixture
def old_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "old.csv"
    monkeypatch.setattr(
        exporting.QFileDialog,
        "getSaveFileName",
        lambda *_args: (str(path), "CSV in Shift_JIS, for old programs (*.csv)"),
    )
    return path


def test_shift_jis_names_what_it_cannot_write_before_it_writes(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, old_file: Path
) -> None:
    row = tab.model.row_at(0)
    assert row is not None
    save_cell(people, applicant_ids=[row.applicant_id], field="name_official", text="𠮷井 結菜")
    tab.acts.export()
    quiet()
    dialog = dialog_of(tab, UnwritableDialog)
    told = [
        [str(dialog.model.index(at, place).data()) for place in (0, 2, 3)]
        for at in range(dialog.model.rowCount())
    ]
    assert [row.number, "Name", "𠮷（U+20BB7）"] in told
    qtbot.mouseClick(dialog.stop_button, LEFT)
    quiet()
    assert not old_file.exists()
    tab.acts.export()
    quiet()
    qtbot.mouseClick(dialog_of(tab, UnwritableDialog).agree_button, LEFT)
    quiet()
    assert "〓井" in old_file.read_bytes().decode("cp932")


def test_columns_of_a_file_are_those_of_the_list(
    tab: ApplicantsTab, quiet: Quiet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, kind in (("a.csv", "CSV for Excel (*.csv)"), ("a.pdf", "Roster on paper (*.pdf)")):
        answer = (str(tmp_path / name), kind)
        monkeypatch.setattr(exporting.QFileDialog, "getSaveFileName", lambda *_args, to=answer: to)
        tab.table.show_columns(("number", "phone", "status"))
        tab.acts.export()
        quiet()
    head = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[0]
    assert head == '"Number","Telephone","State","Result (not announced)","Flags"'
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0]
    printed = page.get_textpage().get_text_range()
    assert "取扱注意" in printed, "paper is Japanese, whatever the window speaks"
    assert "電話" in printed


def test_a_file_open_for_reading_takes_no_typing(
    qtbot: QtBot, people: Database, desk: Desk, show: Callable[[], ApplicantsTab], tmp_path: Path
) -> None:
    people.dispose()
    desk.database = open_database(tmp_path / "r6.fjdb", read_only=True)
    tab = show()
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, column("name")))
    for key, held in ((Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_V, CONTROL)):
        qtbot.keyClick(tab.table, key, held)
    assert tab.table.cells.editor is None
    assert not tab.findChildren(PasteDialog)
    texts = [action.text() for action in tab.context_menu().actions()]
    assert "Fill down (Ctrl+D)" not in texts
    assert "Copy (Ctrl+C)" in texts
    desk.database.dispose()


def test_a_row_that_is_not_here_takes_no_text() -> None:
    model = ApplicantTableModel()
    model.editable = True
    model.show_answer(100, {})
    assert not model.setData(model.index(70, column("note")), "x")


def test_headings_open_the_menu_of_columns(tab: ApplicantsTab) -> None:
    menu = tab.table.column_menu()
    texts = [action.text() for action in menu.actions()]
    assert "Choose and order columns…" in texts
    assert texts[-1] == "Show what there is room for"


def test_shift_extends_from_the_row_gone_to_last(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    table = tab.table
    table.show_columns(("number", "name", "status"))
    for key in ("number", "name"):
        spot = table.visualRect(tab.model.index(2, column(key))).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert table.selected_ranges() == [(2, 3)]
        qtbot.keyClick(tab, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert table.selected_ranges() == [(4, 4)]
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert table.selected_ranges() == [(4, 6)]
        assert table.current_column() == column(key)
    table.select_row(9)
    spot = table.visualRect(tab.model.index(7, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, spot)
    assert table.selected_ranges() == [(7, 9)]
