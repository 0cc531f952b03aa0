"""Checks of work and pay: appointments, hours, closed months, statements, payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Application,
    Appointment,
    AppointmentRate,
    MonthClosing,
    Payment,
    PayStatement,
    Shift,
)
from fujisawa_desktop.services.integrity_findings import Check, Finding, overlapping
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_AMOUNTS: Final = {
    "minutes": "minutes",
    "pay_yen": "pay",
    "commuting_yen": "commuting",
    "tax_yen": "tax",
    "insurance_yen": "insurance",
    "net_yen": "net",
}
"""Columns of a statement, and what its snapshot calls them."""


def _people(session: Session) -> Iterator[Finding]:
    query = (
        select(Appointment.id, Application.applicant_id, Appointment.applicant_id, Appointment.course_id)
        .add_columns(Application.course_id)
        .join(Application, Application.id == Appointment.application_id)
        .order_by(Appointment.id)
    )
    for key, person, appointed, course, applied in session.execute(query):
        if person != appointed:
            yield Finding("appointment-person", "appointment", key, person, is_repairable=True)
        if course != applied:
            yield Finding("appointment-course", "appointment", key, person)


def _give_to_application(work: UnitOfWork, found: Sequence[Finding]) -> None:
    own = [one for one in found if one.kind == "appointment-person"]
    work.update_many(Appointment, {one.row_id: {"applicant_id": one.applicant_id} for one in own})


def _rates(session: Session) -> Iterator[Finding]:
    rated = exists().where(AppointmentRate.appointment_id == Appointment.id)
    query = select(Appointment.id, Appointment.applicant_id).where(~rated).order_by(Appointment.id)
    for key, person in session.execute(query):
        yield Finding("appointment-rate", "appointment", key, person)


def _length(starts: time, ends: time, pause: int) -> int:
    """Return the minutes of work between two times of a day, without the break."""
    day = date.min
    span = datetime.combine(day, ends) - datetime.combine(day, starts)
    return span // timedelta(minutes=1) - pause


def _shifts(session: Session) -> Iterator[Finding]:
    """Yield hours whose length is not that of their times, that overlap, or lie outside the term."""
    query = (
        select(Shift, Appointment.applicant_id, Appointment.term_from, Appointment.term_until)
        .add_columns(Appointment.left_on)
        .join(Appointment, Appointment.id == Shift.appointment_id)
        .order_by(Shift.id)
    )
    months = select(MonthClosing.appointment_id, MonthClosing.year, MonthClosing.month)
    standing = months.where(MonthClosing.reopened_at.is_(None))
    closed = {(key, year, month) for key, year, month in session.execute(standing)}
    days: dict[tuple[int, object, date], list[tuple[time, time, Finding]]] = defaultdict(list)
    for shift, person, first, last, left in session.execute(query):
        params = {"day": shift.day, "shift": shift.kind}
        if _length(shift.starts, shift.ends, shift.break_minutes) != shift.minutes:
            is_open = (shift.appointment_id, shift.day.year, shift.day.month) not in closed
            kind = "shift-minutes" if is_open else "shift-minutes-closed"
            yield Finding(kind, "shift", shift.id, person, params, is_repairable=is_open)
        if not first <= shift.day <= min(last, left or last):
            yield Finding("shift-outside", "shift", shift.id, person, params)
        one = Finding("shift-overlap", "shift", shift.id, person, params)
        days[shift.appointment_id, shift.kind, shift.day].append((shift.starts, shift.ends, one))
    for held in days.values():
        yield from (second for _first, second in overlapping(held))


def _count_minutes(work: UnitOfWork, found: Sequence[Finding]) -> None:
    changes: dict[int, dict[str, int]] = {}
    for one in found:
        if one.is_repairable:
            shift = work.session.get_one(Shift, one.row_id)
            length = _length(shift.starts, shift.ends, shift.break_minutes)
            changes[one.row_id] = {"minutes": length}
    work.update_many(Shift, changes)


def _closings(session: Session) -> Iterator[Finding]:
    query = (
        select(MonthClosing, Appointment.applicant_id, Appointment.term_from, Appointment.term_until)
        .join(Appointment, Appointment.id == MonthClosing.appointment_id)
        .order_by(MonthClosing.id)
    )
    for closing, person, first, last in session.execute(query):
        month = (closing.year, closing.month)
        if not (first.year, first.month) <= month <= (last.year, last.month):
            params = {"year": closing.year, "month": closing.month}
            yield Finding("closing-outside", "month_closing", closing.id, person, params)


def _statements(session: Session) -> Iterator[Finding]:
    """Yield statements whose amounts do not add up, or are not those that the paper shows."""
    query = select(PayStatement, Appointment.applicant_id).join(
        Appointment, Appointment.id == PayStatement.appointment_id
    )
    editions: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    ordered = query.order_by(PayStatement.appointment_id, PayStatement.year, PayStatement.month)
    for one, person in session.execute(ordered.order_by(PayStatement.edition)):
        params = {"year": one.year, "month": one.month, "edition": one.edition}
        gross = one.pay_yen + one.corrected_pay_yen + one.commuting_yen + one.corrected_commuting_yen
        if gross - one.tax_yen - one.insurance_yen != one.net_yen or one.premium_yen > one.pay_yen:
            yield Finding("statement-sum", "pay_statement", one.id, person, params)
        elif any(getattr(one, column) != one.snapshot.get(name) for column, name in _AMOUNTS.items()):
            yield Finding("statement-paper", "pay_statement", one.id, person, params)
        known = editions[one.appointment_id, one.year, one.month]
        known.append(one.edition)
        if one.edition != len(known):
            yield Finding("statement-missing", "pay_statement", one.id, person, params)


def _payments(session: Session) -> Iterator[Finding]:
    query = (
        select(Payment.id, Payment.yen, PayStatement.net_yen, PayStatement.year, PayStatement.month)
        .add_columns(Appointment.applicant_id)
        .join(PayStatement, PayStatement.id == Payment.statement_id)
        .join(Appointment, Appointment.id == PayStatement.appointment_id)
        .where(Payment.yen != PayStatement.net_yen)
    )
    for key, yen, net, year, month, person in session.execute(query.order_by(Payment.id)):
        params: dict[str, Any] = {"year": year, "month": month, "paid_yen": yen, "stated_yen": net}
        yield Finding("payment-differs", "payment", key, person, params)


PAY_CHECKS: Final = (
    Check("appointments", _people, _give_to_application),
    Check("rates", _rates),
    Check("shifts", _shifts, _count_minutes),
    Check("closings", _closings),
    Check("statements", _statements),
    Check("payments", _payments),
)
