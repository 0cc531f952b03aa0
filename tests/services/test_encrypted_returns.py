"""Going back to a copy under whatever key: what opened the copy opens the file, and nothing is bared."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fujisawa_desktop.errors import ConflictError, StorageError, ValidationError
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.backup_files import sidecar_path
from fujisawa_desktop.models.sqlite_driver import FileKey, connect, has_plain_header
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.restoring import CopyState, chosen_copy, copies_of, examine, loss_of
from fujisawa_desktop.services.returning import Protection, Restored, restore_backup
from fujisawa_desktop.services.unlocking import (
    change_key,
    has_passphrase,
    is_encrypted,
    is_recovery_key,
    new_key,
    set_passphrase,
    unlock,
    unlock_copy,
)
from tests.backup_drill import change, dump
from tests.secret_files import OTHER, PASSPHRASE, encrypted, lose_slots, on_another_computer, opens, paper

pytestmark = [
    pytest.mark.file_only("copies of files are brought back"),
    pytest.mark.usefixtures("quick_guesses"),
]

NOW = datetime.now().replace(microsecond=0) - timedelta(hours=2)
"""Not long ago: where the page of a copy cannot be read, the moment of its file is told instead."""
THIRD = "a third one, for today"


@pytest.fixture
def locked(office_file: Path) -> tuple[Path, FileKey]:
    return office_file, encrypted(office_file)


def copied(path: Path, key: FileKey | None, minutes: int = 0) -> Path:
    with opened(path, key=key) as database:
        return make_backup(database, now=NOW + timedelta(minutes=minutes)).path


def back(path: Path, copy: Path, text: str, *keys: FileKey) -> Restored:
    """Go back to a copy that was opened with what a person typed."""
    key, asked = unlock_copy(copy, text), None if is_recovery_key(text) else copy
    return restore_backup(path, source=copy, key=key, keys=keys, asked=asked)


def nothing_begun(path: Path) -> bool:
    return not [*path.parent.glob("*.restoring*"), *path.parent.glob("*.part*")]


def test_the_passphrase_of_the_copy_is_the_files_from_then_on(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    copy, then = copied(path, key), dump(path, key=key)
    change(path, 1, key)
    set_passphrase(path, key, OTHER)
    done = back(path, copy, PASSPHRASE)
    assert opens(path, PASSPHRASE) == key
    assert dump(path, without_last_act=True, key=key) == then
    with pytest.raises(ValidationError, match=r"passphrase\.wrong"):
        unlock(path, OTHER)
    assert done.kept is not None
    assert unlock(done.kept, OTHER) == key, "what was there before is opened by what opened it"
    assert nothing_begun(path)


def test_an_open_file_keeps_its_passphrase_when_nobody_was_asked(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    copy = copied(path, key)
    set_passphrase(path, key, OTHER)
    done = restore_backup(path, source=copy, key=key)
    assert done.has_passphrase
    assert opens(path, OTHER) == key


def test_the_recovery_key_brings_back_a_copy_without_its_page_on_another_computer(
    locked: tuple[Path, FileKey], tmp_path: Path
) -> None:
    path, key = locked
    there = on_another_computer(copied(path, key), tmp_path / "new" / "stick")
    sidecar_path(there).unlink()
    with pytest.raises(StorageError, match=r"restore\.no-slots"):
        unlock_copy(there, PASSPHRASE)
    new = tmp_path / "new" / "office.fjdb"
    done = back(new, there, paper(key))
    assert not done.has_passphrase
    assert not has_passphrase(new)
    assert opens(new, paper(key)) == key
    set_passphrase(new, key, THIRD)
    assert opens(new, THIRD) == key


def test_a_copy_on_another_computer_makes_a_file_that_its_passphrase_opens(
    locked: tuple[Path, FileKey], tmp_path: Path
) -> None:
    path, key = locked
    there = on_another_computer(copied(path, key), tmp_path / "stick")
    new = tmp_path / "new" / "office.fjdb"
    assert back(new, there, PASSPHRASE).kept is None
    assert opens(new, PASSPHRASE) == key


def test_a_wrong_passphrase_is_refused_in_the_words_of_a_copy(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    copy, before = copied(path, key), path.read_bytes()
    with pytest.raises(ValidationError, match=r"restore\.wrong-passphrase"):
        unlock_copy(copy, OTHER)
    with pytest.raises(ValidationError, match=r"recovery\.other-file"):
        unlock_copy(copy, paper(new_key()))
    for wrong in (None, new_key()):
        with pytest.raises(StorageError, match=r"storage\.(encrypted|wrong-key)"):
            restore_backup(path, source=copy, key=wrong, keys=[key])
    assert path.read_bytes() == before
    assert list(backup_dir(path).glob("*before-restore*")) == []


def test_a_copy_from_before_a_new_key_is_opened_by_the_old_one_and_so_is_the_file_then(
    locked: tuple[Path, FileKey],
) -> None:
    path, key = locked
    copy, then = copied(path, key), dump(path, key=key)
    new = new_key()
    change_key(path, key, new, OTHER)
    change(path, 1, new)
    before = dump(path, key=new)
    done = back(path, copy, PASSPHRASE, new)
    assert opens(path, PASSPHRASE) == opens(path, paper(key)) == key
    assert dump(path, without_last_act=True, key=key) == then
    assert done.loss.acts == 1
    assert done.kept is not None
    assert opens(done.kept, OTHER) == opens(done.kept, paper(new)) == new
    assert dump(done.kept, key=new) == before
    assert back(path, done.kept, OTHER, key).key == new
    assert opens(path, OTHER) == new, "and the way back"
    assert nothing_begun(path)


def test_while_somebody_writes_another_key_is_not_put_in_place(
    locked: tuple[Path, FileKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = locked
    copy, new = copied(path, key), new_key()
    change_key(path, key, new, OTHER)
    monkeypatch.setattr("fujisawa_desktop.models.recrypt.BUSY_SECONDS", 0.05)
    writer = connect(path, key=new)
    writer.isolation_level = None
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(ConflictError, match=r"storage\.busy"):
        back(path, copy, PASSPHRASE, new)
    writer.execute("ROLLBACK")
    writer.close()
    assert opens(path, OTHER) == new, "its own slots are there again"
    assert nothing_begun(path)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_power_cut_leaves_a_file_that_some_passphrase_opens(
    locked: tuple[Path, FileKey], monkeypatch: pytest.MonkeyPatch, replaced: bool
) -> None:
    class PowerCut(BaseException):
        pass

    from fujisawa_desktop.models import recrypt as module

    path, key = locked
    copy, new = copied(path, key), new_key()
    change_key(path, key, new, OTHER)
    put = module._replace

    def cut(part: Path, place: Path) -> None:
        if replaced:
            put(part, place)
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr(module, "_replace", cut)
        with pytest.raises(PowerCut):
            back(path, copy, PASSPHRASE, new)
    assert opens(path, PASSPHRASE if replaced else OTHER) == (key if replaced else new)


def test_a_plain_copy_of_an_encrypted_file_bares_nothing_silently(office_file: Path) -> None:
    copy = copied(office_file, None)
    key = encrypted(office_file)
    before = office_file.read_bytes()
    with pytest.raises(StorageError, match=r"restore\.plain-copy"):
        restore_backup(office_file, source=copy, keys=[key])
    office_file.write_bytes(b"\0" * len(before))
    with pytest.raises(StorageError, match=r"restore\.plain-copy"):
        restore_backup(office_file, source=copy)
    office_file.unlink()
    with pytest.raises(StorageError, match=r"restore\.plain-copy"):
        restore_backup(office_file, source=copy)
    assert not office_file.exists(), "also where only its slots are left"


def test_a_plain_copy_comes_back_under_the_key_of_the_file(office_file: Path) -> None:
    copy, then = copied(office_file, None), dump(office_file)
    key = encrypted(office_file)
    change(office_file, 1, key)
    with opened(office_file, key=key) as window:
        done = restore_backup(office_file, source=copy, keys=[key], under=Protection(key))
        with window.read():
            pass  # the open window goes on
    assert opens(office_file, PASSPHRASE) == opens(office_file, paper(key)) == key
    assert dump(office_file, without_last_act=True, key=key) == then
    assert done.kept is not None
    assert is_encrypted(done.kept)
    assert nothing_begun(office_file)


def test_a_plain_copy_comes_back_under_a_new_key(office_file: Path) -> None:
    copy, then = copied(office_file, None), dump(office_file)
    key, new = encrypted(office_file), new_key()
    done = restore_backup(office_file, source=copy, keys=[key], under=Protection(new, THIRD))
    assert opens(office_file, THIRD) == opens(office_file, paper(new)) == new
    assert dump(office_file, without_last_act=True, key=new) == then
    assert done.kept is not None
    assert opens(done.kept, PASSPHRASE) == key


def test_without_encryption_only_when_that_is_said(office_file: Path) -> None:
    copy, then = copied(office_file, None), dump(office_file)
    key = encrypted(office_file)
    done = restore_backup(office_file, source=copy, keys=[key], under=Protection(None))
    assert has_plain_header(office_file)
    assert not key_slots.slots_path(office_file).exists()
    assert dump(office_file, without_last_act=True) == then
    assert done.kept is not None
    assert opens(done.kept, PASSPHRASE) == key, "what was encrypted stays encrypted"


def test_an_encrypted_copy_encrypts_a_file_that_was_plain_since(locked: tuple[Path, FileKey]) -> None:
    from fujisawa_desktop.services.unlocking import make_plain

    path, key = locked
    copy = copied(path, key)
    make_plain(path, key)
    done = back(path, copy, PASSPHRASE)
    assert done.key == key
    assert opens(path, PASSPHRASE) == key


@pytest.mark.parametrize("damage", ["its beginning", "its middle", "its slots too"])
def test_a_broken_file_is_kept_as_it_is_and_the_copy_takes_its_place(
    locked: tuple[Path, FileKey], damage: str
) -> None:
    path, key = locked
    copy = copied(path, key)
    data = path.read_bytes()
    path.write_bytes(
        data[:9000] + b"\xff" * 5000 + data[14000:] if damage == "its middle" else b"\0" * 5000 + data[5000:]
    )
    if damage == "its slots too":
        lose_slots(path)
    broken = path.read_bytes()
    done = back(path, copy, PASSPHRASE)
    assert done.loss.acts is None
    assert done.kept is not None
    assert done.kept.read_bytes() == broken
    assert opens(path, PASSPHRASE) == key


def test_a_file_under_a_key_nobody_knows_is_kept_with_what_leads_to_it(
    locked: tuple[Path, FileKey],
) -> None:
    path, key = locked
    copy, new = copied(path, key), new_key()
    change_key(path, key, new, OTHER)
    done = back(path, copy, PASSPHRASE)
    assert opens(path, PASSPHRASE) == key
    assert done.loss.acts is None
    assert done.kept is not None
    assert opens(done.kept, OTHER) == new


def test_a_copy_is_locked_until_its_key_is_there(locked: tuple[Path, FileKey], office_file: Path) -> None:
    path, key = locked
    copied(path, key)
    [listed] = copies_of(path)
    assert (listed.encrypted, listed.schema, len(listed.head)) == (True, listed.schema, 64)
    assert examine(listed).state is CopyState.LOCKED
    assert not examine(listed, keys=[new_key()]).is_usable
    seen = examine(listed, keys=[new_key(), key])
    assert (seen.state, seen.key) == (CopyState.WHOLE, key)
    assert seen.counts is not None
    assert seen.counts["course"] == 2
    sidecar_path(listed.path).unlink()
    bare = chosen_copy(listed.path)
    assert examine(bare).state is CopyState.LOCKED
    seen = examine(bare, keys=[key])
    assert (seen.state, seen.key, seen.head) == (CopyState.READABLE, key, listed.head)
    assert (seen.schema, seen.counts) == (listed.schema, listed.counts)


def test_a_locked_copy_that_changed_is_damaged_with_and_without_its_key(
    locked: tuple[Path, FileKey],
) -> None:
    path, key = locked
    copy = copied(path, key)
    data = bytearray(copy.read_bytes())
    data[-100] ^= 1
    copy.write_bytes(data)
    for keys in ([], [key]):
        assert examine(chosen_copy(copy), keys=keys).state is CopyState.DAMAGED
    sidecar_path(copy).unlink()
    assert examine(chosen_copy(copy), keys=[key]).state is CopyState.DAMAGED


def test_what_would_be_lost_is_read_across_keys(locked: tuple[Path, FileKey], tmp_path: Path) -> None:
    path, key = locked
    copy, new = copied(path, key), new_key()
    change_key(path, key, new, OTHER)
    change(path, 1, new)
    change(path, 2, new)
    assert loss_of(path, copy, key=key, keys=[new]).acts == 2
    assert loss_of(path, copy, key=key).acts is None, "under a key nobody gave"
    other = tmp_path / "other.fjdb"
    create_database(other, programme="r6", actor="other")
    assert loss_of(other, copy, key=key).is_other_file


def test_a_copy_of_its_own_file_only_changes_when_restored(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    copy = copied(path, key)
    twin = copy.with_name("twin.fjdb")
    shutil.copy(copy, twin)
    back(path, copy, PASSPHRASE)
    assert copy.read_bytes() == twin.read_bytes()
    with pytest.raises(StorageError, match=r"restore\.same-file"):
        restore_backup(path, source=path, key=key)
