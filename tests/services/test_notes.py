from __future__ import annotations

from pathlib import Path

import pytest
from intake_scene import row_of, take_in

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import NoteKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.notes import (
    NoteView,
    add_note,
    delete_note,
    edit_note,
    office_notes,
    shared_notes,
)


@pytest.fixture
def person(database: Database, programme_id: int, tmp_path: Path) -> int:
    take_in(database, programme_id, tmp_path, {})
    return row_of(database, programme_id, "1001").applicant_id


def all_notes(database: Database, person: int) -> tuple[NoteView, ...]:
    with database.read() as session:
        return office_notes(session, person)


def test_a_panel_never_sees_what_is_for_the_office(database: Database, person: int) -> None:
    add_note(database, applicant_id=person, kind=NoteKind.SHARED, text="ノートPC持参", actor="甲")
    add_note(database, applicant_id=person, kind=NoteKind.OFFICE, text="電話で確認", actor="甲")
    assert [note.text for note in all_notes(database, person)] == ["電話で確認", "ノートPC持参"]
    with database.read() as session:
        shown = shared_notes(session, [person, 999])
    assert {key: [note.text for note in notes] for key, notes in shown.items()} == {person: ["ノートPC持参"]}


def test_a_note_is_changed_and_deleted_and_both_are_undone(database: Database, person: int) -> None:
    add_note(database, applicant_id=person, kind=NoteKind.SHARED, text="車椅子", actor="甲")
    [note] = all_notes(database, person)
    edit_note(
        database, note_id=note.note_id, version=note.version, kind=NoteKind.OFFICE, text=" 配慮 ", actor="乙"
    )
    [changed] = all_notes(database, person)
    assert (changed.kind, changed.text, changed.actor) == (NoteKind.OFFICE, "配慮", "乙")
    with pytest.raises(ConflictError):
        edit_note(database, note_id=note.note_id, version=note.version, kind=NoteKind.OFFICE, text="x")
    delete_note(database, note_id=note.note_id)
    assert all_notes(database, person) == ()
    undo(database)
    assert all_notes(database, person) == (changed,)
    undo(database)
    assert [row.text for row in all_notes(database, person)] == ["車椅子"]


def test_what_cannot_be_kept_is_refused(database: Database, person: int) -> None:
    with pytest.raises(ValidationError):
        add_note(database, applicant_id=person, kind=NoteKind.SHARED, text=" \n")
    with pytest.raises(NotFoundError):
        add_note(database, applicant_id=999, kind=NoteKind.SHARED, text="x")
    with pytest.raises(NotFoundError):
        delete_note(database, note_id=1)
