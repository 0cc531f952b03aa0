"""Taking in a file of worked hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.simple_rows import HoursRecord, read_hours
from fujisawa_desktop.models import Entry, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import (
    Finding,
    PersonShifts,
    Severity,
    ShiftKind,
    ShiftTime,
    check_shift,
    worked_minutes,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.import_files import ImportFile, RowOutcome, store_batch
from fujisawa_desktop.services.imports import ImportResult, Progress, RejectedRow, Warning_
from fujisawa_desktop.services.staff import (
    Member,
    StoredShift,
    closed_months,
    members,
    shifts_of,
    work_terms,
)
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_TIMES = ("申込番号", "勤務日", "開始", "終了", "休憩分")
_NUMBER, _DAY, _START, _END, _BREAK = _TIMES


@dataclass(slots=True)
class _Known:
    """A stretch of work the program knows: stored before, or read from an earlier line."""

    time: ShiftTime
    shift_id: int | None
    line: int | None = None


class _Refused(Exception):  # noqa: N818 - the outcome of one row, not an error of the program
    """Ends the taking in of one row."""

    def __init__(self, row: RejectedRow) -> None:
        super().__init__(row.code)
        self.row = row


def import_hours(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    dry_run: bool = False,
    encoding: str | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Record the worked time of appointed people from a file.

    A row whose person, day and start are known replaces what was recorded; the same row again
    changes nothing.  Worked time that breaks a rule is kept and warned about; a row of somebody
    not appointed, of a closed month, or that overlaps other work is refused with its reason
    while the others are taken in.

    Raises:
        InputFileError: the file cannot be read, or a column is missing.
        NotFoundError: ``programme.none``.
    """
    source = ImportFile.open(file, encoding=encoding)
    read = read_hours(source.table)
    with unit_of_work(database, "import.hours", actor=actor) as work:
        intake = _Intake(work.session, programme_id)
        for done, record in enumerate(read.records):
            if progress is not None:
                progress(done, len(read.records))
            intake.take(record)
        rejected = tuple(sorted([*read.rejections, *intake.rejected], key=lambda row: row.line))
        if dry_run or not (intake.added or intake.updated):
            change = ChangeSet(None, work.label, frozenset())
        else:
            intake.store(work)
            outcomes = intake.outcomes(rejected)
            store_batch(work, programme_id=programme_id, kind="hours", file=source, outcomes=outcomes)
            change = work.commit(count=len(intake.added) + len(intake.updated))
    return ImportResult(
        change=change,
        rows=len(source.table.rows),
        added=len(intake.added),
        updated=len(intake.updated),
        unchanged=intake.unchanged,
        rejected=rejected,
        warnings=tuple(intake.warnings),
    )


