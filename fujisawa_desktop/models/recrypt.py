"""Writing a file anew under another key, or under none: exported, compared, then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import ConflictError, StorageError
from fujisawa_desktop.models.integrity import sqlite_faults
from fujisawa_desktop.models.schema import APPLICATION_ID, BUSY_SECONDS
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver

PART_SUFFIX: Final = ".recrypt.part"
OLD_SUFFIX: Final = ".before.part"
_ERASED_AT_ONCE: Final = 1 << 20
_REPLACES_OPEN_FILES: Final = os.name == "posix"


def recrypt(path: Path, *, old: FileKey | None, new: FileKey | None) -> None:
    """Encrypt a file under ``new`` (None: not at all) that is under ``old`` now, whole or not at all.

    Nobody can write to it meanwhile.  The bytes of the old file are overwritten before they are
    freed; what a disk of flash memory keeps of them is beyond any program.

    Raises:
        ConflictError: ``storage.busy``; somebody is writing to it.
        StorageError: it cannot be written, or the new file is not what the old one was.
    """
    part = path.with_name(path.name + PART_SUFFIX)
    try:
        part.unlink(missing_ok=True)
        with closing(connect(path, key=old, timeout=BUSY_SECONDS)) as guard:
            guard.isolation_level = None
            guard.execute("BEGIN IMMEDIATE")
            _export(path, part, old, new)
            if _contents(path, old) != _contents(part, new) or sqlite_faults(part, key=new):
                raise StorageError("storage.recrypt-differs", file=str(path))
            if _REPLACES_OPEN_FILES:
                _replace(part, path)
        if not _REPLACES_OPEN_FILES:
            _replace(part, path)
    except (OSError, driver.Error) as error:
        if isinstance(error, driver.OperationalError) and "locked" in str(error):
            raise ConflictError("storage.busy") from error
        raise StorageError("storage.cannot-write", file=str(path)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def exchange(part: Path, path: Path, *, key: FileKey | None, first: Callable[[], object]) -> None:
    """Put a finished file in place of one under another key (``key``); the old bytes are overwritten.

    Nobody can write to the old file while ``first``, which may copy it, is done.

    Raises:
        ConflictError: ``storage.busy``; somebody is writing to it.
        StorageError: it cannot be written.
    """
    try:
        with closing(connect(path, key=key, timeout=BUSY_SECONDS)) as guard:
            guard.isolation_level = None
            guard.execute("BEGIN IMMEDIATE")
            first()
            if _REPLACES_OPEN_FILES:
                _replace(part, path)
        if not _REPLACES_OPEN_FILES:
            _replace(part, path)
    except (OSError, driver.Error) as error:
        if isinstance(error, driver.OperationalError) and "locked" in str(error):
            raise ConflictError("storage.busy") from error
        raise StorageError("storage.cannot-write", file=str(path)) from error


def erase(path: Path) -> None:
    """Overwrite a file and delete it.

    Raises:
        OSError: it cannot be written or deleted.
    """
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            file.write(bytes(min(left, _ERASED_AT_ONCE)))
            left -= _ERASED_AT_ONCE
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _export(path: Path, part: Path, old: FileKey | None, new: FileKey | None) -> None:
    with closing(connect(path, key=old, timeout=BUSY_SECONDS)) as connection:
        connection.isolation_level = None
        secret = f"x'{new.raw.hex()}'" if new is not None else ""
        connection.execute(f'ATTACH DATABASE ? AS target KEY "{secret}"', (str(part),))
        version = connection.execute("PRAGMA main.user_version").fetchone()[0]
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        connection.execute(f"PRAGMA target.application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA target.user_version = {int(version)}")
        connection.execute("DETACH DATABASE target")


def _contents(path: Path, key: FileKey | None) -> tuple[object, ...]:
    """Return what must be the same before and after: schema, rows of each table, end of the journal."""
    with closing(connect(path, key=key, read_only=True)) as connection:
        connection.execute("PRAGMA query_only = ON")
        schema = connection.execute(
            "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchall()
        tables = [name for kind, name, _sql in schema if kind == "table"]
        count = 'SELECT count(*) FROM "{}"'
        counts = [connection.execute(count.format(name)).fetchone() for name in tables]
        head = connection.execute("SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1").fetchone()
    return tuple(schema), tuple(counts), head


def _replace(part: Path, path: Path) -> None:
    """Put the new file in place of the old one, whose bytes are then overwritten.

    Where they cannot be, the next start does it (``models/leftovers.py``).
    """
    shutil.copymode(path, part)
    with part.open("r+b") as file:
        os.fsync(file.fileno())
    before = path.with_name(path.name + OLD_SUFFIX)
    before.unlink(missing_ok=True)
    with suppress(OSError):  # a disk without hard links: the old bytes are only freed
        os.link(path, before)
    try:
        part.replace(path)
    except OSError:
        with suppress(OSError):
            before.unlink(missing_ok=True)
        raise
    # All is done: whoever hears of a failure from here on would take the slots of the new key back.
    with suppress(OSError):
        if before.exists():
            erase(before)
