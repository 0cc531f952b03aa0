"""勤務実績確認書: what the people of a host department worked in a month, for the department to sign."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Align, Book, Page
from fujisawa_desktop.documents.furniture import (
    Cell,
    draw_cell,
    draw_facts,
    draw_grid,
    draw_heading_row,
    middle,
    number_pages,
    prepare_cell,
    row_height,
    rows_that_fit,
)
from fujisawa_desktop.documents.hours_specs import ConfirmationLine, ConfirmationSpec
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, HAIRLINE, LIGHT_FILL, LIST, MM

_WIDTH: Final = A4_PORTRAIT[0] - LIST.left - LIST.right
_SHARES: Final = (28, 42, 54, 13, 27)
_WIDTHS: Final = tuple(_WIDTH * share / sum(_SHARES) for share in _SHARES)
_ALIGNS: Final[tuple[Align, ...]] = ("left", "left", "left", "right", "right")
_TITLE_WIDTH: Final = 78 * MM
_SIGNED_FROM: Final = _WIDTH * 0.42
"""Where the lines to sign begin, right of the middle as in a letter."""
_LABEL: Final = 24 * MM
_SIGNATURE: Final = 11 * MM
_SEAL: Final = "印"

_Row = tuple[Cell, ...]


def confirmation_pages(book: Book, spec: ConfirmationSpec) -> list[Page]:
    """Return the sheet of a department; the total and what is signed stand on the last page."""
    rows = [_cells(line) for line in spec.lines]
    pages: list[Page] = []
    while rows or not pages:
        page = book.page(A4_PORTRAIT)
        top = _draw_head(page, spec)
        room = page.height - LIST.bottom - top - LIST.row
        count = max(rows_that_fit(map(row_height, rows), room - _foot_height(spec)), 1)
        if count < len(rows):
            count = max(min(rows_that_fit(map(row_height, rows), room), len(rows) - 1), 1)
        is_last = count == len(rows) or not rows
        y = _draw_rows(page, top, spec, rows[:count], _cells(spec.total) if is_last else None)
        if is_last:
            _draw_foot(page, y + 6 * MM, spec)
        page.fitted(LIST.left, page.height - 11 * MM, spec.printed_at, LIST.small, _WIDTH, "right")
        rows = rows[count:]
        pages.append(page)
    number_pages(pages, always=False, digits=spec.digits)
    return pages


def _cells(line: ConfirmationLine) -> _Row:
    texts = (line.number, line.name, line.days, line.count, line.time)
    return tuple(prepare_cell(text, width, LIST.cell) for text, width in zip(texts, _WIDTHS, strict=True))


def _draw_head(page: Page, spec: ConfirmationSpec) -> float:
    style, y = LIST.title, LIST.top
    base = middle(y, style.leading, style)
    page.spread((page.width - _TITLE_WIDTH) / 2, base, spec.title, style, _TITLE_WIDTH)
    y += style.leading + 3 * MM
    page.fitted(
        LIST.left, middle(y, LIST.subtitle.leading, LIST.subtitle), spec.month, LIST.subtitle, _WIDTH, "right"
    )
    y += LIST.subtitle.leading + 2 * MM
    return draw_facts(page, LIST.left, y, _WIDTH, spec.facts) + 4 * MM


def _draw_rows(page: Page, top: float, spec: ConfirmationSpec, rows: list[_Row], total: _Row | None) -> float:
    draw_heading_row(page, LIST.left, top, _WIDTHS, spec.headings, LIST.row)
    y = top + LIST.row
    shown = [*rows, total] if total is not None else rows
    for row in shown:
        x, height = LIST.left, row_height(row)
        if row is total:
            page.fill(LIST.left, y, _WIDTH, height, LIGHT_FILL)
        for cell, width, align in zip(row, _WIDTHS, _ALIGNS, strict=True):
            draw_cell(page, x, y, width, height, cell, LIST.cell, align)
            x += width
        y += height
    draw_grid(page, LIST.left, top, _WIDTHS, [LIST.row, *map(row_height, shown)])
    return y


def _foot_height(spec: ConfirmationSpec) -> float:
    """Return the height of the total, the sentence, the lines to sign and the notes."""
    lines = len(spec.signatures) * _SIGNATURE + len(spec.notes) * LIST.small.leading
    return LIST.row + lines + 2 * _SIGNATURE + 12 * MM


def _draw_foot(page: Page, y: float, spec: ConfirmationSpec) -> None:
    style = LIST.cell
    page.fitted(LIST.left, middle(y, _SIGNATURE, style), spec.statement, style, _WIDTH)
    y += _SIGNATURE
    left, right = LIST.left + _SIGNED_FROM, LIST.left + _WIDTH
    page.fitted(left, middle(y, _SIGNATURE, style), spec.date, style, right - left)
    y += _SIGNATURE
    for number, signature in enumerate(spec.signatures, start=1):
        base = middle(y, _SIGNATURE, style)
        page.fitted(left, base, signature.label, style, _LABEL - LIST.padding)
        page.fitted(left + _LABEL, base, signature.text, style, right - left - _LABEL - 8 * MM)
        page.rule(left + _LABEL, base + 2 * MM, right, base + 2 * MM, HAIRLINE)
        if number == len(spec.signatures):
            page.text(right - 1 * MM, base, _SEAL, LIST.head, "right")
        y += _SIGNATURE
    y += 4 * MM
    for note in spec.notes:
        page.fitted(LIST.left, middle(y, LIST.small.leading, LIST.small), note, LIST.small, _WIDTH)
        y += LIST.small.leading
