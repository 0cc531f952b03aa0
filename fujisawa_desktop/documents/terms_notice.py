"""任用通知書, 勤務条件通知書, 勤務条件変更通知書: a letter with a ruled form; A4 portrait."""

from __future__ import annotations

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.furniture import number_pages
from fujisawa_desktop.documents.ruled import RULED_DENSITIES, RuledLetter
from fujisawa_desktop.documents.specs import LetterSpec
from fujisawa_desktop.documents.terms_specs import TermsNoticeSpec


def terms_notice_pages(book: Book, spec: TermsNoticeSpec) -> list[Page]:
    """Return the notice of one person, set as loosely as the fewest pages allow."""
    letter = LetterSpec(
        owner=spec.owner,
        number=spec.number,
        date=spec.date,
        address=(),
        name=spec.name,
        honorific=spec.honorific,
        sender=spec.sender,
        seal_note=spec.seal_note,
        title=spec.title,
        body=spec.body,
        items=(),
        notes=spec.notes,
        contact=spec.contact,
    )
    best: list[Page] = []
    for sheet in RULED_DENSITIES:
        pages = RuledLetter(book, letter, sheet, spec.tables, spec.continued).pages
        if not best or len(pages) < len(best):
            best = pages
        if len(best) == 1:
            break
    number_pages(best, always=False)
    return best
