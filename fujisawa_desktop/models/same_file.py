"""Whether a database is still where it was opened.

A file that is deleted or replaced under an open program goes on taking what is written to it, on some
systems, although nobody will ever find it again.  So each transaction first asks whether the place still
names the file that was opened.
"""

from __future__ import annotations

from pathlib import Path

from fujisawa_desktop.errors import StorageError


class SameFile:
    """One place and the file that was found there first, for all connections to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None

    def remember(self) -> None:
        """Take the file that is there now for the one; later calls change nothing."""
        if self._known is None:
            self._known = self._there()

    def require(self) -> None:
        """Refuse to go on when the file was taken away or is another.

        Raises:
            StorageError: ``storage.taken-away`` or ``storage.replaced``.
        """
        if self._known is None:
            return
        there = self._there()
        if there is None:
            raise StorageError("storage.taken-away", file=str(self._path))
        if there != self._known:
            raise StorageError("storage.replaced", file=str(self._path))

    def _there(self) -> tuple[int, int] | None:
        """Return what the system knows a file by; where it knows nothing of the kind, all are alike."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return (found.st_dev, found.st_ino)
