"""Files under a key: unlocked, refused, given another passphrase, encrypted, made plain."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
from pathlib import Path

import pytest

from fujisawa_desktop.errors import AppError, StorageError, ValidationError
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services import unlocking
from fujisawa_desktop.services.databases import check_database, create_database, opened
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.unlocking import (
    change_key,
    create_encrypted,
    drop_slots,
    encrypt_file,
    has_passphrase,
    is_encrypted,
    make_plain,
    new_key,
    prepare_slots,
    recovery_rows,
    set_passphrase,
    unlock,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from tests.secret_files import OTHER, PASSPHRASE, encrypted

pytestmark = [pytest.mark.file_only("files are encrypted"), pytest.mark.usefixtures("quick_guesses")]

ROWS = 'SELECT * FROM "{}"'


@pytest.fixture
def locked(office_file: Path) -> tuple[Path, FileKey]:
    return office_file, encrypted(office_file)


def refusal(error: pytest.ExceptionInfo[AppError]) -> str:
    return error.value.code


def whole(path: Path, key: FileKey | None) -> bool:
    with opened(path, key=key) as database:
        current_programme_id(database)
        return check_database(database).is_whole


def test_a_new_file_is_encrypted_from_its_first_byte(tmp_path: Path) -> None:
    path, key = tmp_path / "new.fjdb", new_key()
    create_encrypted(path, programme="r6", key=key, passphrase=PASSPHRASE)
    assert is_encrypted(path)
    assert has_passphrase(path)
    assert b"SQLite" not in path.read_bytes()
    assert unlock_with_passphrase(path, PASSPHRASE) == key
    assert whole(path, key)


def test_a_file_that_cannot_be_made_leaves_no_slots(tmp_path: Path) -> None:
    path = tmp_path / "new.fjdb"
    with pytest.raises(AppError):
        create_encrypted(path, programme="r99", key=new_key(), passphrase=PASSPHRASE)
    assert list(tmp_path.glob("new*")) == []


def test_a_composed_passphrase_is_the_same_however_it_was_typed(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    set_passphrase(path, key, "ガラスの靴 ABC 12")
    assert unlock_with_passphrase(path, "ガラスの靴　ＡＢＣ　１２") == key


def test_another_passphrase_is_refused(locked: tuple[Path, FileKey]) -> None:
    with pytest.raises(ValidationError) as error:
        unlock_with_passphrase(locked[0], PASSPHRASE + "。")
    assert refusal(error) == "passphrase.wrong"


def test_without_a_key_the_file_is_called_encrypted_and_not_damaged(locked: tuple[Path, FileKey]) -> None:
    before = locked[0].read_bytes()
    for key, code in ((None, "storage.encrypted"), (new_key(), "storage.wrong-key")):
        with pytest.raises(StorageError) as error:
            open_database(locked[0], key=key)
        assert refusal(error) == code
    assert locked[0].read_bytes() == before


def test_a_key_for_a_plain_file_is_told(office_file: Path) -> None:
    with pytest.raises(StorageError) as error:
        open_database(office_file, key=new_key())
    assert refusal(error) == "storage.not-encrypted"


def test_an_encrypted_file_that_is_damaged_is_called_damaged(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(StorageError) as error:
        open_database(path, key=key)
    assert refusal(error) == "storage.damaged"
    with pytest.raises(StorageError) as error:
        unlock_with_passphrase(path, PASSPHRASE)
    assert refusal(error) == "storage.damaged"


def test_a_plain_file_whose_beginning_is_destroyed_is_not_called_encrypted(office_file: Path) -> None:
    data = bytearray(office_file.read_bytes())
    data[:16] = bytes(range(200, 216))
    office_file.write_bytes(data)
    assert not is_encrypted(office_file)
    with pytest.raises(StorageError) as error:
        open_database(office_file)
    assert refusal(error) == "storage.damaged"


def test_the_recovery_key_opens_without_the_slots(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    key_slots.slots_path(path).unlink()
    with pytest.raises(StorageError) as error:
        unlock_with_passphrase(path, PASSPHRASE)
    assert refusal(error) == "storage.no-slots"
    assert unlock(path, " ".join(recovery_rows(key)).lower()) == key
    set_passphrase(path, key, OTHER)
    assert unlock(path, OTHER) == key


def test_a_recovery_key_of_another_file_is_told(locked: tuple[Path, FileKey]) -> None:
    with pytest.raises(ValidationError) as error:
        unlock_with_recovery_key(locked[0], " ".join(recovery_rows(new_key())))
    assert refusal(error) == "recovery.other-file"


@pytest.mark.parametrize("slots", [b"", b"{", b"[]", b'{"version": 1, "slots": [{}]}', b"[" * 100_000])
def test_slots_that_cannot_be_read_count_as_missing(locked: tuple[Path, FileKey], slots: bytes) -> None:
    key_slots.slots_path(locked[0]).write_bytes(slots)
    with pytest.raises(StorageError) as error:
        unlock_with_passphrase(locked[0], PASSPHRASE)
    assert refusal(error) == "storage.no-slots"


def test_slots_that_would_cost_too_much_are_not_tried(locked: tuple[Path, FileKey]) -> None:
    file = key_slots.slots_path(locked[0])
    slots = json.loads(file.read_bytes())
    slots["slots"][0]["kdf"]["n"] = 2**30
    file.write_text(json.dumps(slots))
    assert not has_passphrase(locked[0])


def test_a_changed_passphrase_leaves_the_file_and_its_paper_as_they_are(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    before = path.read_bytes()
    set_passphrase(path, key, OTHER)
    assert path.read_bytes() == before
    assert unlock_with_passphrase(path, OTHER) == key
    with pytest.raises(ValidationError):
        unlock_with_passphrase(path, PASSPHRASE)


def test_a_new_key_makes_the_old_paper_worthless(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    new = new_key()
    change_key(path, key, new, OTHER)
    assert unlock_with_passphrase(path, OTHER) == new
    assert whole(path, new)
    with pytest.raises(ValidationError) as error:
        unlock_with_recovery_key(path, " ".join(recovery_rows(key)))
    assert refusal(error) == "recovery.other-file"


def test_encrypting_keeps_everything_also_what_can_be_undone(office_file: Path) -> None:
    with opened(office_file) as database:
        before = _dump(database)
    key = new_key()
    encrypt_file(office_file, key, PASSPHRASE)
    with opened(office_file, key=key) as database:
        assert _dump(database) == before
        assert check_database(database).is_whole
    make_plain(office_file, key)
    assert not is_encrypted(office_file)
    assert not key_slots.slots_path(office_file).exists()
    with opened(office_file) as database:
        assert _dump(database) == before
        with pytest.raises(AppError):
            undo(database)  # a new file's first act is not taken back, encrypted or not
    assert [one.name for one in office_file.parent.glob("office*")] == ["office.fjdb"]


@pytest.mark.parametrize("step", ["_export", "_contents", "sqlite_faults", "_replace"])
def test_whatever_fails_leaves_the_plain_file(
    office_file: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "full")

    before = office_file.read_bytes()
    monkeypatch.setattr(f"fujisawa_desktop.models.recrypt.{step}", fail)
    with pytest.raises(StorageError):
        encrypt_file(office_file, new_key(), PASSPHRASE)
    assert office_file.read_bytes() == before
    assert [one.name for one in office_file.parent.glob("office*")] == ["office.fjdb"]


def test_a_failed_change_of_key_leaves_the_old_passphrase(
    locked: tuple[Path, FileKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "full")

    path, key = locked
    with monkeypatch.context() as broken:
        broken.setattr("fujisawa_desktop.models.recrypt._replace", fail)
        with pytest.raises(StorageError):
            change_key(path, key, new_key(), OTHER)
    assert unlock_with_passphrase(path, PASSPHRASE) == key


@pytest.mark.parametrize("replaced", [False, True])
def test_a_power_cut_while_the_key_changes_leaves_a_file_that_opens(
    locked: tuple[Path, FileKey], monkeypatch: pytest.MonkeyPatch, replaced: bool
) -> None:
    """Both slots are there until the file is: its own passphrase opens it before and after."""

    class PowerCut(BaseException):
        pass

    path, key = locked
    new = new_key()
    from fujisawa_desktop.models import recrypt as module

    put = module._replace

    def cut(part: Path, place: Path) -> None:
        if replaced:
            put(part, place)
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr("fujisawa_desktop.models.recrypt._replace", cut)
        with pytest.raises(PowerCut):
            change_key(path, key, new, OTHER)
    right = OTHER if replaced else PASSPHRASE
    assert unlock_with_passphrase(path, right) == (new if replaced else key)
    assert whole(path, unlock(path, right))


def test_nobody_can_write_while_a_file_is_encrypted(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fujisawa_desktop.models import recrypt as module
    from fujisawa_desktop.models.sqlite_driver import connect, driver

    put, seen = module._replace, []

    def look(part: Path, place: Path) -> None:
        other = connect(place, timeout=0)
        with pytest.raises(driver.OperationalError) as error:
            other.execute("BEGIN IMMEDIATE")
        seen.append(str(error.value))
        other.close()
        put(part, place)

    monkeypatch.setattr(module, "_replace", look)
    encrypt_file(office_file, new_key(), PASSPHRASE)
    assert seen == ["database is locked"]


@pytest.mark.parametrize("is_plain_wanted", [True, False])
def test_slots_that_cannot_be_read_just_now_are_not_thrown_away(
    locked: tuple[Path, FileKey], monkeypatch: pytest.MonkeyPatch, *, is_plain_wanted: bool
) -> None:
    path, key = locked
    real, failed = Path.read_bytes, list[Path]()

    def fail_once(self: Path) -> bytes:
        if self.suffix == ".keys" and not failed:
            failed.append(self)
            raise OSError(5, "input/output error")
        return real(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail_once)
        patch.setattr("fujisawa_desktop.models.recrypt._export", lambda *_rest: 1 / 0)
        with pytest.raises(StorageError, match=r"storage\.cannot-use"):
            if is_plain_wanted:
                make_plain(path, key)
            else:
                change_key(path, key, new_key(), PASSPHRASE)
    assert failed
    assert unlock_with_passphrase(path, PASSPHRASE).raw == key.raw


def test_slots_stand_before_there_is_a_file(tmp_path: Path) -> None:
    path, key = tmp_path / "new.fjdb", new_key()
    prepare_slots(path, key, PASSPHRASE)
    assert has_passphrase(path)
    assert not path.exists()
    create_database(path, programme="r6", key=key)
    assert unlock_with_passphrase(path, PASSPHRASE) == key


def test_slots_are_thrown_away(locked: tuple[Path, FileKey]) -> None:
    path, key = locked
    drop_slots(path)
    assert not has_passphrase(path)
    assert unlock(path, " ".join(recovery_rows(key))) == key


def test_a_key_never_shows_itself(caplog: pytest.LogCaptureFixture) -> None:
    key = new_key()
    logging.getLogger("x").info("%s %r", key, key)
    try:
        raise RuntimeError(key)
    except RuntimeError as error:
        shown = "".join(traceback.format_exception(error)) + caplog.text + f"{key} {key!r} {[key]}"
    assert key.raw.hex() not in shown
    assert repr(key.raw) not in shown
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_forgotten_key_is_gone() -> None:
    key = new_key()
    held = key._held
    key.forget()
    assert not any(held)
    with pytest.raises(ValueError, match="forgotten"):
        key.raw  # noqa: B018 - that it may not be read is the point


def _dump(database: object) -> list[object]:
    """Return every row of every table."""
    engine = database.engines.reader  # type: ignore[attr-defined]
    with engine.connect() as connection:
        names = [
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        return [
            (name, sorted(map(repr, connection.exec_driver_sql(ROWS.format(name)).fetchall())))
            for name in names
        ]


def test_progress_of_the_module_is_typed() -> None:
    assert unlocking.is_encrypted(Path("/nowhere/at-all.fjdb")) is False
