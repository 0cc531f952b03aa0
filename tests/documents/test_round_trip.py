"""Every character we have to print, printed and read back by two other programs."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont
from paper_samples import job
from pdf_reading import pages_text

from fujisawa_desktop.documents.book import Book
from fujisawa_desktop.documents.characters import clean
from fujisawa_desktop.documents.fonts import Face, Family, font_file, glyphs, missing_characters
from fujisawa_desktop.documents.specs import Owner, Paper, RemarkKind
from fujisawa_desktop.documents.stylesheet import TextStyle
from fujisawa_desktop.paths import resources_dir

A_LINE = 128
SIZE = 10.0
BLANK_SIGNS = frozenset(" 　\u3164")
"""Drawn as nothing because that is what they are."""


@cache
def font(face: Face) -> TTFont:
    return TTFont(resources_dir() / "fonts" / face.value, lazy=True)


@cache
def cp932() -> tuple[str, ...]:
    """Every character of the character set of the portals, 外字 left out."""
    pairs = [
        bytes((first, second))
        for first in (*range(0x81, 0xA0), *range(0xE0, 0xFD))
        for second in (*range(0x40, 0x7F), *range(0x80, 0xFD))
    ]
    singles = [bytes((byte,)) for byte in (*range(0x21, 0x7F), *range(0xA1, 0xE0))]
    found = dict.fromkeys(code.decode("cp932", errors="replace") for code in (*singles, *pairs))
    return tuple(c for c in found if c != "\ufffd" and len(c) == 1 and not 0xE000 <= ord(c) <= 0xF8FF)


@cache
def ipamj() -> tuple[str, ...]:
    return tuple(
        chr(code)
        for code in font(Face.RARE_MINCHO).getBestCmap()
        if clean(chr(code)) == chr(code) and not unicodedata.category(chr(code)).startswith(("C", "Z"))
    )


@cache
def sequences(face: Face) -> tuple[str, ...]:
    """Every variation sequence a face knows by itself."""
    table = next(part for part in font(face)["cmap"].tables if part.format == 14)
    return tuple(
        chr(code) + chr(selector)
        for selector, entries in sorted(table.uvsDict.items())
        for code, _glyph in entries
        if len(clean(chr(code) + chr(selector))) == 2
    )


def sheet(units: Sequence[str], family: Family = Family.MINCHO) -> Paper:
    """Print the characters on one large page, many a line."""
    book, style = Book(), TextStyle(family, SIZE, 1.5 * SIZE)
    rows = ["".join(units[start : start + A_LINE]) for start in range(0, len(units), A_LINE)]
    page = book.page((A_LINE * SIZE * 2, (len(rows) + 2) * style.leading))
    for number, row in enumerate(rows, start=1):
        page.text(0, number * style.leading, row, style)
    book.add(Owner("1", "1"), [page])
    return book.paper(job())


def read_back(paper: Paper) -> list[str]:
    """Return what each of two programs copies out of the file, without the ends of lines."""
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf))
    return [
        text.replace("\n", "").replace("\r", "")
        for text in (pages_text(paper.pdf)[0], reader.pages[0].extract_text())
    ]


def assert_all_there(paper: Paper, units: Sequence[str]) -> None:
    wanted = "".join(units)
    for text in read_back(paper):
        plain = "".join(character for character in text if character not in BLANK_SIGNS)
        assert unicodedata.normalize("NFKC", plain) == unicodedata.normalize("NFKC", wanted)
        # A viewer may give a ligature in its parts; everything else comes back as the very character.
        lost = set(wanted) - set(plain)
        assert not [c for c in lost if not "\ufb00" <= c <= "\ufb06"]


def embedded(paper: Paper) -> list[TTFont]:
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf))
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return [
        TTFont(io.BytesIO(one["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()))
        for one in fonts.values()
    ]


def assert_no_box(paper: Paper, units: Sequence[str], family: Family = Family.MINCHO) -> None:
    """Every character is drawn by a glyph of its face that is not the box, and none of them is empty."""
    table = glyphs(family)
    assert not [unit for unit in units if table[unit].number == 0]
    drawn = 0
    for file in embedded(paper):
        offsets = file["loca"].locations
        drawn += sum(after > before for before, after in pairwise(offsets[1:]))
    assert drawn >= len(units)


@pytest.mark.parametrize("family", Family)
def test_every_character_of_cp932_comes_back(family: Family) -> None:
    units = [c for c in cp932() if c not in BLANK_SIGNS]
    assert len(units) > 7_000
    paper = sheet(units, family)
    assert paper.remarks == ()
    assert_all_there(paper, units)
    assert_no_box(paper, units, family)


def test_every_character_of_ipamj_comes_back() -> None:
    units = [c for c in ipamj() if c not in BLANK_SIGNS]
    assert len(units) > 50_000
    paper = sheet(units)
    assert paper.remarks == ()
    assert_all_there(paper, units)
    assert_no_box(paper, units)


@pytest.mark.parametrize(("face", "least"), [(Face.MINCHO, 500), (Face.RARE_MINCHO, 8_000)])
def test_every_variation_sequence_comes_back_in_its_own_form(face: Face, least: int) -> None:
    """Adobe-Japan1 in BIZ UD明朝, Moji_Joho in IPAmj明朝; the selector is part of the copied text."""
    units = sequences(face)
    assert len(units) >= least
    assert missing_characters(units) == []
    paper = sheet(units)
    assert paper.remarks == ()
    for text in read_back(paper):
        assert text == "".join(units)
    table = glyphs(Family.MINCHO)
    special = sum(table[unit].number != font_file(table[unit].face).glyph(ord(unit[0])) for unit in units)
    assert special > least // 4, "special forms are other glyphs than the usual ones"


def test_what_no_font_has_is_named_before_the_page_and_a_geta_on_it() -> None:
    units = ["\ue000", "\U000f1234", "🕒", "葛\U000e01ef", "\ufffd"]
    named = [one.text for one in missing_characters(["".join(units)])]
    assert named == units
    paper = sheet(["あ", *units, "い"])
    assert [remark.text for remark in paper.remarks] == units
    assert {remark.kind for remark in paper.remarks} == {
        RemarkKind.PRIVATE_USE,
        RemarkKind.MISSING,
        RemarkKind.BASE_FORM,
    }
    assert read_back(paper) == ["あ〓〓〓葛〓い"] * 2
