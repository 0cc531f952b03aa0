"""Planned and worked hours as they stand: the month as a grid, and as a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import ClosedReason, closed_reason, holiday_name, month_days
from fujisawa_desktop.rules.hours import (
    Cap,
    Finding,
    Remaining,
    ShiftKind,
    ShiftTime,
    cap_broken_on,
    days_per_week,
    expected_by_day,
    month_findings,
    needs_reason,
    remaining,
)
from fujisawa_desktop.rules.shift_entry import WorkPattern
from fujisawa_desktop.services.hours_outlook import Outlook
from fujisawa_desktop.services.month_memory import remembered
from fujisawa_desktop.services.month_states import MonthState, month_states
from fujisawa_desktop.services.staff import (
    CapSource,
    Member,
    StoredShift,
    WorkTerms,
    closed_months,
    members,
    person_shifts,
    shifts_of,
    work_terms,
)


@dataclass(frozen=True, slots=True)
class DayHead:
    """One column of the grid."""

    day: date
    closed: ClosedReason | None
    holiday: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One person's day: what was agreed, what was worked, what is odd about it, and why it was so."""

    planned: tuple[ShiftTime, ...] = ()
    worked: tuple[ShiftTime, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    holiday_order: str = ""

    @property
    def planned_minutes(self) -> int:
        """Minutes agreed."""
        return sum(shift.minutes for shift in self.planned)

    @property
    def worked_minutes(self) -> int:
        """Minutes worked."""
        return sum(shift.minutes for shift in self.worked)

    @property
    def unexplained(self) -> bool:
        """Whether worked time breaks a rule and nobody has said why."""
        return bool(self.worked) and not self.reason and any(map(needs_reason, self.findings))


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One row of the grid.

    Attributes:
        worked: minutes worked in the month.
        expected: minutes worked, and minutes planned on days not worked yet.
        left: what the cap leaves beside ``expected``.
        over_on: first day on which the cap is broken, if it is.
        week_days: Monday → on how many days of that week there is work.
        closed: the hours can no longer be changed.
        state: how far the month is.
    """

    member: Member
    cells: dict[date, Cell]
    worked: int
    expected: int
    left: Remaining
    over_on: date | None
    week_days: dict[date, int]
    closed: bool
    outlook: Outlook
    state: MonthState = MonthState.OPEN

    @property
    def cap(self) -> Cap:
        """The cap of this appointment."""
        return self.member.rules.cap

    @property
    def forecast(self) -> date | None:
        """Day on which the cap is broken if the usual week, or the habit of late, goes on."""
        return self.outlook.cap_reached_on()

    @property
    def unexplained(self) -> int:
        """On how many days worked time breaks a rule and has no reason yet."""
        return sum(cell.unexplained for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class MonthView:
    """The hours of everybody in one month."""

    year: int
    month: int
    days: tuple[DayHead, ...]
    people: tuple[PersonMonth, ...]
    patterns: tuple[WorkPattern, ...]
    cap: Cap
    cap_sources: tuple[CapSource, ...]
    first: date
    last: date
    """Term of the programme, from its first to its last day."""


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One stretch of work for lists and files."""

    number: str
    name: str
    course: str
    kind: ShiftKind
    shift: ShiftTime
    host_department: str = ""
    is_remote: bool = False
    holiday_order: str = ""
    reason: str = ""


def month_view(
    database: Database, *, programme_id: int, year: int, month: int, today: date | None = None
) -> MonthView:
    """Return the month's grid with sums, marks and what the cap leaves; forecasts begin on ``today``.

    Raises:
        NotFoundError: ``programme.none``.
    """
    days = month_days(year, month)
    with database.read() as session:
        terms = work_terms(session, programme_id)
        people = remembered(
            session,
            database,
            ("hours", programme_id, year, month, today),
            partial(_people, session, terms, year, month, today),
        )
    heads = (DayHead(day, closed_reason(day, terms.closed_days), holiday_name(day) or "") for day in days)
    return MonthView(
        year=year,
        month=month,
        days=tuple(heads),
        people=tuple(people.values()),
        patterns=terms.patterns,
        cap=terms.cap,
        cap_sources=terms.cap_sources,
        first=terms.first,
        last=terms.last,
    )


def person_month(
    database: Database,
    *,
    programme_id: int,
    appointment_id: int,
    year: int,
    month: int,
    today: date | None = None,
) -> PersonMonth | None:
    """Return one person's row of a month; ``None`` when the term does not touch it.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        terms = work_terms(session, programme_id)
        return _people(session, terms, year, month, today, [appointment_id]).get(appointment_id)


def opening_month(database: Database, *, programme_id: int, today: date) -> tuple[int, int]:
    """Return the month a clerk most likely wants to see: year and month.

    Within the term it is today's; outside it the last one with worked hours, else the term's first.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        terms = work_terms(session, programme_id)
        last = session.scalar(
            select(func.max(Shift.day))
            .join(Appointment, Appointment.id == Shift.appointment_id)
            .where(Appointment.programme_id == programme_id, Shift.kind == ShiftKind.WORKED)
        )
    day = today if terms.first <= today <= terms.last else last or terms.first
    return day.year, day.month


def hours_rows(
    database: Database, *, programme_id: int, year_month: tuple[int, int] | None = None
) -> list[HoursRow]:
    """Return all stretches of work, by person and day; of one month or of the whole programme."""
    days = month_days(*year_month) if year_month else []
    with database.read() as session:
        staff = members(session, programme_id)
        found = shifts_of(
            session, programme_id, first=days[0] if days else None, last=days[-1] if days else None
        )
    return [
        HoursRow(
            member.number,
            member.name,
            member.course_short,
            shift.kind,
            shift.time,
            member.host_department,
            shift.is_remote,
            shift.holiday_order,
            shift.reason,
        )
        for member in staff
        for shift in found.get(member.appointment_id, ())
    ]


def _people(
    session: Session,
    terms: WorkTerms,
    year: int,
    month: int,
    today: date | None,
    appointment_ids: Collection[int] | None,
) -> dict[int, PersonMonth]:
    """Return the rows of these people of a month, or of everybody, by appointment."""
    days = month_days(year, month)
    week = timedelta(days=6)  # days a week are counted over the edges of the month
    programme_id = terms.programme_id
    staff = members(session, programme_id, year_month=(year, month), appointment_ids=appointment_ids)
    shifts = shifts_of(
        session,
        programme_id,
        first=days[0] - week,
        last=days[-1] + week,
        appointment_ids=appointment_ids,
    )
    closings = closed_months(session, programme_id, appointment_ids=appointment_ids)
    states = month_states(session, programme_id, year, month, shifts=shifts, appointment_ids=appointment_ids)
    return {
        member.appointment_id: _person_month(
            member,
            shifts.get(member.appointment_id, ()),
            days[0],
            terms.patterns,
            closed=(member.appointment_id, year, month) in closings,
            state=states[member.appointment_id],
            today=today,
        )
        for member in staff
    }


def _person_month(
    member: Member,
    stored: Sequence[StoredShift],
    first: date,
    patterns: Sequence[WorkPattern],
    *,
    closed: bool,
    state: MonthState,
    today: date | None,
) -> PersonMonth:
    shifts = person_shifts(stored)
    ordered = frozenset(shift.time.day for shift in stored if shift.holiday_order)
    marks = month_findings(shifts, member.rules, first, ordered=ordered)
    by_day: dict[date, tuple[list[ShiftTime], list[ShiftTime]]] = {}
    for shift in stored:
        if (shift.time.day.year, shift.time.day.month) == (first.year, first.month):
            pair = by_day.setdefault(shift.time.day, ([], []))
            pair[shift.kind is ShiftKind.WORKED].append(shift.time)
    outlook = Outlook((first.year, first.month), member, tuple(stored), tuple(patterns), today)
    cells = {
        day: Cell(tuple(planned), tuple(worked), tuple(marks.get(day, ())), *outlook.said_on(day))
        for day, (planned, worked) in by_day.items()
    }
    around = expected_by_day(shifts)
    expected = {day: minutes for day, minutes in around.items() if day in cells}
    total = sum(expected.values())
    lengths = sorted((pattern.minutes for pattern in patterns), reverse=True) or [360, 180]
    return PersonMonth(
        member=member,
        cells=cells,
        worked=sum(cell.worked_minutes for cell in cells.values()),
        expected=total,
        left=remaining(total, member.rules.cap, full_day=lengths[0], half_day=lengths[-1]),
        over_on=cap_broken_on(expected, member.rules.cap),
        week_days=days_per_week(around),
        closed=closed,
        state=state,
        outlook=outlook,
    )
