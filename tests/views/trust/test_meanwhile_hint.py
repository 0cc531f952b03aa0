"""A form that is being typed in says so when somebody else saves its record; it is left as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from edit_races import people_to_edit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from fujisawa_desktop.models import Entry
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.applicants import applicant_form, details, save_applicant
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.notes import NoteForm, NoteKind, add_note, delete_note, office_notes, save_note
from fujisawa_desktop.views.applicants.edit_form import EditForm
from fujisawa_desktop.views.applicants.words_dialogs import NoteDialog
from fujisawa_desktop.views.courses.tab import CoursesTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.status_line import StatusLine
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.trust.live_changes import LiveChanges
from fujisawa_desktop.views.trust.meanwhile_hint import MeanwhileHint
from tests.views.conftest import Settle

CLICK = Qt.MouseButton.LeftButton
OTHER = "佐藤"
GENEROUS = 60_000
"""Milliseconds before a test gives up; how long it takes is the benchmark's matter."""


@pytest.fixture
def neighbour(desk: Desk) -> Iterator[Database]:
    """The same database, opened once more by another seat."""
    other = open_database(desk.database.path or str(desk.database._where))
    yield other
    other.dispose()


@pytest.fixture
def live(desk: Desk, tasks: Tasks, settle: Settle, qtbot: QtBot) -> Iterator[StatusLine]:
    """The desk hears what others commit; the status line notes it."""
    line = StatusLine(tasks)
    qtbot.addWidget(line)
    line.show()
    changes = LiveChanges(desk, line)
    changes.start()
    settle()
    yield line
    changes.stop()


def told(qtbot: QtBot, settle: Settle, hint: MeanwhileHint) -> str:
    qtbot.waitUntil(lambda: not hint.isHidden(), timeout=GENEROUS)
    settle()
    return hint.text()


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(900, 760)
    widget.show()


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, settle: Settle, live: StatusLine) -> CoursesTab:
    tab = CoursesTab(desk)
    shown(qtbot, tab)
    settle()
    return tab


def save_there(neighbour: Database, programme_id: int, **values: object) -> None:
    one = courses(neighbour, programme_id)[0]
    save_course(neighbour, form=replace(course(neighbour, one.id), **values), actor=OTHER)


def test_a_course_both_write_at_is_told_and_what_is_typed_stays(
    qtbot: QtBot, tab: CoursesTab, desk: Desk, neighbour: Database, settle: Settle
) -> None:
    area = tab.editor.areas["summary"]
    area.setFocus()
    area.setPlainText("私の概要")
    area.moveCursor(area.textCursor().MoveOperation.End)
    at = area.textCursor().position()
    assert tab.hint.isHidden()
    save_there(neighbour, desk.programme_id, summary="隣の概要")
    text = told(qtbot, settle, tab.hint)
    assert text.startswith(f"{OTHER}さんが")
    assert "概要" in text
    assert area.text() == "私の概要"
    assert area.textCursor().position() == at
    assert tab.focusWidget() is area
    qtbot.mouseClick(tab.revert_button, CLICK)
    settle()
    assert area.text() == "隣の概要"
    assert tab.hint.isHidden()


def test_another_field_of_the_course_is_shown_and_the_typed_one_is_not_touched(
    qtbot: QtBot, tab: CoursesTab, desk: Desk, neighbour: Database, settle: Settle
) -> None:
    line = tab.editor.lines["host_department"]
    line.setFocus()
    line.setText("私の課")
    line.setCursorPosition(2)
    tab.editor.capacity.setText("何人か")
    tab.editor.capacity.setText("7")
    save_there(neighbour, desk.programme_id, summary="隣の概要")
    assert told(qtbot, settle, tab.hint)
    assert tab.editor.areas["summary"].text() == "隣の概要"
    assert (line.text(), line.cursorPosition(), tab.editor.capacity.text()) == ("私の課", 2, "7")
    assert tab.focusWidget() is line


def test_a_number_that_is_half_typed_is_not_replaced(
    qtbot: QtBot, tab: CoursesTab, desk: Desk, neighbour: Database, settle: Settle
) -> None:
    tab.editor.capacity.setText("7人く")
    tab.editor.lines["host_department"].setText("私の課")
    save_there(neighbour, desk.programme_id, capacity=3)
    assert told(qtbot, settle, tab.hint).startswith(f"{OTHER}さんが")
    assert tab.editor.capacity.text() == "7人く"


