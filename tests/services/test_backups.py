"""Copies made by hand and by themselves: proven, thinned, in two places, and how old they are."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from fujisawa_desktop.errors import StorageError, ValidationError
from fujisawa_desktop.models import backup_files
from fujisawa_desktop.models.backup_files import digest_of, read_sidecar, sidecar_path
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.models.sqlite_driver import FileKey, has_plain_header
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.backup_occasions import OCCASIONS, backup_before, keep_watch
from fujisawa_desktop.services.backup_places import (
    BackupSettings,
    backup_settings,
    copies_in,
    save_backup_settings,
)
from fujisawa_desktop.services.backups import (
    BackupReason,
    automatic_backup,
    backup_health,
    latest_good_backup,
    make_backup,
)
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.databases import create_database, opened

pytestmark = pytest.mark.file_only("copies of files are made")

NOW = datetime(2026, 11, 26, 9)


def file_of(database: Database) -> Path:
    assert database.path is not None
    return database.path


def copies(database: Database) -> list[Path]:
    return list(copies_in(backup_dir(file_of(database)), file_of(database).stem))


def change(database: Database, programme_id: int) -> None:
    form = course(database, courses(database, programme_id)[0].id)
    save_course(database, form=replace(form, capacity=form.capacity + 1), actor="test")


def second_place(database: Database, folder: Path) -> Path:
    folder.mkdir()
    save_backup_settings(file_of(database), BackupSettings(str(folder)))
    return folder


def test_a_copy_says_what_it_is(database: Database) -> None:
    copy = make_backup(database, now=NOW)
    page = json.loads(sidecar_path(copy.path).read_text(encoding="utf-8"))
    assert page["made_at"] == NOW.isoformat()
    assert page["reason"] == "by-hand"
    assert page["schema"] == SCHEMA_HEAD
    assert page["size"] == copy.path.stat().st_size
    assert page["sha256"] == digest_of(copy.path)
    assert page["counts"]["course"] == 2
    assert page["counts"]["journal_entry"] == page["entries"] == 1
    assert len(page["journal_head"]) == 64
    assert page["encrypted"] is False
    assert not list(copy.path.parent.glob("*.part*"))


def test_the_copy_of_an_encrypted_file_is_encrypted(tmp_path: Path) -> None:
    key = FileKey(bytes(range(32)))
    create_database(tmp_path / "secret.fjdb", programme="r6", key=key)
    with opened(tmp_path / "secret.fjdb", key=key) as database:
        copy = make_backup(database)
    assert not has_plain_header(copy.path)
    found = read_sidecar(copy.path)
    assert found is not None
    assert found.encrypted
    open_database(copy.path, key=key, read_only=True).dispose()


def test_a_copy_that_is_not_what_the_file_holds_is_thrown_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup_files._counts
    asked: list[int] = []

    def one_row_less(connection: object) -> dict[str, int]:
        asked.append(1)
        found = real(connection)  # type: ignore[arg-type]
        return {**found, "course": 1} if len(asked) > 1 else found

    monkeypatch.setattr(backup_files, "_counts", one_row_less)
    with pytest.raises(StorageError, match="backup-damaged"):
        make_backup(database)
    assert list(backup_dir(file_of(database)).iterdir()) == []


def test_a_copy_that_cannot_get_its_page_is_taken_away_again(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def no_page(self: Path, target: Path) -> Path:
        if self.suffix == ".json":
            raise OSError(28, "full")
        return real(self, target)

    folder = tmp_path / "copies"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", no_page)
        with pytest.raises(StorageError, match="cannot-write"):
            make_backup(database, target=folder / "copy.fjdb")
        assert list(folder.iterdir()) == []
        earlier = folder / "earlier.fjdb"
        earlier.write_bytes(b"an earlier copy")
        with pytest.raises(StorageError, match="cannot-write"):
            make_backup(database, target=earlier)
    assert list(folder.iterdir()) == [earlier]  # what took its place is whole, only not proven
    open_database(earlier, read_only=True).dispose()


def test_nothing_is_copied_twice(database: Database, programme_id: int) -> None:
    assert automatic_backup(database, reason=BackupReason.OPENED, now=NOW) is not None
    assert automatic_backup(database, reason=BackupReason.CLOSED, now=NOW) is None
    change(database, programme_id)
    assert automatic_backup(database, reason=BackupReason.CLOSED, now=NOW) is not None
    assert len(copies(database)) == 2


def test_a_copy_that_lost_its_end_does_not_count(database: Database) -> None:
    copy = make_backup(database)
    copy.path.write_bytes(copy.path.read_bytes()[:-1])
    assert latest_good_backup(database) is None
    assert automatic_backup(database, reason=BackupReason.OPENED) is not None


def test_reading_only_and_a_server_make_no_copy(database: Database, tmp_path: Path) -> None:
    other = open_database(file_of(database), read_only=True)
    assert automatic_backup(other, reason=BackupReason.OPENED) is None
    other.dispose()
    server = Database("postgresql+psycopg://office/internship", read_only=False)
    assert automatic_backup(server, reason=BackupReason.OPENED) is None
    assert backup_health(server).latest is None


def test_while_working_a_copy_comes_every_so_many_minutes_when_something_changed(
    database: Database, programme_id: int
) -> None:
    assert keep_watch(database, now=NOW).made is not None
    change(database, programme_id)
    assert keep_watch(database, now=NOW + timedelta(minutes=29)).made is None
    made = keep_watch(database, now=NOW + timedelta(minutes=30)).made
    assert made is not None
    assert made.reason is BackupReason.TIMED
    assert keep_watch(database, now=NOW + timedelta(hours=9)).made is None, "nothing changed"


def test_an_import_is_preceded_by_a_copy_and_a_trial_is_not(database: Database, programme_id: int) -> None:
    assert backup_before(database, "import_applicants", {"dry_run": True}) is None
    assert backup_before(database, "save_course") is None
    made = backup_before(database, "import_applicants", {"dry_run": False})
    assert made is not None
    assert made.reason is BackupReason.IMPORT
    change(database, programme_id)
    assert backup_before(database, "merge_people") is None, "the last copy is minutes old"
    assert backup_before(database, "release") is not None


def test_every_occasion_is_a_use_case() -> None:
    for name, occasion in OCCASIONS.items():
        assert callable(getattr(import_module(f"fujisawa_desktop.services.{occasion.module}"), name)), name


def test_old_copies_make_room_and_others_files_are_left_alone(database: Database, programme_id: int) -> None:
    folder = backup_dir(file_of(database))
    foreign = folder / f"{file_of(database).stem}-20200101-000000.fjdb"
    make_backup(database, now=NOW - timedelta(days=900))
    shutil.copy(copies(database)[0], foreign)  # without a page: nobody knows what it is
    for days in (800, 700, 3, 1):
        change(database, programme_id)
        automatic_backup(database, reason=BackupReason.TIMED, now=NOW - timedelta(days=days))
    change(database, programme_id)
    automatic_backup(database, reason=BackupReason.TIMED, now=NOW)
    pages = {path.name: read_sidecar(path) for path in copies(database)}
    moments = sorted(NOW - page.made_at for page in pages.values() if page is not None)
    assert [one.days for one in moments] == [0, 1, 3, 900], "the oldest was made by hand"
    assert foreign.exists()
    assert {path.name for path in folder.glob("*.json")} == {f"{n}.json" for n, p in pages.items() if p}


def test_copies_of_another_file_of_the_same_name_are_left_alone(database: Database, tmp_path: Path) -> None:
    """A clerk moved last year's file away and made a new one under its name."""
    folder = backup_dir(file_of(database))
    old = automatic_backup(database, reason=BackupReason.OPENED, now=NOW - timedelta(days=2000))
    assert old is not None
    database.dispose()
    file_of(database).unlink()
    create_database(file_of(database), programme="r6")
    with opened(file_of(database)) as fresh:
        assert latest_good_backup(fresh) is None
        automatic_backup(fresh, reason=BackupReason.OPENED, now=NOW)
        assert backup_health(fresh, now=NOW).latest is not None
    assert old.path.exists()
    assert len(list(folder.glob("*.fjdb"))) == 2


