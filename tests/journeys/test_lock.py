"""The lock of the window: when it comes, what it hides, and what opens it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.views.trust.lock import IdleLock
from fujisawa_desktop.views.trust.secrets_dialog import SecretsDialog
from tests.journeys.conftest import Open, settle
from tests.secret_window import (
    LEFT,
    OTHER,
    PASSPHRASE,
    locked_file,
    shown,
    unlock,
)

pytestmark = pytest.mark.usefixtures("quick_guesses", "typed_is_given_up")


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
        before, title = picture(program), window.windowTitle()
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
        assert window.windowTitle() == title
    assert all(one == pictures[0] for one in pictures)
    assert titles == {"ロック中 — Fujisawa Desktop"}


def test_the_key_that_locks_works_while_a_dialog_is_open(
    clocked: tuple[Program, IdleLock, Clock], qtbot: QtBot
) -> None:
    program, lock, _clock = clocked
    program.window.actions_table["tools.secrets"].trigger()
    dialog = shown(program, SecretsDialog)
    handle = dialog.windowHandle()
    lock._watch(handle)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, program)
    assert not lock.locked
    qtbot.keyClick(handle, Qt.Key.Key_L, both)
    settle(qtbot, program)
    assert lock.locked
    assert not dialog.isVisible()
    assert lock.page is not None
    assert lock.page.go_on_button is not None
    qtbot.keyClick(lock.page.go_on_button, Qt.Key.Key_Return)
    assert not lock.locked
    assert dialog.isVisible()
    dialog.close()


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


@pytest.mark.file_only("files are encrypted")
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


@pytest.mark.file_only("files are encrypted")
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
