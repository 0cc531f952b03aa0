"""What a person does with passphrases and keys in the window, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.app import Program
from fujisawa_desktop.services.unlocking import (
    encrypt_file,
    new_key,
)
from fujisawa_desktop.views.trust.key_dialogs import KeyDialog
from fujisawa_desktop.views.trust.unlock_form import UnlockDialog
from tests.journeys.conftest import settle

PASSPHRASE = "horse under 9 lamps"  # noqa: S105 - of files that live for a test
OTHER = "boat beside 7 trees"
LEFT = Qt.MouseButton.LeftButton


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
