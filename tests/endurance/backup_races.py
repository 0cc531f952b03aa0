"""T-A7: copies made while another program commits; every one of them is whole and one state."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests import backup_drill as drill

COUNT = 100


def run(count: int, seed: int) -> list[str]:
    """Make that many copies beside a writer."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        file = drill.new_file(Path(place) / f"work-{seed}")
        made = drill.back_up_beside_a_writer(file, count)
    return [f"{len(made)} of {count} copies whole and of one state, {time.monotonic() - began:.0f} s"]
