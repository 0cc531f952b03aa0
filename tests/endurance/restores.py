"""T-A6: the last copies restored one by one and compared; copies with one flipped bit refused."""

from __future__ import annotations

import secrets
import tempfile
import time
from pathlib import Path

from fujisawa_desktop.models.sqlite_driver import FileKey
from tests import backup_drill as drill

COUNT = 50
FLIPS_FOR_EACH = 4
"""Flipped bits for each restore: two hundred for fifty."""


def run(count: int, seed: int) -> list[str]:
    """Make, restore and damage that many copies of a plain and of an encrypted file."""
    lines: list[str] = []
    for name, key in (("plain", None), ("encrypted", FileKey(secrets.token_bytes(32)))):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            file = drill.new_file(folder / "work", key)
            made = drill.copies_with_dumps(file, count, key)
            equal = drill.restore_each(file, made, seed, key)
            flips = FLIPS_FOR_EACH * count
            noticed = drill.flip_each(file, made[-1][0], folder / "broken", flips, seed, key)
        assert (equal, noticed) == (count, flips)
        lines.append(
            f"{name}: {equal} of {count} restores equal, {noticed} of {flips} flipped bits noticed, "
            f"{time.monotonic() - began:.0f} s"
        )
    return lines
