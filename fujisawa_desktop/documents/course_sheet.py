"""コース紹介資料: one course on A4, its background and process as figures, its content as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.course_figures import Block, SheetType, figure_blocks
from fujisawa_desktop.documents.course_text import read_figure
from fujisawa_desktop.documents.drawing import NAVY, SUN, WATER, WHITE, area
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.furniture import middle, number_pages
from fujisawa_desktop.documents.public_specs import CourseSheetSpec
from fujisawa_desktop.documents.specs import Item
from fujisawa_desktop.documents.strips import Setting, Strip, draw_strips, height_of, space
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, MM, TextStyle
from fujisawa_desktop.documents.typesetting import paragraph, width_of

_LEFT: Final = 16 * MM
_WIDTH: Final = A4_PORTRAIT[0] - 2 * _LEFT
_TOP: Final = 12 * MM
_FOOT: Final = 9 * MM
_BOTTOM: Final = A4_PORTRAIT[1] - 11 * MM - _FOOT
_STRIP: Final = TextStyle(Family.GOTHIC_BOLD, 12, 17)
_NAME: Final = TextStyle(Family.GOTHIC_BOLD, 24, 31)
_NAME_LEAST: Final = 14
_NAME_SMALL: Final = 13.5
_HOST: Final = TextStyle(Family.GOTHIC_BOLD, 12.5, 18)
_SECTION: Final = TextStyle(Family.GOTHIC_BOLD, 13, 18)
_FOOTER: Final = TextStyle(Family.GOTHIC_BOLD, 9, 12)
_FOOTER_LEAST: Final = 6
_LONG: Final = 60 * MM
_LABEL: Final = 34 * MM
_CELL: Final = 1.4 * MM
_SCALES: Final = {
    1: (1.2, 1.15, 1.1, 1.05),
    2: (0.98, 0.96, 0.94, 0.92, 0.9, 0.88, 0.86, 0.84),
}
"""A sheet of one page is set larger where it says little, one of two smaller where it just does not fit."""


def course_sheet_pages(book: Book, spec: CourseSheetSpec) -> list[Page]:
    """Return the sheet; a long text flows to further pages."""
    pages = usual = _Sheet(book, spec, SheetType()).pages
    if len(usual) <= 2:
        tried = (_Sheet(book, spec, SheetType(scale)).pages for scale in _SCALES[len(usual)])
        pages = next((one for one in tried if len(one) == 1), usual)
    for page in pages:
        # The page number stands in the middle.
        _draw_foot(page, spec.name, _WIDTH if len(pages) == 1 else _WIDTH * 0.43)
    number_pages(pages, always=False)
    return pages


class _Sheet:
    """One sheet set in one type, running down its pages."""

    def __init__(self, book: Book, spec: CourseSheetSpec, kind: SheetType) -> None:
        self._book = book
        self._type = kind
        self.pages = [book.page(A4_PORTRAIT)]
        self._y = _draw_head(self.pages[0], spec)
        self._first = self._y
        for item in (spec.summary, spec.background, spec.initiatives):
            self._section(item)
        self._content(spec.content_heading, spec.content)

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    def _turn(self) -> None:
        self.pages.append(self._book.page(A4_PORTRAIT))
        self._y = self._first = _TOP

    def _section(self, item: Item) -> None:
        """A heading with what stands below it as figures; without text there is neither."""
        blocks = figure_blocks(read_figure(item.lines), self._type, _WIDTH)
        if blocks:
            self._run([*self._heading(item.label), *blocks, self._space(3.6)])

    def _content(self, heading: str, rows: Sequence[Item]) -> None:
        kind, room = self._type, _WIDTH - _LABEL - 2 * _CELL
        blocks = []
        for row in rows:
            strips = Setting(kind.body, room).all(row.lines)
            if strips:
                label = Setting(kind.strong, _LABEL - 2 * _CELL, NAVY).strips(row.label)
                blocks.append(Block(tuple(_with_label(strips, label))))
        if not blocks:
            return
        head = self._heading(heading)
        needed = sum(block.height for block in (*head, *blocks)) + 2 * _CELL * len(blocks)
        if self._y + needed > _BOTTOM and needed <= _BOTTOM - _TOP and self._y > self._first:
            self._turn()
        self._run(head)
        self._table(blocks)

    def _table(self, rows: Sequence[Block]) -> None:
        """Rows of label and text; a row that is longer than the page goes on on the next."""
        for row in rows:
            strips = list(row.strips)
            if self._lacks(height_of(strips) + 2 * _CELL):
                self._turn()
            while strips:
                count = _count(strips, _BOTTOM - self._y - 2 * _CELL)
                if not count and self._y > self._first:
                    self._turn()
                    continue
                self._row(strips[: max(count, 1)])
                strips = strips[max(count, 1) :]

    def _row(self, strips: Sequence[Strip]) -> None:
        height = height_of(strips) + 2 * _CELL
        page, y = self._page, self._y
        area(page, _LEFT, y, _LABEL, height, fill=WATER)
        area(page, _LEFT, y, _WIDTH, height, line=NAVY, line_width=0.7)
        with page.inked(NAVY):
            page.rule(_LEFT + _LABEL, y, _LEFT + _LABEL, y + height, 0.7)
        draw_strips(page, _LEFT + _CELL, y + _CELL, strips)
        self._y += height

    def _heading(self, text: str) -> list[Block]:
        if not clean_line(text).strip():
            return []
        scale = self._type.scale

        def draw(page: Page, x: float, y: float) -> None:
            area(page, x, y, 2 * MM, _SECTION.leading, fill=NAVY)
            with page.inked(NAVY):
                base = middle(y, _SECTION.leading, _SECTION)
                page.fitted(x + 4.5 * MM, base, text, _SECTION, _WIDTH - 5 * MM)
                page.rule(x, y + _SECTION.leading + 0.4, x + _WIDTH, y + _SECTION.leading + 0.4, 0.8)

        return [Block((Strip(_SECTION.leading + 2.4 * MM * scale, draw),), keep=True)]

    def _space(self, millimetres: float) -> Block:
        return Block((space(millimetres * MM * self._type.scale),), is_space=True)

    def _lacks(self, height: float) -> bool:
        """Tell whether something would stand whole on a new page but not on this one."""
        return self._y + height > _BOTTOM and height <= _BOTTOM - _TOP and self._y > self._first

    def _run(self, blocks: Sequence[Block]) -> None:
        """Set blocks below each other; one that does not fit goes to the next page, or is broken there."""
        for number, block in enumerate(blocks):
            if block.is_space:
                self._y += block.height if self._y > self._first else 0.0
                continue
            needed = block.height
            if block.keep:
                # With the whole of what follows, or, where that is longer than a page, its beginning.
                follower = next((one for one in blocks[number + 1 :] if not one.keep), None)
                needed += min(follower.height, _LONG) if follower is not None else 0.0
            if self._lacks(needed):
                self._turn()
            self._block(block)

    def _block(self, block: Block) -> None:
        strips = list(block.strips)
        while strips:
            count = _count(strips, _BOTTOM - self._y - 2 * block.padding)
            if not count and self._y > self._first:
                self._turn()
                continue
            self._y = block.draw(self._page, _LEFT, self._y, _WIDTH, strips[: max(count, 1)])
            strips = strips[max(count, 1) :]


def _count(strips: Sequence[Strip], room: float) -> int:
    """Return how many strips fit."""
    count = 0
    for strip in strips:
        room -= strip.height
        if room < -0.01:
            break
        count += 1
    return count


def _with_label(strips: Sequence[Strip], label: Sequence[Strip]) -> list[Strip]:
    """Set a label beside the first lines of its text."""
    found: list[Strip] = []
    for number in range(max(len(strips), len(label))):
        pair = (
            label[number] if number < len(label) else None,
            strips[number] if number < len(strips) else None,
        )
        found.append(_pair(*pair))
    return found


def _pair(left: Strip | None, right: Strip | None) -> Strip:
    def draw(page: Page, x: float, y: float) -> None:
        if left is not None:
            left.draw(page, x, y)
        if right is not None:
            right.draw(page, x + _LABEL, y)

    return Strip(max(one.height for one in (left, right) if one is not None), draw)


def _draw_head(page: Page, spec: CourseSheetSpec) -> float:
    """Draw the strip with the programme, the course's name and who takes the students."""
    height = 9 * MM
    area(page, _LEFT, _TOP, _WIDTH, height, radius=1.5 * MM, fill=NAVY)
    area(page, _LEFT + _WIDTH - 14 * MM, _TOP, 4 * MM, height, fill=SUN)
    with page.inked(WHITE):
        base = middle(_TOP, height, _STRIP)
        page.fitted(_LEFT + 4 * MM, base, spec.title, _STRIP, _WIDTH - 22 * MM)
    y = _TOP + height + 3 * MM
    base = middle(y, _NAME.leading, _NAME)
    name, host = (
        width_of(clean_line(text), style.family) * style.size
        for text, style in ((spec.name, _NAME), (spec.host, _HOST))
    )
    with page.inked(NAVY):
        _draw_name(page, spec.name, y, name)
        if name + host + 8 * MM <= _WIDTH:
            page.text(_LEFT + _WIDTH, base, spec.host, _HOST, "right")
            return y + _NAME.leading + 3 * MM
        y += _NAME.leading + 0.5 * MM
        page.fitted(_LEFT, middle(y, _HOST.leading, _HOST), spec.host, _HOST, _WIDTH)
    return y + _HOST.leading + 3.5 * MM


