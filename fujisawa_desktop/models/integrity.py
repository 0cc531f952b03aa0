"""Looking into a SQLite file as SQLite itself sees it, and putting a copy back in its place."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import ConflictError, StorageError
from fujisawa_desktop.models.schema import BUSY_SECONDS
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver, journal_of

_MOST_FAULTS: Final = 20
_BUSY: Final = frozenset({driver.SQLITE_BUSY, driver.SQLITE_LOCKED})


def sqlite_faults(path: Path, *, key: FileKey | None = None) -> tuple[str, ...]:
    """Return what SQLite finds wrong with a file, in its own words; nothing when the file is whole.

    Rows whose parent is missing are no damage of the file: ``check`` finds and mends them.
    """
    try:
        with closing(connect(path, key=key, read_only=True)) as connection:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
    except (driver.DatabaseError, UnicodeDecodeError) as error:
        return (str(error),)
    return tuple(fault for fault in found if fault != "ok")


def pour(source: Path, target: Path, *, key: FileKey | None = None) -> None:
    """Replace what a live file holds by what ``source`` holds, in one transaction.

    Whoever has the file open sees the new state at the next look.

    Raises:
        ConflictError: somebody keeps writing to the file.
        StorageError: the file cannot be written.
    """
    until = time.monotonic() + BUSY_SECONDS

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in _BUSY and time.monotonic() > until:
            raise ConflictError("storage.busy")

    try:
        with (
            closing(connect(source, key=key, read_only=True)) as old,
            closing(connect(target, key=key, timeout=0)) as live,
        ):
            old.backup(live, progress=give_up)
    except (OSError, driver.Error, UnicodeDecodeError) as error:
        raise StorageError("storage.cannot-write", file=str(target)) from error


@contextmanager
def kept_aside(path: Path, kept: Path) -> Iterator[None]:
    """Keep a file that cannot be read any more under another name, byte for byte, with its journal.

    It gets a second name, and the body puts another file in place of the first: should that fail, nothing
    has to be moved back, which might fail as well.  Where there are no second names it is renamed.
    It is never copied: of a broken disk nothing need be readable.  A journal that stayed behind would be
    taken for that of the next file with the name.  If the body fails, all is as it was.

    Raises:
        StorageError: it gets no other name.
    """
    pairs = ((journal_of(path), journal_of(kept)), (path, kept))
    named: list[tuple[Path, Path]] = []
    try:
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            for old, new in pairs:
                if old.exists():
                    _name_too(old, new)
                    named.append((old, new))
        except OSError as error:
            raise StorageError("storage.cannot-write", file=str(kept)) from error
        yield
    except Exception:
        for old, new in reversed(named):
            with suppress(OSError):
                _take_name_back(old, new)
        raise


def _name_too(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.move(old, new)


def _take_name_back(old: Path, new: Path) -> None:
    if old.exists() and old.samefile(new):
        new.unlink()
    else:
        shutil.move(new, old)
