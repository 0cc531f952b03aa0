"""A proven copy of a large file: copied, read back in several ways, digested, put in place."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import opened
from tests.benchmarks.scene import Figure, middle, seconds_figure

LIMIT = 1.0


def backup(file: Path, *, runs: int) -> Figure:
    """Make that many copies and take the middle."""
    taken: list[float] = []
    with tempfile.TemporaryDirectory(dir=file.parent) as folder, opened(file) as database:
        for number in range(runs):
            target = Path(folder) / f"{number}.fjdb"
            began = time.monotonic()
            make_backup(database, target=target)
            taken.append(time.monotonic() - began)
            target.unlink()
    size = file.stat().st_size / 1_000_000
    return seconds_figure(f"proven copy of the file ({size:.0f} MB)", middle(taken), LIMIT)
