"""A whole job killed at any moment: names and addresses searched for in every file it leaves (T-A14)."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from random import Random
from typing import Final

from fujisawa_desktop.services.unlocking import new_key
from tests.sentinel_kill import kill_in_the_middle

COUNT = 50
_PEOPLE: Final = 120
_STEPS: Final = (4, 8)
"""From the first screening to the lists: before it there may be nobody yet."""


def run(count: int, seed: int) -> list[str]:
    """Kill ``count`` jobs, with and without a key by turns; a name that is found raises."""
    started, draw = time.monotonic(), Random(seed)
    for number in range(count):
        with tempfile.TemporaryDirectory() as name:
            found = kill_in_the_middle(
                Path(name) / "all",
                new_key() if number % 2 == 0 else None,
                people=_PEOPLE,
                step=draw.randint(*_STEPS),
                delay=draw.uniform(0, 2),
            )
        if found:
            raise AssertionError(found)
    return [f"{count} jobs killed from seed {seed}, {time.monotonic() - started:.0f} s", "0 names found"]
