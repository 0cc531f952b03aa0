"""面接日程表: one day, times down the side, interviewers across; A4 landscape."""

from __future__ import annotations

from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.furniture import (
    ListHead,
    draw_grid,
    draw_heading_row,
    draw_list_head,
    middle,
    number_pages,
)
from fujisawa_desktop.documents.specs import TimetableCell, TimetableSpec
from fujisawa_desktop.documents.stylesheet import A4_LANDSCAPE, CLOSED_FILL, FRAME, LIST, MM

_TIME_WIDTH: Final = 20 * MM
_COLUMNS_A_PAGE: Final = 5
"""In narrower ones a number and a course do not fit on one line."""
_LEAST_ROW: Final = 8.2 * MM
_TALLEST_ROW: Final = 12 * MM


class _Part(NamedTuple):
    """The rows and columns one page shows, as ranges of the day's."""

    rows: range
    columns: range


def timetable_pages(book: Book, spec: TimetableSpec) -> list[Page]:
    """Return the pages of one day; many interviewers or short slots take several."""
    head = ListHead(spec.title, spec.day, spec.mark, (spec.count, spec.printed_at))
    pages: list[Page] = []
    for part in _parts(spec):
        page = book.page(A4_LANDSCAPE)
        top = draw_list_head(page, head)
        _draw_part(page, top, spec, part)
        pages.append(page)
    number_pages(pages, always=True, digits=spec.digits)
    return pages


def _table_room(spec: TimetableSpec) -> float:
    head = LIST.title.leading + LIST.subtitle.leading + 2.5 * MM
    notes = len(spec.notes) * LIST.small.leading
    return A4_LANDSCAPE[1] - LIST.top - LIST.bottom - head - LIST.row - notes


def _parts(spec: TimetableSpec) -> list[_Part]:
    most_rows = max(int(_table_room(spec) / _LEAST_ROW), 1)
    column_ranges = _slices(len(spec.interviewers), _COLUMNS_A_PAGE)
    return [_Part(rows, columns) for columns in column_ranges for rows in _slices(len(spec.times), most_rows)]


def _slices(count: int, most: int) -> list[range]:
    """Cut ``count`` things into as few, evenly filled ranges as possible."""
    pieces = max(-(-count // most), 1)
    size = -(-count // pieces)
    return [range(start, min(start + size, count)) for start in range(0, max(count, 1), max(size, 1))]


def _draw_part(page: Page, top: float, spec: TimetableSpec, part: _Part) -> None:
    room = page.width - LIST.left - LIST.right - _TIME_WIDTH
    column_width = room / max(len(part.columns), 1)
    widths = [_TIME_WIDTH, *(column_width for _ in part.columns)]
    row = min(_table_room(spec) / max(len(part.rows), 1), _TALLEST_ROW)
    headings = ["時間", *(spec.interviewers[column] for column in part.columns)]
    draw_heading_row(page, LIST.left, top, widths, headings, LIST.row)
    y = top + LIST.row
    for number in part.rows:
        strip = y + (number - part.rows.start) * row
        if number in spec.closed_rows:
            page.fill(LIST.left, strip, sum(widths), row, CLOSED_FILL)
        time_room = _TIME_WIDTH - LIST.padding
        base = middle(strip, row, LIST.cell)
        page.fitted(LIST.left + LIST.padding / 2, base, spec.times[number], LIST.cell, time_room, "center")
    draw_grid(page, LIST.left, top, widths, [LIST.row, *(row for _ in part.rows)])
    for cell in spec.cells:
        _draw_cell(page, y, cell, part, column_width, row)
    below = y + row * len(part.rows)
    for number, note in enumerate(spec.notes, start=1):
        base = below + number * LIST.small.leading
        page.fitted(LIST.left, base, note, LIST.small, page.width - LIST.left - LIST.right)


def _draw_cell(
    page: Page, top: float, cell: TimetableCell, part: _Part, column_width: float, row: float
) -> None:
    """Draw one interview; one that runs over a page break stands on both pages."""
    first, last = max(cell.row, part.rows.start), min(cell.row + cell.rows, part.rows.stop)
    if cell.column not in part.columns or first >= last:
        return
    x = LIST.left + _TIME_WIDTH + (cell.column - part.columns.start) * column_width
    y, height = top + (first - part.rows.start) * row, (last - first) * row
    page.fill(x, y, column_width, height, 1.0)
    page.box(x, y, column_width, height, FRAME)
    room = column_width - 2 * LIST.padding
    details = _details(cell, height)
    strip = y + (height - LIST.cell.leading - len(details) * LIST.small.leading) / 2
    page.fitted(x + LIST.padding, middle(strip, LIST.cell.leading, LIST.cell), cell.name, LIST.cell, room)
    strip += LIST.cell.leading
    for text in details:
        base = middle(strip, LIST.small.leading, LIST.small)
        page.fitted(x + LIST.padding, base, text, LIST.small, room)
        strip += LIST.small.leading


def _details(cell: TimetableCell, height: float) -> tuple[str, ...]:
    """Return the lines below the name: each its own where there is room, else all on one line."""
    details = tuple(text for text in cell.details if text)
    fits = int((height - LIST.cell.leading) / LIST.small.leading)
    return details if len(details) <= fits else ("　".join(details),)
