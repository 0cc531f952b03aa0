"""Killing acts at any moment, and judging what is found at the next start."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO

import pikepdf

from fujisawa_desktop.exchange import file_sets
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models import leftovers
from fujisawa_desktop.models.integrity import sqlite_faults
from fujisawa_desktop.models.leftovers import clear_leftovers
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.models.sqlite_files import inspect_file
from fujisawa_desktop.services.databases import check_database, opened
from fujisawa_desktop.services.outgoing import settle_outgoing
from tests.kill_scenes import FILE, OUT, SCENES, Scene, lay_out, make_steps
from tests.logical_dump import dump

ROOT = Path(__file__).resolve().parents[1]
_REMAINS = (".part", ".tmp", ".old", "-wal", "-shm")
_JOURNAL = "-journal"


class KillError(AssertionError):
    """What a kill left does not hold."""


@dataclass
class Tally:
    """What the kills of one kind of act left."""

    before: int = 0
    after: int = 0
    points: int = 0
    reported: int = 0

    @property
    def kills(self) -> int:
        """How many there were."""
        return self.before + self.after


@dataclass(frozen=True)
class _Measured:
    """An act that nobody disturbed: how long it takes, its calls, what is there before and after."""

    seconds: float
    calls: int
    before: str
    after: str
    files: frozenset[str]


@dataclass
class Killer:
    """Kills acts; a process beside it does them."""

    folder: Path
    random: Random
    child: subprocess.Popen[str]
    tallies: dict[str, Tally] = field(default_factory=dict)
    _known: dict[str, _Measured] = field(default_factory=dict)
    _runs: int = 0

    def kill(self, name: str, *, share: float, at_call: bool) -> None:
        """Kill an act when so much of it is done, counted in time or in calls.

        Raises:
            KillError: what is there afterwards does not hold.
        """
        known = self._known.get(name) or self._measure(name)
        stop_at = 1 + int(share * (known.calls - 1)) if at_call else None
        folder, lines = self._run(name, stop_at, wait=share * known.seconds * 1.1)
        reported = any(line.startswith("done") for line in lines)
        where = f"{name}, {share:.3f} of its {'calls' if at_call else 'time'} ({stop_at or ''})"
        try:
            state = judge(folder, SCENES[name], known.before, known.after, reported=reported)
            _judge_files(folder, known.files, is_after=state == known.after)
        except KillError as error:
            raise KillError(f"{where}: {error}; see {folder}") from error
        except Exception as error:
            raise KillError(f"{where}: {error!r}; see {folder}") from error
        tally = self.tallies.setdefault(name, Tally())
        tally.points += at_call
        tally.reported += reported
        if state == known.after and (SCENES[name].changes or reported):
            tally.after += 1
        else:
            tally.before += 1
        shutil.rmtree(folder)

    def _measure(self, name: str) -> _Measured:
        """Do an act twice without a kill: the first time everything is slower."""
        for _time in range(2):
            folder = self._lay_out(name)
            before = dump(folder / FILE)
            self._order(name, folder, None)
            self._expect("begin")
            started = time.perf_counter()
            done = self._expect("done")
            seconds = time.perf_counter() - started
            self._end()
            files = frozenset(path.name for path in (folder / OUT).iterdir())
            measured = _Measured(seconds, int(done.split()[1]), before, dump(folder / FILE), files)
            shutil.rmtree(folder)
        self._known[name] = measured
        return measured

    def _run(self, name: str, stop_at: int | None, *, wait: float) -> tuple[Path, list[str]]:
        folder = self._lay_out(name)
        self._order(name, folder, stop_at)
        self._expect("begin")
        if stop_at is None:
            time.sleep(wait)
            return folder, self._end()
        self._expect("at")
        return folder, self._end()

    def _lay_out(self, name: str) -> Path:
        self._runs += 1
        folder = self.folder / f"run-{self._runs}"
        lay_out(SCENES[name], self.folder / "steps", folder)
        return folder

    def _order(self, name: str, folder: Path, stop_at: int | None) -> None:
        order = {"scene": name, "folder": str(folder), "stop_at": stop_at}
        _open(self.child.stdin).write(json.dumps(order) + "\n")
        _open(self.child.stdin).flush()
        self._pid = int(self._expect("pid").split()[1])

    def _expect(self, word: str) -> str:
        line = _open(self.child.stdout).readline().strip()
        if line.split(" ")[0] != word:
            raise KillError(f"{word!r} expected, not {line}")
        return line

    def _end(self) -> list[str]:
        """Kill the process and return what it had told until then."""
        os.kill(self._pid, signal.SIGKILL)
        lines = []
        while (line := _open(self.child.stdout).readline().strip()) != "reaped":
            if not line or line.startswith("failed"):
                raise KillError(line)
            lines.append(line)
        return lines


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


@contextmanager
def killer(folder: Path, seed: int) -> Iterator[Killer]:
    """Make the files to begin with, and the process that does the acts."""
    steps = folder / "steps"
    steps.mkdir()
    make_steps(steps)
    command = [sys.executable, "-m", "tests.kill_child"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FUJISAWA_DATA_DIR": str(folder / "data")}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert _open(child.stdout).readline() == "ready\n"
        try:
            yield Killer(folder, Random(seed), child)
        finally:
            _open(child.stdin).close()


def judge(folder: Path, scene: Scene, before: str, after: str, *, reported: bool) -> str:
    """Open what a kill left as the next start does, and return what it says.

    Raises:
        KillError: the file is not whole, says neither what it said before nor what it says after
            the act, or lacks an act that was reported as done.
    """
    path = folder / FILE
    was_old = inspect_file(path) != SCHEMA_HEAD
    if dump(path) == before and any(not one.name.startswith(".") for one in (folder / OUT).iterdir()):
        raise KillError("a paper is there that nobody recorded")
    if not was_old:
        with opened(path) as database:
            if lost := settle_outgoing(database):
                raise KillError(f"papers that are recorded are lost: {lost}")
    state = dump(path)
    with opened(path) as database:
        report = check_database(database)
        if not report.is_whole:
            raise KillError(f"check: {report}")
    if state not in {before, after}:
        raise KillError("half of it is there")
    if reported and state != after:
        raise KillError("a reported act is lost")
    if scene.step == "old" and dump(path) != after:
        raise KillError("a file of the old form cannot be brought up to date")
    _judge_backups(folder, must_be_there=scene.step == "old" and not was_old)
    return state


def _judge_backups(folder: Path, *, must_be_there: bool) -> None:
    backups = folder / "backups"
    copies = list(backups.glob("*.fjdb")) if backups.is_dir() else []
    for copy in copies:
        inspect_file(copy)
        if faults := sqlite_faults(copy):
            raise KillError(f"{copy.name}: {faults}")
    if must_be_there and not copies:
        raise KillError("no copy was made before the migration")


def _judge_files(folder: Path, expected: frozenset[str], *, is_after: bool) -> None:
    """Papers that are recorded are there, each paper is whole, and nothing stays that nobody takes away."""
    with _long_after():
        clear_leftovers(folder / FILE)
        with FileSet(folder / OUT):
            pass
    left = [path.name for path in folder.rglob("*") if path.name.endswith(_REMAINS)]
    # SQLite leaves a journal that holds nothing yet to be written over by the next act.
    left += [path.name for path in folder.rglob(f"*{_JOURNAL}") if path.read_bytes()[:1] not in {b"", b"\0"}]
    if left:
        raise KillError(f"left over: {left}")
    there = frozenset(path.name for path in (folder / OUT).iterdir())
    if there != (expected if is_after else frozenset()):
        raise KillError(f"{len(there)} of {len(expected)} papers, recorded: {is_after}")
    for paper in (folder / OUT).glob("*.pdf"):
        with pikepdf.open(paper) as document:
            assert document.pages


@contextmanager
def _long_after() -> Iterator[None]:
    """Let what was written just now count as left long ago."""
    seconds = leftovers.QUIET_SECONDS, file_sets.QUIET_SECONDS
    leftovers.QUIET_SECONDS = file_sets.QUIET_SECONDS = -1  # type: ignore[misc]
    try:
        yield
    finally:
        leftovers.QUIET_SECONDS, file_sets.QUIET_SECONDS = seconds  # type: ignore[misc]


def table(tallies: dict[str, Tally]) -> list[str]:
    """Return the outcome, a line for each kind of act."""
    lines = [f"{'act':<14} {'kills':>6} {'at a call':>10} {'as before':>10} {'all done':>9} {'reported':>9}"]
    total = Tally()
    for name, one in tallies.items():
        lines.append(
            f"{name:<14} {one.kills:>6} {one.points:>10} {one.before:>10} {one.after:>9} {one.reported:>9}"
        )
        total.before += one.before
        total.after += one.after
        total.points += one.points
        total.reported += one.reported
    lines.append(
        f"{'all':<14} {total.kills:>6} {total.points:>10} {total.before:>10} {total.after:>9} "
        f"{total.reported:>9}"
    )
    return lines
