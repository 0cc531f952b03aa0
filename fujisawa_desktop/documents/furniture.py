"""Pieces that several papers share: contact box, page numbers, list heads, rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import ALIGN_FACTOR, VISIBLY_NARROW, Align, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.qr import is_printable
from fujisawa_desktop.documents.ruby import PART, draw_ruby, ruby_fits
from fujisawa_desktop.documents.specs import ContactBox, LabelledText, RemarkKind
from fujisawa_desktop.documents.stylesheet import FRAME, HAIRLINE, LETTER, LIGHT_FILL, LIST, MM, TextStyle
from fujisawa_desktop.documents.typesetting import Line, paragraph, tight_width_of, width_of
from fujisawa_desktop.rules.figures import DigitStyle, in_digit_style

_BOX_PADDING: Final = 3 * MM
_BOX_LEAST_TEXT: Final = 40 * MM
_FACT_ROW: Final = 6.4 * MM
_RUBY_ROW: Final = 8.4 * MM
"""A row in which a reading stands above the text."""
_RUBY_DROP: Final = LIST.cell.size * PART / 2
_FACT_COLUMNS: Final = 2
_FACT_LABEL: Final = 25 * MM
_CELL_LINES: Final = 4
_DESCENT: Final = 0.12
"""How much of a Japanese character stands below the base line."""


def middle(top: float, height: float, style: TextStyle) -> float:
    """Return the base line that centres one line of ``style`` in a strip."""
    return top + (height + style.size) / 2 - _DESCENT * style.size


class ContactFrame(NamedTuple):
    """The measured contact box (問い合わせ先), before it has a place."""

    contact: ContactBox
    text_room: float
    width: float
    height: float
    qr_side: float


def measure_contact(contact: ContactBox, most_width: float) -> ContactFrame:
    """Return how large the box will be; a line that is too wide for it will be narrowed."""
    style = LETTER.contact
    side = LETTER.qr_side if is_printable(clean_line(contact.url)) else 0.0
    qr_room = side + _BOX_PADDING if side else 0.0
    longest = max((width_of(clean_line(row), style.family) for row in contact.lines), default=0.0)
    text_room = min(max(longest * style.size, _BOX_LEAST_TEXT), most_width - qr_room - 2 * _BOX_PADDING)
    text_height = (len(contact.lines) + 1) * style.leading + 2 * _BOX_PADDING
    qr_height = side + (LETTER.small.leading if contact.url_caption else 0.0) + _BOX_PADDING
    height = max(text_height, qr_height)
    return ContactFrame(contact, text_room, text_room + 2 * _BOX_PADDING + qr_room, height, side)


def draw_contact(page: Page, frame: ContactFrame, right: float, bottom: float) -> None:
    """Draw the box with its lower right corner at (right, bottom)."""
    contact, style = frame.contact, LETTER.contact
    left, top = right - frame.width, bottom - frame.height
    page.box(left, top, frame.width, frame.height, FRAME)
    text_height = (len(contact.lines) + 1) * style.leading
    strip = top + (frame.height - text_height) / 2
    x = left + _BOX_PADDING
    page.fitted(
        x, middle(strip, style.leading, style), contact.heading, LETTER.contact_heading, frame.text_room
    )
    for number, row in enumerate(contact.lines, start=1):
        base = middle(strip + number * style.leading, style.leading, style)
        page.fitted(x, base, row, style, frame.text_room)
    if frame.qr_side:
        qr_x = right - frame.qr_side - _BOX_PADDING / 2
        page.qr(qr_x, top + _BOX_PADDING / 2, clean_line(contact.url), frame.qr_side)
        caption_base = top + _BOX_PADDING / 2 + frame.qr_side + LETTER.small.size
        page.fitted(qr_x, caption_base, contact.url_caption, LETTER.small, frame.qr_side, "center")
    elif clean_line(contact.url):
        page.note(RemarkKind.CUT, contact.url)


def number_pages(pages: Sequence[Page], *, always: bool, digits: DigitStyle = "half") -> None:
    """Write n／N頁 at the foot of every page; a letter of one page does without."""
    if len(pages) == 1 and not always:
        return
    for number, page in enumerate(pages, start=1):
        text = in_digit_style(f"{number}／{len(pages)}頁", digits)
        page.text(page.width / 2, page.height - 11 * MM, text, LIST.small, "center")


def draw_journal_line(pages: Sequence[Page], text: str) -> None:
    """Write at the left of the foot how the journal stood, so that paper keeps it too."""
    for page in pages if text else ():
        page.fitted(LIST.left, page.height - 11 * MM, text, LIST.small, page.width / 2 - LIST.left - 12 * MM)


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands at the head of every page of a list."""

    title: str
    subtitle: str
    mark: str
    notes: tuple[str, ...]
    """At the right, below the mark: how many, when printed."""


