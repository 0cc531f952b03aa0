"""Making, checking and restoring database files."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite3

from fujisawa_desktop.errors import ConflictError, NotFoundError, StorageError
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.databases import check_database, create_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.returning import restore_backup

pytestmark = pytest.mark.file_only("files are made, looked into and brought back")


@pytest.fixture
def file(_programme_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "work.fjdb"
    path.write_bytes(_programme_file.read_bytes())
    return path


def capacity(file: Path) -> int:
    with opened(file) as database:
        return courses(database, current_programme_id(database))[0].capacity


def set_capacity(file: Path, number: int) -> None:
    from dataclasses import replace

    with opened(file) as database:
        first = courses(database, current_programme_id(database))[0]
        save_course(database, form=replace(course(database, first.id), capacity=number), actor="test")


def test_a_new_file_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise NotFoundError("programme.unknown")

    with monkeypatch.context() as patch:
        patch.setattr("fujisawa_desktop.services.databases.create_programme", fail)
        with pytest.raises(NotFoundError):
            create_database(tmp_path / "new.fjdb", programme="r6")
    assert list(tmp_path.iterdir()) == []
    create_database(tmp_path / "new.fjdb", programme="r6")
    assert [path.name for path in tmp_path.iterdir()] == ["new.fjdb"]
    with pytest.raises(StorageError, match=r"storage\.exists"):
        create_database(tmp_path / "new.fjdb", programme="r6")


def test_a_whole_file_passes_the_check(file: Path) -> None:
    with opened(file) as database:
        report = check_database(database)
    assert report.is_whole
    assert report.journal.entries == 1


def test_a_row_without_its_parent_is_reported(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE course SET programme_id = 99")
    connection.close()
    with opened(file) as database:
        report = check_database(database)
    assert not report.is_whole
    assert "course" in {one.table for one in report.findings}


def test_restoring_brings_back_the_copy_and_keeps_what_was_there(file: Path, tmp_path: Path) -> None:
    before = capacity(file)
    with opened(file) as database:
        make_backup(database, target=tmp_path / "copy.fjdb")
    set_capacity(file, before + 5)
    done = restore_backup(file, source=tmp_path / "copy.fjdb")
    assert capacity(file) == before
    assert done.kept is not None
    assert capacity(done.kept) == before + 5


def test_a_window_that_has_the_file_open_sees_the_restored_state(file: Path, tmp_path: Path) -> None:
    before = capacity(file)
    with opened(file) as database:
        make_backup(database, target=tmp_path / "copy.fjdb")
    set_capacity(file, before + 5)
    with opened(file) as window:
        programme_id = current_programme_id(window)
        assert courses(window, programme_id)[0].capacity == before + 5
        restore_backup(file, source=tmp_path / "copy.fjdb")
        assert courses(window, programme_id)[0].capacity == before


def test_restoring_gives_up_while_somebody_writes(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujisawa_desktop.models.integrity.BUSY_SECONDS", 0.05)
    with opened(file) as database:
        make_backup(database, target=tmp_path / "copy.fjdb")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(ConflictError, match=r"storage\.busy"):
        restore_backup(file, source=tmp_path / "copy.fjdb")
    holder.execute("ROLLBACK")
    holder.close()
    assert capacity(file) > 0


def test_a_damaged_file_is_replaced_and_kept_byte_for_byte(file: Path, tmp_path: Path) -> None:
    with opened(file) as database:
        make_backup(database, target=tmp_path / "copy.fjdb")
    good = file.read_bytes()
    for damage in (b"\x00" * 100 + good[100:], good[:20000], good[:8192] + b"\xff" * 8192 + good[16384:]):
        file.write_bytes(damage)
        done = restore_backup(file, source=tmp_path / "copy.fjdb")
        assert done.kept is not None
        assert done.kept.read_bytes() == damage
        assert capacity(file) > 0


def test_a_missing_file_is_made_from_the_copy(file: Path, tmp_path: Path) -> None:
    done = restore_backup(tmp_path / "new" / "again.fjdb", source=file)
    assert done.kept is None
    assert capacity(tmp_path / "new" / "again.fjdb") == capacity(file)


@pytest.mark.parametrize("which", ["itself", "missing", "folder", "text", "foreign target", "server"])
def test_what_cannot_be_restored_is_refused_and_changes_nothing(
    file: Path, tmp_path: Path, which: str
) -> None:
    text = tmp_path / "text.fjdb"
    text.write_text("これは控えではありません" * 100, encoding="utf-8")
    foreign = tmp_path / "foreign.sqlite"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE thing (x)")
    connection.close()
    target: Path | str = file
    source = file
    match which:
        case "missing":
            source = tmp_path / "missing.fjdb"
        case "folder":
            source = tmp_path
        case "text":
            source = text
        case "foreign target":
            target = foreign
        case "server":
            target = "postgresql+psycopg://office/internship"
    before = file.read_bytes(), foreign.read_bytes()
    with pytest.raises(StorageError):
        restore_backup(target, source=source)
    assert (file.read_bytes(), foreign.read_bytes()) == before


def test_a_copy_of_an_older_form_may_be_restored(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(file) as database:
        make_backup(database, target=tmp_path / "copy.fjdb")
    set_capacity(file, 9)
    with monkeypatch.context() as patch:
        patch.setattr("fujisawa_desktop.models.sqlite_files.SCHEMA_HEAD", f"{int(SCHEMA_HEAD) + 1:04}")
        restore_backup(file, source=tmp_path / "copy.fjdb")
    assert capacity(file) != 9
    open_database(file).dispose()
