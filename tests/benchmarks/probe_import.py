"""Importing rows with all checks, beside storing them unread; and the window's longest stall meanwhile."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QTimer

from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.sample_data import SampleSet, write_samples
from tests.benchmarks.scene import encoding_of
from tests.benchmarks.window import open_window, settle, wait

PEOPLE = int(sys.argv[1])


def plain(folder: Path) -> tuple[SampleSet, float]:
    """Import both files without a window."""
    create_database(folder / "plain.fjdb", programme="r6", actor="benchmark")
    with opened(folder / "plain.fjdb") as database:
        programme_id = current_programme_id(database)
        samples = write_samples(database, programme_id=programme_id, folder=folder, applicants=PEOPLE)
        began = time.perf_counter()
        for file in (samples.e_application, samples.rikunabi):
            import_applicants(database, programme_id=programme_id, file=file, actor="benchmark")
        return samples, time.perf_counter() - began


def bare(folder: Path, samples: SampleSet) -> float:
    """Put the same rows, unread, into one plain table each: the least an import can cost."""
    began = time.perf_counter()
    with closing(sqlite3.connect(folder / "bare.sqlite")) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        for number, file in enumerate((samples.e_application, samples.rikunabi)):
            with file.open(encoding=encoding_of(file), newline="") as stream:
                heading, *rows = csv.reader(stream)
            columns = ", ".join(f"c{at}" for at in range(len(heading)))
            connection.execute(f"CREATE TABLE t{number} ({columns})")
            connection.executemany(f"INSERT INTO t{number} VALUES ({', '.join('?' * len(heading))})", rows)  # noqa: S608 - our own names
        connection.commit()
    return time.perf_counter() - began


def in_the_window(folder: Path, samples: SampleSet) -> float:
    """Import both files from the window; return the longest time its event loop stood still."""
    create_database(folder / "window.fjdb", programme="r6", actor="benchmark")
    app, program, _page = open_window(folder / "window.fjdb")
    desk = program.desk
    assert desk is not None
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(1)
    for file in (samples.e_application, samples.rikunabi):
        done: list[ImportResult] = []
        desk.perform(
            import_applicants,
            on_done=done.append,
            busy="import",
            programme_id=desk.programme_id,
            file=file,
        )
        wait(app, lambda done=done: bool(done))  # type: ignore[misc]
        settle(app, program)
    timer.stop()
    program.window.close()
    return max(gaps)


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
    samples, seconds = plain(Path(name))
    peer = bare(Path(name), samples)
    stall = in_the_window(Path(name), samples)
sys.stdout.write(json.dumps({"seconds": seconds, "bare": peer, "stall": stall}) + "\n")
