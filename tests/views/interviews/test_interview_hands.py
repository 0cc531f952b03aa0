"""Exchanging, stretching, and the day itself: with the mouse, and with the keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from interview_driver import Driver
from interview_scene import at, number
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_announcing import News, announcements_of, unannounced
from fujisawa_desktop.services.interview_booking import set_locked
from fujisawa_desktop.services.interview_settings import (
    interview_settings,
    interviewer_settings,
    save_interviewer,
    save_settings,
)
from fujisawa_desktop.services.interview_view import Attendance, Booked
from fujisawa_desktop.views.interviews import stretching
from fujisawa_desktop.views.interviews.board import Place
from fujisawa_desktop.views.interviews.signs import Sign, signs_of
from fujisawa_desktop.views.notify import Message

ANYBODY, DX, CHILD = "佐野", "辻", "南"
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
with_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The offscreen platform warns about what it cannot do for a menu."""


def open_menu(driver: Driver) -> QMenu:
    """Return the menu that is open; there is one."""
    (menu,) = [menu for menu in driver.tab.findChildren(QMenu) if menu.isVisible()]
    return menu


def choose(driver: Driver, name: str) -> None:
    """Choose an act of the open menu by its name."""
    menu = open_menu(driver)
    acts = {action.objectName(): action for action in menu.actions()}
    assert acts[name].isEnabled()
    acts[name].trigger()
    menu.close()
    driver.settle()


def booked(driver: Driver, index: int) -> Booked:
    found = driver.card(index).booked
    assert found is not None
    return found


def stand_on(driver: Driver, index: int) -> None:
    """Bring the cursor to somebody's interview."""
    driver.tab.grid.go_to_interview(booked(driver, index).interview_id)


def take_back(driver: Driver) -> None:
    driver.desk.changed.emit(undo(driver.desk.database))
    driver.settle()


@pytest.fixture
def two(driver: Driver) -> Driver:
    """Two people of the first hour are booked with the same interviewer."""
    driver.book(0, DX, at(9))
    driver.book(2, DX, at(9, 30))
    driver.tab.reload()
    driver.settle()
    return driver


class TestExchange:
    @with_menu
    def test_an_interview_dropped_on_another_asks_and_both_exchange(
        self, two: Driver, messages: list[Message]
    ) -> None:
        two.drag_card(0, two.card(2).place)
        assert [action.text() for action in open_menu(two).actions()] == [
            "Exchange: 髙橋　美咲 10/30 9:30–10:00, 楜澤　涼介 10/30 9:00–9:30",
            "Leave both where they are",
        ]
        open_menu(two).actions()[0].trigger()
        two.settle()
        assert {key: start for key, (_who, start) in two.booked().items()} == {
            number(0): at(9, 30),
            number(2): at(9),
        }
        assert messages[-1].action == "Take it back"
        take_back(two)
        assert two.card(0).start == at(9)

    @with_menu
    def test_leaving_both_changes_nothing(self, two: Driver) -> None:
        before = two.booked()
        two.drag_card(0, two.card(2).place)
        open_menu(two).actions()[1].trigger()
        open_menu(two).close()
        two.settle()
        assert two.booked() == before

    @with_menu
    def test_with_the_keyboard_alone(self, two: Driver) -> None:
        grid = two.tab.grid
        stand_on(two, 0)
        two.press(Key.Key_Return, Key.Key_Down, into=grid)
        assert two.tab.hands.hand.why.text() == "Exchange with 楜澤　涼介"
        two.press(Key.Key_Return, into=grid)
        menu = open_menu(two)
        assert menu.activeAction() is menu.actions()[0]
        two.qtbot.keyClick(menu, Key.Key_Return)
        two.settle()
        assert two.card(0).start == at(9, 30)

    def test_a_fixed_interview_takes_no_part(self, two: Driver, messages: list[Message]) -> None:
        set_locked(two.desk.database, interview_id=booked(two, 2).interview_id, locked=True)
        two.tab.reload()
        two.settle()
        two.drag_card(0, two.card(2).place)
        assert not [menu for menu in two.tab.findChildren(QMenu) if menu.isVisible()]
        assert "楜澤　涼介" in messages[-1].text
        assert messages[-1].tone == "wrong"
        assert two.card(0).start == at(9)

    @with_menu
    def test_an_exchange_against_a_wish_is_refused_in_words_and_done_all_the_same(
        self, two: Driver, messages: list[Message]
    ) -> None:
        two.book(4, ANYBODY, at(13, day=at(9).date().replace(day=31)))
        two.tab.reload()
        two.settle()
        two.drag_card(0, two.card(4).place)
        open_menu(two).actions()[0].trigger()
        two.settle()
        assert messages[-1].tone == "caution"
        assert two.card(0).start == at(9)
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        two.settle()
        assert two.card(0).start.day == 31


