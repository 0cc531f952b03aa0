"""Taking in when applicants and interviewers have time for interviews."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.exchange.row_values import Rejection, RowWarning
from fujisawa_desktop.exchange.simple_rows import (
    AvailabilityRecord,
    InterviewerRecord,
    read_availability,
    read_interviewers,
)
from fujisawa_desktop.models import (
    ApplicantAvailability,
    Application,
    Interviewer,
    InterviewerAvailability,
    InterviewerCourse,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import is_open
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.import_files import ImportFile, store_batch
from fujisawa_desktop.services.imports import ImportResult, Progress
from fujisawa_desktop.services.intake_plan import Steps
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_windows import Stated, StoredWindow, WindowChanges, compare
from fujisawa_desktop.services.interviewer_said import SaidOfInterviewers
from fujisawa_desktop.services.lookup import course_matcher, entries_by_number
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_PARTS: Final = re.compile(r"[;；、，\n]+")
_NUMBER: Final = "申込番号"
_COURSE: Final = "コース"


def import_availability(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    dry_run: bool = False,
    encoding: str | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Record when applicants can be interviewed (申込番号, 日付, 開始, 終了); one act.

    For a person and a day that the file names, its windows replace the stored ones; importing the
    same file again changes nothing.

    Raises:
        InputFileError: the file is no table, or lacks a column.
        NotFoundError: ``programme.none``.
        Cancelled: the clerk stopped.
    """
    opened = ImportFile.open(file, encoding=encoding)
    steps = Steps(len(opened.table.rows), progress, cancelled)
    if dry_run:
        with database.read() as session:
            changes = _applicants_changes(session, programme_id, opened, steps)
        return _result(opened, changes, ChangeSet(None, Label("import.availability"), frozenset()))
    with unit_of_work(database, "import.availability", actor=actor) as work:
        changes = _applicants_changes(work.session, programme_id, opened, steps)
        rows = [{"applicant_id": row.owner, **_times(row)} for row in changes.to_insert]
        _write(work, ApplicantAvailability, changes, rows)
        return _finish(work, programme_id, "availability", opened, changes, steps)


