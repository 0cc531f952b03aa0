"""A fault at the k-th call to the database and to files, once and from there on, for every k of every act.

The acts of a server have the connection cut at every call, and at every tenth so that it stays cut.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
from keyring.backends.null import Keyring

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from places import OnServer
from postgres_server import Keeper

from tests.act_scenes import SCENES
from tests.fault_run import sweep
from tests.server.server_acts import begun, put_old_file, server_acts
from tests.server.server_faults import sweep as sweep_on_server

COUNT = 1_000_000
"""More use-cases than there are: all of them."""


def run(count: int, seed: int) -> Iterator[str]:
    """Sweep the first ``count`` use-cases from the ``seed``-th on, and then those of a server.

    Raises:
        AssertionError: something was left in between, or nobody was told.
    """
    yield from _on_files(count, seed)
    yield from _on_a_server()


def _on_files(count: int, seed: int) -> list[str]:
    """Return calls and outcomes of each use-case of files."""
    started, lines, total = time.monotonic(), [], [0, 0, 0, 0]
    names = list(SCENES)[seed : seed + count]
    files = dict.fromkeys(SCENES[name].split("::")[0] for name in names)
    for file in files:
        mine = [name for name in names if SCENES[name].split("::")[0] == file]
        with tempfile.TemporaryDirectory() as folder:
            swept = sweep(mine, Path(folder), samples=None)
        for name in mine:
            one = swept[name]
            if one["broken"]:
                raise AssertionError(f"{name}, in {one['scene']}:\n" + "\n".join(one["broken"]))
            lines.append(_line(name, one))
            for at, value in enumerate(_figures(one)):
                total[at] += value
        sys.stderr.write(f"{len(lines)}/{len(names)}, {file}\n")
    database, files, before, after = total
    return [
        f"{len(names)} use-cases, {time.monotonic() - started:.0f} s",
        f"{'use-case':<50} {'database':>8} {'files':>6} {'as before':>9} {'all done':>8}",
        *lines,
        f"{database:,} + {files:,} calls, {before:,} faults left all as before, {after:,} all done",
        "all hold",
    ]


def _on_a_server() -> Iterator[str]:
    keyring.set_keyring(Keyring())  # the system's own is nobody's to try on
    with tempfile.TemporaryDirectory() as folder, Keeper() as keeper:
        places = OnServer(keeper.server)
        file = put_old_file(Path(folder) / "old.fjdb")
        for name, act in server_acts(keeper.server, file, begun(places)).items():
            started = time.monotonic()
            swept = sweep_on_server(places, keeper.server, act, samples=None)
            if swept.broken:
                raise AssertionError(f"{name}:\n" + "\n".join(swept.broken))
            yield (
                f"server: {name}: {swept.calls:,} calls, {swept.before:,} cuts left all as before,"
                f" {swept.after:,} all done, {swept.between:,} of them when done again,"
                f" {time.monotonic() - started:.0f} s"
            )


def _figures(one: dict[str, Any]) -> tuple[int, int, int, int]:
    return one["calls"]["database"], one["calls"]["file"], one["before"], one["after"]


def _line(name: str, one: dict[str, Any]) -> str:
    database, files, before, after = _figures(one)
    return f"{name:<50} {database:>8} {files:>6} {before:>9} {after:>8}"
