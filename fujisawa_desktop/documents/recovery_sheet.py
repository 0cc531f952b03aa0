"""回復キー: one page that opens an encrypted file when nobody knows its passphrase any more."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.qr import is_printable
from fujisawa_desktop.documents.secret_specs import RecoverySpec
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, FRAME, HAIRLINE, LIGHT_FILL, MM, TextStyle
from fujisawa_desktop.documents.typesetting import paragraph

_LEFT: Final = 25.5 * MM
_WIDTH: Final = 159.5 * MM
_TOP: Final = 26 * MM
_TITLE: Final = TextStyle(Family.GOTHIC_BOLD, 22, 32)
_BODY: Final = TextStyle(Family.MINCHO, 10.5, 17)
_LABEL: Final = TextStyle(Family.GOTHIC, 9.5, 14)
_FACT: Final = TextStyle(Family.MINCHO, 11, 16)
_KEY: Final = TextStyle(Family.GOTHIC, 18, 28)
_PLACE: Final = TextStyle(Family.GOTHIC, 9, 12)
_HEADING: Final = TextStyle(Family.GOTHIC_BOLD, 11.5, 18)
_FACT_ROW: Final = 9 * MM
_FACT_LABEL: Final = 42 * MM
_PADDING: Final = 5 * MM
_KEY_ROW: Final = 14 * MM
_GROUP: Final = 34 * MM
"""From one group of letters to the next."""
_GROUPS: Final = 3
"""Groups in a row; with more, the last would stand in the code."""
_QR_SIDE: Final = 38 * MM
_BOX_HEIGHT: Final = 20 * MM
_FOOT: Final = 268 * MM
_LEAD_MOST: Final = 8
"""Lines before the facts."""


def recovery_pages(book: Book, spec: RecoverySpec) -> list[Page]:
    """Return the page: of which file it is, the key large enough to be typed, where it is to be kept."""
    page = book.page(A4_PORTRAIT)
    page.fitted(_LEFT, _TOP + _TITLE.size, spec.title, _TITLE, _WIDTH, "center")
    y = _paragraphs(page, spec.lead, _TOP + _TITLE.leading + 8 * MM, _LEAD_MOST)
    y = _facts(page, spec, y + 4 * MM)
    y = _key(page, spec, y + 8 * MM)
    page.fitted(_LEFT, y + 8 * MM + _HEADING.size, spec.heading, _HEADING, _WIDTH)
    top = y + 8 * MM + _HEADING.leading + 2 * MM
    _paragraphs(page, spec.notes, top, int((_FOOT - _BOX_HEIGHT - 4 * MM - top) / _BODY.leading))
    _boxes(page, spec)
    return [page]


def _paragraphs(page: Page, texts: tuple[str, ...], top: float, most: int) -> float:
    """Set texts of the program's own; whatever stands in them, the page stays one page."""
    for text in texts:
        lines = paragraph(text, _BODY.family, _WIDTH / _BODY.size)[: max(most, 0)]
        most -= len(lines)
        page.lines(_LEFT, top + _BODY.size, lines, _BODY)
        top += len(lines) * _BODY.leading
    return top


def _facts(page: Page, spec: RecoverySpec, top: float) -> float:
    for label, value in spec.facts:
        page.fill(_LEFT, top, _FACT_LABEL, _FACT_ROW, LIGHT_FILL)
        page.box(_LEFT, top, _WIDTH, _FACT_ROW, HAIRLINE)
        base = top + _FACT_ROW / 2 + _FACT.size * 0.37
        page.fitted(_LEFT + 2 * MM, base, label, _LABEL, _FACT_LABEL - 4 * MM)
        page.fitted(_LEFT + _FACT_LABEL + 3 * MM, base, value, _FACT, _WIDTH - _FACT_LABEL - 6 * MM)
        top += _FACT_ROW
    return top


def _key(page: Page, spec: RecoverySpec, top: float) -> float:
    height = max(len(spec.rows) * _KEY_ROW, _QR_SIDE + _PLACE.leading) + 2 * _PADDING
    page.box(_LEFT, top, _WIDTH, height, FRAME)
    base = top + _PADDING + (_KEY_ROW + _KEY.size) / 2 - 2
    for number, row in enumerate(spec.rows, 1):
        page.text(_LEFT + 4 * MM, base, str(number), _PLACE)
        for at, group in enumerate(row.split(" ", _GROUPS - 1)):
            page.fitted(_LEFT + 11 * MM + at * _GROUP, base, group, _KEY, _GROUP - 2 * MM)
        base += _KEY_ROW
    left = _LEFT + _WIDTH - _QR_SIDE - 4 * MM
    code = clean_line(" ".join(spec.rows))
    if is_printable(code):
        page.qr(left, top + _PADDING, code, _QR_SIDE)
        under = top + _PADDING + _QR_SIDE + _PLACE.size + 3
        page.fitted(left, under, spec.scan_caption, _PLACE, _QR_SIDE, "center")
    return top + height


def _boxes(page: Page, spec: RecoverySpec) -> None:
    width = _WIDTH / max(len(spec.kept_by), 1)
    for at, label in enumerate(spec.kept_by):
        page.box(_LEFT + at * width, _FOOT - _BOX_HEIGHT, width, _BOX_HEIGHT, HAIRLINE)
        page.fitted(_LEFT + at * width + 2 * MM, _FOOT - _BOX_HEIGHT + 5 * MM, label, _LABEL, width - 4 * MM)
