"""Attendance workbooks and files of hours in the window."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from payroll_page import Page, dialog_of
from PySide6.QtWidgets import QFileDialog

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.attendance_return import attendance_month
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.payroll.attendance_book_dialog import AttendanceBookDialog
from fujisawa_desktop.views.payroll.hours_export_dialog import HoursExportDialog

YUI = "RN26003219"


@pytest.fixture
def sent(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbook of a department, as it was written from the window."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(tmp_path))
    page.tab.sheets.send_books()
    page.wait()
    return tmp_path / "出勤簿_2024-12_子育て企画課.xlsx"


def filled_in(path: Path, text: str) -> Path:
    """Somebody at the department writes an end into the ninth."""
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if "小鳥遊" in one.title)
    for column, value in ((5, "9:00"), (6, text), (7, 0)):
        sheet.cell(14, column).value = value
    book.save(path)
    return path


def opened(page: Page, path: Path, monkeypatch: pytest.MonkeyPatch) -> AttendanceBookDialog:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    page.tab.sheets.take_book()
    page.wait()
    found = dialog_of(page.tab, AttendanceBookDialog)
    assert isinstance(found, AttendanceBookDialog)
    return found


def ninth(database: Database, programme_id: int, member: Member) -> int:
    month = attendance_month(
        database, programme_id=programme_id, appointment_id=member.appointment_id, year=2024, month=12
    )
    return sum(one.time.minutes for one in month.worked if one.time.day.day == 9)


class TestWorkbooks:
    def test_written_looked_at_taken_in(
        self,
        database: Database,
        programme_id: int,
        four: dict[str, Member],
        page: Page,
        sent: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        dialog = opened(page, filled_in(sent, "12:30"), monkeypatch)
        assert dialog.seen is not None
        assert [(one.number, one.before, one.after) for one in dialog.seen.people if one.changed] == [
            (YUI, 510, 720)
        ]
        assert ninth(database, programme_id, four[YUI]) == 0, "nothing is written by looking"
        page.click(dialog.go)
        assert ninth(database, programme_id, four[YUI]) == 210
        assert page.cell(YUI, 9).worked_minutes == 210

    def test_what_cannot_be_read_is_named(
        self, page: Page, sent: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dialog = opened(page, filled_in(sent, "25:00"), monkeypatch)
        assert dialog.problem_table.isVisible()
        assert dialog.problems.index(0, 1).data() == "F14"
        assert "25:00" in str(dialog.problems.index(0, 2).data())
        assert not dialog.go.isEnabled()

    def test_another_file_is_refused_in_words(
        self, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "x.xlsx"
        book = openpyxl.Workbook()
        book.active["A1"], book.active["A2"] = "a", "b"
        book.save(path)
        dialog = opened(page, path, monkeypatch)
        assert "x.xlsx" in dialog.notices.text()
        assert not dialog.go.isEnabled()


class TestExport:
    def test_a_file_that_the_import_reads(
        self,
        database: Database,
        programme_id: int,
        page: Page,
        tmp_path: Path,
    ) -> None:
        page.tab.sheets.export()
        dialog = dialog_of(page.tab, HoursExportDialog)
        assert isinstance(dialog, HoursExportDialog)
        target = tmp_path / "hours.csv"
        dialog.saver.choose_file = lambda _name: str(target)
        dialog.kinds.setCurrentIndex(dialog.kinds.count() - 1)
        page.click(dialog.go)
        rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert rows[0][:6] == ["申込番号", "勤務日", "開始", "終了", "休憩分", "区分"]
        assert len(rows) == 30
        result = import_hours(database, programme_id=programme_id, file=target)
        assert (result.unchanged, result.rejected) == (29, ())

    def test_nothing_to_write(self, page: Page, tmp_path: Path) -> None:
        page.tab.sheets.export()
        dialog = dialog_of(page.tab, HoursExportDialog)
        assert isinstance(dialog, HoursExportDialog)
        dialog.saver.choose_file = lambda _name: str(tmp_path / "none.csv")
        dialog.kinds.setCurrentIndex(1)
        page.click(dialog.go)
        assert dialog.notices.text()
        assert not (tmp_path / "none.csv").exists()


def test_the_window_says_what_was_written(messages: list[Message], sent: Path) -> None:
    assert sent.exists()
    assert sent.name in messages[-1].text
