"""Every string of the hostile corpus in every text field, through every output, the window too."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

for name in ("", "cli", "documents", "exchange", "rules", "services", "views"):
    sys.path.append(str(Path(__file__).resolve().parent.parent / name))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.hostile.doors import doors  # noqa: E402 - the helpers of the tests are found only now
from tests.hostile.matrix import ROUNDS, Tally, compare_strangers, play  # noqa: E402
from tests.hostile.rounds import doors_of, window_of  # noqa: E402
from tests.hostile.scene import build  # noqa: E402

COUNT = ROUNDS
_WINDOW_EVERY = 16
_STRANGERS_EVERY = 4


def run(count: int, seed: int) -> list[str]:
    """Play that many rounds; raise when a file, a row of somebody else or a window is not as it must be."""
    tally, started = Tally(), time.monotonic()
    looked: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        os.environ["FUJISAWA_DATA_DIR"] = str(Path(name) / "data")
        files = build(Path(name) / "stages")
        for shift in range(seed, seed + count):
            play(files, Path(name) / "round", shift, tally)
            if shift % _STRANGERS_EVERY == 0:
                compare_strangers(files, Path(name) / "round", shift, tally)
            if shift % _WINDOW_EVERY == 0:
                looked += window_of(files, Path(name), shift, tally)
            sys.stderr.write(
                f"round {shift}, {time.monotonic() - started:.0f} s, {len(tally.faults)} faults\n"
            )
            if tally.faults:
                raise AssertionError("\n".join(tally.faults[:20]))
        looked += doors_of(files, Path(name), doors)
    return [
        *tally.lines(),
        *looked,
        f"rounds {seed} to {seed + count - 1}, {time.monotonic() - started:.0f} s",
    ]
