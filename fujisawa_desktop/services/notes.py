"""Notes about a person: written, edited, deleted; some are for the office alone.

Notes are personal data that the person may ask to see (domain rules 7.2): what is written here can
be read by them one day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import Applicant, ApplicantNote, NoteKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.stale import refuse_stale
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = [
    "NoteForm",
    "NoteKind",
    "NoteView",
    "add_note",
    "delete_note",
    "edit_note",
    "note_form",
    "office_notes",
    "save_note",
    "shared_notes",
]

_OFFICE: Final = (
    select(ApplicantNote)
    .where(ApplicantNote.applicant_id == bindparam("applicant_id"))
    .order_by(ApplicantNote.written_at.desc(), ApplicantNote.id.desc())
)


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note; ``version`` is that of the text shown."""

    note_id: int
    version: int
    kind: NoteKind
    text: str
    written_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class NoteForm:
    """What a clerk changes of a note; ``version`` is that of the text shown."""

    note_id: int
    version: int
    kind: NoteKind
    text: str


def shared_notes(session: Session, applicant_ids: Iterable[int]) -> dict[int, tuple[NoteView, ...]]:
    """Return the notes that reviewers and interviewers may read, by person, the oldest first.

    Whatever is shown or handed to a panel takes its notes from here, and from nowhere else.
    """
    found: dict[int, list[NoteView]] = {}
    for chunk in chunks(list(dict.fromkeys(applicant_ids))):
        query = select(ApplicantNote).where(
            ApplicantNote.applicant_id.in_(chunk), ApplicantNote.kind == NoteKind.SHARED
        )
        for row in session.scalars(query.order_by(ApplicantNote.written_at, ApplicantNote.id)):
            found.setdefault(row.applicant_id, []).append(_view(row))
    return {applicant_id: tuple(notes) for applicant_id, notes in found.items()}


def office_notes(session: Session, applicant_id: int) -> tuple[NoteView, ...]:
    """Return all notes about a person, those for the office alone too, the latest first."""
    return tuple(_view(row) for row in session.scalars(_OFFICE, {"applicant_id": applicant_id}))


def add_note(
    database: Database, *, applicant_id: int, kind: NoteKind, text: str, actor: str | None = None
) -> ChangeSet:
    """Write a note about a person.

    Raises:
        ValidationError: ``note.empty``.
        NotFoundError: the person is gone.
    """
    with unit_of_work(database, "note.add", actor=actor) as work:
        if work.session.get(Applicant, applicant_id) is None:
            raise NotFoundError("applicant.gone")
        work.session.add(
            ApplicantNote(
                applicant_id=applicant_id,
                kind=kind,
                text=_written(text),
                written_at=work.now,
                actor=work.actor,
            )
        )
        return work.commit()


def note_form(database: Database, note_id: int) -> NoteForm:
    """Return a note as stored now.

    Raises:
        NotFoundError: ``note.gone``.
    """
    with database.read() as session:
        row = session.get(ApplicantNote, note_id)
        if row is None:
            raise NotFoundError("note.gone")
        return NoteForm(row.id, row.version, row.kind, row.text)


def save_note(database: Database, *, form: NoteForm, actor: str | None = None) -> ChangeSet:
    """Change a note; raises as :func:`edit_note`."""
    return edit_note(
        database,
        note_id=form.note_id,
        version=form.version,
        kind=form.kind,
        text=form.text,
        actor=actor,
    )


def edit_note(
    database: Database,
    *,
    note_id: int,
    version: int,
    kind: NoteKind,
    text: str,
    actor: str | None = None,
) -> ChangeSet:
    """Change the text of a note, or who may read it.

    Raises:
        ValidationError: ``note.empty``.
        ConflictError: somebody else has changed the note meanwhile.
        NotFoundError: ``note.gone``.
    """
    with unit_of_work(database, "note.edit", actor=actor) as work:
        note = _note(work, note_id)
        if note.version != version:
            raise ConflictError("conflict.changed-meanwhile")
        words = _written(text)
        if (note.kind, note.text) != (kind, words):
            note.kind, note.text = kind, words
            note.written_at, note.actor = work.now, work.actor
        return work.commit()


def delete_note(
    database: Database, *, note_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Delete a note.

    Raises:
        ConflictError: somebody else changed it since ``version`` was seen; None does not compare.
        NotFoundError: ``note.gone``.
    """
    with unit_of_work(database, "note.delete", actor=actor) as work:
        note = _note(work, note_id)
        refuse_stale(version, note.version)
        work.session.delete(note)
        return work.commit()


def _note(work: UnitOfWork, note_id: int) -> ApplicantNote:
    note = work.session.get(ApplicantNote, note_id)
    if note is None:
        raise NotFoundError("note.gone")
    return note


def _written(text: str) -> str:
    if not text.strip():
        raise ValidationError("note.empty", field="text")
    return text.strip()


def _view(row: ApplicantNote) -> NoteView:
    return NoteView(row.id, row.version, row.kind, row.text, row.written_at, row.actor)
