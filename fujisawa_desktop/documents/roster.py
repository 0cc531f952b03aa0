"""名簿 and other lists: A4, landscape unless they are narrow, the head of the table on every page."""

from __future__ import annotations

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.furniture import (
    Cell,
    ListHead,
    draw_cell,
    draw_grid,
    draw_heading_row,
    draw_journal_line,
    draw_list_head,
    number_pages,
    prepare_cell,
    row_height,
    rows_that_fit,
)
from fujisawa_desktop.documents.specs import RosterSpec
from fujisawa_desktop.documents.stylesheet import A4_LANDSCAPE, A4_PORTRAIT, LIST

_Row = tuple[Cell, ...]


def roster_pages(book: Book, spec: RosterSpec) -> list[Page]:
    """Return the pages of a list; a list without rows is one page that says so."""
    head = ListHead(spec.title, spec.subtitle, spec.mark, (spec.count, spec.printed_at))
    widths = _widths(spec)
    rows = [
        tuple(prepare_cell(text, width, LIST.cell) for text, width in zip(row, widths, strict=True))
        for row in spec.rows
    ]
    pages: list[Page] = []
    while rows or not pages:
        page = book.page(_size(spec))
        top = draw_list_head(page, head)
        # At least one row a page, so that the list comes to an end.
        count = max(rows_that_fit(map(row_height, rows), page.height - LIST.bottom - top - LIST.row), 1)
        _draw_table(page, top, spec, widths, rows[:count])
        rows = rows[count:]
        pages.append(page)
    number_pages(pages, always=True, digits=spec.digits)
    draw_journal_line(pages, spec.journal_line)
    return pages


def _size(spec: RosterSpec) -> tuple[float, float]:
    return A4_PORTRAIT if spec.is_portrait else A4_LANDSCAPE


def _widths(spec: RosterSpec) -> list[float]:
    room = _size(spec)[0] - LIST.left - LIST.right
    shares = sum(column.share for column in spec.columns)
    return [room * column.share / shares for column in spec.columns]


def _draw_table(page: Page, top: float, spec: RosterSpec, widths: list[float], rows: list[_Row]) -> None:
    draw_heading_row(page, LIST.left, top, widths, [column.heading for column in spec.columns], LIST.row)
    y = top + LIST.row
    for row in rows:
        x, height = LIST.left, row_height(row)
        for cell, width, column in zip(row, widths, spec.columns, strict=True):
            draw_cell(page, x, y, width, height, cell, LIST.cell, column.align)
            x += width
        y += height
    draw_grid(page, LIST.left, top, widths, [LIST.row, *map(row_height, rows)])
    if not rows:
        page.fitted(LIST.left, y + LIST.cell.leading, spec.empty_text, LIST.cell, sum(widths))
