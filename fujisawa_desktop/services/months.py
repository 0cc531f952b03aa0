"""Closing a month of hours, and opening it again with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models import MonthClosing
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.left_out import LeftOut
from fujisawa_desktop.services.month_checklist import refusals
from fujisawa_desktop.services.month_records import RecordKind, Records, refuse_other_records
from fujisawa_desktop.services.month_states import paid_people
from fujisawa_desktop.services.pay_corrections import day_corrections
from fujisawa_desktop.services.staff import Member, members
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class MonthResult:
    """Whose month was closed or opened, by number, and who was left out and why."""

    change: ChangeSet
    numbers: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()


def close_month(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    appointment_ids: Iterable[int] | None = None,
    actor: str | None = None,
) -> MonthResult:
    """Close the month for everybody, or for some, so that its hours can no longer be changed.

    People whose month cannot be closed yet are left out and told; the others' month is closed.

    Raises:
        RuleError: ``month.nobody`` when nobody is appointed then, ``month.already-closed`` when
            there is nothing left to close, ``month.nobody-closable`` when everybody was left out.
    """
    with unit_of_work(database, "month.close", actor=actor, year=year, month=month) as work:
        staff = _staff(work, programme_id, year, month, appointment_ids)
        known = _closings(work.session, staff, year, month)
        still_open = [member for member in staff if not _is_closed(known.get(member.appointment_id))]
        if not still_open:
            raise RuleError("month.already-closed", year=year, month=month)
        ids = [member.appointment_id for member in still_open]
        against = refusals(work.session, programme_id, year, month, ids)
        closable = [member for member in still_open if member.appointment_id not in against]
        left_out = tuple(
            _left_out(member, "month.not-closable", year, month)
            for member in still_open
            if member.appointment_id in against
        )
        if not closable:
            persons = [str(one.params["person"]) for one in left_out]
            raise RuleError("month.nobody-closable", year=year, month=month, persons=persons)
        _close(work, known, closable, year, month)
        change = work.commit(count=len(closable))
    return MonthResult(change, _numbers(closable), left_out)


def reopen_month(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    reason: str,
    appointment_ids: Iterable[int] | None = None,
    before: Records | None = None,
    actor: str | None = None,
) -> MonthResult:
    """Open a closed month again; the reason is kept beside it.

    ``before`` are the closings that were seen; None does not compare.

    A month that was paid, or that was corrected since, stays closed: its people are left out and
    told; the others' month is opened.

    Raises:
        ValidationError: ``month.reason-missing``.
        RuleError: ``month.nobody``, ``month.not-closed`` when nothing is closed; ``month.paid`` or
            ``month.corrected`` when everybody was left out.
        ConflictError: ``conflict.changed-meanwhile``: somebody opened, or closed again, what was seen.
    """
    if not reason.strip():
        raise ValidationError("month.reason-missing", field="reason")
    with unit_of_work(database, "month.reopen", actor=actor, year=year, month=month) as work:
        refuse_other_records(work.session, RecordKind.CLOSING, year, month, before)
        staff = _staff(work, programme_id, year, month, appointment_ids)
        known = _closings(work.session, staff, year, month)
        closed = [member for member in staff if _is_closed(known.get(member.appointment_id))]
        if not closed:
            raise RuleError("month.not-closed", year=year, month=month)
        fixed = _fixed(work.session, programme_id, year, month)
        opened = [member for member in closed if member.appointment_id not in fixed]
        left_out = tuple(
            _left_out(member, fixed[member.appointment_id], year, month)
            for member in closed
            if member.appointment_id in fixed
        )
        if not opened:
            raise RuleError(left_out[0].code, **left_out[0].params)
        values = {"reopened_at": work.now, "reason": reason.strip()}
        work.update_many(MonthClosing, {known[member.appointment_id].id: values for member in opened})
        for member in opened:
            work.concerns("applicant", member.applicant_id)
        change = work.commit(count=len(opened))
    return MonthResult(change, _numbers(opened), left_out)


def _close(
    work: UnitOfWork, known: Mapping[int, MonthClosing], people: Iterable[Member], year: int, month: int
) -> None:
    """Write the closings; a month that was closed before gets its row back."""
    values = {"closed_at": work.now, "reopened_at": None, "reason": ""}
    fresh, again = [], {}
    for member in people:
        row = known.get(member.appointment_id)
        if row is None:
            new = {"appointment_id": member.appointment_id, "year": year, "month": month}
            fresh.append({**new, **values})
        else:
            again[row.id] = values
        work.concerns("applicant", member.applicant_id)
    work.insert_many(MonthClosing, fresh)
    work.update_many(MonthClosing, again)


def _fixed(session: Session, programme_id: int, year: int, month: int) -> dict[int, str]:
    """Return why a closed month stays closed, for those for whom it does."""
    corrected = {
        appointment_id: "month.corrected"
        for appointment_id, corrections in day_corrections(session, programme_id).items()
        if any(one.month == (year, month) for one in corrections)
    }
    return corrected | dict.fromkeys(paid_people(session, programme_id, year, month), "month.paid")


def _staff(
    work: UnitOfWork, programme_id: int, year: int, month: int, appointment_ids: Iterable[int] | None
) -> list[Member]:
    staff = members(work.session, programme_id, year_month=(year, month), appointment_ids=appointment_ids)
    if not staff:
        raise RuleError("month.nobody", year=year, month=month)
    return staff


def _closings(session: Session, staff: Iterable[Member], year: int, month: int) -> dict[int, MonthClosing]:
    """Return the closings of these people's month by appointment, also those opened again."""
    query = select(MonthClosing).where(
        MonthClosing.year == year,
        MonthClosing.month == month,
        MonthClosing.appointment_id.in_([member.appointment_id for member in staff]),
    )
    return {row.appointment_id: row for row in session.scalars(query)}


def _is_closed(row: MonthClosing | None) -> bool:
    return row is not None and row.reopened_at is None


def _left_out(member: Member, code: str, year: int, month: int) -> LeftOut:
    return LeftOut(member.number, code, {"person": member.name, "year": year, "month": month})


def _numbers(people: Iterable[Member]) -> tuple[str, ...]:
    return tuple(member.number for member in people)
