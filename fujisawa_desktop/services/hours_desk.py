"""The shifts of the people being edited within one act: cells are judged and replaced, then written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Shift
from fujisawa_desktop.rules.hours import (
    Finding,
    Severity,
    ShiftKind,
    check_day,
    month_findings,
    needs_reason,
    refused,
)
from fujisawa_desktop.rules.shift_entry import TypedShift, WorkPattern, parse_entry
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
from fujisawa_desktop.services.unit_of_work import UnitOfWork

Place = tuple[int, date]
"""A cell of the grid: appointment and day."""


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What was entered, and what is odd about it though it was kept.

    Attributes:
        change: what the act changed.
        findings: what is odd, in order of people and days.
        unexplained: cells with worked time that still wants a reason because of this act.
    """

    change: ChangeSet
    findings: tuple[Finding, ...]
    unexplained: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to stand in a cell.

    ``order`` and ``reason`` are kept from what stood there when they are empty.
    """

    typed: tuple[TypedShift, ...] = ()
    order: str = ""
    reason: str = ""


class HoursDesk:
    """Knows what was put down earlier in the same act; nothing is stored before :meth:`write`.

    Attributes:
        patterns: the usual days of the programme.
    """

    def __init__(self, work: UnitOfWork, programme_id: int, places: Collection[Place]) -> None:
        ids = {appointment_id for appointment_id, _day in places}
        self._work = work
        self.patterns: tuple[WorkPattern, ...] = work_terms(work.session, programme_id).patterns
        staff = members(work.session, programme_id, appointment_ids=ids)
        self._members = {member.appointment_id: member for member in staff}
        if ids - set(self._members):
            raise NotFoundError("appointment.missing")
        self._shifts = shifts_of(work.session, programme_id, appointment_ids=ids)
        self._closed = closed_months(work.session, programme_id, appointment_ids=ids)
        self._before: dict[tuple[Place, ShiftKind], list[StoredShift]] = {}

    def member(self, appointment_id: int) -> Member:
        """Return a person."""
        return self._members[appointment_id]

    def read(self, place: Place, text: str) -> tuple[TypedShift, ...]:
        """Read what was typed for a cell; a refusal names the cell."""
        try:
            return parse_entry(text, self.patterns)
        except ValidationError as error:
            said = {name: value for name, value in error.params.items() if name != "field"}
            where = {"person": self.member(place[0]).name, "cell": place[1]}
            raise ValidationError(error.code, field=error.field, **said, **where) from error

    def stored(self, place: Place, kind: ShiftKind) -> list[StoredShift]:
        """Return the shifts in a cell."""
        appointment_id, day = place
        shifts = self._shifts.get(appointment_id, ())
        return [shift for shift in shifts if shift.time.day == day and shift.kind is kind]

    def typed(self, place: Place, kind: ShiftKind) -> tuple[TypedShift, ...]:
        """Return what stands in a cell as it would be typed."""
        return tuple(
            TypedShift(shift.time.start, shift.time.end, shift.time.break_minutes)
            for shift in self.stored(place, kind)
        )

    def is_closed(self, place: Place) -> bool:
        """Say whether the month of a cell is closed for its person."""
        return (place[0], place[1].year, place[1].month) in self._closed

    def judge(self, place: Place, kind: ShiftKind, contents: Contents) -> list[Finding]:
        """Return what the contents would break in this cell, with everything else as it now stands."""
        appointment_id, day = place
        before = self.stored(place, kind)
        others = [shift for shift in self._shifts.get(appointment_id, ()) if shift not in before]
        return check_day(
            [typed.on(day) for typed in contents.typed],
            kind=kind,
            rules=self.member(appointment_id).rules_in(day),
            others=person_shifts(others),
            ordered=bool(contents.order or self._order_of(place)),
        )

    def replace(self, contents: Mapping[Place, Contents], kind: ShiftKind) -> list[Finding]:
        """Put new contents into cells, all of them or none; returns what is odd about them.

        What stood there is taken out of all cells first: only what will stand there is judged,
        whatever the order.

        Raises:
            RuleError: ``month.closed``, or the code of the rule that refuses.
        """
        kept = {place: self._completed(place, kind, wanted) for place, wanted in contents.items()}
        for place in kept:
            self._clear(place, kind)
        found: list[Finding] = []
        for place, wanted in sorted(kept.items(), key=lambda item: item[0]):
            findings = self.judge(place, kind, wanted)
            if refused(findings):
                refusal = next(one for one in findings if one.severity is Severity.REFUSE)
                person = self.member(place[0]).name
                raise RuleError(refusal.code, **{**refusal.params, "person": person})
            found += findings
            self._put(place, kind, wanted)
        return found

    def unexplained(self, places: Collection[Place], findings: Collection[Finding]) -> tuple[Place, ...]:
        """Return which cells want a reason now: of these, else those that broke the cap through them."""
        if not any(map(needs_reason, findings)):
            return ()
        wanting: list[Place] = []
        for appointment_id, year, month in sorted({(a, day.year, day.month) for a, day in places}):
            wanting += self._wanting(appointment_id, date(year, month, 1))
        touched = set(places)
        return tuple(place for place in wanting if place in touched) or tuple(wanting)

    def write(self) -> int:
        """Store what differs from before; returns how many cells were touched."""
        gone: list[int] = []
        changed: dict[int, dict[str, Any]] = {}
        added: list[dict[str, Any]] = []
        for (place, kind), before in self._before.items():
            rows = {shift.time.start: shift for shift in before}
            for shift in self.stored(place, kind):
                old = rows.pop(shift.time.start, None)
                if old is None:
                    added.append(_row(shift))
                else:
                    changed[old.id] = _values(shift)
            gone += [shift.id for shift in rows.values()]
            self._work.concerns("applicant", self.member(place[0]).applicant_id)
        self._work.delete_many(Shift, gone)
        self._work.update_many(Shift, changed)
        self._work.insert_many(Shift, added)
        return len({place for place, _kind in self._before})

    def _completed(self, place: Place, kind: ShiftKind, wanted: Contents) -> Contents:
        if self.is_closed(place):
            person, day = self.member(place[0]).name, place[1]
            raise RuleError("month.closed", year=day.year, month=day.month, person=person)
        before = self.stored(place, kind)
        return Contents(
            wanted.typed,
            wanted.order or self._order_of(place),
            wanted.reason or _first(shift.reason for shift in before),
        )

    def _order_of(self, place: Place) -> str:
        """Return the order for a closed day; it is given for the day, for plan and work alike."""
        return _first(shift.holiday_order for kind in ShiftKind for shift in self.stored(place, kind))

    def _clear(self, place: Place, kind: ShiftKind) -> None:
        before = self.stored(place, kind)
        self._before.setdefault((place, kind), before)
        if before:
            self._shifts[place[0]] = [s for s in self._shifts[place[0]] if s not in before]

    def _put(self, place: Place, kind: ShiftKind, wanted: Contents) -> None:
        appointment_id, day = place
        remote = {shift.time.start for shift in self._before[place, kind] if shift.is_remote}
        fresh = [
            StoredShift(
                id=0,  # not stored yet, so not known by a number
                appointment_id=appointment_id,
                kind=kind,
                time=typed.on(day),
                is_remote=typed.start in remote,
                holiday_order=wanted.order,
                reason=wanted.reason,
            )
            for typed in wanted.typed
        ]
        self._shifts[appointment_id] = [*self._shifts.get(appointment_id, ()), *fresh]

    def _wanting(self, appointment_id: int, month_of: date) -> list[Place]:
        shifts = self._shifts.get(appointment_id, ())
        said = {shift.time.day for shift in shifts if shift.reason and shift.kind is ShiftKind.WORKED}
        ordered = frozenset(shift.time.day for shift in shifts if shift.holiday_order)
        times = person_shifts(shifts)
        worked = {shift.day for shift in times.worked}
        rules = self.member(appointment_id).rules_in(month_of)
        marks = month_findings(times, rules, month_of, ordered=ordered)
        return [
            (appointment_id, day)
            for day, findings in marks.items()
            if day in worked and day not in said and any(map(needs_reason, findings))
        ]


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _values(shift: StoredShift) -> dict[str, time | int | str | bool]:
    return {
        "ends": shift.time.end,
        "break_minutes": shift.time.break_minutes,
        "minutes": shift.time.minutes,
        "is_remote": shift.is_remote,
        "holiday_order": shift.holiday_order,
        "reason": shift.reason,
    }


def _row(shift: StoredShift) -> dict[str, Any]:
    known = {"appointment_id": shift.appointment_id, "kind": shift.kind, "day": shift.time.day}
    return {**known, "starts": shift.time.start, **_values(shift)}


def put_down(
    work: UnitOfWork,
    desk: HoursDesk,
    contents: Mapping[Place, Contents],
    kind: ShiftKind,
    *,
    count: int | None = None,
) -> EntryResult:
    """Replace these cells, store them and end the act; ``count`` is what its label counts.

    Raises:
        RuleError: as :meth:`HoursDesk.replace`.
    """
    findings = desk.replace(contents, kind)
    unexplained = desk.unexplained(list(contents), findings) if kind is ShiftKind.WORKED else ()
    cells = desk.write()
    return EntryResult(work.commit(count=cells if count is None else count), tuple(findings), unexplained)
