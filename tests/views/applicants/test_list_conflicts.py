"""A cell and a pasted column of the list over values that somebody else saved meanwhile."""

from __future__ import annotations

import pytest
from applicants_driver import Quiet, cells, column, dialog_of
from conflict_asked import asked
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.noted_results import noted_form
from fujisawa_desktop.services.rulings import FlagVerdict, rule_flag, ruling_form
from fujisawa_desktop.services.saved_views import rename_view, save_view, saved_views
from fujisawa_desktop.services.selection import record_decisions
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.applicants.deeds import BY_KEY
from fujisawa_desktop.views.applicants.name_dialog import NameDialog
from fujisawa_desktop.views.applicants.paste_dialog import PasteDialog
from fujisawa_desktop.views.applicants.words_dialogs import WaiveDialog
from fujisawa_desktop.views.trust.conflict_table import ConflictTable

OTHER = "佐藤"


@pytest.mark.parametrize("mine", [False, True])
def test_a_cell_typed_into_by_two(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, *, mine: bool
) -> None:
    tab.table.show_column("grade", shown=True)
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(1, column("grade")))
    qtbot.keyClick(tab.table, Qt.Key.Key_F2)
    editor = tab.table.cells.editor
    assert editor is not None
    row = tab.model.row_at(1)
    assert row is not None
    save_cell(people, applicant_ids=[row.applicant_id], field="grade", text="M1", actor=OTHER)
    editor.clear()
    qtbot.keyClicks(editor, "M2")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    quiet()
    question = asked(tab)
    question.stop_button.click()
    quiet()
    again = tab.table.cells.editor
    assert again is not None
    assert again.text() == "M2"
    qtbot.keyClick(again, Qt.Key.Key_Return)
    quiet()
    question = asked(tab)
    (question.mine_button if mine else question.theirs_button).click()
    question.save_button.click()
    quiet()
    tab.reload()
    quiet()
    assert cells(tab, "grade", 2)[1] == ("M2" if mine else "M1")


