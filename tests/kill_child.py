"""Does one act after the other, each in a process of its own that may be killed at any moment.

All that an act needs is loaded once; each line of the input names a scene, a folder and perhaps the call
at which to stop and wait for the end.  What happens is told in lines: ``pid``, ``begin``, ``at``, ``done``
with the number of calls, and ``reaped`` when the process is gone.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path

from tests.fault_layer import Call, lay, watched
from tests.kill_scenes import SCENES


def tell(line: str) -> None:
    """Write a line at once: nothing of it may stay behind in a process that is killed."""
    os.write(1, f"{line}\n".encode())


def do(scene: str, folder: Path, stop_at: int | None) -> None:
    """Do an act, tell that it is done, and wait to be killed."""
    count, begun = 0, False

    def begin() -> None:
        nonlocal begun
        begun = True
        tell("begin")

    def watch(_call: Call) -> None:
        nonlocal count
        count += begun
        if begun and count == stop_at:
            tell("at")
            signal.pause()

    with watched(folder, watch):
        SCENES[scene].act(folder, begin)
    tell(f"done {count}")
    signal.pause()


def main() -> None:
    """Answer each line; the process of an act never comes back."""
    lay()
    tell("ready")
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                tell(f"pid {os.getpid()}")
                do(order["scene"], Path(order["folder"]), order["stop_at"])
            except BaseException:  # noqa: BLE001 - told to whoever asked, by the only way there is
                tell(f"failed {json.dumps(traceback.format_exc())}")
            os._exit(1)
        os.waitpid(child, 0)
        tell("reaped")


if __name__ == "__main__":
    main()
