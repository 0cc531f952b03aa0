"""What this person's window remembers from one day to the next, in a file of the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings

from fujisawa_desktop.views.theme import Scheme

RECENT: Final = 5


class Memory(QSettings):
    """Recent files, colours, geometry and columns; an ini file that can be deleted at any time."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), QSettings.Format.IniFormat)

    def recent(self) -> list[Path]:
        """Return the files opened last that still exist, newest first."""
        return [path for path in self.known_files() if path.is_file()]

    def known_files(self) -> list[Path]:
        """Return the files opened last whether they still exist or not, newest first."""
        return [Path(name) for name in self._names() if "://" not in name]

    def recent_places(self) -> list[str]:
        """Return the files opened last that still exist and the addresses, newest first."""
        return [name for name in self._names() if "://" in name or Path(name).is_file()]

    def _names(self) -> list[str]:
        stored = self.value("recent/files")
        names = stored if isinstance(stored, list) else [stored] if stored else []
        return [str(name) for name in names]

    def remember_file(self, path: Path | str) -> None:
        """Put a file, or an address without its password, at the top of what was opened last."""
        names = [str(path), *(other for other in self.recent_places() if other != str(path))]
        self.setValue("recent/files", names[:RECENT])

    def scheme(self) -> Scheme:
        """Return the colours chosen; whatever else stands in the file means the system's."""
        try:
            return Scheme(str(self.value("window/scheme", "")))
        except ValueError:
            return Scheme.SYSTEM

    def set_scheme(self, scheme: Scheme) -> None:
        """Remember the colours."""
        self.setValue("window/scheme", scheme.value)
