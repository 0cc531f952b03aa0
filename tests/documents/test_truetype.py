"""Our own reading of the font tables against fontTools, which reads them in another way."""

from __future__ import annotations

import io
import random
from functools import lru_cache
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from fujisawa_desktop.documents.fonts import POSTSCRIPT_NAMES, Face, font_file
from fujisawa_desktop.documents.truetype import TrueTypeFile
from fujisawa_desktop.paths import resources_dir

FACES = list(Face)


@lru_cache
def oracle(face: Face) -> TTFont:
    return TTFont(resources_dir() / "fonts" / face.value, lazy=True)


@pytest.mark.parametrize("face", FACES)
def test_every_character_has_the_glyph_the_font_gives_it(face: Face) -> None:
    known, numbers = oracle(face).getBestCmap(), oracle(face).getReverseGlyphMap()
    ours = font_file(face)
    assert not [code for code, name in known.items() if ours.glyph(code) != numbers[name]]
    others = [code for code in range(0x20, 0x30000) if code not in known]
    assert not [code for code in others if ours.glyph(code)]


@pytest.mark.parametrize("face", FACES)
def test_every_variation_sequence_has_the_glyph_the_font_gives_it(face: Face) -> None:
    font, ours = oracle(face), font_file(face)
    plain, numbers = font.getBestCmap(), font.getReverseGlyphMap()
    sequences = next(table.uvsDict for table in font["cmap"].tables if table.format == 14)
    checked = 0
    for selector, pairs in sequences.items():
        for base, name in pairs:
            assert ours.variation(base, selector) == numbers[name or plain[base]]
            checked += 1
    assert checked > 10_000
    assert ours.variation(ord("葛"), 0xE01EF) == 0
    assert ours.variation(ord("あ"), 0xE0100) == 0


@pytest.mark.parametrize("face", FACES)
def test_widths_and_metrics(face: Face) -> None:
    font, ours = oracle(face), font_file(face)
    order, metrics = font.getGlyphOrder(), font["hmtx"]
    for number in random.Random(1).sample(range(len(order)), 2000):
        assert ours.advance(number) == metrics[order[number]][0] / 2048
    assert ours.metrics().ascent == round(font["hhea"].ascent * 1000 / 2048)
    assert ours.metrics().descent == round(font["hhea"].descent * 1000 / 2048)
    assert str(font["name"].getDebugName(6)) == POSTSCRIPT_NAMES[face]
    assert font["OS/2"].fsType == 0, "embedding must be allowed"


@pytest.mark.parametrize("face", FACES)
def test_a_subset_holds_the_same_outlines_in_the_order_asked_for(face: Face) -> None:
    font = oracle(face)
    order = font.getGlyphOrder()
    wanted = [0, *random.Random(2).sample(range(1, len(order)), 300)]
    data = font_file(face).subset(wanted)
    subset = TTFont(io.BytesIO(data))
    names = subset.getGlyphOrder()
    for place, number in enumerate(wanted):
        there, here = font["glyf"][order[number]], subset["glyf"][names[place]]
        assert list(there.getCoordinates(font["glyf"])[0]) == list(here.getCoordinates(subset["glyf"])[0])
        assert font["hmtx"][order[number]] == subset["hmtx"][names[place]]
    assert len(data) < 600_000


def _square(side: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, side), (side, side), (side, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def test_components_of_composite_glyphs_come_along(tmp_path: Path) -> None:
    """None of the shipped glyphs is a composite; one is made here from two others."""
    both = TTGlyphPen({"small": None, "large": None})
    both.addComponent("small", (1, 0, 0, 1, 400, 0))
    both.addComponent("large", (0.5, 0, 0, 0.5, 0, 0))
    order = [".notdef", "large", "both", "small"]
    builder = FontBuilder(2048, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x20000: "both"})
    builder.setupGlyf(
        {".notdef": _square(9), "large": _square(900), "both": both.glyph(), "small": _square(90)}
    )
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    builder.save(tmp_path / "made.ttf")
    ours = TrueTypeFile(tmp_path / "made.ttf")
    assert ours.glyph(0x20000) == 2
    subset = TTFont(io.BytesIO(ours.subset([0, 2])))
    names = subset.getGlyphOrder()
    assert len(names) == 4
    sides = [subset["glyf"][part.glyphName].xMax for part in subset["glyf"][names[1]].components]
    assert sides == [90, 900]