def draw_list_head(page: Page, head: ListHead) -> float:
    """Draw the head of a list; return where the table may begin."""
    left, right = LIST.left, page.width - LIST.right
    mark_room = _draw_mark(page, head.mark, right)
    top = LIST.top
    page.fitted(
        left, middle(top, LIST.title.leading, LIST.title), head.title, LIST.title, right - left - mark_room
    )
    top += LIST.title.leading + 1 * MM
    base = middle(top, LIST.subtitle.leading, LIST.subtitle)
    notes = "　".join(note for note in head.notes if note)
    notes_room = min(width_of(clean_line(notes), LIST.small.family) * LIST.small.size, (right - left) / 2)
    page.fitted(right - notes_room, base, notes, LIST.small, notes_room + 0.1, "right")
    page.fitted(left, base, head.subtitle, LIST.subtitle, right - left - notes_room - 5 * MM)
    return top + LIST.subtitle.leading + 1.5 * MM


def _draw_mark(page: Page, mark: str, right: float) -> float:
    """Draw 取扱注意 in a frame at the top right; return the room it takes."""
    if not mark:
        return 0.0
    style = LIST.mark
    width = min(width_of(clean_line(mark), style.family) * style.size, 60 * MM)
    height = style.leading + 1 * MM
    page.box(right - width - 6 * MM, LIST.top, width + 6 * MM, height, FRAME)
    page.fitted(right - width - 3 * MM, middle(LIST.top, height, style), mark, style, width + 0.1)
    return width + 10 * MM


class Cell(NamedTuple):
    """A text prepared for a cell of known width: one line, or several smaller ones."""

    text: str
    lines: tuple[Line, ...]
    is_cut: bool

    @property
    def height(self) -> float:
        """The height the cell needs."""
        if not self.lines:
            return LIST.row
        return max(LIST.row, len(self.lines) * LIST.small.leading + LIST.padding)


def prepare_cell(text: str, width: float, style: TextStyle) -> Cell:
    """Decide how a text stands in a cell: as it is, a little narrowed, or small on up to four lines.

    What would have to be narrowed so much that a clerk is told of it is broken instead.
    """
    room = width - 2 * LIST.padding
    if tight_width_of(clean_line(text), style.family) * style.size * VISIBLY_NARROW <= room:
        return Cell(text, (), is_cut=False)
    lines = paragraph(clean_line(text), LIST.small.family, room / LIST.small.size, hanging=False)
    return Cell(text, lines[:_CELL_LINES], is_cut=len(lines) > _CELL_LINES)


def row_height(row: Sequence[Cell]) -> float:
    """Return the height a row of cells needs."""
    return max(cell.height for cell in row)


def rows_that_fit(heights: Iterable[float], room: float) -> int:
    """Return how many rows, one below the other, ``room`` holds."""
    count = 0
    for height in heights:
        room -= height
        if room < 0:
            break
        count += 1
    return count


def draw_cell(
    page: Page, x: float, y: float, width: float, height: float, cell: Cell, style: TextStyle, align: Align
) -> None:
    """Draw a prepared text in a cell whose upper left corner is (x, y); the frame is drawn apart."""
    room = width - 2 * LIST.padding
    if not cell.lines:
        page.fitted(x + LIST.padding, middle(y, height, style), cell.text, style, room, align)
        return
    strip = y + (height - len(cell.lines) * LIST.small.leading) / 2
    base = middle(strip, LIST.small.leading, LIST.small)
    for line in cell.lines:
        spare = max(room - line.width * LIST.small.size, 0.0)
        page.line(x + LIST.padding + ALIGN_FACTOR[align] * spare, base, line, LIST.small)
        base += LIST.small.leading
    if cell.is_cut:
        page.note(RemarkKind.CUT, cell.text)
        page.text(x + width - LIST.padding, y + height - LIST.padding, "…", LIST.small, "right")


def draw_grid(page: Page, x: float, y: float, widths: Sequence[float], heights: Sequence[float]) -> None:
    """Draw the frame and the inner lines of a table."""
    right, bottom = x + sum(widths), y + sum(heights)
    edge = y
    for height in heights[:-1]:
        edge += height
        page.rule(x, edge, right, edge, HAIRLINE)
    edge = x
    for width in widths[:-1]:
        edge += width
        page.rule(edge, y, edge, bottom, HAIRLINE)
    page.box(x, y, right - x, bottom - y, FRAME)


def draw_heading_row(
    page: Page,
    x: float,
    y: float,
    widths: Sequence[float],
    headings: Sequence[str],
    height: float,
    style: TextStyle = LIST.head,
) -> None:
    """Draw the head of a table: gray, names centred."""
    page.fill(x, y, sum(widths), height, LIGHT_FILL)
    for width, heading in zip(widths, headings, strict=True):
        base = middle(y, height, style)
        page.fitted(x + LIST.padding / 2, base, heading, style, width - LIST.padding, "center")
        x += width


_FactRow = tuple[LabelledText, ...]


def _fact_room(width: float) -> float:
    """Return the room for the text of a fact in half a row."""
    return width / _FACT_COLUMNS - _FACT_LABEL - 2 * LIST.padding


