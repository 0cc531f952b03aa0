"""Figures in half width, full width, or mixed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.rules.figures import DIGIT_STYLES, DigitStyle, in_digit_style

TEXTS = st.text(st.sampled_from("0123456789０１２９,，.．:：-－/／aZ@年月日 　～（）漢"), max_size=40)
HALF, FULL = "0123456789", "０１２３４５６７８９"


@pytest.mark.parametrize(
    ("text", "half", "full", "mixed"),
    [
        ("令和6年10月1日", "令和6年10月1日", "令和６年１０月１日", "令和６年10月１日"),
        ("１次選考", "1次選考", "１次選考", "１次選考"),
        ("1,258円", "1,258円", "１，２５８円", "1,258円"),
        ("１，２５８円", "1,258円", "１，２５８円", "1,258円"),
        ("9:00～16:00", "9:00～16:00", "９：００～１６：００", "9:00～16:00"),
        ("1～3日程度", "1～3日程度", "１～３日程度", "１～３日程度"),
        ("藤職第123号", "藤職第123号", "藤職第１２３号", "藤職第123号"),
        ("藤職第5号", "藤職第5号", "藤職第５号", "藤職第５号"),
        ("0466-25-1111", "0466-25-1111", "０４６６－２５－１１１１", "0466-25-1111"),
        ("０４６６－２５－１１１１", "0466-25-1111", "０４６６－２５－１１１１", "0466-25-1111"),
        ("12.5点", "12.5点", "１２．５点", "12.5点"),
        ("1／3頁", "1／3頁", "１／３頁", "１／３頁"),
        ("2024/10/1", "2024/10/1", "２０２４／１０／１", "2024/10/1"),
        ("R6長期", "R6長期", "R6長期", "R6長期"),
        ("a1@example.lg.jp", "a1@example.lg.jp", "a1@example.lg.jp", "a1@example.lg.jp"),
        ("https://x.jp/2024/1", "https://x.jp/2024/1", "https://x.jp/2024/1", "https://x.jp/2024/1"),
        ("A4で2枚", "A4で2枚", "A4で２枚", "A4で２枚"),
        ("－", "－", "－", "－"),
        ("二十歳、数十人", "二十歳、数十人", "二十歳、数十人", "二十歳、数十人"),
    ],
)
def test_worked_examples(text: str, half: str, full: str, mixed: str) -> None:
    assert [in_digit_style(text, style) for style in ("half", "full", "mixed")] == [half, full, mixed]


@given(TEXTS, st.sampled_from(DIGIT_STYLES))
def test_only_the_width_changes(text: str, style: DigitStyle) -> None:
    """No separator comes or goes: a year or a telephone number never gets a comma."""
    changed = in_digit_style(text, style)
    assert unicodedata.normalize("NFKC", changed) == unicodedata.normalize("NFKC", text)
    assert len(changed) == len(text)


@given(TEXTS, st.sampled_from(DIGIT_STYLES))
def test_what_is_in_a_style_stays_as_it_is(text: str, style: DigitStyle) -> None:
    once = in_digit_style(text, style)
    assert in_digit_style(once, style) == once


@given(st.text(st.sampled_from("0123456789０１２３年月日（）、漢"), max_size=40))
def test_a_text_without_words_holds_one_style_only(text: str) -> None:
    assert not set(in_digit_style(text, "half")) & set(FULL)
    assert not set(in_digit_style(text, "full")) & set(HALF)


def test_a_style_nobody_knows_is_the_usual_one() -> None:
    assert in_digit_style("１０月", "roman") == "10月"  # type: ignore[arg-type]


def test_a_very_long_number_is_quick() -> None:
    assert in_digit_style("１" * 100_000, "half") == "1" * 100_000
    assert in_digit_style("1-" * 50_000 + "x", "full").endswith("x")
