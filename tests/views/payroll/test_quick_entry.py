"""What is typed is painted first: what rests on it follows, and only what changed is painted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from appointed import FOUR, appoint_four
from payroll_page import TODAY, Page
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll import PayrollTab
from fujisawa_desktop.views.payroll.tight_lines import TightLines
from fujisawa_desktop.views.widgets import RunningText, TextLabel

RYOSUKE, SAKURA, *_ = (person.number for person in FOUR)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settle: Callable[[], None], database: Database, programme_id: int) -> Page:
    """December 2024 with four people and no hours."""
    appoint_four(database, programme_id)
    desk.today = lambda: TODAY
    tab = PayrollTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1440, 730)
    tab.show()
    page = Page(tab, qtbot, settle)
    page.wait()
    return page


class Painted(QObject):
    """Which rows were painted, and whether the model held the new hours by then."""

    def __init__(self, page: Page, number: str, day: int) -> None:
        super().__init__()
        self.page, self.number, self.day = page, number, day
        self.with_hours = False
        self.lowest = 0
        page.tab.grid.names.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        if isinstance(event, QPaintEvent):
            self.with_hours |= bool(self.page.cell(self.number, self.day).planned)
            self.lowest = max(self.lowest, event.region().boundingRect().bottom())
        return False


def test_the_hours_are_painted_before_the_pay_is_shown(page: Page) -> None:
    page.go(RYOSUKE, 10)
    painted = Painted(page, RYOSUKE, 10)
    by_then: list[bool] = []
    page.tab.pay.pay.dataChanged.connect(lambda *_at: by_then.append(painted.with_hours))
    page.type("9-12")
    assert page.cell(RYOSUKE, 10).planned
    assert by_then == [True]


def test_the_mark_paints_its_two_rows_and_not_all_people(page: Page) -> None:
    page.go(SAKURA, 10)  # the first row
    page.qtbot.wait(1)
    painted = Painted(page, SAKURA, 10)
    page.tab.grid.days.move_mark(0, 1)
    page.qtbot.waitUntil(lambda: painted.lowest > 0)
    assert painted.lowest < page.tab.grid.days.rowViewportPosition(2)


def test_the_pay_follows_the_mark(page: Page) -> None:
    for row in (2, 0):
        page.tab.grid.days.go(row, 12)
        page.wait()
        own = page.tab.model.people()[row].member.appointment_id
        assert [page.tab.shown.rows[at].appointment_id for at in page.tab.pay.selected_rows()] == [own]


def test_lines_take_another_text_instead_of_being_made_again(qapp: QApplication) -> None:
    group = TightLines()
    group.write([("label", "計算"), ("text", "6 時間"), ("neutral", "要領 3")])
    before = [*group.findChildren(TextLabel), *group.findChildren(RunningText)]
    group.write([("label", "税"), ("text", "甲欄"), ("neutral", "要領 4")])
    after = [*group.findChildren(TextLabel), *group.findChildren(RunningText)]
    assert after == before
    assert [line.text() for line in after] == ["税", "甲欄", "要領 4"]


def test_lines_of_another_look_are_made_anew(qapp: QApplication) -> None:
    group = TightLines()
    group.write([("label", "計算"), ("neutral", "要領 3"), ("text", "消える")])
    group.write([("label", "計算"), ("text", "6 時間")])
    column = group.layout()
    assert column is not None
    shown = [column.itemAt(at).widget() for at in range(column.count())]
    assert [one.text() for one in shown if isinstance(one, TextLabel | RunningText)] == ["計算", "6 時間"]
    assert shown[1].property("tone") is None
