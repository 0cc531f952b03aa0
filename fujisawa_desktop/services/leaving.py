"""退職: somebody leaves before the end of the term.

The last day is kept beside the term as agreed.  What was planned after it goes with the same act;
what was worked after it, or a month closed after it, contradicts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hand_ins import refuse_my_number
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.month_states import first_closed_from
from fujisawa_desktop.services.unit_of_work import integrity_as_conflict, unit_of_work

LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class LeavingForm:
    """The last day of somebody, and why."""

    appointment_id: int
    version: int
    left_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What was recorded; ``planned`` says how many planned shifts after the last day were taken out."""

    change: ChangeSet
    planned: int


def leaving_form(database: Database, *, appointment_id: int) -> LeavingForm:
    """Return the last day of somebody as stored now; without one, the term runs to its end.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        row = _appointment(session, appointment_id)
        return LeavingForm(row.id, row.version, row.left_on, row.leaving_reason)


def foresee_leaving(database: Database, *, form: LeavingForm) -> int:
    """Return how many planned shifts the act would take out; nothing is written.

    Raises:
        ValidationError, RuleError, NotFoundError: as :func:`record_leaving`.
    """
    with database.read() as session:
        row = _appointment(session, form.appointment_id)
        last = _checked(session, row, form)
        return len(_planned_after(session, row.id, last))


def record_leaving(database: Database, *, form: LeavingForm, actor: str | None = None) -> Leaving:
    """Record the last day of somebody who leaves before the end of the term.

    A last day recorded before is replaced; what was planned after the earlier one does not come back.

    Raises:
        ValidationError: ``field.required``, ``leaving.outside-term``, ``leaving.reason-long``, or a
            reason that may hold a My Number.
        RuleError: ``leaving.worked-after``, work is recorded after that day; ``leaving.month-closed``,
            a month is closed whose days would no longer belong to the term.
        ConflictError: somebody else changed the appointment meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, "leaving.record", actor=actor) as work, integrity_as_conflict():
        row = _appointment(work.session, form.appointment_id)
        if row.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        last = _checked(work.session, row, form)
        planned = _planned_after(work.session, row.id, last)
        row.left_on, row.leaving_reason = last, form.reason.strip()
        work.delete_many(Shift, planned)
        change = work.commit(count=len(planned))
    return Leaving(change, len(planned))


def take_back_leaving(
    database: Database, *, appointment_id: int, version: int, actor: str | None = None
) -> ChangeSet:
    """Let the term run to its end again; planned shifts that went with it are planned anew.

    Raises:
        RuleError: ``leaving.none``; nobody left.
        ConflictError: somebody else changed the appointment meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, "leaving.take-back", actor=actor) as work, integrity_as_conflict():
        row = _appointment(work.session, appointment_id)
        if row.version != version:
            raise ConflictError("conflict.changed-meanwhile")
        if row.left_on is None:
            raise RuleError("leaving.none")
        row.left_on, row.leaving_reason = None, ""
        return work.commit()


def _checked(session: Session, row: Appointment, form: LeavingForm) -> date:
    """Return the last day, if it can be one."""
    last = form.left_on
    if last is None:
        raise ValidationError("field.required", field="left_on")
    if not form.reason.strip():
        raise ValidationError("field.required", field="reason")
    if len(form.reason.strip()) > LONGEST_REASON:
        raise ValidationError("leaving.reason-long", field="reason", most=LONGEST_REASON)
    refuse_my_number(form.reason, field="reason")
    if not row.term_from <= last < row.term_until:
        raise ValidationError(
            "leaving.outside-term", field="left_on", first=row.term_from, last=row.term_until
        )
    worked = session.scalar(
        select(Shift.day)
        .where(Shift.appointment_id == row.id, Shift.kind == ShiftKind.WORKED, Shift.day > last)
        .order_by(Shift.day.desc())
        .limit(1)
    )
    if worked is not None:
        raise RuleError("leaving.worked-after", date=worked, last=last)
    closed = first_closed_from(session, row.id, last + timedelta(days=1))
    if closed is not None:
        raise RuleError("leaving.month-closed", year=closed[0], month=closed[1], last=last)
    return last


def _planned_after(session: Session, appointment_id: int, last: date) -> list[int]:
    query = select(Shift.id).where(
        Shift.appointment_id == appointment_id, Shift.kind == ShiftKind.PLANNED, Shift.day > last
    )
    return list(session.scalars(query.order_by(Shift.day, Shift.starts)))


def _appointment(session: Session, appointment_id: int) -> Appointment:
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise NotFoundError("appointment.missing")
    return row