def _fact_rows(facts: Sequence[LabelledText], width: float) -> list[_FactRow]:
    """Lay facts out two a row.

    A wide one, one that half a row would narrow, and one that is left over have a row of their own.
    """
    rows: list[_FactRow] = []
    for listed in facts:
        needed = width_of(clean_line(listed.text), LIST.cell.family) * LIST.cell.size * VISIBLY_NARROW
        fact = replace(listed, is_wide=listed.is_wide or needed > _fact_room(width))
        last = rows[-1] if rows else ()
        if fact.is_wide or not last or last[0].is_wide or len(last) == _FACT_COLUMNS:
            rows.append((fact,))
        else:
            rows[-1] = (*last, fact)
    return [row if len(row) == _FACT_COLUMNS else (replace(row[0], is_wide=True),) for row in rows]


def facts_height(facts: Sequence[LabelledText], width: float) -> float:
    """Return the height of a table of facts, two a row."""
    return sum(_fact_row_height(row, width) for row in _fact_rows(facts, width))


def _fact_row_height(row: _FactRow, width: float) -> float:
    if not row[0].is_wide:
        return _RUBY_ROW if any(map(_has_ruby, row)) else _FACT_ROW
    if _has_ruby(row[0]) and ruby_fits(row[0].text, row[0].reading, LIST.cell, _wide_room(width)):
        return _RUBY_ROW
    lines = len(_wide_cell(row[0], width).lines)
    return max(_FACT_ROW, lines * LIST.small.leading + LIST.padding)


def _has_ruby(fact: LabelledText) -> bool:
    return bool(clean_line(fact.reading).strip() and clean_line(fact.text).strip())


def _wide_room(width: float) -> float:
    return width - _FACT_LABEL - 2 * LIST.padding


def _wide_cell(fact: LabelledText, width: float) -> Cell:
    """Prepare a wide fact; a reading that does not fit above its text follows it in brackets."""
    text = f"{fact.text}（{fact.reading}）" if _has_ruby(fact) else fact.text
    return prepare_cell(text, width - _FACT_LABEL, LIST.cell)


def _draw_fact(page: Page, x: float, y: float, height: float, fact: LabelledText, room: float) -> None:
    """Draw the text of a fact on one line, a reading above it."""
    base = middle(y, height, LIST.cell)
    if _has_ruby(fact) and ruby_fits(fact.text, fact.reading, LIST.cell, room):
        # Text and reading together stand in the middle.
        draw_ruby(page, x, base + _RUBY_DROP, fact.text, fact.reading, LIST.cell, room)
    elif _has_ruby(fact):
        page.fitted(x, base, f"{fact.text}（{fact.reading}）", LIST.cell, room)
    else:
        page.fitted(x, base, fact.text, LIST.cell, room)


def draw_facts(page: Page, x: float, y: float, width: float, facts: tuple[LabelledText, ...]) -> float:
    """Draw facts two a row in a framed table, names on gray; return where it ends."""
    top = y
    for row in _fact_rows(facts, width):
        height = _fact_row_height(row, width)
        if row[0].is_wide:
            _draw_wide_fact(page, x, y, width, height, row[0])
        else:
            _draw_fact_row(page, x, y, width, height, row)
        if y > top:
            page.rule(x, y, x + width, y, HAIRLINE)
        y += height
    if y > top:
        page.box(x, top, width, y - top, FRAME)
    return y


def _draw_fact_row(page: Page, x: float, y: float, width: float, height: float, row: _FactRow) -> None:
    for column, fact in enumerate(row):
        left = x + column * width / _FACT_COLUMNS
        _draw_fact_label(page, left, y, height, fact.label)
        if column:
            page.rule(left, y, left, y + height, HAIRLINE)
        _draw_fact(page, left + _FACT_LABEL + LIST.padding, y, height, fact, _fact_room(width))


def _draw_wide_fact(page: Page, x: float, y: float, width: float, height: float, fact: LabelledText) -> None:
    _draw_fact_label(page, x, y, height, fact.label)
    room = _wide_room(width)
    if _has_ruby(fact) and ruby_fits(fact.text, fact.reading, LIST.cell, room):
        _draw_fact(page, x + _FACT_LABEL + LIST.padding, y, height, fact, room)
        return
    cell = _wide_cell(fact, width)
    draw_cell(page, x + _FACT_LABEL, y, width - _FACT_LABEL, height, cell, LIST.cell, "left")


def _draw_fact_label(page: Page, x: float, y: float, height: float, label: str) -> None:
    page.fill(x, y, _FACT_LABEL, height, LIGHT_FILL)
    page.rule(x + _FACT_LABEL, y, x + _FACT_LABEL, y + height, HAIRLINE)
    if not label:
        return
    room = _FACT_LABEL - 2 * LIST.padding
    page.spread(x + LIST.padding, middle(y, height, LIST.head), label, LIST.head, room)
