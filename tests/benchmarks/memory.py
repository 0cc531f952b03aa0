"""Peak memory with a long list, beside a bare window."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.scene import Figure, middle, probe

LIMIT = 1.5


def memory(database: Path, *, runs: int) -> Figure:
    """Return the peak of the resident memory."""
    ours = middle([probe("probe_memory", database)["peak"] for _run in range(min(runs, 3))])
    bare = middle([probe("probe_bare")["peak"] for _run in range(runs)])
    ratio = ours / bare
    return Figure(
        "peak memory",
        f"{ours / 1024:.0f} MB",
        f"bare window + SQLAlchemy {bare / 1024:.0f} MB",
        ratio,
        f"ratio ≤ {LIMIT}",
        ratio <= LIMIT,
    )
