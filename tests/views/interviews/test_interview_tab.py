"""The calendar with real mouse and keys, on a real database."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_driver import Driver
from interview_scene import at, entry_of, interviewers_file, number
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_booking import move, set_locked
from fujisawa_desktop.services.interview_imports import import_interviewers
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews import InterviewsTab
from fujisawa_desktop.views.interviews.board import CardState
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.widgets import Button

ANYBODY, DX, CHILD = "佐野", "辻", "南"
Key = Qt.Key


class TestMouse:
    def test_somebody_dragged_from_the_list_is_booked_there(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9, 30)))
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9, 30))}
        assert driver.tab.waiting.model.row_of(entry_of(driver.view(), 0)) == -1
        assert messages[-1].action
        assert not driver.tab.hands.hand.isVisible()

    def test_while_dragging_the_hand_shows_who_and_letting_go_elsewhere_changes_nothing(
        self, driver: Driver
    ) -> None:
        source = driver.tab.waiting.people.viewport()
        start = driver.row_point(0)
        driver.qtbot.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
        driver.qtbot.mouseMove(source, start + QPoint(40, 60))
        assert driver.tab.hands.hand.isVisible()
        assert driver.tab.grid.carry is not None
        driver.qtbot.mouseRelease(source, Qt.MouseButton.LeftButton, pos=start + QPoint(10, 60))
        driver.settle()
        assert driver.tab.grid.carry is None
        assert not driver.tab.hands.hand.isVisible()
        assert driver.booked() == {}

    def test_an_interview_dragged_to_another_time_is_moved(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.drag_card(0, driver.place(ANYBODY, at(9, 30)))
        assert driver.booked() == {number(0): ("職員課　佐野", at(9, 30))}

    def test_dropping_an_interview_where_it_was_changes_nothing(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        told = len(messages)
        here = driver.point(driver.card(0).place)
        driver.drag(driver.tab.grid.viewport(), here, here + QPoint(9, 9))
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9))}
        assert len(messages) == told

    def test_a_taken_place_is_refused_in_words(self, driver: Driver, messages: list[Message]) -> None:
        driver.drag_from_list(0, driver.place(ANYBODY, at(9)))
        driver.drag_from_list(1, driver.place(ANYBODY, at(9)))
        assert list(driver.booked()) == [number(0)]
        assert messages[-1].tone == "wrong"
        assert "職員課　佐野" in messages[-1].text
        assert "髙橋　美咲" in messages[-1].text

    def test_a_time_not_wished_asks_first_and_can_be_booked_all_the_same(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        driver.drag_from_list(0, driver.place(DX, at(11)))
        assert driver.booked() == {}
        assert messages[-1].tone == "caution"
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        driver.settle()
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(11))}
        assert driver.card(0).booked is not None
        assert driver.card(0).booked.problems == ("applicant-away",)

    def test_a_double_click_on_a_free_place_books_whom_the_list_has_chosen(self, driver: Driver) -> None:
        driver.choose(2)
        place = driver.place(DX, at(9))
        driver.qtbot.mouseDClick(
            driver.tab.grid.viewport(), Qt.MouseButton.LeftButton, pos=driver.point(place)
        )
        driver.settle()
        assert driver.booked() == {number(2): ("デジタル推進室　辻", at(9))}

    def test_taken_in_hand_by_a_double_click_somebody_is_put_down_by_a_click(self, driver: Driver) -> None:
        people = driver.tab.waiting.people.viewport()
        driver.qtbot.mouseDClick(people, Qt.MouseButton.LeftButton, pos=driver.row_point(0))
        assert driver.tab.grid.carry is not None
        place = driver.place(DX, at(9, 30))
        driver.qtbot.mouseMove(driver.tab.grid.viewport(), driver.point(place))
        driver.qtbot.mouseClick(
            driver.tab.grid.viewport(), Qt.MouseButton.LeftButton, pos=driver.point(place)
        )
        driver.settle()
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9, 30))}

    def test_a_fixed_interview_cannot_be_dragged(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        booked = driver.card(0).booked
        assert booked is not None
        set_locked(driver.desk.database, interview_id=booked.interview_id, locked=True)
        driver.tab.reload()
        driver.settle()
        driver.drag_card(0, driver.place(DX, at(9, 30)))
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9))}

    @pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    def test_the_menu_of_an_interview_cancels_it(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        point = driver.point(driver.card(0).place)
        grid = driver.tab.grid
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, grid.viewport().mapToGlobal(point))
        QApplication.sendEvent(grid.viewport(), event)
        menu = next(menu for menu in driver.tab.findChildren(QMenu) if menu.isVisible())
        acts = {action.objectName(): action for action in menu.actions()}
        assert [name for name in acts if name] == [
            "move", "lock", "cancel", "came", "absent", "late", "unmark", "postpone", "withdraw",
            "details", "who",
        ]  # fmt: skip
        assert not acts["unmark"].isEnabled()
        acts["cancel"].trigger()
        driver.settle()
        assert driver.booked() == {}


class TestKeyboard:
    def test_list_return_arrows_return_books_and_goes_on_with_the_next(self, driver: Driver) -> None:
        driver.tab.focus_search()
        driver.press(Key.Key_Down)
        people = driver.tab.waiting.people
        assert people.hasFocus()
        first = people.current_person()
        assert first is not None
        driver.press(Key.Key_Return)
        assert driver.tab.grid.hasFocus()
        proposed = driver.tab.grid.cursor_place
        assert proposed is not None
        assert first.can_come(proposed.start, proposed.end)
        driver.press(Key.Key_Down, Key.Key_Return)
        assert [start for _who, start in driver.booked().values()] == [
            driver.tab.grid.cursor_place.start if driver.tab.grid.cursor_place else None
        ]
        assert people.hasFocus()
        follower = people.current_person()
        assert follower is not None
        assert follower.entry_id != first.entry_id

    def test_return_takes_an_interview_up_and_puts_it_down(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.tab.grid.setFocus()
        driver.tab.grid.go_to_interview(driver.view().interviews[0].interview_id)
        driver.press(Key.Key_Return, Key.Key_Left, Key.Key_Down, Key.Key_Return)
        assert driver.booked() == {number(0): ("職員課　佐野", at(9, 30))}

    def test_escape_leaves_everything_as_it_was(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.tab.grid.setFocus()
        driver.press(Key.Key_Return, Key.Key_Left, Key.Key_Escape)
        assert driver.tab.grid.carry is None
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9))}

    def test_delete_cancels_and_undo_brings_it_back(self, driver: Driver, messages: list[Message]) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.tab.grid.setFocus()
        driver.press(Key.Key_Delete)
        assert driver.booked() == {}
        with driver.qtbot.waitSignal(driver.tab.act_wanted) as wanted:
            assert messages[-1].on_action is not None
            messages[-1].on_action()
        assert wanted.args == ["edit.undo"]
        driver.desk.changed.emit(undo(driver.desk.database))
        driver.settle()
        assert driver.card(0).start == at(9)

    def test_l_fixes_and_releases(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.tab.grid.setFocus()
        driver.press(Key.Key_L)
        assert driver.view().interviews[0].is_locked
        driver.press(Key.Key_Delete)
        assert len(driver.booked()) == 1
        driver.press(Key.Key_L, Key.Key_Delete)
        assert driver.booked() == {}

    def test_the_place_is_said_to_a_screen_reader(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        grid = driver.tab.grid
        grid.setFocus()
        said = grid.accessibleDescription()
        assert "髙橋　美咲" in said
        assert "タカハシ ミサキ" in said
        assert "デジタル推進室　辻" in said
        driver.press(Key.Key_Down)
        assert grid.accessibleDescription() != said
        assert "free" in grid.accessibleDescription()
        driver.press(Key.Key_End)
        assert "away" in grid.accessibleDescription()

    def test_the_search_box_leaves_only_those_who_are_found(self, driver: Driver) -> None:
        waiting = driver.tab.waiting
        driver.tab.focus_search()
        driver.qtbot.keyClicks(waiting.search, number(0))
        assert [waiting.model.index(row).data() for row in range(waiting.model.rowCount())] == ["髙橋　美咲"]
        driver.qtbot.keyClicks(waiting.search, "9")
        assert waiting.model.rowCount() == 0
        assert not waiting.people.isVisible()
        driver.press(Key.Key_Escape, into=waiting.search)
        assert waiting.model.rowCount() == 8

    def test_the_working_group_limits_who_is_shown_as_waiting(self, driver: Driver, desk: Desk) -> None:
        waiting = driver.tab.waiting
        assert waiting.group_chip.isHidden()
        desk.group.take([entry_of(driver.view(), 0), entry_of(driver.view(), 2)])
        assert waiting.group_chip.isVisible()
        assert waiting.model.rowCount() == 8
        driver.qtbot.mouseClick(waiting.group_chip.only_button, Qt.MouseButton.LeftButton)
        shown = [waiting.model.person(row) for row in range(waiting.model.rowCount())]
        assert {person.number for person in shown if person is not None} == {number(0), number(2)}
        desk.group.take([10**9])
        assert waiting.model.rowCount() == 0
        assert not waiting.people.isVisible()
        driver.qtbot.mouseClick(waiting.group_chip.drop_button, Qt.MouseButton.LeftButton)
        assert waiting.model.rowCount() == 8
        assert waiting.group_chip.isHidden()


class TestPlan:
    def test_made_looked_at_and_booked(self, driver: Driver, messages: list[Message]) -> None:
        tab = driver.tab
        driver.qtbot.mouseClick(tab.bar.plan, Qt.MouseButton.LeftButton)
        driver.settle()
        assert tab.grid.board is not None
        assert {card.state for card in tab.grid.board.cards} == {CardState.NEW}
        assert len(tab.grid.board.cards) == 8
        assert driver.booked() == {}
        assert tab.waiting.model.rowCount() == 0
        assert tab.bar.apply.isVisible()
        assert not tab.bar.plan.isVisible()
        driver.qtbot.mouseClick(tab.bar.apply, Qt.MouseButton.LeftButton)
        driver.settle()
        assert len(driver.booked()) == 8
        assert {card.state for card in tab.grid.board.cards} == {CardState.BOOKED}
        assert "8" in messages[-1].text

    def test_who_does_not_fit_is_named_with_reason_and_fix(self, driver: Driver, tmp_path: Path) -> None:
        take_in_half_an_hour(driver, tmp_path)
        tab = driver.tab
        tab.make_plan()
        driver.settle()
        said = " ".join(tab.panel.labels())
        assert "people can only be interviewed within 10/30 9:00–9:30" in said
        assert "get a place" in said
        assert "楜澤　涼介" in said
        assert 0 < tab.waiting.model.rowCount() < 8
        tab.apply_plan()
        driver.settle()
        assert "people can only be interviewed" in " ".join(tab.panel.labels())

    def test_a_fix_can_be_tried_but_not_booked(
        self, driver: Driver, tmp_path: Path, messages: list[Message]
    ) -> None:
        take_in_half_an_hour(driver, tmp_path)
        tab = driver.tab
        tab.make_plan()
        driver.settle()
        before = tab.waiting.model.rowCount()
        button = next(child for child in buttons(tab) if child.text() == "Try")
        driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        driver.settle()
        assert tab.waiting.model.rowCount() < before
        assert tab.grid.board is not None
        assert any(column.interviewer.name == "+1" for column in tab.grid.board.columns)
        assert not tab.bar.apply.isEnabled()
        tab.apply_plan()
        driver.settle()
        assert driver.booked() == {}
        assert messages[-1].action

    def test_while_a_plan_is_looked_at_nothing_is_booked_by_hand(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        driver.tab.make_plan()
        driver.settle()
        driver.tab.grid.setFocus()
        driver.press(Key.Key_Delete, Key.Key_L)
        driver.drag_card(0, driver.place(DX, at(10)))
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9))}
        assert not driver.view().interviews[0].is_locked

    def test_a_plan_is_forgotten_when_what_it_stands_on_changes(self, driver: Driver) -> None:
        driver.tab.make_plan()
        driver.settle()
        driver.book(0, DX, at(9))
        driver.tab.reload()
        driver.settle()
        assert driver.tab.grid.board is not None
        assert driver.tab.grid.board.plan is None
        assert driver.tab.bar.plan.isVisible()

    def test_a_plan_outdated_by_another_window_is_refused_and_the_calendar_read_again(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        driver.tab.make_plan()
        driver.settle()
        driver.book(0, DX, at(9))
        driver.tab.apply_plan()
        driver.settle()
        assert messages[-1].tone == "wrong"
        assert len(driver.booked()) == 1

    def test_planning_can_be_stopped(self, driver: Driver, messages: list[Message]) -> None:
        driver.tab.make_plan()
        driver.desk.tasks.cancel_long()
        driver.settle()
        assert driver.tab.grid.board is not None
        assert driver.tab.grid.board.plan is None
        assert "Stopped" in messages[-1].text

    def test_without_a_plan_there_is_nothing_to_book(self, driver: Driver, messages: list[Message]) -> None:
        driver.tab.actions_served()["plan.apply"]()
        assert messages[-1].action == "Make a plan"

    def test_stop_looking_brings_the_bookings_back(self, driver: Driver) -> None:
        driver.tab.make_plan()
        driver.settle()
        link = next(child for child in buttons(driver.tab) if child.text() == "Stop looking at the plan")
        driver.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        assert driver.tab.grid.board is not None
        assert driver.tab.grid.board.cards == ()
        assert driver.tab.waiting.model.rowCount() == 8


class TestTwoWindows:
    def test_a_place_taken_meanwhile_is_refused_and_the_calendar_read_again(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        place = driver.place(ANYBODY, at(9))
        driver.book(1, ANYBODY, at(9))
        driver.drag_from_list(0, place)
        assert list(driver.booked()) == [number(1)]
        assert messages[-1].tone == "wrong"
        assert driver.card(1).start == at(9)

    @pytest.mark.parametrize("mine", [False, True])
    def test_of_an_interview_moved_meanwhile_both_places_are_shown(
        self, driver: Driver, messages: list[Message], *, mine: bool
    ) -> None:
        driver.drag_from_list(0, driver.place(DX, at(9)))
        interview = driver.view().interviews[0]
        move(
            driver.desk.database,
            interview_id=interview.interview_id,
            interviewer_id=interview.interviewer_ids[0],
            start=at(9, 30),
        )
        driver.drag_card(0, driver.place(ANYBODY, at(10)))
        dialog = driver.tab.findChild(ConflictDialog)
        assert dialog is not None
        assert dialog.isVisible()
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9, 30))}
        if mine:
            dialog.mine_button.click()
            dialog.save_button.click()
            driver.settle()
            assert messages[-1].on_action is not None  # the rules judge the choice, too
        else:
            dialog.stop_button.click()
            driver.settle()
        assert driver.booked() == {number(0): ("デジタル推進室　辻", at(9, 30))}
        assert driver.card(0).start == at(9, 30)


def take_in_half_an_hour(driver: Driver, folder: Path) -> None:
    """Leave the office only half an hour on the first day: three people want it."""
    rows = [("職員課 佐野", "", "2024-10-30", "9:00", "9:30")]
    rows += [("デジタル推進室 辻", "DX", "2024-10-30", "15:00", "15:30")]
    rows += [("子育て企画課 南", "子ども", "2024-10-30", "15:00", "15:30")]
    result = import_interviewers(
        driver.desk.database,
        programme_id=driver.desk.programme_id,
        file=interviewers_file(folder, rows, "short.csv"),
    )
    driver.desk.changed.emit(result.change)
    driver.settle()


def buttons(tab: InterviewsTab) -> list[Button]:
    return [button for button in tab.panel.findChildren(Button) if button.isVisible()]
