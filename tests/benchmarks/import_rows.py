"""Importing many rows, and whether the window stays alive meanwhile."""

from __future__ import annotations

from tests.benchmarks.scene import Figure, probe

SECONDS = 5.0
STALL = 0.100


def import_rows(rows: int) -> list[Figure]:
    """Return the time of the import and the longest stall of the window."""
    answer = probe("probe_import", rows)
    seconds, stall = answer["seconds"], answer["stall"]
    return [
        Figure(
            f"import of {rows:,} rows", f"{seconds:.1f} s", "", None, f"≤ {SECONDS:.0f} s", seconds <= SECONDS
        ),
        Figure(
            "longest stall meanwhile",
            f"{stall * 1000:.0f} ms",
            "",
            None,
            f"≤ {STALL * 1000:.0f} ms",
            stall <= STALL,
        ),
    ]
