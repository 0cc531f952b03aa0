"""Database files as a clerk handles them: opened, made, checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.database import Database, file_of, open_database
from fujisawa_desktop.models.integrity import sqlite_faults
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.models.sqlite_files import put_in_place
from fujisawa_desktop.services.backups import backup_anchors
from fujisawa_desktop.services.integrity import Finding, logical_findings
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.journal_findings import JournalReport
from fujisawa_desktop.services.programme_files import read_programme
from fujisawa_desktop.services.programmes import create_programme
from fujisawa_desktop.services.server_passwords import with_password


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Attributes:
        faults: what the database itself reports, in its words.
        findings: rows that contradict each other or what is allowed.
        journal: how long the journal is, and what was done to it.
    """

    faults: tuple[str, ...]
    journal: JournalReport
    findings: tuple[Finding, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not self.findings and self.journal.is_whole


@contextmanager
def opened(where: str | Path, *, create: bool = False, key: FileKey | None = None) -> Iterator[Database]:
    """Open a database for the length of a block; ``create`` makes it where there is none.

    Raises:
        StorageError: it is missing, damaged, foreign or newer.
    """
    try:
        database = open_database(with_password(where), create=create, key=key)
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
        with opened(where, create=True) as database:
            create_programme(database, source=programme, actor=actor)
        return
    if path.exists():
        raise StorageError("storage.exists", file=str(path))
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        database = open_database(part, create=True, key=key)
        try:
            create_programme(database, source=programme, actor=actor)
        finally:
            database.dispose()
        put_in_place(part, path)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(path)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def check_database(database: Database) -> CheckReport:
    """Check the file, what its rows say of each other, and its journal, also against its backups."""
    faults = sqlite_faults(database.path, key=database.key) if database.path is not None else ()
    if faults:
        return CheckReport(faults, JournalReport(0, 0, ""))
    journal = check_journal(database, anchors=backup_anchors(database))
    return CheckReport((), journal, logical_findings(database))
