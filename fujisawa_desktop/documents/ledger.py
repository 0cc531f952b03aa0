"""報酬支給台帳 and other ledgers of money: groups with their sums, the head of the table on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import ALIGN_FACTOR, VISIBLY_NARROW, Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.furniture import (
    ListHead,
    draw_facts,
    draw_journal_line,
    draw_list_head,
    middle,
    number_pages,
)
from fujisawa_desktop.documents.ledger_specs import LedgerSpec
from fujisawa_desktop.documents.specs import Align, RemarkKind
from fujisawa_desktop.documents.stylesheet import (
    A4_LANDSCAPE,
    A4_PORTRAIT,
    FRAME,
    HAIRLINE,
    LIGHT_FILL,
    LIST,
    MM,
    TextStyle,
)
from fujisawa_desktop.documents.typesetting import Line, paragraph, tight_width_of, width_of

_SIZES: Final = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
"""The largest type at which all columns have the room they need is taken."""
_PADDING: Final = 0.9 * MM
_ROW: Final = 1.95
"""Height of a row, in its type."""
_SMALL: Final = 0.8
"""Type of a text that takes several lines, as a part of the usual one."""
_LINES: Final = 3
_BOLD: Final = 0.92
"""Gothic figures look larger than those of Mincho."""
_SHORT_HEADING: Final = 4
_BEFORE: Final = "（("
_AFTER: Final = "のる・"
_NEAR: Final = 2
"""Characters from the middle at which a heading may be parted, where that reads better."""
_STAMP: Final = 17 * MM
_STAMP_HEAD: Final = 5 * MM
_TOTAL_FILL: Final = 0.96
_MARKS_BETWEEN: Final = "　"
_NOTE_MARK: Final = "※"
_EVERYTHING: Final = 0.01


class _Sheet(NamedTuple):
    """How one ledger is set."""

    size: tuple[float, float]
    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    cell: TextStyle
    bold: TextStyle
    small: TextStyle
    head: TextStyle
    row: float
    headings: tuple[tuple[str, ...], ...]
    """On one line or two."""
    head_row: float

    @property
    def width(self) -> float:
        return sum(self.widths)


class _Cell(NamedTuple):
    """A text on one line, or broken into several smaller ones."""

    text: str
    lines: tuple[Line, ...] = ()
    is_cut: bool = False


class _Strip(NamedTuple):
    """A row of the table: of a person, the name of a group, or sums."""

    cells: tuple[_Cell, ...]
    height: float
    kind: str
    """``row``, ``group``, ``total`` or ``grand``."""


def ledger_pages(book: Book, spec: LedgerSpec) -> list[Page]:
    """Return the pages of a ledger; one without rows is a page that says so."""
    flow = _Flow(book, spec)
    flow.first_page()
    for group in spec.groups:
        flow.group(group.heading, group.rows, group.total)
    flow.finish()
    number_pages(flow.pages, always=True, digits=spec.digits)
    draw_journal_line(flow.pages, spec.journal_line)
    return flow.pages


def fits_on_sheet(spec: LedgerSpec) -> bool:
    """Tell whether the columns have the room they need, in the smallest type at the latest."""
    return _needed(spec, _SIZES[-1]) <= _size(spec)[0] - LIST.left - LIST.right


def _size(spec: LedgerSpec) -> tuple[float, float]:
    return A4_PORTRAIT if spec.is_portrait else A4_LANDSCAPE


def _needed(spec: LedgerSpec, size: float) -> float:
    """Return the width of all columns; a share counts characters of half width."""
    return sum(column.share * size / 2 + 2 * _PADDING for column in spec.columns)


def _sheet(spec: LedgerSpec) -> _Sheet:
    room = _size(spec)[0] - LIST.left - LIST.right
    size = next((size for size in _SIZES if _needed(spec, size) <= room), _SIZES[-1])
    stretch = room / _needed(spec, size)
    widths = tuple((column.share * size / 2 + 2 * _PADDING) * stretch for column in spec.columns)
    head = TextStyle(Family.GOTHIC, min(size, LIST.head.size), min(size, LIST.head.size) * 1.25)
    headings = tuple(
        _heading(column.heading, head, width - _PADDING)
        for column, width in zip(spec.columns, widths, strict=True)
    )
    return _Sheet(
        size=_size(spec),
        widths=widths,
        aligns=tuple(column.align for column in spec.columns),
        cell=TextStyle(Family.MINCHO, size, size * 1.35),
        bold=TextStyle(Family.GOTHIC_BOLD, size * _BOLD, size * 1.35),
        small=TextStyle(Family.MINCHO, size * _SMALL, size * _SMALL * 1.25),
        head=head,
        row=size * _ROW,
        headings=headings,
        head_row=LIST.row if max(map(len, headings), default=1) == 1 else 2 * head.leading + 2 * _PADDING,
    )


def _heading(text: str, style: TextStyle, room: float) -> tuple[str, ...]:
    """Return a heading on one line, or on two of about the same length where it is too long for one."""
    shown = clean_line(text)
    if len(shown) < _SHORT_HEADING or width_of(shown, style.family) * style.size <= room:
        return (shown,)
    middle_ = (len(shown) + 1) // 2
    cuts = [at for at in range(2, len(shown) - 1) if shown[at] in _BEFORE or shown[at - 1] in _AFTER]
    cut = min(cuts, key=lambda at: abs(at - middle_), default=middle_)
    cut = cut if abs(cut - middle_) <= _NEAR else middle_
    return shown[:cut], shown[cut:]


class _Flow:
    """The ledger running down its pages."""

    def __init__(self, book: Book, spec: LedgerSpec) -> None:
        self._book = book
        self._spec = spec
        self._sheet = _sheet(spec)
        self._strips: list[_Strip] = []
        self.pages: list[Page] = []
        self._y = self._table_top = 0.0

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    @property
    def _bottom(self) -> float:
        return self._page.height - LIST.bottom

    def first_page(self) -> None:
        """Begin with what holds for the whole ledger."""
        self._begin_page()
        spec, stamps = self._spec, len(self._spec.stamps) * _STAMP
        room = self._sheet.width - (stamps + 4 * MM if stamps else 0.0)
        end = self._y
        if spec.facts:
            end = draw_facts(self._page, LIST.left, self._y, room, spec.facts)
        if stamps:
            end = max(end, self._draw_stamps(LIST.left + self._sheet.width - stamps))
        self._y = end + 2.5 * MM if end > self._y else end
        self._table_top = self._y
        self._y += self._sheet.head_row

    def group(self, heading: str, rows: Sequence[tuple[str, ...]], total: tuple[str, ...]) -> None:
        """Write one group; its name stands on every page it runs over."""
        prepared = [self._row(row) for row in rows]
        if heading:
            first = prepared[0].height if prepared else 0.0
            self._need(self._sheet.row + first)
            self._add(self._named(heading))
        for strip in prepared:
            if self._need(strip.height) and heading:
                self._add(self._named(heading))
            self._add(strip)
        if total:
            self._sum(total, "total")

    def finish(self) -> None:
        """Write the sum of all, the notes, and what is said of an empty ledger."""
        if self._spec.total:
            self._sum(self._spec.total, "grand")
        self._draw_table()
        if not any(group.rows for group in self._spec.groups):
            base = self._y + LIST.cell.leading
            self._page.fitted(LIST.left, base, self._spec.empty_text, LIST.cell, self._sheet.width)
            self._y += 2 * LIST.cell.leading
        self._draw_notes()

    # --- pages

    def _begin_page(self) -> None:
        spec = self._spec
        mark = _MARKS_BETWEEN.join(filter(None, spec.marks))
        page = self._book.page(self._sheet.size)
        self.pages.append(page)
        self._y = draw_list_head(
            page, ListHead(spec.title, spec.subtitle, mark, (spec.count, spec.printed_at))
        )

    def _need(self, height: float) -> bool:
        """Make sure that there is room for a row; tell whether another page was begun."""
        if self._y + height <= self._bottom + _EVERYTHING or not self._strips:
            return False
        self._draw_table()
        self._begin_page()
        self._table_top = self._y
        self._y += self._sheet.head_row
        return True

    def _add(self, strip: _Strip) -> None:
        self._strips.append(strip)
        self._y += strip.height

    # --- rows

    def _row(self, texts: tuple[str, ...]) -> _Strip:
        sheet = self._sheet
        cells = tuple(
            self._cell(text, width, align)
            for text, width, align in zip(texts, sheet.widths, sheet.aligns, strict=True)
        )
        lines = max((len(cell.lines) for cell in cells), default=0)
        return _Strip(cells, max(sheet.row, lines * sheet.small.leading + 2 * _PADDING), "row")

    def _cell(self, text: str, width: float, align: Align) -> _Cell:
        """Break a long text; a figure stays on its line and is narrowed."""
        style, room = self._sheet.cell, width - 2 * _PADDING
        shown = clean_line(text)
        fits = tight_width_of(shown, style.family) * style.size * VISIBLY_NARROW <= room
        if fits or align == "right":
            return _Cell(text)
        small = self._sheet.small
        lines = tuple(paragraph(shown, small.family, room / small.size, hanging=False))
        return _Cell(text, lines[:_LINES], len(lines) > _LINES)

    def _named(self, heading: str) -> _Strip:
        return _Strip((_Cell(heading),), self._sheet.row, "group")

    def _sum(self, texts: tuple[str, ...], kind: str) -> None:
        strip = _Strip(tuple(map(_Cell, texts)), self._sheet.row * 1.1, kind)
        self._need(strip.height)
        self._add(strip)

    # --- drawing

    def _draw_table(self) -> None:
        """Draw the rows of this page with their head and frame."""
        sheet, page, y = self._sheet, self._page, self._table_top
        self._draw_head(y)
        y += sheet.head_row
        spans: list[tuple[float, float]] = [(self._table_top, y)]
        for strip in self._strips:
            if strip.kind == "group":
                self._draw_group(y, strip)
            else:
                self._draw_row(y, strip)
                spans.append((y, y + strip.height))
            page.rule(LIST.left, y, LIST.left + sheet.width, y, FRAME if strip.kind == "grand" else HAIRLINE)
            y += strip.height
        self._draw_verticals(spans)
        page.box(LIST.left, self._table_top, sheet.width, y - self._table_top, FRAME)
        self._strips = []

    def _draw_head(self, y: float) -> None:
        page, sheet, style = self._page, self._sheet, self._sheet.head
        page.fill(LIST.left, y, sheet.width, sheet.head_row, LIGHT_FILL)
        x = LIST.left
        for lines, width in zip(sheet.headings, sheet.widths, strict=True):
            strip = y + (sheet.head_row - len(lines) * style.leading) / 2
            for number, line in enumerate(lines):
                base = middle(strip + number * style.leading, style.leading, style)
                page.fitted(x + _PADDING / 2, base, line, style, width - _PADDING, "center")
            x += width

    def _draw_group(self, y: float, strip: _Strip) -> None:
        page, style = self._page, self._sheet.bold
        page.fill(LIST.left, y, self._sheet.width, strip.height, _TOTAL_FILL)
        base = middle(y, strip.height, style)
        page.fitted(LIST.left + _PADDING, base, strip.cells[0].text, style, self._sheet.width - 2 * _PADDING)

    def _draw_row(self, y: float, strip: _Strip) -> None:
        sheet, page = self._sheet, self._page
        style = sheet.cell if strip.kind == "row" else sheet.bold
        if strip.kind == "grand":
            page.fill(LIST.left, y, sheet.width, strip.height, LIGHT_FILL)
        x = LIST.left
        for cell, width, align in zip(strip.cells, sheet.widths, sheet.aligns, strict=True):
            self._draw_cell(x, y, width, strip.height, cell, style, align)
            x += width

    def _draw_cell(
        self, x: float, y: float, width: float, height: float, cell: _Cell, style: TextStyle, align: Align
    ) -> None:
        room, page, small = width - 2 * _PADDING, self._page, self._sheet.small
        if not cell.lines:
            page.fitted(x + _PADDING, middle(y, height, style), cell.text, style, room, align)
            return
        strip = y + (height - len(cell.lines) * small.leading) / 2
        for number, line in enumerate(cell.lines):
            base = middle(strip + number * small.leading, small.leading, small)
            spare = max(room - line.width * small.size, 0.0)
            page.line(x + _PADDING + ALIGN_FACTOR[align] * spare, base, line, small)
        if cell.is_cut:
            page.note(RemarkKind.CUT, cell.text)
            page.text(x + width - _PADDING, y + height - _PADDING, "…", small, "right")

    def _draw_verticals(self, spans: Sequence[tuple[float, float]]) -> None:
        x = LIST.left
        for width in self._sheet.widths[:-1]:
            x += width
            for top, bottom in spans:
                self._page.rule(x, top, x, bottom, HAIRLINE)

    def _draw_stamps(self, left: float) -> float:
        page, y = self._page, self._y
        for number, stamp in enumerate(self._spec.stamps):
            x = left + number * _STAMP
            page.box(x, y, _STAMP, _STAMP_HEAD, FRAME)
            page.box(x, y + _STAMP_HEAD, _STAMP, _STAMP, FRAME)
            base = middle(y, _STAMP_HEAD, LIST.small)
            page.fitted(x + _PADDING, base, stamp, LIST.small, _STAMP - 2 * _PADDING, "center")
        return y + _STAMP_HEAD + _STAMP

    def _draw_notes(self) -> None:
        style = LIST.small
        mark = width_of(_NOTE_MARK, style.family) * style.size
        self._y += 2 * MM
        for note in self._spec.notes:
            for number, line in enumerate(
                paragraph(clean_line(note), style.family, (self._sheet.width - mark) / style.size)
            ):
                if self._y + style.leading > self._bottom + 6 * MM:
                    self._begin_page()
                base = middle(self._y, style.leading, style)
                if number == 0:
                    self._page.text(LIST.left, base, _NOTE_MARK, style)
                self._page.line(LIST.left + mark, base, line, style)
                self._y += style.leading
