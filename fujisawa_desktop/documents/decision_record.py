"""決定の記録: how a screening was decided, for the file; A4 portrait."""

from __future__ import annotations

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.furniture import ListHead, draw_facts, number_pages
from fujisawa_desktop.documents.running import WIDTH, Running
from fujisawa_desktop.documents.specs import DecisionRecordSpec
from fujisawa_desktop.documents.stylesheet import LIST, MM


def decision_record_pages(book: Book, spec: DecisionRecordSpec) -> list[Page]:
    """Return the record of one screening, the list of results at its end."""
    running = Running(book, ListHead(spec.title, spec.subtitle, spec.mark, (spec.printed_at,)))
    running.y = draw_facts(running.page, LIST.left, running.y, WIDTH, spec.facts) + 5 * MM
    for section in spec.sections:
        running.section(section)
    running.notes(spec.notes)
    number_pages(running.pages, always=True, digits=spec.digits)
    return running.pages
