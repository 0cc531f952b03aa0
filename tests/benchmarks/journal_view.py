"""The journal's window on a long journal of many people: opened, narrowed down, scrolled."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.benchmarks.journal import write_entries
from tests.benchmarks.scene import Figure, probe, seconds_figure

ENTRIES = 100_000
OPEN_LIMIT = 0.2
FILTER_LIMIT = 0.1
STALL_LIMIT = 0.1


def journal_view(people: Path) -> list[Figure]:
    """Open the window over the journal of a file of many people, to which that many acts are added."""
    with tempfile.TemporaryDirectory(dir=people.parent) as folder:
        file = Path(shutil.copyfile(people, Path(folder) / "long.fjdb"))
        write_entries(file, ENTRIES)
        found = probe("probe_journal_view", file)
    what = f"journal of {found['acts']:,} acts"
    return [
        seconds_figure(f"{what}: opened, until its rows are there", found["opened"], OPEN_LIMIT),
        seconds_figure(f"{what}: narrowed down (p95 of {found['filters']})", found["filtered"], FILTER_LIMIT),
        seconds_figure(f"{what}: next page while scrolling (p95)", found["scrolled"], FILTER_LIMIT),
        seconds_figure(f"{what}: longest the window did not answer", found["stalled"], STALL_LIMIT),
    ]
