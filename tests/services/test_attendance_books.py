"""Attendance workbooks for the departments: out, filled in with another program, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from appointed import FOUR, TEN_DAYS, sample_december, work
from openpyxl.worksheet.worksheet import Worksheet

from fujisawa_desktop.errors import InputFileError, RuleError
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.attendance_book_import import BookTaken, take_attendance_book
from fujisawa_desktop.services.attendance_books import issue_attendance_books, make_attendance_books
from fujisawa_desktop.services.attendance_return import attendance_month
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.staff import Member

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
MADE = date(2024, 12, 27)
FIRST = 6
"""Row of the first day in Excel's counting."""
START, END, BREAK, REMOTE, REASON, HOURS = 5, 6, 7, 8, 9, 10

Edit = Callable[[openpyxl.Workbook], object]


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


@pytest.fixture
def folder(database: Database, programme_id: int, four: dict[str, Member], tmp_path: Path) -> Path:
    assert four
    issue_attendance_books(
        database, programme_id=programme_id, year=2024, month=12, folder=tmp_path, made_on=MADE
    )
    return tmp_path


def book_of(folder: Path, department: str = "子育て企画課") -> Path:
    return folder / f"出勤簿_2024-12_{department}.xlsx"


def sheet_of(book: openpyxl.Workbook, name: str = "小鳥遊") -> Worksheet:
    return next(sheet for sheet in book.worksheets if name in sheet.title)


