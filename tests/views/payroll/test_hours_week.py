"""The week beside the month, and what is always in sight of a person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from appointed import FOUR, TEN_DAYS, work
from hours_scene import agree, dec
from payroll_page import Key, Page
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics

from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours_reasons import explain_work
from fujisawa_desktop.views.payroll.grid_model import CELL_ROLE, FIRST_DAY, NAME, TOTAL, WEEK
from fujisawa_desktop.views.payroll.grid_paint import ROOMY, fitting_font
from fujisawa_desktop.views.payroll.grid_words import (
    cap_day,
    days_left,
    outlook_lines,
    week_days,
    week_line,
    worked_planned,
)
from fujisawa_desktop.views.payroll.month_bar import MonthLook
from fujisawa_desktop.views.theme import tokens

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
PLANNED, WORKED = ShiftKind.PLANNED, ShiftKind.WORKED
TIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def page(empty_page: Page) -> Page:
    return empty_page


def fill(
    page: Page, database: Database, number: str, days: tuple[date, ...], text: str, kind: ShiftKind
) -> None:
    person = page.person(number)
    work(database, page.tab.desk.programme_id, person.member, days, text, kind)
    page.tab.reload()
    page.wait()


def days_shown(page: Page) -> list[date]:
    return [head.day for head in page.tab.model.heads]


class TestSwitching:
    def test_by_key_and_by_button_and_the_mark_stays(self, page: Page) -> None:
        page.go(RYOSUKE, 11)
        page.key(Key.Key_F7)
        assert days_shown(page) == [dec(day) for day in range(9, 16)]
        assert page.here() == (page.row(RYOSUKE), 11)
        looks = page.tab.bar.looks
        assert page.tab.bar.look() is MonthLook.WEEK
        assert page.tab.bar.month.text() == _("{first}–{last}").format(first="12/9", last="12/15")
        assert page.tab.grid.days.hasFocus()
        page.click(looks[MonthLook.MONTH])
        assert len(days_shown(page)) == 31
        assert page.here() == (page.row(RYOSUKE), 11)
        page.click(looks[MonthLook.WEEK])
        assert page.tab.model.monday == dec(9)
        page.key(Key.Key_F7)
        assert page.tab.model.monday is None
        assert page.tab.bar.look() is MonthLook.MONTH
        assert "12" in page.tab.bar.month.text()
        assert "2024" in page.tab.bar.month.text()

    def test_page_keys_step_weeks_into_the_next_month(self, page: Page) -> None:
        page.go(RYOSUKE, 25)
        page.key(Key.Key_F7)
        page.key(Key.Key_PageDown)
        page.wait()
        assert days_shown(page)[0] == dec(30)
        assert page.tab.shown.month == (2025, 1)  # the Thursday is in January
        assert page.tab.grid.current_day() == date(2025, 1, 1)
        page.key(Key.Key_PageDown)
        page.wait()
        assert days_shown(page)[0] == date(2025, 1, 6)
        for _week in range(2):
            page.key(Key.Key_PageUp)
            page.wait()
        assert days_shown(page)[0] == dec(23)
        assert page.tab.shown.month == (2024, 12)
        page.click(page.tab.bar.after)
        assert days_shown(page)[0] == dec(30)

    def test_other_keys_held_make_it_another_key(self, page: Page) -> None:
        asked: list[str] = []
        page.tab.grid.days.asked.connect(asked.append)
        for held in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier):
            page.key(Key.Key_F7, held)
            page.key(Key.Key_F4, held)
        assert asked == []
        page.key(Key.Key_F7, Qt.KeyboardModifier.KeypadModifier)
        assert asked == ["period"]

    def test_another_month_shows_a_week_of_it(self, page: Page) -> None:
        page.key(Key.Key_F7)
        page.tab.go_to_month(2025, 1)
        page.wait()
        assert days_shown(page)[0] == dec(30)
        assert page.tab.model.monday == dec(30)

    def test_a_line_to_check_leads_into_its_week(self, page: Page, database: Database) -> None:
        fill(page, database, RYOSUKE, (dec(18),), "9-16/0", WORKED)
        page.key(Key.Key_F7)
        assert days_shown(page)[0] == dec(2)
        panel = page.tab.checks.list
        page.qtbot.mouseClick(
            panel.viewport(), Qt.MouseButton.LeftButton, pos=panel.visualItemRect(panel.item(0)).center()
        )
        assert days_shown(page)[0] == dec(16)
        assert page.here() == (page.row(RYOSUKE), 18)


class TestTyping:
    def test_the_same_cells_are_typed_into(self, page: Page) -> None:
        page.go(RYOSUKE, 4)
        page.key(Key.Key_F7)
        page.type("9-15:45")
        assert page.cell(RYOSUKE, 4).planned_minutes == 345
        look = page.index(RYOSUKE, 4).data(CELL_ROLE)
        assert (look.planned, look.hours) == ("9:00–15:45", "5:45")
        page.go(RYOSUKE, 2)
        page.drag(RYOSUKE, 5, 6)
        page.key(Key.Key_2, Qt.KeyboardModifier.AltModifier)
        page.qtbot.waitUntil(lambda: page.cell(RYOSUKE, 6).planned_minutes == 180)
        page.wait()
        assert page.cell(RYOSUKE, 5).planned_minutes == 180

    def test_a_week_is_copied_and_shown(self, page: Page) -> None:
        page.go(RYOSUKE, 4)
        page.key(Key.Key_F7)
        page.type("半")
        page.go(RYOSUKE, 4)
        page.key(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        page.wait()
        assert days_shown(page)[0] == dec(9)
        assert page.cell(RYOSUKE, 11).planned_minutes == 180

    def test_days_of_the_other_month_are_typed_into_too(
        self, page: Page, database: Database, programme_id: int
    ) -> None:
        work(database, programme_id, page.person(RYOSUKE).member, (date(2025, 1, 30),), "半", PLANNED)
        page.tab.go_to_month(2025, 1)
        page.wait()
        page.go(RYOSUKE, 30)
        page.key(Key.Key_F7)
        assert days_shown(page)[-1] == date(2025, 2, 2)
        column = page.tab.model.column_of(date(2025, 2, 1))
        assert column is not None
        look = page.tab.model.index(page.row(RYOSUKE), column).data(CELL_ROLE)
        assert look.faint
        assert look.outside
        page.key(Key.Key_PageUp)
        for _week in range(3):
            page.key(Key.Key_PageUp)
        page.wait()
        page.tab.grid.days.go(page.row(RYOSUKE), page.tab.model.column_of(dec(30)) or 0)
        assert page.tab.model.can_edit(page.tab.grid.days.currentIndex())

    def test_a_refused_text_stays_to_be_corrected(self, page: Page) -> None:
        page.go(RYOSUKE, 4)
        page.key(Key.Key_F7)
        page.type("9-16/0")
        editor = page.editor()
        assert editor is not None
        assert (editor.text(), editor.property("wrong")) == ("9-16/0", True)
        page.key(Key.Key_Escape)
        page.wait()
        assert page.cell(RYOSUKE, 4).planned == ()


class TestLooks:
    def test_start_and_end_are_not_cut(self, page: Page, database: Database) -> None:
        fill(page, database, RYOSUKE, (dec(2),), "9-12 13-15:30", PLANNED)
        fill(page, database, RYOSUKE, (dec(2),), "10:30-15:45", WORKED)
        page.go(RYOSUKE, 2)
        page.key(Key.Key_F7)
        for width in (1440, 1248):
            page.tab.resize(width, 700)
            page.wait()
            days = page.tab.grid.days
            assert days.horizontalScrollBar().maximum() == 0
            room = min(days.columnWidth(FIRST_DAY + at) for at in range(7))
            assert room >= ROOMY
            look = page.index(RYOSUKE, 2).data(CELL_ROLE)
            for line in look.worked.split("\n"):
                assert QFontMetrics(fitting_font(line, room - 4)).horizontalAdvance(line) <= room - 3

    def test_columns_of_names(self, page: Page) -> None:
        names = page.tab.grid.names
        assert names.isColumnHidden(WEEK)
        page.key(Key.Key_F7)
        assert not names.isColumnHidden(WEEK)
        widths = [names.columnWidth(column) for column in (NAME, TOTAL, WEEK)]
        assert names.width() == sum(widths)
        head = page.tab.model.headerData(WEEK, Qt.Orientation.Horizontal)
        assert head == _("Week total")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_plan_and_work_are_painted(
        self, page: Page, database: Database, scheme: str, request: pytest.FixtureRequest
    ) -> None:
        if scheme == "dark":
            request.getfixturevalue("dark")
        fill(page, database, RYOSUKE, (dec(2),), "半", PLANNED)
        fill(page, database, RYOSUKE, (dec(2),), "9-16/0", WORKED)
        days = page.tab.grid.days
        for _view in range(2):
            place = days.visualRect(page.index(RYOSUKE, 2))
            picture = days.viewport().grab().toImage()
            corner = picture.pixelColor(place.right() - 3, place.top() + 3)
            assert corner == tokens().text_of("wrong")
            frame = {
                picture.pixelColor(x, y).name()
                for x in range(place.left(), place.right())
                for y in range(place.top() + 4, place.top() + 24)
            }
            assert QColor(tokens().key).name() in frame
            page.key(Key.Key_F7)

    def test_an_explained_finding_is_marked_hollow(
        self, page: Page, database: Database, programme_id: int
    ) -> None:
        fill(page, database, RYOSUKE, (dec(2),), "9-16/0", WORKED)
        one = page.person(RYOSUKE).member.appointment_id
        explain_work(database, programme_id=programme_id, places=[(one, dec(2))], reason="応援")
        page.tab.reload()
        page.wait()
        assert page.index(RYOSUKE, 2).data(CELL_ROLE).explained
        days = page.tab.grid.days
        place = days.visualRect(page.index(RYOSUKE, 2))
        inside = days.viewport().grab().toImage().pixelColor(place.right() - 3, place.top() + 4)
        assert inside == QColor(tokens().panel)


class TestAlwaysInSight:
    def test_all_about_the_month(self, page: Page, database: Database) -> None:
        fill(page, database, RYOSUKE, TEN_DAYS[:3], "終", WORKED)
        fill(page, database, RYOSUKE, TEN_DAYS[3:5], "終", PLANNED)
        person = page.person(RYOSUKE)
        assert worked_planned(person) == _("{worked} worked + {planned} planned").format(
            worked="18:00", planned="12:00"
        )
        assert days_left(person) == _("left: {long} {full}, {short} {half}").format(
            long="終", full=4, short="半", half=9
        )
        assert week_days(person, dec(2)) == (_("{days} of 1–{most} days").format(days=3, most=3), "neutral")
        assert week_days(person, dec(9))[0] == _("{days} of 1–{most} days").format(days=2, most=3)
        assert week_line(person, dec(2)).count("18:00") == 1
        lines = outlook_lines(person)
        assert len(lines) == 3
        total = page.tab.model.index(page.row(RYOSUKE), TOTAL)
        assert total.data(SPOKEN) == "\n".join(lines)

    def test_the_day_of_the_cap(self, page: Page, database: Database) -> None:
        agree(database, page.person(RYOSUKE).member, {"0": "終", "2": "終", "4": "終"})
        fill(page, database, RYOSUKE, TEN_DAYS[:9], "終", WORKED)
        assert page.person(RYOSUKE).forecast == dec(23)
        assert cap_day(page.person(RYOSUKE)) == (_("cap {date}").format(date="12/23"), "caution")
        fill(page, database, RYOSUKE, TEN_DAYS[9:], "終", WORKED)
        assert cap_day(page.person(RYOSUKE)) == (_("▲ over {date}").format(date="12/23"), "wrong")
        assert cap_day(page.person(SAKURA)) is None
        said = _("If it goes on as usual, the cap is not reached this month.")
        assert said in outlook_lines(page.person(SAKURA))
        assert len(outlook_lines(page.person(RYOSUKE))) == 3  # cap, broken, one day wants a reason

    def test_too_many_days_in_the_week_of_the_mark(self, page: Page, database: Database) -> None:
        fill(page, database, RYOSUKE, tuple(dec(day) for day in (9, 10, 11, 12)), "半", PLANNED)
        assert week_days(page.person(RYOSUKE), dec(9))[1] == "caution"
        page.go(RYOSUKE, 11)
        assert page.tab.grid.names.people.week == dec(9)
        picture = page.tab.grid.names.viewport().grab().toImage()
        row = page.tab.grid.names.visualRect(page.tab.model.index(page.row(RYOSUKE), NAME))
        seen = [
            picture.pixelColor(x, y)
            for x in range(row.left(), row.right())
            for y in range(row.bottom() - 22, row.bottom())
        ]
        wanted = tokens().text_of("caution")
        assert any(
            abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) + abs(one.blue()) < 40
            for one in seen
        )
        page.key(Key.Key_F7)
        week = page.tab.model.index(page.row(RYOSUKE), WEEK)
        assert week.data(SPOKEN) == week_line(page.person(RYOSUKE), dec(9))
        page.key(Key.Key_PageDown)
        page.wait()
        assert page.tab.grid.names.people.week == dec(9) + timedelta(weeks=1)

    def test_a_reason_and_an_order_are_told_with_the_cell(
        self, page: Page, database: Database, programme_id: int
    ) -> None:
        fill(page, database, RYOSUKE, (dec(2),), "9-16/0", WORKED)
        wanted = _("A reason is wanted before the month is closed (F4).")
        assert wanted in str(page.index(RYOSUKE, 2).data(TIP))
        one = page.person(RYOSUKE).member.appointment_id
        explain_work(database, programme_id=programme_id, places=[(one, dec(2))], reason="応援")
        page.tab.reload()
        page.wait()
        told = str(page.index(RYOSUKE, 2).data(SPOKEN))
        assert _("Reason: {text}").format(text="応援") in told
        assert wanted not in told
