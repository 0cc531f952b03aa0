"""開示用シート: one person's own result, points and rank; A4 portrait."""

from __future__ import annotations

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.furniture import (
    draw_contact,
    draw_facts,
    measure_contact,
    middle,
    number_pages,
)
from fujisawa_desktop.documents.letter_block import LetterHead, draw_letter_block
from fujisawa_desktop.documents.running import BOTTOM, WIDTH, Running
from fujisawa_desktop.documents.specs import DisclosureSpec
from fujisawa_desktop.documents.stylesheet import LETTER, LIST, MM


def disclosure_pages(book: Book, spec: DisclosureSpec) -> list[Page]:
    """Return the sheet of one person; long tables run on to further pages."""
    running = Running(book)
    _draw_head(running, spec)
    for section in spec.sections:
        running.section(section)
    running.notes(spec.notes)
    if spec.contact is not None:
        frame = measure_contact(spec.contact, WIDTH)
        running.need(frame.height + 3 * MM)
        draw_contact(running.page, frame, LIST.left + WIDTH, BOTTOM)
    number_pages(running.pages, always=True, digits=spec.digits)
    return running.pages


def _draw_head(running: Running, spec: DisclosureSpec) -> None:
    head = LetterHead(spec.date, spec.name, spec.honorific, spec.sender)
    page, right = running.page, LIST.left + WIDTH
    y = draw_letter_block(page, head, LETTER, left=LIST.left, right=right, top=running.y)
    y += LETTER.body.leading
    title = LIST.title
    page.fitted(LIST.left, middle(y, title.leading, title), spec.title, title, WIDTH, "center")
    y += title.leading + 3 * MM
    running.y = draw_facts(page, LIST.left, y, WIDTH, spec.facts) + 5 * MM
