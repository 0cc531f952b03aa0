"""Another program that commits to a file without a pause, two rows and their total at a time."""

from __future__ import annotations

import sys
import threading
from contextlib import closing
from pathlib import Path

from fujisawa_desktop.models.sqlite_driver import connect


def main(file: Path) -> None:
    """Write until the input ends, then say how often."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    done = 0
    with closing(connect(file, timeout=60)) as connection:
        connection.isolation_level = None
        while not ended.is_set():
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO drill_row (text) VALUES (?)", ("あ" * 500,))
            connection.execute("INSERT INTO drill_row (text) VALUES (?)", ("い" * 500,))
            connection.execute("UPDATE drill_sum SET total = total + 1")
            connection.execute("COMMIT")
            done += 1
            if done == 1:
                print("writing", flush=True)  # noqa: T201
            ended.wait(0.001)  # a clerk pauses too; else nobody else would ever get the lock
    print(done, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
