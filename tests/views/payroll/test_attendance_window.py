"""出勤簿の入力 by keys: down the column, whole lines at once, the total, saving, the next person."""

from __future__ import annotations

from datetime import date

import pytest
from appointed import TEN_DAYS, work
from payroll_page import Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.attendance_return import attendance_month
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.payroll.attendance_model import Column
from fujisawa_desktop.views.payroll.attendance_window import AttendanceWindow

RYOSUKE, YUI = "100000245489", "RN26003219"


class Form:
    """Hands for the window."""

    def __init__(self, page: Page, window: AttendanceWindow) -> None:
        self.page = page
        self.window = window

    def go(self, day: int, column: Column = Column.START) -> None:
        lines = self.window.model.lines
        self.window.table.go(next(at for at, line in enumerate(lines) if line.day.day.day == day), column)
        self.window.table.setFocus()

    def here(self) -> tuple[int, Column]:
        index = self.window.table.currentIndex()
        return self.window.model.lines[index.row()].day.day.day, Column(index.column())

    def type(self, text: str, end: Qt.Key | None = Key.Key_Return) -> None:
        for letter in text:
            write(self.page.qtbot, self.window.table.hand.editor or self.window.table, letter)
        if end is not None:
            self.key(end)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.page.qtbot.keyClick(self.window.table.hand.editor or self.window.table, key, modifier)

    def click(self, button: QPushButton) -> None:
        self.page.click(button)

    def line(self, day: int, part: int = 0) -> tuple[str, str, str]:
        line = next(one for one in self.window.model.lines if (one.day.day.day, one.part) == (day, part))
        return line.start, line.end, line.pause

    def note(self, day: int) -> str:
        lines = self.window.model.lines
        at = next(at for at, line in enumerate(lines) if line.day.day.day == day)
        return str(self.window.model.index(at, Column.NOTE).data())


def opened(page: Page, number: str) -> Form:
    page.go(number, 2)
    page.tab.sheets.type_attendance()
    page.wait()
    window = dialog_of(page.tab, AttendanceWindow)
    assert isinstance(window, AttendanceWindow)
    return Form(page, window)


@pytest.fixture
def form(page: Page) -> Form:
    """Of the person with three short days."""
    return opened(page, YUI)


def recorded(database: Database, programme_id: int, member: Member) -> list[tuple[int, int]]:
    """Day and minutes of everything on record in December."""
    month = attendance_month(
        database, programme_id=programme_id, appointment_id=member.appointment_id, year=2024, month=12
    )
    return [(one.time.day.day, one.time.minutes) for one in month.worked]


def test_it_begins_with_the_person_of_the_grid(form: Form) -> None:
    assert form.window.person.whole() == _("{person}, {month}").format(
        person="小鳥遊　結衣", month="2024年12月"
    )
    assert form.here() == (2, Column.START)
    assert form.line(2) == ("9:00", "11:50", "0")
    assert form.window.total.text() == "8:30（3日）"


def test_down_the_column_and_along_the_line(form: Form) -> None:
    form.go(9)
    form.type("9", Key.Key_Tab)
    form.type("16", Key.Key_Tab)
    assert form.line(9) == ("9:00", "16:00", "60"), "the break of the usual day came by itself"
    assert form.here() == (9, Column.BREAK)
    form.type("45", Key.Key_Tab)
    assert form.here() == (10, Column.START)
    form.type("１０：３０", Key.Key_Return)
    assert form.here() == (11, Column.START)
    form.type("1130")
    assert form.line(9) == ("9:00", "16:00", "45")
    assert form.line(10) == ("10:30", "", "")
    assert form.line(11)[0] == "11:30"


def test_one_text_fills_a_line_and_a_second_one(form: Form) -> None:
    form.go(9)
    form.type("終")
    form.type("9-12, 13-16")
    assert form.line(9) == ("9:00", "16:00", "60")
    assert form.line(10) == ("9:00", "12:00", "0")
    assert form.line(10, 1) == ("13:00", "16:00", "0")
    assert form.window.total.text() == "20:30（5日）"


def test_what_was_planned_is_written_by_one_sign(
    database: Database, programme_id: int, four: dict[str, Member], page: Page
) -> None:
    work(database, programme_id, four[YUI], TEN_DAYS[3:5], "半", ShiftKind.PLANNED)
    form = opened(page, YUI)
    form.go(9)
    form.type("=", None)
    assert form.line(9) == ("9:00", "12:00", "0")
    assert form.here() == (10, Column.START)
    form.type("=", None)
    assert form.line(10) == ("", "", ""), "nothing was planned"
    form.go(2)
    form.type("=", None)
    assert form.line(2) == ("9:00", "11:50", "0"), "what was typed stays"


def test_saving_goes_on_and_is_one_act(
    database: Database, programme_id: int, four: dict[str, Member], form: Form
) -> None:
    form.go(2)
    form.key(Key.Key_Delete)
    form.go(9)
    form.type("半")
    people = [one.number for one in form.window.people]
    form.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form.page.wait()
    assert recorded(database, programme_id, four[YUI]) == [(4, 170), (6, 170), (9, 180)]
    assert form.window.month is not None
    assert form.window.month.member.number == people[min(people.index(YUI) + 1, 3)]
    assert form.window.notices.text().startswith("小鳥遊　結衣さんの出勤簿を保存しました。")
    undo(database)
    assert recorded(database, programme_id, four[YUI]) == [(2, 170), (4, 170), (6, 170)]


