"""Copies of an encrypted file: whatever made them, each opens alone, with the passphrase of its day."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.backup_files import read_sidecar, sidecar_path
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.sqlite_driver import FileKey, has_plain_header
from fujisawa_desktop.models.sqlite_files import copy_sqlite
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.backup_occasions import backup_before, keep_watch
from fujisawa_desktop.services.backup_places import BackupSettings, copies_in, save_backup_settings
from fujisawa_desktop.services.backups import BackupReason, automatic_backup, make_backup
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.returning import restore_backup
from fujisawa_desktop.services.unlocking import change_key, erase_copies, plain_copies, set_passphrase, unlock
from tests.backup_drill import change
from tests.secret_files import OTHER, PASSPHRASE, encrypted, lose_slots, on_another_computer, opens, paper

pytestmark = [pytest.mark.file_only("copies of files are made"), pytest.mark.usefixtures("quick_guesses")]

NOW = datetime(2026, 11, 26, 9)


@pytest.fixture
def locked(office_file: Path) -> tuple[Path, FileKey]:
    return office_file, encrypted(office_file)


def copies(path: Path) -> list[Path]:
    return list(copies_in(backup_dir(path), path.stem))


def by_hand(database: Database) -> None:
    make_backup(database)


def to_a_place(database: Database) -> None:
    assert database.path is not None
    make_backup(database, target=backup_dir(database.path) / f"{database.path.stem}-20261126-090000.fjdb")


OCCASIONS: dict[str, Callable[[Database], object]] = {
    "by hand": by_hand,
    "to a chosen place": to_a_place,
    "start": lambda database: keep_watch(database, reason=BackupReason.OPENED),
    "every so many minutes": lambda database: keep_watch(database, reason=BackupReason.TIMED),
    "exit": lambda database: automatic_backup(database, reason=BackupReason.CLOSED),
    "import": lambda database: backup_before(database, "import_applicants"),
    "bulk": lambda database: backup_before(database, "release"),
    "repair": lambda database: make_backup(database, reason=BackupReason.REPAIR),
}


@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("lost", [False, True], ids=["", "slots lost since"])
def test_a_copy_opens_alone_on_another_computer(
    locked: tuple[Path, FileKey], tmp_path: Path, occasion: str, lost: bool
) -> None:
    path, key = locked
    with opened(path, key=key) as database:
        OCCASIONS[occasion](database)
    if lost:
        lose_slots(path)
    [copy] = copies(path)
    there = on_another_computer(copy, tmp_path / "elsewhere")
    assert opens(there, PASSPHRASE) == key
    sidecar_path(there).unlink()
    assert opens(there, paper(key)) == key


def test_a_copy_before_a_new_form_opens_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.fjdb"
    golden = Path(__file__).parent.parent / "migrations" / "golden" / "0005.fjdb.xz"
    path.write_bytes(lzma.decompress(golden.read_bytes()))
    key = encrypted(path)
    open_database(path, key=key).dispose()
    [copy] = backup_dir(path).glob("*-before-*.fjdb")
    assert unlock(on_another_computer(copy, tmp_path / "elsewhere"), PASSPHRASE) == key


def test_a_copy_in_the_second_place_opens_alone(locked: tuple[Path, FileKey], tmp_path: Path) -> None:
    path, key = locked
    stick = tmp_path / "stick"
    stick.mkdir()
    save_backup_settings(path, BackupSettings(str(stick)))
    with opened(path, key=key) as database:
        make_backup(database)
    lose_slots(path)
    [copy] = copies_in(stick, path.stem)
    assert opens(on_another_computer(copy, tmp_path / "elsewhere"), PASSPHRASE) == key


def test_a_copy_made_after_the_slots_were_lost_has_those_of_the_copy_before(
    locked: tuple[Path, FileKey], tmp_path: Path
) -> None:
    path, key = locked
    with opened(path, key=key) as database:
        make_backup(database, now=NOW)
        lose_slots(path)
        copy = make_backup(database, now=NOW + timedelta(minutes=1))
        there = make_backup(database, target=tmp_path / "stick" / "copy.fjdb")
    for one in (copy, there):
        assert unlock(one.path, PASSPHRASE) == key


def test_slots_of_another_file_are_not_taken_along(locked: tuple[Path, FileKey], tmp_path: Path) -> None:
    path, key = locked
    other = tmp_path / "other.fjdb"
    other.write_bytes(path.read_bytes())
    key_slots.write_slots(path, key_slots.slots_from([key_slots.slot_for(FileKey(bytes(32)), OTHER)]))
    with opened(path, key=key) as database:
        page = read_sidecar(make_backup(database).path)
    assert page is not None
    assert page.keys is None, "only the recovery key opens it, and nothing claims otherwise"


def test_a_copy_keeps_the_passphrase_of_its_day(locked: tuple[Path, FileKey], tmp_path: Path) -> None:
    path, key = locked
    with opened(path, key=key) as database:
        before = make_backup(database, now=NOW)
        set_passphrase(path, key, OTHER)
        after = automatic_backup(database, reason=BackupReason.TIMED, now=NOW + timedelta(minutes=1))
        assert automatic_backup(database, reason=BackupReason.TIMED) is None, "nothing changed since"
    assert after is not None, "nobody should need the passphrase before for the newest copy"
    assert unlock(before.path, PASSPHRASE) == unlock(after.path, OTHER) == key
    for copy, wrong in ((before, OTHER), (after, PASSPHRASE)):
        with pytest.raises(ValidationError, match=r"passphrase\.wrong"):
            unlock(copy.path, wrong)


def test_after_a_new_key_there_is_a_copy_under_it(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    with opened(path, key=key) as database:
        before = make_backup(database, now=NOW)
    new = FileKey(bytes(range(32)))
    change_key(path, key, new, OTHER)
    with opened(path, key=new) as database:
        after = automatic_backup(database, reason=BackupReason.OPENED, now=NOW + timedelta(minutes=1))
    assert after is not None
    assert opens(after.path, OTHER) == opens(after.path, paper(new)) == new
    assert opens(before.path, PASSPHRASE) == opens(before.path, paper(key)) == key


def test_without_any_slots_no_copy_is_made_again_and_again(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    lose_slots(path)
    with opened(path, key=key) as database:
        assert automatic_backup(database, reason=BackupReason.OPENED, now=NOW) is not None
        change(path, 1, key)
        assert automatic_backup(database, reason=BackupReason.TIMED, now=NOW + timedelta(hours=1)) is not None
        assert automatic_backup(database, reason=BackupReason.TIMED, now=NOW + timedelta(hours=2)) is None


def test_copies_that_need_no_key_are_listed_and_erased(locked: tuple[Path, FileKey], tmp_path: Path) -> None:
    path, key = locked
    folder = tmp_path / "backups"
    copy_sqlite(path, folder / "office-2.fjdb", key=key)
    old = tmp_path / "old.fjdb"
    open_database(old, create=True).dispose()
    assert has_plain_header(old)
    plain = folder / "office-1.fjdb"
    plain.write_bytes(old.read_bytes())
    plain.with_name("office-1.fjdb.json").write_text("{}")
    assert [one.path for one in plain_copies(path)] == [plain]
    assert erase_copies([plain, folder / "gone.fjdb"]) == [folder / "gone.fjdb"]
    assert [one.name for one in folder.iterdir()] == ["office-2.fjdb"]


def test_a_backup_alone_opens_with_passphrase_or_recovery_key(
    locked: tuple[Path, FileKey], tmp_path: Path
) -> None:
    path, key = locked
    with opened(path, key=key) as database:
        copy = make_backup(database, target=tmp_path / "elsewhere" / "copy.fjdb").path
    assert unlock(copy, PASSPHRASE) == key
    sidecar_path(copy).unlink()
    assert opens(copy, paper(key)) == key


def test_a_restored_file_has_its_slots_again(locked: tuple[Path, FileKey], tmp_path: Path) -> None:
    path, key = locked
    with opened(path, key=key) as database:
        copy = make_backup(database, target=tmp_path / "elsewhere" / "copy.fjdb").path
    path.unlink()
    lose_slots(path)
    restore_backup(path, source=copy, key=key)
    assert opens(path, PASSPHRASE) == key
