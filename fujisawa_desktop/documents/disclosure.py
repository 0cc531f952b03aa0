"""開示用シート: one person's own result, points and rank; A4 portrait."""

from __future__ import annotations

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.furniture import (
    draw_contact,
    draw_facts,
    measure_contact,
    middle,
    number_pages,
)
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
    page, style, right = running.page, LETTER.body, LIST.left + WIDTH
    date_room = 60 * MM
    base = middle(running.y, style.leading, style)
    page.fitted(right - date_room, base, spec.date, style, date_room, "right")
    running.y += 1.4 * style.leading
    name = f"{clean_line(spec.name)}　{clean_line(spec.honorific)}".strip()
    page.fitted(LIST.left + style.size, middle(running.y, style.leading, style), name, style, WIDTH * 0.8)
    running.y += style.leading
    for line in spec.sender:
        base = middle(running.y, style.leading, style)
        page.fitted(right - WIDTH * 0.6 - style.size, base, line, style, WIDTH * 0.6, "right")
        running.y += style.leading
    running.y += 0.6 * style.leading
    title = LIST.title
    base = middle(running.y, title.leading, title)
    page.fitted(LIST.left, base, spec.title, title, WIDTH, "center")
    running.y += title.leading + 3 * MM
    running.y = draw_facts(page, LIST.left, running.y, WIDTH, spec.facts) + 5 * MM
