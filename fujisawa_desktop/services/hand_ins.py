"""提出書類 of appointed people: asked for, due, received.

The rows are made when somebody is appointed.  For somebody appointed before they existed they are
worked out when they are read, and stored with the first act that touches them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, HandIn, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import (
    Circumstances,
    HandInKind,
    HandInState,
    due_day,
    hand_in_state,
    is_needed,
    refuse_my_number,
)
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.staff import Member, closed_days, members
from fujisawa_desktop.services.unit_of_work import CHUNK, UnitOfWork, integrity_as_conflict, unit_of_work

HandInPlace = tuple[int, HandInKind]
"""One paper of one person: appointment and kind."""
_NOT_STORED: Final = 0


@dataclass(frozen=True, slots=True)
class HandInRow:
    """One paper of one person; ``version`` is 0 while it is only worked out."""

    kind: HandInKind
    needed: bool
    asked_on: date | None
    due_on: date | None
    received_on: date | None
    note: str
    version: int = _NOT_STORED

    def state(self, today: date) -> HandInState:
        """Return how far the paper is."""
        return hand_in_state(needed=self.needed, due=self.due_on, received=self.received_on, today=today)


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper that somebody still has to hand in."""

    member: Member
    row: HandInRow
    state: HandInState


# --- read ----------------------------------------------------------------------


def hand_ins_of(
    session: Session, programme_id: int, *, appointment_ids: Collection[int] | None = None
) -> dict[int, tuple[HandInRow, ...]]:
    """Return the papers by appointment, in the order of the list; what is not stored is worked out."""
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    query = select(Appointment).where(Appointment.programme_id == programme_id)
    if appointment_ids is not None:
        query = query.where(Appointment.id.in_(sorted(set(appointment_ids))))
    rows = list(session.scalars(query))
    stored = _stored(session, [row.id for row in rows])
    closed = closed_days(session, programme_id)
    found = {}
    for row in rows:
        own = stored.get(row.id, {})
        usual = {} if len(own) == len(HandInKind) else _usual(row, programme, closed)
        found[row.id] = tuple(_row(own[kind]) if kind in own else usual[kind] for kind in HandInKind)
    return found


def owed_hand_ins(database: Database, *, programme_id: int, today: date) -> tuple[Owed, ...]:
    """Return every paper that is needed and has not come, by person in order of kana."""
    with database.read() as session:
        papers = hand_ins_of(session, programme_id)
        staff = members(session, programme_id)
    return tuple(
        Owed(member, row, state)
        for member in staff
        for row in papers[member.appointment_id]
        if (state := row.state(today)) in {HandInState.MISSING, HandInState.OVERDUE}
    )


def overdue_hand_ins(session: Session, programme_id: int, today: date) -> tuple[int, date | None]:
    """Return how many people in office owe a paper that was due, and the earliest of these days.

    Only what is stored counts: of somebody appointed before papers were kept nothing is known.
    """
    last = func.coalesce(Appointment.left_on, Appointment.term_until)
    query = (
        select(func.count(Appointment.id.distinct()), func.min(HandIn.due_on))
        .select_from(HandIn)
        .join(Appointment, Appointment.id == HandIn.appointment_id)
        .where(Appointment.programme_id == programme_id, last >= today)
        .where(HandIn.is_needed, HandIn.received_on.is_(None), HandIn.due_on < today)
    )
    count, earliest = session.execute(query).one()
    return count, earliest


# --- change --------------------------------------------------------------------


