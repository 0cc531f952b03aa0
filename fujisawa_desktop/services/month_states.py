"""How far a person's month is: being entered, confirmed by the department, closed, paid."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, MonthClosing, Payment, PayStatement


class MonthState(StrEnum):
    """How far one person's month is; each state says more than the one before it."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    """The host department said that the worked time is right, and it is still that time."""
    CLOSED = "closed"
    PAID = "paid"


def month_states(session: Session, programme_id: int, year: int, month: int) -> dict[int, MonthState]:
    """Return how far a month of work is for every appointment of the programme."""
    mine = Appointment.programme_id == programme_id
    states = dict.fromkeys(session.scalars(select(Appointment.id).where(mine)), MonthState.OPEN)
    closed = (
        select(MonthClosing.appointment_id)
        .join(Appointment, Appointment.id == MonthClosing.appointment_id)
        .where(mine, MonthClosing.year == year, MonthClosing.month == month)
        .where(MonthClosing.reopened_at.is_(None))
    )
    states |= dict.fromkeys(session.scalars(closed), MonthState.CLOSED)
    states |= dict.fromkeys(paid_people(session, programme_id, year, month), MonthState.PAID)
    return states


def paid_people(session: Session, programme_id: int, year: int, month: int) -> frozenset[int]:
    """Return the appointments whose pay of a month was paid; a statement that was paid is the last one."""
    query = (
        select(PayStatement.appointment_id)
        .join(Payment, Payment.statement_id == PayStatement.id)
        .where(Payment.programme_id == programme_id)
        .where(PayStatement.year == year, PayStatement.month == month)
    )
    return frozenset(session.scalars(query))
