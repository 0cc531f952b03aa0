"""Taking in an applicants' file: what it would do, and doing it as one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from fujisawa_desktop.exchange.columns import Field
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.import_files import ImportFile, many_rows
from fujisawa_desktop.services.import_layouts import IntakeChoices, settle_encoding
from fujisawa_desktop.services.imports import ImportResult, Progress, RejectedRow, SuspectedPair, Warning_
from fujisawa_desktop.services.intake_apply import apply_plan
from fujisawa_desktop.services.intake_compare import FieldChange, Reading
from fujisawa_desktop.services.intake_duplicates import Suspected, open_pairs, suspect
from fujisawa_desktop.services.intake_plan import IntakePlan, PlannedUpdate, Steps, plan_intake
from fujisawa_desktop.services.unit_of_work import unit_of_work

_ACT: Final = "import.applicants"
_SAMPLE_ROWS: Final = 50
_Told = tuple[Progress | None, Callable[[], bool] | None]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A row that would be added."""

    line: int
    number: str
    name: str
    kana: str
    school: str
    courses: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """A row that would change an entry; ``kept`` are a clerk's own values that stay."""

    line: int
    number: str
    name: str
    changes: tuple[FieldChange, ...]
    kept: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class UnchangedEntry:
    """A row that says nothing new."""

    line: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do; nothing is written.

    Attributes:
        columns: for each heading the field it feeds, ``answer``, or empty when it is only kept.
        sample_rows: the first rows as they stand in the file.
        kept: entries where the portal says otherwise than a clerk did; the clerk's values stay.
    """

    file_name: str
    kind: str
    encoding: str
    profile: str
    source: str
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    sample_rows: tuple[tuple[str, ...], ...]
    rows: int
    to_add: tuple[NewEntry, ...]
    to_update: tuple[ChangedEntry, ...]
    unchanged: int
    rejected: tuple[RejectedRow, ...]
    warnings: tuple[Warning_, ...]
    suspected: tuple[SuspectedPair, ...]
    kept: tuple[ChangedEntry, ...]
    unchanged_rows: tuple[UnchangedEntry, ...]


def preview_applicants(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    profile: str | None = None,
    choices: IntakeChoices | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPreview:
    """Return what importing a portal's file would do.

    Args:
        database: where to look.
        programme_id: the programme whose entries the file holds.
        file: csv, tsv, xlsx, xls or ods.
        profile: name or source of an import profile; None recognises it by the headings.
        choices: what a clerk settled after a look at the file; it takes the place of ``profile``.
        progress: told how many rows are done of how many.
        cancelled: asked now and then whether to stop.

    Raises:
        InputFileError: the file is no table, or lacks a column that must be there.
        NotFoundError: there is no such profile.
        Cancelled: the clerk stopped.
    """
    # What the rows took is free again before many_rows() ends: the plan lives in the inner function.
    with many_rows():
        settled = settle_encoding(database, file, choices or IntakeChoices(profile=profile))
        opened = ImportFile.open(file, encoding=settled.encoding)
        return _preview_file(database, programme_id, opened, settled, (progress, cancelled))


def import_applicants(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    profile: str | None = None,
    choices: IntakeChoices | None = None,
    dry_run: bool = False,
    actor: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Take in a portal's file: good rows go in, refused rows are named; one act.

    An entry is known by its portal and the portal's number: importing again updates what the
    portal changed, never deletes, and keeps what a clerk has edited.  Arguments and errors are
    those of :func:`preview_applicants`; with ``dry_run`` nothing is written.
    """
    told = (progress, cancelled)
    with many_rows():
        settled = settle_encoding(database, file, choices or IntakeChoices(profile=profile))
        opened = ImportFile.open(file, encoding=settled.encoding)
        if dry_run:
            return _try_file(database, programme_id, opened, settled, told)
        return _import_file(database, programme_id, opened, settled, told, actor)


def _preview_file(
    database: Database, programme_id: int, file: ImportFile, choices: IntakeChoices, told: _Told
) -> ImportPreview:
    with database.read() as session:
        plan = plan_intake(session, programme_id, file, choices, Steps(len(file.table.rows), *told))
        preview = _preview(plan, _all_suspected(session, plan, _suspect(session, programme_id, plan)))
        plan.let_go()
        return preview


def _try_file(
    database: Database, programme_id: int, file: ImportFile, choices: IntakeChoices, told: _Told
) -> ImportResult:
    with database.read() as session:
        plan = plan_intake(session, programme_id, file, choices, Steps(len(file.table.rows), *told))
        pairs = _all_suspected(session, plan, _suspect(session, programme_id, plan))
        result = _result(plan, pairs, ChangeSet(None, Label(_ACT, {}), frozenset()))
        plan.let_go()
        return result