class TestStretch:
    def test_the_unit_is_the_databases(self) -> None:
        assert stretching.UNIT_MINUTES == UNIT_MINUTES

    def drag_edge(self, driver: Driver, index: int, end: datetime) -> None:
        place = driver.card(index).place
        rect = driver.tab.grid.rect_on_viewport(place)
        start = QPoint(round(rect.center().x()), round(rect.bottom()) - 2)
        lower = driver.tab.grid.rect_on_viewport(Place(place.column, place.start, end)).bottom()
        driver.drag(driver.tab.grid.viewport(), start, QPoint(start.x(), round(lower)))

    def test_the_lower_edge_is_dragged(self, driver: Driver, messages: list[Message]) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        self.drag_edge(driver, 0, at(9, 45))
        assert (driver.card(0).start, driver.card(0).end) == (at(9), at(9, 45))
        assert "9:00–9:45" in messages[-1].text
        self.drag_edge(driver, 0, at(9, 20))
        assert driver.card(0).end == at(9, 20)
        take_back(driver)
        assert driver.card(0).end == at(9, 45)

    def test_shift_and_the_arrows_then_return(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        grid = driver.tab.grid
        stand_on(driver, 0)
        for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Down):
            driver.qtbot.keyClick(grid, key, SHIFT)
        assert "40 minutes" in grid.accessibleDescription()
        assert "40 minutes" in driver.tab.bar.hint.whole()
        assert driver.card(0).end == at(9, 30)
        driver.press(Key.Key_Return, into=grid)
        assert driver.card(0).end == at(9, 40)

    def test_escape_leaves_the_length(self, driver: Driver, messages: list[Message]) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        told = len(messages)
        stand_on(driver, 0)
        driver.qtbot.keyClick(driver.tab.grid, Key.Key_Down, SHIFT)
        driver.press(Key.Key_Escape, Key.Key_Return, Key.Key_Escape, into=driver.tab.grid)
        assert driver.card(0).end == at(9, 30)
        assert driver.tab.bar.hint.whole() == ""
        assert len(messages) == told

    def test_into_the_next_interview_it_is_refused_in_words(
        self, two: Driver, messages: list[Message]
    ) -> None:
        self.drag_edge(two, 0, at(9, 50))
        assert two.card(0).end == at(9, 30)
        assert messages[-1].tone == "wrong"
        assert "楜澤　涼介" in messages[-1].text

    def test_a_moved_interview_keeps_its_length_and_shows_it(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        self.drag_edge(driver, 0, at(9, 45))
        stand_on(driver, 0)
        driver.press(Key.Key_Return, Key.Key_Left, into=driver.tab.grid)
        board, carry = driver.tab.grid.board, driver.tab.grid.carry
        assert board is not None
        assert carry is not None
        assert board.landing(carry, driver.place(ANYBODY, at(9))).end == at(9, 45)
        driver.press(Key.Key_Return, into=driver.tab.grid)
        assert (driver.card(0).start, driver.card(0).end) == (at(9), at(9, 45))


class TestReasons:
    def why(self, driver: Driver, index: int, place: Place) -> str:
        """Drag somebody of the list over a place, and return what the pointer says."""
        source, grid = driver.tab.waiting.people.viewport(), driver.tab.grid.viewport()
        start = driver.row_point(index)
        end = source.mapFromGlobal(grid.mapToGlobal(driver.point(place)))
        driver.qtbot.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
        for share in (0.3, 1.0):
            driver.qtbot.mouseMove(source, start + (end - start) * share)
        said = driver.tab.hands.hand.why.text()
        driver.qtbot.keyClick(driver.tab.waiting.people, Key.Key_Escape)
        driver.qtbot.mouseRelease(source, Qt.MouseButton.LeftButton, pos=start)
        driver.settle()
        return said

    def test_the_pointer_says_in_words_what_stands_against_a_time(self, driver: Driver) -> None:
        driver.drag_from_list(2, driver.place(ANYBODY, at(9)))
        assert self.why(driver, 0, driver.place(DX, at(9))) == ""
        assert self.why(driver, 0, driver.place(DX, at(11))) == "髙橋　美咲 did not name this time."
        assert self.why(driver, 0, driver.place(DX, at(14))) == "デジタル推進室　辻 is away at this time."
        assert "does not see people" in self.why(driver, 0, driver.place(CHILD, at(9)))
        taken = self.why(driver, 0, driver.place(ANYBODY, at(9)))
        assert taken == "職員課　佐野 sees 楜澤　涼介: 10/30 9:00–9:30."
        assert list(driver.booked()) == [number(2)]

    def test_the_keyboard_hears_the_same(self, driver: Driver) -> None:
        driver.choose(0)
        driver.press(Key.Key_Return, into=driver.tab.waiting.people)
        grid = driver.tab.grid
        assert "possible" in grid.accessibleDescription()
        driver.press(Key.Key_End, into=grid)
        assert "is away at this time" in grid.accessibleDescription()
        assert driver.tab.hands.hand.isVisible()
        driver.press(Key.Key_Escape, into=grid)
        assert not driver.tab.hands.hand.isVisible()


class TestTheDay:
    @pytest.mark.parametrize(
        ("key", "attendance", "late"),
        [
            (Key.Key_1, Attendance.ATTENDED, None),
            (Key.Key_2, Attendance.ABSENT, None),
            (Key.Key_3, Attendance.ATTENDED, 100),  # it is 10:40, and the interview began at 9:00
        ],
    )
    def test_one_key_records_it_and_undo_takes_it_back(
        self, driver: Driver, messages: list[Message], key: Key, attendance: Attendance, late: int | None
    ) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        stand_on(driver, 0)
        driver.press(key, into=driver.tab.grid)
        assert (booked(driver, 0).attendance, booked(driver, 0).late_minutes) == (attendance, late)
        assert "髙橋　美咲" in messages[-1].text
        assert messages[-1].action == "Take it back"
        said = {Key.Key_1: "Came", Key.Key_2: "Did not come", Key.Key_3: "Came 100 minutes late"}[key]
        assert said in driver.tab.grid.accessibleDescription()
        take_back(driver)
        assert booked(driver, 0).attendance is None

    def test_what_was_recorded_can_be_taken_out(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        stand_on(driver, 0)
        driver.press(Key.Key_2, Key.Key_0, into=driver.tab.grid)
        assert booked(driver, 0).attendance is None

    @with_menu
    def test_at_any_other_time_it_is_asked_how_late(self, driver: Driver) -> None:
        driver.book(3, ANYBODY, at(13, day=at(9).date().replace(day=31)))
        driver.tab.reload()
        driver.settle()
        stand_on(driver, 3)
        driver.press(Key.Key_3, into=driver.tab.grid)
        choose(driver, "late-10")
        assert booked(driver, 3).late_minutes == 10

    @with_menu
    def test_two_clicks_with_the_menu(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        grid = driver.tab.grid
        grid.menu_wanted.emit(driver.card(0), grid.mapToGlobal(QPoint(50, 50)))
        choose(driver, "came")
        assert booked(driver, 0).attendance is Attendance.ATTENDED

    @with_menu
    def test_who_was_absent_may_be_given_another_day(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        stand_on(driver, 0)
        driver.press(Key.Key_2, into=driver.tab.grid)
        grid = driver.tab.grid
        grid.menu_wanted.emit(driver.card(0), grid.mapToGlobal(QPoint(50, 50)))
        choose(driver, "postpone")
        assert driver.booked() == {}

    def test_postponed_somebody_waits_again_and_is_to_be_told(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.qtbot.mouseClick(driver.tab.notices.told, Qt.MouseButton.LeftButton)
        driver.settle()
        stand_on(driver, 0)
        driver.press(Key.Key_4, into=driver.tab.grid)
        assert driver.booked() == {}
        assert driver.tab.waiting.model.rowCount() == 8
        (one,) = unannounced(driver.desk.database, driver.desk.programme_id)
        assert one.news is News.CANCELLED
        assert driver.tab.notices.model.count(News.CANCELLED) == 1

    def test_withdrawn_somebody_leaves_the_calendar_for_good(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        stand_on(driver, 0)
        driver.press(Key.Key_5, into=driver.tab.grid)
        assert driver.booked() == {}
        assert driver.tab.waiting.model.rowCount() == 7
        take_back(driver)
        assert driver.card(0).start == at(9)

    def test_an_interview_that_took_place_is_not_taken_up(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        stand_on(driver, 0)
        driver.press(Key.Key_1, Key.Key_Return, into=driver.tab.grid)
        assert driver.tab.grid.carry is None
        driver.drag_card(0, driver.place(DX, at(9, 30)))
        assert driver.card(0).start == at(9)


class TestToBeTold:
    def test_new_changed_and_called_off_are_listed_with_old_and_new_time(self, driver: Driver) -> None:
        notices = driver.tab.notices
        assert not notices.isVisible()
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.drag_from_list(2, driver.place(ANYBODY, at(9)))
        assert notices.isVisible()
        assert notices.heading.text() == "To be told: 2 people"
        driver.qtbot.mouseClick(notices.told, Qt.MouseButton.LeftButton)
        driver.settle()
        assert not notices.isVisible()
        driver.drag_card(0, driver.place(DX, at(9, 30)))
        stand_on(driver, 2)
        driver.press(Key.Key_Delete, into=driver.tab.grid)
        assert notices.counts.text() == "Changed 1, Called off 1"
        assert Sign.CHANGED in signs_of(driver.card(0))
        changed = driver.tab.grid.lines_at(driver.point(driver.card(0).place))
        assert "Changed since it was announced; told was Wed, 30 Oct 9:00–9:30" in changed
        spoken = notices.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert "9:00–9:30" in spoken
        assert "9:30–10:00" in spoken

    def test_only_those_chosen_are_recorded_and_it_can_be_taken_back(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        notices = driver.tab.notices
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.drag_from_list(2, driver.place(ANYBODY, at(9)))
        first = notices.model.affected(0)
        assert first is not None
        notices.people.setCurrentIndex(notices.model.index(0))
        assert notices.told.text() == "1 was told"
        driver.qtbot.mouseClick(notices.told, Qt.MouseButton.LeftButton)
        driver.settle()
        assert notices.model.rowCount() == 1
        assert len(announcements_of(driver.desk.database, first.entry_id)) == 1
        assert messages[-1].action == "Take it back"
        take_back(driver)
        assert notices.model.rowCount() == 2

    def test_return_goes_to_the_interview(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.tab.grid.go_to_day(at(9).date().replace(day=31))
        notices = driver.tab.notices
        notices.people.setCurrentIndex(notices.model.index(0))
        driver.press(Key.Key_Return, into=notices.people)
        card = driver.tab.grid.current_card()
        assert card is not None
        assert card.person.number == number(0)

    def test_the_letters_are_one_click_away(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        with driver.qtbot.waitSignal(driver.tab.act_wanted) as wanted:
            driver.qtbot.mouseClick(driver.tab.notices.letters, Qt.MouseButton.LeftButton)
        assert wanted.args == ["papers.interview-invitation"]


class TestPanel:
    """Two sit together: one of 職員課 and one of the host department."""

    @pytest.fixture
    def panel(self, driver: Driver) -> Driver:
        database, programme_id = driver.desk.database, driver.desk.programme_id
        for one in interviewer_settings(database, programme_id=programme_id):
            role = "職員課" if "職員課" in one.name else "受入部署"
            save_interviewer(database, settings=replace(one, role=role))
        now = interview_settings(database, programme_id=programme_id)
        wanted = replace(now, interview_panel=("職員課", "受入部署"))
        save_settings(database, programme_id=programme_id, settings=wanted)
        driver.tab.reload()
        driver.settle()
        return driver

    def columns_of(self, driver: Driver, index: int) -> list[str]:
        board = driver.tab.grid.board
        assert board is not None
        key = driver.card(index).person.key
        return [board.columns[card.column].interviewer.name for card in board.cards_of(key)]

    def test_dropped_on_one_of_them_the_panel_is_completed_and_both_columns_show_it(
        self, panel: Driver
    ) -> None:
        panel.drag_from_list(0, panel.place(DX, at(9)))
        assert self.columns_of(panel, 0) == ["職員課　佐野", "デジタル推進室　辻"]
        words = panel.tab.grid.lines_at(panel.point(panel.card(0).place))
        assert "職員課　佐野, デジタル推進室　辻" in words
        assert Sign.SEVERAL in signs_of(panel.card(0))

    def test_moved_the_others_come_along(self, panel: Driver) -> None:
        panel.drag_from_list(0, panel.place(DX, at(9)))
        panel.drag_card(0, panel.place(ANYBODY, at(9, 30)))
        assert self.columns_of(panel, 0) == ["職員課　佐野", "デジタル推進室　辻"]
        assert panel.card(0).start == at(9, 30)

    def test_two_of_one_role_do_not_make_a_panel(self, panel: Driver) -> None:
        board = panel.tab.grid.board
        assert board is not None
        panel.drag_from_list(0, panel.place(DX, at(9)))
        other = panel.person(3)
        place = panel.place(CHILD, at(9))
        board = panel.tab.grid.board
        assert board is not None
        assert board.verdict(other, place).code == "interview.panel-incomplete"
