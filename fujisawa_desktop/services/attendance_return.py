"""An attendance sheet that came back: one person's month of worked time, taken in as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import ClosedReason, closed_reason, holiday_name, month_days
from fujisawa_desktop.rules.hours import (
    Finding,
    PersonShifts,
    Severity,
    ShiftKind,
    ShiftTime,
    check_shift,
    minutes_by_day,
    month_findings,
    worked_minutes,
)
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.services.hours_entry import EntryResult
from fujisawa_desktop.services.staff import (
    Member,
    StoredShift,
    closed_months,
    members,
    person_shifts,
    shifts_of,
    work_terms,
)
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """One stretch of work as it stands on a sheet."""

    time: ShiftTime
    is_remote: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One line of the form: what is known of the day before anything is typed."""

    day: date
    closed: ClosedReason | None
    holiday: str
    in_term: bool
    planned: tuple[ShiftTime, ...]
    worked: tuple[Stretch, ...]
    order: str
    """休日勤務命令 for the day, if there is one."""


@dataclass(frozen=True, slots=True)
class AttendanceMonth:
    """One person's month as the form shows it.

    Attributes:
        around: plans of the month and all time of the weeks around it, which the checks count.
        digest: of what is on record; time changed elsewhere meanwhile is noticed by it.
    """

    member: Member
    year: int
    month: int
    days: tuple[SheetDay, ...]
    around: PersonShifts
    patterns: tuple[WorkPattern, ...]
    closed: bool
    digest: str

    @property
    def worked(self) -> tuple[Stretch, ...]:
        """Everything on record, in order of time."""
        return tuple(stretch for day in self.days for stretch in day.worked)


@dataclass(frozen=True, slots=True)
class AttendancePerson:
    """Somebody whose sheet is to be typed in."""

    appointment_id: int
    number: str
    name: str
    department: str
    minutes: int
    closed: bool


@dataclass(frozen=True, slots=True)
class AttendanceLook:
    """What a sheet comes to, and what is odd about it by day."""

    minutes: int
    days: int
    findings: Mapping[date, tuple[Finding, ...]]


def attendance_people(
    database: Database, *, programme_id: int, year: int, month: int
) -> list[AttendancePerson]:
    """Return everybody whose term touches the month, in order of kana."""
    days = month_days(year, month)
    with database.read() as session:
        staff = members(session, programme_id, year_month=(year, month))
        shifts = shifts_of(session, programme_id, first=days[0], last=days[-1])
        closed = closed_months(session, programme_id)
    return [
        AttendancePerson(
            member.appointment_id,
            member.number,
            member.name,
            member.host_department,
            sum(one.time.minutes for one in _worked(shifts.get(member.appointment_id, ()))),
            (member.appointment_id, year, month) in closed,
        )
        for member in staff
    ]


def attendance_month(
    database: Database, *, programme_id: int, appointment_id: int, year: int, month: int
) -> AttendanceMonth:
    """Return one person's month with what is on record.

    Raises:
        NotFoundError: ``appointment.missing`` when the person is not appointed in that month.
    """
    with database.read() as session:
        return month_on_record(session, programme_id, appointment_id, year, month)


def month_on_record(
    session: Session, programme_id: int, appointment_id: int, year: int, month: int
) -> AttendanceMonth:
    """Return the month as :func:`attendance_month` does, for services that hold a session."""
    found = months_on_record(session, programme_id, year, month, appointment_ids=[appointment_id])
    if not found:
        raise NotFoundError("appointment.missing")
    return found[appointment_id]


