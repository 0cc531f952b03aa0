"""Entering planned and worked hours into cells of the month's grid, and clearing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import (
    Finding,
    PersonShifts,
    Severity,
    ShiftKind,
    ShiftTime,
    check_shift,
)
from fujisawa_desktop.rules.shift_entry import TypedShift, parse_entry
from fujisawa_desktop.services.changes import ChangeSet
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

Place = tuple[int, date]
"""A cell of the grid: appointment and day."""


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What was entered, and what is odd about it though it was kept."""

    change: ChangeSet
    findings: tuple[Finding, ...]


def enter_hours(
    database: Database,
    *,
    programme_id: int,
    places: Sequence[Place],
    kind: ShiftKind,
    text: str,
    holiday_order: str = "",
    actor: str | None = None,
) -> EntryResult:
    """Put what was typed into one or more cells; an empty text clears them.

    What stood in the cells of that kind is replaced.  Planned time that breaks a hard rule is
    refused and nothing at all is changed; worked time is kept and its findings are returned.

    Raises:
        ValidationError: the text cannot be read.
        RuleError: a rule refuses the time (its code is the finding's), or ``month.closed``.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, _label(kind, text), actor=actor) as work:
        typed = parse_entry(text, work_terms(work.session, programme_id).patterns)
        desk = _Desk(work, programme_id, places)
        findings = [
            finding
            for place in dict.fromkeys(places)
            for finding in desk.put(place, kind, typed, holiday_order=holiday_order.strip())
        ]
        change = work.commit(count=len(set(places)))
    return EntryResult(change, tuple(findings))


def work_as_planned(
    database: Database, *, programme_id: int, places: Sequence[Place], actor: str | None = None
) -> EntryResult:
    """Record as worked what was planned, for those of the cells where nothing was recorded yet.

    Raises:
        RuleError: ``hours.nothing-planned`` when none of the cells is such a one; else as
            :func:`enter_hours`.
    """
    with unit_of_work(database, "hours.as-planned", actor=actor) as work:
        desk = _Desk(work, programme_id, places)
        findings: list[Finding] = []
        done = 0
        for place in dict.fromkeys(places):
            planned = desk.typed(place, ShiftKind.PLANNED)
            if planned and not desk.typed(place, ShiftKind.WORKED):
                findings += desk.put(place, ShiftKind.WORKED, planned, holiday_order="")
                done += 1
        if not done:
            raise RuleError("hours.nothing-planned")
        change = work.commit(count=done)
    return EntryResult(change, tuple(findings))


class _Desk:
    """The shifts of the people being edited; knows what was put down earlier in the same act."""

    def __init__(self, work: UnitOfWork, programme_id: int, places: Collection[Place]) -> None:
        ids = {appointment_id for appointment_id, _day in places}
        self._work = work
        self._members = {
            member.appointment_id: member
            for member in members(work.session, programme_id, appointment_ids=ids)
        }
        if ids - set(self._members):
            raise NotFoundError("appointment.missing")
        self._shifts = shifts_of(work.session, programme_id, appointment_ids=ids)
        self._closed = closed_months(work.session, programme_id, appointment_ids=ids)

    def typed(self, place: Place, kind: ShiftKind) -> tuple[TypedShift, ...]:
        """Return what stands in a cell."""
        return tuple(
            TypedShift(shift.time.start, shift.time.end, shift.time.break_minutes)
            for shift in self._at(place, kind)
        )

    def put(
        self, place: Place, kind: ShiftKind, typed: Sequence[TypedShift], *, holiday_order: str
    ) -> list[Finding]:
        """Check and store the new contents of a cell; returns what is odd about worked time."""
        appointment_id, day = place
        member = self._members[appointment_id]
        if (appointment_id, day.year, day.month) in self._closed:
            raise RuleError("month.closed", year=day.year, month=day.month, person=member.name)
        before = self._at(place, kind)
        order = holiday_order or next((shift.holiday_order for shift in before), "")
        others = [shift for shift in self._shifts.get(appointment_id, ()) if shift not in before]
        wanted = [entry.on(day) for entry in typed]
        findings = self._check(member, wanted, kind, person_shifts(others), ordered=bool(order))
        self._store(place, kind, before, wanted, order)
        fresh = [
            StoredShift(
                id=0,  # not stored yet, so not known by a number
                appointment_id=appointment_id,
                kind=kind,
                time=shift,
                is_remote=False,
                holiday_order=order,
                reason="",
            )
            for shift in wanted
        ]
        self._shifts[appointment_id] = [*others, *fresh]
        self._work.concerns("applicant", member.applicant_id)
        return findings

    def _at(self, place: Place, kind: ShiftKind) -> list[StoredShift]:
        appointment_id, day = place
        shifts = self._shifts.get(appointment_id, ())
        return [shift for shift in shifts if shift.time.day == day and shift.kind is kind]

    @staticmethod
    def _check(
        member: Member, wanted: Iterable[ShiftTime], kind: ShiftKind, others: PersonShifts, *, ordered: bool
    ) -> list[Finding]:
        planned, worked = list(others.planned), list(others.worked)
        found: list[Finding] = []
        for shift in wanted:
            around = PersonShifts(planned, worked)
            rules = member.rules_in(shift.day)
            new = check_shift(shift, kind=kind, rules=rules, others=around, ordered=ordered)
            refusal = next((finding for finding in new if finding.severity is Severity.REFUSE), None)
            if refusal is not None:
                raise RuleError(refusal.code, **{**refusal.params, "person": member.name})
            found += new
            (planned if kind is ShiftKind.PLANNED else worked).append(shift)
        return found

    def _store(
        self,
        place: Place,
        kind: ShiftKind,
        before: Sequence[StoredShift],
        wanted: Sequence[ShiftTime],
        order: str,
    ) -> None:
        appointment_id, day = place
        session = self._work.session
        rows = (
            {
                row.starts: row
                for row in session.scalars(
                    select(Shift).where(
                        Shift.appointment_id == appointment_id,
                        Shift.day == day,
                        Shift.kind == kind,
                    )
                )
            }
            if before
            else {}
        )
        for shift in wanted:
            row = rows.pop(shift.start, None)
            if row is None:
                row = Shift(appointment_id=appointment_id, kind=kind, day=day)
                row.starts, row.is_remote, row.reason = shift.start, False, ""
                session.add(row)
            row.ends, row.break_minutes, row.minutes = shift.end, shift.break_minutes, shift.minutes
            row.holiday_order = order
        for row in rows.values():
            session.delete(row)


def _label(kind: ShiftKind, text: str) -> str:
    return f"hours.{kind.value}" if text.strip() else f"hours.{kind.value}-cleared"
