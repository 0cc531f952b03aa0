"""A whole job that is killed in the middle, and what of it is found afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from fujisawa_desktop.demo_walk import FOLDERS
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.databases import opened
from tests.sentinel_search import hits, needles, sentinels

_ROOT: Final = Path(__file__).resolve().parent.parent
_LONG_AGO: Final = 3_600


def kill_in_the_middle(
    folder: Path, key: FileKey | None, *, people: int, step: int, delay: float
) -> list[str]:
    """Kill the job ``delay`` seconds after a step began, open the file as at the next start, and search.

    Returns:
        where names stand that should not: anywhere but in what was exported on purpose, and for a file
        without a key in the database, its own journal and its backups.
    """
    office = folder / "office"
    office.mkdir(parents=True)
    file = office / "office.fjdb"
    surroundings = {
        "FUJISAWA_DATA_DIR": str(folder / "data"),
        "TMPDIR": str(folder),
        "PYTHONPATH": str(_ROOT),
    }
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.sentinel_child",
            str(file),
            str(people),
            key.raw.hex() if key is not None else "-",
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={**os.environ, **surroundings},
    ) as child:
        if child.stdout is None:
            raise RuntimeError
        for _step in range(step):
            child.stdout.readline()
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
    before = time.time() - _LONG_AGO
    for one in office.rglob("*"):  # the next start is not within the same minute
        os.utime(one, (before, before))
    with opened(file, key=key):
        pass
    texts = sentinels(file, key)
    if not texts:
        raise RuntimeError("killed before there was anybody")
    exported = [office / name for name in FOLDERS if name != "backups"]
    # A journal that was not synced yet is not played back; the next act takes it away.  It holds pages of
    # the file as they are in it.
    journal = file.with_name(f"{file.name}-journal")
    plain = () if key is not None else (file, journal, office / "backups")
    return hits(folder, needles(texts), beside=(*exported, *plain))
