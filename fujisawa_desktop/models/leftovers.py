"""What a program ended in the middle of a copy has left beside a database; the next start takes it away."""

from __future__ import annotations

import time
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

    They hold people's data, and nobody would find them.  What cannot be deleted stays.
    """
    until = time.time() - QUIET_SECONDS
    begun = [path.with_name(path.name + ending) for ending in _BEGUN]
    with suppress(OSError):
        begun += [one for one in backup_dir(path).iterdir() if one.name.endswith(_BEGUN)]
    for one in begun:
        with suppress(OSError):
            if one.stat().st_mtime < until:
                erase(one) if one.name.endswith(OLD_SUFFIX) else one.unlink()
