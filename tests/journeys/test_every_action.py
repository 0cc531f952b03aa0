"""Every action of the table is done once through the real window, by its menu entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from tests.journeys.conftest import Open, dialogs, settle, told

from fujisawa_desktop.app import Program
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.views.action_table import ACTIONS, TABS

LAST = "file.quit"


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, walked: Path) -> None:
    """The system's own dialogs answer at once: save to a fresh file, open the sample file."""
    sample = str(walked / "samples" / "rikunabi.csv")
    names = iter(range(1000))

    def save(*_args: object, **_kw: object) -> tuple[str, str]:
        return str(tmp_path / f"saved-{next(names)}.xlsx"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([sample], ""))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: 0)


def effect(qtbot: QtBot, program: Program, action_id: str) -> set[str]:
    """Do an action as its menu entry does, and say what came of it."""
    page = program.window.current_page()
    messages = told(program)
    changes: list[ChangeSet] = []
    assert program.desk is not None
    program.desk.changed.connect(changes.append)
    program.window.actions_table[action_id].trigger()
    settle(qtbot, program)
    found = set()
    if dialogs(program):
        found.add("dialog")
        for dialog in dialogs(program):
            if isinstance(dialog, QMenu):
                dialog.hide()
            else:
                dialog.close()
        settle(qtbot, program)
    if messages:
        found.add("message")
    if changes:
        found.add("change")
    if program.window.current_page() is not page:
        found.add("tab")
    return found


def test_every_action_does_something(start: Open, walked_file: Path, qtbot: QtBot) -> None:
    program = start(walked_file)
    silent = {"view.reload", "view.dark", "edit.find", "view.home"}
    done: dict[str, set[str]] = {}
    for spec in ACTIONS:
        if spec.id == LAST:
            continue
        if spec.tab:
            program.window.go_to(spec.tab)
            settle(qtbot, program)
        action = program.window.actions_table[spec.id]
        for tab in TABS:
            if action.isEnabled():
                break
            program.window.go_to(tab)
            settle(qtbot, program)
        if not action.isEnabled():
            done[spec.id] = {"disabled"}
            continue
        done[spec.id] = effect(qtbot, program, spec.id)
    print(done)
    for action_id, effects in done.items():
        assert effects or action_id in silent, action_id
    assert program.notifier is not None
    program.window.actions_table[LAST].trigger()
    assert not program.window.isVisible()
