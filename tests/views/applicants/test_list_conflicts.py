"""A cell and a pasted column of the list over values that somebody else saved meanwhile."""

from __future__ import annotations

import pytest
from applicants_driver import Quiet, cells, column, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.paste_dialog import PasteDialog
from fujisawa_desktop.views.trust.conflict_dialog import ConflictAsking
from fujisawa_desktop.views.trust.conflict_table import ConflictTable

OTHER = "佐藤"


def asked(tab: ApplicantsTab) -> ConflictAsking:  # type: ignore[type-arg]
    (found,) = [one for one in tab.findChildren(ConflictAsking) if one.isVisible()]
    return found


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
