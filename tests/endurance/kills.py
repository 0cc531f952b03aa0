"""Kill -9 at any moment of the great acts, counted in time and in calls to the database and to files."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.kill_scenes import SCENES
from tests.kills import killer, table

COUNT = 500


def run(count: int, seed: int) -> list[str]:
    """Kill ``count`` times, the kinds of acts by turns; return the table.  The seed names the draw."""
    started, draw, names = time.monotonic(), Random(seed), list(SCENES)
    with tempfile.TemporaryDirectory() as name, killer(Path(name), seed) as kills:
        each = -(-count // len(names))
        for number in range(count):
            turn, scene = divmod(number, len(names))
            # Spread over the whole act, at random within each step of the spread.
            share = (turn + draw.random()) / each
            kills.kill(names[scene], share=share, at_call=turn % 2 == 1)
            if number % 50 == 49:
                sys.stderr.write(f"{number + 1} kills …\n")
        lines = table(kills.tallies)
    return [f"{count} kills from seed {seed}, {time.monotonic() - started:.0f} s", *lines, "all hold"]
