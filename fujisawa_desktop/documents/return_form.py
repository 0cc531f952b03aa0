"""承諾書, 辞退届 and the like: forms addressed to the city that a person fills in; A4 portrait."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.furniture import middle, number_pages
from fujisawa_desktop.documents.ruled import RULED_DENSITIES, RuledLetter, RuledSheet
from fujisawa_desktop.documents.specs import LetterSpec, Owner
from fujisawa_desktop.documents.stylesheet import HAIRLINE, MM
from fujisawa_desktop.documents.terms_specs import ReturnForm, ReturnFormSpec

_FIELD_WIDTH: Final = 92 * MM
_FIELD_ROW: Final = 10 * MM
_FIELD_LABEL: Final = 4
"""Ems over which the name of a field is spread."""


def return_form_pages(book: Book, spec: ReturnFormSpec) -> list[Page]:
    """Return the forms of one person, each on a sheet of its own."""
    pages: list[Page] = []
    for form in spec.forms:
        set_pages = _set_form(book, spec.owner, form)
        number_pages(set_pages, always=False)
        pages += set_pages
    return pages


def _set_form(book: Book, owner: Owner, form: ReturnForm) -> list[Page]:
    best: list[Page] = []
    for sheet in RULED_DENSITIES:
        pages = _Form(book, owner, form, sheet).pages
        if not best or len(pages) < len(best):
            best = pages
        if len(best) == 1:
            break
    return best


class _Form(RuledLetter):
    """Title, date, addressee, the lines for name and address, then body and items."""

    def __init__(self, book: Book, owner: Owner, form: ReturnForm, sheet: RuledSheet) -> None:
        self._form = form
        letter = LetterSpec(
            owner=owner,
            number="",
            date=form.date,
            address=(),
            name=form.addressee,
            honorific="",
            sender=(),
            seal_note="",
            title=form.title,
            body=form.body,
            items=(),
            notes=form.notes,
            contact=form.contact,
        )
        super().__init__(book, letter, sheet, form.tables, form.title)

    def _set(self) -> None:
        self._title()
        self._skip(self._sheet.body.leading * 0.5)
        self._reference_block()
        self._addressee()
        self._fields()
        self._matter()

    def _fields(self) -> None:
        """Lines at the right on which the person writes."""
        style, em = self._sheet.body, self._sheet.em
        left = self._right - _FIELD_WIDTH
        self._skip(style.leading * 0.5)
        for field in self._form.fields:
            base = middle(self._y, _FIELD_ROW, style) + 1.5 * MM
            self._page.spread(left, base, clean_line(field), style, _FIELD_LABEL * em, "　")
            line = self._y + _FIELD_ROW
            self._page.rule(left, line, self._right, line, HAIRLINE)
            self._y += _FIELD_ROW
        self._skip(style.leading * 1.2)
