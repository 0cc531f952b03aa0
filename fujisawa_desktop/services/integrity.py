"""``check``: every kind of contradiction looked for in one reading; what can be mended, mended in one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.services.backups import Backup, make_backup
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.integrity_findings import Check, Finding, with_people
from fujisawa_desktop.services.integrity_papers import PAPER_CHECKS
from fujisawa_desktop.services.integrity_pay import PAY_CHECKS
from fujisawa_desktop.services.integrity_rows import ORPHANS, ROW_CHECKS, UNREADABLE, remove_orphans
from fujisawa_desktop.services.integrity_selection import SELECTION_CHECKS
from fujisawa_desktop.services.interview_integrity import INTERVIEW_CHECKS
from fujisawa_desktop.services.journal_returns import RETURN_CHECKS
from fujisawa_desktop.services.unit_of_work import unit_of_work

__all__ = ["CHECKS", "Finding", "Repaired", "logical_findings", "repair_findings"]

CHECKS: Final[tuple[Check, ...]] = (
    *ROW_CHECKS,
    *SELECTION_CHECKS,
    *INTERVIEW_CHECKS,
    *PAY_CHECKS,
    *PAPER_CHECKS,
    *RETURN_CHECKS,
)
"""In the order in which they are mended: what others build upon comes first."""
_UNREADABLE_ROW: Final = (ValueError, LookupError, TypeError, StatementError)


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did.

    Attributes:
        change: the act that can be taken back; empty when nothing of its kind was wrong.
        removed: the act before it that cannot: rows without their parent.
        count: contradictions mended.
        left: what is left, each with what to do.
        backup: the copy made before; ``None`` on a server.
    """

    change: ChangeSet
    removed: ChangeSet
    count: int
    left: tuple[Finding, ...]
    backup: Backup | None


def logical_findings(database: Database) -> tuple[Finding, ...]:
    """Return every contradiction in the data, with whom it concerns."""
    with database.read() as session:
        return _found(session)


def repair_findings(database: Database, *, actor: str | None = None) -> Repaired:
    """Mend what can be mended: a copy of the file first, then one act that can be taken back.

    Raises:
        StorageError: the copy before could not be made; then nothing was changed.
    """
    before = logical_findings(database)
    if not any(one.is_repairable for one in before):
        nothing = ChangeSet(None, Label("check.repaired"), frozenset())
        return Repaired(nothing, nothing, 0, before, None)
    backup = make_backup(database, reason=BackupReason.REPAIR) if database.path is not None else None
    removed = _remove_orphans(database, actor)
    with unit_of_work(database, "check.repaired", actor=actor) as work:
        for check in CHECKS:
            if check.repair is None:
                continue
            found = [one for one in _of(work.session, check) if one.is_repairable]
            if found:
                check.repair(work, found)
                work.session.flush()
                for one in found:
                    if one.applicant_id is not None:
                        work.concerns("applicant", one.applicant_id)
        left = _found(work.session)
        count = sum((Counter(map(_place, before)) - Counter(map(_place, left))).values())
        change = work.commit(count=count)
    return Repaired(change, removed, count, left, backup)


def _place(one: Finding) -> tuple[str, str, int]:
    return one.kind, one.table, one.row_id


def _remove_orphans(database: Database, actor: str | None) -> ChangeSet:
    """Let go of rows without their parent; again while that leaves others without theirs."""
    code, kind = "check.orphans-removed", EntryKind.REPAIRED
    with unit_of_work(database, code, actor=actor, kind=kind) as work:
        count = 0
        while found := [one for one in _of(work.session, ORPHANS) if one.is_repairable]:
            remove_orphans(work, found)
            count += len(found)
        if not count:
            return ChangeSet(None, work.label, frozenset())
        return work.commit(count=count)


def _found(session: Session) -> tuple[Finding, ...]:
    broken = [*UNREADABLE.find(session), *ORPHANS.find(session)]
    found = [one for check in CHECKS for one in _of(session, check, despite=bool(broken))]
    return with_people(session, [*broken, *found])


def _of(session: Session, check: Check, *, despite: bool = False) -> Sequence[Finding]:
    """Return what a check finds; beside values that cannot be read, some checks cannot be made."""
    try:
        return list(check.find(session))
    except _UNREADABLE_ROW:
        if not despite and next(iter(UNREADABLE.find(session)), None) is None:
            raise
        return ()
