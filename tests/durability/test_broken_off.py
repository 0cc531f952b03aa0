"""Acts that were broken off by the end of the program: what the next start finds, and what it clears away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fujisawa_desktop.app_files import open_file
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models.sqlite_driver import journal_of
from fujisawa_desktop.models.sqlite_files import copy_sqlite, inspect_file
from fujisawa_desktop.services.databases import check_database, create_database, opened
from fujisawa_desktop.services.returning import restore_backup
from tests.logical_dump import dump

ROOT = Path(__file__).resolve().parents[2]
_BREAK_OFF = """
import os, signal, sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE course SET wanted = wanted || hex(zeroblob(20000))")
connection.execute("UPDATE programme SET title = 'half'")
os.kill(os.getpid(), signal.SIGKILL)
"""
_HOLD = """
import os, signal, sys
from fujisawa_desktop.app_files import open_file
file = open_file(sys.argv[1])
assert file.lock.isLocked()
os.kill(os.getpid(), signal.SIGKILL)
"""


def ended_in(script: str, path: Path) -> None:
    """Run a script that ends by a kill."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(path)]
    assert subprocess.run(command, env=environment, check=False).returncode < 0


pytestmark = pytest.mark.file_only("acts on a file are broken off")


@pytest.fixture
def fresh(_programme_file: Path) -> bytes:
    """A file with a programme, as bytes."""
    return _programme_file.read_bytes()


@pytest.fixture
def file(fresh: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "work.fjdb"
    path.write_bytes(fresh)
    return path


def test_half_an_act_on_the_disk_is_taken_back_before_anything_is_read(file: Path) -> None:
    before, whole = dump(file), file.read_bytes()
    ended_in(_BREAK_OFF, file)
    assert journal_of(file).stat().st_size > 0
    assert file.read_bytes() != whole  # half of the act is in the file itself
    assert inspect_file(file)
    with opened(file) as database:
        assert check_database(database).is_whole
    assert dump(file) == before
    assert not journal_of(file).exists()


def test_a_copy_of_a_file_that_was_broken_off_holds_no_half_act(file: Path, tmp_path: Path) -> None:
    before = dump(file)
    ended_in(_BREAK_OFF, file)
    copy_sqlite(file, tmp_path / "copy.fjdb")
    assert dump(tmp_path / "copy.fjdb") == before


def test_a_damaged_file_that_was_broken_off_is_brought_back_without_its_journal(
    file: Path, fresh: bytes, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.fjdb"
    copy.write_bytes(fresh)
    ended_in(_BREAK_OFF, file)
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * (len(fresh) - 4096))
    done = restore_backup(file, source=copy)
    assert done.kept is not None
    assert not journal_of(file).exists()
    with opened(file) as database:
        assert check_database(database).is_whole


def test_a_journal_whose_file_is_gone_never_reaches_a_new_file_with_the_name(
    file: Path, fresh: bytes, tmp_path: Path
) -> None:
    expected = dump(file)
    ended_in(_BREAK_OFF, file)
    file.unlink()
    copy = tmp_path / "copy.fjdb"
    copy.write_bytes(fresh)
    copy_sqlite(copy, file)
    assert dump(file) == expected
    file.unlink()
    journal_of(file).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\1" * 2000)
    create_database(file, programme="r6", actor="test")
    with opened(file) as database:
        assert check_database(database).is_whole


def test_what_a_broken_off_copy_left_goes_at_the_next_start_unless_somebody_writes_to_it(file: Path) -> None:
    backups = file.parent / "backups"
    backups.mkdir()
    left = [
        backups / "work-20260101-120000.fjdb.part",
        backups / "work-20260101-120000.fjdb.part-journal",
        file.with_name("work.fjdb.restoring"),
        file.with_name("work.fjdb.restoring.recrypt.part"),
        file.with_name("work.fjdb.restoring.before.part"),
    ]
    long_ago = time.time() - 3600
    for path in left:
        path.write_bytes(b"somebody's data")
        os.utime(path, (long_ago, long_ago))
    living = backups / "work-20260101-130000.fjdb.part"
    living.write_bytes(b"being written")
    with opened(file):
        pass
    assert [path for path in left if path.exists()] == []
    assert living.exists()


def test_a_copy_that_is_the_file_itself_goes_at_the_next_start(file: Path) -> None:
    """A return was ended after the old file got its second name and before the new one was there."""
    backups = file.parent / "backups"
    backups.mkdir()
    itself, copy = backups / "work-before-restore.fjdb", backups / "work-20260101-120000.fjdb"
    os.link(file, itself)
    shutil.copy(file, copy)
    expected = dump(file)
    with opened(file):
        pass
    assert (itself.exists(), copy.exists(), dump(file)) == (False, True, expected)


def test_what_a_broken_off_set_of_files_left_goes_with_the_next_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [tmp_path / ".0123456789ab-0.tmp", tmp_path / ".0123456789ab-0.old"]
    others = [tmp_path / ".profile", tmp_path / "letter.pdf"]
    for path in (*left, *others):
        path.write_bytes(b"a letter")
    with FileSet(tmp_path):
        assert all(path.exists() for path in left)  # another program may be writing them
    monkeypatch.setattr("fujisawa_desktop.exchange.file_sets.QUIET_SECONDS", -1)
    with FileSet(tmp_path):
        pass
    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in others)


def test_the_lock_of_a_window_that_was_killed_keeps_nobody_out(file: Path) -> None:
    ended_in(_HOLD, file)
    assert Path(f"{file}.lock").exists()
    again = open_file(file)
    try:
        assert again.lock is not None
        assert again.lock.isLocked()
        assert not again.database.read_only
    finally:
        again.close()
