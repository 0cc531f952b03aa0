"""QR codes drawn as rectangles, read back by another program."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from paper_samples import URL, job
from pdf_reading import picture

from fujisawa_desktop.documents import qr
from fujisawa_desktop.documents.book import Book
from fujisawa_desktop.documents.specs import Owner
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, MM

LONG = "https://www.city.example.lg.jp/jinji/shokuin/saiyo/internship/2024/long-term.html?from=notice"


def page_with(text: str, side: float, level: qr.Level) -> bytes:
    book = Book()
    page = book.page(A4_PORTRAIT)
    page.qr(40 * MM, 40 * MM, text, side * MM, level)
    book.add(Owner("1", "1"), [page])
    return book.paper(job()).pdf


@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
@pytest.mark.parametrize("text", [URL, LONG, "藤沢市　長期インターンシップ"])
def test_every_level_is_read_back_and_is_what_was_chosen(text: str, level: qr.Level) -> None:
    (found,) = zxingcpp.read_barcodes(picture(page_with(text, 30, level), dots=150))
    assert found.text == text
    assert found.ec_level == level


@pytest.mark.parametrize(("side", "level"), [(23, "M"), (40, "Q")])
def test_a_copy_of_half_the_size_is_read_from_a_scan_of_150_dots(side: int, level: qr.Level) -> None:
    """A letter's code and a notice board's, printed at 50 %: 75 dots to the inch of the page are left."""
    (found,) = zxingcpp.read_barcodes(picture(page_with(URL, side, level), dots=75))
    assert found.text == URL


def test_what_hangs_on_a_board_may_lose_a_corner() -> None:
    """Q gives back what a pin or a tear takes: a seventh of the code, where M fails."""
    readable = {}
    for level in ("M", "Q"):
        pixels = picture(page_with(URL, 60, level), dots=150).copy()
        left, side = int(40 * 150 / 25.4), int(60 * 150 / 25.4)
        pixels[left + side // 2 : left + side * 9 // 10, left + side * 6 // 10 : left + side * 9 // 10] = 255
        readable[level] = [found.text for found in zxingcpp.read_barcodes(np.ascontiguousarray(pixels))]
    assert readable == {"M": [], "Q": [URL]}


def test_the_code_is_drawn_and_not_a_picture() -> None:
    pdf = page_with(URL, 30, "Q")
    assert b"/Subtype /Image" not in pdf
    assert b"/Subtype /Form" in pdf