def months_on_record(
    session: Session,
    programme_id: int,
    year: int,
    month: int,
    *,
    appointment_ids: Collection[int] | None = None,
) -> dict[int, AttendanceMonth]:
    """Return the month of everybody whose term touches it, or of these, in order of kana."""
    days, week = month_days(year, month), timedelta(days=6)
    staff = members(session, programme_id, year_month=(year, month), appointment_ids=appointment_ids)
    shifts = shifts_of(
        session,
        programme_id,
        first=days[0] - week,
        last=days[-1] + week,
        appointment_ids=appointment_ids,
    )
    patterns = work_terms(session, programme_id).patterns
    closed = closed_months(session, programme_id)
    return {
        member.appointment_id: _month(
            member,
            shifts.get(member.appointment_id, []),
            days,
            patterns,
            closed=(member.appointment_id, year, month) in closed,
        )
        for member in staff
    }


def _month(
    member: Member,
    shifts: Sequence[StoredShift],
    days: Sequence[date],
    patterns: tuple[WorkPattern, ...],
    *,
    closed: bool,
) -> AttendanceMonth:
    by_day: dict[date, list[StoredShift]] = {}
    around: list[StoredShift] = []
    for shift in shifts:
        inside = days[0] <= shift.time.day <= days[-1]
        if inside:
            by_day.setdefault(shift.time.day, []).append(shift)
        if not inside or shift.kind is ShiftKind.PLANNED:
            around.append(shift)
    return AttendanceMonth(
        member=member,
        year=days[0].year,
        month=days[0].month,
        days=tuple(_day(day, member, by_day.get(day, [])) for day in days),
        around=person_shifts(around),
        patterns=patterns,
        closed=closed,
        digest=record_digest(shift for mine in by_day.values() for shift in mine),
    )


