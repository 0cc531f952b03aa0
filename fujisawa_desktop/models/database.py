"""Opening a database: SQLite by default, PostgreSQL by address; checks, backup, migration.

A file that is not ours, damaged, or newer than this program is refused before a byte of it is
written.  The engines are made at the first session: the window stands on the screen by then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.backup_files import Sidecar, write_copy
from fujisawa_desktop.models.leftovers import clear_leftovers
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.models.sqlite_files import inspect_file, make_folder, sweep_sqlite
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.rules.backup_thinning import BackupReason

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from fujisawa_desktop.models.engines import Engines


class Database:
    """One open database; hands out sessions for reading and for one unit of work at a time.

    Attributes:
        path: the file of a SQLite database, else ``None``.
        read_only: nothing may be written (a read-only disk, or another window holds the file).
        key: what the file is encrypted with; ``None`` for a plain file.
        kept: what services keep in memory of this database, by name; it goes with the database.
    """

    def __init__(self, where: str | Path, *, read_only: bool, key: FileKey | None = None) -> None:
        self.path = file_of(where)
        self.read_only = read_only
        self.key = key
        self.kept: dict[str, Any] = {}
        self._where = where
        self._lock = Lock()
        self._engines: Engines | None = None

    @property
    def engines(self) -> Engines:
        """Return the engines, made when first asked for by any thread."""
        with self._lock:
            if self._engines is None:
                # SQLAlchemy takes longer to load than the window; it is loaded behind it.
                from fujisawa_desktop.models.engines import Engines  # noqa: PLC0415

                self._engines = Engines(self._where, read_only=self.read_only, key=self.key)
            return self._engines

    @property
    def dialect(self) -> str:
        """Return ``sqlite`` or ``postgresql``."""
        return "sqlite" if self.path is not None else self.engines.reader.dialect.name

    @property
    def name(self) -> str:
        """Return the file's name, or the database's name on a server."""
        return self.path.name if self.path is not None else str(self.engines.reader.url.database or "")

    @property
    def place(self) -> str:
        """Return the whole file name, or the address on a server without its password."""
        return str(self.path) if self.path is not None else self.engines.place

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one consistent state and cannot write."""
        with self.engines.read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield the session of one unit of work; it commits only when told to.

        Raises:
            StorageError: the database is open for reading only.
        """
        if self.read_only:
            raise StorageError("storage.read-only", file=self.name)
        with self.engines.write() as session:
            yield session

    def dispose(self) -> None:
        """Close every connection."""
        if self._engines is not None:
            self._engines.dispose()

    def backup(
        self,
        target: Path,
        *,
        reason: BackupReason = BackupReason.BY_HAND,
        made_at: datetime | None = None,
        keys: Mapping[str, Any] | None = None,
    ) -> Sidecar:
        """Write a proven copy of the database to ``target`` with its page beside it, whole or not at all.

        Raises:
            StorageError: the copy cannot be written, or this is not a SQLite database.
        """
        if self.path is None:
            raise StorageError("storage.backup-needs-file")
        when = made_at or datetime.now()
        return write_copy(self.path, target, reason=reason, made_at=when, key=self.key, keys=keys)

    def sweep(self) -> None:
        """Clear what deleted rows have left in the free pages of a SQLite file.

        Raises:
            StorageError: another program holds the file, or this is not a SQLite database.
        """
        if self.path is None:
            raise StorageError("storage.backup-needs-file")
        sweep_sqlite(self.path, key=self.key)


def open_database(
    where: str | Path, *, create: bool = False, read_only: bool = False, key: FileKey | None = None
) -> Database:
    """Open ``where`` (a file or a database address), creating or migrating it as needed.

    Args:
        where: the file, or the address on a server.
        create: make the file when there is none, encrypted when there is a key; on a server, make the
            tables of a database that has none.
        read_only: never write to it.
        key: what the file is encrypted with.

    Raises:
        StorageError: the file is missing, damaged, foreign, newer, or cannot be read; the server does
            not answer, or refuses.
    """
    path = file_of(where)
    if path is None:
        return _opened_on_server(Database(where, read_only=read_only), create=create)
    if not path.exists():
        if not create or read_only:
            raise StorageError("storage.missing", file=str(path))
        make_folder(path.parent)
        database = Database(path, read_only=False, key=key)
        with _closed_on_failure(database):
            database.engines.migrate()
        return database
    revision = inspect_file(path, key=key)
    writable = not read_only and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    database = Database(path, read_only=not writable, key=key)
    if writable:
        clear_leftovers(path)
    if revision != SCHEMA_HEAD:
        if not writable:
            raise StorageError("storage.old-and-read-only", file=str(path))
        now = datetime.now()
        copy = backup_dir(path) / f"{path.stem}-before-{SCHEMA_HEAD}-{now:%Y%m%d%H%M%S}.fjdb"
        with _closed_on_failure(database):
            database.backup(copy, reason=BackupReason.MIGRATION, made_at=now)
            database.engines.migrate()
    return database


def _opened_on_server(database: Database, *, create: bool) -> Database:
    with _closed_on_failure(database):
        writable = database.engines.prepare_server(create=create)
    database.read_only = database.read_only or not writable
    return database


@contextmanager
def _closed_on_failure(database: Database) -> Iterator[None]:
    """Let go of a database that could not be made ready: nobody gets it, and its files shall be free."""
    try:
        yield
    except BaseException:
        database.dispose()
        raise


def file_of(where: str | Path) -> Path | None:
    """Return the SQLite file that ``where`` names, or ``None`` for an address on a server."""
    text = str(where)
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    return None if "://" in text else Path(text).expanduser().absolute()
