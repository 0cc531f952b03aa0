"""Keeping, erasing and disclosing records by commands."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from retention_scene import sentinels, walked

from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.retention_settings import Period, retention_settings, save_periods
from tests.cli_driver import Run, is_japanese, on


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return walked(tmp_path)


@pytest.fixture
def run(file: Path) -> Run:
    return on(file)


def _nothing_kept(file: Path) -> None:
    """Let what was imported be of a year long past, and go with that year."""
    database = open_database(file)
    programme = current_programme_id(database)
    settings = retention_settings(database, programme_id=programme)
    save_periods(
        database,
        programme_id=programme,
        periods={one.category: Period(one.category, 0, one.basis, one.version) for one in settings.periods},
        limits=settings.limits,
    )
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE import_batch SET imported_at = '2020-05-01 10:00:00'")
        session.connection().exec_driver_sql("UPDATE decision SET announced_at = '2020-06-01 10:00:00'")
        session.connection().exec_driver_sql("UPDATE announcement SET released_at = '2020-06-01 10:00:00'")
        session.commit()
    database.dispose()


def test_the_list_names_what_is_due_and_when(run: Run, file: Path) -> None:
    answer = run("retention", "due", "--all", "--format", "json")
    assert answer.code == 0
    rows = answer.json
    assert {row["category"] for row in rows} == {one.value for one in Category}
    assert all(row["kept_until"].endswith("-03-31") for row in rows)
    assert is_japanese(answer.err)


def test_erasing_needs_a_number_and_a_second_person(run: Run, file: Path) -> None:
    _nothing_kept(file)
    before = file.read_bytes()
    assert run("retention", "erase", "--confirm", "3").code == 2
    assert run("retention", "erase", "--witness", "立会 花子").code == 2
    wrong = run("retention", "erase", "--confirm", "3", "--witness", "立会 花子")
    assert wrong.code == 1
    assert "3件" in wrong.err
    assert file.read_bytes() == before


def test_raw_rows_go_alone_when_they_alone_are_due(run: Run, file: Path) -> None:
    _nothing_kept(file)
    due = run("retention", "due", "--records", "raw", "--format", "json").json
    assert len(due) > 50
    done = run("retention", "erase", "--records", "raw", "--confirm", len(due), "--witness", "立会 花子")
    assert done.code == 0, done.err
    assert run("retention", "due", "--records", "raw", "--format", "json").json == []
    assert run("check").code == 0


def test_copies_are_told_and_go_along_when_asked(run: Run, file: Path) -> None:
    _nothing_kept(file)
    due = len(run("retention", "due", "--records", "raw", "--format", "json").json)
    database = open_database(file)
    copies = [make_backup(database).path, make_backup(database, reason=BackupReason.TIMED).path]
    database.dispose()
    asked = ("retention", "erase", "--records", "raw", "--confirm", due, "--witness", "立会 花子")
    done = run(*asked, "--with-copies")
    assert done.code == 0, done.err
    for copy in copies:
        assert copy.name in done.err
        assert not copy.exists()


def test_everything_about_one_person_goes_into_one_file(run: Run, file: Path, tmp_path: Path) -> None:
    database = open_database(file)
    one = next(person for person in sentinels(database) if len(person.texts) > 4)
    database.dispose()
    number = one.texts[-1]
    folder = tmp_path / "開示"
    assert run("person", number, "--out", folder).code == 2
    folder.mkdir()
    answer = run("person", number, "--out", folder)
    assert answer.code == 0, answer.err
    [made] = folder.iterdir()
    with zipfile.ZipFile(made) as archive:
        told = json.loads(archive.read("data.json"))
    assert told["name"] == one.name
    assert run("person", "なし", "--out", folder).code == 2
