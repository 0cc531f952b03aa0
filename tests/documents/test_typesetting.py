"""Line breaking by 禁則処理, justification, spacing."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.documents.characters import clean
from fujisawa_desktop.documents.fonts import Family, glyphs
from fujisawa_desktop.documents.typesetting import (
    NO_LINE_END,
    NO_LINE_START,
    STOPS,
    Line,
    paragraph,
    single_line,
    spread_line,
    width_of,
)

M = Family.MINCHO
JAPANESE = st.text(
    st.sampled_from("あいっゃーの漢字選考面接、。「」（）・々ア1258DXab 〒葛\U000e0100"), max_size=120
)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(line.clusters) for line in lines]


def natural_width(line: Line) -> float:
    table = glyphs(M)
    return sum(table[unit].width for unit in line.clusters) + sum(line.gaps) + line.shift


def test_text_is_broken_where_the_line_is_full() -> None:
    assert texts(paragraph("あいうえおかきくけこさ", M, 5.0)) == ["あいうえお", "かきくけこ", "さ"]


def test_the_first_line_is_set_in_and_only_that() -> None:
    lines = paragraph("あいうえおかきくけこ\n改行の後", M, 5.0, 1.0)
    assert texts(lines) == ["あいうえ", "おかきくけ", "こ", "改行の後"]
    assert [line.shift for line in lines] == [1.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("あいうえおーかき", ["あいうえ", "おーかき"]),  # ー does not begin a line
        ("あいうえおっかき", ["あいうえ", "おっかき"]),
        ("あいうえ「かき」", ["あいうえ", "「かき」"]),  # 「 does not end a line
        ("あいうえお、かき", ["あいうえお、", "かき"]),  # 、 hangs
        ("あいうえお」かき", ["あいうえ", "お」かき"]),
        ("あいうえ1258円", ["あいうえ", "1258円"]),  # a number stays whole
        ("あいうえ１２円か", ["あいうえ", "１２円か"]),
        ("あいうえ――かき", ["あいうえ", "――かき"]),
        ("あいう Fuji 山", ["あいう", "Fuji 山"]),  # the space at the break belongs to neither line
        ("あ FUJISAWACITY", ["あ", "FUJISAW", "ACITY"]),  # a word wider than the line has to be broken
        ("あいうえお 、か", ["あいうえ", "お 、か"]),
        ("、、、、、、、、、、、、、、", ["、、、、、、、、、、、", "、、、"]),
    ],
)
def test_rules_of_line_breaking(text: str, expected: list[str]) -> None:
    assert texts(paragraph(text, M, 5.0)) == expected


def test_an_address_is_broken_behind_its_strokes() -> None:
    lines = texts(paragraph("https://www.city.example.lg.jp/shokuin/internship.html", M, 16.0))
    assert len(lines) > 1
    assert all(line[-1] in "/.-" for line in lines[:-1])


@given(JAPANESE, st.integers(4, 20))
def test_nothing_is_lost_and_no_rule_is_broken_without_need(text: str, measure: int) -> None:
    lines = paragraph(text, M, float(measure))
    assert re.sub(" ", "", "".join(texts(lines))) == re.sub(" ", "", clean(text))
    for before, after in pairwise(lines):
        head, tail = after.clusters[0], before.clusters[-1]
        if head in NO_LINE_START or tail in NO_LINE_END:
            # Only when the line before holds no other place to break.
            units = [*before.clusters, head]
            legal = [
                place
                for place in range(1, len(before.clusters))
                if units[place] not in NO_LINE_START | {" "}
                and units[place - 1] not in NO_LINE_END
                and not (units[place - 1].isascii() and units[place].isascii())
            ]
            assert not legal


@given(JAPANESE, st.integers(4, 20))
def test_lines_fit_but_for_a_hanging_stop(text: str, measure: int) -> None:
    for line in paragraph(text, M, float(measure)):
        assert natural_width(line) == pytest.approx(line.width, abs=1e-6)
        last = line.clusters[-1] if line.clusters else ""
        outside = 1.0 if last in STOPS else 0.5
        assert line.width <= measure + outside + 1e-6
        assert all(gap <= 0.095 + 1e-9 for gap in line.gaps)


def test_full_lines_are_justified_to_the_same_edge() -> None:
    text = (
        "このたびは、長期インターンシップにご応募いただき、誠にありがとうございました。"
        "ご連絡くださいますようお願いいたします。"
    )
    lines = paragraph(text, M, 20.0)
    assert len(lines) == 3
    for line in lines[:-1]:
        # The blank half of a last stop, or a stop that hangs, stands outside.
        outside = {0.0, 0.5, 1.0} if line.clusters[-1] in STOPS else {0.0}
        assert round(line.width - 20.0, 6) in outside


def test_brackets_that_meet_are_drawn_together() -> None:
    assert width_of("（「あ」）、", M) == pytest.approx(4.5)  # six full widths less three halves
    assert width_of("あ（い）う", M) == pytest.approx(5.0)


def test_letters_and_figures_stand_a_little_apart_from_kanji() -> None:
    assert width_of("第1次", M) == pytest.approx(2.5 + 2 * 0.06)
    assert width_of("DX・スマート", M) < 7.0


def test_a_line_that_begins_with_a_bracket_leaves_its_blank_half_out() -> None:
    lines = paragraph("あいうえお「かきくけ」", M, 5.0)
    assert lines[1].shift == -0.5


def test_spread_text_keeps_numbers_together_and_fills_its_room() -> None:
    line = spread_line("藤職第123号", M, 9.0)
    assert line.width == 9.0
    gaps = dict(zip(line.clusters, line.gaps, strict=True))
    assert gaps["1"] == gaps["2"] == 0.0
    assert gaps["藤"] > 0.5
    assert spread_line("日時", M, 1.0).width == 2.0
    assert spread_line("DX", M, 9.0) == single_line("DX", M)
