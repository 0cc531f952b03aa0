"""Line breaking by 禁則処理, justification, spacing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.documents.characters import clean
from fujisawa_desktop.documents.fonts import Family, glyphs
from fujisawa_desktop.documents.spacing import BLANKS, spaces
from fujisawa_desktop.documents.typesetting import (
    MOST_STRETCH,
    NO_LINE_END,
    NO_LINE_START,
    STOPS,
    Line,
    paragraph,
    single_line,
    spread_line,
    tight_line,
    tight_width_of,
    width_of,
)

M = Family.MINCHO
JAPANESE = st.text(
    st.sampled_from("あいっゃーの漢字選考面接、。「」（）・々ア1258DXab 　〒葛\U000e0100―…円％"), max_size=120
)
WORDS = st.sampled_from(
    [
        "選考", "面接", "の", "を", "について", "しょう", "佐々木", "Fuji", "DX", "1,258円", "60時間",
        "令和6年", "（水）", "「広報」", "、", "。", "・", "――", "……",
    ]
)  # fmt: skip
"""Pieces of ordinary sentences; each but a mark can begin a line."""
MARKS = frozenset("、。・")
DASHES = frozenset({"――", "……"})


def _sentence(words: list[str]) -> str:
    """Join pieces; not mark to mark, and neither Latin nor dashes to their like: longer than any line."""
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else "、"
        alike = any(word in kind and before in kind for kind in (MARKS, DASHES))
        if not (alike or (word[0].isascii() and before[-1].isascii())):
            joined.append(word)
    return "".join(joined)


PROSE = st.lists(WORDS, min_size=1, max_size=60).map(_sentence)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(line.clusters) for line in lines]


def set_width(line: Line) -> float:
    """Return where a line ends, the blank half of a last mark left out."""
    table = glyphs(M)
    blank = 0.5 if line.clusters and line.clusters[-1][0] in "」）、。" else 0.0
    return sum(table[unit].width for unit in line.clusters) + sum(line.gaps) + line.shift - blank


def plain(text: str) -> str:
    return "".join(character for character in text if character not in BLANKS)


def is_forbidden(before: str, after: str) -> bool:
    return after[0] in NO_LINE_START or before[0] in NO_LINE_END


def solid(clusters: tuple[str, ...]) -> str:
    """Return the last of them that is not blank: a blank at the end of a line is not there."""
    return next((unit for unit in reversed(clusters) if unit not in BLANKS), clusters[0])


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
        ("あ、いうえお」か", ["あ、いうえ", "お」か"]),
        ("あいう、え1円か", ["あいう、え", "1円か"]),  # a number stays with what it counts
        ("あいうえ第1次", ["あいうえ", "第1次"]),
        ("あいう……かき", ["あいう……", "かき"]),
        ("あいうえ……かき", ["あいうえ", "……かき"]),
        ("あいうえ1258円", ["あいうえ", "1258円"]),  # a number stays whole
        ("あいうえ１２円か", ["あいうえ", "１２円か"]),
        ("あいうえ――かき", ["あいうえ", "――かき"]),
        ("あいう Fuji 山", ["あいう", "Fuji 山"]),  # the space at the break belongs to neither line
        ("あ FUJISAWACITY", ["あ", "FUJISAW", "ACITY"]),  # a word wider than the line has to be broken
        ("あいうえお 、か", ["あいうえ", "お 、か"]),
        ("あいうえお　かき", ["あいうえお", "かき"]),  # no line begins with a blank
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
    assert plain("".join(texts(lines))) == plain(clean(text))
    for before, after in pairwise(lines):
        if is_forbidden(before.clusters[-1], after.clusters[0]):
            # Only when the line before holds no other place to break.
            assert not [
                place
                for place in range(1, len(before.clusters))
                if not is_forbidden(solid(before.clusters[:place]), before.clusters[place])
                and before.clusters[place] not in BLANKS
            ]


@given(PROSE, st.integers(9, 40))
def test_ordinary_text_never_breaks_a_rule(text: str, measure: int) -> None:
    """In a line of nine characters and more there is always a place."""
    lines = paragraph(text, M, float(measure), 1.0)
    assert "".join(texts(lines)) == text
    for before, after in pairwise(lines):
        tail, head = before.clusters[-1], after.clusters[0]
        assert head not in NO_LINE_START
        assert tail not in NO_LINE_END
        assert not (tail.isascii() and head.isascii()), "a word or number that would fit is broken"
        assert tail + head not in DASHES
        assert not (tail.isdigit() and head in "円時年月")


@given(JAPANESE, st.integers(4, 20))
def test_lines_fit_but_for_a_hanging_stop(text: str, measure: int) -> None:
    for line in paragraph(text, M, float(measure)):
        assert set_width(line) == pytest.approx(line.width, abs=1e-6)
        hangs = bool(line.clusters) and line.clusters[-1][0] in STOPS
        assert line.width <= measure + (0.5 if hangs else 0.0) + 1e-6


@given(PROSE, st.integers(9, 40))
def test_full_lines_end_at_the_same_edge(text: str, measure: int) -> None:
    """Flush, or a stop hangs with its ink outside; a line too short to be spread is not torn apart."""
    lines = paragraph(text, M, float(measure))
    for line in lines[:-1]:
        outside = line.width - measure
        if outside < -1e-6:
            pairs = list(pairwise(line.clusters))
            places = sum(not (a.isascii() and b.isascii()) and a + b not in {"――", "……"} for a, b in pairs)
            assert -outside > MOST_STRETCH * places
        else:
            assert outside == pytest.approx(0.0) or (line.clusters[-1][0] in STOPS and outside <= 0.5 + 1e-6)


@given(PROSE, st.integers(9, 40))
def test_a_line_is_taken_in_only_as_far_as_its_spaces_give(text: str, measure: int) -> None:
    for line in paragraph(text, M, float(measure)):
        between = spaces(line.clusters, M)
        for set_gap, space in zip(line.gaps, between, strict=False):
            assert set_gap >= space.gap - space.gives - 1e-6


@given(JAPANESE)
def test_a_line_taken_in_is_never_wider_than_the_usual_one(text: str) -> None:
    text = clean(text)
    assert tight_width_of(text, M) <= width_of(text, M) + 1e-9
    room = (tight_width_of(text, M) + width_of(text, M)) / 2
    assert tight_line(text, M, room).width == pytest.approx(room)


def test_full_lines_are_justified_to_the_same_edge() -> None:
    text = (
        "このたびは、長期インターンシップにご応募いただき、誠にありがとうございました。"
        "ご連絡くださいますようお願いいたします。"
    )
    lines = paragraph(text, M, 20.0)
    assert len(lines) == 3
    assert [round(line.width - 20.0, 6) for line in lines[:-1]] == [0.0, 0.0]


def test_a_mark_that_would_begin_a_line_is_taken_in_before_a_character_is_moved_down() -> None:
    first, second = paragraph("あ、い、う、え、おかきくけこさしすせそたっち", M, 20.0)
    assert texts((first, second)) == ["あ、い、う、え、おかきくけこさしすせそたっ", "ち"]
    assert first.width == pytest.approx(20.0)
    assert single_line("".join(first.clusters), M).width == pytest.approx(21.0)
    moved_down = paragraph("あん、いん、うんえんおかきくけこさしすせそたっち", M, 22.0)
    assert texts(moved_down)[1] == "たっち"  # two commas do not give so much


def test_a_last_line_of_one_character_is_avoided_where_the_line_before_can_give() -> None:
    assert texts(paragraph("あい、うえ、おか、きく、けす", M, 13.0)) == ["あい、うえ、おか、きく、けす"]
    assert len(paragraph("あいうえおかきくけこさしすせ", M, 13.0)) == 2


def test_narrow_cells_keep_the_rules() -> None:
    assert texts(paragraph("勤務時間の合計は、月60時間未満とする。", M, 7.0)) == [
        "勤務時間の合計",
        "は、月60時間",
        "未満とする。",
    ]
    assert texts(paragraph("1,258円", M, 2.0)) == ["1,25", "8円"]  # nothing else is left


@given(JAPANESE, st.integers(4, 20))
def test_in_a_cell_nothing_stands_outside(text: str, measure: int) -> None:
    lines = paragraph(text, M, float(measure), hanging=False)
    assert plain("".join(texts(lines))) == plain(clean(text))
    assert all(line.width <= measure + 1e-6 for line in lines)


def test_a_stop_in_a_cell_is_taken_in_or_takes_a_character_along() -> None:
    assert texts(paragraph("あいうえお、かき", M, 5.0, hanging=False)) == ["あいうえ", "お、かき"]
    assert texts(paragraph("あ、い、え。かき", M, 5.5, hanging=False)) == ["あ、い、え。", "かき"]


def test_brackets_that_meet_are_drawn_together() -> None:
    assert width_of("あ（「あ」）、あ", M) == pytest.approx(6.5)  # eight full widths less three halves
    assert width_of("あ（い）う", M) == pytest.approx(5.0)
    assert width_of("あ）・（い", M) == pytest.approx(4.0)
    assert width_of("あ。」い", M) == pytest.approx(3.5)


def test_the_ink_of_a_single_line_is_what_is_aligned() -> None:
    line = single_line("（公印省略）", M)
    assert (line.shift, line.width) == (-0.5, 5.0)


def test_letters_and_figures_stand_a_quarter_apart_from_kanji() -> None:
    assert width_of("第1次", M) == pytest.approx(2.5 + 2 * 0.25)
    assert width_of("髙1﨑", M) == pytest.approx(2.5 + 2 * 0.25)  # also from one of the compatibility block
    assert width_of("葛\U000e01001", M) == pytest.approx(1.75)
    assert width_of("（1）", M) == pytest.approx(1.5)
    assert width_of("DX・スマート", M) < 7.0


def test_a_line_that_begins_with_a_bracket_leaves_its_blank_half_out() -> None:
    lines = paragraph("あいうえお「かきくけ」", M, 5.0)
    assert lines[1].shift == -0.5
    assert paragraph("「あい」", M, 5.0, 1.0)[0].shift == 0.5  # its ink is set in like any character


def test_spread_text_keeps_numbers_together_and_fills_its_room() -> None:
    line = spread_line("藤職第123号", M, 9.0)
    assert line.width == 9.0
    gaps = dict(zip(line.clusters, line.gaps, strict=True))
    assert gaps["1"] == gaps["2"] == 0.0
    assert gaps["藤"] > 0.5
    assert spread_line("日時", M, 1.0).width == 2.0
    assert spread_line("DX", M, 9.0) == single_line("DX", M)
