"""The SQLAlchemy side of an open database: engines, their settings, sessions, known failures.

SQLite runs with a rollback journal, full synchronisation, foreign keys on and one writer that
takes its lock at BEGIN.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import AppError, ConflictError, StorageError
from fujisawa_desktop.models import schema
from fujisawa_desktop.models.json_text import json_of
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
        self.reader = _engine(url, writes=False, read_only=read_only, key=key)
        self.writer = self.reader if read_only else _engine(url, writes=True, read_only=False, key=key)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one consistent state and cannot write."""
        with known_failures(self._path), Session(self.reader, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield the session of one unit of work; it commits only when told to."""
        with (
            known_failures(self._path),
            Session(self.writer, autoflush=False, expire_on_commit=False) as session,
        ):
            yield session

    def migrate(self) -> None:
        """Bring the schema up to date and mark a SQLite file as ours."""
        # Alembic is needed only here and would slow every start.
        from fujisawa_desktop.models.migrate import upgrade  # noqa: PLC0415

        with known_failures(self._path):
            with self.writer.connect() as connection:
                upgrade(connection)
                connection.commit()
            if self._path is not None:
                with self.writer.connect() as connection:
                    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
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


def _engine(url: URL, *, writes: bool, read_only: bool, key: FileKey | None) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, json_serializer=json_of)
    engine = create_engine(
        url,
        module=driver,
        hide_parameters=True,
        json_serializer=json_of,
        connect_args={"timeout": schema.BUSY_SECONDS, "check_same_thread": False},
    )

    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        raw: Any = connection
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

    event.listen(engine, "connect", prepare)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def known_failures(path: Path | None = None) -> Iterator[None]:
    """Turn the driver's failures that a clerk can act on into our own; let bugs through."""
    try:
        yield
    except AppError:
        raise
    except OperationalError as error:
        raise _translated(error, path) from error
    except DBAPIError as error:
        if isinstance(error.orig, driver.DatabaseError) and "malformed" in str(error.orig):
            raise StorageError("storage.damaged", file=str(path or "")) from error
        if isinstance(error.orig, driver.DatabaseError) and "not a database" in str(error.orig):
            raise StorageError("storage.key-changed", file=str(path or "")) from error
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
