"""The gate for printed strings."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.documents.characters import clean, clean_line, clusters, code_label, is_private


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("神\ufe00", "神\ufe00"),
        ("神", "神"),  # U+FA19 is another character than U+795E and stays so
        ("①㈱Ⅲ～－―", "①㈱Ⅲ～－―"),
        ("か\u3099く\u3099", "がぐ"),
        ("Jose\u0301", "José"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\tb\xa0c\u2003d", "a b c d"),
        ("山\u202e田\u200b太\ufeff郎", "山田太郎"),
        ("☎\ufe0f", "☎"),
        ("\U000e0100葛", "葛"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100"),
        ("\n\U000e0100葛", "\n葛"),
        ("\x00\x1b[31m", "[31m"),
        ("\ud842", "\ufffd"),
        ("", ""),
    ],
)
def test_what_is_printed_of_what_was_typed(typed: str, printed: str) -> None:
    assert clean(typed) == printed


def test_a_single_line_has_no_line_ends() -> None:
    assert clean_line("一行目\r\n二行目") == "一行目 二行目"


@given(st.text(st.characters(), max_size=60))
def test_cleaned_text_has_nothing_a_font_cannot_mean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert all(unicodedata.category(sign) not in {"Cc", "Cs"} for sign in cleaned.replace("\n", ""))
    assert "\u202e" not in cleaned


@given(st.text(st.sampled_from("葛城𠮷髙﨑あア1a\U000e0100\U000e0102\ufe00"), max_size=30))
def test_clusters_make_up_the_text(text: str) -> None:
    cleaned = clean(text)
    units = clusters(cleaned)
    assert "".join(units) == cleaned
    assert all(len(unit) <= 2 for unit in units)
    assert not any(unit[0] in "\U000e0100\U000e0102\ufe00" for unit in units)


def test_code_points_are_named_and_gaiji_are_known() -> None:
    assert code_label("葛\U000e0100") == "U+845B U+E0100"
    assert is_private(0xE000)
    assert is_private(0x100000)
    assert not is_private(ord("﨑"))
