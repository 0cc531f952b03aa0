"""Importing many rows, beside storing them without a look, and whether the window stays alive meanwhile."""

from __future__ import annotations

from tests.benchmarks.scene import Figure, middle, probe, seconds_figure, shown

RATIO = 3.0
STALL = 0.100
_PEERS = {
    "bare": "csv + executemany into a bare table",
    "same": "csv + executemany of all rows stored, same tables and indexes",
}


def import_rows(rows: int, *, runs: int) -> list[Figure]:
    """Return the time of the import beside both its peers, and the longest stall of the window.

    The import keeps more than the file: people, entries, applications, answers, raw rows, the journal.
    One peer puts the cells into a bare table; the other puts all that the import stores, ready made,
    into the very same tables.  Each run is a process of its own, all times are the processor's.
    """
    answers = [probe("probe_import", rows) for _run in range(runs)]
    found = {name: middle([answer[name] for answer in answers]) for name in ("seconds", "stall", *_PEERS)}
    return [
        *(_beside(rows, found["seconds"], found[name], peer) for name, peer in _PEERS.items()),
        seconds_figure("longest stall meanwhile", found["stall"], STALL),
    ]


def _beside(rows: int, seconds: float, peer: float, what: str) -> Figure:
    ratio = seconds / peer
    return Figure(
        f"import of {rows:,} rows",
        shown(seconds),
        f"{what} {shown(peer)}",
        ratio,
        f"ratio ≤ {RATIO:.0f}",
        ratio <= RATIO,
    )
