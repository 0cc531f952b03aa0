"""The calendar's other faces: empty, read-only, one day, other colours, hundreds of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from appointed import add_people
from interview_driver import NOW, Driver
from interview_scene import at, interviewers_file, waiting_people
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.interview_imports import import_interviewers
from fujisawa_desktop.services.interview_plan import apply_plan, make_plan
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews import InterviewsTab
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.papers import PaperWindow

Settle = Callable[[], None]


def lines_at(driver: Driver, point: QPoint) -> str:
    return "\n".join(driver.tab.grid.lines_at(point))


class TestEmpty:
    def test_before_anybody_passed_the_next_step_is_offered(self, tab: InterviewsTab, qtbot: QtBot) -> None:
        assert tab.empty.isVisible()
        assert tab.empty.title() == "Nobody is to be interviewed yet"
        with qtbot.waitSignal(tab.act_wanted) as wanted:
            qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
        assert wanted.args == ["view.applicants"]
        assert not tab.bar.plan.isEnabled()

    def test_without_interviewers_their_times_are_asked_for(
        self, database: Database, programme_id: int, tab: InterviewsTab, qtbot: QtBot, settle: Settle
    ) -> None:
        add_people(database, programme_id, waiting_people(3))
        tab.reload()
        settle()
        assert tab.empty.title() == "No interviewers' times yet"
        assert tab.waiting.model.rowCount() == 3
        with qtbot.waitSignal(tab.act_wanted) as wanted:
            qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
        assert wanted.args == ["file.import"]

    def test_when_everybody_has_an_interview_the_list_says_so(self, driver: Driver) -> None:
        plan = make_plan(driver.desk.database, programme_id=driver.desk.programme_id)
        driver.desk.changed.emit(apply_plan(driver.desk.database, plan=plan))
        driver.settle()
        assert not driver.tab.waiting.people.isVisible()
        assert driver.tab.waiting.heading.text() == "Waiting: 0 people"


def test_a_file_that_may_only_be_read_shows_all_and_changes_nothing(
    database: Database, office: None, desk: Desk, qtbot: QtBot, settle: Settle, messages: list[Message]
) -> None:
    set_language("en")
    plan = make_plan(database, programme_id=desk.programme_id)
    apply_plan(database, plan=replace(plan, placed=plan.placed[:5]))
    desk.database = open_database(database.path or "", read_only=True)
    tab = InterviewsTab(desk, clock=lambda: NOW)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    settle()
    driver = Driver(qtbot, tab, desk, settle)
    before = driver.booked()
    assert len(before) == 5
    board = tab.grid.board
    assert board is not None
    card = board.cards[0]
    driver.drag(tab.grid.viewport(), driver.point(card.place), driver.point(card.place) + QPoint(0, 80))
    people = tab.waiting.people
    driver.drag(people.viewport(), people.visualRect(people.model().index(0)).center(), QPoint(400, 200))
    tab.grid.setFocus()
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return, into=tab.grid)
    driver.press(Qt.Key.Key_Delete, Qt.Key.Key_L, into=tab.grid)
    assert driver.booked() == before
    assert not any(one.is_locked for one in driver.view().interviews)
    tab.make_plan()
    settle()
    assert not tab.bar.apply.isEnabled()
    assert messages == []
    desk.database.dispose()


class TestDays:
    def test_one_day_shows_whole_names_and_turns(self, driver: Driver) -> None:
        driver.drag_from_list(3, driver.place("佐野", at(13, day=NOW.date().replace(day=31))))
        driver.tab.grid.setFocus()
        driver.qtbot.mouseClick(driver.tab.bar.day, Qt.MouseButton.LeftButton)
        board = driver.tab.grid.board
        assert board is not None
        assert [day.day.day for day in board.days] == [31]
        driver.qtbot.mouseClick(driver.tab.bar.back, Qt.MouseButton.LeftButton)
        assert driver.tab.grid.board is not None
        assert [day.day.day for day in driver.tab.grid.board.days] == [30]
        assert driver.tab.bar.days.text() == "10/30"
        driver.qtbot.mouseClick(driver.tab.bar.week, Qt.MouseButton.LeftButton)
        assert driver.tab.grid.board is not None
        assert len([day for day in driver.tab.grid.board.days if day.closed is None]) == 7
        assert len(driver.tab.grid.board.days) == 10

    @pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    def test_what_is_cut_is_said_where_the_mouse_rests(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place("辻", at(9)))
        place = driver.card(0).place
        said = lines_at(driver, driver.point(place))
        assert "髙橋　美咲" in said
        assert "DX・スマートシティ" in said
        head = driver.point(place)
        head.setY(30)
        assert "デジタル推進室　辻" in lines_at(driver, head)
        assert "佐野" in lines_at(driver, driver.point(driver.place("佐野", at(10))))
        grid = driver.tab.grid
        event = QHelpEvent(
            QEvent.Type.ToolTip, driver.point(place), grid.viewport().mapToGlobal(QPoint(5, 5))
        )
        assert QApplication.sendEvent(grid.viewport(), event)

    def test_the_timetable_opens_as_it_will_be_printed(self, driver: Driver) -> None:
        driver.tab.actions_served()["papers.interview-timetable"]()
        window = driver.tab.findChild(PaperWindow)
        assert window is not None
        assert window.isVisible()
        driver.settle()
        window.close()

    def test_the_width_of_the_panes_is_remembered(self, driver: Driver) -> None:
        driver.tab.splitter.setSizes([300, 700, 260])
        width = driver.tab.waiting.width()
        driver.tab.save_state()
        again = InterviewsTab(driver.desk, clock=lambda: NOW)
        driver.qtbot.addWidget(again)
        again.resize(1280, 700)
        again.show()
        driver.settle()
        assert again.waiting.width() == width


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(1280, 700), (1440, 760), (960, 500)])
def test_hundreds_of_people_are_painted_in_every_size_and_language(
    database: Database,
    desk: Desk,
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
    language: str,
    size: tuple[int, int],
) -> None:
    add_people(database, desk.programme_id, waiting_people(350))
    days = [f"2024-{day}" for day in ("10-30", "10-31", "11-01", "11-05", "11-06", "11-07", "11-08")]
    rows = [
        (f"面接官{letter}", "", day, "9:00", "17:00") for day in days for letter in ("甲", "乙", "丙", "丁")
    ]
    import_interviewers(database, programme_id=desk.programme_id, file=interviewers_file(tmp_path, rows))
    set_language(language)
    tab = InterviewsTab(desk, clock=lambda: NOW)
    qtbot.addWidget(tab)
    tab.resize(*size)
    tab.show()
    settle()
    grid = tab.grid
    assert tab.waiting.model.rowCount() == 350
    assert colours(grid) > 3
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.cursor_place is not None
    assert grid.viewport().rect().contains(grid.rect_on_viewport(grid.cursor_place).center().toPoint())


@pytest.mark.usefixtures("dark")
def test_the_dark_calendar_is_dark(driver: Driver) -> None:
    driver.drag_from_list(0, driver.place("辻", at(9)))
    picture = driver.tab.grid.viewport().grab().toImage()
    assert picture.pixelColor(picture.width() - 3, 40).lightness() < 90


def colours(widget: QWidget) -> int:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})
