"""Acts about many people at once."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, probe, seconds_figure

LIMIT = 2.0


def bulk(database: Path, *, rows: int) -> list[Figure]:
    """Return the times of a decision about ``rows`` applications, its undo, redo and release."""
    answer = probe("probe_bulk", database, rows)
    return [
        seconds_figure(f"decision on {rows:,} rows", answer["decide"], LIMIT),
        seconds_figure("undo of it", answer["undo"], LIMIT),
        seconds_figure("redo of it", answer["redo"], LIMIT),
        seconds_figure("announcing it", answer["release"], LIMIT),
        seconds_figure("undo of the announcement", answer["release-undo"], LIMIT),
    ]
