"""Database files as a clerk handles them: opened, made, checked, restored from a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.database import Database, file_of, open_database
from fujisawa_desktop.models.integrity import pour, put_aside, sqlite_faults
from fujisawa_desktop.models.key_slots import carry_slots
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.models.sqlite_files import copy_sqlite, inspect_file
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.history import ChainCheck, check_chain
from fujisawa_desktop.services.interview_integrity import interview_faults
from fujisawa_desktop.services.programme_files import read_programme
from fujisawa_desktop.services.programmes import create_programme


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Attributes:
        faults: what the database itself reports, in its words; or rows that contradict each other.
        journal: how long the journal is, and where its chain breaks.
    """

    faults: tuple[str, ...]
    journal: ChainCheck

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and self.journal.broken_at is None


@dataclass(frozen=True, slots=True)
class Restored:
    """A file that holds the state of a copy again; ``kept`` is what it held before."""

    path: Path
    kept: Path | None


@contextmanager
def opened(where: str | Path, *, key: FileKey | None = None) -> Iterator[Database]:
    """Open a database for the length of a block.

    Raises:
        StorageError: it is missing, damaged, foreign or newer.
    """
    try:
        database = open_database(where, key=key)
    except (ArgumentError, ModuleNotFoundError) as error:  # no such kind of database, or no driver for it
        raise StorageError("storage.bad-address") from error
    try:
        yield database
    finally:
        database.dispose()


def create_database(
    where: str | Path, *, programme: Path | str, actor: str | None = None, key: FileKey | None = None
) -> None:
    """Make a new database that holds a programme, whole or not at all.

    Raises:
        StorageError: the file exists already, or cannot be written.
        NotFoundError, InputFileError: the programme cannot be read.
        ConflictError: a database on a server holds that programme already.
    """
    read_programme(programme)  # before anything is written
    path = file_of(where)
    if path is None:
        with opened(where) as database:
            create_programme(database, source=programme, actor=actor)
        return
    if path.exists():
        raise StorageError("storage.exists", file=str(path))
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        database = open_database(part, create=True, key=key)
        try:
            create_programme(database, source=programme, actor=actor)
        finally:
            database.dispose()
        part.rename(path)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(path)) from error
    finally:
        part.unlink(missing_ok=True)


def check_database(database: Database) -> CheckReport:
    """Check the file, what it says of interviews in several places, and the chain of its journal."""
    faults = sqlite_faults(database.path, key=database.key) if database.path is not None else ()
    if faults:
        return CheckReport(faults, ChainCheck(0, None))
    with database.read() as session:
        faults = tuple(interview_faults(session))
    return CheckReport(faults, check_chain(database))


def restore_backup(where: str | Path, *, source: Path, key: FileKey | None = None) -> Restored:
    """Bring a file back to the state of a copy; what it held before is kept among the backups.

    A file in use by a window is changed under it in one transaction.  A damaged file is moved
    to the backups as it is.

    Raises:
        StorageError: the copy is missing, damaged, foreign or newer, or the file is not ours.
        ConflictError: somebody keeps writing to the file.
    """
    path = file_of(where)
    if path is None:
        raise StorageError("storage.backup-needs-file")
    _require_ours(source, key)
    if sqlite_faults(source, key=key):
        raise StorageError("storage.damaged", file=str(source))
    if not path.exists():
        copy_sqlite(source.absolute(), path, key=key)
        if key is not None:
            carry_slots(source, path)
        return Restored(path, None)
    if path.samefile(source):
        raise StorageError("restore.same-file", file=str(path))
    kept = backup_dir(path) / f"{path.stem}-before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}.fjdb"
    if _is_whole(path, key):
        copy_sqlite(path, kept, key=key)
        pour(source, path, key=key)
    else:
        put_aside(path, kept)
        copy_sqlite(source.absolute(), path, key=key)
    if key is not None:
        carry_slots(source, path)
    return Restored(path, kept)


def _is_whole(path: Path, key: FileKey | None) -> bool:
    """Return whether a file of ours is whole; a file of somebody else is refused."""
    try:
        _require_ours(path, key)
    except StorageError as error:
        if error.code != "storage.damaged":
            raise
        return False
    return not sqlite_faults(path, key=key)


def _require_ours(path: Path, key: FileKey | None) -> None:
    """Refuse what is no file of ours; an older one is brought up to date when it is opened for work."""
    if not path.exists():
        raise StorageError("storage.missing", file=str(path))
    inspect_file(path, key=key)
