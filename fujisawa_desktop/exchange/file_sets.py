"""Several files that belong together: either all are written, or everything stays as it was.

Each file is written beside its place first.  What is recorded is recorded then, with the names and the
digests of the files, and only after that renamed into place: a file nobody recorded is never seen, and
one that was recorded is put there by the next start if the program ends in between (:func:`bring`).
Of a set that nobody records, what it replaces is kept beside it and put back if one of the places is
held by another program, so that a folder never holds half of it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.exchange.files import error_for, rename, settle, sync_folder, write_new

_BESIDE: Final = re.compile(r"\.[0-9a-f]{12}-\d+\.(tmp|old)")
QUIET_SECONDS: Final = 600
"""A set that another program is still writing was touched more lately than this."""
_WAITING: Final = ".out"
"""Ending of a recorded file whose place is held: nobody deletes it as broken off."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a set as its record names it.

    Attributes:
        beside: what it is called beside its place.
        name: what it is called there.
        sha256: of its content.
    """

    beside: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of recorded files.

    Attributes:
        waiting: names of files that are there, but whose places are held.
        missing: names of files that are nowhere.
        error: why the first of the waiting ones could not be put in its place.
    """

    waiting: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    error: OSError | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every file is in its place."""
        return not (self.waiting or self.missing)


def bring(folder: Path, listed: Iterable[Listed], *, just_written: bool = False) -> Brought:
    """Put files that were recorded into their places; doing it again changes nothing.

    Args:
        folder: where they go.
        listed: what was recorded of them.
        just_written: whoever asks has written them itself, so they need not be read again.
    """
    waiting, missing = [], []
    first: OSError | None = None
    for one in listed:
        try:
            found = _brought(folder, one, just_written=just_written)
        except OSError as error:
            first = first or error
            waiting.append(one.name)
        else:
            if not found:
                missing.append(one.name)
    sync_folder(folder)
    return Brought(tuple(waiting), tuple(missing), first)


def _brought(folder: Path, one: Listed, *, just_written: bool) -> bool:
    """Put one file into its place; returns whether what was recorded is there."""
    beside, place = folder / one.beside, folder / one.name
    waiting = beside.with_suffix(_WAITING)
    for source in (beside, waiting):
        if (just_written and source.exists()) or _digest(source) == one.sha256:
            try:
                rename(source, place)
            except OSError:
                with suppress(OSError):
                    source.replace(waiting)
                raise
            return True
    return _digest(place) == one.sha256


def _digest(path: Path) -> str:
    """Return the digest of a file; nothing where there is none that can be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


class FileSet:
    """New files for one folder; a ``with`` block that ends without ``keep`` leaves all as it was.

    Files that are recorded go ``ready`` → (the record is committed) → ``recorded`` → ``place``; those
    that nobody records ``replace_all`` → ``keep``.
    """

    def __init__(self, folder: Path) -> None:
        """Begin without files; the folder must exist."""
        self._folder = folder
        self._mark = uuid.uuid4().hex[:12]
        self._new: list[tuple[Path, Path]] = []
        self._digests: list[str] = []
        self._settled = 0
        self._is_recorded = False
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
        if not self._is_recorded:
            self._drop()

    @property
    def folder(self) -> Path:
        """Where the files go."""
        return self._folder

    @property
    def places(self) -> tuple[Path, ...]:
        """What the files are called once they are there."""
        return tuple(place for _beside, place in self._new)

    def listed(self) -> tuple[Listed, ...]:
        """Return the files as their record names them."""
        pairs = zip(self._new, self._digests, strict=True)
        return tuple(Listed(beside.name, place.name, digest) for (beside, place), digest in pairs)

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
        self._digests.append(hashlib.sha256(data).hexdigest())

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

    def ready(self) -> None:
        """Make sure that every file can be put in its place, as far as that can be known before.

        Raises:
            StorageError: there is no room for one of them, or another program holds one of the places.
        """
        self.settle()
        for _beside, place in self._new:
            try:
                if place.exists():
                    rename(place, place)  # to its own name: refused where another one would be
            except OSError as error:
                raise error_for(error, place) from error
        sync_folder(self._folder)

    def recorded(self) -> None:
        """Say that it is recorded that these files are written: they are taken back no more."""
        self._is_recorded = True

    def place(self) -> Brought:
        """Put every file in its place, after it was recorded; returns what could not be."""
        return bring(self._folder, self.listed(), just_written=True)

    def replace_all(self) -> None:
        """Put every file of a set that nobody records in its place.

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
        return self.places

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
