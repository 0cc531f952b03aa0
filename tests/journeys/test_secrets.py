"""Encryption in the window: a new file, the passphrase at the next start, recovery, new keys, the lock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
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
from fujisawa_desktop.views.trust.lock import IdleLock
from fujisawa_desktop.views.trust.secrets_dialog import NewPassphraseDialog, PlainCopiesDialog, SecretsDialog
from fujisawa_desktop.views.trust.unlock_form import UnlockDialog
from tests.journeys.conftest import Open, settle, told

PASSPHRASE = "horse under 9 lamps"  # noqa: S105 - of files that live for a test
OTHER = "boat beside 7 trees"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: QMessageBox.StandardButton.Discard)
    monkeypatch.setattr(key_slots, "_WORK", 2**10)


@pytest.fixture
def bare(qapp: QApplication, qtbot: QtBot) -> Any:
    """The program on its welcome page."""
    program = Program(qapp)
    program.window.resize(1280, 800)
    program.window.show()
    program.start(None)
    settle(qtbot, program)
    yield program
    program.secrets.lock.unlock()
    program.window.close()
    qapp.setProperty("dressed", None)


def shown(program: Program, kind: type[Any]) -> Any:
    [found] = [one for one in program.window.findChildren(kind) if one.isVisible()]
    return found


def type_passphrase(form: Any, text: str) -> None:
    form.first.setText(text)
    form.again.setText(text)


def finish_key(qtbot: QtBot, program: Program, dialog: KeyDialog, passphrase: str) -> tuple[str, ...]:
    """Go through both pages as a person who reads the paper; return the rows of the key."""
    type_passphrase(dialog.form, passphrase)
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, program)
    assert dialog.pages.currentIndex() == 1
    rows = dialog.recovery.rows
    assert [label.text() for label in dialog.recovery.labels] == list(rows)
    dialog.recovery.typed.setText(rows[dialog.recovery.asked].lower())
    qtbot.mouseClick(dialog.next_button, LEFT)
    settle(qtbot, program)
    return rows


def unlock(qtbot: QtBot, program: Program, text: str) -> None:
    dialog = shown(program, UnlockDialog)
    dialog.form.edit.setText(text)
    qtbot.mouseClick(dialog.form.open_button, LEFT)
    settle(qtbot, program)


def locked_file(path: Path) -> Path:
    encrypt_file(path, new_key(), PASSPHRASE)
    return path


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


# --- the lock


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clocked(start: Open, walked_file: Path) -> tuple[Program, IdleLock, Clock]:
    program, clock = start(walked_file), Clock()
    lock = program.secrets.lock
    lock._clock = clock
    lock.used()
    return program, lock, clock


def picture(program: Program) -> QImage:
    QApplication.processEvents()
    return program.window.grab().toImage()


def test_the_window_locks_itself_after_ten_idle_minutes(
    clocked: tuple[Program, IdleLock, Clock], qtbot: QtBot
) -> None:
    program, lock, clock = clocked
    clock.now += 599
    lock.look()
    assert not lock.locked
    handle = program.window.windowHandle()
    lock._watch(handle)
    clock.now += 599
    qtbot.keyClick(handle, Qt.Key.Key_Shift)
    lock.look()
    assert not lock.locked, "a key was pressed meanwhile"
    clock.now += 600
    lock.look()
    assert lock.locked


def test_use_is_also_composing_with_an_input_method(clocked: tuple[Program, IdleLock, Clock]) -> None:
    _program, lock, clock = clocked
    clock.now += 599
    QGuiApplication.inputMethod().cursorRectangleChanged.emit()
    clock.now += 599
    lock.look()
    assert not lock.locked


def test_it_can_be_switched_off_and_set(clocked: tuple[Program, IdleLock, Clock], qtbot: QtBot) -> None:
    program, lock, clock = clocked
    program.window.actions_table["tools.secrets"].trigger()
    dialog = shown(program, SecretsDialog)
    dialog.minutes.setText("３")
    dialog.close()
    assert lock.minutes == 3
    program.window.actions_table["tools.secrets"].trigger()
    dialog = shown(program, SecretsDialog)
    dialog.lock_box.setChecked(False)
    dialog.close()
    assert lock.minutes == 0
    clock.now += 1e9
    lock.look()
    assert not lock.locked


def test_a_locked_window_is_the_same_picture_whatever_it_showed(
    clocked: tuple[Program, IdleLock, Clock], qtbot: QtBot
) -> None:
    program, lock, _clock = clocked
    window, pictures, titles = program.window, [], set()
    for place in ("home", "applicants", "interviews", "payroll"):
        window.go_to(place)
        settle(qtbot, program)
        program.notifier.say(f"氏名 {place}")
        before = picture(program)
        window.actions_table["file.lock"].trigger()
        pictures.append(picture(program))
        titles.add(window.windowTitle())
        assert pictures[-1] != before
        visible = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        assert visible == [window]
        assert lock.page is not None
        assert lock.page.go_on_button is not None
        qtbot.mouseClick(lock.page.go_on_button, LEFT)
        assert not lock.locked
        assert window.current_page() is window.pages[place]
        assert window.menuBar().isVisible()
        assert window.windowTitle().startswith("walked.fjdb")
    assert all(one == pictures[0] for one in pictures)
    assert titles == {"ロック中 — Fujisawa Desktop"}


def test_open_dialogs_are_hidden_and_come_back_with_what_was_typed(
    clocked: tuple[Program, IdleLock, Clock], qtbot: QtBot
) -> None:
    program, lock, _clock = clocked
    window: Any = program.window
    page = window.go_to("courses")
    settle(qtbot, program)
    page.list.setCurrentRow(0)
    settle(qtbot, program)
    page.editor.capacity.selectAll()
    qtbot.keyClicks(page.editor.capacity, "17")
    window.actions_table["tools.secrets"].trigger()
    dialog = shown(program, SecretsDialog)
    dialog.minutes.setText("25")
    lock.lock()
    assert not dialog.isVisible()
    lock.unlock()
    assert dialog.isVisible()
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    assert dialog.minutes.text() == "25"
    dialog.reject()
    settle(qtbot, program)
    assert page.editor.capacity.text() == "17"
    assert page.revert_button.isEnabled()
    page.revert_button.click()
    settle(qtbot, program)
    assert page.editor.capacity.text() != "17"


def test_a_dialog_that_comes_late_waits_until_the_window_is_unlocked(
    clocked: tuple[Program, IdleLock, Clock], qtbot: QtBot
) -> None:
    program, lock, _clock = clocked
    lock.lock()
    late = QDialog(program.window)
    late.setWindowTitle("山田 太郎")
    late.open()
    QApplication.processEvents()
    assert not late.isVisible()
    program.window.setWindowTitle("山田 太郎")
    assert program.window.windowTitle() == "ロック中 — Fujisawa Desktop"
    lock.unlock()
    assert late.isVisible()
    assert program.window.windowTitle() == "山田 太郎"
    late.close()


def test_keys_of_the_menu_do_nothing_while_it_is_locked(
    clocked: tuple[Program, IdleLock, Clock], qtbot: QtBot
) -> None:
    program, lock, _clock = clocked
    program.window.go_to("home")
    lock.lock()
    assert lock.page is not None
    qtbot.keyClick(lock.page, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    lock.unlock()
    assert program.window.current_page() is program.window.pages["home"]


def test_the_window_does_not_close_while_it_is_locked(clocked: tuple[Program, IdleLock, Clock]) -> None:
    program, lock, _clock = clocked
    lock.lock()
    program.window.close()
    assert program.window.isVisible()
    assert lock.page is not None
    assert lock.page.notice.isVisible()
    lock.unlock()


def test_what_was_copied_is_cleared_and_what_others_copied_stays(
    clocked: tuple[Program, IdleLock, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    _program, lock, _clock = clocked
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(type(clipboard), "ownsClipboard", lambda _self: True)
    clipboard.setText("山田 太郎")
    lock.lock()
    assert clipboard.text() == ""
    lock.unlock()
    clipboard.setText("of another program")
    monkeypatch.setattr(type(clipboard), "ownsClipboard", lambda _self: False)
    lock.lock()
    assert clipboard.text() == "of another program"
    lock.unlock()


def test_what_was_copied_is_cleared_at_the_end(
    start: Open, new_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start(new_file)
    monkeypatch.setattr(type(QGuiApplication.clipboard()), "ownsClipboard", lambda _self: True)
    QGuiApplication.clipboard().setText("山田 太郎")
    program.window.close()
    assert QGuiApplication.clipboard().text() == ""


def test_an_encrypted_file_asks_for_its_passphrase(bare: Program, qtbot: QtBot, new_file: Path) -> None:
    bare.open(locked_file(new_file))
    settle(qtbot, bare)
    unlock(qtbot, bare, PASSPHRASE)
    lock = bare.secrets.lock
    lock.lock()
    assert lock.page is not None
    form = lock.page.form
    assert form is not None
    assert lock.page.go_on_button is None
    form.edit.setText(OTHER)
    form.check()
    settle(qtbot, bare)
    assert lock.locked
    assert form.field.error()
    form.edit.setText(PASSPHRASE)
    qtbot.mouseClick(form.open_button, LEFT)
    settle(qtbot, bare)
    assert not lock.locked


def test_the_key_is_forgotten_when_the_window_closes(bare: Program, qtbot: QtBot, new_file: Path) -> None:
    bare.open(locked_file(new_file))
    settle(qtbot, bare)
    unlock(qtbot, bare, PASSPHRASE)
    assert bare.desk is not None
    key = bare.desk.database.key
    assert key is not None
    bare.window.close()
    with pytest.raises(ValueError, match="forgotten"):
        key.raw  # noqa: B018 - that it may not be read is the point
