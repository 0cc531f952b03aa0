"""The window makes copies by itself and says how old the last good one is; and the settings of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.backup_places import BackupSettings, backup_settings
from fujisawa_desktop.services.backups import BackupHealth, BackupReason, make_backup
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.backup_guard import BackupGuard
from fujisawa_desktop.views.trust.backup_settings_dialog import BackupSettingsDialog
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def guard(window: MainWindow, desk: Desk, settle: Settle) -> BackupGuard:
    guard = BackupGuard(window)
    guard.attach(desk)
    return guard


def file_of(desk: Desk) -> Path:
    assert desk.database.path is not None
    return desk.database.path


def copies(desk: Desk) -> list[Path]:
    return sorted(backup_dir(file_of(desk)).glob("*.fjdb"))


def release(_database: Database, **_given: object) -> ChangeSet:
    """Named like the use-case before which a copy is made."""
    return ChangeSet(None, Label("selection.release"), frozenset())


def change(desk: Desk) -> None:
    first = course(desk.database, courses(desk.database, desk.programme_id)[0].id)
    save_course(desk.database, form=first, actor="x")


def test_opening_makes_a_copy_and_says_so(
    guard: BackupGuard, window: MainWindow, settle: Settle, desk: Desk
) -> None:
    guard.look(BackupReason.OPENED)
    settle()
    assert len(copies(desk)) == 1
    assert "opened" in copies(desk)[0].name
    assert "検証済み" in window.status.backup.text()
    guard.look()
    settle()
    assert len(copies(desk)) == 1, "nothing changed since"


def test_a_large_act_is_preceded_by_a_copy(guard: BackupGuard, settle: Settle, desk: Desk) -> None:
    desk.perform(release)
    settle()
    assert [path.name.split("-")[-1] for path in copies(desk)] == ["bulk.fjdb"]


def test_an_act_goes_on_when_its_copy_fails_and_the_foot_of_the_window_says_so(
    guard: BackupGuard,
    window: MainWindow,
    settle: Settle,
    desk: Desk,
    messages: list[Message],
) -> None:
    backup_dir(file_of(desk)).write_text("no folder")  # where the folder should be lies a file
    done: list[object] = []
    desk.perform(release, on_done=done.append)
    settle()
    assert len(done) == 1
    assert messages[-1].tone == "wrong"
    assert window.status.backup.text() == "バックアップに失敗"
    assert window.status.backup.property("tone") == "caution"
    backup_dir(file_of(desk)).unlink()
    guard.look(BackupReason.TIMED)
    settle()
    assert window.status.backup.property("tone") is None


def test_closing_makes_the_last_copy(guard: BackupGuard, settle: Settle, desk: Desk) -> None:
    settle()
    guard.detach()
    assert [path.name.split("-")[-1] for path in copies(desk)] == ["closed.fjdb"]
    assert desk.before_act is None


def test_an_old_copy_is_a_caution(window: MainWindow, desk: Desk) -> None:
    copy = make_backup(desk.database, now=datetime.now() - timedelta(days=2))
    window.status.show_backup(BackupHealth(copy, behind=3, overdue=True))
    assert "古く" in window.status.backup.text()
    assert window.status.backup.property("tone") == "caution"


def test_the_second_place_is_chosen_and_kept(
    window: MainWindow,
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(stick))
    dialog = BackupSettingsDialog(desk, window)
    dialog.open()
    qtbot.mouseClick(dialog.choose_button, LEFT)
    dialog.every.setText("６０")
    qtbot.mouseClick(dialog.save_button, LEFT)
    settle()
    assert backup_settings(file_of(desk)) == BackupSettings(str(stick), 60)


def test_what_is_wrong_stands_beside_its_field(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    dialog = BackupSettingsDialog(desk, window)
    dialog.open()
    dialog.every.setText("1")
    qtbot.mouseClick(dialog.save_button, LEFT)
    settle()
    assert dialog.isVisible()
    assert "5から240" in dialog.every.accessibleDescription()
    dialog.every.setText("30")
    dialog.second.setText("/nowhere/at/all")
    qtbot.mouseClick(dialog.save_button, LEFT)
    settle()
    assert dialog.isVisible()
    assert "/nowhere/at/all" in dialog.second.accessibleDescription()
    dialog.reject()