def save_hand_ins(
    database: Database, *, appointment_id: int, rows: Sequence[HandInRow], actor: str | None = None
) -> ChangeSet:
    """Store what a clerk entered about the papers of one person.

    Raises:
        ValidationError: a day cannot be, or a note may hold a My Number; the field is ``<kind>.<day>``.
        ConflictError: somebody else changed the same papers meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, "hand-in.save", actor=actor) as work, integrity_as_conflict():
        for row in rows:
            _check(row, work.now.date())
        appointment = _appointment(work.session, appointment_id)
        known = {kind: row.version for kind, row in _stored_of(work.session, appointment_id).items()}
        if any(known.get(row.kind, _NOT_STORED) != row.version for row in rows):
            raise ConflictError("conflict.changed-meanwhile")
        add_hand_ins(work, [appointment])
        stored = _stored_of(work.session, appointment_id)
        for row in rows:
            kept = stored[row.kind]
            kept.is_needed, kept.note = row.needed, row.note.strip()
            kept.asked_on, kept.due_on, kept.received_on = row.asked_on, row.due_on, row.received_on
        work.concerns("applicant", appointment.applicant_id)
        return work.commit()


def receive_hand_ins(
    database: Database,
    *,
    places: Sequence[HandInPlace],
    received_on: date | None,
    actor: str | None = None,
) -> ChangeSet:
    """Record that papers came, of one person or of several; without a day, that they have not come.

    A day recorded before is kept: what came earlier did not come today.

    Raises:
        ValidationError: ``hand-in.received-ahead``.
        RuleError: ``hand-in.nothing``; no paper is named, or all of them came before.
        NotFoundError: ``appointment.missing``.
    """
    label = "hand-in.receive" if received_on is not None else "hand-in.unreceive"
    with unit_of_work(database, label, actor=actor) as work, integrity_as_conflict():
        if received_on is not None and received_on > work.now.date():
            raise ValidationError("hand-in.received-ahead", field="received_on", date=received_on)
        wanted = sorted({appointment_id for appointment_id, _kind in places})
        appointments = [_appointment(work.session, appointment_id) for appointment_id in wanted]
        add_hand_ins(work, appointments)
        changes: dict[int, dict[str, Any]] = {}
        stored = _stored(work.session, wanted)
        for appointment_id, kind in dict.fromkeys(places):
            row = stored[appointment_id][kind]
            if (row.received_on is None) is (received_on is not None):
                changes[row.id] = {"received_on": received_on}
        if not changes:
            raise RuleError("hand-in.nothing")
        work.update_many(HandIn, changes)
        for appointment in appointments:
            work.concerns("applicant", appointment.applicant_id)
        return work.commit(count=len(changes))


# --- within another act ----------------------------------------------------------


def add_hand_ins(work: UnitOfWork, appointments: Sequence[Appointment]) -> None:
    """Store, within an open act, the papers of these appointments that are not stored yet."""
    if not appointments:
        return
    work.session.flush()
    stored = _stored(work.session, [row.id for row in appointments])
    closed = {row.programme_id: closed_days(work.session, row.programme_id) for row in appointments}
    new = [
        {
            "appointment_id": row.id,
            "kind": kind.value,
            "is_needed": usual.needed,
            "asked_on": None,
            "due_on": usual.due_on,
            "received_on": None,
            "note": "",
        }
        for row in appointments
        for kind, usual in _usual(
            row, work.session.get_one(Programme, row.programme_id), closed[row.programme_id]
        ).items()
        if kind not in stored.get(row.id, {})
    ]
    work.insert_many(HandIn, new)


def circumstances(row: Appointment, programme: Programme) -> Circumstances:
    """Return what of a stored appointment decides which papers are needed."""
    return Circumstances(programme.oath_required, TaxColumn(row.tax_column), row.needs_permit)


def follow_terms(work: UnitOfWork, row: Appointment, before: Circumstances) -> None:
    """Ask for a paper, or no longer, where the terms of somebody have changed which ones are needed."""
    add_hand_ins(work, [row])
    after = circumstances(row, work.session.get_one(Programme, row.programme_id))
    for kind, kept in _stored_of(work.session, row.id).items():
        if is_needed(kind, before) is not is_needed(kind, after):
            kept.is_needed = is_needed(kind, after)


def follow_oath(work: UnitOfWork, programme_id: int, *, needed: bool) -> None:
    """Ask everybody appointed for the oath, or nobody any longer, but for those who handed it in."""
    query = (
        select(HandIn.id)
        .join(Appointment, Appointment.id == HandIn.appointment_id)
        .where(Appointment.programme_id == programme_id)
        .where(HandIn.kind == HandInKind.OATH.value, HandIn.received_on.is_(None))
        .where(HandIn.is_needed != needed)
    )
    work.update_many(HandIn, {row: {"is_needed": needed} for row in work.session.scalars(query)})


def mark_asked(work: UnitOfWork, *, programme_id: int, applicant_ids: Iterable[int], day: date) -> None:
    """Record, within the act in which the letter leaves, that people were asked for what is missing."""
    people = sorted(set(applicant_ids))
    rows: list[Appointment] = []
    for start in range(0, len(people), CHUNK):
        query = select(Appointment).where(
            Appointment.programme_id == programme_id,
            Appointment.applicant_id.in_(people[start : start + CHUNK]),
        )
        rows += work.session.scalars(query)
    add_hand_ins(work, rows)
    missing = (
        kept
        for own in _stored(work.session, [row.id for row in rows]).values()
        for kept in own.values()
        if kept.is_needed and kept.received_on is None and kept.asked_on is None
    )
    work.update_many(HandIn, {kept.id: {"asked_on": day} for kept in missing})


# --- shared --------------------------------------------------------------------


def _check(row: HandInRow, today: date) -> None:
    if row.received_on is not None and row.received_on > today:
        raise ValidationError(
            "hand-in.received-ahead", field=f"{row.kind.value}.received_on", date=row.received_on
        )
    if row.asked_on is not None and row.due_on is not None and row.due_on < row.asked_on:
        raise ValidationError(
            "hand-in.due-before-asked", field=f"{row.kind.value}.due_on", due=row.due_on, asked=row.asked_on
        )
    refuse_my_number(row.note, field=f"{row.kind.value}.note")


def _usual(row: Appointment, programme: Programme, closed: frozenset[date]) -> dict[HandInKind, HandInRow]:
    case, asked = circumstances(row, programme), row.appointed_at.date()
    return {
        kind: HandInRow(
            kind, is_needed(kind, case), None, due_day(kind, row.term_from, asked, closed), None, ""
        )
        for kind in HandInKind
    }


def _stored(session: Session, appointment_ids: Sequence[int]) -> dict[int, dict[HandInKind, HandIn]]:
    found: dict[int, dict[HandInKind, HandIn]] = {}
    for start in range(0, len(appointment_ids), CHUNK):
        query = select(HandIn).where(HandIn.appointment_id.in_(appointment_ids[start : start + CHUNK]))
        for row in session.scalars(query):
            found.setdefault(row.appointment_id, {})[HandInKind(row.kind)] = row
    return found


def _stored_of(session: Session, appointment_id: int) -> Mapping[HandInKind, HandIn]:
    return _stored(session, [appointment_id]).get(appointment_id, {})


def _row(row: HandIn) -> HandInRow:
    return HandInRow(
        HandInKind(row.kind),
        row.is_needed,
        row.asked_on,
        row.due_on,
        row.received_on,
        row.note,
        row.version,
    )


def _appointment(session: Session, appointment_id: int) -> Appointment:
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise NotFoundError("appointment.missing")
    return row
