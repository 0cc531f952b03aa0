"""An import with all checks beside its rows stored unread, and ready made; the window's longest stall."""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QTimer
from sqlcipher3 import dbapi2 as sqlite3

from fujisawa_desktop.models import Base
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.sample_data import SampleSet, write_samples
from tests.benchmarks.scene import encoding_of
from tests.benchmarks.window import open_window, settle, wait

PEOPLE = int(sys.argv[1])
Stored = dict[str, list[tuple[object, ...]]]
"""Rows by table, parents before children."""


def seconds_of(act: Callable[[], object]) -> float:
    """Return the seconds of the processor that something took.

    Waiting for the disk is left out, for us and for the peers alike: it says more about the disk and
    about who else works on the machine.
    """
    began = time.process_time()
    act()
    return time.process_time() - began


def ours(file: Path, samples: SampleSet) -> None:
    """Import both files, with all checks."""
    with opened(file) as database:
        programme_id = current_programme_id(database)
        for path in (samples.e_application, samples.rikunabi):
            import_applicants(database, programme_id=programme_id, file=path, actor="benchmark")


def read_plainly(samples: SampleSet) -> Iterator[list[list[str]]]:
    """Yield the rows of both files, headings first."""
    for path in (samples.e_application, samples.rikunabi):
        with path.open(encoding=encoding_of(path), newline="") as stream:
            yield list(csv.reader(stream))


def bare(file: Path, samples: SampleSet) -> None:
    """Put the same rows, unread, into one plain table each: the least that keeps them at all."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        for number, (heading, *rows) in enumerate(read_plainly(samples)):
            columns = ", ".join(f"c{at}" for at in range(len(heading)))
            connection.execute(f"CREATE TABLE t{number} ({columns})")
            connection.executemany(f"INSERT INTO t{number} VALUES ({', '.join('?' * len(heading))})", rows)  # noqa: S608 - our own names
        connection.commit()


def same_rows(file: Path, samples: SampleSet, stored: Stored) -> None:
    """Read the files and put the rows an import stores, ready made, into the same tables and indexes.

    The database keeps the program's promises meanwhile: full synchronisation, and no row without its
    parent.
    """
    assert sum(len(rows) for rows in read_plainly(samples)) > PEOPLE
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        for table, rows in stored.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - our own names
        connection.commit()


def new_rows(before: Path, after: Path) -> Stored:
    """Return what one database holds more than the other."""
    with closing(sqlite3.connect(after)) as connection:
        connection.execute("ATTACH ? AS old", (str(before),))
        names = [table.name for table in Base.metadata.sorted_tables]
        found = {
            name: connection.execute(f"SELECT * FROM main.{name} EXCEPT SELECT * FROM old.{name}").fetchall()  # noqa: S608 - our own names
            for name in names
        }
    return {name: rows for name, rows in found.items() if rows}


def compared(folder: Path, samples: SampleSet) -> dict[str, float]:
    """Time the import and its two peers, each into a fresh database."""
    empty, mine, same = (folder / name for name in ("empty.fjdb", "mine.fjdb", "same.fjdb"))
    shutil.copyfile(empty, mine)
    shutil.copyfile(empty, same)
    seconds = seconds_of(lambda: ours(mine, samples))
    stored = new_rows(empty, mine)
    return {
        "seconds": seconds,
        "same": seconds_of(lambda: same_rows(same, samples, stored)),
        "bare": seconds_of(lambda: bare(folder / "bare.sqlite", samples)),
    }


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
    root = Path(name)
    create_database(root / "empty.fjdb", programme="r6", actor="benchmark")
    with opened(root / "empty.fjdb") as empty:
        made = write_samples(empty, programme_id=current_programme_id(empty), folder=root, applicants=PEOPLE)
    figures = {**compared(root, made), "stall": in_the_window(root, made)}
sys.stdout.write(json.dumps(figures) + "\n")
