"""The plan of an applicants' import: what every row would do, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import Cancelled, InputFileError, NotFoundError
from fujisawa_desktop.exchange.applicant_rows import ApplicantRecord, read_applicants
from fujisawa_desktop.exchange.column_uses import Columns, mapping_of, require_columns, uses_of
from fujisawa_desktop.exchange.columns import ColumnMapping, Field
from fujisawa_desktop.exchange.profiles import map_table
from fujisawa_desktop.exchange.row_values import Rejection, RowWarning
from fujisawa_desktop.exchange.table import Kind, Row, Table
from fujisawa_desktop.models import Programme
from fujisawa_desktop.rules.eligibility import EligibilityPolicy
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.services.course_routes import course_router
from fujisawa_desktop.services.import_files import ImportFile, let_go
from fujisawa_desktop.services.import_layouts import IntakeChoices, map_file, refuse_own_list
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.intake_compare import (
    Difference,
    Raw,
    Reading,
    StoredEntry,
    compare,
    raw_of,
    reading_of,
    said_otherwise,
)
from fujisawa_desktop.services.intake_scope import Scope, scope_of
from fujisawa_desktop.services.intake_stored import (
    KnownRow,
    earlier_rows,
    known_rows,
    named_elsewhere,
    stored_entries,
)
from fujisawa_desktop.services.lookup import CourseMatcher

_STEP: Final = 100
"""Rows between two calls of progress."""


@dataclass(slots=True)
class PlannedUpdate:
    """A row whose entry is already there and changes."""

    stored: StoredEntry
    reading: Reading
    difference: Difference


@dataclass(slots=True)
class IntakePlan:
    """What the rows of one file would do."""

    file: ImportFile
    mapping: ColumnMapping
    matcher: CourseMatcher
    to_add: list[Reading] = field(default_factory=list)
    to_update: list[PlannedUpdate] = field(default_factory=list)
    unchanged: list[tuple[ApplicantRecord, KnownRow | None]] = field(default_factory=list)
    """Records that say nothing new, with their entry; a repeated row of the file has none."""
    kept: list[PlannedUpdate] = field(default_factory=list)
    """Entries whose portal says otherwise than a clerk: the clerk's values stay."""
    raw_changed: bool = False
    """Some row is written otherwise than before though it says the same; its raw form is kept."""
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)

    @property
    def columns(self) -> Columns:
        """Heading and use of every column."""
        headings = self.file.table.headings
        return tuple(zip(headings, uses_of(self.mapping, len(headings)), strict=True))

    @property
    def has_effect(self) -> bool:
        """Whether the database would change."""
        return bool(self.to_add or self.to_update or self.raw_changed)

    def let_go(self) -> None:
        """Free what was planned, once it is told or done."""
        let_go(self.to_add, self.to_update, self.unchanged, self.kept)


