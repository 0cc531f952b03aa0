"""Copies of the database file: made by hand or by themselves, proven, thinned, and in a second place.

A copy counts only with its page beside it (``models.backup_files``).  On a server nothing is copied:
the office's own backup of the server is the backup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from fujisawa_desktop.errors import AppError, StorageError
from fujisawa_desktop.models.backup_files import (
    Head,
    Sidecar,
    duplicate,
    head_of,
    read_sidecar,
    sidecar_path,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.key_slots import slots_of, slots_of_key
from fujisawa_desktop.models.sqlite_files import fits
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason, DatedCopy, let_go
from fujisawa_desktop.rules.journal_marks import Anchor
from fujisawa_desktop.services.backup_places import backup_settings, copies_in

__all__ = [
    "Backup",
    "BackupHealth",
    "BackupReason",
    "automatic_backup",
    "backup_anchors",
    "backup_health",
    "latest_good_backup",
    "make_backup",
]

SECOND_MISSING: Final = "backup.second-gone"
SECOND_FAILED: Final = "backup.second-failed"
_OVERDUE: Final = 2
"""So many of its intervals may pass with something changed before the window says that a copy is old."""
_one_at_a_time: Final = Lock()


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished copy.

    Attributes:
        second_failure: code of why it is not in the second place; empty when it is, or there is none.
    """

    path: Path
    made_at: datetime
    reason: BackupReason = BackupReason.BY_HAND
    entries: int = 0
    second_failure: str = ""


@dataclass(frozen=True, slots=True)
class BackupHealth:
    """How well a file is kept.

    Attributes:
        latest: the last good copy in either place.
        behind: acts since.
        overdue: something changed, and the last copy is older than it should be by now.
        second_failure: code of what is wrong with the second place; empty when nothing is.
    """

    latest: Backup | None
    behind: int = 0
    overdue: bool = False
    second_failure: str = ""


def make_backup(
    database: Database,
    *,
    reason: BackupReason = BackupReason.BY_HAND,
    target: Path | None = None,
    now: datetime | None = None,
) -> Backup:
    """Copy the database and prove the copy; without ``target``, into the folder beside the file.

    There older copies make room by the rule, and the copy goes to the second place too; a failure
    there is told in the result and takes nothing back.

    Raises:
        StorageError: the copy cannot be written or did not pass its check.
    """
    if database.path is None:
        raise StorageError("storage.backup-needs-file")
    now = now or datetime.now()
    if target is not None:
        sidecar = database.backup(target, reason=reason, made_at=now)
        return Backup(target, now, reason, sidecar.entries)
    with _one_at_a_time:
        place = _free_name(backup_dir(database.path), database.path.stem, reason, now)
        sidecar = database.backup(place, reason=reason, made_at=now)
        with suppress(StorageError):  # what cannot be deleted now makes room another time
            _thin(place.parent, database.path.stem, sidecar.journal_first, now)
        failure = _to_second_place(database.path, place, sidecar, now)
    return Backup(place, now, reason, sidecar.entries, failure)


def automatic_backup(
    database: Database,
    *,
    reason: BackupReason,
    spaced: timedelta | None = None,
    now: datetime | None = None,
) -> Backup | None:
    """Copy the database if something was written since the last good copy; else bring that one along.

    Args:
        database: where.
        reason: on which occasion.
        spaced: leave it when the last good copy is younger than this.
        now: the moment, for tests.

    Returns:
        The copy, or nothing when none was needed: nothing changed, reading only, on a server.

    Raises:
        StorageError: the copy cannot be written or did not pass its check.
    """
    if database.path is None or database.read_only:
        return None
    now = now or datetime.now()
    head = head_of(database.path, key=database.key)
    last = _latest(backup_dir(database.path), database.path.stem, head.first)
    if last is None or _changed(head, last[1]) or not _opens_alike(database, *last):
        if spaced is not None and last is not None and timedelta() <= now - last[1].made_at < spaced:
            return None
        return make_backup(database, reason=reason, now=now)
    with _one_at_a_time:
        failure = _to_second_place(database.path, last[0], last[1], now)
    return _backup(*last, failure) if failure else None


def latest_good_backup(database: Database) -> Backup | None:
    """Return the newest proven copy in either place, or nothing."""
    return backup_health(database).latest


def backup_health(database: Database, *, now: datetime | None = None) -> BackupHealth:
    """Return how old the last good copy is, and whether it is old enough to say so."""
    if database.path is None:
        return BackupHealth(None)
    now = now or datetime.now()
    stem, settings = database.path.stem, backup_settings(database.path)
    head = head_of(database.path, key=database.key)
    second = settings.second_place
    here = _latest(backup_dir(database.path), stem, head.first)
    there = _latest(second, stem, head.first) if second is not None else None
    found = max(
        (one for one in (here, there) if one is not None), key=lambda one: one[1].made_at, default=None
    )
    failure = _second_failure(second, here, there)
    if found is None:
        return BackupHealth(None, head.entries, _changed(head, None), failure)
    changed = _changed(head, found[1])
    late = now - found[1].made_at > _OVERDUE * timedelta(minutes=settings.every_minutes)
    behind = max(head.entries - found[1].entries, 1) if changed else 0
    return BackupHealth(_backup(*found), behind, changed and late, failure)


