"""The address that shows through the window of an envelope: one place for letters and address sheets.

The text keeps as much distance from the edges of the window as a sheet may be folded or slip wrong.
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.address_block import BlockStyle, draw_address
from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.office_specs import Addressee, WindowSpec
from fujisawa_desktop.documents.places import WINDOW, WINDOW_TEXT, kept
from fujisawa_desktop.documents.specs import Shift
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, HAIRLINE, MM

_STYLE: Final = BlockStyle(11, 1.25)
_FOLD_MARK: Final = 5 * MM


def draw_window_block(page: Page, addressee: Addressee, shift: Shift) -> None:
    """Draw an address so that it shows through the window."""
    left, top, width, height = WINDOW_TEXT
    place = (
        (left + kept(shift.right)) * MM,
        (top + kept(shift.down)) * MM,
        width * MM,
        height * MM,
    )
    draw_address(page, addressee, place, _STYLE)


def window_pages(book: Book, spec: WindowSpec) -> list[Page]:
    """Return the sheet that holds only an address."""
    page = book.page(A4_PORTRAIT)
    if spec.framed:
        left, top, width, height = (length * MM for length in WINDOW)
        page.box(left, top, width, height, HAIRLINE)
        for part in (1, 2):
            y = page.height * part / 3
            page.rule(0, y, _FOLD_MARK, y, HAIRLINE)
            page.rule(page.width - _FOLD_MARK, y, page.width, y, HAIRLINE)
    draw_window_block(page, spec.addressee, spec.shift)
    return [page]
