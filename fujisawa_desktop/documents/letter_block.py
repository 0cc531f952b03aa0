"""The head of everything that goes to one person: number and date, addressee, sender.

The order, the indents and the spread of number and date follow the layout that city document
rules prescribe for 一般文書 (赤磐市文書作成要領 and others).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.stylesheet import LetterSheet
from fujisawa_desktop.documents.typesetting import Line, paragraph, width_of

_NAME_LINES: Final = 3
_NAME_MARGIN: Final = 8
"""Characters a name leaves free at the right before it is broken."""
_ADDRESS_MEASURE: Final = 28
_ADDRESS_LINES: Final = 6
_SENDER_MARGIN: Final = 2
_SENDER_MOST: Final = 0.6


class LetterHead(NamedTuple):
    """What the block says; empty texts are left out with their space."""

    date: str
    name: str
    honorific: str
    sender: tuple[str, ...]
    number: str = ""
    address: tuple[str, ...] = ()
    seal_note: str = ""


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
        self._reference((head.number, head.date))
        self._addressee(head)
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

    def _lines(self, x: float, lines: tuple[Line, ...], most: int, text: str) -> None:
        """Draw lines; those beyond ``most`` are left out and told of."""
        for line in lines[:most]:
            self._page.line(x, self._base_line(), line, self._sheet.body)
        if len(lines) > most:
            self._page.note(RemarkKind.CUT, text)

    def _reference(self, texts: tuple[str, ...]) -> None:
        """文書番号 and 発信年月日: top right, both beginning and ending at the same place."""
        style, sheet = self._sheet.body, self._sheet
        rows = [clean_line(text) for text in texts if text]
        widest = max((width_of(row, style.family) * style.size for row in rows), default=0.0)
        room = min(widest, self._right - self._left - sheet.em)
        for row in rows:
            self._page.spread(self._right - sheet.em - room, self._base_line(), row, style, room)

    def _addressee(self, head: LetterHead) -> None:
        style, em = self._sheet.body, self._sheet.em
        self._skip()
        rows = [paragraph(clean_line(row), style.family, _ADDRESS_MEASURE) for row in head.address]
        address = tuple(line for row in rows for line in row)
        self._lines(self._left + em, address, _ADDRESS_LINES, " ".join(head.address))
        name = f"{clean_line(head.name)}　{clean_line(head.honorific)}".strip()
        lines = paragraph(name, style.family, self._sheet.characters - _NAME_MARGIN)
        if len(lines) > _NAME_LINES:
            self._page.note(RemarkKind.CUT, head.name)
            lines = (*lines[: _NAME_LINES - 1], lines[-1])
        self._lines(self._left + (2 if head.address else 1) * em, lines, _NAME_LINES, head.name)

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
