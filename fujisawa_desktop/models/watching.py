"""How a program hears that another one wrote: a server calls, a file is looked at twice a second.

A bell only says that something was committed, by anybody; what it was stands in the journal.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlalchemy import text

from fujisawa_desktop.models.sqlite_driver import connect, driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fujisawa_desktop.models.database import Database

CHANNEL: Final = "fujisawa_journal"
"""What a server calls on; of each database its own."""
_LOOK_SECONDS: Final = 0.5
"""Between two looks at a file; each reads its first page, and only where it was written anew."""
_LISTEN_SECONDS: Final = 1.0
"""After so long without a call the listener asks whether it is still wanted."""
_AGAIN_SECONDS: Final = (0.5, 1.0, 2.0, 5.0)
"""Before each attempt to reach again a server that went away."""


class Bell(Protocol):
    """Waits until somebody may have written."""

    def wait(self, stop: Event) -> bool:
        """Return whether something was committed meanwhile; ``False`` also when it is time to stop."""

    def close(self) -> None:
        """Let go of the connection."""


def bell_of(database: Database) -> Bell:
    """Return what tells of commits to a database."""
    return FileBell(database) if database.path is not None else ServerBell(database)


def call(connection: Connection, seq: int) -> None:
    """Let a server tell everybody who listens, at the commit of this transaction; a file needs no call."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_notify(:channel, :seq)"), {"channel": CHANNEL, "seq": str(seq)})


class FileBell:
    """Looks at the number that SQLite counts up with every commit of another connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: driver.Connection | None = None
        self._seen: int | None = None

    def wait(self, stop: Event) -> bool:
        """Look once after a pause."""
        if stop.wait(_LOOK_SECONDS):
            return False
        try:
            found = self._look()
        except (driver.Error, OSError):
            self.close()  # busy, or taken away for a moment: looked at anew the next time
            return False
        before, self._seen = self._seen, found
        return before != found

    def close(self) -> None:
        """Close the connection of its own."""
        if self._connection is not None:
            with suppress(driver.Error):
                self._connection.close()
            self._connection = None
            self._seen = None  # the number belongs to a connection

    def _look(self) -> int:
        if self._connection is None:
            path = self._database.path
            if path is None or not path.exists():
                raise OSError
            self._connection = connect(path, key=self._database.key, read_only=True)
        cursor = self._connection.cursor()
        try:
            found: int = cursor.execute("PRAGMA data_version").fetchone()[0]
        finally:
            cursor.close()
        return found


class ServerBell:
    """Listens on a connection of its own, and takes it up again when it breaks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Any = None
        self._failures = 0

    def wait(self, stop: Event) -> bool:
        """Wait for a call."""
        import psycopg  # noqa: PLC0415 - only offices with a server load it

        try:
            if self._connection is None:
                if self._failures and stop.wait(self._pause()):
                    return False
                self._connection = self._listen()
                self._failures = 0
                return True  # whatever was called while nobody listened
            heard = list(self._connection.notifies(timeout=_LISTEN_SECONDS, stop_after=1))
        except (psycopg.Error, OSError):
            self.close()
            self._failures += 1
            return False
        return bool(heard)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None

    def _pause(self) -> float:
        return _AGAIN_SECONDS[min(self._failures, len(_AGAIN_SECONDS)) - 1]

    def _listen(self) -> Any:
        """Return a new connection that listens; made as the engine makes its own."""
        pool = self._database.engines.reader
        arguments, options = pool.dialect.create_connect_args(pool.url)
        connection = pool.dialect.loaded_dbapi.connect(*arguments, **options, autocommit=True)
        connection.execute(f"LISTEN {CHANNEL}")
        return connection