class Steps:
    """Reports progress and notices 中止, every few hundred rows."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self._told = 0

    def at(self, done: int) -> None:
        """Tell how many rows are done.

        Raises:
            Cancelled: the clerk stopped the import.
        """
        if done - self._told < _STEP and done != self._total:
            return
        self._told = done
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            self._progress(done, self._total)

    def finish(self) -> None:
        """Tell that all is done."""
        if self._progress is not None and self._told != self._total:
            self._progress(self._total, self._total)


def plan_intake(
    session: Session, programme_id: int, file: ImportFile, choices: IntakeChoices, steps: Steps
) -> IntakePlan:
    """Work out what a file would do to a programme; nothing is written.

    Raises:
        InputFileError: a column that must be there cannot be recognised.
        NotFoundError: the profile or the programme does not exist.
    """
    return _Planner(session, programme_id, file, choices).plan(steps)


def policy_of(session: Session, programme_id: int) -> EligibilityPolicy:
    """Return what a programme accepts."""
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    return EligibilityPolicy(
        deadline=programme.entry_deadline,
        school_words=tuple(programme.school_words),
        refused_words=tuple(programme.refused_words),
        withdrawn_words=tuple(programme.withdrawn_words),
    )


class _Planner:
    def __init__(self, session: Session, programme_id: int, file: ImportFile, choices: IntakeChoices) -> None:
        refuse_own_list(file)
        self._session = session
        self._programme_id = programme_id
        self._policy = policy_of(session, programme_id)
        self._router = course_router(session, programme_id)
        mapping = require_columns(map_file(session, file.table, choices, self._router.matcher.words))
        if not self._router.can_route(mapping, file.table.headings):
            raise InputFileError("import.no-course-column", file=file.name)
        self._scope = scope_of(mapping, file.table.headings)
        self._plan = IntakePlan(file, mapping, self._router.matcher)

    def plan(self, steps: Steps) -> IntakePlan:
        plan = self._plan
        read = read_applicants(plan.file.table, plan.mapping)
        plan.rejected.extend(read.rejections)
        plan.warnings.extend(read.warnings)
        records = self._once_each(read.records)
        known = known_rows(
            self._session, self._programme_id, plan.mapping.source, [record.number for record in records]
        )
        differing = [
            row
            for record in records
            if (row := known.get(record.number)) is not None and self._differs(record, row)
        ]
        stored = stored_entries(self._session, differing)
        before = self._all_before(differing)
        new = [record.number for record in records if record.number not in known]
        elsewhere = named_elsewhere(self._session, self._programme_id, new)
        for done, record in enumerate(records, start=1):
            row = known.get(record.number)
            portal = elsewhere.get((record.number, search_key(record.name_raw))) if elsewhere else None
            if row is None and portal:
                plan.rejected.append(self._known_elsewhere(record, portal))
            elif row is None:
                self._place_new(record)
            elif row.entry_id in stored:
                self._place_known(record, row, compare_to=stored[row.entry_id], before=before)
            else:
                plan.unchanged.append((record, row))
            steps.at(done)
        plan.rejected.sort(key=lambda rejection: rejection.line)
        plan.warnings.sort(key=lambda warning: warning.line)
        return plan

    def _once_each(self, records: Iterable[ApplicantRecord]) -> list[ApplicantRecord]:
        """Drop a second row of the same number: silently when it is the same, else by refusing it."""
        first: dict[str, ApplicantRecord] = {}
        for record in records:
            earlier = first.setdefault(record.number, record)
            if earlier is record:
                continue
            if earlier.cells == record.cells:
                self._plan.unchanged.append((record, None))
            else:
                params = {"number": record.number, "first": earlier.line}
                self._plan.rejected.append(Rejection(record.line, "", "import.number-twice", params))
        return list(first.values())

    def _differs(self, record: ApplicantRecord, row: KnownRow) -> bool:
        """Return whether a row says, or is read as, anything else than when it last came."""
        if row.raw != raw_of(record) or row.columns not in {None, self._plan.columns}:
            return True
        if not row.course_ids.issuperset(self._router.route(record)):
            return True
        return said_otherwise(record, row.facts, self._policy, self._scope)

    def _all_before(self, rows: Iterable[KnownRow]) -> dict[int, Reading]:
        """Return what earlier files told of entries, field by field what was told last."""
        found = self._readings_before(
            (row.entry_id, row.raw, row.columns) for row in rows if row.raw is not None
        )
        lacking = {
            entry_id: lack
            for entry_id, reading in found.items()
            if (lack := (self._scope.fields & reading.person.keys()) - reading.scope.fields)
        }
        for row in earlier_rows(self._session, lacking):
            for entry_id, older in self._readings_before([row]).items():
                found[entry_id] = found[entry_id].beside(older)
        return found

    def _readings_before(self, rows: Iterable[tuple[int, Raw, Columns | None]]) -> dict[int, Reading]:
        """Read again the raw rows from which entries came that the new file words otherwise."""
        grouped: dict[tuple[tuple[str, ...], Columns | None], list[tuple[int, Raw]]] = {}
        for entry_id, raw, columns in rows:
            headings = tuple(heading for heading, _cell in raw)
            grouped.setdefault((headings, columns), []).append((entry_id, raw))
        found: dict[int, Reading] = {}
        for (headings, columns), raws in grouped.items():
            found.update(self._read_again(headings, columns, raws))
        return found

    def _read_again(
        self, headings: tuple[str, ...], columns: Columns | None, rows: list[tuple[int, Raw]]
    ) -> dict[int, Reading]:
        # The entry's id stands for the line, so that each record finds its way back.
        table = Table(
            headings,
            tuple(Row(entry_id, tuple(cell for _heading, cell in raw)) for entry_id, raw in rows),
            "",
            Kind.CSV,
        )
        try:
            mapping = self._mapping_then(table, columns)
        except InputFileError:
            return {}  # the profile it once came through is gone: the stored values count as the file's
        scope = scope_of(mapping, headings)
        records = read_applicants(table, mapping).records
        return {record.line: self._reading(record, scope) for record in records}

    def _mapping_then(self, table: Table, columns: Columns | None) -> ColumnMapping:
        """Return how rows of an earlier file were read: as kept with it, else as recognised now."""
        if columns is not None and len(columns) == len(table.headings):
            return mapping_of([use for _heading, use in columns], profile="", source="")
        return map_table(table, course_words=self._plan.matcher.words)

    def _reading(self, record: ApplicantRecord, scope: Scope) -> Reading:
        return reading_of(record, self._router.route(record), self._policy, scope)

    def _place_new(self, record: ApplicantRecord) -> None:
        reading = self._routed(record)
        if reading is not None:
            self._plan.to_add.append(reading)

    def _place_known(
        self, record: ApplicantRecord, row: KnownRow, *, compare_to: StoredEntry, before: dict[int, Reading]
    ) -> None:
        reading = self._routed(record)
        if reading is None:
            return
        difference = compare(compare_to, reading, before.get(row.entry_id), self._policy)
        self._warn_of_kept(record, difference)
        if difference.kept:
            self._plan.kept.append(PlannedUpdate(compare_to, reading, difference))
        if difference:
            self._plan.to_update.append(PlannedUpdate(compare_to, reading, difference))
        else:
            self._plan.unchanged.append((record, row))
            self._plan.raw_changed = True

    def _routed(self, record: ApplicantRecord) -> Reading | None:
        """Return the reading of a record that asks for a known course; others are refused."""
        reading = self._reading(record, self._scope)
        if not reading.course_ids:
            self._plan.rejected.append(self._without_course(record))
            return None
        self._warn_of_unknown_courses(record)
        return reading

    def _known_elsewhere(self, record: ApplicantRecord, portal: str) -> Rejection:
        """Refuse a row that another portal has brought: the file was taken for another portal's."""
        column = self._plan.mapping.column(Field.NUMBER)
        heading = "" if column is None else self._plan.file.table.headings[column]
        params = {"number": record.number, "source": portal}
        return Rejection(record.line, heading, "import.known-elsewhere", params)

    def _without_course(self, record: ApplicantRecord) -> Rejection:
        column = self._plan.mapping.column(Field.COURSES)
        heading = "" if column is None else self._plan.file.table.headings[column]
        if not record.course_texts:
            return Rejection(record.line, heading, "import.course-missing")
        return Rejection(record.line, heading, "import.course-unknown", {"text": record.course_texts[0][:60]})

    def _warn_of_unknown_courses(self, record: ApplicantRecord) -> None:
        for text in record.course_texts:
            if not self._router.knows(text):
                params = {"text": text[:60]}
                self._plan.warnings.append(RowWarning(record.line, "import.course-part-unknown", params))

    def _warn_of_kept(self, record: ApplicantRecord, difference: Difference) -> None:
        for change in difference.kept:
            params = {"field": change.field, "number": record.number}
            self._plan.warnings.append(RowWarning(record.line, "import.kept-edit", params))
        names = {course.course_id: course.short_name for course in self._plan.matcher.courses}
        for course_id in difference.dropped_courses:
            params = {"course": names.get(course_id, ""), "number": record.number}
            self._plan.warnings.append(RowWarning(record.line, "import.course-dropped", params))
