"""A fault behind any action ends in one dialog with a code; what was typed stays, and nobody is named."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.exc import StatementError

from fujisawa_desktop.app import Program
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.action_table import ACTIONS, TABS
from fujisawa_desktop.views.fault_dialog import FaultDialog
from fujisawa_desktop.views.notify import exception_hook
from tests.journeys.conftest import Open, dialogs, settle, told

SENTINELS: Final = ("楜澤あかり", "藤沢市朝日町九番九号", "akari@example.jp")
CODE: Final = re.compile(r"F-[0-9A-F]{6}")


class UnforeseenError(RuntimeError):
    """What nobody foresaw, with people in its text."""


def fail(*_args: object, **_named: object) -> object:
    raise UnforeseenError(" ".join(SENTINELS))


@pytest.fixture
def program(start: Open, walked_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    started = start(walked_file)
    monkeypatch.setattr(sys, "excepthook", exception_hook(started.notifier))
    yield started
    for dialog in dialogs(started):
        dialog.close()  # type: ignore[attr-defined]


def boxes(program: Program) -> list[FaultDialog]:
    return [dialog for dialog in dialogs(program) if isinstance(dialog, FaultDialog)]


def all_fail(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything behind the menu fail: what the window does itself, and what the tabs serve."""
    window = program.window
    monkeypatch.setattr(window, "_handlers", dict.fromkeys(window._handlers, fail))
    for tab in TABS:
        window.go_to(tab)
        page: Any = window.pages[tab]
        served = dict.fromkeys(page.actions_served(), fail)
        monkeypatch.setattr(page, "actions_served", lambda served=served: served)
    for spec in ACTIONS:
        if spec.tab:
            page = window.pages[spec.tab]
            page.actions_served().setdefault(spec.id, fail)


def no_person_in(text: str) -> bool:
    return not any(sentinel in text for sentinel in SENTINELS)


def test_a_fault_behind_every_action_is_told_by_a_code(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    window = program.window
    page: Any = window.go_to("courses")
    settle(qtbot, program)
    page.list.setCurrentRow(0)
    settle(qtbot, program)
    stored = page.editor.capacity.text()
    page.editor.capacity.setText("73")
    all_fail(program, monkeypatch)
    window.go_to("courses")
    settle(qtbot, program)
    codes = set()
    for spec in ACTIONS:
        caplog.clear()
        action = window.actions_table[spec.id]
        action.setEnabled(True)
        action.trigger()
        (box,) = boxes(program)
        code = CODE.search(box.text())
        assert code is not None, spec.id
        codes.add(code.group())
        assert no_person_in(box.text() + box.windowTitle())
        (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert code.group() in record.getMessage()
        assert "test_crash_door.py" in record.getMessage()  # the stack
        assert no_person_in(record.getMessage())
        assert record.exc_info is None
        box.close()
        settle(qtbot, program)
        assert not boxes(program), spec.id
        assert window.isVisible()
        assert page.editor.capacity.text() == "73"
    assert len(codes) == 1  # the same fault at the same place
    page.editor.capacity.setText(stored)  # else closing the window would ask
    caplog.clear()


@contextmanager
def _broken(*_args: object, **_named: object) -> Iterator[None]:
    values = dict(zip(("name", "address", "mail"), SENTINELS, strict=True))
    raise StatementError(
        " ".join(SENTINELS), "SELECT :name, :address, :mail", values, UnforeseenError(*SENTINELS)
    )
    yield


@pytest.mark.parametrize("tab", list(TABS))
def test_a_fault_of_the_database_names_nobody(
    program: Program,
    tab: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    window = program.window
    window.go_to(tab)
    settle(qtbot, program)
    messages = told(program)
    kept: Callable[..., Any] = Database.read
    monkeypatch.setattr(Database, "read", _broken)
    monkeypatch.setattr(Database, "write", _broken)
    window.actions_table["view.reload"].trigger()
    settle(qtbot, program)
    shown = [box.text() for box in boxes(program)]
    shown += [message.text for message in messages]
    assert shown
    assert all(no_person_in(text) for text in shown)
    assert all(no_person_in(record.getMessage()) for record in caplog.records)
    assert all(record.exc_info is None for record in caplog.records)
    for box in boxes(program):
        box.close()
    monkeypatch.setattr(Database, "read", kept)
    messages.clear()
    window.actions_table["view.reload"].trigger()
    settle(qtbot, program)
    assert not boxes(program)
    assert not messages
    caplog.clear()
