"""Hands and eyes for the tests of the windows for papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from office_people import add_office_people
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow, begin_papers

Asked = TypeVar("Asked", bound=QDialog)


def asking(
    qtbot: QtBot, desk: Desk, settle: Callable[[], object], expected: type[Asked]
) -> Iterator[Callable[..., Asked]]:
    """Yield a function that opens the dialog of a kind and waits for its picture; close all after."""
    add_office_people(desk.database, desk.programme_id)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialogs: list[Asked] = []

    def open_kind(kind: str, **options: Any) -> Asked:
        dialog = begin_papers(desk, kind, parent, **options)
        assert isinstance(dialog, expected)
        dialogs.append(dialog)
        qtbot.waitExposed(dialog)
        settle()
        return dialog

    yield open_kind
    for dialog in dialogs:
        if isValid(dialog):
            dialog.close()
    for window in paper_windows():
        window.close()


def tick(qtbot: QtBot, box: QCheckBox) -> None:
    """Click on the square of a check box, not into the room beside its words."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))


def paper_windows() -> list[PaperWindow]:
    """Return the windows for papers that are open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and isValid(one)]