class _Intake:
    """Judges the rows one after the other, each against all before it."""

    def __init__(self, session: Session, programme_id: int) -> None:
        work_terms(session, programme_id)
        self._members: dict[str, list[Member]] = {}
        for member in members(session, programme_id):
            self._members.setdefault(member.number, []).append(member)
        self._entered = set(session.scalars(select(Entry.number).where(Entry.programme_id == programme_id)))
        self._closed = closed_months(session, programme_id)
        self._known: dict[int, list[_Known]] = {}
        self._planned: dict[int, list[ShiftTime]] = {}
        self._orders: set[tuple[int, date]] = set()
        for appointment_id, shifts in shifts_of(session, programme_id).items():
            self._remember(appointment_id, shifts)
        self.added: list[tuple[HoursRecord, Member]] = []
        self.updated: list[tuple[HoursRecord, Member, int]] = []
        self.unchanged = 0
        self.rejected: list[RejectedRow] = []
        self.warnings: list[Warning_] = []
        self._outcomes: dict[int, RowOutcome] = {}

    def _remember(self, appointment_id: int, shifts: Sequence[StoredShift]) -> None:
        worked = [_Known(s.time, s.id) for s in shifts if s.kind is ShiftKind.WORKED]
        self._known[appointment_id] = worked
        self._planned[appointment_id] = [s.time for s in shifts if s.kind is ShiftKind.PLANNED]
        self._orders |= {(appointment_id, s.time.day) for s in shifts if s.holiday_order}

    def take(self, record: HoursRecord) -> None:
        """Judge one row and note what is to be done with it."""
        try:
            member = self._member(record)
            outcome, findings = self._judge(record, member)
        except _Refused as refused:
            self.rejected.append(refused.row)
            return
        self._outcomes[record.line] = RowOutcome(outcome, member.entry_id)
        self.warnings += [Warning_(record.line, finding.code, finding.params) for finding in findings]

    def _member(self, record: HoursRecord) -> Member:
        found = self._members.get(record.number, [])
        if not found:
            code = "hours.not-appointed" if record.number in self._entered else "hours.unknown-number"
            raise _Refused(RejectedRow(record.line, _NUMBER, code, {"number": record.number}))
        if len(found) > 1:
            raise _Refused(
                RejectedRow(record.line, _NUMBER, "hours.ambiguous-number", {"number": record.number})
            )
        return found[0]

    def _judge(self, record: HoursRecord, member: Member) -> tuple[str, list[Finding]]:
        shift = ShiftTime(record.day, record.start, record.end, record.break_minutes)
        self._check_times(record)
        if (member.appointment_id, record.day.year, record.day.month) in self._closed:
            params = {"year": record.day.year, "month": record.day.month, "person": member.name}
            raise _Refused(RejectedRow(record.line, _DAY, "month.closed", params))
        known = self._known.setdefault(member.appointment_id, [])
        same = next((k for k in known if (k.time.day, k.time.start) == (shift.day, shift.start)), None)
        if same is not None and same.line is not None:
            params = {"line": same.line}
            raise _Refused(RejectedRow(record.line, _START, "hours.twice-in-file", params))
        others = [one.time for one in known if one is not same]
        findings = check_shift(
            shift,
            kind=ShiftKind.WORKED,
            rules=member.rules_in(shift.day),
            others=PersonShifts(self._planned.get(member.appointment_id, ()), others),
            ordered=(member.appointment_id, shift.day) in self._orders,
        )
        clash = next((finding for finding in findings if finding.severity is Severity.REFUSE), None)
        if clash is not None:
            raise _Refused(RejectedRow(record.line, _START, clash.code, clash.params))
        return self._note(record, member, shift, same), findings

    @staticmethod
    def _check_times(record: HoursRecord) -> None:
        try:
            worked_minutes(record.start, record.end, record.break_minutes)
        except ValidationError as error:
            column = {"break": _BREAK, "start": _START}.get(error.field, _END)
            params = {name: value for name, value in error.params.items() if name != "field"}
            raise _Refused(RejectedRow(record.line, column, error.code, params)) from error

    def _note(self, record: HoursRecord, member: Member, shift: ShiftTime, same: _Known | None) -> str:
        if same is None:
            self._known[member.appointment_id].append(_Known(shift, None, record.line))
            self.added.append((record, member))
            return "added"
        changed = same.time != shift
        same.time, same.line = shift, record.line
        if not changed or same.shift_id is None:
            self.unchanged += 1
            return "unchanged"
        self.updated.append((record, member, same.shift_id))
        return "updated"

    def store(self, work: UnitOfWork) -> None:
        """Write what was noted."""
        work.insert_many(
            Shift,
            [
                {
                    "appointment_id": member.appointment_id,
                    "kind": ShiftKind.WORKED,
                    "day": record.day,
                    "starts": record.start,
                    **_rest(record),
                }
                for record, member in self.added
            ],
        )
        work.update_many(Shift, {shift_id: _rest(record) for record, _member, shift_id in self.updated})
        touched = [*self.added, *((record, member) for record, member, _id in self.updated)]
        for applicant_id in {member.applicant_id for _record, member in touched}:
            work.concerns("applicant", applicant_id)

    def outcomes(self, rejected: Sequence[RejectedRow]) -> dict[int, RowOutcome]:
        """Return line → what became of it."""
        refused = {row.line: RowOutcome("rejected", rejection=row) for row in rejected}
        return self._outcomes | refused


def _rest(record: HoursRecord) -> dict[str, time | int]:
    return {
        "ends": record.end,
        "break_minutes": record.break_minutes,
        "minutes": worked_minutes(record.start, record.end, record.break_minutes),
    }
