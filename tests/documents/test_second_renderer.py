"""Papers read and drawn by poppler, which shares no code with what the preview and the printer use."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from paper_samples import IVS_NAME, LONGEST_NAME, job, letter, printed
from pdf_reading import pages_text, picture, pypdf_text
from sample_registry import SAMPLES

from fujisawa_desktop.documents.book import Book
from fujisawa_desktop.documents.specs import Owner, Spec
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, LIST

_DOTS: Final = 72
_BLOCK: Final = 12
"""Pixels; a character of the body is as large."""
_DIFFERENCE: Final = 40
"""Of 255, in the mean of a block: smoothing differs by less, a character that is missing by more."""

PAPERS: Final[dict[str, Spec]] = {
    **{kind: make() for kind, make in SAMPLES.items()},
    "letter, forms": letter(IVS_NAME),
    "letter, longest name": letter(LONGEST_NAME),
    "letter, latin": letter("栁 William", number="藤職第12号の3"),
}

Picture = np.ndarray[Any, Any]


@pytest.fixture(scope="module", params=PAPERS)
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """A paper as bytes and as a file of its own folder."""
    folder = tmp_path_factory.mktemp("poppler")
    pdf = printed(PAPERS[request.param]).pdf
    (folder / "paper.pdf").write_bytes(pdf)
    return pdf, folder / "paper.pdf"


def drawn_by_poppler(file: Path) -> list[Picture]:
    command = ["pdftoppm", "-gray", "-r", str(_DOTS), file.name, "page"]
    done = subprocess.run(command, cwd=file.parent, check=True, capture_output=True)
    assert done.stderr == b"", "poppler finds fault with the file"
    return [_gray(page.read_bytes()) for page in sorted(file.parent.glob("page-*.pgm"))]


def _gray(data: bytes) -> Picture:
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    assert head is not None
    pixels = np.frombuffer(data[head.end() :], dtype=np.uint8)
    return pixels.reshape(int(head[2]), int(head[1]))


def blocks(pixels: Picture) -> Picture:
    """Return the mean of each block, so that the smoothing of edges does not count."""
    height, width = (side // _BLOCK for side in pixels.shape)
    whole = pixels[: height * _BLOCK, : width * _BLOCK].astype(float)
    means: Picture = whole.reshape(height, _BLOCK, width, _BLOCK).mean(axis=(1, 3))
    return means


def signs(text: str) -> Counter[str]:
    """Return what is on a page without the blanks, which every program sets its own way."""
    return Counter(re.sub(r"\s", "", text))


def is_picture(sign: str) -> bool:
    """Tell whether a picture stands for a sign; only poppler reads what such a picture means."""
    return unicodedata.category(sign) == "So" or sign == "\ufe0f"


def test_both_draw_the_same(paper: tuple[bytes, Path]) -> None:
    pdf, file = paper
    pages = drawn_by_poppler(file)
    assert len(pages) == len(pages_text(pdf))
    for number, page in enumerate(pages):
        other = picture(pdf, number, _DOTS)
        assert page.shape == pytest.approx(other.shape, abs=1)
        assert page.min() < 100, "nothing is drawn"
        assert abs(blocks(page) - blocks(other)).max() < _DIFFERENCE


def test_a_character_that_is_missing_would_be_seen() -> None:
    with_name, without = (blocks(picture(printed(letter(name)).pdf, 0, _DOTS)) for name in ("楜", ""))
    assert abs(with_name - without).max() > _DIFFERENCE


def test_three_programs_read_the_same(paper: tuple[bytes, Path]) -> None:
    pdf, file = paper
    for number, text in enumerate(pages_text(pdf)):
        page = ["-f", str(number + 1), "-l", str(number + 1)]
        done = subprocess.run(
            ["pdftotext", *page, "-layout", file.name, "-"], cwd=file.parent, check=True, capture_output=True
        )
        read = signs(done.stdout.decode())
        assert signs(text) == signs(pypdf_text(pdf, number))
        assert not signs(text) - read
        assert all(is_picture(sign) for sign in read - signs(text))


def test_poppler_copies_names_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(printed(letter(IVS_NAME)).pdf)
    command = ["pdftotext", "-layout", "paper.pdf", "-"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    lines = [re.sub(r"\s", "", line) for line in done.stdout.decode().splitlines()]
    assert re.sub(r"\s", "", f"{IVS_NAME}様") in lines


@pytest.mark.parametrize("room", [109.0, 117.0, 300.0])
def test_what_is_moved_where_the_font_changes_ends_at_the_same_place(room: float, tmp_path: Path) -> None:
    """The space between two words comes from another font than the words; taken in, it must stay so."""
    book = Book()
    page = book.page(A4_PORTRAIT)
    page.fitted(72, 100, "Alexandrina Wilhelmina Montgomery Jr", LIST.small, room)
    book.add(Owner("1", "1"), [page])
    pdf = book.paper(job()).pdf
    (tmp_path / "paper.pdf").write_bytes(pdf)
    (page_of_poppler,) = drawn_by_poppler(tmp_path / "paper.pdf")
    ends = [
        np.flatnonzero((page < 200).any(axis=0))[-1] for page in (page_of_poppler, picture(pdf, 0, _DOTS))
    ]
    assert abs(int(ends[0]) - int(ends[1])) <= 1
    assert max(ends) <= 72 + room
