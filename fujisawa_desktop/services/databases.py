"""Database files as a clerk handles them: opened, made, checked, restored from a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.backup_files import write_copy
from fujisawa_desktop.models.database import Database, file_of, open_database
from fujisawa_desktop.models.integrity import pour, put_aside, sqlite_faults
from fujisawa_desktop.models.key_slots import carry_slots
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.models.sqlite_files import copy_sqlite, inspect_file, put_in_place
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.services.backups import backup_anchors
from fujisawa_desktop.services.integrity import Finding, logical_findings
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.journal_findings import JournalReport
from fujisawa_desktop.services.programme_files import read_programme
from fujisawa_desktop.services.programmes import create_programme
from fujisawa_desktop.services.restoring import loss_of, require_as_made
from fujisawa_desktop.services.server_passwords import with_password
from fujisawa_desktop.services.unit_of_work import unit_of_work


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


@dataclass(frozen=True, slots=True)
class Restored:
    """A file that holds the state of a copy again; ``kept`` is what it held before."""

    path: Path
    kept: Path | None


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


def restore_backup(
    where: str | Path, *, source: Path, key: FileKey | None = None, actor: str | None = None
) -> Restored:
    """Bring a file back to the state of a copy; what it held before is kept among the backups.

    A file in use by a window is changed under it in one transaction.  A damaged file is moved
    to the backups as it is.  The journal of the file says afterwards that it was brought back; to
    take that back, the copy that was kept is restored in its turn.

    Raises:
        StorageError: the copy is missing, damaged, foreign, newer or no longer what it was when it
            was made, or the file is not ours.
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
    whole = path.exists() and _is_whole(path, key)
    lost = loss_of(path, source, key=key).acts if whole else None
    changed = datetime.fromtimestamp(source.stat().st_mtime)  # noqa: DTZ006 - local wall time by design
    made_at = (sidecar.made_at if sidecar is not None else changed).replace(microsecond=0)
    with _brought_back(source, path, key, actor, {"made_at": made_at, "lost": lost}) as state:
        kept = _put_in_place(state, path, key, whole=whole)
    if key is not None:
        carry_slots(source, path)
    return Restored(path, kept)


@contextmanager
def _brought_back(
    source: Path, path: Path, key: FileKey | None, actor: str | None, params: Mapping[str, object]
) -> Iterator[Path]:
    """Yield a file beside ``path`` with the state of the copy, up to date, whose journal says so."""
    state = path.with_name(f"{path.name}.restoring")
    try:
        copy_sqlite(source.absolute(), state, key=key)
        database = Database(state, read_only=False, key=key)
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


def _put_in_place(state: Path, path: Path, key: FileKey | None, *, whole: bool) -> Path | None:
    """Make a finished state the file, and return where what was there before is kept."""
    if not path.exists():
        _named(state, path)
        return None
    now = datetime.now()
    kept = backup_dir(path) / f"{path.stem}-before-restore-{now:%Y%m%d-%H%M%S-%f}.fjdb"
    if whole:
        write_copy(path, kept, reason=BackupReason.RESTORE, made_at=now, key=key)
        pour(state, path, key=key)
    else:
        put_aside(path, kept)
        _named(state, path)
    return kept


def _named(state: Path, path: Path) -> None:
    try:
        put_in_place(state, path)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(path)) from error


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
