"""Days and weeks of people as a grid shows them, read from a month: also those at its edges."""

from __future__ import annotations

from datetime import date, timedelta

from fujisawa_desktop.rules.calendar import closed_reason, holiday_name
from fujisawa_desktop.rules.entry_verdict import Verdict, judge_entry
from fujisawa_desktop.rules.hours import PersonShifts, ShiftKind, expected_by_day, month_findings, week_of
from fujisawa_desktop.services.hours import Cell, DayHead, MonthView, PersonMonth

_NOTHING = Cell()


def week_heads(view: MonthView, monday: date) -> tuple[DayHead, ...]:
    """Return the seven days from a Monday on; those outside the month of the view too."""
    known = {head.day: head for head in view.days}
    closed = view.people[0].member.rules.closed_days if view.people else frozenset[date]()
    days = (monday + timedelta(days=at) for at in range(7))
    return tuple(
        known.get(day) or DayHead(day, closed_reason(day, closed), holiday_name(day) or "") for day in days
    )


def week_month(monday: date) -> tuple[int, int]:
    """Return the month a week is shown with: that of its Thursday, which holds most of its days."""
    thursday = week_of(monday) + timedelta(days=3)
    return thursday.year, thursday.month


def cell_of(person: PersonMonth, day: date) -> Cell:
    """Return a day of somebody, of the month or of the six days around it.

    Outside the month the cap is not judged: the shifts of that month are not all known here.
    """
    outlook = person.outlook
    if (day.year, day.month) == outlook.year_month:
        return person.cells.get(day, _NOTHING)
    shifts = PersonShifts(
        [shift for shift in outlook.shifts.planned if shift.day == day],
        [shift for shift in outlook.shifts.worked if shift.day == day],
    )
    if not shifts.planned and not shifts.worked:
        return _NOTHING
    reason, order = outlook.said_on(day)
    ordered = frozenset({day}) if order else frozenset[date]()
    found = month_findings(shifts, person.member.rules_in(day), day, ordered=ordered).get(day, [])
    return Cell(tuple(shifts.planned), tuple(shifts.worked), tuple(found), reason, order)


def week_total(person: PersonMonth, monday: date) -> tuple[int, int]:
    """Return the minutes of a week, worked or else planned, and on how many days there is work."""
    last = monday + timedelta(days=6)
    days = {
        day: minutes
        for day, minutes in expected_by_day(person.outlook.shifts).items()
        if monday <= day <= last
    }
    return sum(days.values()), len(days)


def judge_typed(person: PersonMonth, day: date, kind: ShiftKind, text: str) -> Verdict:
    """Return what would become of a text typed into a cell of somebody."""
    shifts = person.outlook.shifts
    planned, worked = list(shifts.planned), list(shifts.worked)
    if kind is ShiftKind.PLANNED:
        planned = [shift for shift in planned if shift.day != day]
    else:
        worked = [shift for shift in worked if shift.day != day]
    return judge_entry(
        text,
        day,
        kind=kind,
        rules=person.member.rules_in(day),
        others=PersonShifts(planned, worked),
        patterns=person.outlook.patterns,
        ordered=bool(person.outlook.said_on(day)[1]),
    )
