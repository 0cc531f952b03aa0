"""Readings above names: where they stand, how long ones make room, and what is copied."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_samples import IVS_NAME, LONGEST_NAME, printed, score_sheet
from pdf_reading import Box, ink, line_boxes, pages_text, pypdf_text, start_of

from fujisawa_desktop.documents.characters import clusters
from fujisawa_desktop.documents.fonts import Family, glyphs
from fujisawa_desktop.documents.ruby import PART, RISE, RubyLine, ruby_fits, ruby_line
from fujisawa_desktop.documents.specs import LabelledText
from fujisawa_desktop.documents.stylesheet import LETTER, LETTER_DENSITIES, LIST
from fujisawa_desktop.documents.typesetting import width_of

M = Family.MINCHO
NAMES = st.text(st.sampled_from("楜澤涼介葛城さくらア一 　1\U000e0100"), max_size=12)
KANA = st.text(st.sampled_from("くるみざわリョウ・ "), max_size=20)


def stretch(line: RubyLine, number: int) -> tuple[float, float]:
    """Return where a part of the reading has its ink, in ems of the text."""
    part = line.readings[number]
    gap = part.line.gaps[-1] if part.line.gaps else 0.0
    return part.start + part.line.shift * PART, part.start + (part.line.width - gap / 2) * PART


def centres(line: RubyLine) -> list[float]:
    """Return the middle of every character of the text."""
    found, pen = [], line.text.shift
    table = glyphs(M)
    gaps = line.text.gaps or (0.0,) * len(line.text.clusters)
    for unit, gap in zip(line.text.clusters, gaps, strict=True):
        found.append(pen + table[unit].width / 2)
        pen += table[unit].width + gap
    return found


def test_a_short_reading_stands_in_the_middle_above_its_word() -> None:
    line = ruby_line("山本一郎", "はじめ", M)
    assert line.width == 4.0
    left, right = stretch(line, 0)
    assert (left + right) / 2 == pytest.approx(2.0)
    assert left > 0  # half the white of its inside stands at both ends


def test_each_word_has_its_part() -> None:
    line = ruby_line("山田　花子", "やまだ はなこ", M)
    assert ["".join(part.line.clusters) for part in line.readings] == ["やまだ", "はなこ"]
    assert line.readings[0].start == pytest.approx(0.0)
    assert line.readings[1].start == pytest.approx(3.0)


def test_as_many_parts_as_characters_stand_above_each() -> None:
    line = ruby_line("髙﨑　花", "たか さき はな", M)
    assert ["".join(part.line.clusters) for part in line.readings] == ["たか", "さき", "はな"]
    middles = [sum(stretch(line, number)) / 2 for number in range(3)]
    assert middles == pytest.approx([one for place, one in enumerate(centres(line)) if place != 2])


def test_what_does_not_divide_stands_above_the_whole() -> None:
    line = ruby_line("佐藤健", "さとう たける", M)
    assert ["".join(part.line.clusters) for part in line.readings] == ["さとう たける"]


def test_a_long_reading_lies_over_the_blank_first_and_then_spreads_its_word() -> None:
    # Five kana above two characters are half an em too long; a quarter of it lies over the blank.
    line = ruby_line("楜澤　涼介", "クルミザワ リョウスケ", M)
    assert line.width == pytest.approx(5.5)
    assert line.readings[0].start == pytest.approx(0.0)
    (_, end), (begin, _) = stretch(line, 0), stretch(line, 1)
    assert begin - end >= 0.5, "the two readings stay apart"
    assert ruby_line("東", "ひがしくにまろ", M).width == pytest.approx(3.5)


@given(NAMES, KANA)
def test_nothing_is_lost_and_no_reading_meets_another(text: str, reading: str) -> None:
    text = "".join(clusters(text)).strip("\U000e0100")
    line = ruby_line(text, reading, M)
    assert "".join(line.text.clusters) == text
    if text.strip() and reading.strip():
        said = "".join("".join(part.line.clusters) for part in line.readings)
        assert said.replace(" ", "") == "".join(reading.split())
    spans = [stretch(line, number) for number in range(len(line.readings))]
    for (_, end), (begin, _) in pairwise(spans):
        assert begin >= end - 1e-6
    assert all(begin >= -1e-6 and end <= line.width + 1e-6 for begin, end in spans)


def test_without_a_reading_the_line_is_the_usual_one() -> None:
    assert ruby_line("楜澤　涼介", " ", M).width == width_of("楜澤　涼介", M)
    assert ruby_line("", "くるみざわ", M).readings == ()


def test_a_reading_fits_between_the_lines_of_a_letter_however_close_they_are_set() -> None:
    for sheet in LETTER_DENSITIES:
        room = sheet.body.leading / sheet.body.size - 1
        assert room + 0.02 >= RISE - 0.88 + PART * 0.88
    assert LETTER.body.leading / LETTER.body.size > 1 + PART


FACTS = (
    LabelledText("受付番号", "100000000001"),
    LabelledText("面接時間", "9:00～9:30"),
    LabelledText("氏名", "楜澤　涼介", True, "クルミザワ リョウスケ"),
    LabelledText("大学", "見本大学", True),
)
NAME_CELL = Box(51.5, 37.2, 180, 45.2)


def test_on_paper_the_reading_is_half_as_high_and_above_the_name_within_its_cell() -> None:
    pdf = printed(replace(score_sheet(), facts=FACTS)).pdf
    _, name_base = start_of(pdf, "楜澤")
    _, reading_base = start_of(pdf, "クルミザワ")
    assert 0 < name_base - reading_base < LIST.cell.size / 72 * 25.4 * 1.1
    reading, name = line_boxes(pdf, Box(51.5, reading_base - 2.2, 180, name_base + 0.8))
    assert reading.bottom < name.top, "they do not touch"
    assert reading.bottom - reading.top < 0.6 * (name.bottom - name.top)
    assert (reading.left + reading.right) / 2 == pytest.approx((name.left + name.right) / 2, abs=0.6)


def test_what_is_copied_is_the_name_and_then_its_reading() -> None:
    facts = (*FACTS[:2], LabelledText("氏名", IVS_NAME, True, "カツラギ ヨシノスケ"))
    pdf = printed(replace(score_sheet(), facts=facts)).pdf
    for text in (pages_text(pdf)[0], pypdf_text(pdf)):
        assert IVS_NAME in text
        assert text.index(IVS_NAME) < text.index("カツラギ ヨシノスケ")


def test_a_reading_too_long_for_its_place_follows_the_name_in_brackets() -> None:
    name, reading = LONGEST_NAME * 3, "ジュゲムジュゲムゴコウノスリキレ" * 6
    assert not ruby_fits(name, reading, LIST.cell, 390)
    paper = printed(replace(score_sheet(), facts=(LabelledText("氏名", name, True, reading),)))
    text = pages_text(paper.pdf)[0].replace("\n", "")
    assert f"{name}（{reading}）" in text
    assert ink(paper.pdf).right < 192


@pytest.mark.parametrize("reading", ["外\ue000", "<b>", "\x00\u202e", "あ" * 500])
def test_hostile_readings_are_printed_or_named(reading: str) -> None:
    facts = (LabelledText("氏名", "山田", False, reading), LabelledText("氏名", "山田", True, reading))
    paper = printed(replace(score_sheet(), facts=facts))
    assert "山田" in pages_text(paper.pdf)[0]
    assert bool(paper.remarks) == ("\ue000" in reading or len(reading) == 500)
