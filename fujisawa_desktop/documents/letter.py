"""The municipal letter: head (:mod:`.letter_block`), title, body, 記, 以上, contact box."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.furniture import draw_contact, measure_contact, number_pages
from fujisawa_desktop.documents.letter_block import LetterHead, draw_letter_block
from fujisawa_desktop.documents.specs import ContactBox, Item, LetterSpec
from fujisawa_desktop.documents.stylesheet import LETTER_DENSITIES, LetterSheet, TextStyle
from fujisawa_desktop.documents.typesetting import Line, paragraph, width_of
from fujisawa_desktop.rules.figures import in_digit_style

_TITLE_INDENT: Final = 3
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
        self._head()
        self._title()
        self._paragraphs(spec.body, sheet.body)
        if spec.items:
            self._items(spec.items)
        if spec.notes:
            self._skip(sheet.body.leading / 2)
            self._paragraphs(spec.notes, sheet.small)
        if spec.contact is not None:
            self._contact(spec.contact)

    def _head(self) -> None:
        """Number, date, addressee and sender, from where the page is now."""
        spec, sheet = self._spec, self._sheet
        head = LetterHead(
            date=spec.date,
            name=spec.name,
            honorific=spec.honorific,
            sender=spec.sender,
            number=spec.number,
            address=spec.address,
            seal_note=spec.seal_note,
            mark=spec.mark,
            window_shift=spec.window_shift,
        )
        self._y = draw_letter_block(self._page, head, sheet, left=self._left, right=self._right, top=self._y)

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
