"""The payments of a year on the screen, and the doors to the three windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from ledger_hands import opened, press
from papers_driver import paper_windows
from payroll_page import Page, dialog_of
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from register_scene import MISAKI, RYOSUKE, SAKURA, YUI, Month, pay, stated_month

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.register_window import RegisterWindow
from fujisawa_desktop.views.payroll.transfer_window import TransferWindow
from fujisawa_desktop.views.payroll.year_end_window import YearEndWindow

Settle = Callable[[], None]


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


@pytest.fixture
def show(qtbot: QtBot, desk: Desk, settle: Settle) -> Callable[[], YearEndWindow]:
    """Return what opens the window."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def make() -> YearEndWindow:
        window = YearEndWindow(desk, parent)
        opened(qtbot, settle, window)
        return window

    return make


def test_it_lists_what_was_paid_and_tells_what_was_not(
    month: Month,
    show: Callable[[], YearEndWindow],
    settle: Settle,
    qtbot: QtBot,
    save_to: Callable[[str], Path],
) -> None:
    for number in (RYOSUKE, SAKURA):
        pay(month, number)
    pay(month, MISAKI, on=date(2024, 12, 27))
    window = show()
    assert window.year.currentText() == "2025"
    assert [str(window.model.index(row, 1).data()) for row in range(window.model.rowCount())] == [
        SAKURA,
        RYOSUKE,
    ]
    assert "小鳥遊　結衣" in window.left_open.text()
    assert "150,646" in window.sums.text()
    target = save_to("year.xlsx")
    press(qtbot, settle, window.excel_button)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    assert sheet.max_row == 3
    window.year.setCurrentIndex(window.year.findData(2024))
    settle()
    assert window.model.rowCount() == 1
    press(qtbot, settle, window.paper_button)
    [paper] = paper_windows()
    qtbot.waitUntil(lambda: paper.draft is not None)
    assert paper.draft is not None
    assert "令和6年支払分" in str(paper.draft.sheets[0].spec)
    paper.close()
    settle()


def test_nothing_paid_says_so(month: Month, show: Callable[[], YearEndWindow]) -> None:
    window = show()
    assert not window.excel_button.isEnabled()
    assert window.table.empty.isVisible()
    assert YUI not in window.sums.text()


@pytest.mark.parametrize(
    ("action", "kind"),
    [("work.register", RegisterWindow), ("work.transfer", TransferWindow), ("work.year-end", YearEndWindow)],
)
def test_each_window_opens_from_the_tab(page: Page, action: str, kind: type) -> None:
    page.tab.actions_served()[action]()
    page.wait()
    window = dialog_of(page.tab, kind)
    assert isinstance(window, kind)
    window.close()  # type: ignore[attr-defined]
    page.wait()
