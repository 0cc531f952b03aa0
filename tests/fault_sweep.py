"""A use-case tried with a fault at its k-th call, for every k: then all is as before, or all is done."""

from __future__ import annotations

import gc
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import leftovers
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.integrity import sqlite_faults
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver, has_plain_header
from fujisawa_desktop.services.outgoing import settle_outgoing
from fujisawa_desktop.texts import message_for
from tests.act_scenes import HALTS, TOLD_IN_RESULT
from tests.fault_layer import Call, Kind, watched
from tests.logical_dump import dump

MOST_POINTS = 2_000
DATABASE = ".fjdb"
BACKUPS = "backups"
SLOTS = ".keys"
_MOMENT = re.compile(r"\d{8}-\d{6}")


@dataclass
class Swept:
    """What a sweep of one use-case showed.

    Attributes:
        calls: how many calls of each side the act makes when nothing fails.
        before, after: how many faults left everything as it was, or everything done.
        told_though_done: faults after which all was done, yet the caller heard of a failure.
        broken: what does not hold, a line each.
        entries: the kinds of the entries it leaves in the journals of the files.
    """

    name: str
    scene: str
    calls: dict[Kind, int] = field(default_factory=dict)
    before: int = 0
    after: int = 0
    told_though_done: int = 0
    broken: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "name": self.name,
            "scene": self.scene,
            "calls": {kind.value: count for kind, count in self.calls.items()},
            "before": self.before,
            "after": self.after,
            "told_though_done": self.told_though_done,
            "broken": self.broken,
            "entries": self.entries,
        }


class _Folder:
    """A folder of a test: kept, compared, and put back under whoever has its database open."""

    def __init__(self, root: Path, aside: Path, databases: list[Database], keys: list[FileKey]) -> None:
        self._root, self._aside, self._databases = root, aside, databases
        self._keys: tuple[FileKey | None, ...] = (None, *(key.copy() for key in keys))
        shutil.copytree(root, aside)
        self.before = self._bytes()

    def _bytes(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self._root)): path.read_bytes()
            for path in sorted(self._root.rglob("*"))
            if path.is_file()
        }

    def is_as_before(self) -> bool:
        """Whether every byte is what it was; a whole copy among the backups may have been added."""
        now = self._bytes()
        more = now.keys() - self.before.keys()
        if any(now.get(name) != data and not self._same_database(name) for name, data in self.before.items()):
            return False
        return all(self._is_whole_backup(name) for name in more)

    def _same_database(self, name: str) -> bool:
        path = self._root / name
        return (
            name.endswith(DATABASE) and path.exists() and self._says(path) == self._says(self._aside / name)
        )

    def _says(self, path: Path) -> str:
        """Return what a database says, and which of the keys opens it."""
        for at, key in enumerate(self._keys):
            try:
                return f"{at}: {dump(path, key=key)}"
            except driver.DatabaseError:
                continue
        return "nothing opens it"

    def _is_whole_backup(self, name: str) -> bool:
        path = self._root / name
        if path.parent.name != BACKUPS:
            return False
        return path.suffix != DATABASE or not sqlite_faults(path)

    def start_again(self) -> None:
        """Do what the next start does: what is recorded is brought to its end."""
        with patch.object(leftovers, "QUIET_SECONDS", -1):
            for path in self._root.rglob(f"*{DATABASE}"):
                leftovers.clear_leftovers(path)
        for database in self._databases:
            if database.path is not None and database.path.exists():
                settle_outgoing(database)

    def state(self) -> dict[str, str]:
        """Return what is there now: each database by what it says, each other file by its name."""
        found = {}
        for name, data in self._bytes().items():
            path = self._root / name
            if path.parent.name == BACKUPS or self._is_left_slots(path):
                continue  # their names hold the moment; nobody reads the slots of a plain file
            found[_MOMENT.sub("NOW", name)] = (
                self._says(path) if path.suffix == DATABASE else "file" if data else "empty"
            )
        return found

    def _is_left_slots(self, path: Path) -> bool:
        file = path.with_suffix("")
        return path.suffix == SLOTS and file.exists() and has_plain_header(file)

    def entries(self, had: Mapping[str, int] | None = None) -> dict[str, list[str]]:
        """Return the kinds of the entries of each file's journal, but for so many; copies are left out."""
        return {
            name: self._entries(self._root / name)[(had or {}).get(name, 0) :]
            for name in self._bytes()
            if name.endswith(DATABASE) and (self._root / name).parent.name != BACKUPS
        }

    def _entries(self, path: Path) -> list[str]:
        return next((found for key in self._keys if (found := _entries(path, key))), [])

    def put_back(self) -> None:
        """Bring back every byte."""
        for database in self._databases:
            database.dispose()
        for path in sorted(self._root.rglob("*"), reverse=True):
            name = str(path.relative_to(self._root))
            if path.is_file() and name not in self.before:
                path.unlink()
            elif path.is_dir() and not (self._aside / name).is_dir():
                path.rmdir()
        for name, data in self.before.items():
            path = self._root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)

    def drop(self) -> None:
        shutil.rmtree(self._aside)


