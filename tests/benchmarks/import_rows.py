"""Importing many rows, beside storing them unread, and whether the window stays alive meanwhile."""

from __future__ import annotations

from tests.benchmarks.scene import Figure, probe, seconds_figure, shown

RATIO = 3.0
STALL = 0.100


def import_rows(rows: int) -> list[Figure]:
    """Return the time of the import and the longest stall of the window."""
    answer = probe("probe_import", rows)
    ratio = answer["seconds"] / answer["bare"]
    return [
        Figure(
            f"import of {rows:,} rows",
            shown(answer["seconds"]),
            f"csv + executemany {shown(answer['bare'])}",
            ratio,
            f"ratio ≤ {RATIO:.0f}",
            ratio <= RATIO,
        ),
        seconds_figure("longest stall meanwhile", answer["stall"], STALL),
    ]
