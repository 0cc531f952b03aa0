"""The copies of a file before one is chosen: what each holds, whether it is whole, what would be lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.backup_files import Sidecar, counts_in, digest_of, head_of, read_sidecar
from fujisawa_desktop.models.database import file_of
from fujisawa_desktop.models.integrity import sqlite_faults
from fujisawa_desktop.models.journal_glance import Erased, SeenEntry, entries_after, hashes_of, left_after
from fujisawa_desktop.models.key_slots import looks_encrypted, needs_key, slots_of
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.models.sqlite_files import fits, inspect_file
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.services.backup_places import backup_settings, copies_in

__all__ = [
    "BackupCopy",
    "CopyPlace",
    "CopyState",
    "Loss",
    "SeenEntry",
    "chosen_copy",
    "copies_of",
    "examine",
    "file_named",
    "key_of_file",
    "loss_of",
    "require_as_made",
    "was_encrypted",
]

SHOWN: Final = 100
"""Acts that a preview names; how many there are is told in any case."""
PEOPLE, COURSES, APPOINTMENTS, ACTS = "applicant", "course", "appointment", "journal_entry"


class CopyPlace(StrEnum):
    """Where a copy lies."""

    BESIDE = "beside"
    SECOND = "second"
    CHOSEN = "chosen"


class CopyState(StrEnum):
    """What is known of a copy."""

    UNREAD = "unread"
    WHOLE = "whole"
    """Byte for byte what was proven when it was made."""
    READABLE = "readable"
    """Without a page beside it, but SQLite finds it whole."""
    DAMAGED = "damaged"
    LOCKED = "locked"
    """As it was made, but under a key that nobody has given yet."""


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """One copy as it is offered.

    Attributes:
        reason: ``None`` for a copy without a page beside it.
        counts: rows by table; empty while unknown.
        lineage: what all copies of one file have in common; empty while unknown.
        schema: form of its tables; empty while unknown.
        head: hash of the last act; empty while unknown.
        key: what opens it, where it is encrypted and the key is at hand.
    """

    path: Path
    place: CopyPlace
    made_at: datetime
    size: int
    reason: BackupReason | None = None
    counts: Mapping[str, int] | None = None
    lineage: str = ""
    encrypted: bool = False
    orphans: int = 0
    schema: str = ""
    head: str = ""
    state: CopyState = CopyState.UNREAD
    key: FileKey | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it may be restored as far as is known."""
        return self.state not in {CopyState.DAMAGED, CopyState.LOCKED}


@dataclass(frozen=True, slots=True)
class Loss:
    """What restoring a copy would take away.

    Attributes:
        acts: how many acts were done since; ``None`` when the present file cannot be read.
        shown: the latest of them.
        is_other_file: the copy is of another file that had the same name.
        erased: erasures the copy does not know of: who was erased then is in the copy again.
        first, last: numbers of the acts it does not hold, also of those that a return left behind before.
    """

    acts: int | None
    shown: tuple[SeenEntry, ...] = ()
    is_other_file: bool = False
    erased: tuple[Erased, ...] = ()
    first: int = 0
    last: int = 0

    @property
    def erased_on(self) -> tuple[date, ...]:
        """The days of these erasures, oldest first, each once."""
        return tuple(sorted({one.day for one in self.erased}))


def file_named(where: str | Path) -> Path:
    """Return the file whose copies are meant.

    Raises:
        StorageError: ``storage.backup-needs-file``; it is a database on a server.
    """
    path = file_of(where)
    if path is None:
        raise StorageError("storage.backup-needs-file")
    return path


def copies_of(file: Path) -> tuple[BackupCopy, ...]:
    """Return the copies of a file in both places, the newest first; none of them is opened."""
    places = [(backup_dir(file), CopyPlace.BESIDE)]
    second = backup_settings(file).second_place
    if second is not None:
        places.append((second, CopyPlace.SECOND))
    found = [_listed(path, place) for folder, place in places for path in copies_in(folder, file.stem)]
    return tuple(sorted(found, key=lambda copy: (copy.made_at, copy.path.name), reverse=True))


def chosen_copy(path: Path) -> BackupCopy:
    """Return a copy that lies anywhere else.

    Raises:
        StorageError: there is no such file.
    """
    if not path.is_file():
        raise StorageError("storage.missing", file=str(path))
    return _listed(path, CopyPlace.CHOSEN)


