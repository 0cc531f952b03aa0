"""From exec to the applicants' rows on the screen, beside the least such a program can cost."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, middle, probe

LIMIT = 1.3


def start(database: Path, *, runs: int) -> Figure:
    """Run both in turns, so that what else the machine does hits both alike."""
    ours, bare = [], []
    for name in ("probe_start", "probe_bare"):
        probe(name, database)  # warms the disk's cache and the compiled modules
    for _run in range(runs):
        for name, times in (("probe_bare", bare), ("probe_start", ours)):
            answer = probe(name, database)
            times.append(answer["painted"] - answer["started"])
    ratio = middle(ours) / middle(bare)
    return Figure(
        "start to rows on the screen",
        f"{middle(ours):.2f} s",
        f"bare window + SQLAlchemy {middle(bare):.2f} s",
        ratio,
        f"ratio ≤ {LIMIT}",
        ratio <= LIMIT,
    )
