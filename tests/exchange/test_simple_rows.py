from __future__ import annotations

from datetime import date, time

import pytest

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.hours_rows import HoursRecord, read_hours
from fujisawa_desktop.exchange.simple_rows import (
    AvailabilityRecord,
    DecisionRecord,
    InterviewerRecord,
    read_availability,
    read_decisions,
    read_interviewers,
)
from fujisawa_desktop.rules.selection import Result, Stage
from tests.exchange.tables import table


def test_decisions_with_and_without_course() -> None:
    made = table(
        ["結果", "申込番号", "選考", "備考"],
        ["合格", "1", "1次", ""],
        ["不合格", "２", "１次", "x"],
        ["補欠1", "3", "最終", ""],
        ["補欠", "4", "2次", ""],
        ["補欠（第2位）", "5", "最終", ""],
    )
    assert read_decisions(made).records == (
        DecisionRecord(2, "1", Stage.FIRST, Result.PASS, None, ""),
        DecisionRecord(3, "2", Stage.FIRST, Result.FAIL, None, ""),
        DecisionRecord(4, "3", Stage.FINAL, Result.RESERVE, 1, ""),
        DecisionRecord(5, "4", Stage.FINAL, Result.RESERVE, None, ""),
        DecisionRecord(6, "5", Stage.FINAL, Result.RESERVE, 2, ""),
    )
    named = table(["整理番号", "選考", "結果", "コース"], ["1", "最終", "合格", "DX"])
    assert read_decisions(named).records[0].course_text == "DX"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (["", "1次", "合格"], "申込番号", "cell.missing"),
        (["1", "3次", "合格"], "選考", "decision.stage-unknown"),
        (["1", "1次", "たぶん"], "結果", "decision.result-unknown"),
        (["1", "最終", "補欠0"], "結果", "decision.result-unknown"),
        (["1.2E+11", "1次", "合格"], "申込番号", "number.damaged"),
        (["1", "1次", "合格", "x"], "", "row.too-many-cells"),
    ],
)
def test_decisions_that_cannot_be_read(row: list[str], column: str, code: str) -> None:
    read = read_decisions(table(["申込番号", "選考", "結果"], row, ["9", "1次", "合格"]))
    assert [(r.line, r.column, r.code) for r in read.rejections] == [(2, column, code)]
    assert [record.number for record in read.records] == ["9"]


def test_availability_and_interviewers() -> None:
    free = table(
        ["申込番号", "日付", "開始", "終了"],
        ["1", "10月30日", "9:00", "10:00"],
        ["1", "R6.10.30", "９時", "1030"],
    )
    read = read_availability(free)
    assert read.records == (AvailabilityRecord(3, "1", date(2024, 10, 30), time(9), time(10, 30)),)
    assert [rejection.code for rejection in read.rejections] == ["date.unreadable"]
    seats = table(
        ["面接官", "コース", "日付", "開始", "終了"],
        ["職員課　A", "", "2024/10/30", "9:00", "12:00"],
        ["", "", "2024/10/30", "9:00", "12:00"],
        ["B", "DX", "2024/10/30", "12:00", "12:00"],
    )
    interviewers = read_interviewers(seats)
    assert interviewers.records == (
        InterviewerRecord(2, "職員課　A", "", date(2024, 10, 30), time(9), time(12)),
    )
    assert [(r.line, r.column, r.code) for r in interviewers.rejections] == [
        (3, "面接官", "cell.missing"),
        (4, "終了", "span.end-before-start"),
    ]


def test_hours_and_their_breaks() -> None:
    rows = [
        ["1", "2024-12-02", "９：００", "15:45", text]
        for text in ("60", "60分", "1:00", "０", "", "-5", "なし")
    ]
    read = read_hours(table(["申込番号", "勤務日", "開始", "終了", "休憩分"], *rows))
    assert [record.break_minutes for record in read.records] == [60, 60, 60, 0]
    assert read.records[0] == HoursRecord(2, "1", date(2024, 12, 2), time(9), time(15, 45), 60)
    assert [(r.line, r.code) for r in read.rejections] == [
        (6, "cell.missing"),
        (7, "shift.break-negative"),
        (8, "minutes.unreadable"),
    ]


def test_missing_columns_are_named_together() -> None:
    with pytest.raises(InputFileError) as caught:
        read_hours(table(["申込番号", "勤務日", "開始"], ["1", "2", "3"]))
    assert (caught.value.code, caught.value.params["columns"]) == ("import.column-missing", "終了、休憩分")
