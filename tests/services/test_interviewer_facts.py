"""Role, limit, support and address of interviewers: from files and in lists, the address never on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people, write_csv
from pypdf import PdfReader

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.interviewer_facts import read_limit, read_support
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.interview_announcing import announce
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_day import mark
from fujisawa_desktop.services.interview_imports import import_interviewers
from fujisawa_desktop.services.interview_view import Attendance, InterviewerColumn
from fujisawa_desktop.services.list_tables import interview_table
from fujisawa_desktop.services.table_files import table_file

URL = "https://meet.example.jp/j/123?pwd=q"
HEADINGS = "面接官,コース,日付,開始,終了,会議URL,役割,1日の上限,配慮対応"
DAY, NEXT = ("2024-10-30", "9:00", "12:00"), ("2024-10-31", "9:00", "12:00")


def taken_in(
    database: Database, programme_id: int, folder: Path, *rows: tuple[str, ...], dry_run: bool = False
) -> ImportResult:
    file = write_csv(folder / "interviewers.csv", HEADINGS, rows)
    return import_interviewers(database, programme_id=programme_id, file=file, dry_run=dry_run)


def of(database: Database, programme_id: int, part: str) -> InterviewerColumn:
    view = calendar(database, programme_id=programme_id)
    return view.interviewer_of[interviewer_named(view, part)]


def facts(column: InterviewerColumn) -> tuple[str, int | None, bool, str]:
    return column.role, column.daily_limit, column.gives_support, column.meeting_url


def test_facts_of_a_file_are_stored_once_for_all_rows_of_an_interviewer(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    result = taken_in(
        database, programme_id, tmp_path,
        ("甲", "", *DAY, URL, " 職員課 ", "６件", "○"), ("甲", "", *NEXT, "", "", "", ""),
        ("乙", "", *DAY, "", "", "", "×"),
    )  # fmt: skip
    assert (result.added, result.rejected, result.warnings) == (3, (), ())
    assert facts(of(database, programme_id, "甲")) == ("職員課", 6, True, URL)
    assert facts(of(database, programme_id, "乙")) == ("", None, False, "")
    again = taken_in(database, programme_id, tmp_path, ("甲", "", *DAY, "", "", "", ""))
    assert not again.change.changed
    undo(database)
    assert calendar(database, programme_id=programme_id).interviewers == ()


def test_other_facts_than_before_hold_and_are_told(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    taken_in(database, programme_id, tmp_path, ("甲", "", *DAY, URL, "職員課", "6", "有"))
    changed = ("甲", "", *DAY, "", "受入部署", "", "無")
    foreseen = taken_in(database, programme_id, tmp_path, changed, dry_run=True)
    assert foreseen.updated == 1
    assert facts(of(database, programme_id, "甲")) == ("職員課", 6, True, URL)
    result = taken_in(database, programme_id, tmp_path, changed)
    assert (result.updated, [one.code for one in result.warnings]) == (1, ["interviewers.facts-changed"])
    assert facts(of(database, programme_id, "甲")) == ("受入部署", 6, False, URL)
    undo(database)
    assert facts(of(database, programme_id, "甲")) == ("職員課", 6, True, URL)
    redo(database)
    assert facts(of(database, programme_id, "甲")) == ("受入部署", 6, False, URL)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (("http://x.jp", "", "", ""), "会議URL", "interview.url"),
        (("", "", "0", ""), "1日の上限", "interviewers.limit-unreadable"),
        (("", "", "6.5", ""), "1日の上限", "interviewers.limit-unreadable"),
        (("", "", "", "手話"), "配慮対応", "interviewers.support-unreadable"),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_its_row(
    database: Database, programme_id: int, tmp_path: Path, cells: tuple[str, ...], column: str, code: str
) -> None:
    result = taken_in(database, programme_id, tmp_path, ("甲", "", *DAY, *cells))
    assert [(one.line, one.column, one.code) for one in result.rejected] == [(2, column, code)]
    assert calendar(database, programme_id=programme_id).interviewers == ()


def test_two_rows_that_contradict_are_told_by_line(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    result = taken_in(
        database, programme_id, tmp_path,
        ("甲", "", *DAY, "", "職員課", "", ""), ("甲", "", *NEXT, "", "受入部署", "", ""),
    )  # fmt: skip
    assert [(one.line, one.column, one.code, one.params) for one in result.rejected] == [
        (3, "役割", "interviewers.said-twice", {"line": 2})
    ]
    assert of(database, programme_id, "甲").role == "職員課"


@pytest.mark.parametrize(("text", "limit"), [("6", 6), ("１２", 12), (" 8 件", 8), ("99", 99)])
def test_limits_are_read_in_any_width(text: str, limit: int) -> None:
    assert read_limit(text) == limit


def test_support_is_yes_or_no_and_nothing_between() -> None:
    assert [read_support(text) for text in ("○", "あり", "YES", "対応可", "×", "なし", "０")] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip
    with pytest.raises(ValidationError, match=r"interviewers\.support-unreadable"):
        read_support("たぶん")


def test_a_list_of_interviews_tells_where_they_take_place_except_on_paper(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    view = office_and_people(database, programme_id, tmp_path, narrow=2)
    taken_in(database, programme_id, tmp_path, ("職員課 佐野", "", *DAY, URL, "", "", ""))
    book(
        database, programme_id=programme_id, entry_id=entry_of(view, 0), start=at(9),
        interviewer_ids=[interviewer_named(view, "佐野")],
    )  # fmt: skip
    announce(database, programme_id=programme_id)
    (one,) = calendar(database, programme_id=programme_id).interviews
    mark(database, interview_id=one.interview_id, attendance=Attendance.ATTENDED, late_minutes=7)
    table = interview_table(database, programme_id=programme_id)
    (row,) = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert (row["told"], row["attendance"], row["late_minutes"], row["meeting_url"]) == (
        at(9), "attended", 7, URL,
    )  # fmt: skip
    moment = datetime(2024, 10, 30)
    assert URL in table_file(table, "csv", texts.term, made_at=moment).decode("utf-8-sig")
    paper = tmp_path / "list.pdf"
    paper.write_bytes(table_file(table, "pdf", texts.term, made_at=moment))
    printed = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert "出席" in printed
    assert "meet" not in printed
    assert "URL" not in printed
