from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fujisawa_desktop import texts
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import Cap
from fujisawa_desktop.rules.timeline import Phase
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.overview import MonthCard, TimelinePoint, overview
from fujisawa_desktop.services.programmes import current_programme_id, programme, save_programme
from fujisawa_desktop.services.todos import TodoItem, Urgency
from fujisawa_desktop.views.action_table import ACTIONS
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.home.cards import FigureCard, course_card, month_cards
from fujisawa_desktop.views.home.tab import HomeTab, when_text
from fujisawa_desktop.views.home.todo_list import SHORT, TodoPanel, due_text
from fujisawa_desktop.views.widgets import RunningText
from tests.views.conftest import Settle

Build = Callable[[date], HomeTab]


@pytest.fixture
def build(qtbot: QtBot, desk: Desk, settle: Settle) -> Build:
    def show(today: date) -> HomeTab:
        desk.today = lambda: today
        tab = HomeTab(desk)
        qtbot.addWidget(tab)
        tab.resize(1280, 700)
        tab.show()
        settle()
        return tab

    return show


def figures(card: FigureCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.text()]


def item(code: str = "todo.plan", **changes: object) -> TodoItem:
    plain = TodoItem(code, {"count": 57}, "plan.make", date(2024, 10, 29), Urgency.LATER)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_it_shows_where_the_year_stands(build: Build, desk: Desk) -> None:
    tab = build(date(2024, 10, 20))
    view = programme(desk.database, desk.programme_id)
    assert tab.title.whole() == view.title
    assert tab.phase.text() == texts.term("phase", Phase.FIRST)
    assert tab.phase.tone() == "key"
    points = tab.timeline.milestones()
    assert [point.when for point in points][:3] == ["10/1", "10/16", "10/25"]
    assert points[3].when == "10/30–11/8"
    assert points[4].when == view.final_result_text
    assert [bar.value for bar in tab.chart.bars()] == [0] * 6
    assert len(tab.cards.cards) == 2


def test_each_line_has_the_button_that_does_it(build: Build, qtbot: QtBot, desk: Desk) -> None:
    tab = build(date(2024, 10, 20))
    found = overview(desk.database, desk.programme_id, date(2024, 10, 20))
    wanted = [todo for todo in found.todos if todo.action]
    assert wanted
    assert [button.text() for button in tab.todo.buttons] == [texts.term("todo", one.code) for one in wanted]
    asked: list[str] = []
    tab.act_wanted.connect(asked.append)
    for button in tab.todo.buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [todo.action for todo in wanted]
    assert set(asked) <= {spec.id for spec in ACTIONS}


def test_a_change_is_seen_at_once(build: Build, desk: Desk, settle: Settle) -> None:
    tab = build(date(2024, 10, 20))
    form = course(desk.database, courses(desk.database, desk.programme_id)[0].id)
    desk.perform(save_course, form=replace(form, capacity=5), actor="楜澤")
    settle()
    assert "5" in figures(tab.cards.cards[0])[1]
    assert "楜澤" in tab.recent.item(0).text()
    assert tab.recent.count() == 2


def test_what_does_not_concern_it_is_not_asked(build: Build, desk: Desk) -> None:
    assert {"course", "application", "interview", "shift", "notice"} <= HomeTab.kinds
    assert "setting" not in HomeTab.kinds


def test_switching_the_year(
    build: Build, desk: Desk, database: Database, settle: Settle, qtbot: QtBot
) -> None:
    tab = build(date(2024, 10, 20))
    assert tab.switch.isHidden(), "with one programme there is nothing to switch"
    second = _second_programme(database)
    tab.reload()
    settle()
    assert not tab.switch.isHidden()
    actions = tab.switch.menu().actions()
    assert [action.isChecked() for action in actions] == [False, True]
    actions[0].trigger()
    settle()
    assert desk.programme_id == second == current_programme_id(database)
    assert tab.title.whole() == "R7 & R8"
    assert tab.switch.menu().actions()[0].text() == "R7 && R8"


