"""Many random months, played to their payment."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from tests.month_lottery import Lottery
from tests.month_play import Tally, play

COUNT = 1_000
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk would spend most of the time on making every act safe


def run(count: int, seed: int) -> list[str]:
    """Play until ``count`` months are played; return what was proven.  The seed names each draw."""
    tally, first, started = Tally(), seed, time.monotonic()
    while tally.months < count:
        try:
            _draw(seed, tally)
        except BaseException:
            sys.stderr.write(f"draw {seed} does not hold; python -m tests.endurance months --seed {seed}\n")
            raise
        seed += 1
        if seed % 20 == 0:
            sys.stderr.write(f"{tally.months:,} months …\n")
    return [f"draws {first} to {seed - 1}, {time.monotonic() - started:.0f} s", *tally.lines(), "all hold"]


def _draw(seed: int, tally: Tally) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        create_database(folder / "months.fjdb", programme="r6", actor="lottery")
        with opened(folder / "months.fjdb") as database:
            play(Lottery.drawn(database, current_programme_id(database), Random(seed)), folder, tally)
