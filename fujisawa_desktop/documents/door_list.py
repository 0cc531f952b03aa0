"""面接室の掲示: what hangs at the door of a room, large enough to be read in passing; A4 portrait."""

from __future__ import annotations

from math import ceil
from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.furniture import draw_grid, draw_heading_row, middle, number_pages
from fujisawa_desktop.documents.specs import DoorLine, DoorListSpec
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, LIST, MM, TextStyle

_WIDTH: Final = A4_PORTRAIT[0] - LIST.left - LIST.right
_PLACE: Final = TextStyle(Family.GOTHIC_BOLD, 26, 38)
_DAY: Final = TextStyle(Family.GOTHIC_BOLD, 18, 28)
_LINE: Final = TextStyle(Family.GOTHIC_BOLD, 18, 26)
_HEAD: Final = TextStyle(Family.GOTHIC, 12, 16)
_NOTE: Final = TextStyle(Family.GOTHIC, 13, 20)
_WIDTHS: Final = (_WIDTH * 0.5, _WIDTH * 0.5)
_HEAD_ROW: Final = 9 * MM
_LEAST_ROW: Final = 10.5 * MM
_TALLEST_ROW: Final = 15 * MM


def door_list_pages(book: Book, spec: DoorListSpec) -> list[Page]:
    """Return the pages of one room and day, as few as hold all lines, and those filled evenly."""
    lines = list(spec.lines)
    pages: list[Page] = []
    while lines or not pages:
        page = book.page(A4_PORTRAIT)
        top = _draw_head(page, spec)
        room = page.height - LIST.bottom - top - _HEAD_ROW - len(spec.notes) * _NOTE.leading - 2 * MM
        left = ceil(len(lines) / max(int(room / _LEAST_ROW), 1))
        count = ceil(len(lines) / max(left, 1))
        _draw_lines(page, top, spec, lines[:count], min(room / max(count, 1), _TALLEST_ROW))
        lines = lines[count:]
        page.fitted(LIST.left, page.height - 11 * MM, spec.printed_at, LIST.small, _WIDTH, "right")
        pages.append(page)
    number_pages(pages, always=False, digits=spec.digits)
    return pages


def _draw_head(page: Page, spec: DoorListSpec) -> float:
    y = LIST.top
    page.fitted(
        LIST.left, middle(y, LIST.title.leading, LIST.title), spec.title, LIST.title, _WIDTH, "center"
    )
    y += LIST.title.leading + 3 * MM
    for text, style in ((spec.place, _PLACE), (spec.day, _DAY)):
        page.fitted(LIST.left, middle(y, style.leading, style), text, style, _WIDTH, "center")
        y += style.leading
    return y + 4 * MM


def _draw_lines(page: Page, top: float, spec: DoorListSpec, lines: list[DoorLine], row: float) -> None:
    draw_heading_row(page, LIST.left, top, _WIDTHS, spec.headings, _HEAD_ROW, _HEAD)
    y = top + _HEAD_ROW
    for line in lines:
        x = LIST.left
        for text, width in zip((line.time, line.number), _WIDTHS, strict=True):
            base = middle(y, row, _LINE)
            page.fitted(x + LIST.padding, base, text, _LINE, width - 2 * LIST.padding, "center")
            x += width
        y += row
    draw_grid(page, LIST.left, top, _WIDTHS, [_HEAD_ROW, *(row for _line in lines)])
    for number, note in enumerate(spec.notes, start=1):
        base = y + 1 * MM + number * _NOTE.leading
        page.fitted(LIST.left, base, note, _NOTE, _WIDTH)
