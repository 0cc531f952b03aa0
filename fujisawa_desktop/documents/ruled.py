"""A letter whose matter is a ruled form: items at the left, texts beside them, page after page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import Book
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.furniture import draw_heading_row, middle
from fujisawa_desktop.documents.letter import LetterFlow
from fujisawa_desktop.documents.specs import LetterSpec, RemarkKind
from fujisawa_desktop.documents.stylesheet import (
    FRAME,
    HAIRLINE,
    LETTER_DENSITIES,
    LIGHT_FILL,
    MM,
    LetterSheet,
    TextStyle,
)
from fujisawa_desktop.documents.terms_specs import RuledRow, RuledTable
from fujisawa_desktop.documents.typesetting import Line, paragraph, width_of

_LABEL_WIDTH: Final = 42 * MM
_GAP: Final = 3 * MM
_TITLE: Final = TextStyle(Family.GOTHIC_BOLD, 15, 24)
_TITLE_SPREAD: Final = 1.5
"""A short title is spread to so many times its width, as forms have it."""
_LABEL_LINES: Final = 4
"""A longer name is cut."""
_HANGING: Final = 0.5
"""Ems at the right of a cell in which a stop may hang without touching the rule."""
_BREATH: Final = re.compile("及び|又は|の|・|、")
_CONTINUED: Final = TextStyle(Family.MINCHO, 9, 14)


@dataclass(frozen=True, slots=True)
class RuledSheet:
    """How a ruled form is set: the letter around it, and the type inside."""

    letter: LetterSheet
    text: TextStyle
    label: TextStyle
    strip: TextStyle
    padding: float

    @property
    def row(self) -> float:
        """The height of a row of one line."""
        return self.text.leading + 2 * self.padding


def _ruled(letter: LetterSheet, size: float, leading: float, padding: float) -> RuledSheet:
    return RuledSheet(
        letter,
        TextStyle(Family.MINCHO, size, leading),
        TextStyle(Family.GOTHIC, size - 0.7, leading - 1),
        TextStyle(Family.GOTHIC_BOLD, size - 0.5, leading),
        padding,
    )


RULED_DENSITIES: Final = (
    _ruled(LETTER_DENSITIES[0], 10.5, 16, 1.6 * MM),
    _ruled(LETTER_DENSITIES[1], 10, 14.5, 1.2 * MM),
    _ruled(LETTER_DENSITIES[2], 9.5, 13, 0.9 * MM),
)
"""From loose to tight; the loosest that needs the fewest pages is taken."""


class _Row(NamedTuple):
    """A row broken into lines."""

    label: tuple[Line, ...]
    cells: tuple[tuple[Line, ...], ...]
    lines: int
    """Of the longest cell, or of the room to write in."""


class RuledLetter(LetterFlow):
    """Runs down its pages; every further one begins with ``continued``."""

    def __init__(
        self,
        book: Book,
        spec: LetterSpec,
        sheet: RuledSheet,
        tables: Sequence[RuledTable],
        continued: str,
    ) -> None:
        """Set the whole letter."""
        self._ruled_sheet = sheet
        self._tables = tables
        self._continued = continued
        self._page_top = sheet.letter.top
        super().__init__(book, spec, sheet.letter)

    def _set(self) -> None:
        self._head()
        self._title()
        self._matter()

    def _matter(self) -> None:
        """Everything from the body down."""
        spec, sheet = self._spec, self._sheet
        self._paragraphs(spec.body, sheet.body)
        for table in self._tables:
            self._skip(_GAP)
            self._table(table)
        if spec.notes:
            self._skip(_GAP)
            self._notes(spec.notes)
        if spec.contact is not None:
            self._contact(spec.contact)

    def _title(self) -> None:
        """The title in the middle, its characters spread."""
        self._skip(self._sheet.body.leading * 0.8)
        for line in self._spec.title.split("\n"):
            text = clean_line(line)
            width = width_of(text, _TITLE.family) * _TITLE.size
            room = min(width * _TITLE_SPREAD, self._sheet.width)
            base = self._base_line(_TITLE)
            left = self._left + (self._sheet.width - room) / 2
            if width > self._sheet.width * 0.75:
                self._page.fitted(self._left, base, text, _TITLE, self._sheet.width, "center")
            else:
                self._page.spread(left, base, text, _TITLE, room)
        self._skip(self._sheet.body.leading * 0.6)

    def _notes(self, notes: tuple[str, ...]) -> None:
        style = self._sheet.small
        for note in notes:
            mark = width_of("※", style.family)
            lines = paragraph(note, style.family, self._sheet.width / style.size - mark)
            for number, line in enumerate(lines):
                base = self._base_line(style)
                if number == 0:
                    self._page.text(self._left, base, "※", style)
                self._page.line(self._left + mark * style.size, base, line, style)

    # --- pages

    @property
    def _bottom(self) -> float:
        return self._sheet.size[1] - self._sheet.bottom

    def _need(self, height: float) -> None:
        if self._y + height > self._bottom + 0.01 and self._y > self._page_top:
            self._turn()

    def _turn(self) -> None:
        """Begin another page, with its head."""
        self.pages.append(self._book.page(self._sheet.size))
        self._y = self._sheet.top
        if self._continued:
            base = middle(self._y, _CONTINUED.leading, _CONTINUED)
            self._page.fitted(self._left, base, self._continued, _CONTINUED, self._sheet.width)
            self._y += _CONTINUED.leading + 1.5 * MM
        self._page_top = self._y

    # --- the form

    def _table(self, table: RuledTable) -> None:
        sheet = self._ruled_sheet
        columns = max((len(row.texts) for group in table.groups for row in group.rows), default=1)
        rest = self._sheet.width - _LABEL_WIDTH
        shares = table.shares or (1,) * columns
        widths = (_LABEL_WIDTH, *(rest * share / sum(shares) for share in shares))
        head = sheet.row if table.headings else 0.0
        first = next((self._prepared(row, widths) for group in table.groups for row in group.rows), None)
        self._need(head + (sheet.row if first is None else min(self._height(first), self._bottom / 2)))
        self._begin_part(table, widths)
        for group in table.groups:
            for number, row in enumerate(group.rows):
                prepared = self._prepared(row, widths)
                strip = sheet.row if group.heading and number == 0 else 0.0
                if not self._fits(strip + self._height(prepared)):
                    self._go_on(table, widths)
                if strip:
                    self._draw_strip(group.heading)
                self._draw_row(prepared, widths, table)
        self._end_part()

    def _fits(self, height: float) -> bool:
        """Tell whether so much is left; what no page could hold is begun where it stands."""
        whole = self._bottom - self._page_top - self._ruled_sheet.row
        return self._y + height <= self._bottom + 0.01 or height > whole

    def _begin_part(self, table: RuledTable, widths: tuple[float, ...]) -> None:
        self._part_top = self._y
        if table.headings:
            sheet = self._ruled_sheet
            draw_heading_row(self._page, self._left, self._y, widths, table.headings, sheet.row, sheet.strip)
            self._verticals(widths, sheet.row)
            self._y += sheet.row

    def _end_part(self) -> None:
        """Draw the frame around what stands on this page."""
        if self._y > self._part_top:
            self._page.box(self._left, self._part_top, self._sheet.width, self._y - self._part_top, FRAME)

    def _go_on(self, table: RuledTable, widths: tuple[float, ...]) -> None:
        self._end_part()
        self._turn()
        self._begin_part(table, widths)

    def _prepared(self, row: RuledRow, widths: tuple[float, ...]) -> _Row:
        sheet, pad = self._ruled_sheet, 2 * 1.4 * MM
        label = _balanced(clean_line(row.label), sheet.label, widths[0] - pad)
        if len(label) > _LABEL_LINES:
            self._page.note(RemarkKind.CUT, row.label)
            label = label[:_LABEL_LINES]
        cells = tuple(
            paragraph(text, sheet.text.family, (width - pad) / sheet.text.size - _HANGING) if text else ()
            for text, width in zip(row.texts, widths[1:], strict=True)
        )
        return _Row(label, cells, max(row.blank_lines, 1, *(len(cell) for cell in cells)))

    def _height(self, row: _Row, lines: int | None = None) -> float:
        sheet = self._ruled_sheet
        text = (row.lines if lines is None else lines) * sheet.text.leading
        return max(text, len(row.label) * sheet.label.leading) + 2 * sheet.padding

    def _draw_strip(self, heading: str) -> None:
        sheet = self._ruled_sheet
        self._page.fill(self._left, self._y, self._sheet.width, sheet.row, LIGHT_FILL)
        base = middle(self._y, sheet.row, sheet.strip)
        room = self._sheet.width - 2.8 * MM
        self._page.fitted(self._left + 1.4 * MM, base, heading, sheet.strip, room)
        self._page.box(self._left, self._y, self._sheet.width, sheet.row, HAIRLINE)
        self._y += sheet.row

    def _draw_row(self, row: _Row, widths: tuple[float, ...], table: RuledTable) -> None:
        """Draw a row; one that is higher than a page goes on at the top of the next."""
        sheet = self._ruled_sheet
        done = 0
        while done < row.lines:
            room = self._bottom - self._y - 2 * sheet.padding
            count = max(min(row.lines - done, int((room + 0.01) / sheet.text.leading)), 0)
            if not count or self._y + self._height(row, count) > self._bottom + 0.01:
                self._go_on(table, widths)
                continue
            self._draw_piece(row, widths, done, count)
            done += count
            if done < row.lines:
                self._go_on(table, widths)

    def _draw_piece(self, row: _Row, widths: tuple[float, ...], done: int, count: int) -> None:
        sheet, page = self._ruled_sheet, self._page
        height = self._height(row, count)
        x, inset = self._left, 1.4 * MM
        top = self._y + (height - len(row.label) * sheet.label.leading) / 2
        page.lines(x + inset, middle(top, sheet.label.leading, sheet.label), row.label, sheet.label)
        x += widths[0]
        for cell, width in zip(row.cells, widths[1:], strict=True):
            lines = cell[done : done + count]
            top = self._y + (height - len(lines) * sheet.text.leading) / 2
            if count < row.lines or len(lines) > 1:
                top = self._y + sheet.padding
            page.lines(x + inset, middle(top, sheet.text.leading, sheet.text), lines, sheet.text)
            x += width
        page.box(self._left, self._y, self._sheet.width, height, HAIRLINE)
        self._verticals(widths, height)
        self._y += height

    def _verticals(self, widths: tuple[float, ...], height: float) -> None:
        x = self._left
        for width in widths[:-1]:
            x += width
            self._page.rule(x, self._y, x, self._y + height, HAIRLINE)


def _balanced(text: str, style: TextStyle, room: float) -> tuple[Line, ...]:
    """Return a name on one line, else on two that part where one would breathe, else as it breaks."""
    measure = room / style.size
    if width_of(text, style.family) <= measure:
        return paragraph(text, style.family, measure)
    middle_of = len(text) / 2
    places = [at.end() for at in _BREATH.finditer(text) if at.end() < len(text)]
    for place in sorted(places, key=lambda place: abs(place - middle_of)):
        parts = (text[:place], text[place:])
        if all(width_of(part, style.family) <= measure for part in parts):
            return paragraph("\n".join(parts), style.family, measure)
    return paragraph(text, style.family, measure)