def _second_programme(database: Database) -> int:
    """Store the shipped programme once more, as the year after."""
    from fujisawa_desktop.models import Programme
    from fujisawa_desktop.services.programme_files import read_programme
    from fujisawa_desktop.services.unit_of_work import unit_of_work

    with unit_of_work(database, "programme.create", actor="test", year=2025) as work:
        made: Programme = read_programme("r6").programme
        made.code, made.fiscal_year, made.title = "r7", 2025, "R7 & R8"
        work.session.add(made)
        work.session.flush()
        number = made.id
        work.commit()
    return number


def test_a_closed_programme_is_calm(build: Build) -> None:
    tab = build(date(2026, 4, 1))
    assert tab.phase.text() == texts.term("phase", Phase.CLOSED)
    assert tab.phase.tone() == "neutral"


def test_read_only_leaves_only_what_reads(qtbot: QtBot) -> None:
    panel = TodoPanel()
    qtbot.addWidget(panel)
    items = [item(), item("todo.interviews-today", action="view.interviews", urgency=Urgency.TODAY)]
    panel.show_items(items, Phase.INTERVIEWS, read_only=True)
    assert [button.isEnabled() for button in panel.buttons] == [False, True]
    panel.show_items(items, Phase.INTERVIEWS, read_only=False)
    assert [button.isEnabled() for button in panel.buttons] == [True, True]


def test_an_empty_list_says_so_and_a_short_one_leaves_room_for_the_guide(qtbot: QtBot) -> None:
    panel = TodoPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_items([], Phase.BEFORE, read_only=False)
    assert panel.buttons == []
    assert panel._guide.isVisible()
    asked: list[str] = []
    panel.act_wanted.connect(asked.append)
    guide = panel._guide.findChildren(RunningText)
    assert guide[0].text()
    panel.show_items([item()] * (SHORT + 1), Phase.TERM, read_only=False)
    assert not panel._guide.isVisible()
    assert len(panel.buttons) == SHORT + 1


def test_days_are_said_as_far_as_they_are_away() -> None:
    assert due_text(item()) == "10/29"
    assert due_text(item(urgency=Urgency.TODAY)) == texts.term("urgency", "today")
    assert due_text(item(urgency=Urgency.NOW, due=None)) == texts.term("urgency", "now")


@pytest.mark.parametrize(
    ("point", "text"),
    [
        (TimelinePoint("first-result", date(2024, 10, 25), None, ""), "10/25"),
        (TimelinePoint("interviews", date(2024, 10, 30), date(2024, 11, 8), ""), "10/30–11/8"),
        (TimelinePoint("final-result", date(2024, 11, 20), None, "11月中旬"), "11月中旬"),
    ],
)
def test_points_are_written_as_published(point: TimelinePoint, text: str) -> None:
    assert when_text(point) == text


def test_a_course_over_its_places_is_marked(qtbot: QtBot, desk: Desk) -> None:
    row = courses(desk.database, desk.programme_id)[0]
    card = course_card(replace(row, final_passed=3, capacity=2, applications=222, reserves=1))
    qtbot.addWidget(card)
    assert figures(card)[0] == row.short_name
    assert "3" in figures(card)[1]
    assert "222" in figures(card)[2]
    assert "222" in card.accessibleName()


def test_hours_and_pay_of_the_month(qtbot: QtBot) -> None:
    card = MonthCard(2024, 12, 4, 12870, 9000, 3600, Cap(3600, inclusive=False), 269841)
    hours, pay = month_cards(card)
    for one in (hours, pay):
        qtbot.addWidget(one)
    assert "214:30" in figures(hours)
    assert "60:00" in figures(hours)[-1]
    assert "269,841" in figures(pay)[1]
    _hours, without = month_cards(replace(card, pay_yen=None))
    qtbot.addWidget(without)
    assert figures(without)[1] == "—"
    assert month_cards(None) == []


def test_the_title_follows_the_programme(build: Build, desk: Desk, settle: Settle) -> None:
    tab = build(date(2024, 10, 20))
    view = programme(desk.database, desk.programme_id)
    change = partial(save_programme, desk.database)
    desk.publish(change(form=replace(view, title="長い名前の" * 20), actor="test"))
    settle()
    assert tab.title.whole() == "長い名前の" * 20
    assert tab.minimumSizeHint().width() < 1000, "a long title does not widen the window"
