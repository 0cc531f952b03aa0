"""The quick reading of a month against a plain one: entities, one person and one day after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from fujisawa_desktop.models import Appointment, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules import hours as rules
from fujisawa_desktop.rules.calendar import month_days
from fujisawa_desktop.rules.hours import Cap, PersonShifts, ShiftKind, ShiftTime
from fujisawa_desktop.services.hours import Cell, PersonMonth, month_view
from fujisawa_desktop.services.staff import members, shifts_of
from fujisawa_desktop.services.unit_of_work import unit_of_work
from tests.benchmarks.pay_scene import MONTHS, fill

PEOPLE = 24


@pytest.fixture
def many(database: Database, programme_id: int) -> int:
    fill(database, PEOPLE, seed=7)
    make_odd(database, Random(7))
    return programme_id


def make_odd(database: Database, random: Random) -> None:
    """Give some of them orders, reasons, longer days, other limits and an early end."""
    with unit_of_work(database, "test.odd", actor="test") as work:
        shifts = list(work.session.scalars(select(Shift)))
        for row in random.sample(shifts, len(shifts) // 5):
            row.holiday_order = random.choice(("", "行事"))
            row.reason = random.choice(("", "急用"))
            if row.starts.hour == 9 and row.ends.hour == 16:
                row.break_minutes = random.choice((0, 30, 60))
                row.minutes = rules.worked_minutes(row.starts, row.ends, row.break_minutes)
        for appointment in random.sample(list(work.session.scalars(select(Appointment))), PEOPLE // 3):
            appointment.cap_minutes = random.choice((1_800, 3_000, 3_600))
            appointment.cap_inclusive = random.choice((True, False))
            appointment.week_days_max = random.choice((0, 2, 3))
            appointment.left_on = random.choice((None, date(2025, 1, 20)))
        work.commit()


@pytest.mark.parametrize("month", MONTHS)
def test_every_row_of_a_month_is_what_a_plain_reading_finds(
    database: Database, many: int, month: tuple[int, int]
) -> None:
    view = month_view(database, programme_id=many, year=month[0], month=month[1])
    plain = plain_month(database, many, month)
    assert {one.member.number for one in view.people} == plain.keys()
    assert len(view.people) >= PEOPLE // 2
    found = 0
    for person in view.people:
        expected = plain[person.member.number]
        assert row_of(person) == expected, person.member.number
        found += sum(bool(cell.findings) for cell in person.cells.values())
    assert found > PEOPLE // 2  # the scene holds something to find


def test_terms_are_those_of_the_entities(database: Database, many: int) -> None:
    with database.read() as session:
        staff = members(session, many)
        some = members(session, many, appointment_ids=[one.appointment_id for one in staff[::3]])
        rows = {row.id: row for row in session.scalars(select(Appointment))}
        for member in staff:
            row = rows[member.appointment_id]
            assert (member.rules.first, member.agreed_until) == (row.term_from, row.term_until)
            assert member.rules.last == (row.left_on or row.term_until)
            assert member.rules.cap == Cap(row.cap_minutes, row.cap_inclusive)
            assert (member.commuting.mode.value, member.commuting.round_trip) == (
                row.commuting_mode,
                row.round_trip_yen,
            )
            assert [(rate.valid_from, rate.yen) for rate in member.rates] == [
                (rate.from_day, rate.yen) for rate in row.rates
            ]
    assert some == staff[::3]


def test_shifts_are_those_of_the_entities(database: Database, many: int) -> None:
    with database.read() as session:
        found = shifts_of(session, many)
        stored = list(session.scalars(select(Shift)))
        assert sum(map(len, found.values())) == len(stored)
        by_key = {shift.id: shift for shifts in found.values() for shift in shifts}
        for row in stored:
            shift = by_key[row.id]
            assert shift.time == ShiftTime(row.day, row.starts, row.ends, row.break_minutes)
            assert (shift.kind, shift.is_remote, shift.holiday_order, shift.reason) == (
                row.kind,
                row.is_remote,
                row.holiday_order,
                row.reason,
            )
            assert type(shift.is_remote) is bool


def row_of(person: PersonMonth) -> tuple[Any, ...]:
    days = {day: (cell.planned, cell.worked, cell.findings) for day, cell in person.cells.items()}
    return (days, person.worked, person.expected, person.left.minutes, person.over_on, person.week_days)


def plain_month(database: Database, programme_id: int, month: tuple[int, int]) -> dict[str, tuple[Any, ...]]:
    """The rows of a month worked out slowly, by other means where there are any."""
    days = month_days(*month)
    week = timedelta(days=6)
    found: dict[str, tuple[Any, ...]] = {}
    with database.read() as session:
        for member in members(session, programme_id):
            if member.rules.first > days[-1] or member.rules.last < days[0]:
                continue
            query = select(Shift).where(Shift.appointment_id == member.appointment_id)
            rows = [
                row
                for row in session.scalars(query.order_by(Shift.day, Shift.starts))
                if days[0] - week <= row.day <= days[-1] + week
            ]
            found[member.number] = plain_row(rows, replace(member.rules), days)
    return found


def plain_row(rows: list[Shift], terms: rules.ShiftRules, days: list[date]) -> tuple[Any, ...]:
    times: dict[ShiftKind, list[ShiftTime]] = {kind: [] for kind in ShiftKind}
    for row in rows:
        times[row.kind].append(ShiftTime(row.day, row.starts, row.ends, row.break_minutes))
    planned, worked = times[ShiftKind.PLANNED], times[ShiftKind.WORKED]
    ordered = frozenset(row.day for row in rows if row.holiday_order)
    findings = rules.month_findings(PersonShifts(planned, worked), terms, days[0], ordered=ordered)
    cells: dict[date, tuple[Any, ...]] = {}
    minutes: Counter[date] = Counter()
    for day in sorted({shift.day for shift in (*planned, *worked)}):
        cell = Cell(
            tuple(shift for shift in planned if shift.day == day),
            tuple(shift for shift in worked if shift.day == day),
            tuple(findings.get(day, ())),
        )
        minutes[day] = cell.worked_minutes if cell.worked else cell.planned_minutes
        if day in days:
            cells[day] = (cell.planned, cell.worked, cell.findings)
    of_month = {day: value for day, value in minutes.items() if day in days}
    total, over_on = 0, None
    for day, value in of_month.items():
        total += value
        if over_on is None and total > terms.cap.most:
            over_on = day
    weeks = Counter(day - timedelta(days=day.weekday()) for day in minutes)
    all_worked = sum(shift.minutes for shift in worked if shift.day in days)
    return cells, all_worked, total, max(0, terms.cap.most - total), over_on, dict(sorted(weeks.items()))