def test_it_is_taken_back_from_the_message(
    database: Database, programme_id: int, four: dict[str, Member], form: Form
) -> None:
    form.go(9)
    form.type("半")
    form.click(form.window.save_button)
    assert len(recorded(database, programme_id, four[YUI])) == 4
    form.click(form.window.notices._button)
    assert len(recorded(database, programme_id, four[YUI])) == 3
    assert form.line(9) == ("", "", "")


class TestTotal:
    def test_one_that_differs_is_said_and_stops_the_saving_once(
        self, database: Database, programme_id: int, four: dict[str, Member], form: Form
    ) -> None:
        form.window.stated.setFocus()
        write(form.page.qtbot, form.window.stated, "11:31")
        form.go(9)
        form.type("半")
        assert form.window.verdict.text() == "出勤簿の合計 11:31 と一致しません"
        form.click(form.window.save_button)
        assert len(recorded(database, programme_id, four[YUI])) == 3
        assert "一致しません" in form.window.notices.text()
        form.click(form.window.notices._button)
        assert len(recorded(database, programme_id, four[YUI])) == 4

    def test_one_that_agrees(self, form: Form) -> None:
        write(form.page.qtbot, form.window.stated, "８時間３０分")
        assert form.window.verdict.text() == _("The total of the sheet agrees.")
        assert not form.window.differs()


class TestTrouble:
    def test_a_line_that_cannot_be_read(
        self, database: Database, programme_id: int, four: dict[str, Member], form: Form
    ) -> None:
        form.go(9)
        form.type("25:00")
        form.click(form.window.save_button)
        assert form.here() == (9, Column.START)
        assert "25:00" in form.window.notices.text()
        assert len(recorded(database, programme_id, four[YUI])) == 3

    def test_a_line_that_is_not_finished(self, form: Form) -> None:
        form.go(9)
        form.type("9:00")
        assert form.note(9) == _(
            "Start, end and break belong together: write all three, a break of 0 too, or clear the line."
        )
        form.click(form.window.save_button)
        assert form.here() == (9, Column.END)

    def test_work_twice_at_one_time(
        self, database: Database, programme_id: int, four: dict[str, Member], form: Form
    ) -> None:
        form.go(2)
        form.key(Key.Key_Insert)
        form.type("11-13")
        assert "11:50" in form.note(2) or "9:00" in form.note(2)
        form.click(form.window.save_button)
        assert len(recorded(database, programme_id, four[YUI])) == 3
        assert form.window.notices.text()

    def test_a_closed_day_is_kept_and_marked(
        self, database: Database, programme_id: int, four: dict[str, Member], form: Form
    ) -> None:
        form.go(8)
        form.type("9-12")
        assert "日曜日" in form.note(8)
        form.click(form.window.save_button)
        assert (8, 180) in recorded(database, programme_id, four[YUI])

    def test_time_changed_elsewhere(
        self, database: Database, programme_id: int, four: dict[str, Member], form: Form
    ) -> None:
        work(database, programme_id, four[YUI], (date(2024, 12, 9),), "終")
        form.go(10)
        form.type("半")
        form.click(form.window.save_button)
        assert (10, 180) not in recorded(database, programme_id, four[YUI])
        form.click(form.window.notices._button)
        assert form.line(9) == ("9:00", "16:00", "60")

    def test_a_closed_month_is_only_looked_at(
        self, database: Database, programme_id: int, page: Page
    ) -> None:
        close_month(database, programme_id=programme_id, year=2024, month=12)
        page.wait()
        form = opened(page, YUI)
        assert not form.window.save_button.isEnabled()
        form.go(9)
        form.type("9")
        assert form.line(9) == ("", "", "")


class TestLeaving:
    def test_what_is_not_saved_is_asked_about(self, form: Form) -> None:
        form.go(9)
        form.type("半")
        form.click(form.window.before)
        assert form.window.month is not None
        assert form.window.month.member.number == YUI
        assert form.window.notices.text()
        form.click(form.window.notices._button)
        assert form.window.month.member.number != YUI

    def test_closing_too(self, form: Form) -> None:
        form.go(9)
        form.type("半")
        form.click(form.window.close_button)
        assert form.window.isVisible()
        form.click(form.window.notices._button)
        form.page.qtbot.waitUntil(lambda: not form.page.tab.findChildren(AttendanceWindow))

    def test_without_a_change_it_closes_at_once(self, form: Form) -> None:
        form.click(form.window.close_button)
        form.page.qtbot.waitUntil(lambda: not form.page.tab.findChildren(AttendanceWindow))

    def test_the_next_person_by_a_key(self, page: Page) -> None:
        form = opened(page, RYOSUKE)
        first = form.window._at()
        step = form.window.after if first < 3 else form.window.before
        form.click(step)
        assert form.window._at() == first + (1 if first < 3 else -1)


def test_at_home_and_a_remark_are_kept(
    database: Database, programme_id: int, four: dict[str, Member], form: Form
) -> None:
    form.go(2, Column.REASON)
    form.type("資料作成")
    form.go(2, Column.REMOTE)
    form.key(Key.Key_Space)
    form.click(form.window.save_button)
    month = attendance_month(
        database, programme_id=programme_id, appointment_id=four[YUI].appointment_id, year=2024, month=12
    )
    assert (month.worked[0].reason, month.worked[0].is_remote) == ("資料作成", True)
