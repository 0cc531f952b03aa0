"""The charts of the month: what they show, how keys and mouse reach each bar, and what they say."""

from __future__ import annotations

import pytest
from appointed import FOUR
from payroll_page import Key, Page
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.i18n import format_minutes
from fujisawa_desktop.views.payroll.charts import HoursChart
from fujisawa_desktop.views.payroll.charts_panel import BOTH_FROM
from fujisawa_desktop.views.theme import tokens

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)


@pytest.fixture
def wide(page: Page) -> Page:
    """Both charts beside each other."""
    page.tab.resize(1900, 1000)
    page.wait()
    assert page.tab.charts.width() >= BOTH_FROM
    return page


def at_bar(chart: HoursChart, at: int) -> QPoint:
    return chart.place(at).center()


def test_weeks_add_up_to_the_month(page: Page) -> None:
    table = page.tab.charts.weeks.table()
    assert len(table) == 5
    assert len(table[0]) == 7
    view = page.tab.shown.view
    assert view is not None
    for person, line in zip(view.people, table[1:], strict=True):
        hours = [text.split(":") for text in line[1:]]
        assert sum(int(hour) * 60 + int(minute) for hour, minute in hours) == person.expected


def test_people_stand_by_their_hours(page: Page) -> None:
    table = page.tab.charts.people.table()
    assert [line[-1] for line in table[1:]] == ["60:00", "59:45", "18:00", "8:30"]
    first = page.tab.charts.people.bars()[0]
    assert first.over
    assert first.row == page.row(SAKURA)


def test_a_screen_reader_hears_the_table(page: Page) -> None:
    said = page.tab.charts.people.accessibleName()
    for number in (RYOSUKE, SAKURA, MISAKI, YUI):
        person = page.person(number)
        assert person.member.name in said
        assert format_minutes(person.expected) in said


def test_keys_walk_and_return_goes_to_the_day(wide: Page) -> None:
    chart = wide.tab.charts.people
    chart.setFocus()
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down):
        wide.qtbot.keyClick(chart, key)
    assert chart.current() is not None
    assert chart.current().row == wide.row(MISAKI)  # type: ignore[union-attr]
    assert chart.accessibleDescription() in wide.tab.charts.caption.whole()
    assert "18:00" in chart.accessibleDescription()
    wide.qtbot.keyClick(chart, Key.Key_Return)
    wide.wait()
    assert wide.here() == (wide.row(MISAKI), 2)


def test_left_and_right_walk_over_weeks_up_and_down_over_people(page: Page) -> None:
    chart = page.tab.charts.weeks
    page.qtbot.keyClick(chart, Key.Key_Right)
    page.qtbot.keyClick(chart, Key.Key_Right)
    first = chart.current()
    assert first is not None
    assert (first.row, first.day.day) == (0, 2)
    page.qtbot.keyClick(chart, Key.Key_Down)
    assert chart.current().row == 1  # type: ignore[union-attr]
    page.qtbot.keyClick(chart, Key.Key_Left)
    page.qtbot.keyClick(chart, Key.Key_Left)
    assert chart.current().row == 0  # type: ignore[union-attr]


def test_a_click_marks_a_bar_and_a_double_click_goes_there(wide: Page) -> None:
    chart = wide.tab.charts.people
    wide.qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at_bar(chart, 3))
    assert chart.current() is not None
    assert "8:30" in wide.tab.charts.caption.whole()
    wide.qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=at_bar(chart, 3))
    wide.wait()
    assert wide.here()[0] == wide.row(YUI)


def test_the_table_is_copied(page: Page) -> None:
    chart = page.tab.charts.weeks
    page.qtbot.keyClick(chart, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == chart.table_text()
    assert "18:00" in chart.table_text()


def colours_in(chart: HoursChart) -> set[str]:
    picture = chart.grab().toImage()
    points = ((x, y) for x in range(picture.width()) for y in range(0, picture.height(), 3))
    return {picture.pixelColor(x, y).name() for x, y in points}


def test_bars_are_painted_in_the_colours_of_what_they_say(wide: Page) -> None:
    wide.go(RYOSUKE, 2)
    wide.wait()
    colours = tokens()
    painted = colours_in(wide.tab.charts.people)
    for expected in (colours.wrong, colours.key, colours.key_soft):
        assert QColor(expected).name() in painted
    painted = colours_in(wide.tab.charts.weeks)
    assert {QColor(colours.key).name(), QColor(colours.caution).name()} <= painted


@pytest.mark.usefixtures("dark")
def test_in_the_dark_too(wide: Page) -> None:
    wide.go(RYOSUKE, 2)
    wide.wait()
    assert QColor(tokens().key).name() in colours_in(wide.tab.charts.people)
    assert QColor(tokens().panel).lightness() < 128


def test_a_narrow_panel_shows_one_chart_of_both(page: Page) -> None:
    page.tab.resize(1250, 690)
    page.wait()
    charts = page.tab.charts
    assert charts.weeks.isVisible()
    assert not charts.people.isVisible()
    page.click(charts.by_person)
    assert charts.people.isVisible()
    assert not charts.weeks.isVisible()
