"""A copy of a PDF whose pages say that they are drafts and must not be sent."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Final

import pikepdf

from fujisawa_desktop.documents.book import Book
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.specs import Job, Owner
from fujisawa_desktop.documents.stylesheet import MM, TextStyle

_ACROSS: Final = "下書き"
_ABOVE: Final = "下書き（発送できません）"
_PALE: Final = 0.9
_SHARE: Final = 0.26
"""Size of the letters across the page, as a part of its width."""
_TOP: Final = 11 * MM
_LINE: Final = TextStyle(Family.GOTHIC_BOLD, 10, 14)
_EPOCH: Final = datetime(2000, 1, 1)


def mark_as_draft(pdf: bytes, tell: Callable[[int], None]) -> bytes:
    """Return the same pages with 下書き large and pale under the text, and small at the upper edge.

    Args:
        pdf: a file made by this program.
        tell: called with the number of pages done so far; what it raises stops the work.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marks: dict[tuple[float, float], tuple[pikepdf.Name, pikepdf.Object]] = {}
        for done, page in enumerate(document.pages):
            tell(done)
            box = page.mediabox
            size = (float(box[2]) - float(box[0]), float(box[3]) - float(box[1]))
            if size not in marks:
                marks[size] = (pikepdf.Name(f"/Draft{len(marks) + 1}"), _mark(document, size))
            name, mark = marks[size]
            page.add_resource(mark, pikepdf.Name.XObject, name)
            page.contents_add(f"q {name} Do Q\n".encode("ascii"), prepend=True)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def _mark(document: pikepdf.Pdf, size: tuple[float, float]) -> pikepdf.Object:
    """Return the mark for pages of a size as something that can be drawn on them."""
    width, height = size
    letters = TextStyle(Family.GOTHIC_BOLD, width * _SHARE, width * _SHARE, gray=_PALE)
    book = Book()
    page = book.page(size)
    page.text(width / 2, height / 2 + letters.size / 3, _ACROSS, letters, "center")
    page.text(width / 2, _TOP, _ABOVE, _LINE, "center")
    owner = Owner("draft", _ACROSS)
    book.add(owner, [page])
    drawn = book.paper(Job(_ACROSS, "", _ACROSS, _EPOCH, ())).pdf
    with pikepdf.open(io.BytesIO(drawn)) as source:
        return document.copy_foreign(source.pages[0].as_form_xobject())