def test_a_column_pasted_over_a_value_that_somebody_changed(
    tab: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    rows = list_page(people, ListQuery(tab.desk.programme_id), limit=3)
    text = "\n".join(f"{one.number}\t甲{at}" for at, one in enumerate(rows))
    QGuiApplication.clipboard().setText(text)
    tab.acts.paste()
    quiet()
    dialog = dialog_of(tab, PasteDialog)
    dialog.what_box.setCurrentIndex(dialog.what_box.findData("note"))
    quiet()
    save_cell(people, applicant_ids=[rows[1].applicant_id], field="note", text="隣の注", actor=OTHER)
    dialog.paste()
    quiet()
    (question,) = [one for one in dialog.findChildren(ConflictTable) if one.isVisible()]
    assert len(question.pairs) == 1
    shown = [str(question.model.index(0, at).data()) for at in range(5)]
    assert rows[1].name in shown[0]
    assert shown[1].startswith(OTHER)
    assert shown[3:] == ["隣の注", "甲1"]
    question.save_button.click()
    quiet()
    now = list_page(people, ListQuery(tab.desk.programme_id), limit=3)
    assert [one.note for one in now] == ["甲0", "隣の注", "甲2"]


@pytest.mark.parametrize("mine", [False, True])
def test_a_column_filled_down_over_a_cell_that_somebody_typed_into(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, *, mine: bool
) -> None:
    tab.table.show_column("grade", shown=True)
    quiet()
    rows = [one for one in (tab.model.row_at(at) for at in range(3)) if one is not None]
    for row, text in zip(rows, ("M1", "B1", "B2"), strict=True):
        save_cell(people, applicant_ids=[row.applicant_id], field="grade", text=text)
    tab.reload()
    quiet()
    save_cell(people, applicant_ids=[rows[1].applicant_id], field="grade", text="D1", actor=OTHER)
    tab.table.setCurrentIndex(tab.model.index(0, column("grade")))
    for _step in range(2):
        qtbot.keyClick(tab.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(tab.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    quiet()
    question = asked(tab)
    assert isinstance(question, ConflictTable)
    assert [question.model.index(0, at).data() for at in (2, 3, 4)] == ["B1", "D1", "M1"]
    assert str(question.model.index(0, 1).data()).startswith(OTHER)
    if mine:
        question.turn(0)
    question.save_button.click()
    quiet()
    tab.reload()
    quiet()
    assert cells(tab, "grade", 3) == ["M1", "M1" if mine else "D1", "M1"]


def save_as(tab: ApplicantsTab, quiet: Quiet, name: str) -> NameDialog:
    tab.filters.saved.save_button.click()
    dialog = dialog_of(tab, NameDialog)
    dialog.edit.setText(name)
    dialog.save()
    quiet()
    return dialog


@pytest.mark.parametrize("mine", [False, True])
def test_a_view_saved_under_a_name_that_somebody_took(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, *, mine: bool
) -> None:
    tab.filters.select(flags=["late"])
    quiet()
    save_view(people, query=ListQuery(programme_id, text="隣"), name="確認", actor=OTHER)
    dialog = save_as(tab, quiet, "確認")
    question = asked(tab)
    (question.save_button if mine else question.stop_button).click()
    quiet()
    (stored,) = saved_views(people, programme_id=programme_id)
    assert stored.query.text == ("" if mine else "隣")
    assert (isValid(dialog) and dialog.isVisible()) is not mine


def test_a_view_renamed_and_deleted_after_somebody_changed_it(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    tab.filters.select(flags=["late"])
    quiet()
    save_as(tab, quiet, "一")
    (view,) = tab.filters.saved.views
    rename_view(people, view_id=view.view_id, name="隣の名", actor=OTHER)
    tab.acts.views.rename(view)
    dialog = dialog_of(tab, NameDialog)
    dialog.edit.setText("私の名")
    dialog.save()
    quiet()
    question = asked(tab)
    question.mine_button.click()
    question.save_button.click()
    quiet()
    assert [one.name for one in saved_views(people, programme_id=programme_id)] == ["私の名"]
    tab.acts.views.delete(view)
    quiet()
    question = asked(tab)
    question.stop_button.click()
    quiet()
    assert len(saved_views(people, programme_id=programme_id)) == 1
    tab.acts.views.delete(view)
    quiet()
    asked(tab).save_button.click()
    quiet()
    assert saved_views(people, programme_id=programme_id) == []


@pytest.mark.parametrize("mine", [False, True])
def test_a_flag_that_two_decide_about(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, *, mine: bool
) -> None:
    tab.filters.select(flags=("late",))
    quiet()
    person = tab.pane.person
    assert person is not None
    view = next(one for one in person.flag_views if one.flag == "late")
    waived = FlagVerdict.WAIVED
    rule_flag(people, entry_id=person.entry_id, flag="late", verdict=waived, reason="隣の理由", actor=OTHER)
    tab.pane._rule(view, verdict=FlagVerdict.STANDS)
    quiet()
    (question,) = [one for one in tab.window().findChildren(ConflictTable) if one.isVisible()]
    told = {str(question.model.index(at, 0).data()) for at in range(question.model.rowCount())}
    assert told == {term("history", "flag_ruling.verdict"), _("Reason")}
    (question.save_button if mine else question.stop_button).click()
    quiet()
    now = ruling_form(people, entry_id=person.entry_id, flag="late")
    assert (now.verdict, now.reason) == ((FlagVerdict.STANDS, "") if mine else (waived, "隣の理由"))


def test_a_reason_typed_stays_while_somebody_decides_about_the_flag(
    tab: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    tab.filters.select(flags=("late",))
    quiet()
    person = tab.pane.person
    assert person is not None
    tab.pane._waive(next(one for one in person.flag_views if one.flag == "late"))
    dialog = dialog_of(tab, WaiveDialog)
    dialog.words.set_text("私の理由")
    stands = FlagVerdict.STANDS
    rule_flag(people, entry_id=person.entry_id, flag="late", verdict=stands, actor=OTHER)
    dialog.save()
    quiet()
    asked(dialog).stop_button.click()
    assert dialog.words.text() == "私の理由"
    assert ruling_form(people, entry_id=person.entry_id, flag="late").verdict is stands
    dialog.save()
    quiet()
    asked(dialog).save_button.click()
    quiet()
    now = ruling_form(people, entry_id=person.entry_id, flag="late")
    assert (now.verdict, now.reason) == (FlagVerdict.WAIVED, "私の理由")


@pytest.mark.parametrize("mine", [False, True])
def test_results_noted_for_people_for_whom_somebody_noted_another(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int, *, mine: bool
) -> None:
    rows = list_page(people, ListQuery(programme_id), limit=3)
    ids = [row.application_ids[0] for row in rows]
    dialog = DecisionDialog(
        tab.desk,
        BY_KEY["first-pass"],
        chosen=[row.entry_id for row in rows],
        shown=[],
        courses={},
        parent=tab,
    )
    dialog.open()
    quiet()
    record_decisions(people, application_ids=ids[1:2], stage=Stage.FIRST, result=Result.FAIL, actor=OTHER)
    dialog.record()
    quiet()
    question = asked(dialog)
    assert isinstance(question, ConflictTable)
    assert rows[1].name in str(question.model.index(0, 0).data())
    assert [question.model.index(0, at).data() for at in (3, 4)] == [
        term("result", Result.FAIL), term("result", Result.PASS),
    ]  # fmt: skip
    if mine:
        question.turn(0)
    question.save_button.click()
    quiet()
    now = noted_form(people, application_ids=ids, stage=Stage.FIRST).results
    assert [now[key] for key in ids] == [Result.PASS, Result.PASS if mine else Result.FAIL, Result.PASS]
