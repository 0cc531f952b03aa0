"""The window of texts as tests use it: opened at a wording, typed into, saved past it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.wording_shape import Path, value_at, with_value
from fujisawa_desktop.services.wording_versions import save_wording, wording_text
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import WordingWindow, open_wording
from fujisawa_desktop.views.papers.wording_edit import WordingEdit

LEFT = Qt.MouseButton.LeftButton
FIRST = "first-result"
BODY: Path = ("pass", "body")
ITEMS: Path = ("pass", "items")
POPUP = pytest.mark.qt_log_ignore(
    "does not support raise", "grabbing the keyboard", "propagateSizeHints", extend=True
)
Open = Callable[..., WordingWindow]


@pytest.fixture
def wording(qtbot: QtBot, desk: Desk, settle: Any) -> Iterator[Open]:
    """Yield a function that opens the window at a wording and waits for its page."""
    parent = QWidget()
    qtbot.addWidget(parent)
    windows: list[WordingWindow] = []

    def open_at(name: str = FIRST) -> WordingWindow:
        window = open_wording(desk, parent, name)
        windows.append(window)
        qtbot.waitExposed(window)
        settle()
        return window

    yield open_at
    for window in windows:
        if isValid(window):
            window.data = window.text.data if window.text is not None else {}
            window.close()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[QMessageBox.ButtonRole], list[str]]:
    """Return a function that answers the question about unsaved texts; it returns what was asked."""

    def with_role(role: QMessageBox.ButtonRole) -> list[str]:
        asked: list[str] = []

        def choose(box: QMessageBox) -> int:
            asked.append(box.text())
            next(one for one in box.buttons() if box.buttonRole(one) is role).click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", choose)
        return asked

    return with_role


def body(window: WordingWindow, path: Path = BODY) -> WordingEdit:
    edit = window.form.editors[path]
    assert isinstance(edit, WordingEdit)
    return edit


def go_into(edit: WordingEdit) -> None:
    """Put the cursor into a text, whichever window is the active one."""
    edit.setFocus()
    QApplication.sendEvent(edit, QFocusEvent(QEvent.Type.FocusIn))


def write(qtbot: QtBot, edit: WordingEdit, text: str) -> None:
    """Replace a text as somebody does who marks it all and types, or composes Japanese."""
    go_into(edit)
    edit.selectAll()
    if text.isascii():
        qtbot.keyClick(edit, Qt.Key.Key_Backspace)
        qtbot.keyClicks(edit, text)
    else:
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        edit.inputMethodEvent(composed)


def try_it(window: WordingWindow, settle: Any) -> None:
    """Let the rest after typing pass."""
    window.try_now()
    settle()


def stored(desk: Desk, path: Path = BODY, name: str = FIRST) -> Any:
    text = wording_text(desk.database, programme_id=desk.programme_id, name=name)
    return value_at(text.data, path)


def save_elsewhere(desk: Desk, value: list[str]) -> ChangeSet:
    """Save a version as another clerk would, past this window."""
    now = wording_text(desk.database, programme_id=desk.programme_id, name=FIRST)
    return save_wording(
        desk.database,
        programme_id=desk.programme_id,
        name=FIRST,
        data=with_value(now.data, BODY, value),
        based_on=now.edition,
        actor="鈴木",
    )
