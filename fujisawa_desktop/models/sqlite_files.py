"""SQLite files before they are opened for work: looked into without changing a byte, and copied.

Only the standard library is used here, so the window can look at a file while SQLAlchemy is
still being loaded.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.schema import APPLICATION_ID, SCHEMA_HEAD


def read_only_uri(path: Path) -> str:
    """Return the address under which SQLite opens a file for reading only."""
    return f"{path.absolute().as_uri()}?mode=ro"


def inspect_file(path: Path) -> str:
    """Return the schema revision of an existing file; the file stays as it is, byte for byte.

    Raises:
        StorageError: it is a folder, damaged, not ours, or newer than this program.
    """
    if path.is_dir():
        raise StorageError("storage.is-directory", file=str(path))
    try:
        with closing(sqlite3.connect(read_only_uri(path), uri=True)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0]
            if ours != APPLICATION_ID:
                raise StorageError("storage.not-ours", file=str(path))
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        code = "storage.damaged" if os.access(path, os.R_OK) else "storage.cannot-read"
        raise StorageError(code, file=str(path)) from error
    revision = str(row[0]) if row else ""
    if revision > SCHEMA_HEAD:
        raise StorageError("storage.newer", file=str(path), found=revision, known=SCHEMA_HEAD)
    return revision


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a live SQLite file with SQLite's own backup, then put it in place at once.

    Raises:
        StorageError: the copy cannot be written, or is not whole.
    """
    make_folder(target.parent)
    part = target.with_name(target.name + ".part")
    try:
        with (
            closing(sqlite3.connect(read_only_uri(source), uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(new)
            if new.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StorageError("storage.backup-damaged", file=str(target))
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise StorageError("storage.cannot-write", file=str(target)) from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        StorageError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(folder)) from error
