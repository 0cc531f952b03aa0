"""Damaged files of every kind that the program reads: taken in or refused in words, nothing else."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.endurance.hostile import build
from tests.hostile.mutated_runs import MOST_MEGABYTES, MOST_SECONDS, run_mutants

COUNT = 2_000


def run(count: int, seed: int) -> list[str]:
    """Hand that many in; raise when one is not answered as it must be."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        os.environ["FUJISAWA_DATA_DIR"] = str(Path(name) / "data")
        found = run_mutants(build(Path(name) / "made"), Path(name) / "run", count, seed)
    lines = [
        f"{found['tried']:,} damaged files: {found['taken']:,} taken, {found['refused']:,} refused in words",
        f"{len(found['faults'])} uncaught or stored in spite of a refusal; {len(found['codes'])} codes",
        f"slowest {found['slowest']:.1f} s, peak {found['peak']} MB",
        f"{time.monotonic() - started:.0f} s in all",
    ]
    if found["faults"] or found["peak"] >= MOST_MEGABYTES or found["slowest"] > MOST_SECONDS:
        raise AssertionError("\n".join([*lines, *found["faults"][:20]]))
    return lines
