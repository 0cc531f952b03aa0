"""The address that shows through the window of an envelope: one place for letters and address sheets.

The window of a 長形3号 envelope lies 20 to 105 mm from the left and 12 to 45 mm from the top of an A4
sheet folded in three.  The text keeps as much distance from its edges as a sheet may be folded or
slip wrong, and begins where the margin of a letter begins.
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.address_block import BlockStyle, draw_address
from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.office_specs import Addressee, WindowSpec
from fujisawa_desktop.documents.specs import Shift
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, HAIRLINE, MM

WINDOW: Final = (20.0, 12.0, 105.0, 45.0)
"""Left, top, right and bottom edge on the sheet, in millimetres."""
FOLD_TOLERANCE: Final = 3.0
"""How far a sheet may lie wrong in its envelope, in millimetres, in any direction."""
_TEXT: Final = (25.0, 15.5, 101.5, 41.5)
_STYLE: Final = BlockStyle(11, 1.25)
MOST_SHIFT: Final = 10.0
"""A printer that is off by more millimetres than this is set up wrong."""


def draw_window_block(page: Page, addressee: Addressee, shift: Shift) -> None:
    """Draw an address so that it shows through the window."""
    left, top, right, bottom = _TEXT
    right_by, down_by = kept(shift.right), kept(shift.down)
    place = (
        (left + right_by) * MM,
        (top + down_by) * MM,
        (right - left) * MM,
        (bottom - top) * MM,
    )
    draw_address(page, addressee, place, _STYLE)


def kept(millimetres: float) -> float:
    """Return a correction within what is allowed."""
    return min(max(millimetres, -MOST_SHIFT), MOST_SHIFT)


def window_pages(book: Book, spec: WindowSpec) -> list[Page]:
    """Return the sheet that holds only an address."""
    page = book.page(A4_PORTRAIT)
    if spec.framed:
        left, top, right, bottom = (edge * MM for edge in WINDOW)
        page.box(left, top, right - left, bottom - top, HAIRLINE)
        for part in (1, 2):
            y = page.height * part / 3
            page.rule(0, y, 5 * MM, y, HAIRLINE)
            page.rule(page.width - 5 * MM, y, page.width, y, HAIRLINE)
    draw_window_block(page, spec.addressee, spec.shift)
    return [page]