def _draw_name(page: Page, text: str, y: float, width: float) -> None:
    """Draw the course's name on one line, a long one smaller or on two lines; ``width`` is its usual one."""
    size = _NAME.size * min(_WIDTH / max(width, 1.0), 1.0)
    if size >= _NAME_LEAST:
        style = replace(_NAME, size=size)
        page.text(_LEFT, middle(y, _NAME.leading, style), text, style)
        return
    style = replace(_NAME, size=_NAME_SMALL, leading=_NAME.leading / 2)
    lines = paragraph(clean_line(text), style.family, _WIDTH / style.size)
    if len(lines) <= 2:
        page.lines(_LEFT, middle(y, style.leading, style), lines, style)
    else:
        page.fitted(_LEFT, middle(y, _NAME.leading, style), text, style, _WIDTH)


def _draw_foot(page: Page, name: str, room: float) -> None:
    """Say at the foot which course it is: sheets that lie together are told apart there too."""
    width = max(width_of(clean_line(name), _FOOTER.family) * _FOOTER.size, 1.0)
    style = replace(_FOOTER, size=max(_FOOTER.size * min(room / width, 1.0), _FOOTER_LEAST))
    y = A4_PORTRAIT[1] - 12 * MM - 6 * MM
    with page.inked(NAVY):
        page.rule(_LEFT, y, _LEFT + _WIDTH, y, 0.8)
        base = middle(y + 0.5 * MM, 5 * MM, style)
        page.fitted(_LEFT + _WIDTH - room, base, name, style, room + 0.1, "right")
