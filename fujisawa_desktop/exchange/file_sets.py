"""Several files that belong together: either all are written, or everything stays as it was.

Each file is written beside its place first; then all are renamed into place one after the other.
What they replace is kept beside them meanwhile and put back if one of the places is held by another
program, so that a folder never holds half of the new papers.
"""

from __future__ import annotations

import re
import shutil
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.exchange.files import error_for, rename, settle, sync_folder, write_new

_BESIDE: Final = re.compile(r"\.[0-9a-f]{12}-\d+\.(tmp|old)")
QUIET_SECONDS: Final = 600
"""A set that another program is still writing was touched more lately than this."""


class FileSet:
    """New files for one folder; a ``with`` block that ends without ``keep`` leaves all as it was."""

    def __init__(self, folder: Path) -> None:
        """Begin without files; the folder must exist."""
        self._folder = folder
        self._mark = uuid.uuid4().hex[:12]
        self._new: list[tuple[Path, Path]] = []
        self._settled = 0
        self._olds: list[Path] = []
        self._replaced: list[tuple[Path, Path | None]] = []
        _forget_broken_off(folder)

    def __enter__(self) -> Self:
        """Return the set itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take back what was put in place, unless it is to be kept."""
        for place, old in reversed(self._replaced):
            with suppress(OSError):
                if old is None:
                    place.unlink(missing_ok=True)
                else:
                    rename(old, place)
        self._replaced.clear()
        self._drop()

    def add(self, name: str, data: bytes) -> None:
        """Write a file beside its place.

        Raises:
            StorageError: it cannot be written: no folder, no room, no right.
        """
        place = self._folder / name
        if place.is_dir():
            raise StorageError("write.is-directory", file=name)
        beside = self._folder / f".{self._mark}-{len(self._new)}.tmp"
        self._new.append((beside, place))
        try:
            write_new(beside, data, place, settled=False)
        except OSError as error:
            raise error_for(error, place) from error

    def settle(self, tell: Callable[[int], None] | None = None) -> None:
        """Write all files down to the disk, together: one by one takes the disk several times as long.

        Args:
            tell: hears how many are done, and may raise to stop.

        Raises:
            StorageError: there is no room for one of them.
        """
        while self._settled < len(self._new):
            if tell is not None:
                tell(self._settled)
            beside, place = self._new[self._settled]
            try:
                settle(beside)
            except OSError as error:
                raise error_for(error, place) from error
            self._settled += 1

    def replace_all(self) -> None:
        """Put every file in its place.

        Raises:
            StorageError: another program holds one of the places; all old files are back then.
        """
        self.settle()
        for number, (beside, place) in enumerate(self._new):
            try:
                self._replace(beside, place, number)
            except OSError as error:
                raise error_for(error, place) from error
        sync_folder(self._folder)

    def _replace(self, beside: Path, place: Path, number: int) -> None:
        old = self._folder / f".{self._mark}-{number}.old" if place.exists() else None
        if old is not None:
            self._olds.append(old)
            _second_name(place, old)
        rename(beside, place)
        self._replaced.append((place, old))

    def keep(self) -> tuple[Path, ...]:
        """Say that the files stay; returns them."""
        self._replaced.clear()
        self._drop()
        return tuple(place for _beside, place in self._new)

    def _drop(self) -> None:
        """Remove what stands beside the places."""
        for beside in (*(new for new, _place in self._new), *self._olds):
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _forget_broken_off(folder: Path) -> None:
    """Delete what a program that was ended in the middle has left beside the places."""
    until = time.time() - QUIET_SECONDS
    with suppress(OSError):
        for one in folder.iterdir():
            seen = one.stat()
            if _BESIDE.fullmatch(one.name) and max(seen.st_mtime, seen.st_ctime) < until:
                one.unlink()


def _second_name(place: Path, old: Path) -> None:
    """Keep what a file holds under a second name; where there are no links, as a copy."""
    try:
        old.hardlink_to(place)
    except (OSError, NotImplementedError):
        shutil.copy2(place, old)
