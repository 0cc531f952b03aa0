"""The search for people who may be one."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, probe, seconds_figure

LIMIT = 3.0


def duplicates(database: Path) -> Figure:
    """Return the time in which everybody is compared with everybody."""
    answer = probe("probe_duplicates", database)
    return seconds_figure(
        f"duplicates of {answer['people']:,} people ({answer['pairs']:,} pairs)", answer["seconds"], LIMIT
    )
