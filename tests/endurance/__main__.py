"""``python -m tests.endurance months``: many random months, played to their payment; the figures are kept."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from tests.month_lottery import Lottery
from tests.month_play import Tally, play

KEPT = Path(__file__).resolve().parent.parent.parent / "build" / "endurance"
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk would spend most of the time on making every act safe


def main() -> int:
    """Play until so many months are played, and write down what was proven; the seed names each draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["months"])
    parser.add_argument("--count", type=int, default=1_000, help="months to be played")
    parser.add_argument("--seed", type=int, default=0, help="the first draw; each takes the next number")
    chosen = parser.parse_args()
    tally, seed, started = Tally(), chosen.seed, time.monotonic()
    while tally.months < chosen.count:
        try:
            _draw(seed, tally)
        except BaseException:
            sys.stderr.write(f"draw {seed} does not hold; python -m tests.endurance months --seed {seed}\n")
            raise
        seed += 1
        if seed % 20 == 0:
            sys.stderr.write(f"{tally.months:,} months …\n")
    lines = [
        f"draws {chosen.seed} to {seed - 1}, {time.monotonic() - started:.0f} s",
        *tally.lines(),
        "all hold",
    ]
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / "months.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _draw(seed: int, tally: Tally) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        create_database(folder / "months.fjdb", programme="r6", actor="lottery")
        with opened(folder / "months.fjdb") as database:
            play(Lottery.drawn(database, current_programme_id(database), Random(seed)), folder, tally)


if __name__ == "__main__":
    sys.exit(main())
