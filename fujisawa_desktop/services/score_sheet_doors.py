"""The two doors of score sheets that come back, whatever they are about: look first, then take in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from fujisawa_desktop.exchange.score_sheets_in import ReadSheet, read_score_sheet
from fujisawa_desktop.models import ReviewState
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.score_sheet_rows import SheetRefusal
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A row that is taken in: what the program holds now and what the sheet says.

    Attributes:
        application_id: what is judged: an application, on a sheet of the interviews an interview.
        old, new: state and total (hundredths); a total only of a done review.
        details: criterion's name, old points, new points, of those that differ.
    """

    line: int
    application_id: int
    number: str
    old_state: ReviewState | None
    new_state: ReviewState
    old_total: int | None
    new_total: int | None
    details: tuple[tuple[str, int | None, int | None], ...]
    comment_changes: bool


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What taking a score sheet in would do.

    Attributes:
        added: rows nobody had judged in the program; ``changed`` replace a review saved before.
        unchanged: rows that say what the program holds; ``blank``: rows nothing was entered in.
        missing: numbers that were given out and are no longer in the sheet.
    """

    file: str
    reviewer: str
    course: str
    rows: int
    added: tuple[SheetChange, ...]
    changed: tuple[SheetChange, ...]
    unchanged: int
    blank: int
    missing: tuple[str, ...]
    refused: tuple[SheetRefusal, ...]


@dataclass(frozen=True, slots=True)
class SheetTaken:
    """A score sheet that was taken in."""

    change: ChangeSet
    preview: SheetPreview


class SheetPlan(Protocol):
    """What every row of a sheet means, worked out within one session."""

    preview: SheetPreview

    def write(self, work: UnitOfWork) -> None:
        """Store the good rows within an open act."""


Planner = Callable[[Session, int, ReadSheet, str], SheetPlan]
"""Given the session, the programme, the sheet and the file's name; refuses what is not its own."""


def preview_sheet(database: Database, planner: Planner, *, programme_id: int, file: Path) -> SheetPreview:
    """Return what taking a sheet in would do; raises what the planner raises, and `InputFileError`."""
    sheet = read_score_sheet(file)
    with database.read() as session:
        return planner(session, programme_id, sheet, file.name).preview


def take_sheet(
    database: Database, planner: Planner, *, programme_id: int, file: Path, actor: str | None
) -> SheetTaken:
    """Take in the good rows of a sheet as one act; raises as `preview_sheet`."""
    sheet = read_score_sheet(file)
    with unit_of_work(database, "screening.import-sheet", actor=actor) as work:
        plan = planner(work.session, programme_id, sheet, file.name)
        plan.write(work)
        preview = plan.preview
        change = work.commit(added=len(preview.added), changed=len(preview.changed))
        return SheetTaken(change, preview)


def foreseen(
    sheet: ReadSheet,
    *,
    file: str,
    reviewer: str,
    wanted: Iterable[tuple[SheetChange, bool]],
    unchanged: int,
    blank: int,
    refused: Iterable[SheetRefusal],
) -> SheetPreview:
    """Return the preview of a sheet; ``wanted`` are the good rows and whether each is new."""
    rows = list(wanted)
    present = {row.key for row in sheet.entries}
    course = sheet.about.get("course", ("", ""))
    return SheetPreview(
        file=file,
        reviewer=reviewer,
        course=course[1] if len(course) > 1 else "",
        rows=len(sheet.entries),
        added=tuple(change for change, is_new in rows if is_new),
        changed=tuple(change for change, is_new in rows if not is_new),
        unchanged=unchanged,
        blank=blank,
        missing=tuple(number for key, number in sheet.keys.items() if key not in present),
        refused=tuple(sorted(refused, key=lambda one: one.line)),
    )
