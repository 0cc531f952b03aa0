"""What another program commits is heard of, with the tables it touched; one's own acts are not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from typing import Final

import pytest
from places import Places

from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.returning import restore_backup
from fujisawa_desktop.services.watching import Watcher

GENEROUS: Final = 60
"""Seconds to wait before a test gives up; how long it took is the benchmark's matter."""
SILENCE: Final = 1.5
ELSEWHERE: Final = """
import sys
from dataclasses import replace
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.programmes import current_programme_id
database = open_database(sys.argv[1])
one = courses(database, current_programme_id(database))[0]
save_course(database, form=replace(course(database, one.id), summary=sys.argv[2]), actor="隣の席")
database.dispose()
"""


@pytest.fixture
def heard(database: Database) -> Iterator[Queue[ChangeSet]]:
    """What a watcher of the database tells."""
    told: Queue[ChangeSet] = Queue()
    watcher = Watcher(database, told.put)
    watcher.start()
    yield told
    watcher.stop()


def save_here(database: Database, programme_id: int, text: str) -> ChangeSet:
    one = courses(database, programme_id)[0]
    return save_course(database, form=replace(course(database, one.id), summary=text), actor="私")


def address(database: Database, places: Places) -> str:
    return str(database.path) if database.path is not None else str(database._where)


def save_elsewhere(database: Database, places: Places, text: str) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, address(database, places), text], check=True, env=surroundings
    )


def test_another_program_is_heard_with_who_what_and_which_tables(
    database: Database, places: Places, heard: Queue[ChangeSet]
) -> None:
    save_elsewhere(database, places, "隣の概要")
    change = heard.get(timeout=GENEROUS)
    assert (change.by, change.label.code, change.kinds) == ("隣の席", "course.edit", frozenset({"course"}))
    save_elsewhere(database, places, "隣の概要、もう一度")
    assert heard.get(timeout=GENEROUS).seq == (change.seq or 0) + 1


def test_what_is_done_through_the_same_database_is_not_told_twice(
    database: Database, programme_id: int, places: Places, heard: Queue[ChangeSet]
) -> None:
    save_here(database, programme_id, "私の概要")
    undo(database)
    with pytest.raises(Empty):
        heard.get(timeout=SILENCE)
    save_elsewhere(database, places, "隣の概要")
    change = heard.get(timeout=GENEROUS)
    assert change.by == "隣の席"
    assert heard.empty()


def test_a_second_connection_of_the_same_program_is_somebody_else(
    database: Database, programme_id: int, places: Places, heard: Queue[ChangeSet]
) -> None:
    other = open_database(address(database, places))
    try:
        save_here(other, programme_id, "別の窓の概要")
    finally:
        other.dispose()
    assert heard.get(timeout=GENEROUS).by == "私"


def test_after_the_end_nothing_is_told(database: Database, programme_id: int, places: Places) -> None:
    told: Queue[ChangeSet] = Queue()
    watcher = Watcher(database, told.put)
    watcher.start()
    watcher.stop()
    save_elsewhere(database, places, "隣の概要")
    with pytest.raises(Empty):
        told.get(timeout=SILENCE)


@pytest.mark.file_only("a server is brought back by its own administrator")
def test_a_file_brought_back_to_an_earlier_state_concerns_every_table(
    database: Database, programme_id: int, tmp_path: Path, heard: Queue[ChangeSet]
) -> None:
    copy = tmp_path / "before.fjdb"
    database.backup(copy)
    save_here(database, programme_id, "後で消える")
    earlier = open_database(copy)
    save_here(earlier, programme_id, "別の歴史")
    other = tmp_path / "other.fjdb"
    earlier.backup(other)
    earlier.dispose()
    restore_backup(str(database.path), source=other)
    change = heard.get(timeout=GENEROUS)
    assert "appointment" in change.kinds
    assert "applicant" in change.kinds
