"""Which face draws a character, and what no face can draw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fujisawa_desktop.documents import fonts
from fujisawa_desktop.documents.fonts import Face, Family, Fault, MissingCharacter, glyphs, missing_characters


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Glyphs are looked up anew in this test."""
    glyphs.cache_clear()
    yield
    glyphs.cache_clear()


def cp932_characters() -> list[str]:
    found = []
    for first in [*range(0x81, 0xA0), *range(0xE0, 0xFD)]:
        for second in [*range(0x40, 0x7F), *range(0x80, 0xFD)]:
            try:
                found.append(bytes((first, second)).decode("cp932"))
            except UnicodeDecodeError:
                continue
    return [character for character in found if not 0xE000 <= ord(character) <= 0xF8FF]


def test_all_of_cp932_is_drawn_without_the_large_font() -> None:
    characters = cp932_characters()
    assert len(characters) > 7000
    for family in Family:
        table = glyphs(family)
        assert {table[character].fault for character in characters} == {None}
        assert Face.RARE_MINCHO not in {table[character].face for character in characters}


@pytest.mark.parametrize(
    ("cluster", "face"),
    [
        ("漢", Face.MINCHO),
        ("1", Face.MINCHO),
        ("W", Face.PROPORTIONAL_MINCHO),
        ("é", Face.PROPORTIONAL_MINCHO),
        ("𠮷", Face.RARE_MINCHO),
        ("葛\U000e0100", Face.MINCHO),  # Adobe-Japan1
        ("葛\U000e0102", Face.RARE_MINCHO),  # Moji_Joho
        ("神\ufe00", Face.MINCHO),
    ],
)
def test_the_face_of_a_character(cluster: str, face: Face) -> None:
    glyph = glyphs(Family.MINCHO)[cluster]
    assert (glyph.face, glyph.fault, glyph.text) == (face, None, cluster)


def test_a_special_form_is_another_glyph_of_the_same_width() -> None:
    table = glyphs(Family.MINCHO)
    assert table["葛\U000e0100"].number != table["葛"].number
    assert table["葛\U000e0100"].width == table["葛"].width == 1.0


def test_what_is_missing_is_named_once_and_in_order() -> None:
    texts = [
        "楜澤 𠮷野家",
        "外字\ue000と\U000f0000",
        "✳\ufe0f🕒",
        "葛\U000e01ef城🕒",
        "葛\U000e0100",
        "\ud800",
        "abc\x00",
    ]
    assert missing_characters(texts) == [
        MissingCharacter("\ue000", Fault.PRIVATE_USE),
        MissingCharacter("\U000f0000", Fault.PRIVATE_USE),
        MissingCharacter("✳", Fault.MISSING),
        MissingCharacter("🕒", Fault.MISSING),
        MissingCharacter("葛\U000e01ef", Fault.BASE_FORM),
        MissingCharacter("\ufffd", Fault.MISSING),
    ]
    assert missing_characters(texts)[4].code == "U+845B U+E01EF"


def test_a_missing_character_is_a_geta_never_a_box() -> None:
    table = glyphs(Family.MINCHO)
    geta = table["〓"]
    for character in ("\ue000", "🕒", "\ufffd"):
        assert (table[character].face, table[character].number) == (geta.face, geta.number)
        assert table[character].number != 0


def test_the_large_font_is_opened_only_for_a_character_that_needs_it(
    forgetful: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Face] = []
    real = fonts.font_file

    def watched(face: Face) -> object:
        opened.append(face)
        return real(face)

    monkeypatch.setattr(fonts, "font_file", watched)
    missing_characters(["藤沢市長期インターンシップ 髙﨑 葛\U000e0100城 DX 1,258円"])
    assert Face.RARE_MINCHO not in opened
    missing_characters(["𠮷"])
    assert Face.RARE_MINCHO in opened