def test_the_second_place_gets_each_copy_and_its_failure_is_only_told(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    place = second_place(database, tmp_path / "stick")
    first = automatic_backup(database, reason=BackupReason.OPENED)
    assert first is not None
    assert read_sidecar(place / first.path.name) == read_sidecar(first.path)
    place.rename(tmp_path / "pulled out")
    change(database, programme_id)
    second = automatic_backup(database, reason=BackupReason.TIMED)
    assert second is not None
    assert second.second_failure == "backup.second-gone"
    assert backup_health(database).second_failure == "backup.second-gone"
    (tmp_path / "pulled out").rename(place)
    assert backup_health(database).second_failure == "backup.second-failed"
    assert automatic_backup(database, reason=BackupReason.CLOSED) is None
    assert digest_of(place / second.path.name) == digest_of(second.path), "it is brought along later"
    assert backup_health(database).second_failure == ""


def test_a_second_place_that_is_full_takes_nothing_from_the_first(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = second_place(database, tmp_path / "stick")

    def full(*_given: object) -> None:
        raise StorageError("storage.disk-full")

    monkeypatch.setattr("fujisawa_desktop.services.backups.duplicate", full)
    copy = automatic_backup(database, reason=BackupReason.OPENED)
    assert copy is not None
    assert copy.second_failure == "backup.second-failed"
    assert copy.path.exists()
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("which", "code"),
    [
        ("missing", "backup.second-missing"),
        ("relative", "backup.second-missing"),
        ("beside", "backup.second-same"),
        ("minutes", "backup.minutes"),
    ],
)
def test_settings_that_help_nobody_are_refused(
    database: Database, tmp_path: Path, which: str, code: str
) -> None:
    wrong = {
        "missing": BackupSettings(str(tmp_path / "nowhere")),
        "relative": BackupSettings("stick"),
        "beside": BackupSettings(str(file_of(database).parent)),
        "minutes": BackupSettings("", 1),
    }[which]
    with pytest.raises(ValidationError) as caught:
        save_backup_settings(file_of(database), wrong)
    assert caught.value.code == code
    assert backup_settings(file_of(database)) == BackupSettings()


def test_the_age_counts_only_while_something_is_not_copied(database: Database, programme_id: int) -> None:
    assert backup_health(database, now=NOW).overdue, "there is no copy yet"
    automatic_backup(database, reason=BackupReason.OPENED, now=NOW)
    assert not backup_health(database, now=NOW + timedelta(days=9)).overdue
    change(database, programme_id)
    assert not backup_health(database, now=NOW + timedelta(minutes=60)).overdue
    health = backup_health(database, now=NOW + timedelta(minutes=61))
    assert health.overdue
    assert health.behind == 1
