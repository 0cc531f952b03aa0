"""The papers of one person as a form, to be laid beside what somebody else saved of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Appointment
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import HandInKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.hand_ins import HandInRow, hand_ins_of, save_hand_ins


@dataclass(frozen=True, slots=True)
class PapersForm:
    """What is known of each paper, by its kind; ``versions`` are those that were read."""

    appointment_id: int
    versions: Mapping[HandInKind, int]
    needed: Mapping[HandInKind, bool]
    asked_on: Mapping[HandInKind, date | None]
    due_on: Mapping[HandInKind, date | None]
    received_on: Mapping[HandInKind, date | None]
    note: Mapping[HandInKind, str]


def papers_of(appointment_id: int, rows: Iterable[HandInRow]) -> PapersForm:
    """Return papers as a form."""
    by_kind = {row.kind: row for row in rows}
    return PapersForm(
        appointment_id,
        {kind: row.version for kind, row in by_kind.items()},
        {kind: row.needed for kind, row in by_kind.items()},
        {kind: row.asked_on for kind, row in by_kind.items()},
        {kind: row.due_on for kind, row in by_kind.items()},
        {kind: row.received_on for kind, row in by_kind.items()},
        {kind: row.note for kind, row in by_kind.items()},
    )


def papers_form(database: Database, *, appointment_id: int) -> PapersForm:
    """Return the papers of one person as stored now.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        row = session.get(Appointment, appointment_id)
        if row is None:
            raise NotFoundError("appointment.missing")
        found = hand_ins_of(session, row.programme_id, appointment_ids=[appointment_id])
    return papers_of(appointment_id, found[appointment_id])


def save_papers(database: Database, *, form: PapersForm, actor: str | None = None) -> ChangeSet:
    """Store the papers of one person; raises as `save_hand_ins`."""
    rows = [
        HandInRow(
            kind,
            form.needed[kind],
            form.asked_on[kind],
            form.due_on[kind],
            form.received_on[kind],
            form.note[kind],
            version,
        )
        for kind, version in form.versions.items()
    ]
    return save_hand_ins(database, appointment_id=form.appointment_id, rows=rows, actor=actor)
