"""A file whose place is taken in the last moment: what shows the record shows it all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from paper_hands import issued_kinds
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.exchange import files
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.services.exports_journal import record_export
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.home.tab import HomeTab
from fujisawa_desktop.views.papers.records_window import RecordsWindow
from fujisawa_desktop.views.trust.journal_window import JournalWindow
from tests.services.test_outgoing import hold
from tests.views.trust.test_journal_window import cells

LEFT = Qt.MouseButton.LeftButton
NAME = "通知.pdf"


@pytest.fixture(autouse=True)
def _english_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_language("en")
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: None)


@pytest.fixture
def home(qtbot: QtBot, desk: Desk, settle: Any, decided: None) -> HomeTab:
    tab = HomeTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    settle()
    return tab


def latest(home: HomeTab) -> list[str]:
    return [home.recent.item(row).text() for row in range(home.recent.count())]


def test_open_windows_show_what_was_issued(
    qtbot: QtBot,
    settle: Any,
    opened: Any,
    home: HomeTab,
    parent: QWidget,
    desk: Desk,
    tmp_path: Path,
    agree: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records, journal = RecordsWindow(desk, parent), JournalWindow(desk, parent)
    for window in (records, journal):
        window.show()
    settle()
    acts = journal.model.rowCount()
    letters = opened("first-result")
    (tmp_path / NAME).write_bytes(b"old")
    letters.outlet.choose_file = lambda _name: str(tmp_path / NAME)
    monkeypatch.setattr(Path, "replace", hold(NAME, probing=False))
    qtbot.mouseClick(letters.save_button, LEFT)
    agree(letters)
    settle()
    assert issued_kinds(desk.database) == ["first-result"] * 3
    assert (tmp_path / NAME).read_bytes() == b"old"
    assert "Do not do it again" in letters.notice.text()
    assert letters.foot.state.isVisible()
    assert not letters.issuing.asks(letters.draft)
    assert len(records.issued.shown) == 3
    assert journal.model.rowCount() == acts + 1
    assert cells(journal.model, 4)[0].startswith("Issue:")
    assert cells(journal.model, 4)[0] in latest(home)[0]


def test_an_export_stands_among_the_latest_acts_and_in_the_journal(
    settle: Any, home: HomeTab, parent: QWidget, desk: Desk
) -> None:
    journal = JournalWindow(desk, parent)
    journal.show()
    settle()
    journal.table.select_row(2)
    settle()
    seq, before = journal.rows[2].seq, journal.model.rowCount()
    desk.perform(record_export, code="screen.copied", count=4, actor="職員")
    settle()
    assert journal.model.rowCount() == before + 1
    assert cells(journal.model, 4)[0] in latest(home)[0]
    assert journal.rows[journal.table.currentIndex().row()].seq == seq
