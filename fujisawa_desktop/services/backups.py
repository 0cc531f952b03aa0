"""Copies of the database file that are checked before they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import backup_dir


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished copy."""

    path: Path
    made_at: datetime


def make_backup(database: Database, *, target: Path | None = None) -> Backup:
    """Copy the database and check the copy; without ``target``, into the folder beside the file.

    Raises:
        StorageError: the copy cannot be written or did not pass its check.
    """
    if database.path is None:
        raise StorageError("storage.backup-needs-file")
    now = datetime.now()
    place = target or backup_dir(database.path) / f"{database.path.stem}-{now:%Y%m%d-%H%M%S}.fjdb"
    database.backup(place)
    return Backup(place, now)


def latest_backup(database: Database) -> Backup | None:
    """Return the newest copy in the folder beside the file, or nothing."""
    if database.path is None:
        return None
    folder = backup_dir(database.path)
    copies = folder.glob(f"{database.path.stem}-[0-9]*.fjdb") if folder.is_dir() else iter(())
    newest = max(copies, key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        return None
    made_at = datetime.fromtimestamp(newest.stat().st_mtime)  # noqa: DTZ006 - local wall time by design
    return Backup(newest, made_at)
