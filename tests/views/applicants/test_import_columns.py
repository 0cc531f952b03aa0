"""Settling an unknown file by mouse and keyboard: columns, characters, rules, refused rows, batches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from applicants_driver import SAMPLES, Quiet, dialog_of
from conflict_asked import asked
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.exchange.tabular import read_table
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import ListQuery, list_count, list_page
from fujisawa_desktop.services.course_routes import CourseRuleForm, course_rules, save_course_rules
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.import_layouts import layouts, save_layout
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.batches_dialog import BatchesDialog
from fujisawa_desktop.views.applicants.course_rules_dialog import CourseRulesDialog
from fujisawa_desktop.views.applicants.import_dialog import ImportDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message

PORTAL = SAMPLES / "e-application.csv"
LEFT = Qt.MouseButton.LeftButton
UNKNOWN = (
    "コード,応募した人,よみ,行きたい所,月,火,水,ひとこと\r\n"
    "A-1,見本　太郎,ミホン　タロウ,DX,1,,1,よろしく\r\n"
    "A-2,見本　花子,ミホン　ハナコ,子育て,,,1,\r\n"
)


@pytest.fixture
def tab(database: Database, show: Callable[[], ApplicantsTab]) -> ApplicantsTab:
    """The tab of a programme nobody applied for yet."""
    return show()


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    """Next year's file, whose headings nobody knows."""
    path = tmp_path / "r7.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    return path


def opened(tab: ApplicantsTab, quiet: Quiet, path: Path) -> ImportDialog:
    tab.open_file(path)
    quiet()
    return dialog_of(tab, ImportDialog)


def choose(qtbot: QtBot, dialog: ImportDialog, use: str) -> None:
    """Choose a use in the box below the list, by its name."""
    page = dialog.columns
    page.use.setFocus()
    at = page.use.findData(use)
    while page.use.currentIndex() != at:
        key = Qt.Key.Key_Down if page.use.currentIndex() < at else Qt.Key.Key_Up
        qtbot.keyClick(page.use, key)


def drag(dialog: ImportDialog, use: str, line: int) -> None:
    """Drag a field of the list on a line of the table."""
    page = dialog.columns
    [item] = [
        page.fields.item(at) for at in range(page.fields.count()) if page.fields.item(at).data(256) == use
    ]
    data = page.fields.mimeData([item])
    assert isinstance(data, QMimeData)
    place = page.table.visualRect(page.model.index(line, 0)).center()
    view = page.table.viewport()
    actions, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, actions, data, LEFT, keys)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view, QDropEvent(QPointF(place), actions, data, LEFT, keys))


def test_an_unknown_file_is_settled_with_the_keyboard_and_kept(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    unknown: Path,
    database: Database,
    programme_id: int,
    messages: list[Message],
) -> None:
    dialog = opened(tab, quiet, unknown)
    page = dialog.columns
    assert page.isVisible()
    assert page.table.hasFocus()
    assert page.missing() == ("number", "name")
    assert "Number" in page.state.text()
    assert not dialog.go.isEnabled()
    choose(qtbot, dialog, "number")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.heading.whole() == "応募した人"
    choose(qtbot, dialog, "name")
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.use.hasFocus()
    choose(qtbot, dialog, "kana")
    assert page.missing() == ()
    assert page.uses[:3] == ("number", "name", "kana")
    assert page.uses[4:7] == ("day:月", "day:火", "day:水")
    page.source.setEditText("R7ポータル")
    page.name.setText("令和7年度")
    qtbot.mouseClick(page.save, LEFT)
    quiet()
    assert [(layout.name, layout.source) for layout in layouts(database)] == [("令和7年度", "R7ポータル")]
    assert "found again" in messages[-1].text
    assert dialog.go.isEnabled()
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert dialog.report is not None
    assert dialog.report.part("added").count == 2
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    rows = list_page(database, ListQuery(programme_id), 0, 10)
    assert [(row.number, row.source) for row in rows] == [("A-1", "R7ポータル"), ("A-2", "R7ポータル")]
    again = opened(tab, quiet, unknown)
    assert again.report is not None
    assert again.report.part("unchanged").count == 2
    assert "令和7年度" in again.facts.text()


