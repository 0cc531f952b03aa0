from __future__ import annotations

from datetime import date, datetime

import pytest

from fujisawa_desktop.exchange.applicant_rows import course_parts
from tests.exchange.tables import GOOD, read, read_with


def test_a_good_row_is_read_by_type_and_kept_raw() -> None:
    result = read_with({"最寄駅": "藤沢", "自己PR": ""})
    assert (result.rejections, result.warnings) == ((), ())
    [record] = result.records
    assert record.number == "123456789012"
    assert record.received_at == datetime(2024, 10, 1, 9, 15, 3)
    assert (record.name_raw, record.kana) == ("楜澤　涼介", "クルミザワ リョウスケ")
    assert record.birth_date == date(2004, 2, 29)
    assert record.weekdays == ("月", "水")
    assert record.answers == (("志望理由", "一行目"), ("最寄駅", "藤沢"))
    assert dict(record.raw) == {**GOOD, "最寄駅": "藤沢", "自己PR": ""}
    assert record.line == 2


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"整理番号": "1.23457E+11"}, "整理番号", "number.damaged"),
        ({"整理番号": "１．２３Ｅ＋１１"}, "整理番号", "number.damaged"),
        ({"整理番号": "123456789012.0"}, "整理番号", "number.damaged"),
        ({"整理番号": "#######"}, "整理番号", "number.damaged"),
        ({"整理番号": "#N/A"}, "整理番号", "number.damaged"),
        ({"整理番号": "　"}, "整理番号", "number.missing"),
        ({"氏名（漢字）": "　 "}, "氏名（漢字）", "name.missing"),
        ({"氏名（漢字）": "\ue000田"}, "氏名（漢字）", "name.private-use"),
        ({"氏名（漢字）": "�田"}, "氏名（漢字）", "name.replaced"),
        ({"生年月日": "2004/02/30"}, "生年月日", "date.no-such-day"),
        ({"生年月日": "ひみつ"}, "生年月日", "date.unreadable"),
        ({"申込日時": "2024/13/01 9:00"}, "申込日時", "date.no-such-day"),
    ],
)
def test_damaged_rows_are_refused_with_line_and_column(
    change: dict[str, str], column: str, code: str
) -> None:
    result = read_with({}, change, {})
    assert [record.line for record in result.records] == [2, 4]
    [rejection] = result.rejections
    assert (rejection.line, rejection.column, rejection.code) == (3, column, code)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("２００４年２月２９日", date(2004, 2, 29)),
        ("平成16年2月29日", date(2004, 2, 29)),
        ("H16.2.29", date(2004, 2, 29)),
        ("20040229", date(2004, 2, 29)),
        ("2004-02-29 00:00:00", date(2004, 2, 29)),
        ("38046", date(2004, 2, 29)),
        ("", None),
    ],
)
def test_every_form_of_a_birth_date(text: str, day: date | None) -> None:
    assert read_with({"生年月日": text}).records[0].birth_date == day


def test_arrival_as_a_serial_number_or_missing() -> None:
    result = read_with({"申込日時": "45570.5"}, {"申込日時": ""})
    assert [record.received_at for record in result.records] == [datetime(2024, 10, 5, 12), None]
    assert [(warning.line, warning.code) for warning in result.warnings] == [(3, "received-at.missing")]


def test_numbers_that_lost_leading_zeros_stand_out() -> None:
    rows = [{"整理番号": f"0123456789{n:02d}"} for n in range(20)]
    result = read_with(*rows, {"整理番号": "12345678999"})
    assert [(r.line, r.code, r.params["digits"]) for r in result.rejections] == [
        (22, "number.digits-lost", 12)
    ]


def test_short_running_numbers_are_no_damage() -> None:
    assert not read_with(*[{"整理番号": str(n)} for n in range(1, 200)]).rejections
    assert not read_with({"整理番号": "RN26000001"}, {"整理番号": "RN1"}).rejections


def test_numbers_rounded_to_fifteen_digits() -> None:
    damaged = read_with({"整理番号": "12345678901234500"}, {"整理番号": "98765432109876500"})
    assert [rejection.code for rejection in damaged.rejections] == ["number.damaged"] * 2
    assert not read_with({"整理番号": "12345678901234567"}, {"整理番号": "98765432109876500"}).rejections


