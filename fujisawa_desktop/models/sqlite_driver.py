"""The one SQLite that opens every file: SQLCipher's build, which reads and writes plain files too.

It is newer than the one Python brings, so all files of an office behave alike whatever Python is
installed, and a file with a key is opened by the same calls as a file without.
"""

from __future__ import annotations

import hmac
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    import sqlite3 as driver
else:
    from sqlcipher3 import dbapi2 as driver

__all__ = [
    "PLAIN_HEADER",
    "FileKey",
    "connect",
    "driver",
    "has_plain_header",
    "journal_of",
    "read_only_uri",
    "unlock",
]

PLAIN_HEADER: Final = b"SQLite format 3\0"
"""The first bytes of a file without a key; with one, they are a random salt."""
KEY_BYTES: Final = 32


class FileKey:
    """The key all pages of a file are encrypted with; it never shows itself in a text."""

    __slots__ = ("_held",)

    def __init__(self, raw: bytes) -> None:
        """Hold ``raw``, 32 random bytes."""
        if len(raw) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._held = bytearray(raw)

    @property
    def raw(self) -> bytes:
        """Return the 32 bytes.

        Raises:
            ValueError: the key was forgotten.
        """
        if not self._held:
            raise ValueError("the key was forgotten")
        return bytes(self._held)

    def forget(self) -> None:
        """Overwrite the key; what the database library keeps of it goes with its connections."""
        self._held[:] = bytes(len(self._held))
        self._held.clear()

    def copy(self) -> FileKey:
        """Return the same key, to be forgotten on its own."""
        return FileKey(self.raw)

    def __eq__(self, other: object) -> bool:
        """Compare without telling by the time it takes where two keys differ."""
        return isinstance(other, FileKey) and hmac.compare_digest(self._held, other._held)

    def __hash__(self) -> int:
        """Refuse: a key is nobody's name."""
        raise TypeError("a key has no hash")

    def __reduce__(self) -> NoReturn:
        """Refuse to be written anywhere."""
        raise TypeError("a key is not stored")

    def __repr__(self) -> str:
        return "FileKey(…)"


def connect(
    path: Path, *, key: FileKey | None = None, read_only: bool = False, timeout: float = 5
) -> driver.Connection:
    """Open a file (made if it is missing and may be written) and, with a key, unlock it.

    A wrong key is noticed at the first statement: ``driver.DatabaseError``, "file is not a database".
    An act that a power cut broke off is taken back, by reading too: until then nothing can be read.
    """
    if read_only and not _was_broken_off(path):
        connection = driver.connect(read_only_uri(path), uri=True, timeout=timeout)
    elif read_only:
        connection = driver.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=timeout)
        unlock(connection, key)
        connection.execute("PRAGMA query_only = ON")
        return connection
    else:
        connection = driver.connect(path, timeout=timeout)
    unlock(connection, key)
    return connection


def unlock(connection: driver.Connection, key: FileKey | None) -> None:
    """Give a fresh connection its key; must come before every other statement."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key is told to the standard error
    if key is not None:
        cursor.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
    cursor.close()


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps what an act changes until it is done; the two belong together."""
    return path.with_name(f"{path.name}-journal")


def _was_broken_off(path: Path) -> bool:
    """Whether the journal of an act stands beside a file that may be written; SQLite knows if it lives."""
    journal = journal_of(path)
    return journal.exists() and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def read_only_uri(path: Path) -> str:
    """Return the address under which SQLite opens a file for reading only."""
    return f"{path.absolute().as_uri()}?mode=ro"


def has_plain_header(path: Path) -> bool:
    """Return whether a file begins as a SQLite file without a key (an empty one does, too).

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEADER)) in {PLAIN_HEADER, b""}
