"""Stored stretches of work, read by the ten thousand.

A month of a thousand people is some thirty thousand rows, but they name few different days and times.
So the columns come as the database holds them, and each different value, and each different stretch of
a day, is made into what the rules work with once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, Shift
from fujisawa_desktop.rules.hours import PersonShifts, ShiftKind, ShiftTime


@dataclass(frozen=True, slots=True)
class StoredShift:
    """One stored stretch of work."""

    id: int
    appointment_id: int
    kind: ShiftKind
    time: ShiftTime
    is_remote: bool
    holiday_order: str
    reason: str


class _Times(dict[tuple[Any, Any, Any, int], ShiftTime]):
    """Stretches of a day by their columns: SQLite gives texts, PostgreSQL days and times."""

    def __missing__(self, columns: tuple[Any, Any, Any, int]) -> ShiftTime:
        day, starts, ends, pause = columns
        if isinstance(day, str):
            day = date.fromisoformat(day)
        if isinstance(starts, str):
            starts, ends = time.fromisoformat(starts), time.fromisoformat(ends)
        made = self[columns] = ShiftTime(day, starts, ends, pause)
        return made


def shifts_of(
    session: Session,
    programme_id: int,
    *,
    first: date | None = None,
    last: date | None = None,
    appointment_ids: Iterable[int] | None = None,
) -> dict[int, list[StoredShift]]:
    """Return shifts by appointment, in order of time; ``first`` and ``last`` are both included."""
    as_stored = [type_coerce(column, String) for column in (Shift.day, Shift.starts, Shift.ends)]
    query = (
        select(Shift.id, Shift.appointment_id, type_coerce(Shift.kind, String), *as_stored)
        .add_columns(Shift.break_minutes, Shift.is_remote, Shift.holiday_order, Shift.reason)
        .join(Appointment, Appointment.id == Shift.appointment_id)
        .where(Appointment.programme_id == programme_id)
        .order_by(Shift.appointment_id, Shift.day, Shift.starts)
    )
    if appointment_ids is not None:
        query = query.where(Shift.appointment_id.in_(sorted(set(appointment_ids))))
    if first is not None:
        query = query.where(Shift.day >= first)
    if last is not None:
        query = query.where(Shift.day <= last)
    times, kinds = _Times(), {kind.value: kind for kind in ShiftKind}
    found: dict[int, list[StoredShift]] = {}
    rows: Any = session.connection().execute(query).all()  # one by one takes twice as long
    for key, appointment_id, kind, day, starts, ends, pause, is_remote, order, reason in rows:
        shift = StoredShift(
            key, appointment_id, kinds[kind], times[day, starts, ends, pause], is_remote, order, reason
        )
        if appointment_id in found:
            found[appointment_id].append(shift)
        else:
            found[appointment_id] = [shift]
    return found


def person_shifts(shifts: Iterable[StoredShift]) -> PersonShifts:
    """Return stored shifts as the rules want them."""
    planned: list[ShiftTime] = []
    worked: list[ShiftTime] = []
    for shift in shifts:
        (worked if shift.kind is ShiftKind.WORKED else planned).append(shift.time)
    return PersonShifts(planned, worked)
