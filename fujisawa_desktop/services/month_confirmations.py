"""受入部署の確認: host departments say that the worked time of a month is right, and it is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Appointment, MonthConfirmation
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.month_records import (
    MonthRecord,
    RecordKind,
    Records,
    refuse_other_records,
)
from fujisawa_desktop.services.staff import Member, StoredShift, closed_months, members, shifts_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

PersonMonthKey = tuple[int, int, int]
"""Appointment, year and month."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a host department confirmed of one person's month.

    Attributes:
        minutes: what was worked in the month when it was confirmed.
        digest: :func:`worked_digest` of that time; other time is not confirmed by it.
    """

    appointment_id: int
    year: int
    month: int
    confirmed_on: date
    confirmed_by: str
    minutes: int
    digest: str
    recorded_at: datetime
    actor: str

    @property
    def record(self) -> MonthRecord:
        """Return the confirmation as a person sees it."""
        return MonthRecord(self.confirmed_on, self.confirmed_by)

    def holds(self, shifts: Iterable[StoredShift]) -> bool:
        """Say whether the month's time, as it is now, is what was confirmed."""
        return self.digest == worked_digest(shifts)


def worked_digest(shifts: Iterable[StoredShift]) -> str:
    """Return what identifies the worked time among the shifts of one person's month.

    Planned time does not count, nor do reasons and orders: a department confirms when and where
    somebody worked.
    """
    worked = sorted((shift.time, shift.is_remote) for shift in shifts if shift.kind is ShiftKind.WORKED)
    lines = (
        f"{time.day:%Y-%m-%d} {time.start:%H:%M}-{time.end:%H:%M}/{time.break_minutes}/{remote:d}"
        for time, remote in worked
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def worked_total(shifts: Iterable[StoredShift]) -> int:
    """Return the minutes worked among shifts."""
    return sum(shift.time.minutes for shift in shifts if shift.kind is ShiftKind.WORKED)


def confirmed_months(
    session: Session,
    programme_id: int,
    *,
    year_month: tuple[int, int] | None = None,
    appointment_ids: Collection[int] | None = None,
) -> dict[PersonMonthKey, Confirmation]:
    """Return every confirmation on record, also those whose time was changed afterwards.

    Only those of one month, or of some appointments, where these are named.
    """
    names = (
        "appointment_id",
        "year",
        "month",
        "confirmed_on",
        "confirmed_by",
        "minutes",
        "digest",
        "recorded_at",
        "actor",
    )
    query = (
        select(*(getattr(MonthConfirmation, name) for name in names))
        .join(Appointment, Appointment.id == MonthConfirmation.appointment_id)
        .where(Appointment.programme_id == programme_id)
    )
    if year_month is not None:
        year, month = year_month
        query = query.where(MonthConfirmation.year == year, MonthConfirmation.month == month)
    if appointment_ids is not None:
        query = query.where(MonthConfirmation.appointment_id.in_(appointment_ids))
    return {(row[0], row[1], row[2]): Confirmation(*row) for row in session.execute(query)}


def confirm_month(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    appointment_ids: Collection[int],
    confirmed_on: date,
    confirmed_by: str,
    seen: Mapping[int, str] | None = None,
    before: Records | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record that a host department confirmed the month of these people.

    Args:
        database: the open file.
        programme_id: the programme.
        year: calendar year of the work.
        month: month of the work.
        appointment_ids: whose month.
        confirmed_on: date of the signature.
        confirmed_by: who signed.
        seen: digest of the time that stood on the screen, by appointment; time changed since then
            is refused.
        before: the confirmations that stood there; None does not compare.
        actor: who records it.

    Raises:
        ValidationError: ``confirmation.by-missing``; ``confirmation.before-work`` when somebody
            worked after the day of the signature.
        RuleError: ``month.nobody``; ``confirmation.changed-meanwhile``.
        NotFoundError: ``appointment.missing`` when somebody is not appointed in that month.
        ConflictError: ``conflict.changed-meanwhile``: somebody recorded another than stood there.
    """
    signed_by = confirmed_by.strip()
    if not signed_by:
        raise ValidationError("confirmation.by-missing", field="confirmed_by")
    with unit_of_work(database, "month.confirm", actor=actor, year=year, month=month) as work:
        refuse_other_records(work.session, RecordKind.CONFIRMATION, year, month, before)
        if before and not appointment_ids:  # of everybody, what others recorded was chosen
            return work.commit(count=0)
        staff = _staff(work, programme_id, year, month, appointment_ids)
        days = month_days(year, month)
        shifts = shifts_of(
            work.session,
            programme_id,
            first=days[0],
            last=days[-1],
            appointment_ids=[member.appointment_id for member in staff],
        )
        values = {
            member.appointment_id: _values(
                member, shifts.get(member.appointment_id, []), confirmed_on, signed_by, seen
            )
            for member in staff
        }
        count = _store(work, year, month, values)
        return work.commit(count=count)


def withdraw_confirmation(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    appointment_ids: Collection[int],
    before: Records | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Take confirmations of a month off the record, for instance one that was recorded for the wrong person.

    ``before`` are the confirmations that were seen; None does not compare.

    Raises:
        RuleError: ``month.nobody``; ``month.closed``; ``confirmation.none`` when nothing is confirmed.
        NotFoundError: ``appointment.missing``.
        ConflictError: ``conflict.changed-meanwhile``: somebody recorded another than was seen.
    """
    with unit_of_work(database, "month.withdraw-confirmation", actor=actor, year=year, month=month) as work:
        refuse_other_records(work.session, RecordKind.CONFIRMATION, year, month, before)
        staff = _staff(work, programme_id, year, month, appointment_ids)
        known = _known(work.session, year, month, [member.appointment_id for member in staff])
        if not known:
            raise RuleError("confirmation.none", year=year, month=month)
        closed = closed_months(work.session, programme_id)
        for member in staff:
            if member.appointment_id in known and (member.appointment_id, year, month) in closed:
                raise RuleError("month.closed", year=year, month=month, person=member.name)
        count = work.delete_many(MonthConfirmation, sorted(known.values()))
        return work.commit(count=count)


def _staff(
    work: UnitOfWork, programme_id: int, year: int, month: int, appointment_ids: Collection[int]
) -> list[Member]:
    staff = members(work.session, programme_id, year_month=(year, month), appointment_ids=appointment_ids)
    if not appointment_ids:
        raise RuleError("month.nobody", year=year, month=month)
    if {member.appointment_id for member in staff} != set(appointment_ids):
        raise NotFoundError("appointment.missing")
    for member in staff:
        work.concerns("applicant", member.applicant_id)
    return staff


def _values(
    member: Member,
    shifts: Collection[StoredShift],
    confirmed_on: date,
    confirmed_by: str,
    seen: Mapping[int, str] | None,
) -> dict[str, object]:
    """Return the columns of one confirmation, after a look at what is confirmed."""
    digest = worked_digest(shifts)
    if seen is not None and seen.get(member.appointment_id) != digest:
        raise RuleError("confirmation.changed-meanwhile", person=member.name)
    last = max((shift.time.day for shift in shifts if shift.kind is ShiftKind.WORKED), default=confirmed_on)
    if confirmed_on < last:
        raise ValidationError(
            "confirmation.before-work",
            field="confirmed_on",
            person=member.name,
            date=confirmed_on,
            last=last,
        )
    return {
        "confirmed_on": confirmed_on,
        "confirmed_by": confirmed_by,
        "minutes": worked_total(shifts),
        "digest": digest,
    }


def _known(session: Session, year: int, month: int, appointment_ids: Collection[int]) -> dict[int, int]:
    """Return appointment → id of its confirmation of the month."""
    wanted = set(appointment_ids)
    query = select(MonthConfirmation.appointment_id, MonthConfirmation.id).where(
        MonthConfirmation.year == year, MonthConfirmation.month == month
    )
    return {row[0]: row[1] for row in session.execute(query) if row[0] in wanted}


def _store(work: UnitOfWork, year: int, month: int, values: Mapping[int, dict[str, object]]) -> int:
    """Write the confirmations; returns how many are other than before."""
    known = _known(work.session, year, month, values)
    again = {known[key]: row for key, row in values.items() if key in known}
    changed = _really_changed(work.session, again)
    stamp = {"recorded_at": work.now, "actor": work.actor}
    work.update_many(MonthConfirmation, {key: {**row, **stamp} for key, row in changed.items()})
    fresh = [
        {"appointment_id": key, "year": year, "month": month, **row, **stamp}
        for key, row in values.items()
        if key not in known
    ]
    work.insert_many(MonthConfirmation, fresh)
    return len(fresh) + len(changed)


def _really_changed(session: Session, rows: Mapping[int, dict[str, object]]) -> dict[int, dict[str, object]]:
    """Leave out what is on record word for word: saying it twice is not another act."""
    columns = (MonthConfirmation.confirmed_on, MonthConfirmation.confirmed_by, MonthConfirmation.digest)
    stored = {row[0]: tuple(row[1:]) for row in session.execute(select(MonthConfirmation.id, *columns))}
    return {
        key: row
        for key, row in rows.items()
        if stored[key] != (row["confirmed_on"], row["confirmed_by"], row["digest"])
    }
