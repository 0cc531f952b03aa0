"""Drafts say that they are drafts, under the text and above it, and change nothing else."""

from __future__ import annotations

import io

import numpy as np
import pypdf
import pytest
from paper_samples import job, letter, roster
from pdf_reading import pages_text, picture

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.draft_mark import mark_as_draft
from fujisawa_desktop.errors import Cancelled

MIXED = job(letter(), letter("髙﨑　花", "2"), roster(30))
"""Letters upright, a list lying."""


@pytest.fixture(scope="module")
def plain() -> bytes:
    return make_paper(MIXED).pdf


@pytest.fixture(scope="module")
def marked(plain: bytes) -> bytes:
    return mark_as_draft(plain, lambda _done: None)


def test_every_page_is_marked_and_keeps_its_text(plain: bytes, marked: bytes) -> None:
    before, after = pages_text(plain), pages_text(marked)
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert "下書き（発送できません）" in new
        assert "下書き" not in old
        for line in old.split("\n"):
            assert line in new


def test_the_letters_stay_as_dark_as_they_were(plain: bytes, marked: bytes) -> None:
    for number in range(len(pages_text(plain))):
        old, new = picture(plain, number), picture(marked, number)
        assert old.shape == new.shape
        assert (new <= old).all(), "the mark only adds ink"
        dark = old < 100
        assert np.abs(new[dark].astype(int) - old[dark]).max() < 40
        assert ((old > 250) & (new < 250)).sum() > 10_000, "the mark can be seen"


def test_outlines_and_sizes_stay(plain: bytes, marked: bytes) -> None:
    old, new = (pypdf.PdfReader(io.BytesIO(data)) for data in (plain, marked))
    assert [entry.title for entry in old.outline] == [entry.title for entry in new.outline]
    assert [page.mediabox for page in old.pages] == [page.mediabox for page in new.pages]


def test_the_same_pages_give_the_same_draft(plain: bytes, marked: bytes) -> None:
    assert mark_as_draft(plain, lambda _done: None) == marked


def test_marking_tells_how_far_it_is_and_can_be_stopped(plain: bytes) -> None:
    told: list[int] = []
    mark_as_draft(plain, told.append)
    assert told == list(range(len(pages_text(plain))))

    def stop(_done: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        mark_as_draft(plain, stop)
