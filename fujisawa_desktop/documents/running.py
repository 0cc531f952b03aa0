"""Text, tables and boxes that run down as many A4 portrait pages as they need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.furniture import (
    Cell,
    ListHead,
    draw_cell,
    draw_grid,
    draw_heading_row,
    draw_list_head,
    middle,
    prepare_cell,
    row_height,
    rows_that_fit,
)
from fujisawa_desktop.documents.specs import ReportSection, ReportTable
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, LETTER, LIST, MM
from fujisawa_desktop.documents.typesetting import paragraph, width_of

WIDTH: Final = A4_PORTRAIT[0] - LIST.left - LIST.right
BOTTOM: Final = A4_PORTRAIT[1] - LIST.bottom
_GAP: Final = 4 * MM
_NOTE_MARK: Final = "※"


class Running:
    """A report running down its pages; ``y`` is where the next thing may begin."""

    def __init__(self, book: Book, head: ListHead | None = None) -> None:
        """Begin the first page; ``head`` stands at the top of every one."""
        self._book = book
        self._head = head
        self.pages: list[Page] = []
        self.turn()

    @property
    def page(self) -> Page:
        """The page that is being written."""
        return self.pages[-1]

    def turn(self) -> None:
        """Begin another page."""
        self.pages.append(self._book.page(A4_PORTRAIT))
        self.y = LIST.top if self._head is None else draw_list_head(self.page, self._head) + 1 * MM
        self._top = self.y

    def need(self, height: float) -> None:
        """Make sure that there is room; otherwise begin another page."""
        if self.y + height > BOTTOM and self.y > self._top:
            self.turn()

    def section(self, section: ReportSection) -> None:
        """Write one part: its heading stays together with what follows."""
        self.need(LIST.total.leading + 2 * LIST.row)
        base = middle(self.y, LIST.total.leading, LIST.total)
        self.page.fitted(LIST.left, base, section.heading, LIST.total, WIDTH)
        self.y += LIST.total.leading + 1 * MM
        for sentence in section.sentences:
            self.sentence(sentence)
        if section.table is not None:
            self.y += 1.2 * MM if section.sentences else 0.0
            self.table(section.table)
        self.y += _GAP

    def sentence(self, text: str, mark: str = "") -> None:
        """Write one paragraph; ``mark`` hangs at its left."""
        style = LIST.cell if not mark else LETTER.small
        indent = width_of(mark, style.family) * style.size
        for number, line in enumerate(paragraph(text, style.family, (WIDTH - indent) / style.size)):
            self.need(style.leading)
            base = middle(self.y, style.leading, style)
            if mark and number == 0:
                self.page.text(LIST.left, base, mark, style)
            self.page.line(LIST.left + indent, base, line, style)
            self.y += style.leading

    def notes(self, notes: Sequence[str]) -> None:
        """Write the notes at the end."""
        for note in notes:
            self.sentence(note, _NOTE_MARK)

    def table(self, table: ReportTable) -> None:
        """Write a table; its head stands on every page it runs over."""
        if not table.rows:
            self.sentence(table.empty_text)
            return
        shares = sum(column.share for column in table.columns)
        widths = [WIDTH * column.share / shares for column in table.columns]
        rows = [
            tuple(prepare_cell(text, width, LIST.cell) for text, width in zip(row, widths, strict=True))
            for row in table.rows
        ]
        while rows:
            count = rows_that_fit(map(row_height, rows), BOTTOM - self.y - LIST.row)
            if not count:
                self.turn()
                count = max(rows_that_fit(map(row_height, rows), BOTTOM - self.y - LIST.row), 1)
            self._piece(table, widths, rows[:count])
            rows = rows[count:]

    def _piece(self, table: ReportTable, widths: list[float], rows: Sequence[tuple[Cell, ...]]) -> None:
        top = self.y
        headings = [column.heading for column in table.columns]
        draw_heading_row(self.page, LIST.left, top, widths, headings, LIST.row)
        self.y += LIST.row
        for row in rows:
            x, height = LIST.left, row_height(row)
            for cell, width, column in zip(row, widths, table.columns, strict=True):
                draw_cell(self.page, x, self.y, width, height, cell, LIST.cell, column.align)
                x += width
            self.y += height
        draw_grid(self.page, LIST.left, top, widths, [LIST.row, *map(row_height, rows)])