def record_digest(shifts: Iterable[StoredShift]) -> str:
    """Return what identifies the worked time of a month with all that a sheet shows of it."""
    lines = sorted(
        f"{one.time.day}/{one.time.start}/{one.time.end}/{one.time.break_minutes}/{one.is_remote:d}/{one.reason}"
        for one in _worked(shifts)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _worked(shifts: Iterable[StoredShift]) -> list[StoredShift]:
    return [shift for shift in shifts if shift.kind is ShiftKind.WORKED]


def _day(day: date, member: Member, shifts: Sequence[StoredShift]) -> SheetDay:
    return SheetDay(
        day=day,
        closed=closed_reason(day, member.rules.closed_days),
        holiday=holiday_name(day) or "",
        in_term=member.rules.first <= day <= member.rules.last,
        planned=tuple(one.time for one in shifts if one.kind is ShiftKind.PLANNED),
        worked=tuple(Stretch(one.time, one.is_remote, one.reason) for one in _worked(shifts)),
        order=next((one.holiday_order for one in shifts if one.holiday_order), ""),
    )


def stretch_of(
    day: date, start: time, end: time, break_minutes: int, *, is_remote: bool = False, reason: str = ""
) -> Stretch:
    """Return one stretch of work, if it can be one.

    Raises:
        ValidationError: as :func:`~fujisawa_desktop.rules.hours.worked_minutes`.
    """
    worked_minutes(start, end, break_minutes)
    return Stretch(ShiftTime(day, start, end, break_minutes), is_remote, reason.strip())


def look_at(month: AttendanceMonth, stretches: Sequence[Stretch]) -> AttendanceLook:
    """Return what a sheet comes to before it is taken in; nothing is refused here, overlaps are named."""
    times = [stretch.time for stretch in stretches]
    shifts = PersonShifts(month.around.planned, [*month.around.worked, *times])
    ordered = frozenset(day.day for day in month.days if day.order)
    marks = month_findings(shifts, month.member.rules, month.days[0].day, ordered=ordered)
    by_day = minutes_by_day(times)
    return AttendanceLook(
        sum(by_day.values()), len(by_day), {day: tuple(marks[day]) for day in by_day if day in marks}
    )


def take_attendance(
    database: Database,
    *,
    programme_id: int,
    appointment_id: int,
    year: int,
    month: int,
    stretches: Sequence[Stretch],
    seen: str | None = None,
    actor: str | None = None,
) -> EntryResult:
    """Put what a sheet says in the place of the month's worked time of one person, in one act.

    Worked time is a fact: what breaks a rule is kept, and named in the result.  Orders for closed
    days stay with their day.

    Args:
        database: the open database.
        programme_id: the programme.
        appointment_id: whose month.
        year: calendar year of the work.
        month: month of the work.
        stretches: everything the sheet says; days that are not named were not worked.
        seen: ``AttendanceMonth.digest`` of what was shown; other time on record is a refusal.
        actor: who types it in.

    Raises:
        NotFoundError: ``appointment.missing``.
        ValidationError: ``attendance.other-month``, or a stretch of no length.
        RuleError: ``month.closed``, ``attendance.changed-meanwhile``, ``shift.overlap``.
    """
    with unit_of_work(database, "hours.attendance", actor=actor, year=year, month=month) as work:
        known = month_on_record(work.session, programme_id, appointment_id, year, month)
        if seen is not None and seen != known.digest:
            raise RuleError("attendance.changed-meanwhile", person=known.member.name)
        look = replace_month(work, known, stretches)
        change = work.commit(count=look.days)
    return EntryResult(change, tuple(one for marks in look.findings.values() for one in marks))


def replace_month(work: UnitOfWork, month: AttendanceMonth, stretches: Sequence[Stretch]) -> AttendanceLook:
    """Check and store a sheet within an act; raises as :func:`take_attendance`."""
    member = month.member
    if month.closed and set(stretches) != set(month.worked):
        raise RuleError("month.closed", year=month.year, month=month.month, person=member.name)
    _check(month, stretches)
    stored = _stored(work.session, month)
    orders = {day.day: day.order for day in month.days}
    wanted = {(one.time.day, one.time.start): one for one in stretches}
    work.delete_many(Shift, [row_id for key, row_id in stored.items() if key not in wanted])
    work.update_many(Shift, {stored[key]: _row(one, orders) for key, one in wanted.items() if key in stored})
    work.insert_many(
        Shift,
        [
            {
                "appointment_id": member.appointment_id,
                "kind": ShiftKind.WORKED,
                "day": one.time.day,
                "starts": one.time.start,
                **_row(one, orders),
            }
            for key, one in wanted.items()
            if key not in stored
        ],
    )
    work.concerns("applicant", member.applicant_id)
    return look_at(month, stretches)


def _check(month: AttendanceMonth, stretches: Sequence[Stretch]) -> None:
    """Refuse what cannot be: time of another month, of no length, or twice at one time."""
    before: list[ShiftTime] = []
    for stretch in sorted(stretches):
        shift = stretch.time
        if (shift.day.year, shift.day.month) != (month.year, month.month):
            raise ValidationError(
                "attendance.other-month", field="day", date=shift.day, year=month.year, month=month.month
            )
        worked_minutes(shift.start, shift.end, shift.break_minutes)
        findings = check_shift(
            shift,
            kind=ShiftKind.WORKED,
            rules=month.member.rules,
            others=PersonShifts((), [other for other in before if other.day == shift.day]),
        )
        clash = next((finding for finding in findings if finding.severity is Severity.REFUSE), None)
        if clash is not None:
            raise RuleError(clash.code, **{**clash.params, "person": month.member.name})
        before.append(shift)


def _stored(session: Session, month: AttendanceMonth) -> dict[tuple[date, time], int]:
    """Return day and start → id of the month's worked time."""
    days = month_days(month.year, month.month)
    query = select(Shift.day, Shift.starts, Shift.id).where(
        Shift.appointment_id == month.member.appointment_id,
        Shift.kind == ShiftKind.WORKED,
        Shift.day >= days[0],
        Shift.day <= days[-1],
    )
    return {(row.day, row.starts): row.id for row in session.execute(query)}


def _row(stretch: Stretch, orders: Mapping[date, str]) -> dict[str, Any]:
    shift = stretch.time
    return {
        "ends": shift.end,
        "break_minutes": shift.break_minutes,
        "minutes": shift.minutes,
        "is_remote": stretch.is_remote,
        "holiday_order": orders.get(shift.day, ""),
        "reason": stretch.reason,
    }
