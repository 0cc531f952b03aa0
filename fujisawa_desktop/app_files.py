"""An open file with the lock that keeps a second window from writing to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile

from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.glance import Glance, glance_at
from fujisawa_desktop.services.later import later

if TYPE_CHECKING:
    from fujisawa_desktop.models.sqlite_driver import FileKey
    from fujisawa_desktop.services.databases import create_database
    from fujisawa_desktop.services.places import PlaceFinding, opening_findings
    from fujisawa_desktop.services.programmes import current_programme_id
    from fujisawa_desktop.services.server_passwords import with_password, without_password
    from fujisawa_desktop.services.unlocking import create_encrypted
else:
    create_database = later("databases", "create_database")
    current_programme_id = later("programmes", "current_programme_id")
    opening_findings = later("places", "opening_findings")
    create_encrypted = later("unlocking", "create_encrypted")
    with_password, without_password = (
        later("server_passwords", name) for name in ("with_password", "without_password")
    )

SHIPPED_PROGRAMME: Final = "r6"


@dataclass(frozen=True)
class OpenFile:
    """A database on the desk.

    Attributes:
        glance: the top of its list of applicants, read ahead of everything else.
        lock: ``None`` for a database on a server, which looks after its clients itself.
        key: what the file is encrypted with.
        findings: what speaks against the place it lies in.
    """

    database: Database
    programme_id: int
    glance: Glance | None
    lock: QLockFile | None

    key: FileKey | None = None
    findings: tuple[PlaceFinding, ...] = ()

    @property
    def held_elsewhere(self) -> bool:
        """Return whether another window has the file open for writing."""
        return (
            self.lock is not None
            and not self.lock.isLocked()
            and self.lock.error() is QLockFile.LockError.LockFailedError
        )

    def is_at(self, where: Path | str) -> bool:
        """Return whether this is what ``where`` names."""
        if "://" in str(where):
            return self.database.path is None and self.database.place == without_password(where)
        return self.database.path == Path(where).absolute()

    def close(self) -> None:
        """Close every connection and let other windows write."""
        self.database.dispose()
        if self.lock is not None:
            self.lock.unlock()


def open_file(where: Path | str, key: FileKey | None = None) -> OpenFile:
    """Lock and open a database; one held by another window is opened for reading only.

    Args:
        where: the file, or the address on a server.
        key: what the file is encrypted with.

    Raises:
        StorageError: it cannot be opened.
        NotFoundError: ``programme.none``; it holds no programme.
    """
    lock = _lock_for(where)
    database: Database | None = None
    try:
        if "://" in str(where):
            where = with_password(where)
        database = open_database(where, read_only=lock is not None and not lock.isLocked(), key=key)
        glance = glance_at(database.path, key=key) if database.path is not None else None
        programme_id = glance.programme_id if glance is not None else current_programme_id(database)
        findings = opening_findings(database.path) if database.path is not None else ()
        return OpenFile(database, programme_id, glance, lock, key, findings)
    except Exception:
        if database is not None:
            database.dispose()
        if lock is not None:
            lock.unlock()
        raise


def create_file(path: Path, key: FileKey | None = None, passphrase: str | None = None) -> OpenFile:
    """Make a new file that holds the shipped programme, encrypted if there is a key, and open it."""
    if key is not None and passphrase is not None:
        create_encrypted(path, programme=SHIPPED_PROGRAMME, key=key, passphrase=passphrase)
    else:
        create_database(path, programme=SHIPPED_PROGRAMME)
    return open_file(path, key)


def _lock_for(where: Path | str) -> QLockFile | None:
    path = Path(where)
    if "://" in str(where) or not path.is_file():
        return None
    lock = QLockFile(f"{path.absolute()}.lock")
    lock.setStaleLockTime(0)  # only the end of the other process frees it, never its age
    lock.tryLock(0)
    return lock
