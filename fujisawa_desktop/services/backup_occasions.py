"""Before which acts a copy is made: imports, and whatever touches many people at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.backup_places import backup_settings
from fujisawa_desktop.services.backups import (
    Backup,
    BackupHealth,
    BackupReason,
    automatic_backup,
    backup_health,
)

_SPACED: Final = timedelta(minutes=10)
"""Acts that a clerk repeats need no copy each: what lies between two copies can be taken back."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where a use-case stands, why a copy is made before it, and how far apart such copies are."""

    module: str
    reason: BackupReason = BackupReason.BULK
    spaced: timedelta | None = None


_OFTEN: Final = _SPACED
_IMPORT: Final = BackupReason.IMPORT
OCCASIONS: Final[Mapping[str, Occasion]] = {
    "import_applicants": Occasion("intake", _IMPORT),
    "import_decisions": Occasion("decision_import", _IMPORT),
    "import_availability": Occasion("interview_imports", _IMPORT),
    "import_interviewers": Occasion("interview_imports", _IMPORT),
    "import_hours": Occasion("hours_import", _IMPORT),
    "take_attendance_book": Occasion("attendance_book_import", _IMPORT),
    "import_score_sheet": Occasion("score_sheet_import", _IMPORT),
    "import_interview_sheet": Occasion("interview_sheets", _IMPORT),
    "take_back_import": Occasion("import_batches"),
    "record_decisions": Occasion("selection", spaced=_OFTEN),
    "release": Occasion("selection"),
    "promote": Occasion("promotion"),
    "appoint": Occasion("appointments"),
    "set_deadline": Occasion("deadline"),
    "look_again": Occasion("doubts"),
    "merge_people": Occasion("person_merge", spaced=_OFTEN),
    "apply_paste": Occasion("list_paste", spaced=_OFTEN),
    "fill_down": Occasion("applicant_cells", spaced=_OFTEN),
    "apply_plan": Occasion("interview_plan"),
    "apply_draft": Occasion("interview_drafts"),
    "make_real": Occasion("interview_trial"),
    "announce": Occasion("interview_announcing"),
    "close_month": Occasion("months"),
    "reopen_month": Occasion("months"),
    "issue_statements": Occasion("pay"),
    "mark_paid": Occasion("payments"),
    "work_as_planned": Occasion("hours_entry", spaced=_OFTEN),
    "create_programme": Occasion("programmes"),
}
"""By the name of the use-case; the two doors, window and command line, ask here.

An erasure (``erase``) is left out on purpose: a copy made before it would keep exactly what is erased.
The copies there are by then are named in the list, and can be deleted with it.
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a look at the copies brought: one that was due, and how well the file is kept."""

    made: Backup | None
    health: BackupHealth


def backup_before(database: Database, act: str, given: Mapping[str, Any] | None = None) -> Backup | None:
    """Make the copy that is due before the use-case called ``act``; nothing before other acts or a trial.

    Raises:
        StorageError: the copy could not be made; whether the act goes on is the caller's to say.
    """
    occasion = OCCASIONS.get(act)
    if occasion is None or (given or {}).get("dry_run"):
        return None
    return automatic_backup(database, reason=occasion.reason, spaced=occasion.spaced)


def keep_watch(
    database: Database, *, reason: BackupReason = BackupReason.TIMED, now: datetime | None = None
) -> Watch:
    """Make a copy if one is due, and say how well the file is kept.

    While somebody works a copy is due when something changed and the last is as old as is set; on
    any other occasion as soon as something changed.

    Raises:
        StorageError: the copy could not be made.
    """
    now = now or datetime.now()
    spaced: timedelta | None = None
    if database.path is not None and reason is BackupReason.TIMED:
        spaced = timedelta(minutes=backup_settings(database.path).every_minutes)
    made = automatic_backup(database, reason=reason, spaced=spaced, now=now)
    return Watch(made, backup_health(database, now=now))
