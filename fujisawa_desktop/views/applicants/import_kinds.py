"""The five kinds of files, each with what it would do and the act that takes it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.import_kinds import APPLICANTS, recognise
from fujisawa_desktop.services.imports import ImportResult, Progress
from fujisawa_desktop.services.intake import import_applicants, preview_applicants
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.views.applicants.import_report import (
    ImportReport,
    report_of_preview,
    report_of_result,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

TITLES: Final[dict[str, str]] = {
    APPLICANTS: N_("Entries from a portal"),
    "decisions": N_("Results of a screening"),
    "availability": N_("When applicants can be interviewed"),
    "interviewers": N_("When interviewers are free"),
    "hours": N_("Worked hours"),
}
"""What each kind of file holds."""
NEXT_STEPS: Final[dict[str, str]] = {
    APPLICANTS: N_("Next, look at the marked people and decide the first screening."),
    "decisions": N_("They are noted, not announced: check the list, then announce them from “Decide”."),
    "availability": N_("Next, make the interview plan in the interview calendar."),
    "interviewers": N_("Next, make the interview plan in the interview calendar."),
    "hours": N_("Next, check the month under “Hours and pay”."),
}
"""What a clerk does after taking in such a file."""
_ACTS: Final[dict[str, Callable[..., ImportResult]]] = {
    "decisions": import_decisions,
    "availability": import_availability,
    "interviewers": import_interviewers,
    "hours": import_hours,
}


def preview(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    profile: str | None,
    progress: Progress,
) -> tuple[str, ImportReport]:
    """Return what the file is and what taking it in would do; nothing is written.

    Raises:
        InputFileError: the file cannot be read as a table, or lacks a column.
        Cancelled: the clerk stopped.
    """
    progress(0, 0)
    found = recognise(file)
    if found.kind == APPLICANTS:
        seen = preview_applicants(
            database, programme_id=programme_id, file=file, profile=profile, progress=progress
        )
        return found.kind, report_of_preview(seen)
    result = _ACTS[found.kind](
        database, programme_id=programme_id, file=file, dry_run=True, progress=progress
    )
    return found.kind, report_of_result(result, found)


def take_in(
    database: Database,
    *,
    kind: str,
    programme_id: int,
    file: Path,
    profile: str | None,
    actor: str | None,
    progress: Progress,
) -> ImportResult:
    """Take the file in as one act; raises as :func:`preview`."""
    if kind == APPLICANTS:
        return import_applicants(
            database, programme_id=programme_id, file=file, profile=profile, actor=actor, progress=progress
        )
    return _ACTS[kind](database, programme_id=programme_id, file=file, actor=actor, progress=progress)
