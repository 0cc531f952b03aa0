"""Returning to encrypted copies in the window: what opens the copy is asked for, and opens the file then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.backup_files import sidecar_path
from fujisawa_desktop.models.sqlite_driver import FileKey, has_plain_header
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.restoring import CopyState, Loss
from fujisawa_desktop.services.unlocking import change_key, encrypt_file, new_key, set_passphrase, unlock
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.key_dialogs import KeyDialog
from fujisawa_desktop.views.trust.restore_dialog import RestoreDialog
from fujisawa_desktop.views.trust.restore_plain import NEW_KEY, PLAIN, PlainCopyDialog
from fujisawa_desktop.views.trust.unlock_form import UnlockDialog
from tests.backup_drill import change, dump
from tests.secret_files import OTHER, PASSPHRASE, encrypted, opens, paper

pytestmark = [
    pytest.mark.file_only("copies of files are brought back"),
    pytest.mark.usefixtures("quick_guesses"),
]

LEFT = Qt.MouseButton.LeftButton
Wait = Callable[[], None]


@pytest.fixture
def locked(office_file: Path) -> tuple[Path, FileKey]:
    """An encrypted file with one copy, changed since."""
    key = encrypted(office_file)
    copied(office_file, key)
    change(office_file, 1, key)
    return office_file, key


def copied(path: Path, key: FileKey | None) -> Path:
    with opened(path, key=key) as database:
        return make_backup(database).path


def shown(parent: Any, kind: type[Any]) -> Any:
    [found] = [one for one in parent.findChildren(kind) if one.isVisible()]
    return found


def restoring(program: Program, done: Wait) -> RestoreDialog:
    done()
    dialog: RestoreDialog = shown(program.window, RestoreDialog)
    return dialog


def from_welcome(
    program: Program, path: Path, done: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Any:
    qtbot.mouseClick(program.window.welcome.restore_button, LEFT)
    dialog = restoring(program, done)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    qtbot.mouseClick(dialog.other_file, LEFT)
    done()
    return dialog


def open_file(program: Program, path: Path, text: str, done: Wait, qtbot: QtBot) -> None:
    program.open(path)
    done()
    type_in(shown(program.window, UnlockDialog), text, done, qtbot)
    assert program.desk is not None


def type_in(unlocking: UnlockDialog, text: str, done: Wait, qtbot: QtBot) -> None:
    unlocking.form.edit.setText(text)
    qtbot.mouseClick(unlocking.form.open_button, LEFT)
    done()


def ask(dialog: RestoreDialog, text: str, done: Wait, qtbot: QtBot) -> UnlockDialog:
    """Type what opens the chosen copy; return where it was typed."""
    qtbot.mouseClick(dialog.unlock, LEFT)
    done()
    unlocking: UnlockDialog = shown(dialog, UnlockDialog)
    type_in(unlocking, text, done, qtbot)
    return unlocking


def state(dialog: RestoreDialog) -> str:
    at = dialog.table.currentIndex().row()
    return str(dialog.model.data(dialog.model.index(at, dialog.model.columnCount() - 1)))


def test_from_the_welcome_page_the_passphrase_of_the_copy_opens_copy_and_file(
    program: Program, locked: tuple[Path, FileKey], done: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = locked
    set_passphrase(path, key, OTHER)
    dialog = from_welcome(program, path, done, qtbot, monkeypatch)
    assert state(dialog) == "要パスフレーズ"
    assert not dialog.ok.isEnabled()
    assert dialog.told.toPlainText() == ""
    assert "作成した日のパスフレーズ" in dialog.held.toPlainText()
    qtbot.mouseClick(dialog.unlock, LEFT)
    done()
    unlocking = shown(dialog, UnlockDialog)
    type_in(unlocking, OTHER, done, qtbot)
    assert "作成した日のパスフレーズ" in unlocking.form.field.error()
    type_in(unlocking, PASSPHRASE, done, qtbot)
    assert state(dialog) == "正常"
    assert "暗号化されています。" in dialog.held.toPlainText()
    assert "照合値" in dialog.held.toPlainText()
    assert dialog.told.toPlainText() == "このバックアップの後の操作1件が失われます。"
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert program.desk is not None, "nobody is asked again for what was just typed"
    program.close()
    assert opens(path, PASSPHRASE) == key


def test_a_broken_file_is_replaced_by_its_encrypted_copy(
    program: Program, locked: tuple[Path, FileKey], done: Wait, qtbot: QtBot, told: list[Message]
) -> None:
    path, key = locked
    data = path.read_bytes()
    path.write_bytes(b"\0" * 5000 + data[5000:])
    program.open(path)
    done()
    assert told[-1].on_action is not None
    told[-1].on_action()
    dialog = restoring(program, done)
    ask(dialog, PASSPHRASE, done, qtbot)
    assert "分かりません" in dialog.told.toPlainText()
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert program.desk is not None
    program.close()
    assert opens(path, PASSPHRASE) == key
    [kept] = backup_dir(path).glob("*before-restore*.fjdb")
    assert kept.read_bytes()[:5000] == b"\0" * 5000


def test_inside_a_copy_under_the_same_key_asks_for_nothing(
    program: Program, locked: tuple[Path, FileKey], done: Wait, qtbot: QtBot
) -> None:
    path, key = locked
    set_passphrase(path, key, OTHER)
    open_file(program, path, OTHER, done, qtbot)
    program.window.actions_table["tools.restore"].trigger()
    dialog = restoring(program, done)
    assert not dialog.unlock.isVisible()
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert program.desk is not None
    program.close()
    assert opens(path, OTHER) == key


def test_inside_a_copy_from_before_a_new_key_is_opened_by_the_old_paper(
    program: Program, locked: tuple[Path, FileKey], done: Wait, qtbot: QtBot, told: list[Message]
) -> None:
    path, key = locked
    then = dump(next(backup_dir(path).glob("*.fjdb")), key=key)
    new = new_key()
    change_key(path, key, new, OTHER)
    open_file(program, path, OTHER, done, qtbot)
    program.window.actions_table["tools.restore"].trigger()
    dialog = restoring(program, done)
    at = next(at for at, one in enumerate(dialog.copies) if one.state is CopyState.LOCKED)
    dialog.table.select_row(at)
    done()
    qtbot.mouseClick(dialog.unlock, LEFT)
    done()
    unlocking = shown(dialog, UnlockDialog)
    qtbot.mouseClick(unlocking.form.other_button, LEFT)
    type_in(unlocking, paper(new), done, qtbot)
    assert unlocking.form.field.error(), "the paper of today is not of this copy"
    type_in(unlocking, paper(key), done, qtbot)
    assert state(dialog) == "正常"
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert program.desk is not None
    assert program.desk.database.key == key
    assert any("before-restore" in message.text for message in told)
    program.close()
    assert opens(path, PASSPHRASE) == key
    assert dump(path, without_last_act=True, key=key) == then


def test_what_fails_leaves_the_file_open_as_it_was(
    program: Program, locked: tuple[Path, FileKey], done: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "full")

    path, key = locked
    new = new_key()
    change_key(path, key, new, OTHER)
    open_file(program, path, OTHER, done, qtbot)
    program.window.actions_table["tools.restore"].trigger()
    dialog = restoring(program, done)
    at = next(at for at, one in enumerate(dialog.copies) if one.state is CopyState.LOCKED)
    dialog.table.select_row(at)
    ask(dialog, PASSPHRASE, done, qtbot)
    monkeypatch.setattr("fujisawa_desktop.models.recrypt._replace", full)
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert dialog.isVisible()
    assert dialog.notice.isVisible()
    assert program.desk is not None
    assert program.desk.database.key == new
    dialog.reject()
    program.close()
    assert opens(path, OTHER) == new


@pytest.mark.parametrize("way", ["as it is", "new key", "plain"])
def test_a_plain_copy_of_an_encrypted_file_asks_what_the_file_is_to_be(
    program: Program, office_file: Path, done: Wait, qtbot: QtBot, way: str
) -> None:
    then = dump(office_file)
    copied(office_file, None)
    key = new_key()
    encrypt_file(office_file, key, PASSPHRASE)
    open_file(program, office_file, PASSPHRASE, done, qtbot)
    program.window.actions_table["tools.restore"].trigger()
    dialog = restoring(program, done)
    at = next(at for at, one in enumerate(dialog.copies) if not one.encrypted)
    dialog.table.select_row(at)
    done()
    assert "暗号化されていません" in dialog.held.toPlainText()
    before = office_file.read_bytes()
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    choice = shown(dialog, PlainCopyDialog)
    assert office_file.read_bytes() == before, "nothing was done yet"
    assert not choice.honest.isVisible()
    if way != "as it is":
        choice.ways[NEW_KEY if way == "new key" else PLAIN].setChecked(True)
        assert choice.honest.isVisible() is (way == "plain")
    qtbot.mouseClick(choice.next_button, LEFT)
    done()
    if way == "new key":
        keys = shown(dialog, KeyDialog)
        keys.form.first.setText(OTHER)
        keys.form.again.setText(OTHER)
        qtbot.mouseClick(keys.next_button, LEFT)
        done()
        keys.recovery.typed.setText(keys.recovery.rows[keys.recovery.asked])
        qtbot.mouseClick(keys.next_button, LEFT)
        done()
    assert program.desk is not None
    after = program.desk.database.key.copy() if program.desk.database.key is not None else None
    program.close()
    if way == "plain":
        assert after is None
        assert has_plain_header(office_file)
    else:
        assert opens(office_file, OTHER if way == "new key" else PASSPHRASE) == after
        assert (after == key) is (way == "as it is")
    assert dump(office_file, without_last_act=True, key=after) == then


def test_a_copy_without_its_page_is_opened_by_the_recovery_key_and_a_passphrase_is_wished(
    program: Program,
    locked: tuple[Path, FileKey],
    tmp_path: Path,
    done: Wait,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    told: list[Message],
) -> None:
    path, key = locked
    [copy] = backup_dir(path).glob("*.fjdb")
    sidecar_path(copy).unlink()
    path.unlink()
    key_slots.slots_path(path).unlink()
    dialog = from_welcome(program, path, done, qtbot, monkeypatch)
    qtbot.mouseClick(dialog.unlock, LEFT)
    done()
    unlocking = shown(dialog, UnlockDialog)
    assert unlocking.form.by_recovery
    assert ".json" in unlocking.form.hint.toPlainText()
    type_in(unlocking, paper(key), done, qtbot)
    qtbot.mouseClick(dialog.ok, LEFT)
    done()
    assert program.desk is not None
    assert any("回復キーでしか開けません" in message.text for message in told)
    assert unlock(path, paper(key)) == key


def test_erasures_that_come_back_must_be_agreed_to(
    program: Program, locked: tuple[Path, FileKey], done: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from fujisawa_desktop.models.journal_glance import Erased

    path, _key = locked
    dialog = from_welcome(program, path, done, qtbot, monkeypatch)
    ask(dialog, PASSPHRASE, done, qtbot)
    assert dialog.ok.isEnabled()
    assert not dialog.agree.isVisible()
    dialog._show_loss(Loss(3, (), erased=(Erased(date(2026, 11, 25), "0"), Erased(date(2026, 11, 25), "1"))))
    assert "2件" in dialog.erased.toPlainText()
    assert not dialog.ok.isEnabled()
    qtbot.mouseClick(dialog.agree, LEFT, pos=dialog.agree.rect().center().__class__(8, 8))
    assert dialog.ok.isEnabled()
