"""The calendar tab on a desk with people, interviewers and times."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from interview_driver import NOW, Driver
from interview_scene import office_and_people
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews import InterviewsTab


@pytest.fixture
def english() -> None:
    set_language("en")


@pytest.fixture
def office(database: Database, programme_id: int, tmp_path: Path) -> None:
    """Eight people; the first three can only come on the first day from nine to ten."""
    office_and_people(database, programme_id, tmp_path, narrow=3)


@pytest.fixture
def tab(english: None, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> InterviewsTab:
    tab = InterviewsTab(desk, clock=lambda: NOW)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    tab.activateWindow()
    qtbot.waitExposed(tab)
    settle()
    return tab


@pytest.fixture
def driver(office: None, tab: InterviewsTab, qtbot: QtBot, desk: Desk, settle: Callable[[], None]) -> Driver:
    return Driver(qtbot, tab, desk, settle)
