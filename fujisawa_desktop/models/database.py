"""Opening a database: SQLite by default, PostgreSQL by address; settings, checks, backup, migration.

SQLite runs with a rollback journal, full synchronisation, foreign keys on and one writer
that takes its lock at BEGIN.  A file that is not ours, damaged, or newer than this program is
refused before a byte of it is written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import AppError, ConflictError, StorageError
from fujisawa_desktop.models.base import SCHEMA_HEAD
from fujisawa_desktop.paths import backup_dir

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

APPLICATION_ID: Final = 0x464A4453
"""``FJDS`` in the file header: tells our files from other SQLite files."""
BUSY_SECONDS: Final = 10


class Database:
    """One open database; hands out sessions for reading and for one unit of work at a time.

    Attributes:
        url: where it is; the password is never shown.
        path: the file of a SQLite database, else ``None``.
        read_only: nothing may be written (a read-only disk, or another window holds the file).
    """

    def __init__(self, url: URL, *, read_only: bool) -> None:
        self.url = url
        self.path = Path(url.database) if _is_sqlite(url) and url.database else None
        self.read_only = read_only
        self._reader = _engine(url, writes=False, read_only=read_only)
        self._writer = self._reader if read_only else _engine(url, writes=True, read_only=False)

    @property
    def dialect(self) -> str:
        """Return ``sqlite`` or ``postgresql``."""
        return self._reader.dialect.name

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one consistent state and cannot write."""
        with _known_failures(), Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield the session of one unit of work; it commits only when told to."""
        if self.read_only:
            raise StorageError("storage.read-only", file=self.name)
        with _known_failures(), Session(self._writer, autoflush=False, expire_on_commit=False) as session:
            yield session

    @property
    def name(self) -> str:
        """Return the file's name, or the database's name on a server."""
        return self.path.name if self.path else str(self.url.database or "")

    def dispose(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._writer.dispose()

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the database to ``target``, whole or not at all.

        Raises:
            StorageError: the copy cannot be written, or this is not a SQLite database.
        """
        if self.path is None:
            raise StorageError("storage.backup-needs-file")
        copy_sqlite(self.path, target)


def open_database(where: str | Path, *, create: bool = False, read_only: bool = False) -> Database:
    """Open ``where`` (a file or a database address), creating or migrating it as needed.

    Raises:
        StorageError: the file is missing, damaged, foreign, newer, or cannot be read.
    """
    url = database_url(where)
    if not _is_sqlite(url):
        database = Database(url, read_only=read_only)
        if not read_only:
            with _known_failures():
                _migrate(database)
        return database
    path = Path(url.database or "")
    if not path.exists():
        if not create or read_only:
            raise StorageError("storage.missing", file=str(path))
        _make_folder(path.parent)
        database = Database(url, read_only=False)
        with _known_failures(path):
            _migrate(database)
        return database
    revision = _inspect(path)
    writable = not read_only and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    database = Database(url, read_only=not writable)
    if revision != SCHEMA_HEAD:
        if not writable:
            database.dispose()
            raise StorageError("storage.old-and-read-only", file=str(path))
        copy_sqlite(
            path, backup_dir(path) / f"{path.stem}-before-{SCHEMA_HEAD}-{datetime.now():%Y%m%d%H%M%S}.fjdb"
        )
        with _known_failures(path):
            _migrate(database)
    return database


def database_url(where: str | Path) -> URL:
    """Return the address of a file name or of a ``postgresql+psycopg://`` text."""
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        return make_url(text)
    except ArgumentError as error:
        raise StorageError("storage.bad-address") from error


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a live SQLite file with SQLite's own backup, then put it in place at once."""
    _make_folder(target.parent)
    part = target.with_name(target.name + ".part")
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(new)
            if new.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StorageError("storage.backup-damaged", file=str(target))
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise StorageError("storage.cannot-write", file=str(target)) from error


def _inspect(path: Path) -> str:
    """Return the revision of an existing file without changing it."""
    if path.is_dir():
        raise StorageError("storage.is-directory", file=str(path))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
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


def _migrate(database: Database) -> None:
    # Alembic is needed only here and would slow every start.
    from fujisawa_desktop.models.migrate import upgrade  # noqa: PLC0415

    with database._writer.connect() as connection:  # noqa: SLF001 - same module's class
        upgrade(connection)
        connection.commit()
    if database.dialect == "sqlite":
        with database._writer.connect() as connection:  # noqa: SLF001 - same module's class
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.commit()


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("storage.cannot-write", file=str(folder)) from error


def _engine(url: URL, *, writes: bool, read_only: bool) -> Engine:
    if not _is_sqlite(url):
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )

    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        raw: Any = connection
        raw.isolation_level = None  # we say BEGIN ourselves: the driver's own habit loses DDL rollbacks
        cursor = raw.cursor()
        if not read_only:
            cursor.execute("PRAGMA journal_mode = DELETE")
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -65536",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        if not writes:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    event.listen(engine, "connect", prepare)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def _known_failures(path: Path | None = None) -> Iterator[None]:
    """Turn the driver's failures that a clerk can act on into our own; let bugs through."""
    try:
        yield
    except AppError:
        raise
    except OperationalError as error:
        raise _translated(error, path) from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.DatabaseError) and "malformed" in str(error.orig):
            raise StorageError("storage.damaged", file=str(path or "")) from error
        raise


def _translated(error: OperationalError, path: Path | None) -> AppError:
    text = str(error.orig).lower()
    file = str(path or "")
    if "locked" in text or "busy" in text:
        return ConflictError("storage.busy")
    if "readonly" in text or "read-only" in text:
        return StorageError("storage.read-only", file=file)
    if "full" in text:
        return StorageError("storage.disk-full", file=file)
    return StorageError("storage.cannot-use", file=file)
