"""What a program ended in the middle of a copy has left beside a database; the next start takes it away."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from fujisawa_desktop.models.recrypt import OLD_SUFFIX, PART_SUFFIX, erase
from fujisawa_desktop.paths import backup_dir

QUIET_SECONDS: Final = 60
"""A copy that another program is still making was written to more lately than this."""
_RETURNING: Final = ".restoring"
_BEGUN: Final = tuple(
    f"{step}{ending}"
    for step in (
        ".part",
        ".keys.part",
        _RETURNING,
        *(f"{state}{half}" for state in ("", _RETURNING) for half in (PART_SUFFIX, OLD_SUFFIX)),
    )
    for ending in ("", "-journal", ".json", ".part")
)
"""What comes back is a file of its own, which may get another key before it is put in its place."""


def clear_leftovers(path: Path) -> None:
    """Delete copies of a database that were begun and never finished; nothing refers to them.

    What a file was before it got another key is overwritten first.

    They hold people's data, and nobody would find them.  What cannot be deleted stays.  A copy that is
    the file itself under a second name (a return was broken off before another took its place) is none.
    """
    until = time.time() - QUIET_SECONDS
    begun = [path.with_name(path.name + ending) for ending in _BEGUN]
    with suppress(OSError):
        kept = list(backup_dir(path).iterdir())
        begun += [one for one in kept if one.name.endswith(_BEGUN)]
        _part_names(path, kept)
    for one in begun:
        with suppress(OSError):
            if one.stat().st_mtime < until:
                erase(one) if one.name.endswith(OLD_SUFFIX) else one.unlink()


def _part_names(path: Path, kept: Iterable[Path]) -> None:
    """Take the names away under which a file stands among its own copies."""
    itself = path.stat()
    for one in kept if itself.st_nlink > 1 else ():
        if os.path.samestat(itself, one.stat()):
            one.unlink()
