"""The head of everything that goes to one person: number and date, addressee, sender.

The order, the indents and the spread of number and date follow the layout that city document
rules prescribe for 一般文書 (赤磐市文書作成要領 and others).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.office_specs import Addressee
from fujisawa_desktop.documents.places import WINDOW_BOTTOM, WINDOW_RIGHT
from fujisawa_desktop.documents.specs import RemarkKind, Shift
from fujisawa_desktop.documents.stylesheet import FRAME, MM, LetterSheet
from fujisawa_desktop.documents.typesetting import paragraph, width_of
from fujisawa_desktop.documents.window_block import draw_window_block

_NAME_LINES: Final = 3
_NAME_MARGIN: Final = 8
"""Characters a name leaves free at the right before it is broken."""
_SENDER_MARGIN: Final = 2
_SENDER_MOST: Final = 0.6
_MARK_MOST: Final = 10
"""Ems a mark at the top may take beside number and date."""


class LetterHead(NamedTuple):
    """What the block says; empty texts are left out with their space."""

    date: str
    name: str
    honorific: str
    sender: tuple[str, ...]
    number: str = ""
    address: tuple[str, ...] = ()
    seal_note: str = ""
    mark: str = ""
    """In a frame at the top left: 再発行."""
    window_shift: Shift = Shift()
    """Of the address that shows through the window of an envelope."""


def draw_letter_block(
    page: Page, head: LetterHead, sheet: LetterSheet, *, left: float, right: float, top: float
) -> float:
    """Draw the block between the edges of a page's text; return where what follows may begin."""
    return _Block(page, sheet, left, right, top).draw(head)


class _Block:
    """The block running down its page; it never needs a second one."""

    def __init__(self, page: Page, sheet: LetterSheet, left: float, right: float, top: float) -> None:
        self._page = page
        self._sheet = sheet
        self._left = left
        self._right = right
        self._top = self._y = top

    def draw(self, head: LetterHead) -> float:
        if head.mark:
            self._mark(clean_line(head.mark))
        self._reference((head.number, head.date), beside_window=bool(head.address))
        self._addressee(head)
        if head.sender or head.seal_note:
            self._sender(head.sender, head.seal_note)
        return self._y

    def _skip(self) -> None:
        """Leave a line free, but never at the top of a page."""
        if self._y > self._top:
            self._y += self._sheet.body.leading

    def _base_line(self) -> float:
        style = self._sheet.body
        self._y += style.leading
        return self._y - (style.leading - style.size) / 2

    def _mark(self, text: str) -> None:
        """The mark stands beside the number; nothing below it moves."""
        style, em = self._sheet.body, self._sheet.em
        width = min(width_of(text, style.family) * style.size, _MARK_MOST * em)
        self._page.box(self._left, self._y, width + 2 * em, 1.8 * em, FRAME)
        base = self._y + 0.9 * em + style.size * 0.38
        self._page.fitted(self._left + em, base, text, style, width + 0.1)

    def _reference(self, texts: tuple[str, ...], *, beside_window: bool) -> None:
        """文書番号 and 発信年月日: top right, both beginning and ending at the same place."""
        style, sheet = self._sheet.body, self._sheet
        right = self._right - sheet.em
        rows = [clean_line(text) for text in texts if text]
        widest = max((width_of(row, style.family) * style.size for row in rows), default=0.0)
        room = min(widest, right - (WINDOW_RIGHT * MM if beside_window else self._left))
        for row in rows:
            self._page.spread(right - room, self._base_line(), row, style, room)

    def _addressee(self, head: LetterHead) -> None:
        """The name; with an address, both where the window of an envelope shows them."""
        if head.address:
            addressee = Addressee("", head.address, head.name, head.honorific)
            draw_window_block(self._page, addressee, head.window_shift)
            self._y = max(self._y, WINDOW_BOTTOM * MM)
            return
        style = self._sheet.body
        self._skip()
        name = f"{clean_line(head.name)}　{clean_line(head.honorific)}".strip()
        lines = paragraph(name, style.family, self._sheet.characters - _NAME_MARGIN)
        if len(lines) > _NAME_LINES:
            self._page.note(RemarkKind.CUT, head.name)
            lines = (*lines[: _NAME_LINES - 1], lines[-1])
        for line in lines:
            self._page.line(self._left + self._sheet.em, self._base_line(), line, style)

    def _sender(self, sender: tuple[str, ...], seal_note: str) -> None:
        """The sender at the right; a short one is spread over the width of （公印省略） below it."""
        sheet, style = self._sheet, self._sheet.body
        self._skip()
        texts = [clean_line(text) for text in (*sender, seal_note) if text]
        widest = max((width_of(text, style.family) * style.size for text in texts), default=0.0)
        room = min(widest, (self._right - self._left) * _SENDER_MOST)
        left = self._right - _SENDER_MARGIN * sheet.em - room
        for row in sender:
            if len(sender) == 1:
                self._page.spread(left, self._base_line(), row, style, room)
            else:
                self._page.fitted(left, self._base_line(), row, style, room, "right")
        if seal_note:
            self._page.fitted(left, self._base_line(), seal_note, style, room + 0.1, "center")
