"""Encryption in the window: a new file, the passphrase at the next start, recovery, new keys, the lock."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop import paths
from fujisawa_desktop.app import Program
from fujisawa_desktop.models import key_slots
from fujisawa_desktop.services.unlocking import (
    encrypt_file,
    is_encrypted,
    new_key,
    recovery_rows,
    unlock_with_passphrase,
)
from fujisawa_desktop.views.trust.key_dialogs import KeyDialog, NewFileDialog
from fujisawa_desktop.views.trust.secrets_dialog import NewPassphraseDialog, PlainCopiesDialog, SecretsDialog
from fujisawa_desktop.views.trust.unlock_form import UnlockDialog
from tests.journeys.conftest import Open, settle, told
from tests.secret_window import (
    LEFT,
    OTHER,
    PASSPHRASE,
    finish_key,
    shown,
    type_passphrase,
    unlock,
)

pytestmark = [
    pytest.mark.file_only("files are encrypted"),
    pytest.mark.usefixtures("quick_guesses", "typed_is_given_up"),
]


def test_a_new_file_is_offered_with_a_passphrase_and_opens_with_it_the_next_day(
    bare: Program, qtbot: QtBot, qapp: QApplication
) -> None:
    qtbot.mouseClick(bare.window.welcome.create_button, LEFT)
    dialog = shown(bare, NewFileDialog)
    assert dialog.with_key.isChecked(), "what is safe is what is proposed"
    type_passphrase(dialog.form, "short")
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, bare)
    assert dialog.pages.currentIndex() == 0
    assert bare.desk is None
    rows = finish_key(qtbot, bare, dialog, PASSPHRASE)
    assert bare.desk is not None
    path = paths.default_database()
    assert is_encrypted(path)
    assert recovery_rows(unlock_with_passphrase(path, PASSPHRASE)) == rows
    bare.window.close()

    tomorrow = Program(qapp)
    tomorrow.window.show()
    tomorrow.start(None)
    settle(qtbot, tomorrow)
    assert tomorrow.desk is None
    unlock(qtbot, tomorrow, OTHER)
    dialog = shown(tomorrow, UnlockDialog)
    assert "このファイルのパスフレーズではない" in dialog.form.field.error()
    unlock(qtbot, tomorrow, PASSPHRASE)
    assert tomorrow.desk is not None
    assert tomorrow.desk.database.key is not None
    tomorrow.window.close()


def test_the_key_must_be_typed_back_before_there_is_a_file(bare: Program, qtbot: QtBot) -> None:
    bare.secrets.ask_for_new_file(paths.default_database())
    dialog = shown(bare, NewFileDialog)
    type_passphrase(dialog.form, PASSPHRASE)
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, bare)
    dialog.recovery.typed.setText("AAAAA AAAAA AAAAA")
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, bare)
    assert dialog.recovery.field.error()
    assert bare.desk is None
    first = dialog.recovery.rows
    qtbot.mouseClick(dialog.back_button, LEFT)
    assert not dialog.recovery.rows, "a key that was shown and not taken is thrown away"
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, bare)
    assert dialog.recovery.rows != first
    dialog.reject()
    assert not paths.default_database().exists()


def test_the_paper_can_be_saved_as_a_pdf(
    bare: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.secrets.ask_for_new_file(paths.default_database())
    dialog = shown(bare, NewFileDialog)
    type_passphrase(dialog.form, PASSPHRASE)
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, bare)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "paper.pdf"), ""))
    qtbot.mouseClick(dialog.recovery.save_button, LEFT)
    settle(qtbot, bare)
    from tests.pdf_reading import pypdf_text

    text = pypdf_text((tmp_path / "paper.pdf").read_bytes())
    for group in " ".join(dialog.recovery.rows).split():
        assert group in text
    assert "回復キー" in text
    assert paths.default_database().name in text
    dialog.reject()


def test_the_recovery_key_opens_a_file_without_its_slots_and_asks_for_a_new_passphrase(
    bare: Program, qtbot: QtBot, new_file: Path
) -> None:
    key = new_key()
    encrypt_file(new_file, key, PASSPHRASE)
    key_slots.slots_path(new_file).unlink()
    bare.open(new_file)
    settle(qtbot, bare)
    dialog = shown(bare, UnlockDialog)
    assert dialog.form.by_recovery, "no passphrase can open it"
    unlock(qtbot, bare, " ".join(recovery_rows(key))[:-1])
    assert "58" in dialog.form.field.error() or "59" in dialog.form.field.error()
    unlock(qtbot, bare, " ".join(recovery_rows(key)).lower())
    assert bare.desk is not None
    new = shown(bare, NewPassphraseDialog)
    type_passphrase(new.form, OTHER)
    qtbot.mouseClick(new.save_button, LEFT)
    settle(qtbot, bare)
    assert unlock_with_passphrase(new_file, OTHER) == key


def act(program: Program, qtbot: QtBot, what: str) -> None:
    program.window.actions_table["tools.secrets"].trigger()
    dialog = shown(program, SecretsDialog)
    qtbot.mouseClick(dialog.buttons[what], LEFT)
    settle(qtbot, program)


def test_a_plain_file_is_encrypted_and_its_plain_copies_are_erased(
    start: Open, qtbot: QtBot, new_file: Path
) -> None:
    program = start(new_file)
    program.window.actions_table["file.backup"].trigger()
    settle(qtbot, program)
    [copy] = paths.backup_dir(new_file).glob("*.fjdb")
    act(program, qtbot, "encrypt")
    finish_key(qtbot, program, shown(program, KeyDialog), PASSPHRASE)
    assert program.desk is not None
    assert program.desk.database.key is not None
    assert is_encrypted(new_file)
    dialog = shown(program, PlainCopiesDialog)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [f"backups/{copy.name}"]
    qtbot.mouseClick(dialog.erase_button, LEFT)
    settle(qtbot, program)
    assert not copy.exists()
    program.window.actions_table["file.backup"].trigger()
    settle(qtbot, program)
    copies = list(paths.backup_dir(new_file).glob("*.fjdb"))
    assert copies
    assert all(map(is_encrypted, copies))


def test_passphrase_and_key_are_changed_and_taken_away(start: Open, qtbot: QtBot, new_file: Path) -> None:
    program = start(new_file)
    act(program, qtbot, "encrypt")
    finish_key(qtbot, program, shown(program, KeyDialog), PASSPHRASE)
    shown(program, PlainCopiesDialog).close()
    first = unlock_with_passphrase(new_file, PASSPHRASE)

    act(program, qtbot, "passphrase")
    unlock(qtbot, program, PASSPHRASE)
    new = shown(program, NewPassphraseDialog)
    type_passphrase(new.form, OTHER)
    qtbot.mouseClick(new.save_button, LEFT)
    settle(qtbot, program)
    assert unlock_with_passphrase(new_file, OTHER) == first

    act(program, qtbot, "new-key")
    unlock(qtbot, program, OTHER)
    rows = finish_key(qtbot, program, shown(program, KeyDialog), PASSPHRASE)
    second = unlock_with_passphrase(new_file, PASSPHRASE)
    assert second != first
    assert recovery_rows(second) == rows
    assert program.desk is not None

    act(program, qtbot, "decrypt")
    unlock(qtbot, program, PASSPHRASE)
    assert program.desk is not None
    assert program.desk.database.key is None
    assert not is_encrypted(new_file)


def test_a_failure_while_encrypting_opens_the_file_as_it_was(
    start: Open, qtbot: QtBot, new_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "full")

    program = start(new_file)
    messages = told(program)
    monkeypatch.setattr("fujisawa_desktop.models.recrypt._replace", full)
    act(program, qtbot, "encrypt")
    finish_key(qtbot, program, shown(program, KeyDialog), PASSPHRASE)
    assert program.desk is not None
    assert not is_encrypted(new_file)
    assert any(message.tone == "wrong" for message in messages)


def test_a_second_window_reads_an_encrypted_file(
    start: Open, qtbot: QtBot, new_file: Path, qapp: QApplication
) -> None:
    first = start(new_file)
    act(first, qtbot, "encrypt")
    finish_key(qtbot, first, shown(first, KeyDialog), PASSPHRASE)
    shown(first, PlainCopiesDialog).close()
    second = Program(qapp)
    second.window.show()
    second.open(new_file)
    settle(qtbot, second)
    unlock(qtbot, second, PASSPHRASE)
    assert second.desk is not None
    assert second.desk.read_only
    second.window.close()
