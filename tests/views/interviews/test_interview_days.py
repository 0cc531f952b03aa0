"""Getting about: days and weeks, the small calendar, zoom, very many interviewers, and paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest
from appointed import add_people
from interview_driver import NOW, Driver
from interview_scene import at, interviewers_file, waiting_people
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.interview_imports import import_interviewers
from fujisawa_desktop.services.interview_plan import apply_plan, make_plan
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews import InterviewsTab
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.layout import (
    AXIS_WIDTH,
    CLOSED_WIDTH,
    LEAST_COLUMN,
    ROOMY_COLUMN,
    ZOOMS,
    Layout,
)
from fujisawa_desktop.views.interviews.print_board import calendar_pdf, sheets
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.papers.page_pictures import PdfPages
from fujisawa_desktop.views.papers.page_view import to_image

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[], None]
SECOND = date(2024, 10, 31)


def days_shown(driver: Driver) -> list[date]:
    assert driver.tab.grid.board is not None
    return [day.day for day in driver.tab.grid.board.days]


class TestKeys:
    def test_d_w_and_t_change_what_is_shown(self, driver: Driver) -> None:
        grid = driver.tab.grid
        grid.go_to_day(SECOND)
        driver.press(Key.Key_D, into=grid)
        assert days_shown(driver) == [SECOND]
        assert driver.tab.bar.day.isChecked()
        assert driver.tab.bar.today.isVisible()
        driver.press(Key.Key_T, into=grid)
        assert days_shown(driver) == [NOW.date()]
        assert not driver.tab.bar.today.isVisible()
        driver.press(Key.Key_W, into=grid)
        assert len(days_shown(driver)) == 10

    def test_zoom_keys(self, driver: Driver) -> None:
        grid = driver.tab.grid
        for key in (Key.Key_Plus, Key.Key_Semicolon):
            driver.qtbot.keyClick(grid, key, CTRL)
        assert grid.zoom == 1.5
        assert driver.tab.zoom.size_now.text() == "150%"
        driver.qtbot.keyClick(grid, Key.Key_Minus, CTRL)
        assert grid.zoom == 1.25
        driver.qtbot.keyClick(grid, Key.Key_0, CTRL)
        assert grid.zoom == 1.0


class TestSmallCalendar:
    def test_a_click_goes_to_the_day(self, driver: Driver) -> None:
        month, grid = driver.tab.month, driver.tab.grid
        driver.press(Key.Key_D, into=grid)
        point = month.rect_of(SECOND).center().toPoint()
        driver.qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=point)
        assert days_shown(driver) == [SECOND]
        assert grid.cursor_place is not None
        assert grid.cursor_place.start.date() == SECOND

    def test_it_says_how_many_interviews_a_day_has_and_why_it_is_closed(self, driver: Driver) -> None:
        driver.drag_from_list(0, driver.place("辻", at(9)))
        month = driver.tab.month
        assert month.words_of(at(9).date()) == "Wed, 30 Oct: 1 interview"
        assert "文化の日" in month.words_of(date(2024, 11, 3))
        assert month.words_of(date(2024, 12, 1)) == ""

    def test_with_the_keyboard(self, driver: Driver) -> None:
        month, grid = driver.tab.month, driver.tab.grid
        driver.press(Key.Key_D, into=grid)
        driver.press(Key.Key_Right, into=month)
        assert "31 Oct" in month.accessibleDescription()
        driver.press(Key.Key_Return, into=month)
        assert days_shown(driver) == [SECOND]
        driver.press(Key.Key_Left, Key.Key_Left, Key.Key_Up, Key.Key_Down, Key.Key_Return, into=month)
        assert days_shown(driver) == [date(2024, 11, 6)]

    def test_a_closed_day_says_why_nothing_can_be_booked(self, driver: Driver) -> None:
        driver.press(Key.Key_D, into=driver.tab.grid)
        driver.tab.month.day_wanted.emit(date(2024, 11, 3))
        grid = driver.tab.grid
        assert grid.board is not None
        assert grid.board.columns == ()
        middle = grid.viewport().rect().center()
        assert "文化の日" in grid.lines_at(middle)[0]
        assert grid.place_under(middle) is None
        driver.press(Key.Key_Down, Key.Key_Return, into=grid)
        assert driver.booked() == {}


class TestZoom:
    def wheel(self, grid: QWidget, point: QPointF, turn: int, modifiers: Qt.KeyboardModifier) -> None:
        event = QWheelEvent(
            point, grid.mapToGlobal(point), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(grid, event)

    def test_ctrl_and_the_wheel_enlarge_around_the_mouse(self, driver: Driver) -> None:
        grid = driver.tab.grid
        place = driver.place("辻", at(13, day=SECOND))
        before = grid.rect_on_viewport(place).center()
        for _notch in range(3):
            self.wheel(grid.viewport(), before, 120, CTRL)
        after = grid.rect_on_viewport(place)
        assert grid.zoom == 2.0
        assert after.adjusted(-9, -9, 9, 9).contains(before)
        self.wheel(grid.viewport(), before, 60, CTRL)
        assert grid.zoom == 2.0
        self.wheel(grid.viewport(), before, 60, CTRL)
        assert grid.zoom == 2.5

    def test_zoom_stays_within_its_steps(self, driver: Driver) -> None:
        grid = driver.tab.grid
        grid.zoom_by(99)
        assert grid.zoom == ZOOMS[-1]
        assert not driver.tab.zoom.larger.isEnabled()
        grid.zoom_by(-99)
        assert grid.zoom == ZOOMS[0]
        assert not driver.tab.zoom.smaller.isEnabled()
        driver.qtbot.mouseClick(driver.tab.zoom.size_now, Qt.MouseButton.LeftButton)
        assert grid.zoom == 1.0

    def test_shift_and_the_wheel_go_sideways(self, driver: Driver) -> None:
        grid = driver.tab.grid
        grid.zoom_to(2.0)
        across = grid.horizontalScrollBar()
        across.setValue(0)
        self.wheel(grid.viewport(), QPointF(300, 200), -120, Qt.KeyboardModifier.ShiftModifier)
        assert across.value() == 120


@pytest.fixture
def many(
    english: None, database: Database, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> Driver:
    """350 people and 40 interviewers on two days; the plan is booked."""
    add_people(database, desk.programme_id, waiting_people(350))
    rows = [
        (f"第{number}面接室 担当", "", day, "9:00", "17:00")
        for day in ("2024-10-30", "2024-10-31")
        for number in range(1, 41)
    ]
    import_interviewers(database, programme_id=desk.programme_id, file=interviewers_file(tmp_path, rows))
    tab = InterviewsTab(desk, clock=lambda: NOW)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    settle()
    return Driver(qtbot, tab, desk, settle)


class TestManyInterviewers:
    def test_columns_keep_a_readable_width_and_heads_and_hours_stay(self, many: Driver) -> None:
        grid = many.tab.grid
        place = many.place("第40面接室", at(9))
        assert grid.rect_on_viewport(place).width() >= ROOMY_COLUMN
        grid.bring_into_sight(place)
        rect = grid.rect_on_viewport(place)
        assert grid.horizontalScrollBar().value() > 0
        assert grid.viewport().rect().contains(rect.toRect())
        head = QPoint(round(rect.center().x()), 30)
        assert grid.lines_at(head)[0] == "第40面接室　担当"
        left = grid.viewport().grab().toImage()
        grid.horizontalScrollBar().setValue(0)
        right = grid.viewport().grab().toImage()
        axis = left.copy(0, 0, AXIS_WIDTH - 2, left.height())
        assert axis == right.copy(0, 0, AXIS_WIDTH - 2, right.height())

    def test_hidden_columns_are_not_worked_out(self, many: Driver) -> None:
        board = many.tab.grid.board
        assert board is not None
        fresh = Board(board.view, board.days)
        layout = Layout(fresh, 800, 600)
        seen = layout.columns_between(AXIS_WIDTH, 800)
        assert 0 < len(seen) < len(fresh.columns) / 4
        assert seen.start == 0
        assert layout.lefts[seen[-1]] < 800

    def test_a_page_of_paper_holds_so_many_columns_as_can_be_read(self, many: Driver) -> None:
        board = many.tab.grid.board
        assert board is not None
        pages = sheets(board, 1000)
        assert len(pages) > 10
        assert sum(len(page.board.columns) for page in pages) == len(board.columns)
        assert max(len(page.board.columns) for page in pages) <= 24


class TestLayout:
    def test_closed_days_take_a_strip_and_no_column(self, driver: Driver) -> None:
        board = driver.tab.grid.board
        assert board is not None
        layout = Layout(board, 900, 600)
        assert [strip.day.day.day for strip in layout.closed] == [2, 3, 4]
        for strip in layout.closed:
            assert strip.right - strip.left == CLOSED_WIDTH
            assert layout.column_at((strip.left + strip.right) / 2) is None
        assert layout.width <= 900
        assert layout.column_width >= LEAST_COLUMN

    def test_twice_as_large_everything_is_twice_as_wide(self, driver: Driver) -> None:
        board = driver.tab.grid.board
        assert board is not None
        one, two = Layout(board, 900, 600), Layout(board, 900, 600, 2.0)
        assert two.column_width == 2 * one.column_width
        assert two.pixels_a_minute == 2 * one.pixels_a_minute
        for column in (0, 5, len(board.columns) - 1):
            place = board.stops[column][3]
            assert two.place_at(two.rect_of(place).center()) == place


def booked_week(driver: Driver) -> Board:
    """Book a whole plan and return the board."""
    database, programme_id = driver.desk.database, driver.desk.programme_id
    driver.desk.changed.emit(apply_plan(database, plan=make_plan(database, programme_id=programme_id)))
    driver.settle()
    assert driver.tab.grid.board is not None
    return driver.tab.grid.board


class TestPaper:
    def test_the_week_on_one_page_with_title_names_and_signs(self, driver: Driver, tmp_path: Path) -> None:
        file = tmp_path / "week.pdf"
        file.write_bytes(calendar_pdf(booked_week(driver), datetime(2024, 10, 29, 9, 5)))
        (page,) = pypdf.PdfReader(file).pages
        assert page.mediabox.width > page.mediabox.height
        text = "".join(page.extract_text().split())
        for words in ("Interviewcalendar", "2024/10/2909:05", "page1of1", "文化の日", "DX・スマートシティ"):
            assert words in text, words
        for name in ("髙橋", "勅使河原", "小鳥遊"):
            assert name in text, name

    def test_it_is_saved_where_the_person_wants_it(
        self, driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: list[Message]
    ) -> None:
        target = tmp_path / "calendar"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
        driver.tab.bar.pdf_wanted.emit()
        driver.settle()
        assert pypdf.PdfReader(tmp_path / "calendar.pdf").pages
        assert "calendar.pdf" in messages[-1].text

    def test_the_systems_dialog_chooses_the_printer(
        self, driver: Driver, tmp_path: Path, messages: list[Message]
    ) -> None:
        out = tmp_path / "printed.pdf"
        asked: list[str] = []

        def to_file(_pdf: bytes, title: str, _over: QWidget) -> QPrinter:
            asked.append(title)
            printer = QPrinter()
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(out))
            return printer

        driver.tab.printing.choose_printer = to_file
        driver.tab.bar.print_wanted.emit()
        driver.settle()
        assert asked == ["Interview calendar, Wed, 30 Oct 2024 – Fri, 8 Nov"]
        assert len(pypdf.PdfReader(out).pages) == 1
        assert messages[-1].text == "1 page was sent to the printer."

    def test_who_decides_against_printing_prints_nothing(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        driver.tab.printing.choose_printer = lambda *_args: None
        driver.tab.bar.print_wanted.emit()
        driver.settle()
        assert messages == []

    @pytest.mark.usefixtures("dark")
    def test_the_dark_window_prints_on_white(self, driver: Driver) -> None:
        with PdfPages(calendar_pdf(booked_week(driver), NOW)) as pages:
            picture = to_image(pages.image(0, 1.0))
        dark = sum(
            picture.pixelColor(x, y).lightness() < 120
            for x in range(0, picture.width(), 5)
            for y in range(0, picture.height(), 5)
        )
        assert picture.pixelColor(2, 2).lightness() == 255
        assert dark < 0.1 * (picture.width() / 5) * (picture.height() / 5)
