"""The SQLAlchemy side of an open database: engines, their settings, sessions, known failures.

SQLite runs with a rollback journal, full synchronisation, foreign keys on and one writer that
takes its lock at BEGIN; PostgreSQL likewise, by other means (``servers.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import AppError, ConflictError, StorageError, ValidationError
from fujisawa_desktop.models import schema
from fujisawa_desktop.models.json_text import json_of
from fujisawa_desktop.models.row_copy import rows_in
from fujisawa_desktop.models.same_file import SameFile
from fujisawa_desktop.models.servers import (
    LOCK_SECONDS,
    MIGRATION_SECONDS,
    may_write,
    revision_on,
    server_engine,
    server_failure,
    shown_address,
    spoken,
)
from fujisawa_desktop.models.sqlite_driver import FileKey, driver, unlock

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

_PRAGMAS: Final = ("synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY")
_READING_KIB: Final = 2048
_WRITING_KIB: Final = 8192
"""Pages kept by one connection; the system keeps what is read, so more would be kept twice."""


class Engines:
    """One engine for reading, which cannot write, and one for units of work."""

    def __init__(self, where: str | Path, *, read_only: bool, key: FileKey | None = None) -> None:
        url = database_url(where)
        self._path = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
        self.place = str(self._path) if self._path is not None else shown_address(url)
        same = SameFile(self._path) if self._path is not None else None
        self.reader = _engine(url, writes=False, read_only=read_only, key=key, same=same)
        self.writer = (
            self.reader if read_only else _engine(url, writes=True, read_only=False, key=key, same=same)
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one consistent state and cannot write."""
        with known_failures(self.place), Session(self.reader, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield the session of one unit of work; it commits only when told to."""
        with (
            known_failures(self.place),
            Session(self.writer, autoflush=False, expire_on_commit=False) as session,
        ):
            yield session

    def migrate(self) -> None:
        """Bring the schema up to date and mark a SQLite file as ours."""
        # Alembic is needed only here and would slow every start.
        from fujisawa_desktop.models.migrate import upgrade  # noqa: PLC0415

        with known_failures(self.place):
            with self.writer.connect() as connection:
                upgrade(connection)
                connection.commit()
            if self._path is not None:
                with self.writer.connect() as connection:
                    _mark_as_ours(connection)

    @contextmanager
    def whole(self) -> Iterator[Connection]:
        """Yield a connection that reads one state of everything.

        Raises:
            StorageError: this login does not see every row.
        """
        with known_failures(self.place), self.reader.connect() as connection:
            if self._path is None:
                connection.exec_driver_sql("SET LOCAL row_security = off")  # refused, not left out
            yield connection

    @contextmanager
    def founding(self) -> Iterator[Connection]:
        """Yield a connection to all tables, made in its transaction if need be, without any row.

        Raises:
            StorageError: ``copy.target-not-empty``; there are rows in it.
        """
        from fujisawa_desktop.models.migrate import upgrade  # noqa: PLC0415

        with known_failures(self.place), self.writer.connect() as connection:
            found = revision_on(connection, self.place) if self._path is None else None
            if found != schema.SCHEMA_HEAD:
                upgrade(connection)
            if rows_in(connection):
                raise StorageError("copy.target-not-empty", file=spoken(self.place))
            yield connection
            if self._path is not None:
                _mark_as_ours(connection)

    def prepare_server(self, *, create: bool) -> bool:
        """Bring a database on a server up to date if need be; return whether this login may write there.

        One program at a time migrates; the others wait and find it done.

        Raises:
            StorageError: it is not ours, newer, empty (unless it is to be made), or this login may not
                bring it up to date.
        """
        with known_failures(self.place):
            with self.reader.connect() as connection:
                revision = revision_on(connection, self.place)
                if revision == schema.SCHEMA_HEAD:
                    return may_write(connection)
            if revision is None and not create:
                raise StorageError("storage.server-empty", file=spoken(self.place))
            if self.writer is self.reader:
                raise StorageError("storage.old-and-read-only", file=spoken(self.place))
            try:
                self._migrate_server()
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) in {"42501", "25006"}:
                    raise StorageError("storage.server-may-not-migrate", file=spoken(self.place)) from error
                raise
        return True

    def _migrate_server(self) -> None:
        from fujisawa_desktop.models.migrate import upgrade  # noqa: PLC0415

        with self.writer.connect().execution_options(**{LOCK_SECONDS: MIGRATION_SECONDS}) as connection:
            # Another program may have been first, and newer than this one.
            if revision_on(connection, self.place) != schema.SCHEMA_HEAD:
                upgrade(connection)
            connection.commit()

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


def database_url(where: str | Path) -> URL:
    """Return the address of a file name or of a ``postgresql+psycopg://`` text.

    Raises:
        StorageError: the text is no address.
    """
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        return make_url(text)
    except ArgumentError as error:
        raise StorageError("storage.bad-address") from error


def _mark_as_ours(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.commit()


def _engine(url: URL, *, writes: bool, read_only: bool, key: FileKey | None, same: SameFile | None) -> Engine:
    if same is None:
        return server_engine(url, writes=writes)
    engine = create_engine(
        url,
        module=driver,
        hide_parameters=True,
        json_serializer=json_of,
        connect_args={"timeout": schema.BUSY_SECONDS, "check_same_thread": False},
    )

    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        raw: Any = connection
        same.remember()
        unlock(raw, key)
        raw.isolation_level = None  # we say BEGIN ourselves: the driver's own habit loses DDL rollbacks
        cursor = raw.cursor()
        if not read_only:
            cursor.execute("PRAGMA journal_mode = DELETE")
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute(f"PRAGMA cache_size = -{_WRITING_KIB if writes else _READING_KIB}")
        if not writes:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    def begin(connection: Connection) -> None:
        same.require()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    # A new connection would make an empty file where the file is gone.
    event.listen(engine, "do_connect", lambda *_arguments: same.require())
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


@contextmanager
def known_failures(place: str = "") -> Iterator[None]:
    """Turn the driver's failures that a clerk can act on into our own; let bugs through.

    Args:
        place: the file or the address, as a clerk may see it.
    """
    try:
        yield
    except AppError:
        raise
    except UnicodeEncodeError as error:
        # Half of a pair of UTF-16, which Qt hands over as it was pasted: nothing can be asked with it.
        raise ValidationError("text.unstorable", field="") from error
    except DBAPIError as error:
        known = _known(error, place)
        if known is None:
            raise
        raise known from error


def _known(error: DBAPIError, place: str) -> AppError | None:
    if "://" in place:
        return server_failure(error, place)
    if isinstance(error, OperationalError):
        return _translated(error, place)
    if isinstance(error.orig, driver.DatabaseError) and "malformed" in str(error.orig):
        return StorageError("storage.damaged", file=place)
    if isinstance(error.orig, driver.DatabaseError) and "not a database" in str(error.orig):
        return StorageError("storage.key-changed", file=place)
    return None


def _translated(error: OperationalError, file: str) -> AppError:
    text = str(error.orig).lower()
    if "locked" in text or "busy" in text:
        return ConflictError("storage.busy")
    if "readonly" in text or "read-only" in text:
        return StorageError("storage.read-only", file=file)
    if "full" in text:
        return StorageError("storage.disk-full", file=file)
    return StorageError("storage.cannot-use", file=file)