def test_fields_are_dragged_on_columns(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, unknown: Path) -> None:
    dialog = opened(tab, quiet, unknown)
    drag(dialog, "number", 0)
    drag(dialog, "name", 1)
    assert dialog.columns.uses[:2] == ("number", "name")
    assert dialog.columns.missing() == ()
    drag(dialog, "number", 2)
    assert dialog.columns.uses[:3] == ("answer", "name", "number"), "a number stands in one column"
    drag(dialog, "number", 0)
    ticked = [dialog.columns.fields.item(at).text() for at in range(4)]
    assert ticked[0].startswith("✓")
    assert not ticked[1].startswith("✓")
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert dialog.report is not None
    assert dialog.report.part("added").count == 2


def test_a_kept_layout_is_forgotten(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, unknown: Path, database: Database
) -> None:
    dialog = opened(tab, quiet, unknown)
    drag(dialog, "number", 0)
    drag(dialog, "name", 1)
    dialog.columns.name.setText("試し")
    qtbot.mouseClick(dialog.columns.save, LEFT)
    quiet()
    assert dialog.profile.currentText() == "試し"
    qtbot.mouseClick(dialog.columns.delete, LEFT)
    quiet()
    assert layouts(database) == []
    assert dialog.profile.findText("試し") < 0
    assert not dialog.columns.delete.isEnabled()


def test_recognised_columns_can_be_changed(qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet) -> None:
    dialog = opened(tab, quiet, PORTAL)
    qtbot.mouseClick(dialog.options.columns, LEFT)
    page = dialog.columns
    assert page.isVisible()
    at = page.uses.index("mail")
    page.table.select_row(at)
    choose(qtbot, dialog, "answer")
    assert page.uses[at] == "answer"
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert dialog.report is not None
    assert dialog.report.part("added").count == 220
    assert "Mail" not in " ".join(dialog.report.part("sample").headings)


def test_another_character_code_is_seen_at_once(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, tmp_path: Path
) -> None:
    path = tmp_path / "euc.csv"
    path.write_bytes(PORTAL.read_bytes().decode("cp932").replace("髙", "高").encode("euc_jp", "ignore"))
    dialog = opened(tab, quiet, path)
    assert dialog.problem.isVisible()
    assert dialog.options.code.isVisible()
    dialog.options.code.setFocus()
    while dialog.options.code.currentData() != "euc_jp":
        qtbot.keyClick(dialog.options.code, Qt.Key.Key_Down)
        quiet()
    assert dialog.report is not None
    assert dialog.tiles.tiles["sample"].isChecked(), "the rows tell whether the code is right"
    assert "EUC-JP" in dialog.facts.text()
    assert dialog.report.part("added").count == 220
    qtbot.mouseClick(dialog.go, LEFT)
    quiet()
    assert tab.model.rowCount() == 220


def test_a_wrong_code_is_refused_and_the_right_one_mends_it(tab: ApplicantsTab, quiet: Quiet) -> None:
    dialog = opened(tab, quiet, PORTAL)
    for code in ("utf-8", "utf-16-le"):
        dialog.options.code.setCurrentIndex(dialog.options.code.findData(code))
        quiet()
        assert dialog.problem.isVisible()
        assert "chosen character code" in dialog.problem.accessibleName()
        assert not dialog.go.isVisible()
    dialog.options.code.setCurrentIndex(0)
    quiet()
    assert dialog.report is not None
    assert dialog.go.isVisible()
    assert dialog.go.isEnabled()


def test_lists_are_filtered_and_refused_rows_saved(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    messages: list[Message],
) -> None:
    dialog = opened(tab, quiet, PORTAL)
    assert dialog.save_rejected.isVisible()
    target = tmp_path / "refused.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    qtbot.mouseClick(dialog.save_rejected, LEFT)
    quiet()
    assert len(read_table(target).rows) == 3
    assert "3 refused rows" in messages[-1].text
    qtbot.mouseClick(dialog.tiles.tiles["added"], LEFT)
    assert not dialog.save_rejected.isVisible()
    dialog.filter.setText("えんどう")
    found = [str(dialog.model.index(line, 3).data()) for line in range(dialog.model.rowCount())]
    assert found
    assert all("エンドウ" in kana for kana in found)
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Down)
    assert dialog.table.hasFocus()
    dialog.filter.setText("だれでもない")
    assert dialog.model.rowCount() == 0
    assert dialog.table.empty.title() == "No row holds these words"


