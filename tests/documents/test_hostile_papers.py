"""Sixty hostile strings in every field of every kind: no exception, nothing read, nothing off the page."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from paper_samples import IVS_NAME, SPECS, letter, printed, texts_of, with_every_text
from pdf_reading import Box, opened, pages_text
from sample_registry import ALL_MARGINS, PUBLIC, SAMPLES

from fujisawa_desktop.documents.press import spec_classes
from fujisawa_desktop.documents.specs import Spec
from tests.hostile.corpus import FAMILIES

_ON_PAPER = ("blank", "markup", "placeholder", "pdf", "unseen", "letters", "long")
"""Families of which each string means something to who draws a page; of the others one is enough."""
HOSTILE = [
    *(text for name in _ON_PAPER for text in FAMILIES[name]),
    *(texts[0] for name, texts in FAMILIES.items() if name not in _ON_PAPER),
]


_DOTS = 24
_DOT = 25.4 / _DOTS
"""As exactly as this, in millimetres, ink is found."""
_SHORT = 100
"""Longer ones stand in every field too, but not in all fields of one paper."""
_LONG_ENOUGH = 250
_WHOLE_EACH = 60
_PAGE_HOLDS = 400
"""A page takes more characters than this, even of text that breaks badly."""


@pytest.fixture
def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be opened once the fonts are."""
    printed(*(make() for make in SAMPLES.values()), letter(IVS_NAME))

    def refuse(*_args: object, **_more: object) -> Any:
        raise AssertionError("a paper opens a file")

    for owner, name in ((builtins, "open"), (io, "open"), (os, "open"), (Path, "open")):
        monkeypatch.setattr(owner, name, refuse)


def variants(kind: str) -> Iterator[Spec]:
    """Yield papers in which every field has had every string, each time beside others.

    A public paper tries its texts in many sizes, so that whole lengths are tried in a few papers only.
    """
    for shift in range(len(HOSTILE)):
        place = count(shift)
        most = _LONG_ENOUGH if kind in PUBLIC and shift % _WHOLE_EACH else None
        yield with_every_text(
            SAMPLES[kind](), lambda _text, place=place, most=most: HOSTILE[next(place) % len(HOSTILE)][:most]
        )
    for hostile in HOSTILE:
        if len(hostile) <= _SHORT:
            yield with_every_text(SAMPLES[kind](), lambda _text, hostile=hostile: hostile)


def drawn(page: Any) -> Box | None:
    """Return where anything at all is drawn, also far outside the page, in millimetres."""
    width, height = page.get_size()
    page.set_mediabox(-width, -height, 2 * width, 2 * height)
    page.set_cropbox(-width, -height, 2 * width, 2 * height)
    bitmap = page.render(scale=_DOTS / 72, grayscale=True)
    inked = bitmap.to_numpy().reshape(bitmap.height, bitmap.width) < 200
    bitmap.close()
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not rows.size:
        return None
    scale, left, top = 25.4 / _DOTS, width / 72 * 25.4, height / 72 * 25.4
    return Box(
        columns[0] * scale - left,
        rows[0] * scale - top,
        (columns[-1] + 1) * scale - left,
        (rows[-1] + 1) * scale - top,
    )


def test_there_are_sixty_of_them() -> None:
    assert len(set(HOSTILE)) >= 60


def test_every_spec_that_is_printed_has_a_sample() -> None:
    sampled = {type(make()) for make in SAMPLES.values()}
    assert sampled >= spec_classes(), "write a sample in sample_registry.SAMPLES for what is missing here"


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_field_takes_every_string(kind: str, nothing_is_read: None) -> None:
    specs = tuple(variants(kind))
    paper = printed(*specs)
    assert b"/Subtype /Image" not in paper.pdf
    most = sum(
        1 + sum(1 + max(len(text), 40 * text.count("\n")) // _PAGE_HOLDS for text in texts_of(spec))
        for spec in specs
    )
    assert len(specs) <= len(paper.owners) <= most
    least = ALL_MARGINS.get(kind, Box(23, 18, 18, 9))
    with opened(paper.pdf) as document:
        assert len(document) == len(paper.owners)
        for page in document:
            width, height = (points / 72 * 25.4 for points in page.get_size())
            box = drawn(page)
            if box is not None:
                assert box.left >= least.left - _DOT
                assert box.top >= least.top - _DOT
                assert box.right <= width - least.right + _DOT
                assert box.bottom <= height - least.bottom + _DOT
            page.close()


@pytest.mark.parametrize("hostile", ['<img src="/etc/passwd"/>', "山田<太郎&花子>", "</para>", ")Tj ET"])
def test_markup_is_printed_as_the_text_it_is(hostile: str) -> None:
    paper = printed(with_every_text(SPECS["letter"](), lambda text: text or hostile))
    plain = printed(with_every_text(SPECS["letter"](), lambda _text: hostile))
    assert hostile in pages_text(plain.pdf)[0]
    assert b"/Subtype /Image" not in plain.pdf + paper.pdf


@pytest.mark.parametrize("kind", SAMPLES)
def test_ordinary_and_hostile_mixed(kind: str) -> None:
    """A hostile word inside an ordinary text leaves the rest of the text on the paper."""
    paper = printed(with_every_text(SAMPLES[kind](), lambda text: f"前{text}\x00\u202e<i>{text}\ue000後"))
    joined = "".join(pages_text(paper.pdf))
    assert "<i>" in joined
    assert "〓後" in joined
    assert "\u202e" not in joined
