"""Opening the details of a person beside the list."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, middle, nearly_worst, probe, shown

LIMIT = 0.050


def details(database: Path) -> Figure:
    """Return the 95th percentile from the pane's question to the painted person."""
    seconds = probe("probe_details", database)["seconds"]
    worst = nearly_worst(seconds)
    return Figure(
        f"details, p95 of {len(seconds)} steps",
        f"{shown(worst)} (median {shown(middle(seconds))})",
        "",
        None,
        f"≤ {shown(LIMIT)}",
        worst <= LIMIT,
    )
