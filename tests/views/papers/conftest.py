"""The preview window on the letters of three people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from appointed import Person, add_people
from paper_hands import question
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import select
from wording_hands import answer, wording  # noqa: F401 - fixtures of the tests of texts

from fujisawa_desktop.models import Application
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import PaperWindow, open_papers

PEOPLE = (
    Person("100", "葛\U000e0100城　𠮷之助", "カツラギ ヨシノスケ", 0, Status.RECEIVED),
    Person("101", "楜澤　涼介", "クルミザワ リョウスケ", 1, Status.RECEIVED),
    Person("102", "外字\ue000　花", "ガイジ ハナ", 0, Status.RECEIVED),
)


@pytest.fixture
def decided(database: Database, programme_id: int) -> None:
    """Three people, all of whom passed the first screening; one has a character of his own."""
    add_people(database, programme_id, PEOPLE)
    with database.read() as session:
        ids = list(session.scalars(select(Application.id)))
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS, actor="test")
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="test")


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, settle: Any, decided: None) -> Iterator[Any]:
    """Yield a function that opens a kind of paper and waits for its pages."""

    parent = QWidget()
    qtbot.addWidget(parent)
    windows: list[PaperWindow] = []

    def open_kind(kind: str, **options: Any) -> PaperWindow:
        window = open_papers(desk, kind, parent, **options)
        windows.append(window)
        qtbot.waitExposed(window)
        settle()
        return window

    yield open_kind
    for window in windows:
        if isValid(window):
            window.close()


@pytest.fixture
def agree(qtbot: QtBot, settle: Any) -> Callable[[PaperWindow], None]:
    """Return a function that says yes to the question and waits for what follows."""

    def press(window: PaperWindow) -> None:
        qtbot.mouseClick(question(window).issue_button, Qt.MouseButton.LeftButton)
        settle()

    return press