def test_excel_text_formulas_keep_their_zeros() -> None:
    [record] = read_with({"整理番号": '="0012"', "電話番号": '="0466"'}).records
    assert (record.number, record.phone) == ("0012", "0466")


def test_names_in_two_columns_and_half_width_kana() -> None:
    headings = ["会員ID", "氏名(姓)", "氏名(名)", "カナ(姓)", "カナ(名)"]
    result = read(
        headings, ["A", "𠮷野", "葛󠄀", "ﾖｼﾉ", "かつら"], ["B", "グエン", "", "", ""], ["C", "", "", "", ""]
    )
    assert [record.name_raw for record in result.records] == ["𠮷野　葛󠄀", "グエン"]
    assert [record.kana for record in result.records] == ["ヨシノ カツラ", ""]
    assert [(warning.line, warning.code) for warning in result.warnings] == [(3, "kana.missing")]
    assert [(rejection.line, rejection.column) for rejection in result.rejections] == [(4, "氏名(姓)")]


def test_a_reading_that_is_no_kana_is_kept_and_warned_about() -> None:
    result = read_with({"氏名（フリガナ）": "Ｓｍｉｔｈ John"})
    assert result.records[0].kana == "Smith John"
    assert [(warning.line, warning.code) for warning in result.warnings] == [(2, "kana.not-kana")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "「DX・スマートシティ」コース；「子ども・子育て政策」コース",
            ("「DX・スマートシティ」コース", "「子ども・子育て政策」コース"),
        ),
        ("A;B、C/D\nE", ("A", "B", "C", "D", "E")),
        ("「甲、乙」コース", ("「甲、乙」コース",)),
        (" ; ", ()),
    ],
)
def test_two_courses_in_one_cell(text: str, parts: tuple[str, ...]) -> None:
    assert course_parts(text) == parts


def test_courses_in_two_columns_keep_their_order_once() -> None:
    headings = ["整理番号", "氏名", "第1希望コース", "第2希望コース"]
    result = read(headings, ["1", "n", "子育て", "DX"], ["2", "n", "DX", "DX"], ["3", "n", "", ""])
    assert [record.course_texts for record in result.records] == [("子育て", "DX"), ("DX",), ()]


def test_weekdays_as_a_list_as_columns_and_unreadable() -> None:
    assert read_with({"勤務可能曜日": "水、月"}).records[0].weekdays == ("月", "水")
    odd = read_with({"勤務可能曜日": "できるだけ"})
    assert odd.records[0].weekdays == ()
    assert [warning.code for warning in odd.warnings] == ["weekdays.unreadable"]
    assert ("勤務可能曜日", "できるだけ") in odd.records[0].answers
    headings = ["整理番号", "氏名", "月", "火", "水"]
    marks = read(headings, ["1", "n", "1", "0", "○"], ["2", "n", "", "×", ""])
    assert [record.weekdays for record in marks.records] == [("月", "水"), ()]
    assert not marks.records[0].answers


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026年3月", "2026-03"),
        ("2027/3", "2027-03"),
        ("令和9年3月", "2027-03"),
        ("2027-03-31", "2027-03"),
        ("", ""),
    ],
)
def test_months_of_graduation(text: str, month: str) -> None:
    assert read_with({"卒業予定年月": text}).records[0].graduation == month


def test_an_unreadable_month_is_no_reason_to_refuse_a_person() -> None:
    result = read_with({"卒業予定年月": "未定"})
    assert result.records[0].graduation == ""
    assert [warning.code for warning in result.warnings] == ["month.unreadable"]
    assert result.records[0].answers == (("卒業予定年月", "未定"), ("志望理由", "一行目"))


def test_a_row_with_more_cells_than_headings_may_be_shifted() -> None:
    result = read(["整理番号", "氏名"], ["1", "n", "x"], ["2", "m"])
    assert [(rejection.line, rejection.code) for rejection in result.rejections] == [
        (2, "row.too-many-cells")
    ]
    assert [record.number for record in result.records] == ["2"]


def test_endless_texts_are_cut_in_reasons() -> None:
    [rejection] = read_with({"生年月日": "x" * 10_000}).rejections
    assert len(str(rejection.params["text"])) < 100
