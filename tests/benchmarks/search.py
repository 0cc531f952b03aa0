"""Search as you type, beside QSortFilterProxyModel on the same rows and keys."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, middle, nearly_worst, probe, shown

LIMIT = 0.016


def search(database: Path, *, alone: bool) -> Figure:
    """Return the 95th percentile from key to painted rows."""
    ours = probe("probe_search", database)["seconds"]
    worst = nearly_worst(ours)
    beside, ratio = "", None
    if not alone:
        peer = probe("probe_peer", database)["seconds"]
        beside = f"proxy model {shown(nearly_worst(peer))} (median {shown(middle(peer))})"
        ratio = worst / nearly_worst(peer)
    return Figure(
        f"search, p95 of {len(ours)} keys",
        f"{shown(worst)} (median {shown(middle(ours))})",
        beside,
        ratio,
        f"≤ {shown(LIMIT)}",
        worst <= LIMIT,
    )
