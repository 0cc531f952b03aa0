"""Files that never reached their folder: said at the opening, seen to in a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.outgoing import LostFiles, settle_outgoing
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.lost_files import LostFilesDialog, look_for_lost_files
from tests.cli_driver import on
from tests.services.test_outgoing import NAMES, end_before_placing, seen
from tests.views.conftest import Settle

LEFT = Qt.MouseButton.LeftButton


def lose(database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, *, one: bool = False) -> None:
    """End the program while letters are on their way, and lose all of them or only the second."""
    folder.mkdir(exist_ok=True)
    end_before_placing(database, folder, monkeypatch)
    for path in folder.iterdir():
        if not one or path.read_bytes() == NAMES[1].encode():
            path.unlink()


def cells(dialog: LostFilesDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [
        tuple(str(model.data(model.index(row, column))) for column in range(1, 5))
        for row in range(model.rowCount())
    ]


def test_the_opening_puts_in_place_what_is_there_and_says_nothing(
    window: MainWindow,
    desk: Desk,
    settle: Settle,
    messages: list[Message],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    end_before_placing(desk.database, folder, monkeypatch)
    look_for_lost_files(window, desk)
    settle()
    assert seen(folder) == {name: name.encode() for name in NAMES}
    assert messages == []


def test_what_is_lost_is_said_and_seen_to(
    window: MainWindow,
    desk: Desk,
    settle: Settle,
    messages: list[Message],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "out"
    lose(desk.database, folder, monkeypatch, one=True)
    look_for_lost_files(window, desk)
    settle()
    assert [one.text for one in messages] == ["出力したと記録されている1件のファイルが、保存先にありません。"]
    assert messages[0].on_action is not None
    messages[0].on_action()
    dialog = window.findChild(LostFilesDialog)
    assert dialog is not None
    assert [line[1:] for line in cells(dialog)] == [("1", "0", str(folder))]
    assert "乙.pdf" in dialog.detail.toPlainText()
    assert str(folder) in dialog.detail.toPlainText()
    qtbot.mouseClick(dialog.done_button, LEFT)
    settle()
    assert cells(dialog) == []
    assert not dialog.done_button.isEnabled()
    assert settle_outgoing(desk.database) == ()
    dialog.reject()


def test_looking_again_finds_a_folder_that_is_back(
    window: MainWindow,
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    end_before_placing(desk.database, folder, monkeypatch)
    folder.rename(tmp_path / "pulled out")
    lost: tuple[LostFiles, ...] = settle_outgoing(desk.database)
    dialog = LostFilesDialog(desk, window, lost)
    dialog.open()
    assert [line[1:3] for line in cells(dialog)] == [("2", "0")]
    (tmp_path / "pulled out").rename(folder)
    qtbot.mouseClick(dialog.again, LEFT)
    settle()
    assert cells(dialog) == []
    assert seen(folder) == {name: name.encode() for name in NAMES}
    dialog.reject()


@pytest.mark.file_only("a command opens a file")
def test_a_command_says_it_too(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lose(database, tmp_path / "out", monkeypatch)
    assert database.path is not None
    database.dispose()
    answer = on(database.path)("list", "applicants", "--format", "json")
    assert answer.code == 0
    assert "甲.pdf" in answer.err
    assert answer.json == []
