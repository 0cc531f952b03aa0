"""封筒（長形3号）: upright, 120 mm wide and 235 mm high, written horizontally."""

from __future__ import annotations

import re
from typing import Final

from fujisawa_desktop.documents.address_block import BlockStyle, draw_address
from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.furniture import middle
from fujisawa_desktop.documents.office_specs import EnvelopeSpec
from fujisawa_desktop.documents.places import (
    ENVELOPE_ADDRESS,
    ENVELOPE_HEIGHT,
    ENVELOPE_WIDTH,
    kept,
    postcode_boxes,
)
from fujisawa_desktop.documents.stylesheet import FRAME, HAIRLINE, MM, TextStyle
from fujisawa_desktop.documents.typesetting import width_of

SIZE: Final = (ENVELOPE_WIDTH * MM, ENVELOPE_HEIGHT * MM)
_DIGIT: Final = TextStyle(Family.GOTHIC, 15, 15)
_ADDRESS_STYLE: Final = BlockStyle(13, 1.55)
_MARK: Final = TextStyle(Family.GOTHIC_BOLD, 14, 20)
_MARK_LEFT: Final = 16.0
_MARK_TOP: Final = 142.0
_SENDER: Final = TextStyle(Family.MINCHO, 10, 15.5)
_SENDER_HEAD: Final = TextStyle(Family.MINCHO, 12.5, 19)
_SENDER_ROOM: Final = 84.0
_SENDER_BOTTOM: Final = 216.0
_SENDER_RIGHT: Final = 106.0
_SENDER_MOST: Final = 5


def envelope_pages(book: Book, spec: EnvelopeSpec) -> list[Page]:
    """Return the front of one envelope."""
    page = book.page(SIZE)
    right, down = kept(spec.shift.right) * MM, kept(spec.shift.down) * MM
    digits = clean_line(spec.addressee.postcode).replace("-", "")
    in_boxes = re.fullmatch(r"[0-9]{7}", digits) is not None
    _draw_postcode(page, digits if in_boxes else "", right, down, boxed=spec.boxed)
    left, top, width, height = (length * MM for length in ENVELOPE_ADDRESS)
    style = _ADDRESS_STYLE._replace(with_postcode=not in_boxes)
    draw_address(page, spec.addressee, (left + right, top + down, width, height), style)
    _draw_mark(page, spec.mark, right, down)
    _draw_sender(page, spec.sender, right, down)
    return [page]


def _draw_postcode(page: Page, digits: str, right: float, down: float, *, boxed: bool) -> None:
    for place, (left, top, width, height) in enumerate(postcode_boxes()):
        x, y = left * MM + right, top * MM + down
        if boxed:
            page.box(x, y, width * MM, height * MM, FRAME if place < 3 else HAIRLINE)
        if digits:
            base = middle(y, height * MM, _DIGIT)
            page.text(x + width * MM / 2, base, digits[place], _DIGIT, "center")


def _draw_mark(page: Page, mark: str, right: float, down: float) -> None:
    """Draw 親展 in a frame below the address."""
    text = clean_line(mark)
    if not text:
        return
    room = min(width_of(text, _MARK.family) * _MARK.size, 60 * MM)
    left, top = _MARK_LEFT * MM + right, _MARK_TOP * MM + down
    height = _MARK.leading + 1.5 * MM
    page.box(left, top, room + 6 * MM, height, FRAME)
    page.fitted(left + 3 * MM, middle(top, height, _MARK), text, _MARK, room + 0.1)


def _draw_sender(page: Page, sender: tuple[str, ...], right: float, down: float) -> None:
    """Draw the sender in the lower right part, its first row larger."""
    rows = [row for row in sender if clean_line(row).strip()][:_SENDER_MOST]
    if not rows:
        return
    styles = [_SENDER_HEAD, *([_SENDER] * (len(rows) - 1))]
    widest = max(width_of(clean_line(row), s.family) * s.size for row, s in zip(rows, styles, strict=True))
    room = min(widest, _SENDER_ROOM * MM)
    left = _SENDER_RIGHT * MM - room + right
    y = _SENDER_BOTTOM * MM - sum(style.leading for style in styles) + down
    page.rule(left, y - 1.5 * MM, left + room, y - 1.5 * MM, HAIRLINE)
    for row, style in zip(rows, styles, strict=True):
        page.fitted(left, middle(y, style.leading, style), row, style, room + 0.1)
        y += style.leading
