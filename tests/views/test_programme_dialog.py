from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.programmes import programme, programmes
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.programme_dialog import NewProgrammeDialog
from tests.views.conftest import Settle

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    return host


def opened(desk: Desk, host: QWidget, settle: Settle) -> NewProgrammeDialog:
    dialog = NewProgrammeDialog(desk, host)
    dialog.open()
    settle()
    return dialog


def test_what_is_there_already_is_not_offered_again(desk: Desk, host: QWidget, settle: Settle) -> None:
    dialog = opened(desk, host, settle)
    assert dialog.shipped == []
    assert dialog.from_file.isVisible()
    dialog.reject()


def test_a_shipped_programme_is_put_into_the_file(
    desk: Desk, host: QWidget, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujisawa_desktop.views.programme_dialog.programme_codes", lambda: ("r6", "r7"))
    dialog = opened(desk, host, settle)
    assert ["R7" in button.text() for button in dialog.shipped] == [True]
    dialog.reject()


def test_a_programme_file_becomes_the_year_on_the_desk(
    desk: Desk,
    host: QWidget,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    messages: list[Message],
) -> None:
    (source,) = (resources_dir() / "programmes").glob("r6.toml")
    copy = tmp_path / "r7.toml"
    copy.write_text(
        source.read_text(encoding="utf-8").replace('code = "r6"', 'code = "r7"', 1), encoding="utf-8"
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(copy), ""))
    before = desk.programme_id
    dialog = opened(desk, host, settle)
    qtbot.mouseClick(dialog.from_file, CLICK)
    settle()
    assert desk.programme_id != before
    assert programme(desk.database, desk.programme_id).code == "r7"
    assert len(programmes(desk.database)) == 2
    assert messages[-1].tone == "good"


def test_a_file_that_is_none_is_explained(
    desk: Desk,
    host: QWidget,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    messages: list[Message],
) -> None:
    (tmp_path / "x.toml").write_text("= nonsense", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "x.toml"), ""))
    dialog = opened(desk, host, settle)
    qtbot.mouseClick(dialog.from_file, CLICK)
    settle()
    assert messages[-1].tone == "wrong"
    assert len(programmes(desk.database)) == 1
