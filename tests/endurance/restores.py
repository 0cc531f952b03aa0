"""T-A6: the last copies restored one by one and compared; copies with one flipped bit refused."""

from __future__ import annotations

import secrets
import tempfile
import time
from pathlib import Path

from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.unlocking import prepare_slots
from tests import backup_drill as drill

COUNT = 50
FLIPS_FOR_EACH = 4
"""Flipped bits for each restore: two hundred for fifty."""

ALONE_ONE_IN = 5
"""Of the encrypted copies: taken elsewhere with their page only, opened by the passphrase, restored."""
PASSPHRASE = "horse under 9 lamps"  # noqa: S105 - of files that live for a test


def run(count: int, seed: int) -> list[str]:
    """Make, restore and damage that many copies of a plain and of an encrypted file."""
    lines: list[str] = []
    for name, key in (("plain", None), ("encrypted", FileKey(secrets.token_bytes(32)))):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            file = drill.new_file(folder / "work", key)
            if key is not None:
                prepare_slots(file, key, PASSPHRASE)
            made = drill.copies_with_dumps(file, count, key)
            equal = drill.restore_each(file, made, seed, key)
            alone = ""
            if key is not None:
                some = made[::ALONE_ONE_IN]
                alone = f"{drill.open_alone(some, folder, PASSPHRASE, key)} of {len(some)} opened alone, "
            flips = FLIPS_FOR_EACH * count
            noticed = drill.flip_each(file, made[-1][0], folder / "broken", flips, seed, key)
        assert (equal, noticed) == (count, flips)
        lines.append(
            f"{name}: {equal} of {count} restores equal, {noticed} of {flips} flipped bits noticed, "
            f"{alone}{time.monotonic() - began:.0f} s"
        )
    return lines
