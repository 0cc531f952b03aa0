"""Empty states, the editor, the ranking, score sheets: through the real window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from screening_scene import Scene, add_entries
from sqlalchemy import select

from fujisawa_desktop.models import Decision, EntryKind, JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result
from fujisawa_desktop.services.screening_core import Aggregate
from fujisawa_desktop.services.screening_setup import screening_setup
from fujisawa_desktop.views.screening import ScreeningWindow
from fujisawa_desktop.views.screening.result_dialog import ResultDialog
from fujisawa_desktop.views.screening.setup_dialog import SetupDialog
from fujisawa_desktop.views.screening.sheet_dialogs import IssueDialog, SheetImportDialog
from fujisawa_desktop.views.widgets import TextLabel
from tests.views.screening.conftest import Show

CTRL = Qt.KeyboardModifier.ControlModifier


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog(window: QWidget, kind: type[Any]) -> Any:
    [found] = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


# --- empty -----------------------------------------------------------------------


def test_without_reviewers_the_window_says_what_to_do_first(show: Show, qtbot: QtBot, settle: Any) -> None:
    window = show()
    empty = window.score_page.reading.empty
    assert (empty.title(), empty.button.text()) == ("There is no reviewer yet", "Add a reviewer…")
    click(qtbot, empty.button)
    settle()
    setup = dialog(window, SetupDialog)
    assert setup.pages.currentWidget() is setup.reviewers
    assert setup.focusWidget() is setup.reviewers.name
    QTest.keyClicks(setup.reviewers.name, "Hanako")
    QTest.keyClick(setup.reviewers.name, Qt.Key.Key_S, CTRL)
    settle()
    assert [window.reviewer.itemText(at) for at in range(window.reviewer.count())][1:] == ["Hanako"]
    assert setup.criteria.table.empty.title() == "No criteria yet"


def test_from_nothing_to_reading_by_keyboard(
    show: Show, qtbot: QtBot, settle: Any, database: Database, programme_id: int
) -> None:
    add_entries(database, programme_id)
    window = show()
    window.edit_setup()
    settle()
    setup = dialog(window, SetupDialog)
    click(qtbot, setup.criteria.template_button)
    settle()
    assert setup.criteria.model.rowCount() == 4
    QTest.keyClick(setup.criteria.table, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(setup.criteria.name, "Fun")
    QTest.keyClick(setup.criteria.name, Qt.Key.Key_S, CTRL)
    settle()
    setup.tabs.setCurrentIndex(1)
    QTest.keyClicks(setup.reviewers.name, "One")
    QTest.keyClick(setup.reviewers.name, Qt.Key.Key_S, CTRL)
    settle()
    stored = screening_setup(database, programme_id=programme_id)
    assert [one.name for one in stored.criteria][-1] == "Fun"
    assert [one.name for one in stored.reviewers] == ["One"]
    setup.accept()
    settle()
    assert window.score_page.sheet is not None or window.reviewer.count() == 2
    window.reviewer.setCurrentIndex(1)
    settle()
    assert window.score_page.sheet is not None
    assert len(window.score_page.marks.edits) == 5


def test_no_entry_is_said(show: Show, settle: Any, scene: Scene) -> None:
    window = show()
    window.course.setCurrentIndex(1)
    settle()
    assert window.score_page.reading.empty.title() == "No application to read"


def test_the_office_sees_how_far_everybody_is_and_opens_a_queue(
    window: ScreeningWindow, scene: Scene, settle: Any
) -> None:
    scene.review("1001", 0, 1, 1, 1, 1)
    window.reviewer.setCurrentIndex(0)
    settle()
    page = window.score_page
    assert page.progress.isVisible()
    assert [(one.reviewer, one.done, one.left) for one in page.progress.rows] == [
        ("採点　一郎", 1, 4),
        ("採点　一郎", 0, 0),
        ("採点　二子", 0, 5),
    ]
    page.progress.table.select_row(2)
    QTest.keyClick(page.progress.table, Qt.Key.Key_Return)
    settle()
    assert window.reviewer.currentText() == "採点　二子"
    assert page.sheet is not None
    assert page.keys.isVisible()


def test_a_name_with_markup_stays_text(show: Show, scene: Scene, settle: Any) -> None:
    people = (("666", "<img src='x'>　<b>見本</b>", "ミホン", "<i>大学</i>"),)
    scene.ids |= add_entries(scene.database, scene.programme_id, people)
    scene.review("666", 0, 5, 5, 5, 5)
    window = show()
    page = window.score_page
    at = page.panel.model.row_of(scene.ids["666"])
    tip = page.panel.model.index(at, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip
    page.panel.table.select_row(at)
    settle()
    assert any("<b>見本</b>" in label.text() for label in page.reading.findChildren(TextLabel))
    window.reviewer.setCurrentIndex(0)
    window.tabs.setCurrentIndex(1)
    settle()
    model = window.ranking_page.table.rows_model
    tips = [str(model.index(0, column).data(Qt.ItemDataRole.ToolTipRole)) for column in range(4)]
    assert not [tip for tip in tips if "<img" in tip or "<i>" in tip]


# --- the editor ------------------------------------------------------------------


@pytest.fixture
def setup(window: ScreeningWindow, settle: Any) -> SetupDialog:
    window.edit_setup()
    settle()
    found: SetupDialog = dialog(window, SetupDialog)
    return found


def test_criteria_are_moved_changed_and_removed(
    setup: SetupDialog, scene: Scene, qtbot: QtBot, settle: Any
) -> None:
    page = setup.criteria
    page.table.select_row(1)
    click(qtbot, page.up_button)
    settle()
    assert scene.setup.criteria[0].name == "課題意識"
    assert page.table.currentIndex().row() == 0
    page.max_points.setText("１０")
    click(qtbot, page.save_button)
    settle()
    assert scene.setup.criteria[0].max_points == 10
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settle()
    assert "課題意識" not in [one.name for one in scene.setup.criteria]


def test_a_refusal_stands_beside_the_field_or_above_the_page(
    setup: SetupDialog, scene: Scene, qtbot: QtBot, settle: Any
) -> None:
    page = setup.criteria
    page.table.select_row(0)
    page.name.clear()
    click(qtbot, page.save_button)
    settle()
    assert page.name.parent().error()  # type: ignore[union-attr]
    scene.review("1001", 0, 1, 1, 1, 1)
    page.table.select_row(1)
    click(qtbot, page.remove_button)
    settle()
    assert "already give points" in setup.notice.text()
    assert len(scene.setup.criteria) == 4


def test_the_rule_is_stored_at_once(setup: SetupDialog, scene: Scene, settle: Any) -> None:
    setup.tabs.setCurrentIndex(2)
    setup.rule.blind.click()
    settle()
    setup.rule.aggregate.setCurrentIndex(1)
    settle()
    rule = scene.setup.rule
    assert (rule.aggregate, rule.is_blind, rule.hides_others) == (Aggregate.MEDIAN, True, True)


# --- ranking ---------------------------------------------------------------------


@pytest.fixture
def ranked(scene: Scene, window: ScreeningWindow, settle: Any) -> ScreeningWindow:
    """Five people with points; 1002 and 1003 share the second rank."""
    for number, points in (("1001", 3), ("1002", 4), ("1003", 4), ("1004", 5), ("1005", 1)):
        scene.review(number, 0, *[points] * 4)
    settle()
    window.reviewer.setCurrentIndex(0)
    window.tabs.setCurrentIndex(1)
    settle()
    return window


def set_places(window: ScreeningWindow, places: str, settle: Any) -> None:
    field = window.ranking_page.places
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, places)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def test_the_line_is_said_and_those_above_are_one_key_away(
    ranked: ScreeningWindow, scene: Scene, settle: Any
) -> None:
    page = ranked.ranking_page
    set_places(ranked, "3", settle)
    assert page.sentence.text() == "The line for 3 lies between rank 2 and rank 4."
    QTest.keyClick(page.table, Qt.Key.Key_L, CTRL)
    assert page.table.chosen_ids() == [scene.ids["1004"], scene.ids["1002"], scene.ids["1003"]]
    set_places(ranked, "2", settle)
    assert "2 people share rank 2" in page.sentence.text()
    QTest.keyClick(page.table, Qt.Key.Key_L, CTRL)
    assert page.table.chosen_ids() == [scene.ids["1004"]]


def test_results_are_noted_only_after_they_were_counted(
    ranked: ScreeningWindow, scene: Scene, qtbot: QtBot, settle: Any
) -> None:
    page = ranked.ranking_page
    set_places(ranked, "3", settle)
    QTest.keyClick(page.table, Qt.Key.Key_L, CTRL)
    click(qtbot, page.pass_button)
    asked = dialog(ranked, ResultDialog)
    assert "3 people" in asked.summary.text()
    assert "not judged by all reviewers" in asked.cautions.text()
    asked.reject()
    with scene.database.read() as session:
        assert session.scalars(select(Decision)).all() == []
    click(qtbot, page.pass_button)
    click(qtbot, dialog(ranked, ResultDialog).go)
    settle()
    ranked.activateWindow()
    click(qtbot, page.turn_button)
    settle()
    QTest.keyClick(page.table, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    click(qtbot, dialog(ranked, ResultDialog).go)
    settle()
    with scene.database.read() as session:
        noted = {row.application_id: row.result for row in session.scalars(select(Decision))}
    assert {number: noted[key] for number, key in scene.ids.items()} == {
        "1001": Result.FAIL, "1002": Result.PASS, "1003": Result.PASS, "1004": Result.PASS,
        "1005": Result.FAIL,
    }  # fmt: skip
    assert "is noted for 2" in ranked.notice.text()


def test_a_part_of_a_tie_is_pointed_out(
    ranked: ScreeningWindow, scene: Scene, qtbot: QtBot, settle: Any
) -> None:
    page = ranked.ranking_page
    set_places(ranked, "2", settle)
    page.table.choose({scene.ids["1004"], scene.ids["1002"], scene.ids["1005"]})
    click(qtbot, page.pass_button)
    told = dialog(ranked, ResultDialog).cautions.text()
    assert "Of 2 people with the same points on the line, 1 are among them." in told
    assert "1 below the line are among them." in told
    assert "more than the 2" in told


def test_a_reviewer_is_asked_to_finish_first(ranked: ScreeningWindow, qtbot: QtBot, settle: Any) -> None:
    ranked.reviewer.setCurrentIndex(2)
    settle()
    page = ranked.ranking_page
    assert page.table.empty.title() == "Still hidden"
    assert page.ranking is None
    click(qtbot, page.table.empty.button)
    settle()
    assert page.ranking is not None


@pytest.mark.parametrize("suffix", [".xlsx", ".pdf"])
def test_the_ranking_goes_out_as_a_file(
    ranked: ScreeningWindow, settle: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    target = tmp_path / f"out{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    ranked.ranking_page.export()
    settle()
    assert target.name in ranked.notice.text()
    if suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows[1:]] == [1, 2, 2, 4, 5]
        assert rows[1][6] == 100.0
    else:
        assert target.read_bytes().startswith(b"%PDF")


# --- score sheets ----------------------------------------------------------------


def test_sheets_go_out_and_come_back_through_the_window(
    window: ScreeningWindow,
    scene: Scene,
    qtbot: QtBot,
    settle: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settle()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(tmp_path))
    window.issue_action.trigger()
    asked = dialog(window, IssueDialog)
    asked.boxes[scene.reviewers[0]].setChecked(False)
    click(qtbot, asked.go)
    settle()
    [path] = tmp_path.glob("*.xlsx")
    assert "1 score sheet was written (5 applications)" in window.notice.text()
    with scene.database.read() as session:
        kinds = list(session.scalars(select(JournalEntry.kind)))
    assert kinds[-1] is EntryKind.ISSUED
    book = openpyxl.load_workbook(path)
    for column in "GHIJ":
        book.worksheets[0][f"{column}7"] = 4
    book.worksheets[0]["G8"] = 9
    book.save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(path)], ""))
    window.take_action.trigger()
    settle()
    shown = dialog(window, SheetImportDialog)
    assert "1 new, 0 changed" in shown.counts.text()
    assert shown.refused_model.index(0, 1).data() == "G"
    assert scene.score("1001") is None
    click(qtbot, shown.go)
    settle()
    assert scene.score("1001") == 8_000
    assert "1 new, 0 changed, 1 not taken in" in window.notice.text()


def test_a_file_that_is_no_sheet_is_refused_in_words(
    window: ScreeningWindow, settle: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"PK nothing")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(wrong)], ""))
    window.take_in()
    settle()
    shown = dialog(window, SheetImportDialog)
    assert not shown.go.isEnabled()
    assert shown.cautions.text()