def test_another_course_says_nothing(
    qtbot: QtBot, tab: CoursesTab, desk: Desk, neighbour: Database, settle: Settle, live: StatusLine
) -> None:
    tab.editor.areas["summary"].setPlainText("私の概要")
    one = courses(neighbour, desk.programme_id)[1]
    heard: list[object] = []
    desk.changed.connect(heard.append)
    save_course(neighbour, form=replace(course(neighbour, one.id), summary="隣の概要"), actor=OTHER)
    qtbot.waitUntil(lambda: bool(heard), timeout=GENEROUS)
    settle()
    assert tab.hint.isHidden()
    assert tab.editor.areas["summary"].text() == "私の概要"


def test_the_status_line_notes_who_saved_what(
    qtbot: QtBot, desk: Desk, neighbour: Database, live: StatusLine
) -> None:
    notes: list[str] = []
    live.messageChanged.connect(notes.append)
    save_there(neighbour, desk.programme_id, summary="隣の概要")
    qtbot.waitUntil(lambda: bool(notes), timeout=GENEROUS)
    assert notes[0] == f"{OTHER}さんが更新しました（コースの編集）"


@pytest.fixture
def people(desk: Desk) -> list[int]:
    return people_to_edit(desk.database, desk.programme_id)


def test_a_person_who_is_being_edited(
    qtbot: QtBot, desk: Desk, people: list[int], neighbour: Database, settle: Settle, live: StatusLine
) -> None:
    with desk.database.read() as session:
        entry = session.scalars(select(Entry.id).where(Entry.applicant_id == people[0])).one()
    form = EditForm(desk)
    shown(qtbot, form)
    form.edit(details(desk.database, entry_id=entry))
    phone = form.field("phone")
    phone.setFocus()
    phone.setText("0466-00-0000")
    theirs = replace(applicant_form(neighbour, people[0]), phone="0466-99-9999", faculty="法学部")
    save_applicant(neighbour, form=theirs, actor=OTHER)
    text = told(qtbot, settle, form.hint)
    assert text.startswith(f"{OTHER}さんが")
    assert "電話" in text
    assert "学部" in text
    assert (phone.text(), form.focusWidget()) == ("0466-00-0000", phone)
    assert form.is_dirty()
    form.give_up()
    assert form.hint.isHidden()


def test_a_note_in_its_dialog_changed_and_deleted_elsewhere(
    qtbot: QtBot, desk: Desk, people: list[int], neighbour: Database, settle: Settle, live: StatusLine
) -> None:
    add_note(desk.database, applicant_id=people[0], kind=NoteKind.OFFICE, text="元の文", actor="職員")
    with desk.database.read() as session:
        [view] = office_notes(session, people[0])
    dialog = NoteDialog(desk, people[0], view)
    shown(qtbot, dialog)
    dialog.words.setPlainText("私の文")
    form = NoteForm(view.note_id, view.version, view.kind, "隣の文")
    save_note(neighbour, form=form, actor=OTHER)
    first = told(qtbot, settle, dialog.hint)
    assert first.startswith(f"{OTHER}さんが")
    delete_note(neighbour, note_id=view.note_id, actor=OTHER)
    qtbot.waitUntil(lambda: dialog.hint.text() != first, timeout=GENEROUS)
    assert "削除" in dialog.hint.text()
    assert dialog.words.text() == "私の文"
    assert dialog.focusWidget() is dialog.words


@pytest.mark.parametrize("button", ["両方を見る", "相手の内容を取り込む"])
def test_the_hint_shows_both_or_takes_over_theirs(
    qtbot: QtBot,
    desk: Desk,
    people: list[int],
    neighbour: Database,
    settle: Settle,
    live: StatusLine,
    button: str,
) -> None:
    add_note(desk.database, applicant_id=people[0], kind=NoteKind.OFFICE, text="元の文", actor="職員")
    with desk.database.read() as session:
        [view] = office_notes(session, people[0])
    dialog = NoteDialog(desk, people[0], view)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    shown(qtbot, dialog)
    dialog.words.setPlainText("私の文")
    save_note(neighbour, form=NoteForm(view.note_id, view.version, view.kind, "隣の文"), actor=OTHER)
    assert told(qtbot, settle, dialog.hint)
    [pressed] = [one for one in dialog.hint.findChildren(QPushButton) if one.text() == button]
    qtbot.mouseClick(pressed, CLICK)
    settle()
    if button == "両方を見る":
        [question] = [one for one in dialog.findChildren(ConflictDialog) if one.isVisible()]
        question.mine_button.click()
        question.save_button.click()
        settle()
        with desk.database.read() as session:
            assert [one.text for one in office_notes(session, people[0])] == ["私の文"]
    else:
        assert dialog.words.text() == "隣の文"
        assert dialog.hint.isHidden()