def test_rules_route_rows_that_nothing_else_did(
    qtbot: QtBot,
    tab: ApplicantsTab,
    quiet: Quiet,
    tmp_path: Path,
    database: Database,
    programme_id: int,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("整理番号,氏名,希望コース\r\n1,見本　太郎,未来のまちづくり\r\n", encoding="utf-8")
    dialog = opened(tab, quiet, path)
    assert dialog.report is not None
    assert dialog.report.part("rejected").count == 1
    qtbot.mouseClick(dialog.options.courses, LEFT)
    quiet()
    [rules] = dialog.findChildren(CourseRulesDialog)
    assert rules.focusWidget() is rules.lines[0].words
    rules.lines[0].words.setText("未来、まち")
    qtbot.mouseClick(rules.add_button, LEFT)
    assert len(rules.lines) == 2
    qtbot.mouseClick(rules.save_button, LEFT)
    quiet()
    [rule] = course_rules(database, programme_id=programme_id)
    assert rule == CourseRuleForm(rule.course_id, ("未来", "まち"))
    assert dialog.report.part("added").count == 1
    assert dialog.go.isEnabled()


def test_an_earlier_import_is_taken_back_from_its_list(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, database: Database, programme_id: int
) -> None:
    for name in ("e-application.csv", "rikunabi.csv"):
        import_applicants(database, programme_id=programme_id, file=SAMPLES / name, actor="職員")
    tab.actions_served()["file.imports"]()
    quiet()
    dialog = dialog_of(tab, BatchesDialog)
    assert dialog.model.rowCount() == 2
    assert [str(dialog.model.index(0, at).data()) for at in (1, 3, 4, 5)] == [
        "職員",
        "rikunabi.csv",
        "180",
        "180",
    ]
    dialog.table.select_row(1)
    qtbot.mouseClick(dialog.back, LEFT)
    quiet()
    assert dialog.answer.isVisible()
    assert "possible duplicates" in dialog.answer.text()
    assert list_count(database, ListQuery(programme_id)) == 400
    qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
    dialog.back.setFocus()
    qtbot.keyClick(dialog.back, Qt.Key.Key_Space)
    quiet()
    assert list_count(database, ListQuery(programme_id)) == 220
    assert str(dialog.model.index(0, 8).data()) == "taken back"
    assert not dialog.back.isEnabled()


def test_without_imports_the_list_says_so(tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.errands.show_imports()
    quiet()
    dialog = dialog_of(tab, BatchesDialog)
    assert dialog.table.empty.isVisible()
    assert not dialog.back.isEnabled()


@pytest.mark.parametrize("mine", [False, True])
def test_a_layout_kept_under_a_name_that_somebody_took(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, unknown: Path, database: Database, *, mine: bool
) -> None:
    dialog = opened(tab, quiet, unknown)
    drag(dialog, "number", 0)
    drag(dialog, "name", 1)
    save_layout(database, name="試し", source="隣", columns=(("列", "number"),), actor="佐藤")
    dialog.columns.source.setEditText("私")
    dialog.columns.name.setText("試し")
    qtbot.mouseClick(dialog.columns.save, LEFT)
    quiet()
    question = asked(dialog)
    (question.save_button if mine else question.stop_button).click()
    quiet()
    assert [layout.source for layout in layouts(database)] == ["私" if mine else "隣"]
    if not mine:
        return
    save_layout(database, name="試し", source="隣", columns=(("列", "number"),), actor="佐藤")
    qtbot.mouseClick(dialog.columns.delete, LEFT)
    quiet()
    asked(dialog).stop_button.click()
    assert [layout.source for layout in layouts(database)] == ["隣"]
    qtbot.mouseClick(dialog.columns.delete, LEFT)
    quiet()
    asked(dialog).save_button.click()
    quiet()
    assert layouts(database) == []


@pytest.mark.parametrize("mine", [False, True])
def test_rules_that_two_write(
    qtbot: QtBot, desk: Desk, quiet: Quiet, database: Database, programme_id: int, *, mine: bool
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = CourseRulesDialog(desk, ("希望コース",), parent)
    dialog.show()
    quiet()
    course = next(iter(courses(database, programme_id))).id
    save_course_rules(
        database, programme_id=programme_id, rules=[CourseRuleForm(course, ("隣",))], actor="佐藤"
    )
    dialog.lines[0].words.setText("私")
    qtbot.mouseClick(dialog.save_button, LEFT)
    quiet()
    asked(dialog).stop_button.click()
    assert dialog.lines[0].words.text() == "私"
    qtbot.mouseClick(dialog.save_button, LEFT)
    quiet()
    question = asked(dialog)
    (question.mine_button if mine else question.theirs_button).click()
    question.save_button.click()
    quiet()
    [rule] = course_rules(database, programme_id=programme_id)
    assert rule.words == (("私",) if mine else ("隣",))