def backup_anchors(database: Database) -> tuple[Anchor, ...]:
    """Return how long the journal was, and how it ended, when each of the copies was made."""
    if database.path is None:
        return ()
    head = head_of(database.path, key=database.key)
    found = {
        Anchor(sidecar.entries, sidecar.journal_head, path.name)
        for path, sidecar in thinned_copies(database.path, head.first).items()
        if sidecar.entries
    }
    return tuple(sorted(found, key=lambda anchor: (anchor.entries, anchor.source)))


def thinned_copies(file: Path, lineage: str) -> dict[Path, Sidecar]:
    """Return the copies of this very file in either place among which the thinning chooses.

    Args:
        file: the database file.
        lineage: hash of the first act of its journal.
    """
    second = backup_settings(file).second_place
    folders = [backup_dir(file), *([second] if second is not None else [])]
    return {path: sidecar for folder in folders for path, sidecar in _good(folder, file.stem, lineage)}


@contextmanager
def no_copies_meanwhile() -> Iterator[None]:
    """Let copies that the program makes wait until the body has ended: none holds what it erases."""
    with _one_at_a_time:
        yield


def _changed(head: Head, sidecar: Sidecar | None) -> bool:
    if sidecar is None:
        return head.entries > 0
    return (sidecar.journal_head, sidecar.entries) != (head.last, head.entries)


def _opens_alike(database: Database, copy: Path, sidecar: Sidecar) -> bool:
    """Return whether what opens the file now opens a copy: after a new passphrase another one is due."""
    key, file = database.key, database.path
    if key is None or file is None or not sidecar.encrypted:
        return sidecar.encrypted == (key is not None)
    slots = slots_of_key(slots_of(file), key)
    return fits(copy, key) if slots is None else sidecar.keys == slots


def _second_failure(
    second: Path | None, here: tuple[Path, Sidecar] | None, there: tuple[Path, Sidecar] | None
) -> str:
    if second is None:
        return ""
    if not second.is_dir():
        return SECOND_MISSING
    behind = here is not None and (there is None or there[1].made_at < here[1].made_at)
    return SECOND_FAILED if behind else ""


def _backup(path: Path, sidecar: Sidecar, failure: str = "") -> Backup:
    return Backup(path, sidecar.made_at, sidecar.reason, sidecar.entries, failure)


def _latest(folder: Path, stem: str, lineage: str) -> tuple[Path, Sidecar] | None:
    """Return the newest copy of this very file that is as long as its page says."""
    return max(_good(folder, stem, lineage), key=lambda one: one[1].made_at, default=None)


def _good(folder: Path, stem: str, lineage: str) -> list[tuple[Path, Sidecar]]:
    found = ((path, read_sidecar(path)) for path in copies_in(folder, stem))
    return [
        (path, sidecar)
        for path, sidecar in found
        if sidecar is not None and sidecar.journal_first == lineage and _length(path) == sidecar.size
    ]


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _free_name(folder: Path, stem: str, reason: BackupReason, now: datetime) -> Path:
    occasion = "" if reason is BackupReason.BY_HAND else f"-{reason.value}"
    name, place, number = f"{stem}-{now:%Y%m%d-%H%M%S}{occasion}", folder, 1
    path = place / f"{name}.fjdb"
    while path.exists():
        number += 1
        path = place / f"{name}-{number}.fjdb"
    return path


def _to_second_place(file: Path, copy: Path, sidecar: Sidecar, now: datetime) -> str:
    """Bring a copy to the second place, if it is not there, and thin there; return what went wrong."""
    second = backup_settings(file).second_place
    if second is None:
        return ""
    if not second.is_dir():
        return SECOND_MISSING
    target = second / copy.name
    known = read_sidecar(target)
    try:
        if known != sidecar or _length(target) != sidecar.size:
            duplicate(copy, target, sidecar)
        _thin(second, file.stem, sidecar.journal_first, now)
    except AppError:
        return SECOND_FAILED
    return ""


def _thin(folder: Path, stem: str, lineage: str, now: datetime) -> None:
    """Let older copies of this very file make room; what is not whole or has no page is left alone."""
    good = {path.name: (path, sidecar) for path, sidecar in _good(folder, stem, lineage)}
    dated = [DatedCopy(name, one.made_at, one.reason) for name, (_path, one) in good.items()]
    forget_copies(good[name][0] for name in let_go(dated, now=now))


def forget_copies(copies: Iterable[Path]) -> None:
    """Delete copies with their pages.

    Raises:
        StorageError: one cannot be deleted.
    """
    for copy in copies:
        try:
            copy.unlink(missing_ok=True)
            sidecar_path(copy).unlink(missing_ok=True)
        except OSError as error:
            raise StorageError("storage.cannot-write", file=str(copy)) from error
