"""Roster, timetable, attendance sheet and pay statement, read back."""

from __future__ import annotations

import zxingcpp
from paper_samples import IVS_NAME, LONGEST_NAME, URL, attendance, pay_statement, printed, roster, timetable
from pdf_reading import ink, opened, pages_text, picture, pypdf_text

from fujisawa_desktop.documents.specs import AttendanceDay, RemarkKind, TimetableCell


def test_a_roster_runs_over_pages_with_its_head_on_each() -> None:
    paper = printed(roster(40))
    texts = pages_text(paper.pdf)
    assert len(texts) == 2
    with opened(paper.pdf) as document:
        width, height = document.get_page_size(0)
    assert width > height
    for number, text in enumerate(texts, start=1):
        for part in (
            "応募者名簿",
            "取扱注意",
            "受付番号",
            "フリガナ",
            "40名",
            "17:02 作成",
            f"{number}／2頁",
        ):
            assert part in text
    joined = "".join(texts)
    assert all(f"1000{number:08d}" in joined for number in range(1, 41))
    assert paper.remarks == ()


def test_a_roster_of_one_and_of_nobody() -> None:
    assert "楜澤　涼介" in pages_text(printed(roster(1)).pdf)[0]
    empty = pages_text(printed(roster(0)).pdf)
    assert len(empty) == 1
    assert "該当する応募者はいません。" in empty[0]
    assert "1／1頁" in empty[0]


def test_long_texts_in_a_roster_are_broken_small_and_only_then_cut() -> None:
    paper = printed(roster(2, LONGEST_NAME + "之丞左衛門"))
    assert (LONGEST_NAME + "之丞左衛門") in pages_text(paper.pdf)[0].replace("\n", "")
    assert paper.remarks == ()
    cut = printed(roster(1, "あ" * 200))
    assert [remark.kind for remark in cut.remarks] == [RemarkKind.CUT]
    assert "…" in pages_text(cut.pdf)[0]


def test_special_names_in_a_roster() -> None:
    paper = printed(roster(1, IVS_NAME))
    assert IVS_NAME in pages_text(paper.pdf)[0]


def test_a_timetable_shows_times_people_and_interviewers() -> None:
    text = pypdf_text(printed(timetable()).pdf)
    for part in (
        "日程表",
        "2024年10月30日（水）",
        "9:00",
        "16:30",
        "面接官A",
        "面接官C",
        "楜澤　涼介",
        "髙﨑　花",
    ):
        assert part in text
    assert "100000000001　DX・スマートシティ" in text


def test_many_interviewers_and_short_slots_take_more_pages() -> None:
    paper = printed(timetable(interviewers=9, rows=40))
    texts = pages_text(paper.pdf)
    assert len(texts) == 6  # two halves of the columns, three thirds of the rows
    for letter in "ABCDEFGHI":
        assert sum(f"面接官{letter}" in text for text in texts) == 3
    assert all(f"{number}／6頁" in text for number, text in enumerate(texts, start=1))


def test_an_interview_over_a_page_break_stands_on_both_pages() -> None:
    spec = timetable(interviewers=1, rows=40)
    spec = type(spec)(**{name: getattr(spec, name) for name in spec.__slots__} | {
        "cells": (TimetableCell(12, 0, 4, "楜澤　涼介", ()),)
    })  # fmt: skip
    texts = pages_text(printed(spec).pdf)
    assert [("楜澤　涼介" in text) for text in texts] == [True, True, False]


def test_an_attendance_sheet_is_one_page_with_every_day() -> None:
    paper = printed(attendance())
    assert len(paper.owners) == 1
    text = pypdf_text(paper.pdf)
    for part in (
        "出勤簿",
        "令和6年12月分",
        "楜澤　涼介",
        "本人印",
        "所属長",
        "59時間45分",
        "0時間14分",
        "年末年始",
    ):
        assert part in text
    assert text.count("1:00 5:45") == 31
    box = ink(paper.pdf)
    assert box.left >= 24.9
    assert box.bottom <= 290


def test_closed_days_are_gray() -> None:
    gray = ((picture(printed(attendance()).pdf) > 220) & (picture(printed(attendance()).pdf) < 235)).sum()
    plain = attendance()
    days = tuple(
        AttendanceDay(d.day, d.weekday, False, d.planned, d.starts, d.ends, d.break_time, d.worked, d.note)
        for d in plain.days
    )
    spec = type(plain)(**{name: getattr(plain, name) for name in plain.__slots__} | {"days": days})
    pixels = picture(printed(spec).pdf)
    assert ((pixels > 220) & (pixels < 235)).sum() < gray / 3


def test_many_stretches_of_work_take_a_second_page() -> None:
    texts = pages_text(printed(attendance(days=80)).pdf)
    assert len(texts) == 2
    assert "2／2頁" in texts[1]
    assert "所属長" not in texts[0]
    assert "所属長" in texts[1]


def test_a_pay_statement_says_how_the_amount_came_about() -> None:
    pdf = printed(pay_statement()).pdf
    text = pypdf_text(pdf)
    for part in (
        "支給額計算書（参考）", "令和6年12月分", "楜澤　涼介　様", "見本市 総務部 職員課",
        "1,258円 × 3,585分 ÷ 60分 ＝ 75,165.50円", "差引支給額", "75,166円", "※この計算書は、参考です。",
    ):  # fmt: skip
        assert part in text, part
    assert [code.text for code in zxingcpp.read_barcodes(picture(pdf, dots=200))] == [URL]


def test_each_kind_in_one_file_has_its_own_outline_entry() -> None:
    paper = printed(attendance(), pay_statement("髙﨑　花"), roster(30))
    assert [owner.label for owner in paper.owners] == [
        "楜澤　涼介",
        "髙﨑　花",
        *["「DX・スマートシティ」コース"] * 2,
    ]