def examine(copy: BackupCopy, *, keys: Iterable[FileKey] = ()) -> BackupCopy:
    """Return a copy with its state: its digest is that of its page, or SQLite finds it whole.

    Args:
        copy: as it is listed.
        keys: what is at hand; the one that opens the copy comes back with it.
    """
    sidecar = read_sidecar(copy.path)
    try:
        if sidecar is not None and not (copy.size == sidecar.size and digest_of(copy.path) == sidecar.sha256):
            return replace(copy, state=CopyState.DAMAGED)
        encrypted = sidecar.encrypted if sidecar is not None else looks_encrypted(copy.path)
        key = next((one for one in keys if fits(copy.path, one)), None) if encrypted else None
        if encrypted and key is None:
            return replace(copy, encrypted=True, state=CopyState.LOCKED, key=None)
        if sidecar is not None:
            return replace(copy, state=CopyState.WHOLE, key=key)
        if sqlite_faults(copy.path, key=key):
            return replace(copy, state=CopyState.DAMAGED)
        counts, head = counts_in(copy.path, key=key), head_of(copy.path, key=key)
        schema = inspect_file(copy.path, key=key)
    except (OSError, StorageError):
        return replace(copy, state=CopyState.DAMAGED)
    return replace(
        copy,
        state=CopyState.READABLE,
        counts=counts,
        lineage=head.first,
        head=head.last,
        schema=schema,
        encrypted=encrypted,
        key=key,
    )


def require_as_made(copy: Path) -> Sidecar | None:
    """Refuse a copy that is no longer what its page says; return the page, if there is one.

    Raises:
        StorageError: ``restore.differs``.
    """
    sidecar = read_sidecar(copy)
    if sidecar is None:
        return None
    try:
        as_made = copy.stat().st_size == sidecar.size and digest_of(copy) == sidecar.sha256
    except OSError as error:
        raise StorageError("storage.cannot-read", file=str(copy)) from error
    if not as_made:
        raise StorageError("restore.differs", file=str(copy))
    return sidecar


def loss_of(file: Path, copy: Path, *, key: FileKey | None = None, keys: Iterable[FileKey] = ()) -> Loss:
    """Return which acts of the present file the copy does not hold.

    Args:
        file: the present file.
        copy: the copy.
        key: what the copy is encrypted with.
        keys: what else the present file may be encrypted with.

    Raises:
        StorageError: the copy cannot be read.
    """
    then = hashes_of(copy, key=key)
    try:
        own = key_of_file(file, (*((key,) if key is not None else ()), *keys))
        now = hashes_of(file, key=own) if file.exists() else {}
        common = max((seq for seq, found in now.items() if then.get(seq) == found), default=0)
        shown = entries_after(file, common, most=SHOWN, key=own) if now else ()
        left = left_after(file, common, key=own) if common else None
    except StorageError:
        return Loss(None)
    acts = sum(seq > common for seq in now)
    if left is None:
        return Loss(acts, shown, is_other_file=bool(now))
    held = set(then.values())
    erased = tuple(one for one in left.erased if one.hash not in held)
    return Loss(acts, shown, erased=erased, first=left.first, last=left.last)


def key_of_file(file: Path, keys: Iterable[FileKey]) -> FileKey | None:
    """Return which of the keys opens a file; None when it needs none, or none of them opens it."""
    return next((key for key in keys if fits(file, key)), None) if was_encrypted(file) else None


def was_encrypted(file: Path) -> bool:
    """Return whether a file is encrypted, or was: it is missing, and only its slots are left."""
    return needs_key(file) or (not file.exists() and slots_of(file) is not None)


def _listed(path: Path, place: CopyPlace) -> BackupCopy:
    sidecar = read_sidecar(path)
    seen = path.stat()
    if sidecar is None:
        made_at = datetime.fromtimestamp(seen.st_mtime)  # noqa: DTZ006 - local wall time by design
        return BackupCopy(path, place, made_at, seen.st_size)
    return BackupCopy(
        path,
        place,
        sidecar.made_at,
        seen.st_size,
        sidecar.reason,
        sidecar.counts,
        sidecar.journal_first,
        sidecar.encrypted,
        sidecar.orphans,
        sidecar.schema,
        sidecar.journal_head,
    )
