"""A file brought back to the state of a copy, whatever key either of them is under.

What opens the copy opens the restored file: it is under the copy's key, and a passphrase that was asked
for the copy is the file's from then on.  Only a plain copy of a file that is encrypted says nothing of
that; then whoever restores has to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.backup_files import write_copy
from fujisawa_desktop.models.database import Database, file_of
from fujisawa_desktop.models.integrity import kept_aside, pour, sqlite_faults
from fujisawa_desktop.models.journal_glance import ERASURES, FIRST, LAST
from fujisawa_desktop.models.key_slots import (
    Slots,
    drop_slots,
    slot_for,
    slots_from,
    slots_of,
    slots_through,
    slots_to_keep,
    write_slots,
)
from fujisawa_desktop.models.recrypt import exchange, recrypt
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.models.sqlite_files import copy_sqlite, inspect_file, put_in_place
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.rules.passphrases import usual_form
from fujisawa_desktop.services.restoring import Loss, loss_of, require_as_made, was_encrypted
from fujisawa_desktop.services.unit_of_work import unit_of_work

_CLOSED: Final = frozenset(
    {"storage.damaged", "storage.encrypted", "storage.wrong-key", "storage.not-encrypted"}
)
"""Why a file of ours cannot be read with a key: it is kept as it is."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What a restored file is to be under, where the copy itself does not say.

    Attributes:
        key: ``None`` for a file that anybody can read, on purpose.
        passphrase: a new one; without it, the key slots that are there for the key stay.
    """

    key: FileKey | None
    passphrase: str | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """A file that holds the state of a copy again.

    Attributes:
        kept: what it held before; ``None`` when there was nothing.
        key: what it is under now.
        has_passphrase: a passphrase opens it; else only the recovery key does.
        loss: what went with the return.
    """

    path: Path
    kept: Path | None
    key: FileKey | None
    has_passphrase: bool
    loss: Loss


@dataclass(frozen=True, slots=True)
class _Present:
    """What is there before: readable and whole under a key, or neither."""

    key: FileKey | None
    whole: bool


def restore_backup(
    where: str | Path,
    *,
    source: Path,
    key: FileKey | None = None,
    keys: Sequence[FileKey] = (),
    under: Protection | None = None,
    asked: Path | None = None,
    actor: str | None = None,
) -> Restored:
    """Bring a file back to the state of a copy; what it held before is kept among the backups.

    A file in use by a window is changed under it in one transaction, if its key stays the same; else
    the window has to close it first.  A file that is damaged, or under a key nobody gave, is kept
    among the backups as it is.  The journal of the file says afterwards that it was brought back; to take
    that back, the copy that was kept is restored in its turn.

    Args:
        where: the file.
        source: the copy.
        key: what the copy is encrypted with.
        keys: what else the present file may be encrypted with.
        under: what the restored file is to be under; else what the copy is under.
        asked: the copy whose passphrase was asked for, mostly this one: it is the file's from now on; else
            the file keeps its own, as long as it leads to the same key.
        actor: who restores.

    Raises:
        StorageError: the copy is missing, damaged, foreign, newer, under another key or no longer what it
            was when it was made; ``restore.plain-copy``: it is not encrypted and the file is, and
            ``under`` does not say what is wanted; or the file is not ours.
        ConflictError: somebody keeps writing to the file.
    """
    path = file_of(where)
    if path is None:
        raise StorageError("storage.backup-needs-file")
    _require_ours(source, key)
    if path.exists() and path.samefile(source):
        raise StorageError("restore.same-file", file=str(path))
    sidecar = require_as_made(source)
    if sqlite_faults(source, key=key):
        raise StorageError("storage.damaged", file=str(source))
    if key is None and under is None and was_encrypted(path):
        raise StorageError("restore.plain-copy", file=path.name, copy=source.name)
    before = _present(path, [one for one in (key, *keys) if one is not None])
    after = under.key if under is not None else key
    slots = _slots_after(path, source, after, under, asked)
    loss = _loss(path, source, key, before)
    changed = datetime.fromtimestamp(source.stat().st_mtime)  # noqa: DTZ006 - local wall time by design
    made_at = (sidecar.made_at if sidecar is not None else changed).replace(microsecond=0)
    told = {"made_at": made_at, "lost": loss.acts, **_left(loss)}
    with _brought_back(source, path, (key, after), actor, told) as state:
        kept = _put_in_place(state, path, before, after, slots)
    return Restored(path, kept, after, slots is not None, loss)


def _left(loss: Loss) -> dict[str, Any]:
    """Return what the entry of a return says of what it leaves behind."""
    left: dict[str, Any] = {}
    if loss.erased:
        left[ERASURES] = [[one.day.isoformat(), one.hash] for one in loss.erased]
    if 0 < loss.first <= loss.last:
        left |= {FIRST: loss.first, LAST: loss.last}
    return left


def _slots_after(
    path: Path, source: Path, after: FileKey | None, under: Protection | None, asked: Path | None
) -> Slots | None:
    """Return the key slots that the restored file gets; None where only the recovery key opens it."""
    if after is None:
        return None
    if under is not None and under.passphrase is not None:
        return slots_from([slot_for(after, usual_form(under.passphrase))])
    places = (path, source) if asked is None else (asked, path, source)
    return slots_to_keep(places[0], after, places[1:])


def _loss(path: Path, source: Path, key: FileKey | None, before: _Present) -> Loss:
    if not before.whole:
        return Loss(None)
    return loss_of(path, source, key=key, keys=(before.key,) if before.key is not None else ())


@contextmanager
def _brought_back(
    source: Path,
    path: Path,
    keys: tuple[FileKey | None, FileKey | None],
    actor: str | None,
    params: Mapping[str, Any],
) -> Iterator[Path]:
    """Yield a file beside ``path`` with the state of the copy, up to date, whose journal says so.

    ``keys``: what the copy is under, and what the file is to be under.
    """
    state = path.with_name(f"{path.name}.restoring")
    try:
        copy_sqlite(source.absolute(), state, key=keys[0])
        if keys[0] != keys[1]:
            recrypt(state, old=keys[0], new=keys[1])
        database = Database(state, read_only=False, key=keys[1])
        try:
            database.engines.migrate()
            with unit_of_work(
                database, "file.restored", actor=actor, kind=EntryKind.RESTORED, **params
            ) as work:
                work.commit()
        finally:
            database.dispose()
        yield state
    finally:
        with suppress(OSError):
            state.unlink(missing_ok=True)


def _put_in_place(
    state: Path, path: Path, before: _Present, after: FileKey | None, slots: Slots | None
) -> Path | None:
    """Make a finished state the file, and return where what was there before is kept."""
    if not path.exists():
        with slots_through(path, slots):
            _named(state, path)
        return None
    now = datetime.now()
    kept = backup_dir(path) / f"{path.stem}-before-restore-{now:%Y%m%d-%H%M%S-%f}.fjdb"
    keep = partial(write_copy, path, kept, reason=BackupReason.RESTORE, made_at=now, key=before.key)
    if before.whole and before.key == after:
        keep()
        with slots_through(path, slots):
            pour(state, path, key=after)
    elif before.whole:
        with slots_through(path, slots):
            exchange(state, path, key=before.key, first=keep)
    else:
        with _kept_aside(path, kept), slots_through(path, slots):
            _named(state, path)
    return kept


@contextmanager
def _kept_aside(path: Path, kept: Path) -> Iterator[None]:
    """Keep a file that cannot be read, with what leads to its key; nothing is kept if the body fails."""
    slots = slots_of(path)
    with kept_aside(path, kept):
        try:
            if slots is not None:
                write_slots(kept, slots)
            yield
        except Exception:
            drop_slots(kept)
            raise


def _named(state: Path, path: Path) -> None:
    try:
        put_in_place(state, path)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(path)) from error


def _present(path: Path, keys: Iterable[FileKey]) -> _Present:
    """Return what is there; a file of somebody else, or of a newer version, is refused."""
    if not path.exists():
        return _Present(None, whole=False)
    for key in (*keys, None):
        try:
            _require_ours(path, key)
        except StorageError as error:
            if error.code not in _CLOSED:
                raise
        else:
            return _Present(key, whole=not sqlite_faults(path, key=key))
    return _Present(None, whole=False)


def _require_ours(path: Path, key: FileKey | None) -> None:
    """Refuse what is no file of ours; an older one is brought up to date when it is opened for work."""
    if not path.exists():
        raise StorageError("storage.missing", file=str(path))
    inspect_file(path, key=key)
