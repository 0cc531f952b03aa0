"""How far a person's month is: being entered, confirmed by the department, closed, paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, MonthClosing, Payment, PayStatement
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.services.month_confirmations import confirmed_months
from fujisawa_desktop.services.staff import StoredShift, shifts_of


class MonthState(StrEnum):
    """How far one person's month is; each state says more than the one before it."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    """The host department said that the worked time is right, and it is still that time."""
    CLOSED = "closed"
    PAID = "paid"


def month_states(
    session: Session,
    programme_id: int,
    year: int,
    month: int,
    *,
    shifts: Mapping[int, Sequence[StoredShift]] | None = None,
    appointment_ids: Collection[int] | None = None,
) -> dict[int, MonthState]:
    """Return how far a month of work is for every appointment of the programme, or for these.

    ``shifts`` are those of at least this month by appointment, where they have been read already.
    """
    mine = Appointment.programme_id == programme_id
    if appointment_ids is not None:
        mine = and_(mine, Appointment.id.in_(appointment_ids))
    states = dict.fromkeys(session.scalars(select(Appointment.id).where(mine)), MonthState.OPEN)
    confirmed = _confirmed(session, programme_id, (year, month), shifts, appointment_ids)
    states |= dict.fromkeys(confirmed & states.keys(), MonthState.CONFIRMED)
    closed = (
        select(MonthClosing.appointment_id)
        .join(Appointment, Appointment.id == MonthClosing.appointment_id)
        .where(mine, MonthClosing.year == year, MonthClosing.month == month)
        .where(MonthClosing.reopened_at.is_(None))
    )
    states |= dict.fromkeys(session.scalars(closed), MonthState.CLOSED)
    paid = paid_people(session, programme_id, year, month)
    states |= dict.fromkeys(paid & states.keys(), MonthState.PAID)
    return states


def first_closed_from(session: Session, appointment_id: int, day: date) -> tuple[int, int] | None:
    """Return year and month of somebody's first month from that of ``day`` on that is closed now."""
    row = session.execute(
        select(MonthClosing.year, MonthClosing.month)
        .where(
            MonthClosing.appointment_id == appointment_id,
            MonthClosing.reopened_at.is_(None),
            MonthClosing.year * 12 + MonthClosing.month >= day.year * 12 + day.month,
        )
        .order_by(MonthClosing.year, MonthClosing.month)
        .limit(1)
    ).first()
    return None if row is None else (row.year, row.month)


def paid_people(session: Session, programme_id: int, year: int, month: int) -> frozenset[int]:
    """Return the appointments whose pay of a month was paid; a statement that was paid is the last one."""
    query = (
        select(PayStatement.appointment_id)
        .join(Payment, Payment.statement_id == PayStatement.id)
        .where(Payment.programme_id == programme_id)
        .where(PayStatement.year == year, PayStatement.month == month)
    )
    return frozenset(session.scalars(query))


def _confirmed(
    session: Session,
    programme_id: int,
    month: tuple[int, int],
    shifts: Mapping[int, Sequence[StoredShift]] | None,
    appointment_ids: Collection[int] | None,
) -> set[int]:
    """Return the appointments whose worked time of a month is still what was confirmed."""
    found = confirmed_months(session, programme_id, year_month=month, appointment_ids=appointment_ids)
    known = {appointment_id: confirmation for (appointment_id, *_of), confirmation in found.items()}
    if not known:
        return set()
    days = month_days(*month)
    if shifts is None:
        shifts = shifts_of(session, programme_id, first=days[0], last=days[-1], appointment_ids=known)
    return {
        appointment_id
        for appointment_id, confirmation in known.items()
        if confirmation.holds(
            shift for shift in shifts.get(appointment_id, ()) if days[0] <= shift.time.day <= days[-1]
        )
    }