class Sweep:
    """One use-case with what a test gave it, called again and again.

    Args:
        samples: try so many points of each side, spread over the act; all of them when ``None``.
    """

    def __init__(self, name: str, scene: str, *, root: Path, aside: Path, samples: int | None = None) -> None:
        self.swept = Swept(name, scene)
        self._root, self._aside, self._samples = root, aside, samples
        self._halted: dict[str, str] | None = None
        self._usual: object = None

    def run(self, act: Callable[..., Any], args: tuple[Any, ...], more: Mapping[str, Any]) -> Swept:
        """Sweep; the folder is afterwards as it was before.

        Raises:
            BaseException: what the act raises when nothing fails; it is no scene to sweep then.
        """
        databases = [one for one in (*args, *more.values()) if isinstance(one, Database)]
        keys = [one for one in (*args, *more.values()) if isinstance(one, FileKey)]
        folder = _Folder(self._root, self._aside, databases, keys)
        try:
            seen: list[Call] = []
            had = {name: len(kinds) for name, kinds in folder.entries().items()}
            with watched(self._root, seen.append):
                self._usual = act(*args, **more)
            self.swept.entries = [kind for kinds in folder.entries(had).values() for kind in kinds]
            done = folder.state()
            self.swept.calls = {kind: sum(call.kind is kind for call in seen) for kind in Kind}
            folder.put_back()
            if second := HALTS.get(self.swept.name):
                with patch(second, return_value=False):
                    act(*args, **more)
                self._halted = folder.state()
                folder.put_back()
            for lasting in (False, True):
                points = list(self._points(seen))
                for number in points if self._samples is None or not lasting else points[:1]:
                    self._try(folder, lambda: act(*args, **more), number, lasting=lasting, done=done)
                    folder.put_back()
                    gc.collect(0)  # tests collect between each other only, and this is thousands of acts
        finally:
            folder.put_back()
            folder.drop()
        return self.swept

    def _points(self, seen: list[Call]) -> Iterator[int]:
        """Yield the numbers of the calls at which something shall fail."""
        if self._samples is None:
            yield from range(1, min(len(seen), MOST_POINTS) + 1)
            return
        for kind in Kind:
            mine = [number for number, call in enumerate(seen, 1) if call.kind is kind]
            last, wanted = len(mine) - 1, self._samples
            yield from dict.fromkeys(mine[at * last // max(wanted - 1, 1)] for at in range(wanted) if mine)

    def _try(
        self, folder: _Folder, act: Callable[[], Any], number: int, *, lasting: bool, done: dict[str, str]
    ) -> None:
        """Let the call of that number fail, or with ``lasting`` all that write from there on."""
        count, failed = 0, ""

        def fail(call: Call) -> None:
            nonlocal count, failed
            count += 1
            if count == number or (lasting and count > number and call.writes):
                failed = failed or f"{call.kind} call {number}{' and on' if lasting else ''}: {call.what}"
                raise call.fault()

        told: BaseException | None = None
        result: object = None
        try:
            with watched(self._root, fail):
                result = act()
        except BaseException as error:  # noqa: BLE001 - whatever comes out is judged
            told = error
        said = told is not None or (self.swept.name in TOLD_IN_RESULT and result != self._usual)
        self._judge(folder, told, failed, done, said=said)

    def _judge(
        self, folder: _Folder, told: BaseException | None, failed: str, done: dict[str, str], *, said: bool
    ) -> None:
        swept = self.swept
        if told is not None and not isinstance(told, AppError):
            swept.broken.append(f"{failed}: uncaught {type(told).__name__}: {told}")
        elif told is not None and not message_for(told.code, told.params):
            swept.broken.append(f"{failed}: no sentence for {told.code}")
        if folder.is_as_before():
            swept.before += 1
            if not said and folder.state() != done:
                swept.broken.append(f"{failed}: nothing done and nobody told")
            return
        folder.start_again()
        if folder.is_as_before():
            swept.before += 1
        elif folder.state() in (done, self._halted):
            swept.after += 1
            swept.told_though_done += told is not None
        else:
            swept.broken.append(f"{failed}: {_difference(folder, done)} ({told!r})")


def _entries(path: Path, key: FileKey | None) -> list[str]:
    try:
        with closing(connect(path, key=key, read_only=True)) as connection:
            return [kind for (kind,) in connection.execute("SELECT kind FROM journal_entry ORDER BY seq")]
    except driver.DatabaseError:  # what a test broke on purpose has no journal
        return []


def _difference(folder: _Folder, done: dict[str, str]) -> str:
    now = folder.state()
    names = sorted(name for name in now.keys() | done.keys() if now.get(name) != done.get(name))
    return f"neither before nor after: {', '.join(names)}"
