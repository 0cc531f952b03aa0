"""Blocks of the grid with real keys and the mouse: fill, copy, paste, weeks, dragging, the menu."""

from __future__ import annotations

from datetime import date

import pytest
from appointed import FOUR, TEN_DAYS, work
from hours_scene import acts, agree, dec
from payroll_page import Key, Page
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.history import undo, undo_state
from fujisawa_desktop.services.hours import Cell
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.payroll.skipped_dialog import SkippedDialog
from fujisawa_desktop.views.theme import tokens

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(empty_page: Page) -> Page:
    return empty_page


def planned(page: Page, number: str, *days: int) -> list[int]:
    return [page.cell(number, day).planned_minutes for day in days]


def put(page: Page, number: str, day: int, text: str) -> None:
    page.go(number, day)
    page.type(text)


def press(page: Page, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    page.key(key, modifier)
    page.wait()


class TestFilling:
    def test_down_from_the_uppermost(self, page: Page, database: Database) -> None:
        put(page, SAKURA, 2, "9-15:45")
        before = acts(database)
        page.choose((SAKURA, 2), (RYOSUKE, 2), (YUI, 2))
        press(page, Key.Key_D, CTRL)
        assert [planned(page, number, 2) for number in (SAKURA, RYOSUKE, YUI, MISAKI)] == [
            [345],
            [345],
            [345],
            [0],
        ]
        assert acts(database) - before == 1
        state = undo_state(database).undo
        assert state is not None
        assert state.code == "hours.filled-down"

    def test_one_cell_takes_what_stands_above_or_left(self, page: Page) -> None:
        put(page, SAKURA, 2, "半")
        page.go(RYOSUKE, 2)
        press(page, Key.Key_D, CTRL)
        assert planned(page, RYOSUKE, 2) == [180]
        page.go(RYOSUKE, 3)
        press(page, Key.Key_R, CTRL)
        assert planned(page, RYOSUKE, 3) == [180]
        page.go(SAKURA, 1)
        press(page, Key.Key_R, CTRL)  # nothing stands left of the first day
        press(page, Key.Key_D, CTRL)  # and nobody above the first person
        assert planned(page, SAKURA, 1) == [0]

    def test_to_the_right_one_bad_day_changes_nothing(self, page: Page, messages: list[Message]) -> None:
        put(page, RYOSUKE, 5, "半")
        page.drag(RYOSUKE, 5, 6)
        page.drag(RYOSUKE, 4, 7)
        press(page, Key.Key_R, CTRL)
        assert planned(page, RYOSUKE, 4, 5, 6, 7) == [0, 0, 0, 0]  # the free Wednesday went over all
        put(page, RYOSUKE, 4, "半")
        page.go(SAKURA, 2)
        page.drag(RYOSUKE, 4, 7)
        press(page, Key.Key_R, CTRL)
        assert planned(page, RYOSUKE, 4, 5, 6, 7) == [180, 0, 0, 0]
        why = texts.message_for("shift.closed-saturday", {"date": dec(7)})
        assert messages[-1].tone == "wrong"
        assert why in messages[-1].text
        assert "楜澤　涼介" in messages[-1].text


class TestClipboard:
    def test_a_block_is_pasted_elsewhere_with_one_undo(self, page: Page, database: Database) -> None:
        put(page, RYOSUKE, 2, "終")
        put(page, RYOSUKE, 4, "9-12 13-14")
        page.go(SAKURA, 2)
        page.drag(RYOSUKE, 2, 4)
        press(page, Key.Key_C, CTRL)
        assert QGuiApplication.clipboard().text() == "終\t\t半, 13-14"
        before = acts(database)
        page.go(YUI, 9)
        press(page, Key.Key_V, CTRL)
        assert planned(page, YUI, 9, 10, 11) == [360, 0, 240]
        assert acts(database) - before == 1
        undo(database)
        page.tab.reload()
        page.wait()
        assert planned(page, YUI, 9, 10, 11) == [0, 0, 0]

    def test_what_a_spreadsheet_copied(self, page: Page) -> None:
        put(page, SAKURA, 4, "終")
        QGuiApplication.clipboard().setText("9:00-12:00\t９－１６\r\n\t半\r\n")
        page.go(SAKURA, 3)
        press(page, Key.Key_V, CTRL)
        assert planned(page, SAKURA, 3, 4) == [180, 360]
        assert planned(page, RYOSUKE, 3, 4) == [0, 180]

    def test_one_cell_fills_all_that_are_chosen(self, page: Page) -> None:
        put(page, SAKURA, 2, "半")
        page.go(SAKURA, 2)
        press(page, Key.Key_C, CTRL)
        page.go(YUI, 9)
        page.drag(RYOSUKE, 3, 5)
        press(page, Key.Key_V, CTRL)
        assert planned(page, RYOSUKE, 2, 3, 4, 5, 6) == [0, 180, 180, 180, 0]

    def test_cutting_takes_it_away(self, page: Page) -> None:
        put(page, SAKURA, 2, "半")
        page.go(SAKURA, 2)
        press(page, Key.Key_X, CTRL)
        assert planned(page, SAKURA, 2) == [0]
        page.go(SAKURA, 4)
        press(page, Key.Key_V, CTRL)
        assert planned(page, SAKURA, 4) == [180]

    @pytest.mark.parametrize("text", ["", "終\n半\n終\n半\n終"])
    def test_nothing_or_too_much(self, page: Page, messages: list[Message], text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        page.go(SAKURA, 2)
        press(page, Key.Key_V, CTRL)
        too_big = texts.message_for("hours.paste-too-big", {"rows": 5, "columns": 1})
        assert messages[-1].text == (too_big if text else texts.message_for("hours.paste-nothing", {}))
        assert planned(page, SAKURA, 2) == [0]

    def test_a_text_that_is_no_time_names_person_and_day(self, page: Page, messages: list[Message]) -> None:
        QGuiApplication.clipboard().setText("終\t合計")
        page.go(SAKURA, 2)
        press(page, Key.Key_V, CTRL)
        assert planned(page, SAKURA, 2, 3) == [0, 0]
        assert messages[-1].tone == "wrong"
        assert "葛城　さくら" in messages[-1].text
        assert texts.message_for("shift.unreadable", {"text": "合計"}) in messages[-1].text


class TestWeeks:
    def test_this_week_onto_the_next_and_the_mark_goes_with_it(
        self, page: Page, database: Database, messages: list[Message]
    ) -> None:
        put(page, RYOSUKE, 2, "終")
        put(page, SAKURA, 4, "半")
        before = acts(database)
        page.choose((SAKURA, 4), (RYOSUKE, 3))
        press(page, Key.Key_K, CTRL)
        assert planned(page, RYOSUKE, 9, 10) == [360, 0]
        assert planned(page, SAKURA, 11) == [180]
        assert page.here()[1] == 10
        assert acts(database) - before == 1
        assert messages[-1].text == _("The week was copied.")
        assert messages[-1].action == _("Take it back")
        page.go(RYOSUKE, 9)
        page.tab.grid.days.do("copy-week:2")
        page.wait()
        assert planned(page, RYOSUKE, 16, 23) == [360, 360]

    def test_a_week_without_hours(self, page: Page, messages: list[Message]) -> None:
        page.go(RYOSUKE, 3)
        press(page, Key.Key_K, CTRL)
        assert messages[-1].text == texts.message_for("hours.week-empty", {"date": dec(2)})

    def test_the_usual_week_of_those_chosen(
        self,
        page: Page,
        database: Database,
        messages: list[Message],
    ) -> None:
        agree(database, page.person(RYOSUKE).member, {"0": "半"})
        page.choose((RYOSUKE, 3), (SAKURA, 3))
        press(page, Key.Key_U, CTRL)
        assert planned(page, RYOSUKE, 2, 9, 16, 23, 30) == [180, 180, 180, 180, 0]
        assert messages[-1].tone == "caution"
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        QApplication.processEvents()
        (dialog,) = page.tab.findChildren(SkippedDialog)
        lines = [dialog.list.item(at).text() for at in range(dialog.list.count())]
        assert len(lines) == 2
        assert any(
            "葛城　さくら" in line
            and texts.message_for("hours.usual-none", {"person": "葛城　さくら"}) in line
            for line in lines
        )
        assert any(texts.message_for("shift.closed-year-end", {"date": dec(30)}) in line for line in lines)
        page.click(dialog.close_button)
        undo(database)
        page.tab.reload()
        page.wait()
        assert planned(page, RYOSUKE, 2) == [0]


class TestDragging:
    def drag(
        self,
        page: Page,
        number: str,
        first: int,
        last: int,
        modifier: Qt.KeyboardModifier = NONE,
        *,
        drop: bool = True,
    ) -> None:
        days = page.tab.grid.days
        port = days.viewport()
        start, end = (days.visualRect(page.index(number, day)).center() for day in (first, last))
        page.qtbot.mousePress(port, LEFT, NONE, start)
        page.qtbot.mouseMove(port, (start + end) / 2)
        page.qtbot.mouseMove(port, end)
        if drop:
            page.qtbot.mouseRelease(port, LEFT, modifier, end)
            page.wait()

    def test_a_filled_cell_moves_to_another_day(
        self, page: Page, database: Database, messages: list[Message]
    ) -> None:
        put(page, RYOSUKE, 2, "9-15:45")
        before = acts(database)
        page.go(RYOSUKE, 2)
        self.drag(page, RYOSUKE, 2, 4)
        assert planned(page, RYOSUKE, 2, 3, 4) == [0, 0, 345]
        assert page.here()[1] == 4
        assert acts(database) - before == 1
        assert messages[-1].text == _("The hours were moved.")
        assert messages[-1].action == _("Take it back")

    def test_with_ctrl_it_is_copied(self, page: Page) -> None:
        put(page, RYOSUKE, 2, "半")
        page.go(RYOSUKE, 2)
        self.drag(page, RYOSUKE, 2, 4, CTRL)
        assert planned(page, RYOSUKE, 2, 4) == [180, 180]

    def test_a_rule_refuses_the_day(self, page: Page, messages: list[Message]) -> None:
        put(page, RYOSUKE, 6, "半")
        page.go(RYOSUKE, 6)
        self.drag(page, RYOSUKE, 6, 8)
        assert planned(page, RYOSUKE, 6, 8) == [180, 0]
        assert texts.message_for("shift.closed-sunday", {"date": dec(8)}) in messages[-1].text

    def test_escape_lets_go(self, page: Page) -> None:
        put(page, RYOSUKE, 2, "半")
        page.go(RYOSUKE, 2)
        self.drag(page, RYOSUKE, 2, 4, drop=False)
        drag = page.tab.grid.days.drag
        assert drag.running
        assert drag.is_target(page.index(RYOSUKE, 4))
        assert not drag.is_target(page.index(RYOSUKE, 3))
        picture = page.tab.grid.days.viewport().grab().toImage()
        rect = page.tab.grid.days.visualRect(page.index(RYOSUKE, 4))
        edge = {picture.pixelColor(rect.left() + 2, y).name() for y in range(rect.top(), rect.bottom())}
        assert QColor(tokens().key).name() in edge
        page.key(Key.Key_Escape)
        assert not drag.running
        page.qtbot.mouseRelease(page.tab.grid.days.viewport(), LEFT, NONE, rect.center())
        page.wait()
        assert planned(page, RYOSUKE, 2, 4) == [180, 0]

    def test_other_drags_choose_as_before(self, page: Page) -> None:
        put(page, RYOSUKE, 2, "半")
        page.go(RYOSUKE, 3)
        self.drag(page, RYOSUKE, 2, 4)  # filled, but not chosen alone before
        assert len(page.tab.grid.days.chosen_places()) == 3
        assert planned(page, RYOSUKE, 2, 4) == [180, 0]
        page.go(RYOSUKE, 5)
        self.drag(page, RYOSUKE, 5, 6)  # chosen alone, but empty
        assert len(page.tab.grid.days.chosen_places()) == 2

    def test_a_click_is_no_drag_and_two_open_the_field(self, page: Page) -> None:
        put(page, RYOSUKE, 2, "半")
        page.go(RYOSUKE, 2)
        page.go(RYOSUKE, 2)
        days = page.tab.grid.days
        assert not days.drag.held
        assert planned(page, RYOSUKE, 2) == [180]
        page.qtbot.mouseDClick(days.viewport(), LEFT, NONE, days.visualRect(page.index(RYOSUKE, 2)).center())
        editor = page.editor()
        assert editor is not None
        assert editor.text() == "半"


class TestMenu:
    def actions(self, menu: QMenu) -> dict[str, bool]:
        found = {}
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                found |= self.actions(inner)
            elif action.objectName():
                found[action.objectName()] = action.isEnabled()
        return found

    def test_everything_with_its_key(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        menu = page.tab.grid.days.menu()
        offered = self.actions(menu)
        assert list(offered) == [
            "edit",
            "fill:終",
            "fill:半",
            "as-planned",
            "clear",
            "copy",
            "cut",
            "paste",
            "down",
            "right",
            "copy-week:1",
            "copy-week:2",
            "copy-week:3",
            "copy-week:4",
            "usual-week",
            "reason",
            "period",
        ]
        assert [name for name, on in offered.items() if not on] == ["reason"]
        keys = [action.text().partition("\t")[2] for action in menu.actions() if action.objectName()]
        assert all(keys)
        assert len(set(keys)) == len(keys)
        next(action for action in menu.actions() if action.objectName() == "fill:半").trigger()
        page.wait()
        assert planned(page, RYOSUKE, 2) == [180]
        next(action for action in menu.actions() if action.objectName() == "clear").trigger()
        page.wait()
        assert page.cell(RYOSUKE, 2) == Cell()

    @pytest.mark.parametrize("reason", list(QContextMenuEvent.Reason))
    def test_it_opens_by_the_menu_key_beside_the_mark(
        self, page: Page, monkeypatch: pytest.MonkeyPatch, reason: QContextMenuEvent.Reason
    ) -> None:
        shown: list[QPoint] = []
        monkeypatch.setattr(QMenu, "popup", lambda _menu, at: shown.append(at))
        page.go(RYOSUKE, 2)
        days = page.tab.grid.days
        QApplication.sendEvent(days.viewport(), QContextMenuEvent(reason, QPoint(1, 1), QPoint(3, 4)))
        middle = days.viewport().mapToGlobal(days.visualRect(page.index(RYOSUKE, 2)).center())
        assert shown == [middle if reason is QContextMenuEvent.Reason.Keyboard else QPoint(3, 4)]

    def test_typing_is_offered(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        page.tab.grid.days.do("edit")
        assert page.editor() is not None

    def test_a_closed_month_offers_only_to_look(
        self, page: Page, database: Database, programme_id: int
    ) -> None:
        work(database, programme_id, page.person(RYOSUKE).member, TEN_DAYS[:1], "半")
        close_month(database, programme_id=programme_id, year=2024, month=12)
        page.tab.reload()
        page.wait()
        page.go(RYOSUKE, 2)
        offered = self.actions(page.tab.grid.days.menu())
        assert [name for name, on in offered.items() if on] == ["copy", "period"]


def test_nobody_chosen_says_what_to_do(page: Page, messages: list[Message]) -> None:
    page.tab.grid.days.selectionModel().clear()
    for act in (page.tab.hours.copy_week, page.tab.hours.fill_usual_week):
        act()
        assert messages[-1].text == _("Choose cells of the people first.")


def test_two_people_in_january(page: Page, database: Database, four_members: dict[str, Member]) -> None:
    agree(database, four_members[YUI], {"1": "終"})
    page.key(Key.Key_PageDown)
    page.wait()
    page.go(YUI, 10)
    press(page, Key.Key_U, CTRL)
    assert page.tab.shown.month == (2025, 1)
    assert planned(page, YUI, 7, 14, 21, 28) == [360, 360, 360, 360]
    assert page.person(YUI).cells[date(2025, 1, 7)].planned_minutes == 360


@pytest.fixture
def four_members(page: Page) -> dict[str, Member]:
    assert page.tab.shown.view is not None
    return {person.member.number: person.member for person in page.tab.shown.view.people}
