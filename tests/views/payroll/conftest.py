"""The hours and pay tab on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from appointed import appoint_four, sample_december
from payroll_page import TODAY, Page
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll import PayrollTab


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk, settle: Callable[[], None]) -> Callable[[], Page]:
    """Return what puts the tab on the screen."""
    desk.today = lambda: TODAY

    def show(chosen: Desk = desk) -> Page:
        tab = PayrollTab(chosen)
        qtbot.addWidget(tab)
        tab.resize(1440, 730)
        tab.show()
        page = Page(tab, qtbot, settle)
        page.wait()
        return page

    return show


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


@pytest.fixture
def empty_page(database: Database, programme_id: int, open_page: Callable[[], Page]) -> Page:
    """December 2024 with four people and no hours."""
    appoint_four(database, programme_id)
    return open_page()


@pytest.fixture
def page(four: dict[str, Member], open_page: Callable[[], Page]) -> Page:
    """The sample month."""
    return open_page()


@pytest.fixture
def save_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that says which file the person names next."""

    def choose(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
        return path

    return choose
