"""Taking in a file of planned or worked hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fujisawa_desktop.exchange.columns import heading_key
from fujisawa_desktop.exchange.hours_rows import KIND, read_hours
from fujisawa_desktop.exchange.simple_rows import OTHER_NAMES
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.hours_intake import HoursIntake, HoursLine
from fujisawa_desktop.services.import_files import ImportFile, store_batch
from fujisawa_desktop.services.imports import ImportResult, Progress
from fujisawa_desktop.services.staff import work_terms
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class HoursImport(ImportResult):
    """What an import of hours did, with what becomes of every row that is not refused."""

    lines: tuple[HoursLine, ...] = ()


def says_kind(headings: Sequence[str]) -> bool:
    """Say whether a file tells plans from work done by itself."""
    known = {heading_key(name) for name in (KIND, *OTHER_NAMES[KIND])}
    return any(heading_key(heading) in known for heading in headings)


def import_hours(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    kind: ShiftKind = ShiftKind.WORKED,
    dry_run: bool = False,
    encoding: str | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> HoursImport:
    """Record planned or worked time of appointed people from a file.

    A row whose person, day, start and 区分 are known replaces what was recorded; the same row again
    changes nothing.  Worked time that breaks a rule is kept and warned about, a plan that breaks a
    hard rule is refused; so is a row of somebody not appointed, of a closed month, or that overlaps
    other work, each with its reason, while the others are taken in.  In which order the rows stand
    makes no difference.

    Args:
        database: the open database.
        programme_id: the programme.
        file: csv, tsv, xlsx, xls or ods with the headings of ``exchange.hours_rows``.
        kind: what the rows are when the file has no column 区分.
        dry_run: only say what would happen.
        encoding: character code of a text file; found when not given.
        actor: who takes it in.
        progress: hears how many rows are judged, and may raise to stop.

    Raises:
        InputFileError: the file cannot be read, or a column is missing.
        NotFoundError: ``programme.none``.
    """
    source = ImportFile.open(file, encoding=encoding)
    read = read_hours(source.table)
    with unit_of_work(database, "import.hours", actor=actor) as work:
        work_terms(work.session, programme_id)
        intake = HoursIntake(work.session, programme_id, kind)
        intake.take_all(read.records, progress)
        rejected = tuple(sorted([*read.rejections, *intake.rejected], key=lambda row: row.line))
        effect = intake.count("added") + intake.count("updated")
        if dry_run or not effect:
            change = ChangeSet(None, work.label, frozenset())
        else:
            intake.store(work)
            outcomes = intake.outcomes(rejected)
            store_batch(work, programme_id=programme_id, kind="hours", file=source, outcomes=outcomes)
            change = work.commit(count=effect)
    return HoursImport(
        change=change,
        rows=len(source.table.rows),
        added=intake.count("added"),
        updated=intake.count("updated"),
        unchanged=intake.count("unchanged"),
        rejected=rejected,
        warnings=tuple(intake.warnings),
        lines=tuple(intake.lines),
    )
