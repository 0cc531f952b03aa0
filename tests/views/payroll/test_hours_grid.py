"""The hours grid: typing, filling, clearing, moving, refusals; with real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from appointed import FOUR, TEN_DAYS, Person, add_people, appoint_four, at, work
from payroll_page import TODAY, Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind, ShiftTime
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.history import undo, undo_state
from fujisawa_desktop.services.hours import Cell
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.payroll import PayrollTab
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.grid import OPEN_LEAST
from fujisawa_desktop.views.payroll.grid_model import CELL_ROLE, FIRST_DAY, NAME, TOTAL
from fujisawa_desktop.views.payroll.grid_paint import fitting_font
from fujisawa_desktop.views.theme import tokens
from fujisawa_desktop.views.widgets import restyle

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settle: Callable[[], None], four: dict[str, Member]) -> Page:
    """December 2024 with four people and no hours."""
    desk.today = lambda: TODAY
    tab = PayrollTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1440, 730)
    tab.show()
    page = Page(tab, qtbot, settle)
    page.wait()
    return page


def test_the_month_of_today_with_everybody(page: Page) -> None:
    names = [page.tab.model.index(row, NAME).data() for row in range(4)]
    assert names == ["葛城　さくら", "楜澤　涼介", "小鳥遊　結衣", "髙橋　美咲"]
    assert page.tab.model.columnCount() == FIRST_DAY + 31
    assert page.here() == (0, 2)  # the first open day of the term
    assert page.tab.grid.days.hasFocus()


class TestTyping:
    @pytest.mark.parametrize(
        ("text", "shift"),
        [
            ("9-12", (at(9), at(12), 0)),
            ("９－１６", (at(9), at(16), 60)),
            ("9:00-15:45", (at(9), at(15, 45), 60)),
            ("0900-1150", (at(9), at(11, 50), 0)),
        ],
    )
    def test_times(self, page: Page, text: str, shift: tuple[object, ...]) -> None:
        page.go(RYOSUKE, 2)
        page.type(text)
        (planned,) = page.cell(RYOSUKE, 2).planned
        assert (planned.start, planned.end, planned.break_minutes) == shift

    def test_plan_or_work_by_the_switch(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        page.type("9-12")
        page.kind(WORKED)
        page.go(RYOSUKE, 2)
        page.type("9-11")
        cell = page.cell(RYOSUKE, 2)
        assert (cell.planned_minutes, cell.worked_minutes) == (180, 120)
        assert page.person(RYOSUKE).expected == 120

    def test_a_sign_from_the_input_method(self, page: Page) -> None:
        """Composing opens the field; Return belongs to the input method until the letter stands."""
        page.go(RYOSUKE, 2)
        days = page.tab.grid.days
        QApplication.sendEvent(days, QInputMethodEvent("はん", []))
        editor = page.editor()
        assert editor is not None
        QApplication.sendEvent(editor, QInputMethodEvent("はん", []))
        assert editor.composing()
        page.key(Key.Key_Return)
        assert page.editor() is editor
        assert page.cell(RYOSUKE, 2) == Cell()
        done = QInputMethodEvent("", [])
        done.setCommitString("半")
        QApplication.sendEvent(editor, done)
        page.key(Key.Key_Return)
        page.wait()
        assert page.cell(RYOSUKE, 2).planned == (ShiftTime(date(2024, 12, 2), at(9), at(12)),)

    def test_one_entry_is_one_act(self, page: Page, database: Database) -> None:
        before = undo_state(database).undo_seq
        page.go(RYOSUKE, 2)
        page.type("9-12")
        after = undo_state(database)
        assert after.undo is not None
        assert after.undo.code == "hours.planned"
        assert (after.undo_seq or 0) - (before or 0) == 1

    @pytest.mark.parametrize(
        ("end", "columns", "rows"),
        [
            (Key.Key_Return, 0, 1),
            (Key.Key_Enter, 0, 1),
            (Key.Key_Down, 0, 1),
            (Key.Key_Up, 0, -1),
            (Key.Key_Tab, 1, 0),
            (Key.Key_Backtab, -1, 0),
        ],
    )
    def test_where_the_mark_goes_afterwards(self, page: Page, end: Qt.Key, columns: int, rows: int) -> None:
        page.go(YUI, 3)
        row, day = page.here()
        page.type("9-12", end)
        assert page.cell(YUI, 3).planned_minutes == 180
        assert page.here() == (row + rows, day + columns)
        assert page.editor() is None

    def test_leaving_the_field_takes_what_was_typed(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        page.type("9-12", None)
        page.go(RYOSUKE, 4)
        page.wait()
        assert page.cell(RYOSUKE, 2).planned_minutes == 180

    def test_escape_throws_it_away(self, page: Page, database: Database) -> None:
        page.go(RYOSUKE, 2)
        page.type("9-12", Key.Key_Escape)
        page.wait()
        assert page.cell(RYOSUKE, 2) == Cell()
        state = undo_state(database).undo
        assert state is not None
        assert state.code == "appoint"

    def test_f2_shows_what_can_be_typed_again(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        page.type("9-15:45")
        page.go(RYOSUKE, 2)
        page.key(Key.Key_F2)
        editor = page.editor()
        assert editor is not None
        assert editor.text() == "9-15:45"
        page.key(Key.Key_Return)
        page.wait()
        assert page.cell(RYOSUKE, 2).planned_minutes == 345

    def test_an_emptied_field_clears_the_cell(self, page: Page) -> None:
        page.go(RYOSUKE, 2)
        page.type("9-12")
        page.go(RYOSUKE, 2)
        page.key(Key.Key_F2)
        editor = page.editor()
        assert editor is not None
        editor.selectAll()
        page.key(Key.Key_Backspace)
        page.key(Key.Key_Return)
        page.wait()
        assert page.cell(RYOSUKE, 2) == Cell()

    def test_what_was_typed_is_remembered_by_the_window(self, page: Page, desk: Desk) -> None:
        page.kind(WORKED)
        page.tab.save_state()
        other = PayrollTab(desk)
        page.qtbot.addWidget(other)
        assert other.entry.kind() is WORKED
        assert other.model.kind is WORKED


class TestManyCells:
    def test_a_usual_day_into_the_chosen_cells(self, page: Page, database: Database) -> None:
        page.drag(RYOSUKE, 3, 5)
        page.click(page.tab.entry.pattern_buttons[0])
        assert [page.cell(RYOSUKE, day).planned_minutes for day in (2, 3, 4, 5, 6)] == [0, 360, 360, 360, 0]
        undo(database)
        page.tab.reload()
        page.wait()
        assert page.person(RYOSUKE).expected == 0

    def test_ctrl_return_fills_the_chosen_cells(self, page: Page) -> None:
        page.drag(RYOSUKE, 3, 5)
        page.type("9-11", None)
        page.key(Key.Key_Return, CTRL)
        page.wait()
        assert [page.cell(RYOSUKE, day).planned_minutes for day in (3, 4, 5)] == [120, 120, 120]

    @pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
    def test_delete_clears_what_the_switch_says(self, page: Page, key: Qt.Key) -> None:
        page.drag(RYOSUKE, 3, 5)
        page.click(page.tab.entry.pattern_buttons[1])
        page.click(page.tab.entry.as_planned)
        page.drag(RYOSUKE, 3, 4)
        page.key(key)
        page.wait()
        cells = [page.cell(RYOSUKE, day) for day in (3, 4, 5)]
        assert [cell.planned_minutes for cell in cells] == [0, 0, 180]
        assert [cell.worked_minutes for cell in cells] == [180, 180, 180]
        page.kind(WORKED)
        page.drag(RYOSUKE, 3, 5)
        page.click(page.tab.entry.clear_days)
        assert [page.cell(RYOSUKE, day).worked_minutes for day in (3, 4, 5)] == [0, 0, 0]

    def test_worked_as_planned_by_key(self, page: Page) -> None:
        page.drag(RYOSUKE, 3, 5)
        page.click(page.tab.entry.pattern_buttons[0])
        page.qtbot.keyClicks(page.tab.grid.days, "=")
        page.wait()
        assert page.person(RYOSUKE).worked == 1080

    def test_nothing_planned_nothing_recorded(self, page: Page, messages: list[Message]) -> None:
        page.go(RYOSUKE, 3)
        page.qtbot.keyClicks(page.tab.grid.days, "=")
        page.wait()
        assert messages[-1].text == texts.message_for("hours.nothing-planned", {})

    def test_copying(self, page: Page) -> None:
        page.drag(RYOSUKE, 3, 4)
        page.click(page.tab.entry.pattern_buttons[0])
        page.drag(RYOSUKE, 2, 4)
        page.key(Key.Key_C, CTRL)
        assert QGuiApplication.clipboard().text() == "\t終\t終"

    def test_alt_keys_fill_and_switch(self, page: Page) -> None:
        page.go(RYOSUKE, 3)
        page.key(Key.Key_2, Qt.KeyboardModifier.AltModifier)
        page.qtbot.waitUntil(lambda: page.cell(RYOSUKE, 3).planned_minutes == 180)
        page.key(Key.Key_R, Qt.KeyboardModifier.AltModifier)
        page.wait()
        assert page.tab.model.kind is WORKED
        page.key(Key.Key_L, Qt.KeyboardModifier.AltModifier)
        page.wait()
        assert page.tab.model.kind is PLANNED


class TestMoving:
    def test_arrows_run_over_the_days_only(self, page: Page) -> None:
        page.go(SAKURA, 2)
        page.key(Key.Key_Left)
        page.key(Key.Key_Left)
        page.key(Key.Key_Left)
        assert page.here() == (0, 1)
        page.key(Key.Key_Down)
        page.key(Key.Key_Right)
        assert page.here() == (1, 2)
        page.key(Key.Key_Return)
        assert page.here() == (2, 2)
        page.wait()
        assert page.tab.pay.selected_rows() == [2]

    def test_page_keys_turn_the_month(self, page: Page) -> None:
        page.key(Key.Key_PageDown)
        page.wait()
        assert page.tab.shown.month == (2025, 1)
        assert page.tab.model.columnCount() == FIRST_DAY + 31
        page.key(Key.Key_PageUp)
        page.wait()
        assert page.tab.shown.month == (2024, 12)

    def test_a_name_is_a_way_to_its_row(self, page: Page) -> None:
        names = page.tab.grid.names
        index = page.tab.model.index(3, NAME)
        page.qtbot.mouseClick(
            names.viewport(), Qt.MouseButton.LeftButton, pos=names.visualRect(index).center()
        )
        assert page.here() == (3, 2)
        assert page.tab.grid.days.hasFocus()


class TestRefusals:
    def test_over_the_cap_the_text_stays_to_be_corrected(
        self,
        page: Page,
        database: Database,
        programme_id: int,
        four: dict[str, Member],
        messages: list[Message],
    ) -> None:
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:9], "終", PLANNED)
        page.tab.reload()
        page.wait()
        page.go(RYOSUKE, 23)
        page.type("9-16")
        day = date(2024, 12, 23)
        said = texts.message_for("cap.planned-not-below", {"date": day, "total_hm": 3600, "cap_hm": 3600})
        assert (messages[-1].text, messages[-1].tone) == (said, "wrong")
        editor = page.editor()
        assert editor is not None
        assert (editor.text(), editor.property("wrong")) == ("9-16", True)
        assert page.here()[1] == 23
        page.type("9-15:59", None)
        assert not editor.property("wrong")
        page.key(Key.Key_Return)
        page.wait()
        assert page.cell(RYOSUKE, 23).planned_minutes == 359
        assert page.editor() is None

    def test_leaving_a_refused_text_gives_it_up(self, page: Page, messages: list[Message]) -> None:
        page.go(RYOSUKE, 2)
        page.type("朝から")
        assert len(messages) == 1
        page.go(RYOSUKE, 4)
        page.wait()
        assert len(messages) == 1
        assert page.cell(RYOSUKE, 2) == Cell()

    def test_an_order_opens_a_closed_day(self, page: Page, messages: list[Message]) -> None:
        page.go(RYOSUKE, 7)
        page.type("9-12")
        assert messages[-1].text == texts.message_for("shift.closed-saturday", {"date": date(2024, 12, 7)})
        assert messages[-1].action == _("There is an order…")
        assert messages[-1].on_action is not None
        messages[-1].on_action()
        dialog = dialog_of(page.tab, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        page.click(dialog.ok)
        assert dialog.isVisible()
        assert dialog.field.error() == texts.message_for("field.required", {})
        write(page.qtbot, dialog.reason, "市民まつり")
        page.qtbot.keyClick(dialog.reason, Key.Key_Return)
        page.wait()
        assert page.cell(RYOSUKE, 7).planned_minutes == 180
        assert page.cell(RYOSUKE, 7).findings == ()

    def test_work_that_breaks_a_rule_is_kept_and_told(self, page: Page, messages: list[Message]) -> None:
        page.kind(WORKED)
        page.go(RYOSUKE, 2)
        page.type("9-16/0")
        assert page.cell(RYOSUKE, 2).worked_minutes == 420
        assert messages[-1].tone == "caution"
        assert messages[-1].action == _("Write the reason…")
        assert len(page.tab.checks.texts()) == 1

    def test_one_bad_cell_of_many_changes_nothing(self, page: Page, messages: list[Message]) -> None:
        page.drag(RYOSUKE, 5, 9)
        page.click(page.tab.entry.pattern_buttons[0])
        assert messages[-1].text == texts.message_for("shift.closed-saturday", {"date": date(2024, 12, 7)})
        assert page.person(RYOSUKE).expected == 0
        assert page.editor() is None

    def test_a_closed_month_is_not_typed_into(
        self, page: Page, database: Database, programme_id: int
    ) -> None:
        close_month(database, programme_id=programme_id, year=2024, month=12)
        page.tab.reload()
        page.wait()
        page.go(RYOSUKE, 2)
        page.type("9-12", None)
        assert page.editor() is None
        page.key(Key.Key_Delete)
        assert not page.tab.entry.pattern_buttons[0].isEnabled()


class TestLooks:
    @pytest.fixture
    def full(self, page: Page, database: Database, programme_id: int, four: dict[str, Member]) -> Page:
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:9], "終", PLANNED)
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[:1], "9-11:50")
        work(database, programme_id, four[SAKURA], TEN_DAYS, "終")
        work(database, programme_id, four[YUI], TEN_DAYS[:3], "9-11:50")
        page.tab.reload()
        page.wait()
        return page

    @pytest.mark.parametrize("width", [1408, 1248])
    def test_all_days_fit_and_nothing_is_cut(self, full: Page, width: int) -> None:
        full.tab.resize(width + 32, 700)
        full.wait()
        days = full.tab.grid.days
        assert days.horizontalScrollBar().maximum() == 0
        for day in range(1, 32):
            column = FIRST_DAY + day - 1
            look = full.tab.model.index(full.row(YUI), column).data(CELL_ROLE)
            inner = days.columnWidth(column) - 4
            if look.worked:
                from PySide6.QtGui import QFontMetrics

                font = fitting_font(look.worked, inner)
                assert QFontMetrics(font).horizontalAdvance(look.worked) <= inner + 1

    def test_on_a_small_screen_the_names_stay(self, full: Page) -> None:
        full.tab.resize(960, 600)
        full.wait()
        days = full.tab.grid.days
        assert days.horizontalScrollBar().maximum() > 0
        assert days.columnWidth(FIRST_DAY + 1) == OPEN_LEAST
        days.horizontalScrollBar().setValue(days.horizontalScrollBar().maximum())
        names = full.tab.grid.names
        assert names.columnWidth(NAME) + names.columnWidth(TOTAL) == names.width()
        assert names.verticalScrollBar().value() == days.verticalScrollBar().value()
        assert full.tab.model.index(0, NAME).data() == "葛城　さくら"

    def test_rows_scroll_together(self, full: Page, database: Database, programme_id: int) -> None:
        more = tuple(Person(f"9{n}", f"氏名　{n}", "ツイカ ヒト") for n in range(20))
        add_people(database, programme_id, more)
        appoint(database, programme_id=programme_id, accept=True)
        full.tab.reload()
        full.wait()
        days, names = full.tab.grid.days, full.tab.grid.names
        assert days.verticalScrollBar().maximum() == names.verticalScrollBar().maximum() > 100
        days.verticalScrollBar().setValue(90)
        assert names.verticalScrollBar().value() == 90
        names.verticalScrollBar().setValue(30)
        assert days.verticalScrollBar().value() == 30

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_signs_are_painted(self, full: Page, scheme: str, request: pytest.FixtureRequest) -> None:
        if scheme == "dark":
            request.getfixturevalue("dark")
        days = full.tab.grid.days
        picture = days.viewport().grab().toImage()

        def colour(number: str, day: int, right: int, top: int) -> QColor:
            place = days.visualRect(full.index(number, day)).topRight()
            return picture.pixelColor(place.x() - right, place.y() + top)

        assert colour(SAKURA, 23, 3, 3) == tokens().text_of("wrong")  # the triangle of a broken rule
        assert colour(SAKURA, 20, 3, 3) == QColor(tokens().panel)
        assert colour(SAKURA, 8, 3, 20) == QColor(tokens().closed)
        assert colour(SAKURA, 2, 5, 10) not in (QColor(tokens().panel), QColor(tokens().closed))

    def test_plan_and_work_that_differ_are_both_shown(self, full: Page) -> None:
        look = full.index(RYOSUKE, 2).data(CELL_ROLE)
        assert (look.planned, look.worked) == ("終", "2:50")
        same = full.index(YUI, 2).data(CELL_ROLE)
        assert (same.planned, same.worked) == ("", "2:50")

    def test_a_screen_reader_hears_the_cell(self, full: Page) -> None:
        said = str(full.index(SAKURA, 23).data(Qt.ItemDataRole.AccessibleTextRole))
        assert "葛城　さくら" in said
        assert "12" in said.splitlines()[0]
        assert (
            texts.message_for(
                "cap.worked-not-below", {"date": date(2024, 12, 23), "total_hm": 3600, "cap_hm": 3600}
            )
            in said
        )
        assert _("Nothing on this day") in str(full.index(SAKURA, 3).data(Qt.ItemDataRole.AccessibleTextRole))
        model = full.tab.model
        assert "23" in str(
            model.headerData(FIRST_DAY + 22, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        )
        total = str(model.index(full.row(SAKURA), TOTAL).data(Qt.ItemDataRole.AccessibleTextRole))
        assert "60:00" in total

    def test_a_closed_day_with_hours_gets_room(
        self, full: Page, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        narrow = full.tab.grid.days.columnWidth(FIRST_DAY + 6)
        work(database, programme_id, four[YUI], (date(2024, 12, 7),), "9-11:50")
        full.tab.reload()
        full.wait()
        assert full.tab.grid.days.columnWidth(FIRST_DAY + 6) > narrow + 8

    def test_a_new_theme_is_taken_over(self, full: Page) -> None:
        restyle(full.tab, "probe", value=True)
        full.tab.grid.days.setPalette(full.tab.palette())
        assert not full.tab.grid.days.viewport().grab().isNull()
