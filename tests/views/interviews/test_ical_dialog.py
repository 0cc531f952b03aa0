"""The files for calendars, written from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.ical_dialog import IcalDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(english: None, office: None, desk: Desk, qtbot: QtBot) -> IcalDialog:
    dialog = IcalDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_files_go_to_the_folder_chosen_and_the_choice_is_remembered(
    dialog: IcalDialog,
    desk: Desk,
    qtbot: QtBot,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
    qtbot.mouseClick(dialog.choose_button, LEFT)
    dialog.names.setChecked(True)
    qtbot.mouseClick(dialog.write_button, LEFT)
    settle()
    assert len(list(folder.glob("*.ics"))) == 4
    assert dialog.notice.isVisible()
    again = IcalDialog(desk)
    qtbot.addWidget(again)
    assert (again.folder, again.names.isChecked()) == (folder, True)


def test_a_folder_that_is_gone_is_told(
    dialog: IcalDialog, qtbot: QtBot, settle: Callable[[], None], tmp_path: Path
) -> None:
    dialog.folder = tmp_path / "gone"
    qtbot.mouseClick(dialog.write_button, LEFT)
    settle()
    assert dialog.notice.isVisible()
    assert dialog.write_button.isEnabled()
    assert not list(tmp_path.rglob("*.ics"))
