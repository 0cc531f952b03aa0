"""Closing a month of hours, and opening it again with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models import MonthClosing
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.staff import members
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


def close_month(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    appointment_ids: Iterable[int] | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Close the month for everybody, or for some, so that its hours can no longer be changed.

    Raises:
        RuleError: ``month.nobody`` when nobody is appointed then, ``month.already-closed`` when
            there is nothing left to close.
    """
    with unit_of_work(database, "month.close", actor=actor, year=year, month=month) as work:
        rows = _closings(work, programme_id, year, month, appointment_ids)
        count = 0
        for appointment_id, known in rows.items():
            if known is not None and known.reopened_at is None:
                continue
            row = known or MonthClosing(appointment_id=appointment_id, year=year, month=month)
            row.closed_at, row.reopened_at, row.reason = work.now, None, ""
            work.session.add(row)
            count += 1
        if not count:
            raise RuleError("month.already-closed", year=year, month=month)
        return work.commit(count=count)


def reopen_month(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    reason: str,
    appointment_ids: Iterable[int] | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Open a closed month again; the reason is kept beside it.

    Raises:
        ValidationError: ``month.reason-missing``.
        RuleError: ``month.nobody``, or ``month.not-closed`` when nothing is closed.
    """
    if not reason.strip():
        raise ValidationError("month.reason-missing", field="reason")
    with unit_of_work(database, "month.reopen", actor=actor, year=year, month=month) as work:
        rows = _closings(work, programme_id, year, month, appointment_ids)
        closed = [row for row in rows.values() if row is not None and row.reopened_at is None]
        if not closed:
            raise RuleError("month.not-closed", year=year, month=month)
        for row in closed:
            row.reopened_at, row.reason = work.now, reason.strip()
        return work.commit(count=len(closed))


def _closings(
    work: UnitOfWork, programme_id: int, year: int, month: int, appointment_ids: Iterable[int] | None
) -> dict[int, MonthClosing | None]:
    """Return each appointment of the month with its closing, if it has been closed before."""
    staff = members(work.session, programme_id, year_month=(year, month), appointment_ids=appointment_ids)
    if not staff:
        raise RuleError("month.nobody", year=year, month=month)
    for member in staff:
        work.concerns("applicant", member.applicant_id)
    query = select(MonthClosing).where(
        MonthClosing.year == year,
        MonthClosing.month == month,
        MonthClosing.appointment_id.in_([member.appointment_id for member in staff]),
    )
    known = {row.appointment_id: row for row in work.session.scalars(query)}
    return {member.appointment_id: known.get(member.appointment_id) for member in staff}
