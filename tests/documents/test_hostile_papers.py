"""Sixty hostile strings in every field of every kind: no exception, nothing read, nothing off the page."""

from __future__ import annotations

import pytest
from paper_samples import MARGINS, SPECS, printed, with_every_text
from pdf_reading import Box, ink, opened, pages_text

HOSTILE = [
    "",
    " ",
    "　",
    "\n",
    "\t",
    "\x00",
    "\x1b[31m赤",
    "\r\n\r\n",
    "\u2028",
    "\ufeff",
    "\u202e逆\u202c",
    "\u200b" * 50,
    "<b>太字",
    "</para>",
    '<img src="/etc/passwd"/>',
    '<img src="file:///etc/passwd"/>',
    "&lt;&amp;",
    "&#0;",
    "山田<太郎",
    "<script>alert(1)</script>",
    "%s%n%d",
    "{0}",
    "{氏名}",
    "${HOME}",
    "{{",
    "}}",
    "\\",
    "\\n",
    "\\(",
    "(((",
    ")))",
    ")Tj",
    ") Tj ET Q endstream endobj",
    "<FEFF> Tj",
    "/F1 99 Tf",
    "%PDF-1.7",
    "%%EOF",
    "BT /F1 12 Tf",
    "=1+1",
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "'; DROP TABLE applicant; --",
    "../../../etc/passwd",
    "C:\\Windows\\win.ini",
    "NULL",
    "None",
    "NaN",
    "\ue000\uf8ff",
    "\U000f0000",
    "\U0010ffff",
    "\ufffe",
    "\ud800",
    "🕒📍✳️👨‍👩‍👧",
    "שלום עולם",
    "مرحبا",
    "ｶﾞｷﾞｸﾞ",
    "か\u3099",
    "葛\U000e0100\U000e0101\U000e0102",
    "\U000e0100",
    "e\u0301" * 30,
    "あ" * 10_000,
    "W" * 10_000,
    "。" * 10_000,
    "（" * 3_000,
    " " * 10_000,
    "𠮷" * 2_000,
    "一\n" * 500,
]


def test_there_are_sixty_of_them() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=[f"{number}" for number in range(len(HOSTILE))])
def test_every_field_takes_it(kind: str, hostile: str) -> None:
    paper = printed(with_every_text(SPECS[kind](), lambda _text: hostile))
    with opened(paper.pdf) as document:
        count = len(document)
    assert 1 <= count == len(paper.owners)
    least = MARGINS.get(kind, Box(20, 15, 15, 5))
    for page in {0, count - 1}:
        try:
            box = ink(paper.pdf, page=page, dots=36)
        except AssertionError:
            continue  # only spaces: nothing is drawn
        assert box.left >= least.left
        assert box.top >= least.top
        with opened(paper.pdf) as document:
            width, height = document.get_page_size(page)
        assert box.right <= width / 72 * 25.4 - least.right
        assert box.bottom <= height / 72 * 25.4 - least.bottom


@pytest.mark.parametrize("hostile", ['<img src="/etc/passwd"/>', "山田<太郎&花子>", "</para>", ")Tj ET"])
def test_markup_is_printed_as_the_text_it_is(hostile: str) -> None:
    paper = printed(with_every_text(SPECS["letter"](), lambda text: text or hostile))
    plain = printed(with_every_text(SPECS["letter"](), lambda _text: hostile))
    assert hostile in pages_text(plain.pdf)[0]
    assert b"/Subtype /Image" not in plain.pdf + paper.pdf


@pytest.mark.parametrize("kind", SPECS)
def test_ordinary_and_hostile_mixed(kind: str) -> None:
    """A hostile word inside an ordinary text leaves the rest of the text on the paper."""
    paper = printed(with_every_text(SPECS[kind](), lambda text: f"前{text}\x00\u202e<i>{text}\ue000後"))
    joined = "".join(pages_text(paper.pdf))
    assert "<i>" in joined
    assert "〓後" in joined
    assert "\u202e" not in joined
