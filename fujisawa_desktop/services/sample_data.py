"""Sample files for the programme at hand, written into a folder: portals' exports, returned score sheets."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.exchange import sample_files
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.sample_people import SampleProgramme
from fujisawa_desktop.exchange.score_sheets import SheetCriterion, SheetEntry, score_sheet_bytes
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import month_days, open_days
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.programmes import programme
from fujisawa_desktop.services.score_sheets import make_score_sheets


@dataclass(frozen=True, slots=True)
class SampleSet:
    """The files written, in the order in which a clerk takes them in, and what is true of them."""

    e_application: Path
    rikunabi: Path
    decisions_first: Path
    decisions_final: Path
    availability: Path
    interviewers: Path
    hours: Path
    truth: dict[str, Any]


def sample_programme(database: Database, programme_id: int) -> SampleProgramme:
    """Return what sample files of a programme must agree with.

    Raises:
        NotFoundError: there is no such programme, or it has no course or no rate yet.
    """
    view = programme(database, programme_id)
    listed = courses(database, programme_id)
    if not listed or not view.rates:
        raise NotFoundError("sample.programme-incomplete")
    closed = frozenset(day.day for day in view.closed_days)
    first_month = month_days(view.term_from.year, view.term_from.month)
    office = view.office.split()[-1]
    return SampleProgramme(
        municipality=view.municipality,
        courses=tuple(course.name for course in listed),
        entry_from=view.entry_from,
        deadline=view.entry_deadline,
        interview_days=tuple(open_days(view.interview_from, view.interview_until, closed)),
        day_from=view.interview_day_from,
        day_until=view.interview_day_until,
        lunch_from=view.lunch_from or time(12),
        lunch_until=view.lunch_until or time(13),
        interviewers=(
            (f"{office}A", ""),
            *(
                (f"{course.host_department}{chr(ord('B') + n)}", course.name)
                for n, course in enumerate(listed)
            ),
        ),
        work_days=tuple(open_days(view.term_from, first_month[-1], closed)),
        rate_yen=view.rates[0].yen,
    )


def write_samples(
    database: Database, *, programme_id: int, folder: Path, applicants: int = 400, seed: int = 6
) -> SampleSet:
    """Write invented portal files for a programme into ``folder``.

    Raises:
        NotFoundError: there is no such programme, or it is incomplete.
        StorageError: the folder cannot be written to.
    """
    wanted = sample_programme(database, programme_id)
    files = sample_files.sample_files(wanted, applicants=applicants, seed=seed)
    _write_all(folder, files)
    return SampleSet(
        e_application=folder / sample_files.E_APPLICATION,
        rikunabi=folder / sample_files.RIKUNABI,
        decisions_first=folder / sample_files.FIRST,
        decisions_final=folder / sample_files.FINAL,
        availability=folder / sample_files.AVAILABILITY,
        interviewers=folder / sample_files.INTERVIEWERS,
        hours=folder / sample_files.HOURS,
        truth=json.loads(files[sample_files.TRUTH]),
    )


def write_filled_sheets(
    database: Database,
    *,
    programme_id: int,
    reviewer_id: int,
    passed: Collection[str],
    folder: Path,
    made_on: date,
) -> list[Path]:
    """Write a reviewer's score sheets as they come back, with invented points.

    Args:
        database: where the entries and the criteria are.
        programme_id: the programme.
        reviewer_id: whose sheets.
        passed: numbers of the people who are to stand at the top.
        folder: where to.
        made_on: the day on the sheets.

    Raises:
        NotFoundError, RuleError: as :func:`make_score_sheets`.
        StorageError: the folder cannot be written to.
    """
    files = make_score_sheets(
        database, programme_id=programme_id, reviewer_ids=[reviewer_id], blind=False, made_on=made_on
    )
    filled = {}
    for file in files:
        entries = tuple(
            replace(entry, points=_invented(entry, file.sheet.criteria, reviewer_id, passed))
            for entry in file.sheet.entries
        )
        filled[file.name] = score_sheet_bytes(replace(file.sheet, entries=entries))
    return list(_write_all(folder, filled))


def _write_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write a set of files, all or none."""
    with FileSet(folder) as written:
        for name, data in files.items():
            written.add(name, data)
        written.replace_all()
        return written.keep()


def _invented(
    entry: SheetEntry, criteria: tuple[SheetCriterion, ...], reviewer_id: int, passed: Collection[str]
) -> dict[int, int]:
    """Return points between the middle and the top for those who pass, below the top for others."""
    points: dict[int, int] = {}
    for criterion in criteria:
        drawn = zlib.crc32(f"{entry.number}/{reviewer_id}/{criterion.id}".encode())
        middle = criterion.most // 2 + 1
        low, high = (middle, criterion.most) if entry.number in passed else (1, middle)
        points[criterion.id] = low + drawn % (high - low + 1)
    return points
