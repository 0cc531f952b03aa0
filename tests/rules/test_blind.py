from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.rules.blind import COVER, cover, telling_words

WORDS = telling_words(
    names=["髙橋\u3000美咲", "タカハシ ミサキ"], schools=["湘南見本大学"], literal=["a@example.jp", ""]
)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("髙橋美咲と申します", 1),
        ("高橋 美咲です", 1),
        ("たかはしと呼ばれ、ミサキとも", 2),
        ("湘南見本大学の学生。湘南見本大では", 2),
        ("連絡は A@EXAMPLE.JP へ", 1),
        ("市の仕事に関心があります", 0),
        ("ﾀｶﾊｼ ﾐｻｷ", 1),
        ("髙 橋\n美 咲", 1),
        ("タカハジ", 0),
        ("ａ＠ｅｘａｍｐｌｅ．ｊｐ", 1),
    ],
)
def test_names_schools_and_addresses_are_covered_however_written(text: str, places: int) -> None:
    found = cover(text, WORDS)
    assert found.places == places
    assert (COVER in found.text) is bool(places)
    assert len(found.text) == len(text)


def test_one_character_is_covered_only_within_the_whole_name() -> None:
    words = telling_words(names=["林\u3000花"], schools=[], literal=[])
    assert cover("林　花です。森林と花を守る。", words) == cover("林　花です。森林と花を守る。", ["林花"])
    assert cover("森林と花を守る。", words).places == 0


def test_nothing_to_cover_leaves_the_text() -> None:
    assert cover("文", []).text == "文"
    assert cover("", WORDS).places == 0


@given(st.text(), st.lists(st.text(min_size=2), max_size=3))
def test_any_words_are_plain_words_never_patterns(text: str, words: list[str]) -> None:
    assert len(cover(text, words).text) == len(text)
