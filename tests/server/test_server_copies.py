"""Everything copied from a file to a server and back: equal, whole or not at all."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

import pytest
from cli_driver import run_command
from logical_dump import rows_of
from places import OnServer

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models import ClosedDay
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.sqlite_driver import FileKey, has_plain_header
from fujisawa_desktop.services.copying import copy_database
from fujisawa_desktop.services.databases import check_database, opened
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.unit_of_work import unit_of_work


def test_a_file_on_a_server_and_back_holds_the_same_in_every_table(
    old_file: Path, fresh: str, tmp_path: Path
) -> None:
    there = copy_database(old_file, fresh)
    back = copy_database(fresh, tmp_path / "back.fjdb")
    assert (there.counts, there.digest) == (back.counts, back.digest)
    assert there.rows > 1_000
    before, after = rows_of(old_file), rows_of(tmp_path / "back.fjdb")  # read without any of our models
    assert before == after
    for place in (fresh, tmp_path / "back.fjdb"):
        with opened(place) as database:
            assert check_database(database).journal.entries == check_database(database).journal.entries > 0
            assert check_database(database).is_whole == _is_whole(old_file)


def _is_whole(path: Path) -> bool:
    with opened(path) as database:
        return check_database(database).is_whole


def test_work_goes_on_where_it_was_copied_to(old_file: Path, fresh: str) -> None:
    copied = copy_database(old_file, fresh)
    with opened(fresh) as database:
        programme_id = current_programme_id(database)
        with unit_of_work(database, "test.add", actor="test") as work:
            work.session.add(ClosedDay(programme_id=programme_id, day=date(2099, 1, 2), name="休み"))
            assert work.commit().seq == copied.counts["journal_entry"] + 1
        with database.read() as session:
            assert session.query(ClosedDay).count() == copied.counts["closed_day"] + 1
        undo(database)
        with database.read() as session:
            assert session.query(ClosedDay).count() == copied.counts["closed_day"]


def test_what_holds_something_is_not_copied_over(old_file: Path, fresh: str, tmp_path: Path) -> None:
    copy_database(old_file, fresh)
    with pytest.raises(StorageError, match=r"copy\.target-not-empty"):
        copy_database(old_file, fresh)
    with pytest.raises(StorageError, match=r"storage\.exists"):
        copy_database(fresh, old_file)


class Stopped(Exception):  # noqa: N818 - as a clerk stops it
    pass


def _stop(done: int, _total: int) -> None:
    if done > 500:
        raise Stopped


def test_a_copy_that_is_stopped_leaves_nothing(old_file: Path, on_server: OnServer, tmp_path: Path) -> None:
    empty = on_server.new(Path("stopped"))
    with pytest.raises(Stopped):
        copy_database(old_file, empty, progress=_stop)
    with pytest.raises(StorageError, match=r"storage\.server-empty"):
        open_database(empty)
    copy_database(old_file, empty)
    with pytest.raises(Stopped):
        copy_database(empty, tmp_path / "new.fjdb", progress=_stop)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("new")]


def test_an_encrypted_file_goes_to_a_server_and_back_into_an_encrypted_one(
    old_file: Path, fresh: str, tmp_path: Path
) -> None:
    keys = [FileKey(secrets.token_bytes(32)) for _ in range(2)]
    copy_database(old_file, tmp_path / "a.fjdb", target_key=keys[0])
    there = copy_database(tmp_path / "a.fjdb", fresh, source_key=keys[0])
    back = copy_database(fresh, tmp_path / "b.fjdb", target_key=keys[1])
    assert there.digest == back.digest
    assert not has_plain_header(tmp_path / "b.fjdb")
    assert rows_of(old_file) == rows_of(tmp_path / "b.fjdb", key=keys[1])


def test_the_command_says_what_was_copied(old_file: Path, fresh: str, tmp_path: Path) -> None:
    there = run_command("copy", "--json", old_file, fresh)
    assert there.code == 0
    assert f"{there.json['rows']:,}" in there.err
    back = run_command("copy", "--json", fresh, tmp_path / "back.fjdb")
    assert back.json["digest"] == there.json["digest"]
    again = run_command("copy", old_file, fresh)
    assert (again.code, again.out) == (2, b"")
    assert "すでにデータがある" in again.err
