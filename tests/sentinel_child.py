"""A whole job in a process of its own, told step by step, so that it can be killed in the middle."""

from __future__ import annotations

import sys
from pathlib import Path

from fujisawa_desktop.demo_walk import FOLDERS, walk
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.unlocking import prepare_slots


def main(file: Path, applicants: int, raw: str) -> None:
    """Walk through the job on a file under the key ``raw`` (hexadecimal; ``-`` for none)."""
    key = FileKey(bytes.fromhex(raw)) if raw != "-" else None
    for name in FOLDERS:
        (file.parent / name).mkdir(exist_ok=True)
    if key is not None:
        prepare_slots(file, key, "horse under 9 lamps")
    walk(file, applicants=applicants, tell=lambda step: print(step, flush=True), key=key)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