def _import_file(
    database: Database,
    programme_id: int,
    file: ImportFile,
    choices: IntakeChoices,
    told: _Told,
    actor: str | None,
) -> ImportResult:
    with unit_of_work(database, _ACT, actor=actor) as work:
        steps = Steps(len(file.table.rows) * 2, *told)
        plan = plan_intake(work.session, programme_id, file, choices, steps)
        found = _suspect(work.session, programme_id, plan)
        pairs = _all_suspected(work.session, plan, found)
        if plan.has_effect:
            apply_plan(work, programme_id, plan, found, steps)
        steps.finish()
        change = work.commit(added=len(plan.to_add), updated=len(plan.to_update))
        result = _result(plan, pairs, change)
        plan.let_go()
        return result


def _suspect(session: Session, programme_id: int, plan: IntakePlan) -> Suspected:
    people: dict[int, tuple[str, Mapping[str, Any]]] = {
        -index: (reading.record.number, reading.person) for index, reading in enumerate(plan.to_add, start=1)
    }
    for update in plan.to_update:
        if update.difference.person:
            fields = {**update.stored.person, **update.difference.person}
            people[update.stored.applicant_id] = (update.reading.record.number, fields)
    return suspect(session, programme_id, people)


def _all_suspected(session: Session, plan: IntakePlan, found: Suspected) -> tuple[SuspectedPair, ...]:
    """Return what is found now and what still stands open about the file's other entries."""
    new = found.pairs()
    known = [row.applicant_id for _record, row in plan.unchanged if row is not None]
    known.extend(update.stored.applicant_id for update in plan.to_update)
    return (*new, *open_pairs(session, known, but_not=(pair.numbers for pair in new)))


def _result(plan: IntakePlan, pairs: tuple[SuspectedPair, ...], change: ChangeSet) -> ImportResult:
    return ImportResult(
        change=change,
        rows=len(plan.file.table.rows),
        added=len(plan.to_add),
        updated=len(plan.to_update),
        unchanged=len(plan.unchanged),
        rejected=tuple(plan.rejected),
        warnings=tuple(plan.warnings),
        suspected_duplicates=pairs,
        encoding=plan.file.table.encoding,
    )


def _preview(plan: IntakePlan, pairs: tuple[SuspectedPair, ...]) -> ImportPreview:
    table, mapping = plan.file.table, plan.mapping
    return ImportPreview(
        file_name=plan.file.name,
        kind=table.kind.value,
        encoding=table.encoding,
        profile=mapping.profile,
        source=mapping.source,
        headings=table.headings,
        columns=_column_uses(plan),
        sample_rows=tuple(row.cells for row in table.rows[:_SAMPLE_ROWS]),
        rows=len(table.rows),
        to_add=tuple(_new_entry(plan, reading) for reading in plan.to_add),
        to_update=tuple(map(_changed_entry, plan.to_update)),
        unchanged=len(plan.unchanged),
        rejected=tuple(plan.rejected),
        warnings=tuple(plan.warnings),
        suspected=pairs,
        kept=tuple(map(_changed_entry, plan.kept)),
        unchanged_rows=tuple(
            UnchangedEntry(record.line, record.number, record.name_raw) for record, _row in plan.unchanged
        ),
    )


def _changed_entry(update: PlannedUpdate) -> ChangedEntry:
    person = update.stored.person
    return ChangedEntry(
        line=update.reading.record.line,
        number=update.reading.record.number,
        name=person["name_official"] or person["name_entered"],
        changes=tuple(update.difference.changes),
        kept=tuple(update.difference.kept),
    )


def _new_entry(plan: IntakePlan, reading: Reading) -> NewEntry:
    names = {course.course_id: course.short_name for course in plan.matcher.courses}
    flags = {
        "late": "is_late",
        "withdrawn": "is_withdrawn",
        "not-student": "is_not_student",
        "disqualified": "is_disqualified",
    }
    return NewEntry(
        line=reading.record.line,
        number=reading.record.number,
        name=reading.person["name_entered"],
        kana=reading.person["kana"],
        school=reading.person["school"],
        courses=tuple(names[course_id] for course_id in reading.course_ids),
        flags=tuple(flag for flag, column in flags.items() if reading.entry[column]),
    )


def _column_uses(plan: IntakePlan) -> tuple[str, ...]:
    uses = [""] * len(plan.file.table.headings)
    for field, columns in plan.mapping.fields.items():
        for column in columns:
            uses[column] = "" if field is Field.IGNORED else field.value
    for column, _day in plan.mapping.one_hot:
        uses[column] = Field.WEEKDAYS.value
    for column in plan.mapping.answers:
        uses[column] = "answer"
    return tuple(uses)
