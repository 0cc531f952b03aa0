"""宛名ラベル: addresses on the faces of an A4 sheet of labels."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.address_block import LEAST, BlockStyle, draw_address
from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.office_specs import FaceGrid, LabelsSpec
from fujisawa_desktop.documents.places import kept
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, HAIRLINE, MM

INSET: Final = 2.5
"""Millimetres between the text and the edge of a face, at least."""
_WIDE_INSET: Final = 6.0
_UNPRINTABLE: Final = 5.0
"""Most printers do not reach the outermost millimetres of a sheet."""
_LARGEST: Final = 12.0
_NAME: Final = 1.3


def label_pages(book: Book, spec: LabelsSpec) -> list[Page]:
    """Return the sheets; the first begins at the face asked for."""
    grid = spec.grid
    first = min(max(spec.first, 1), grid.count)
    pages = [book.page(A4_PORTRAIT)]
    face = first
    for addressee in spec.people:
        if face > grid.count:
            pages.append(book.page(A4_PORTRAIT))
            face = 1
        x, y = grid.face(face)
        inset_x, inset_y = insets(grid)
        place = (
            (x + inset_x + kept(spec.shift.right)) * MM,
            (y + inset_y + kept(spec.shift.down)) * MM,
            (grid.width - 2 * inset_x) * MM,
            (grid.height - 2 * inset_y) * MM,
        )
        draw_address(pages[-1], addressee, place, _style(grid))
        face += 1
    if spec.framed:
        for page in pages:
            draw_faces(page, grid)
    return pages


def insets(grid: FaceGrid) -> tuple[float, float]:
    """Return how far the text of every face stays from its edges at the sides, and above and below."""
    sideways = min(max(grid.width * 0.06, INSET), _WIDE_INSET)
    return max(sideways, _UNPRINTABLE - grid.left), max(INSET, _UNPRINTABLE - grid.top)


def _style(grid: FaceGrid) -> BlockStyle:
    """A usual address takes four rows and fifteen characters."""
    inset_x, inset_y = insets(grid)
    by_width = (grid.width - 2 * inset_x) * MM / 15
    by_height = (grid.height - 2 * inset_y) * MM / 6.2
    return BlockStyle(min(max(min(by_width, by_height), LEAST + 0.5), _LARGEST), _NAME)


def draw_faces(page: Page, grid: FaceGrid) -> None:
    """Draw the edge of every face."""
    for number in range(1, grid.count + 1):
        x, y = grid.face(number)
        page.box(x * MM, y * MM, grid.width * MM, grid.height * MM, HAIRLINE)
