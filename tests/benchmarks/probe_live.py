"""A desk that watches while another process commits; prints how long each commit took to be heard.

``probe_live PLACE COMMITS`` watches; ``probe_live PLACE COMMITS write`` is the other process: it commits
once for each line it reads.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QApplication

from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Notifier
from fujisawa_desktop.views.status_line import StatusLine
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.trust.live_changes import LiveChanges
from tests.benchmarks.keys import run_for

PAUSE: Final = (0.6, 1.4)
"""Seconds between two commits, drawn: a file is looked at by a clock of its own."""
PATIENCE: Final = 30.0
"""Seconds after which a commit counts as not heard."""


def write(place: str, commits: int) -> None:
    """Commit as often as asked; say the moment before each act and the number of its entry."""
    database = open_database(place)
    one = courses(database, current_programme_id(database))[0]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in range(commits):
        sys.stdin.readline()
        form = replace(course(database, one.id), summary=f"概要 {number}")
        begun = time.monotonic()
        change = save_course(database, form=form, actor="隣の席")
        sys.stdout.write(json.dumps({"begun": begun, "seq": change.seq}) + "\n")
        sys.stdout.flush()
    database.dispose()


def watch(place: str, commits: int) -> list[float]:
    """Return the seconds from each act of the other process to `changed` here."""
    app = QApplication([])
    tasks, database = Tasks(), open_database(place)
    desk = Desk(
        database=database,
        tasks=tasks,
        notifier=Notifier(),
        settings=Memory(Path(os.environ["FUJISAWA_DATA_DIR"]) / "window.ini"),
        programme_id=current_programme_id(database),
        actor="benchmark",
    )
    heard: dict[int, float] = {}

    def note(change: ChangeSet) -> None:
        heard.setdefault(change.seq or 0, time.monotonic())

    desk.changed.connect(note)
    status = StatusLine(tasks)
    changes = LiveChanges(desk, status)
    changes.start()
    command = [sys.executable, "-m", "tests.benchmarks.probe_live", place, str(commits), "write"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        run_for(app, 2.0)
        seconds = [_one(app, other, heard) for _number in range(commits)]
    changes.stop()
    tasks.shutdown()
    database.dispose()
    return seconds


def _one(app: QApplication, other: Any, heard: dict[int, float]) -> float:
    run_for(app, random.uniform(*PAUSE))
    other.stdin.write("\n")
    other.stdin.flush()
    told: dict[str, Any] = json.loads(other.stdout.readline())
    end = time.monotonic() + PATIENCE
    while told["seq"] not in heard and time.monotonic() < end:
        run_for(app, 0.005)
    moment: float = heard.get(told["seq"], end)
    return moment - float(told["begun"])


if __name__ == "__main__":
    if sys.argv[3:] == ["write"]:
        write(sys.argv[1], int(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps({"seconds": watch(sys.argv[1], int(sys.argv[2]))}) + "\n")
