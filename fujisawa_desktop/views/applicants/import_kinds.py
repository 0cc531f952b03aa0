"""The five kinds of files, each with what it would do and the act that takes it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.file_columns import FileColumns, read_columns
from fujisawa_desktop.services.hours_import import import_hours, says_kind
from fujisawa_desktop.services.import_kinds import APPLICANTS, recognise
from fujisawa_desktop.services.import_layouts import IntakeChoices, settle_encoding
from fujisawa_desktop.services.imports import ImportResult, Progress, RejectedRow
from fujisawa_desktop.services.intake import import_applicants, preview_applicants
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.services.outgoing import ListOut
from fujisawa_desktop.services.rejected_rows import save_rejected
from fujisawa_desktop.texts import message_for
from fujisawa_desktop.views.applicants.hours_report import report_of_hours
from fujisawa_desktop.views.applicants.import_report import (
    ImportReport,
    report_of_preview,
    report_of_result,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

HOURS: Final = "hours"
TITLES: Final[dict[str, str]] = {
    APPLICANTS: N_("Entries from a portal"),
    "decisions": N_("Results of a screening"),
    "availability": N_("When applicants can be interviewed"),
    "interviewers": N_("When interviewers are free"),
    "hours": N_("Planned or worked hours"),
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


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a file gave.

    Attributes:
        kind: what kind of file it is.
        report: what taking it in would do; None while a column must still be chosen.
        columns: its columns; None for other files than applicants'.
        file_format: csv, tsv, xlsx, xls or ods.
        asks_shift: whether the file does not say if its hours are planned or worked.
    """

    kind: str
    report: ImportReport | None
    columns: FileColumns | None
    file_format: str
    asks_shift: bool = False


def preview(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    choices: IntakeChoices,
    progress: Progress,
) -> Look:
    """Return what the file is and what taking it in would do; nothing is written.

    An applicants' file of which a column that must be there is not known has no report yet.

    Raises:
        InputFileError: the file cannot be read as a table, or lacks a column.
        Cancelled: the clerk stopped.
    """
    progress(0, 0)
    settled = settle_encoding(database, file, choices)
    found = recognise(file, encoding=settled.encoding)
    if found.kind == APPLICANTS:
        columns = read_columns(database, programme_id=programme_id, file=file, choices=settled)
        if columns.missing(columns.uses):
            return Look(found.kind, None, columns, found.file_format)
        seen = preview_applicants(
            database, programme_id=programme_id, file=file, choices=settled, progress=progress
        )
        return Look(found.kind, report_of_preview(seen), columns, found.file_format)
    if found.kind == HOURS:
        hours = import_hours(
            database,
            programme_id=programme_id,
            file=file,
            kind=settled.shift,
            dry_run=True,
            encoding=settled.encoding,
            progress=progress,
        )
        asks = not says_kind(found.headings)
        return Look(found.kind, report_of_hours(hours, found), None, found.file_format, asks)
    result = _ACTS[found.kind](
        database,
        programme_id=programme_id,
        file=file,
        dry_run=True,
        encoding=settled.encoding,
        progress=progress,
    )
    return Look(found.kind, report_of_result(result, found), None, found.file_format)


def take_in(
    database: Database,
    *,
    kind: str,
    programme_id: int,
    file: Path,
    choices: IntakeChoices,
    actor: str | None,
    progress: Progress,
) -> ImportResult:
    """Take the file in as one act; raises as :func:`preview`."""
    if kind == APPLICANTS:
        return import_applicants(
            database, programme_id=programme_id, file=file, choices=choices, actor=actor, progress=progress
        )
    said = {"kind": choices.shift} if kind == HOURS else {}
    return _ACTS[kind](
        database,
        programme_id=programme_id,
        file=file,
        encoding=choices.encoding,
        actor=actor,
        progress=progress,
        **said,
    )


def write_rejected(
    database: Database,
    *,
    file: Path,
    target: Path,
    rejected: Sequence[RejectedRow],
    encoding: str | None,
    actor: str | None,
) -> ListOut:
    """Write the refused rows with their reasons; raises as ``save_rejected``."""
    return save_rejected(
        database,
        file=file,
        target=target,
        rejected=rejected,
        reason=lambda row: message_for(row.code, row.params),
        encoding=encoding,
        actor=actor,
    )
