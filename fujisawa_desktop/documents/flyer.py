"""チラシ: one page A4 for a notice board; title and points are read from two metres, the rest from near.

The text is as large as the page allows: it grows where a programme says little, and shrinks down to
what can still be read; what then does not fit is cut, and the clerk is told.
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.flyer_head import LEFT, FlyerType, draw_head
from fujisawa_desktop.documents.flyer_parts import Parts
from fujisawa_desktop.documents.public_specs import FlyerSpec
from fujisawa_desktop.documents.qr import is_printable
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.strips import Strip
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, MM

_BOTTOM: Final = A4_PORTRAIT[1] - 10 * MM
_GAP: Final = 3.4 * MM
_GAP_MOST: Final = 9 * MM
_SCALES: Final = tuple(percent / 100 for percent in range(135, 77, -1))
"""The smallest gives running text of 7 points."""
_CARD_LINES: Final = (10, 8, 7, 6, 5, 4)
_LIST_LINES: Final = (6, 4, 3, 2, 1, 0)
_LIST_SCALES: Final = (1.0, 0.94, 0.88, 0.83, 0.78)
_LINES: Final = (3, 2, 1)
"""How many lines a text keeps where even the smallest type is too large: first those about courses."""


def flyer_pages(book: Book, spec: FlyerSpec) -> list[Page]:
    """Return the flyer, always one page."""
    page = book.page(A4_PORTRAIT)
    top = draw_head(page, spec)
    parts = _fitting(page, spec, _BOTTOM - top)
    shown = [strip for strip in parts.values() if strip.height]
    used = sum(strip.height for strip in shown)
    gap = min(max((_BOTTOM - top - used) / max(len(shown), 1), 0.0), _GAP_MOST)
    y = top
    for strip in shown:
        y += gap
        strip.draw(page, LEFT, y)
        y += strip.height
    url = clean_line(spec.code.url) if spec.code is not None else ""
    if url and not is_printable(url):
        page.note(RemarkKind.CUT, url)
    for text in spec.absent:
        page.note(RemarkKind.ABSENT, text)
    return [page]


def _fitting(page: Page, spec: FlyerSpec, room: float) -> dict[str, Strip]:
    """Return the parts as large as they fit; what has to be left out is noted on the page."""
    whole = len(spec.courses)
    least = _SCALES[-1]
    kinds = [
        *(FlyerType(scale) for scale in _SCALES),
        *(FlyerType(least, course_most=most) for most in _CARD_LINES),
        *(FlyerType(scale, course_most=most, as_list=True) for most in _LIST_LINES for scale in _LIST_SCALES),
        *(FlyerType(least, most, 0, as_list=True) for most in _LINES),
    ]
    for kind in kinds:
        parts = Parts(spec, kind, whole).all()
        if _height(parts) <= room:
            return parts
    kind, count = kinds[-1], whole
    parts = Parts(spec, kind, count).all()
    while count and _height(parts) > room:
        count -= 1
        parts = Parts(spec, kind, count).all()
    for course in spec.courses[count:]:
        page.note(RemarkKind.CUT, course.name)
    kept: dict[str, Strip] = {}
    for name, strip in parts.items():
        if _height({**kept, name: strip}) <= room:
            kept[name] = strip
        else:
            page.note(RemarkKind.CUT, name)
    return kept


def _height(parts: dict[str, Strip]) -> float:
    return sum(strip.height + _GAP for strip in parts.values() if strip.height)