def edited(path: Path, edit: Edit) -> Path:
    """Change a workbook as somebody at the department would."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def write(day: int, start: object, end: object, pause: object = 0, **more: object) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = sheet_of(book)
        row = next(at for at in range(FIRST, sheet.max_row) if str(sheet.cell(at, 2).value) == str(day))
        for column, value in ((START, start), (END, end), (BREAK, pause)):
            sheet.cell(row, column).value = value
        if "remote" in more:
            sheet.cell(row, REMOTE).value = more["remote"]
        if "reason" in more:
            sheet.cell(row, REASON).value = more["reason"]

    return edit


def taken(database: Database, programme_id: int, path: Path, **options: object) -> BookTaken:
    return take_attendance_book(database, programme_id=programme_id, file=path, actor="test", **options)  # type: ignore[arg-type]


def codes(result: BookTaken) -> list[tuple[str, str]]:
    return [(one.place, one.code) for one in result.refused]


def minutes(database: Database, programme_id: int, member: Member) -> dict[int, int]:
    month = attendance_month(
        database, programme_id=programme_id, appointment_id=member.appointment_id, year=2024, month=12
    )
    found: dict[int, int] = {}
    for one in month.worked:
        found[one.time.day.day] = found.get(one.time.day.day, 0) + one.time.minutes
    return found


class TestOut:
    def test_a_workbook_for_each_department(self, folder: Path, database: Database) -> None:
        names = sorted(path.name for path in folder.glob("*.xlsx"))
        assert names == ["出勤簿_2024-12_デジタル推進室.xlsx", "出勤簿_2024-12_子育て企画課.xlsx"]
        latest = recent_acts(database, limit=1)[0]
        assert latest.kind is EntryKind.EXPORTED
        assert latest.label.params["list"] == "attendance"

    def test_what_is_recorded_stands_in_it(self, folder: Path) -> None:
        book = openpyxl.load_workbook(book_of(folder))
        sheet = sheet_of(book)
        assert sheet.cell(2, 2).value == f"小鳥遊　結衣　（受付番号 {YUI}）"
        second = [sheet.cell(FIRST + 1, column).value for column in (2, 3, START, END, BREAK)]
        assert second == ["2", "月", time(9), time(11, 50), 0]
        assert sheet.cell(FIRST, START).value is None
        assert sheet.protection.sheet
        assert not sheet.cell(FIRST + 1, START).protection.locked
        assert sheet.cell(FIRST + 1, 2).protection.locked
        assert book["_key"].sheet_state == "veryHidden"

    def test_the_sums_are_there_before_anything_calculates(self, folder: Path) -> None:
        book = openpyxl.load_workbook(book_of(folder), data_only=True)
        first = book.worksheets[0]
        rows = {
            first.cell(at, 1).value: (first.cell(at, 3).value, first.cell(at, 4).value) for at in range(5, 8)
        }
        assert rows[YUI][0] == 3
        assert round(rows[YUI][1].total_seconds() / 60) == 510  # type: ignore[union-attr]
        assert rows["合計"][0] == 13

    def test_plans_and_closed_days_are_named(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[YUI], TEN_DAYS[6:7], "終", ShiftKind.PLANNED)
        [file] = make_attendance_books(
            database,
            programme_id=programme_id,
            year=2024,
            month=12,
            made_on=MADE,
            departments=["子育て企画課"],
        )
        rows = next(one for one in file.book.people if one.number == YUI).rows
        assert rows[15].planned == "9:00～16:00"
        assert (rows[0].is_closed, rows[29].planned) == (True, "年末年始")

    def test_nobody_in_that_month(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        assert four
        with pytest.raises(RuleError) as caught:
            make_attendance_books(database, programme_id=programme_id, year=2025, month=3, made_on=MADE)
        assert caught.value.code == "month.nobody"


class TestBack:
    def test_untouched_it_changes_nothing(self, database: Database, programme_id: int, folder: Path) -> None:
        result = taken(database, programme_id, book_of(folder))
        assert (result.effect, result.refused, result.change.changed) == (0, (), False)
        assert {one.number: one.after for one in result.people} == {SAKURA: 3600, YUI: 510}

    def test_what_was_written_is_taken_in_as_one_act(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        path = edited(book_of(folder), write(9, time(9), time(16), 60, remote="○", reason="資料作成"))
        edited(path, write(4, None, None, None))
        edited(path, write(10, "９：００", "12時30分"))
        seen = taken(database, programme_id, path, dry_run=True)
        assert not seen.change.changed
        result = taken(database, programme_id, path)
        assert seen.people == result.people
        yui = next(one for one in result.people if one.number == YUI)
        assert (yui.before, yui.after) == (510, 510 - 170 + 360 + 210)
        assert [day.day for day in yui.changed] == [4, 9, 10]
        assert minutes(database, programme_id, four[YUI]) == {2: 170, 6: 170, 9: 360, 10: 210}
        month = attendance_month(
            database, programme_id=programme_id, appointment_id=four[YUI].appointment_id, year=2024, month=12
        )
        ninth = next(one for one in month.worked if one.time.day.day == 9)
        assert (ninth.is_remote, ninth.reason) == (True, "資料作成")
        undo(database)
        assert minutes(database, programme_id, four[YUI]) == {2: 170, 4: 170, 6: 170}

    def test_a_second_stretch_in_a_spare_row(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        def edit(book: openpyxl.Workbook) -> None:
            sheet = sheet_of(book)
            for column, value in ((2, "2"), (START, time(13)), (END, time(15)), (BREAK, 0)):
                sheet.cell(FIRST + 31, column).value = value
            for column, value in ((2, "32"), (START, time(13)), (END, time(15)), (BREAK, 0)):
                sheet.cell(FIRST + 32, column).value = value

        result = taken(database, programme_id, edited(book_of(folder), edit))
        assert minutes(database, programme_id, four[YUI])[2] == 170 + 120
        assert codes(result) == [(f"B{FIRST + 32}", "attendance.day-unreadable")]

    def test_the_signature_comes_along(self, database: Database, programme_id: int, folder: Path) -> None:
        def sign(book: openpyxl.Workbook) -> None:
            sheet = book.worksheets[0]
            row = next(at for at in range(1, 20) if sheet.cell(at, 1).value == "確認日")
            sheet.cell(row, 2).value = datetime(2024, 12, 27)
            sheet.cell(row + 1, 2).value = "課長　見本 花子"

        result = taken(database, programme_id, edited(book_of(folder), sign))
        assert (result.signed_on, result.signed_by) == (date(2024, 12, 27), "課長　見本 花子")

    @pytest.mark.parametrize(
        ("start", "end", "pause", "column", "code"),
        [
            ("25:00", time(12), 0, "E", "shift.past-midnight"),
            (time(9), "ひる", 0, "F", "time.unreadable"),
            (time(12), time(9), 0, "F", "shift.end-before-start"),
            (time(9), time(12), -30, "G", "shift.break-negative"),
            (time(9), time(12), 180, "G", "shift.break-too-long"),
            (time(9), None, 0, "F", "attendance.incomplete"),
        ],
    )
    def test_a_cell_that_cannot_be_leaves_its_day_as_it_was(
        self,
        database: Database,
        programme_id: int,
        four: dict[str, Member],
        folder: Path,
        start: object,
        end: object,
        pause: object,
        column: str,
        code: str,
    ) -> None:
        path = edited(book_of(folder), write(2, start, end, pause))
        edited(path, write(9, time(9), time(12)))
        result = taken(database, programme_id, path)
        assert codes(result) == [(f"{column}{FIRST + 1}", code)]
        assert minutes(database, programme_id, four[YUI]) == {2: 170, 4: 170, 6: 170, 9: 180}

    def test_hours_changed_here_meanwhile(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        path = edited(book_of(folder), write(9, time(9), time(12)))
        work(database, programme_id, four[YUI], TEN_DAYS[4:5], "終")
        result = taken(database, programme_id, path)
        assert codes(result) == [("", "attendance.changed-since-sheet")]
        assert minutes(database, programme_id, four[YUI]) == {2: 170, 4: 170, 6: 170, 11: 360}

    def test_taking_it_in_twice_changes_nothing_more(
        self, database: Database, programme_id: int, folder: Path
    ) -> None:
        path = edited(book_of(folder), write(9, time(9), time(12)))
        taken(database, programme_id, path)
        again = taken(database, programme_id, path)
        assert (again.effect, again.refused) == (0, ())

    def test_a_closed_month(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        path = edited(book_of(folder), write(9, time(9), time(12)))
        close_month(database, programme_id=programme_id, year=2024, month=12)
        assert codes(taken(database, programme_id, path)) == [("", "month.closed")]
        assert 9 not in minutes(database, programme_id, four[YUI])

    def test_a_row_taken_out_and_one_copied(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        def edit(book: openpyxl.Workbook) -> None:
            sheet = sheet_of(book)
            for column in range(1, HOURS + 1):
                sheet.cell(FIRST + 2, column).value = sheet.cell(FIRST + 1, column).value
            sheet.delete_rows(FIRST + 3)

        result = taken(database, programme_id, edited(book_of(folder), edit))
        assert {code for _place, code in codes(result)} == {
            "attendance.row-unknown",
            "attendance.row-gone",
        }
        assert minutes(database, programme_id, four[YUI]) == {2: 170, 4: 170, 6: 170}

    def test_somebody_elses_name_on_top(self, database: Database, programme_id: int, folder: Path) -> None:
        def edit(book: openpyxl.Workbook) -> None:
            sheet_of(book).cell(2, 2).value = "葛城　さくら"

        path = edited(edited(book_of(folder), edit), write(9, time(9), time(12)))
        assert codes(taken(database, programme_id, path)) == [("", "attendance.heading-changed")]

    def test_a_day_that_was_overwritten(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        def edit(book: openpyxl.Workbook) -> None:
            sheet_of(book).cell(FIRST + 1, 2).value = "3"

        result = taken(database, programme_id, edited(book_of(folder), edit))
        assert codes(result) == [(f"B{FIRST + 1}", "attendance.day-changed")]
        assert minutes(database, programme_id, four[YUI])[2] == 170

    def test_a_sheet_that_is_gone(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        def edit(book: openpyxl.Workbook) -> None:
            book.remove(sheet_of(book))

        result = taken(database, programme_id, edited(book_of(folder), edit))
        assert [(one.number, one.code) for one in result.refused] == [(YUI, "attendance.sheet-gone")]
        assert minutes(database, programme_id, four[YUI]) == {2: 170, 4: 170, 6: 170}

    def test_overlapping_rows(
        self, database: Database, programme_id: int, four: dict[str, Member], folder: Path
    ) -> None:
        def edit(book: openpyxl.Workbook) -> None:
            sheet = sheet_of(book)
            for column, value in ((2, "2"), (START, time(11)), (END, time(15)), (BREAK, 0)):
                sheet.cell(FIRST + 31, column).value = value

        assert codes(taken(database, programme_id, edited(book_of(folder), edit))) == [("", "shift.overlap")]
        assert minutes(database, programme_id, four[YUI])[2] == 170


class TestOtherFiles:
    def test_no_workbook_of_ours(self, database: Database, programme_id: int, tmp_path: Path) -> None:
        path = tmp_path / "other.xlsx"
        book = openpyxl.Workbook()
        book.active["A1"] = "出勤簿"
        book.active["A2"] = "x"
        book.save(path)
        with pytest.raises(InputFileError, match=r"attendance\.not-a-book"):
            taken(database, programme_id, path)

    def test_of_another_programme(self, database: Database, programme_id: int, folder: Path) -> None:
        def edit(book: openpyxl.Workbook) -> None:
            sheet = book["_key"]
            for row in sheet.iter_rows():
                if row[0].value == "programme":
                    row[2].value = "R5"

        with pytest.raises(RuleError, match=r"sheet\.other-programme"):
            taken(database, programme_id, edited(book_of(folder), edit))


def test_the_month_of_everybody_comes_back_unchanged(
    database: Database, programme_id: int, four: dict[str, Member], folder: Path
) -> None:
    before = {number: minutes(database, programme_id, member) for number, member in four.items()}
    for path in folder.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        book.save(path)  # as another program writes it
        assert taken(database, programme_id, path).effect == 0
    assert {number: minutes(database, programme_id, member) for number, member in four.items()} == before
