"""Every call to the database and to the file system, seen one by one before it happens.

Put under the program once, before anything is opened.  Nobody watching, it does nothing; a watcher
hears of each call and may raise in its place, or never come back.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from fujisawa_desktop.models.sqlite_driver import driver

Watcher = Callable[["Call"], None]


class Kind(StrEnum):
    """Which side a call goes to."""

    DATABASE = "database"
    FILE = "file"


class Call:
    """One call that is about to happen: on which side, what it does, and whether it would write."""

    def __init__(self, kind: Kind, what: str, *, writes: bool) -> None:
        self.kind, self.what, self.writes = kind, what, writes

    def fault(self) -> Exception:
        """Return what the system answers when it cannot do this."""
        if self.kind is Kind.DATABASE:
            text = "database or disk is full" if self.writes else "disk I/O error"
            return driver.OperationalError(text)
        code = errno.ENOSPC if self.writes else errno.EIO
        return OSError(code, os.strerror(code))


class _Layer:
    """Who watches, and where."""

    def __init__(self) -> None:
        self.watcher: Watcher | None = None
        self.root = ""
        self.descriptors: set[int] = set()
        self.is_laid = False

    def database(self, what: str, *, writes: bool) -> None:
        if self.watcher is not None:
            self.watcher(Call(Kind.DATABASE, what, writes=writes))

    def file(self, place: object, what: str, *, writes: bool = True) -> bool:
        """Tell of a call about a place under the root; returns whether it is one."""
        if self.watcher is None:
            return False
        if isinstance(place, int):
            mine = place in self.descriptors
        else:
            mine = isinstance(place, str | Path) and str(place).startswith(self.root)
        if mine:
            self.watcher(Call(Kind.FILE, what, writes=writes))
        return mine


_layer = _Layer()


@contextmanager
def watched(root: Path, watcher: Watcher) -> Iterator[None]:
    """Let ``watcher`` hear of every call to any database, and to files under ``root``."""
    _layer.watcher, _layer.root = watcher, str(root)
    try:
        yield
    finally:
        _layer.watcher = None
        _layer.descriptors.clear()


class _Cursor(driver.Cursor):
    def execute(self, statement: str, *rest: Any) -> Any:
        _told(statement)
        return super().execute(statement, *rest)

    def executemany(self, statement: str, *rest: Any) -> Any:
        _told(statement)
        return super().executemany(statement, *rest)


class _Connection(driver.Connection):
    def cursor(self, _factory: Any = None) -> Any:
        return super().cursor(_Cursor)

    def execute(self, statement: str, *rest: Any) -> Any:
        return self.cursor().execute(statement, *rest)

    def backup(self, *rest: Any, **more: Any) -> None:
        _layer.database("backup", writes=True)
        super().backup(*rest, **more)

    def commit(self) -> None:
        if self.in_transaction:
            _layer.database("COMMIT", writes=True)
        super().commit()


def _told(statement: str) -> None:
    word = statement.lstrip().split(None, 1)[0].upper()
    if word != "ROLLBACK":  # a rollback does not fail: the file is as it was, whoever looks next
        _layer.database(statement, writes=word not in {"SELECT", "PRAGMA", "BEGIN", "WITH"})


class _File:
    """An open file whose writes are seen; all else is the file's own."""

    def __init__(self, inner: Any, place: object) -> None:
        self._inner, self._place = inner, place

    def write(self, data: Any) -> Any:
        _layer.file(self._place, "write")
        return self._inner.write(data)

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(self, *rest: object) -> Any:
        return self._inner.__exit__(*rest)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._inner)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


_PLACES = {
    "replace": "rename",
    "rename": "rename",
    "unlink": "unlink",
    "remove": "unlink",
    "link": "link",
    "mkdir": "mkdir",
    "fsync": "fsync",
}


def lay() -> None:
    """Put the layer under everything that is opened from now on; once in a process."""
    if _layer.is_laid:
        return
    _layer.is_laid = True
    connect = driver.connect

    def connected(*rest: Any, **more: Any) -> Any:
        _layer.database("connect", writes=False)
        return connect(*rest, **{"factory": _Connection, **more})

    driver.connect = connected
    for name, what in _PLACES.items():
        _lay_over(name, what)
    plain_open, plain_low = io.open, os.open

    def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        writes = bool(set(mode) & set("wax+"))
        mine = _layer.file(file, f"open {mode}", writes=writes)
        stream = plain_open(file, mode, *rest, **more)
        return _File(stream, file) if mine and writes else stream

    def opened_low(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR))
        mine = _layer.file(path, "open", writes=writes)
        descriptor = plain_low(path, flags, *rest, **more)
        if mine:
            _layer.descriptors.add(descriptor)
        return descriptor

    builtins.open = io.open = opened
    os.open = opened_low


def _lay_over(name: str, what: str) -> None:
    plain = getattr(os, name)

    def told(place: Any, *rest: Any, **more: Any) -> Any:
        _layer.file(place, what, writes=what not in {"unlink", "fsync"})
        return plain(place, *rest, **more)

    setattr(os, name, told)
