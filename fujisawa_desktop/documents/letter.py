"""The municipal letter: number and date, addressee, sender, title, body, 記, 以上, contact box.

The order, the indents and the spread of number and date follow the layout that city document
rules prescribe for 一般文書 (赤磐市文書作成要領 and others).
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.furniture import draw_contact, measure_contact, number_pages
from fujisawa_desktop.documents.office_specs import Addressee
from fujisawa_desktop.documents.places import WINDOW_BOTTOM, WINDOW_RIGHT
from fujisawa_desktop.documents.specs import ContactBox, Item, LetterSpec, RemarkKind
from fujisawa_desktop.documents.stylesheet import LETTER_DENSITIES, MM, LetterSheet, TextStyle
from fujisawa_desktop.documents.typesetting import Line, paragraph, width_of
from fujisawa_desktop.documents.window_block import draw_window_block
from fujisawa_desktop.rules.figures import in_digit_style

_TITLE_INDENT: Final = 3
_NAME_LINES: Final = 3
_SENDER_MARGIN: Final = 2
_SENDER_MOST: Final = 0.6
_MARK_MOST: Final = 10
"""Ems a mark at the top may take beside number and date."""
_LABEL_MOST: Final = 8
"""Ems a label under 記 may take; a longer one is narrowed."""


def letter_pages(book: Book, spec: LetterSpec) -> list[Page]:
    """Return the pages of one letter; nearly always one."""
    loosest: list[Page] = []
    for sheet in LETTER_DENSITIES:
        pages = LetterFlow(book, spec, sheet).pages
        if len(pages) == 1:
            return pages
        loosest = loosest or pages
    number_pages(loosest, always=False, digits=spec.digits)
    return loosest


class LetterFlow:
    """One letter set on one density of the sheet, running down its pages."""

    def __init__(self, book: Book, spec: LetterSpec, sheet: LetterSheet) -> None:
        self._book = book
        self._spec = spec
        self._sheet = sheet
        self._left = sheet.left
        self._right = sheet.left + sheet.width
        self.pages = [book.page(sheet.size)]
        self._y = sheet.top
        self._set()

    def _set(self) -> None:
        spec, sheet = self._spec, self._sheet
        if spec.mark:
            self._mark(clean_line(spec.mark))
        self._reference_block()
        self._addressee()
        self._sender()
        self._title()
        self._paragraphs(spec.body, sheet.body)
        if spec.items:
            self._items(spec.items)
        if spec.notes:
            self._skip(sheet.body.leading / 2)
            self._paragraphs(spec.notes, sheet.small)
        if spec.contact is not None:
            self._contact(spec.contact)

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    def _need(self, height: float) -> None:
        """Go to a new page unless ``height`` is left on this one."""
        sheet = self._sheet
        if self._y + height > sheet.size[1] - sheet.bottom + 0.01 and self._y > sheet.top:
            self.pages.append(self._book.page(sheet.size))
            self._y = sheet.top

    def _skip(self, height: float) -> None:
        """Leave space, but never at the top of a page."""
        if self._y > self._sheet.top:
            self._y += height

    def _base_line(self, style: TextStyle) -> float:
        """Begin a line and return its base line."""
        self._need(style.leading)
        self._y += style.leading
        return self._y - (style.leading - style.size) / 2

    def _lines(self, x: float, lines: tuple[Line, ...], style: TextStyle) -> None:
        for line in lines:
            base = self._base_line(style)
            self._page.line(x, base, line, style)

    def _paragraphs(self, texts: tuple[str, ...], style: TextStyle) -> None:
        for text in texts:
            self._lines(self._left, paragraph(text, style.family, self._sheet.width / style.size, 1.0), style)

    def _mark(self, text: str) -> None:
        """再発行 in a frame at the top left, beside the number; nothing below it moves."""
        style, em = self._sheet.body, self._sheet.em
        width = min(width_of(text, style.family) * style.size, _MARK_MOST * em)
        self._page.box(self._left, self._y, width + 2 * em, 1.8 * em, 0.6)
        base = self._y + 0.9 * em + style.size * 0.38
        self._page.fitted(self._left + em, base, text, style, width + 0.1)

    def _reference_block(self) -> None:
        """文書番号 and 発信年月日: top right, both beginning and ending at the same place."""
        style, right = self._sheet.body, self._right - self._sheet.em
        rows = [clean_line(text) for text in (self._spec.number, self._spec.date) if text]
        widest = max((width_of(row, style.family) * style.size for row in rows), default=0.0)
        room = min(
            widest, right - WINDOW_RIGHT * MM if self._spec.address else self._sheet.width - self._sheet.em
        )
        for row in rows:
            base = self._base_line(style)
            self._page.spread(right - room, base, row, style, room)

    def _addressee(self) -> None:
        """The name; with an address, both where the window of an envelope shows them."""
        spec, style, em = self._spec, self._sheet.body, self._sheet.em
        if spec.address:
            addressee = Addressee("", spec.address, spec.name, spec.honorific)
            draw_window_block(self._page, addressee, spec.window_shift)
            self._y = max(self._y, WINDOW_BOTTOM * MM)
            return
        self._skip(style.leading)
        name = f"{clean_line(spec.name)}　{clean_line(spec.honorific)}".strip()
        lines = paragraph(name, style.family, self._sheet.characters - 8)
        if len(lines) > _NAME_LINES:
            self._page.note(RemarkKind.CUT, spec.name)
            lines = (*lines[: _NAME_LINES - 1], lines[-1])
        self._lines(self._left + em, lines, style)

    def _sender(self) -> None:
        """The sender at the right; a short one is spread over the width of （公印省略） below it."""
        spec, sheet, style = self._spec, self._sheet, self._sheet.body
        self._skip(style.leading)
        texts = [clean_line(text) for text in (*spec.sender, spec.seal_note) if text]
        widest = max((width_of(text, style.family) * style.size for text in texts), default=0.0)
        room = min(widest, sheet.width * _SENDER_MOST)
        left = self._right - _SENDER_MARGIN * sheet.em - room
        for row in spec.sender:
            base = self._base_line(style)
            if len(spec.sender) == 1:
                self._page.spread(left, base, row, style, room)
            else:
                self._page.fitted(left, base, row, style, room, "right")
        if spec.seal_note:
            base = self._base_line(style)
            self._page.fitted(left, base, spec.seal_note, style, room + 0.1, "center")

    def _title(self) -> None:
        sheet, style = self._sheet, self._sheet.title
        self._skip(sheet.body.leading)
        indent = _TITLE_INDENT * sheet.em
        measure = (sheet.width - 2 * indent) / style.size
        self._lines(self._left + indent, paragraph(self._spec.title, style.family, measure), style)
        self._skip(sheet.body.leading * 0.75)

    def _items(self, items: tuple[Item, ...]) -> None:
        sheet, style = self._sheet, self._sheet.body
        self._skip(style.leading * 0.75)
        self._need(4 * style.leading)
        base = self._base_line(style)
        self._page.text(self._left + sheet.width / 2, base, "記", style, "center")
        self._skip(style.leading / 2)
        label_room = max(width_of(clean_line(item.label), style.family) for item in items)
        for number, item in enumerate(items, start=1):
            self._item(number, item, min(label_room, _LABEL_MOST) * sheet.em)
        base = self._base_line(style)
        self._page.text(self._right - sheet.em, base, "以上", style, "right")

    def _item(self, number: int, item: Item, label_room: float) -> None:
        style, em = self._sheet.body, self._sheet.em
        text_x = self._left + 4.5 * em + label_room
        measure = (self._right - text_x) / style.size
        lines = [line for text in item.lines for line in paragraph(text, style.family, measure)]
        self._need(style.leading)
        base = self._y + style.leading - (style.leading - style.size) / 2
        # One digit stands in the middle of its character, two fill it: dots and edges line up.
        figure = in_digit_style(str(number), self._spec.digits)
        self._page.text(self._left + 1.5 * em, base, figure, style, "center")
        self._page.spread(self._left + 3 * em, base, item.label, style, label_room, "　")
        self._lines(text_x, tuple(lines), style)
        self._skip(style.leading * 0.2)

    def _contact(self, contact: ContactBox) -> None:
        """問い合わせ先 at the lower right of the last page."""
        frame = measure_contact(contact, self._sheet.width)
        self._skip(self._sheet.body.leading / 2)
        self._need(frame.height)
        draw_contact(self._page, frame, self._right, self._sheet.size[1] - self._sheet.bottom)
