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
        stored = self.value("recent/files")
        names = stored if isinstance(stored, list) else [stored] if stored else []
        return [Path(str(name)) for name in names]

    def remember_file(self, path: Path) -> None:
        """Put ``path`` at the top of the recent files."""
        names = [str(path), *(str(other) for other in self.recent() if other != path)]
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
