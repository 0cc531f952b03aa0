"""SQLite files before they are opened for work: looked into without changing a byte, and copied.

SQLAlchemy is not used here, so the window can look at a file while it is still being loaded.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.key_slots import looks_encrypted, names_key, slots_of
from fujisawa_desktop.models.schema import APPLICATION_ID, SCHEMA_HEAD
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver, has_plain_header, journal_of

_UNFIT: Final = frozenset({"storage.wrong-key", "storage.damaged", "storage.not-encrypted"})


def inspect_file(path: Path, *, key: FileKey | None = None) -> str:
    """Return the schema revision of an existing file; the file stays as it is, byte for byte.

    Raises:
        StorageError: it is a folder, encrypted with another key or none was given, damaged, not ours,
            or newer than this program.
    """
    if path.is_dir():
        raise StorageError("storage.is-directory", file=str(path))
    try:
        with closing(connect(path, key=key, read_only=True)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0]
            if ours != APPLICATION_ID:
                raise StorageError("storage.not-ours", file=str(path))
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (driver.DatabaseError, UnicodeDecodeError) as error:  # its words may quote bytes of the file
        raise StorageError(_code_of(path, key), file=str(path)) from error
    revision = str(row[0]) if row else ""
    if revision > SCHEMA_HEAD:
        raise StorageError("storage.newer", file=str(path), found=revision, known=SCHEMA_HEAD)
    return revision


def fits(path: Path, key: FileKey) -> bool:
    """Return whether a key opens a file; what else may be wrong with it is told when it is opened."""
    try:
        inspect_file(path, key=key)
    except StorageError as error:
        return error.code not in _UNFIT
    return True


def _code_of(path: Path, key: FileKey | None) -> str:
    """Return why a file is no database to whoever has this key."""
    try:
        is_encrypted = looks_encrypted(path)
        is_plain = has_plain_header(path)
    except OSError:
        return "storage.cannot-read"
    if not is_encrypted:
        return "storage.damaged" if key is None or not is_plain else "storage.not-encrypted"
    if key is None:
        return "storage.encrypted"
    return "storage.damaged" if names_key(slots_of(path), key) else "storage.wrong-key"


def copy_sqlite(source: Path, target: Path, *, key: FileKey | None = None) -> None:
    """Copy a live SQLite file with SQLite's own backup, then put it in place at once; same key, if any.

    Raises:
        StorageError: the copy cannot be written, or is not whole.
    """
    make_folder(target.parent)
    part = target.with_name(target.name + ".part")
    try:
        with (
            closing(connect(source, key=key, read_only=True)) as old,
            closing(connect(part, key=key)) as new,
        ):
            old.backup(new)
            if new.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StorageError("storage.backup-damaged", file=str(target))
        put_in_place(part, target)
    except (OSError, driver.Error, UnicodeDecodeError) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StorageError("storage.cannot-write", file=str(target)) from error


def sweep_sqlite(path: Path, *, key: FileKey | None = None) -> None:
    """Write a SQLite file anew without its free pages, so that nothing deleted is left in it.

    Raises:
        StorageError: another program reads or writes it, or there is no room for it.
    """
    try:
        with closing(connect(path, key=key)) as connection:
            connection.isolation_level = None
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
    except (driver.Error, UnicodeDecodeError) as error:
        raise StorageError("storage.cannot-write", file=str(path)) from error


def put_in_place(part: Path, target: Path) -> None:
    """Give a finished file its name; a journal left there by a file that is gone must not reach it.

    Raises:
        OSError: it cannot be renamed.
    """
    journal_of(target).unlink(missing_ok=True)
    part.replace(target)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        StorageError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(folder)) from error
