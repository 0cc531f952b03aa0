"""What is measured is what is drawn: the ink of a line ends where its width says."""

from __future__ import annotations

import pytest
from paper_samples import job
from pdf_reading import MM, Box, ink, pages_text, pypdf_text

from fujisawa_desktop.documents.book import Book
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.specs import Owner
from fujisawa_desktop.documents.stylesheet import TextStyle
from fujisawa_desktop.documents.typesetting import paragraph, tight_width_of, width_of

STYLE = TextStyle(Family.MINCHO, 20, 40)
TOLERANCE = 2.5
"""Points: white beside the ink of a letter itself."""
TEXTS = [
    "l Tj ET Q endstream endobj",  # spaces and letters of two faces
    "令和6年10月25日（水）午前10時",
    "「𠮷野」、（葛\U000e0100城）・𠮷",  # a face in between, beside marks that are drawn together
    "DX・スマートシティ、1,258円",
]


def page_of(*lines: tuple[str, float | None]) -> bytes:
    book = Book()
    page = book.page((1200, 100 * len(lines)))
    for number, (text, room) in enumerate(lines):
        y = 100 * number + 60
        if room is None:
            page.text(50, y, text, STYLE)
        else:
            page.fitted(50, y, text, STYLE, room)
    book.add(Owner("1", "1"), [page])
    return book.paper(job()).pdf


def right_edge(pdf: bytes, number: int) -> float:
    return ink(pdf, Box(0, 100 * number / MM, 1200 / MM, 100 * (number + 1) / MM)).right * MM


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_of_natural_width_and_one_taken_in(text: str) -> None:
    natural, tight = (measure(text, Family.MINCHO) * STYLE.size for measure in (width_of, tight_width_of))
    assert tight < natural
    pdf = page_of((text, None), (text, tight + 0.001))
    assert right_edge(pdf, 0) == pytest.approx(50 + natural, abs=TOLERANCE)
    assert right_edge(pdf, 1) == pytest.approx(50 + tight, abs=TOLERANCE)


def test_a_full_line_ends_at_the_edge_whatever_faces_it_is_made_of() -> None:
    text = "選考は、Fujisawa DX 𠮷野家（2024年）の順に、行う。応募者は、1,258名で、𠮷田他の者とする。"
    lines = paragraph(text, Family.MINCHO, 20.0)
    book = Book()
    page = book.page((600, 300))
    page.lines(50, 60, lines, STYLE)
    book.add(Owner("1", "1"), [page])
    pdf = book.paper(job()).pdf
    for number, line in enumerate(lines):
        top = (60 - STYLE.size + number * STYLE.leading) / MM
        box = ink(pdf, Box(0, top, 600 / MM, top + 1.3 * STYLE.size / MM))
        assert box.right * MM == pytest.approx(50 + line.width * STYLE.size, abs=5.0)
        if number < len(lines) - 1:
            assert line.width in (pytest.approx(20.0), pytest.approx(20.5))
    for copied in (pages_text(pdf)[0], pypdf_text(pdf)):
        assert copied.replace("\n", "") == text, "no space that nobody wrote"