def import_interviewers(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    dry_run: bool = False,
    encoding: str | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Record interviewers, the courses they see, and when (面接官, コース, 日付, 開始, 終了); one act.

    An empty course in any row of an interviewer means every course.  The courses of a known
    interviewer become those of the file.  The columns 役割, 1日の上限, 配慮対応 and 会議URL may be
    there or not; an empty cell changes nothing.

    Raises:
        InputFileError: the file is no table, or lacks a column.
        NotFoundError: ``programme.none``.
        Cancelled: the clerk stopped.
    """
    opened = ImportFile.open(file, encoding=encoding)
    steps = Steps(len(opened.table.rows), progress, cancelled)
    if dry_run:
        with database.read() as session:
            changes = _Interviewers(session, programme_id, opened).plan(steps)
        return _result(opened, changes, ChangeSet(None, Label("import.interviewers"), frozenset()))
    with unit_of_work(database, "import.interviewers", actor=actor) as work:
        people = _Interviewers(work.session, programme_id, opened)
        changes = people.plan(steps)
        ids = people.store(work)
        rows = [{"interviewer_id": ids[row.owner], **_times(row)} for row in changes.to_insert]
        _write(work, InterviewerAvailability, changes, rows)
        return _finish(work, programme_id, "interviewers", opened, changes, steps)


def _times(row: Stated[Any]) -> dict[str, object]:
    return {"day": row.day, "starts": row.start, "ends": row.end}


def _write(
    work: UnitOfWork,
    model: type[ApplicantAvailability | InterviewerAvailability],
    changes: WindowChanges[Any],
    rows: Sequence[dict[str, Any]],
) -> None:
    work.delete_many(model, changes.to_delete)
    work.update_many(model, {row_id: {"ends": end} for row_id, end in changes.to_lengthen.items()})
    work.insert_many(model, rows)


def _finish(
    work: UnitOfWork,
    programme_id: int,
    kind: str,
    file: ImportFile,
    changes: WindowChanges[Any],
    steps: Steps,
) -> ImportResult:
    written = changes.count("added") + changes.count("updated")
    if written:
        store_batch(work, programme_id=programme_id, kind=kind, file=file, outcomes=changes.outcomes)
    steps.finish()
    return _result(file, changes, work.commit(count=written))


def _result(file: ImportFile, changes: WindowChanges[Any], change: ChangeSet) -> ImportResult:
    return ImportResult(
        change=change,
        rows=len(file.table.rows),
        added=changes.count("added"),
        updated=changes.count("updated"),
        unchanged=changes.count("unchanged"),
        rejected=changes.rejections(),
        warnings=tuple(sorted(changes.warnings, key=lambda warning: warning.line)),
    )


def _programme(session: Session, programme_id: int) -> Programme:
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    return programme


def _day_warnings(programme: Programme, line: int, day: date) -> list[RowWarning]:
    closed = frozenset(row.day for row in programme.closed_days)
    if not is_open(day, closed):
        return [RowWarning(line, "availability.closed-day", {"day": day})]
    if not programme.interview_from <= day <= programme.interview_until:
        return [RowWarning(line, "availability.outside-period", {"day": day})]
    return []


# --- applicants ----------------------------------------------------------------


def _applicants_changes(
    session: Session, programme_id: int, file: ImportFile, steps: Steps
) -> WindowChanges[int]:
    programme = _programme(session, programme_id)
    read = read_availability(file.table)
    changes: WindowChanges[int] = WindowChanges()
    for rejection in read.rejections:
        changes.refuse(rejection)
    rows = _of_known_people(session, programme_id, read.records, changes)
    steps.at(len(rows))
    for row in rows:
        changes.warnings += _day_warnings(programme, row.line, row.day)
    _warn_of_those_not_passed(session, rows, changes)
    compare(changes, rows, _stored_of_applicants(session, {row.owner for row in rows}))
    return changes


def _of_known_people(
    session: Session, programme_id: int, records: Sequence[AvailabilityRecord], changes: WindowChanges[int]
) -> list[Stated[int]]:
    entries = entries_by_number(session, programme_id, [record.number for record in records])
    rows: list[Stated[int]] = []
    for record in records:
        found = entries.get(record.number, [])
        if len(found) != 1:
            code = "availability.ambiguous-number" if found else "availability.unknown-number"
            changes.refuse(Rejection(record.line, _NUMBER, code, {"number": record.number}))
            continue
        (entry,) = found
        rows.append(Stated(record.line, entry.applicant_id, record.day, record.start, record.end, entry.id))
    return rows


def _warn_of_those_not_passed(
    session: Session, rows: Sequence[Stated[int]], changes: WindowChanges[int]
) -> None:
    """Tell once a person that the time of somebody who is not to be interviewed is kept for nothing."""
    waiting: set[int] = set()
    for chunk in chunks(sorted({row.owner for row in rows})):
        query = select(Application.applicant_id).where(
            Application.applicant_id.in_(chunk), Application.status == ApplicationStatus.FIRST_PASSED
        )
        waiting |= set(session.scalars(query))
    told: set[int] = set()
    for row in rows:
        if row.owner not in waiting and row.owner not in told:
            told.add(row.owner)
            changes.warnings.append(RowWarning(row.line, "availability.not-passed"))


def _stored_of_applicants(session: Session, applicant_ids: Iterable[int]) -> list[StoredWindow[int]]:
    found: list[StoredWindow[int]] = []
    for chunk in chunks(sorted(applicant_ids)):
        query = select(ApplicantAvailability).where(ApplicantAvailability.applicant_id.in_(chunk))
        found += [
            StoredWindow(row.id, row.applicant_id, row.day, row.starts, row.ends)
            for row in session.scalars(query)
        ]
    return found


# --- interviewers --------------------------------------------------------------


class _Interviewers:
    """The interviewers of a file beside those of the database, known by their folded names."""

    def __init__(self, session: Session, programme_id: int, file: ImportFile) -> None:
        self._session = session
        self._programme_id = programme_id
        self._file = file
        self._programme = _programme(session, programme_id)
        self._matcher = course_matcher(session, programme_id)
        query = select(Interviewer).where(Interviewer.programme_id == programme_id)
        self._known = {search_key(row.name): row for row in session.scalars(query)}
        self._names: dict[str, str] = {}
        self._courses: dict[str, set[int]] = {}
        self._sees_all: set[str] = set()
        self._first_lines: dict[str, int] = {}
        self._said = SaidOfInterviewers()

    def plan(self, steps: Steps) -> WindowChanges[str]:
        """Work out what the file would do."""
        read = read_interviewers(self._file.table)
        changes: WindowChanges[str] = WindowChanges()
        for rejection in read.rejections:
            changes.refuse(rejection)
        rows = [row for record in read.records if (row := self._row(record, changes)) is not None]
        steps.at(len(rows))
        for row in rows:
            changes.warnings += _day_warnings(self._programme, row.line, row.day)
        compare(changes, rows, self._stored_windows())
        self._note_new_courses(changes)
        for key, _new in self._said.changed(self._known):
            self._note_change(changes, key, "interviewers.facts-changed")
        return changes

    def store(self, work: UnitOfWork) -> dict[str, int]:
        """Write interviewers and their courses; return the id of each folded name."""
        ids = {key: row.id for key, row in self._known.items()}
        fresh = [key for key in self._names if key not in ids]
        last = self._session.scalar(
            select(func.max(Interviewer.position)).where(Interviewer.programme_id == self._programme_id)
        )
        rows = [
            {
                "programme_id": self._programme_id,
                "position": (last or 0) + at,
                "name": self._names[key],
                **self._said.of_new(key),
            }
            for at, key in enumerate(fresh, 1)
        ]
        ids.update(zip(fresh, work.insert_many(Interviewer, rows), strict=True))
        self._said.write(work, self._known)
        self._store_courses(work, ids)
        return ids

    def _row(self, record: InterviewerRecord, changes: WindowChanges[str]) -> Stated[str] | None:
        course_ids = set()
        for part in filter(None, map(str.strip, _PARTS.split(record.course_text))):
            course = self._matcher.match(part)
            if course is None:
                changes.refuse(Rejection(record.line, _COURSE, "interviewers.course-unknown", {"text": part}))
                return None
            course_ids.add(course.course_id)
        key = search_key(record.name)
        contradiction = self._said.take(record.line, key, record.facts)
        if contradiction is not None:
            changes.refuse(contradiction)
            return None
        self._names.setdefault(key, record.name)
        self._first_lines.setdefault(key, record.line)
        self._courses.setdefault(key, set()).update(course_ids)
        if not course_ids:
            self._sees_all.add(key)
        return Stated(record.line, key, record.day, record.start, record.end)

    def _stored_windows(self) -> list[StoredWindow[str]]:
        keys = {row.id: key for key, row in self._known.items()}
        query = select(InterviewerAvailability).where(InterviewerAvailability.interviewer_id.in_(keys))
        return [
            StoredWindow(row.id, keys[row.interviewer_id], row.day, row.starts, row.ends)
            for row in self._session.scalars(query)
        ]

    def _wanted(self, key: str) -> set[int]:
        return set() if key in self._sees_all else self._courses[key]

    def _stored_courses(self) -> dict[str, dict[int, int]]:
        """Return for each known name the courses and the ids of their rows."""
        keys = {row.id: key for key, row in self._known.items()}
        query = select(InterviewerCourse).where(InterviewerCourse.interviewer_id.in_(keys))
        found: dict[str, dict[int, int]] = {}
        for row in self._session.scalars(query):
            found.setdefault(keys[row.interviewer_id], {})[row.course_id] = row.id
        return found

    def _note_new_courses(self, changes: WindowChanges[str]) -> None:
        """Count the first row of an interviewer whose courses change as updated, though its time is not."""
        stored = self._stored_courses()
        for key in self._names:
            if key not in self._known or self._wanted(key) == set(stored.get(key, {})):
                continue
            self._note_change(changes, key, "interviewers.courses-changed")

    def _note_change(self, changes: WindowChanges[str], key: str, code: str) -> None:
        line = self._first_lines[key]
        if changes.outcomes[line].outcome == "unchanged":
            changes.outcomes[line] = type(changes.outcomes[line])("updated")
        changes.warnings.append(RowWarning(line, code))

    def _store_courses(self, work: UnitOfWork, ids: dict[str, int]) -> None:
        stored = self._stored_courses()
        unwanted: list[int] = []
        wanted: list[dict[str, Any]] = []
        for key in self._names:
            have, want = stored.get(key, {}), self._wanted(key)
            unwanted += [row_id for course_id, row_id in have.items() if course_id not in want]
            wanted += [
                {"interviewer_id": ids[key], "course_id": course_id}
                for course_id in sorted(want - have.keys())
            ]
        work.delete_many(InterviewerCourse, unwanted)
        work.insert_many(InterviewerCourse, wanted)
