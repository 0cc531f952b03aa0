"""Where the databases of the tests are: files, or databases on a server; the tests ask in the same words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

from postgres_server import Server

Where = Path | str
"""A file, or an address on a server: what ``open_database`` takes."""


class Places(Protocol):
    """Makes places for databases."""

    def kept(self, path: Path, fill: Callable[[Where], None], *, like: Where | None = None) -> Where:
        """Return a place that is filled once, to be copied: empty or a copy of ``like`` at first.

        Nothing may have it open when ``fill`` returns.
        """

    def copy(self, template: Where, path: Path) -> Where:
        """Return a place of the test's own that holds what ``template`` holds; ``path`` if it is a file."""

    def new(self, path: Path) -> Where:
        """Return a place where no database is yet; ``path`` if it is a file."""

    def clear(self) -> None:
        """Remove what was copied or new since the last time."""


class Files:
    """Databases in files."""

    def kept(self, path: Path, fill: Callable[[Where], None], *, like: Where | None = None) -> Where:
        """Fill the file."""
        place = self.new(path) if like is None else self.copy(like, path)
        fill(place)
        return place

    def copy(self, template: Where, path: Path) -> Where:
        """Copy the file."""
        return Path(shutil.copyfile(template, path))

    def new(self, path: Path) -> Where:
        """Return the path; the folder goes with the test."""
        return path

    def clear(self) -> None:
        """The temporary folders go by themselves."""


class OnServer:
    """Databases on the server of this run."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self._numbers = count(1)
        self._made: list[str] = []

    def kept(self, path: Path, fill: Callable[[Where], None], *, like: Where | None = None) -> Where:
        """Fill a database; it stays until the server goes."""
        place = self.new(path) if like is None else self.copy(like, path)
        self._made.remove(_name_in(place))
        fill(place)
        return place

    def copy(self, template: Where, path: Path) -> Where:
        """Let the server copy the database."""
        return self._create(path, _name_in(template))

    def new(self, path: Path) -> Where:
        """Make a database without any table."""
        return self._create(path, None)

    def clear(self) -> None:
        """Drop what the test made, whoever is still in it."""
        self._server.drop(*self._made)
        self._made.clear()

    def _create(self, path: Path, template: str | None) -> str:
        name = f"{path.stem}_{self._worker}_{next(self._numbers)}"
        self._server.create(name, template=template)
        self._made.append(name)
        return self._server.address(name)


def _name_in(place: Where) -> str:
    return str(place).rpartition("?")[0].rpartition("/")[2]
