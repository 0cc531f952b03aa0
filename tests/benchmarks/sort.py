"""Sorting the whole list by each of its columns."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, middle, probe, shown

LIMIT = 0.100


def sort(database: Path) -> list[Figure]:
    """Return, for each heading, the median from click to painted rows."""
    figures = []
    for heading, seconds in probe("probe_sort", database)["seconds"].items():
        usual = middle(seconds)
        figures.append(
            Figure(
                f"sort by {heading}",
                f"{shown(usual)} (worst {shown(max(seconds))})",
                "",
                None,
                f"≤ {shown(LIMIT)}",
                usual <= LIMIT,
            )
        )
    return figures
