"""A proven copy of a large file: copied, read back in several ways, digested, in place; encrypted, too."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import opened
from tests.benchmarks.scene import Figure, middle, seconds_figure, shown
from tests.journal_forger import encrypted

LIMIT = 1.0


def backup(file: Path, *, runs: int) -> list[Figure]:
    """Make that many copies of a plain file and of an encrypted one, and take the middle."""
    key = FileKey(bytes(range(32)))
    size = file.stat().st_size / 1_000_000
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        plain = _taken(file, Path(folder), runs, None)
        secret = _taken(encrypted(file, Path(folder) / "secret.fjdb", key), Path(folder), runs, key)
    return [
        seconds_figure(f"proven copy of the file ({size:.0f} MB)", plain, LIMIT),
        Figure("  the same, encrypted", shown(secret), f"{shown(plain)} plain", secret / plain, "", True),
    ]


def _taken(file: Path, folder: Path, runs: int, key: FileKey | None) -> float:
    taken: list[float] = []
    with opened(file, key=key) as database:
        for number in range(runs):
            target = folder / f"{number}.fjdb"
            began = time.monotonic()
            make_backup(database, target=target)
            taken.append(time.monotonic() - began)
            target.unlink()
    return middle(taken)
