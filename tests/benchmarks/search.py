"""Search as you type, beside QSortFilterProxyModel on the same rows and keys."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, middle, nearly_worst, probe

LIMIT = 0.050


def search(database: Path) -> Figure:
    """Return the 95th percentile from key to painted rows."""
    ours = probe("probe_search", database)["seconds"]
    peer = probe("probe_peer", database)["seconds"]
    worst = nearly_worst(ours)
    return Figure(
        f"search, p95 of {len(ours)} keys",
        f"{worst * 1000:.0f} ms (median {middle(ours) * 1000:.0f})",
        f"proxy model {nearly_worst(peer) * 1000:.0f} ms (median {middle(peer) * 1000:.0f})",
        worst / nearly_worst(peer),
        f"≤ {LIMIT * 1000:.0f} ms",
        worst <= LIMIT,
    )
