"""Flags, notes, the entry at length and the deadline, beside the list."""

from __future__ import annotations

import pytest
from applicants_driver import Quiet, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.notes import NoteKind
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.deadline_dialog import DeadlineDialog
from fujisawa_desktop.views.applicants.entry_dialog import READING_WIDTH, EntryDialog
from fujisawa_desktop.views.applicants.words_dialogs import NoteDialog, WaiveDialog
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.widgets import RunningText, field_named

CLICK = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def button(tab: ApplicantsTab, words: str) -> QPushButton:
    [found] = [b for b in tab.pane.view.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    return found


@pytest.fixture
def late(tab: ApplicantsTab, quiet: Quiet) -> ApplicantsTab:
    """The tab on somebody whose entry came late."""
    tab.filters.select(flags=("late",))
    quiet()
    return tab


def test_a_flag_is_explained_and_decided_where_it_stands(
    qtbot: QtBot, late: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    told = late.pane.view.labels()
    assert "Late: to be decided" in told
    assert any(line.startswith("Received 2024/10/17 01:06; the deadline was 2024/10/16") for line in told)
    qtbot.mouseClick(button(late, "Keep out"), CLICK)
    quiet()
    assert "Late: does not take part" in late.pane.view.labels()
    qtbot.mouseClick(button(late, "Admit…"), CLICK)
    dialog = dialog_of(late, WaiveDialog)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    quiet()
    field = field_named(dialog, "reason")
    assert field is not None
    assert "A reason is missing" in field.error()
    qtbot.keyClicks(dialog.words, "portal was down")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    quiet()
    told = late.pane.view.labels()
    assert "Late: takes part all the same" in told
    assert any("Reason: portal was down" in line for line in told)
    assert any(
        "Decision about the flag: Does not take part → Takes part all the same" in line for line in told
    )
    qtbot.mouseClick(button(late, "Undecided again"), CLICK)
    quiet()
    assert "Late: to be decided" in late.pane.view.labels()
    undo(people)
    late.reload()
    quiet()
    assert "Late: takes part all the same" in late.pane.view.labels()


def test_notes_are_written_changed_and_deleted(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, messages: list[Message]
) -> None:
    qtbot.mouseClick(button(tab, "New note…"), CLICK)
    dialog = dialog_of(tab, NoteDialog)
    assert dialog.focusWidget() is dialog.words
    assert dialog.kind() is NoteKind.OFFICE
    qtbot.mouseClick(dialog.save_button, CLICK)
    quiet()
    field = field_named(dialog, "text")
    assert field is not None
    assert "without words" in field.error()
    dialog.kinds[NoteKind.SHARED].click()
    qtbot.keyClicks(dialog.words, "needs a ramp")
    qtbot.mouseClick(dialog.save_button, CLICK)
    quiet()
    assert "needs a ramp" in tab.pane.view.labels()
    qtbot.mouseClick(button(tab, "Edit"), CLICK)
    dialog = dialog_of(tab, NoteDialog)
    assert dialog.kind() is NoteKind.SHARED
    dialog.words.set_text("needs a lift")
    qtbot.mouseClick(dialog.save_button, CLICK)
    quiet()
    assert "needs a lift" in tab.pane.view.labels()
    qtbot.mouseClick(button(tab, "Delete"), CLICK)
    quiet()
    assert "needs a lift" not in tab.pane.view.labels()
    assert "Note deleted" in messages[-1].text
    undo(people)
    tab.reload()
    quiet()
    assert "needs a lift" in tab.pane.view.labels()


def test_an_entry_is_read_at_length_and_as_it_was_typed(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    person = tab.pane.person
    assert person is not None
    qtbot.mouseClick(button(tab, "Read the entry…"), CLICK)
    quiet()
    dialog = dialog_of(tab, EntryDialog)
    answers = dialog.answers.findChildren(RunningText)
    assert [one.text() for one in answers] == [answer for _heading, answer in person.answers]
    assert all(one.width() <= READING_WIDTH for one in answers)
    dialog.pages.setCurrentIndex(1)
    typed = [one.text() for one in dialog.typed.findChildren(RunningText)]
    assert person.number in typed
    assert "長期インターンシップ申込" in typed or "設問1" in typed
    assert any("kept, not read" in line for line in typed) or any("an answer" in line for line in typed)


def test_the_deadline_shows_whose_flag_changes_before_it_is_set(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, messages: list[Message]
) -> None:
    tab.actions_served()["selection.deadline"]()
    quiet()
    dialog = dialog_of(tab, DeadlineDialog)
    assert dialog.hour.text() == "23:59"
    assert not dialog.go.isEnabled()
    dialog.hour.setText("nonsense")
    dialog.hour.editingFinished.emit()
    quiet()
    field = field_named(dialog, "time")
    assert dialog.foresight is None
    assert field is not None
    assert field.error()
    assert not dialog.go.isEnabled()
    dialog.day.setText("２０２４/１０/１７")
    dialog.day.editingFinished.emit()
    dialog.hour.setText("１２:００")
    dialog.hour.editingFinished.emit()
    quiet()
    assert dialog.foresight is not None
    assert len(dialog.foresight.in_time_again) == 3
    assert dialog.model.rowCount() == 3
    qtbot.mouseClick(dialog.go, CLICK)
    quiet()
    assert "deadline was set" in messages[-1].text
    with people.read() as session:
        assert session.scalar(text("SELECT count(*) FROM entry WHERE is_late")) == 0
        assert str(session.scalar(text("SELECT entry_until FROM programme"))) == "2024-10-17"
    undo(people)
    with people.read() as session:
        assert session.scalar(text("SELECT count(*) FROM entry WHERE is_late")) == 3


def test_a_deadline_after_the_result_is_refused_with_its_reason(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, messages: list[Message]
) -> None:
    tab.pane.set_deadline()
    quiet()
    dialog = dialog_of(tab, DeadlineDialog)
    dialog.day.setText("2025/3/1")
    dialog.day.editingFinished.emit()
    quiet()
    qtbot.mouseClick(dialog.go, CLICK)
    quiet()
    assert dialog.isVisible()
    assert messages
    assert messages[-1].tone == "wrong"
    dialog.reject()
