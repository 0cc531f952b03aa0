"""Judging the rows of a file of hours, each against what is stored and against the other rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.hours_rows import BREAK, WORK_DAY, HoursRecord
from fujisawa_desktop.exchange.simple_rows import END, NUMBER, START
from fujisawa_desktop.models import Entry, Shift
from fujisawa_desktop.rules.calendar import HOLIDAYS_PUBLISHED_THROUGH
from fujisawa_desktop.rules.hours import (
    Finding,
    PersonShifts,
    Severity,
    ShiftKind,
    ShiftTime,
    check_shift,
    worked_minutes,
)
from fujisawa_desktop.services.import_files import RowOutcome
from fujisawa_desktop.services.imports import Progress, RejectedRow, Warning_
from fujisawa_desktop.services.staff import Member, StoredShift, closed_months, members, shifts_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_COLUMNS: Final = {"shift.overlap": START, "shift.break-short": BREAK, "shift.over-eight-hours": END}
"""Which column a finding is about; all others are about the day."""


@dataclass(frozen=True, slots=True)
class HoursLine:
    """What a row of a file does: ``before`` is what it replaces, with the break in minutes."""

    line: int
    outcome: str
    number: str
    name: str
    kind: ShiftKind
    after: ShiftTime
    before: ShiftTime | None = None


@dataclass(slots=True)
class _Known:
    """A stretch of work the program knows: stored before, or read from a row of the file."""

    time: ShiftTime
    is_remote: bool
    holiday_order: str
    reason: str
    shift_id: int | None = None
    line: int | None = None

    def same_as(self, other: _Known) -> bool:
        return (self.time, self.is_remote, self.holiday_order, self.reason) == (
            other.time,
            other.is_remote,
            other.holiday_order,
            other.reason,
        )


class _Refused(Exception):  # noqa: N818 - the outcome of one row, not an error of the program
    """Ends the taking in of one row."""

    def __init__(self, row: RejectedRow) -> None:
        super().__init__(row.code)
        self.row = row


class HoursIntake:
    """Judges rows so that their order in the file does not matter, and a second time changes nothing.

    Rows are taken by day and start.  A row that was refused is tried again as long as others went
    in, since one of them may have made room for it.

    Args:
        session: an open session.
        programme_id: the programme.
        kind: what rows without 区分 are.
    """

    def __init__(self, session: Session, programme_id: int, kind: ShiftKind) -> None:
        self._kind = kind
        self._members: dict[str, list[Member]] = {}
        for member in members(session, programme_id):
            self._members.setdefault(member.number, []).append(member)
        self._entered = set(session.scalars(select(Entry.number).where(Entry.programme_id == programme_id)))
        self._closed = closed_months(session, programme_id)
        self._known: dict[tuple[int, ShiftKind], list[_Known]] = {}
        for appointment_id, shifts in shifts_of(session, programme_id).items():
            self._remember(appointment_id, shifts)
        self._added: list[tuple[_Known, Member, ShiftKind]] = []
        self._updated: list[tuple[_Known, Member]] = []
        self._lines: dict[int, HoursLine] = {}
        self._entries: dict[int, int] = {}
        self._warnings: list[Warning_] = []
        self.rejected: list[RejectedRow] = []

    def _remember(self, appointment_id: int, shifts: Sequence[StoredShift]) -> None:
        for shift in shifts:
            known = _Known(shift.time, shift.is_remote, shift.holiday_order, shift.reason, shift.id)
            self._known.setdefault((appointment_id, shift.kind), []).append(known)

    @property
    def lines(self) -> list[HoursLine]:
        """What becomes of the rows that are taken in or say what is known, in the order of the file."""
        return [self._lines[line] for line in sorted(self._lines)]

    @property
    def warnings(self) -> list[Warning_]:
        """What a clerk should look at, in the order of the file."""
        return sorted([*self._warnings, *self._forecast_years()], key=lambda warning: warning.line)

    def count(self, outcome: str) -> int:
        """Return how many rows are ``added``, ``updated`` or ``unchanged``."""
        return sum(line.outcome == outcome for line in self._lines.values())

    def take_all(self, records: Iterable[HoursRecord], progress: Progress | None = None) -> None:
        """Judge all rows and note what is to be done with each."""
        waiting = sorted(records, key=_order)
        total, done = len(waiting), 0
        refused: list[tuple[HoursRecord, RejectedRow]] = []
        while waiting:
            refused = []
            for record in waiting:
                if progress is not None and done < total:
                    progress(done, total)
                done += 1
                try:
                    self._take(record)
                except _Refused as no:
                    refused.append((record, no.row))
            if len(refused) == len(waiting):
                break
            waiting = [record for record, _row in refused]
        self.rejected += [row for _record, row in refused]

    def _take(self, record: HoursRecord) -> None:
        member = self._member(record)
        kind = record.kind or self._kind
        self._check_times(record)
        known = self._known.setdefault((member.appointment_id, kind), [])
        same = next((k for k in known if (k.time.day, k.time.start) == (record.day, record.start)), None)
        wanted = _wanted(record, same)
        if same is not None and same.line is not None:
            raise _Refused(RejectedRow(record.line, START, "hours.twice-in-file", {"line": same.line}))
        unchanged = same is not None and same.same_as(wanted)
        month = (member.appointment_id, record.day.year, record.day.month)
        if month in self._closed and not unchanged:
            params = {"year": record.day.year, "month": record.day.month, "person": member.name}
            raise _Refused(RejectedRow(record.line, WORK_DAY, "month.closed", params))
        findings = self._findings(member, kind, wanted, same)
        clash = next((finding for finding in findings if finding.severity is Severity.REFUSE), None)
        if clash is not None and not unchanged:
            raise _Refused(RejectedRow(record.line, _column(clash), clash.code, clash.params))
        self._note(record, member, kind, wanted, same)
        self._warnings += [Warning_(record.line, one.code, one.params, _column(one)) for one in findings]

    def _member(self, record: HoursRecord) -> Member:
        found = self._members.get(record.number, [])
        if len(found) == 1:
            return found[0]
        if found:
            code = "hours.ambiguous-number"
        else:
            code = "hours.not-appointed" if record.number in self._entered else "hours.unknown-number"
        raise _Refused(RejectedRow(record.line, NUMBER, code, {"number": record.number}))

    @staticmethod
    def _check_times(record: HoursRecord) -> None:
        try:
            worked_minutes(record.start, record.end, record.break_minutes)
        except ValidationError as error:
            column = {"break": BREAK, "start": START}.get(error.field, END)
            params = {name: value for name, value in error.params.items() if name != "field"}
            raise _Refused(RejectedRow(record.line, column, error.code, params)) from error

    def _findings(
        self, member: Member, kind: ShiftKind, wanted: _Known, same: _Known | None
    ) -> list[Finding]:
        others = {
            one: [
                known.time for known in self._known.get((member.appointment_id, one), ()) if known is not same
            ]
            for one in ShiftKind
        }
        day = wanted.time.day
        return check_shift(
            wanted.time,
            kind=kind,
            rules=member.rules_in(day),
            others=PersonShifts(others[ShiftKind.PLANNED], others[ShiftKind.WORKED]),
            ordered=bool(wanted.holiday_order) or self._ordered(member.appointment_id, day, but=same),
        )

    def _ordered(self, appointment_id: int, day: date, *, but: _Known | None) -> bool:
        # An order that the row itself would take away does not speak for it.
        return any(
            known.holiday_order and known.time.day == day and known is not but
            for kind in ShiftKind
            for known in self._known.get((appointment_id, kind), ())
        )

    def _note(
        self, record: HoursRecord, member: Member, kind: ShiftKind, wanted: _Known, same: _Known | None
    ) -> None:
        wanted.line = record.line
        before = None if same is None else same.time
        if same is None:
            outcome = "added"
            self._known[member.appointment_id, kind].append(wanted)
            self._added.append((wanted, member, kind))
        elif same.same_as(wanted):
            outcome, same.line = "unchanged", record.line
        else:
            outcome = "updated"
            mine = self._known[member.appointment_id, kind]
            mine[mine.index(same)] = wanted
            self._updated.append((wanted, member))
        self._entries[record.line] = member.entry_id
        self._lines[record.line] = HoursLine(
            record.line, outcome, member.number, member.name, kind, wanted.time, before
        )

    def _forecast_years(self) -> list[Warning_]:
        """Name, at its first row, each year whose holidays nobody has published yet."""
        first: dict[int, int] = {}
        for line in self.lines:
            first.setdefault(line.after.day.year, line.line)
        return [
            Warning_(line, "hours.holidays-unknown", {"year": str(year)}, WORK_DAY)
            for year, line in first.items()
            if year > HOLIDAYS_PUBLISHED_THROUGH
        ]

    def store(self, work: UnitOfWork) -> None:
        """Write what was noted."""
        work.insert_many(
            Shift,
            [
                {
                    "appointment_id": member.appointment_id,
                    "kind": kind,
                    "day": known.time.day,
                    "starts": known.time.start,
                    **_rest(known),
                }
                for known, member, kind in self._added
            ],
        )
        work.update_many(
            Shift, {known.shift_id: _rest(known) for known, _member in self._updated if known.shift_id}
        )
        touched = [
            *(member for _known, member, _kind in self._added),
            *(one for _known, one in self._updated),
        ]
        for applicant_id in {member.applicant_id for member in touched}:
            work.concerns("applicant", applicant_id)

    def outcomes(self, rejected: Sequence[RejectedRow]) -> dict[int, RowOutcome]:
        """Return line → what became of it."""
        taken = {line: RowOutcome(one.outcome, self._entries[line]) for line, one in self._lines.items()}
        return taken | {row.line: RowOutcome("rejected", rejection=row) for row in rejected}


def _order(record: HoursRecord) -> tuple[Any, ...]:
    """Return where a row stands: by what it says; by its line only among rows that say the same."""
    return (
        record.day,
        record.start,
        record.end,
        record.break_minutes,
        record.number,
        str(record.kind),
        str(record.is_remote),
        record.holiday_order or "",
        record.reason or "",
        record.line,
    )


def _wanted(record: HoursRecord, same: _Known | None) -> _Known:
    """Return what a row wants to be stored; what the file has no column for stays as it is."""
    known = same or _Known(
        ShiftTime(record.day, record.start, record.end, record.break_minutes),
        is_remote=False,
        holiday_order="",
        reason="",
    )
    return replace(
        known,
        time=ShiftTime(record.day, record.start, record.end, record.break_minutes),
        is_remote=known.is_remote if record.is_remote is None else record.is_remote,
        holiday_order=known.holiday_order if record.holiday_order is None else record.holiday_order,
        reason=known.reason if record.reason is None else record.reason,
        line=None,
    )


def _column(finding: Finding) -> str:
    return _COLUMNS.get(finding.code, WORK_DAY)


def _rest(known: _Known) -> dict[str, Any]:
    time = known.time
    return {
        "ends": time.end,
        "break_minutes": time.break_minutes,
        "minutes": time.minutes,
        "is_remote": known.is_remote,
        "holiday_order": known.holiday_order,
        "reason": known.reason,
    }
