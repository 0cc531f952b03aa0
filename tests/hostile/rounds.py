"""The long forms of looking at the window and of knocking at the doors."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import undo
from tests.hostile.corpus import CORPUS
from tests.hostile.doors import Door
from tests.hostile.fields import Filler, rotating
from tests.hostile.matrix import Files, Tally
from tests.hostile.scene import at_stage
from tests.hostile.window import walk


def window_of(files: Files, folder: Path, shift: int, tally: Tally) -> list[str]:
    """Open everything on a file filled for a round; return how much was looked at."""
    place = folder / f"window-{shift}"
    place.mkdir()
    path = Path(shutil.copy(files["whole"], place / "window.fjdb"))
    filler = Filler(path)
    filler.fill(rotating(shift))
    filler.close()
    seen = walk(path, place)
    tally.faults += seen.faults
    told = f"{seen.actions} actions, {seen.windows} windows, {seen.texts:,} texts looked at"
    return [f"round {shift}, window: {told}, {len(seen.faults)} faults"]


def doors_of(files: Files, folder: Path, known: Callable[[Database, int], dict[str, Door]]) -> list[str]:
    """Hand every string to every door; each is taken or refused by a code."""
    path = Path(shutil.copy(files["whole"], folder / "doors.fjdb"))
    taken = refused = 0
    with at_stage(path, folder) as scene:
        found = known(scene.database, scene.programme_id)
        for door in found.values():
            for text in CORPUS:
                try:
                    result = door(text)
                except AppError:
                    refused += 1
                    continue
                taken += 1
                change = getattr(result, "change", result)
                if isinstance(change, ChangeSet) and change.changed:
                    undo(scene.database)
    return [
        f"{len(found)} doors × {len(CORPUS)} strings: {taken:,} taken, {refused:,} refused in coded words"
    ]
