"""面接評価票: one interview before one interviewer; A4 portrait, to be filled in by hand."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Align, Book, Page
from fujisawa_desktop.documents.furniture import (
    Cell,
    ListHead,
    draw_cell,
    draw_facts,
    draw_grid,
    draw_heading_row,
    draw_list_head,
    middle,
    number_pages,
    prepare_cell,
    row_height,
    rows_that_fit,
)
from fujisawa_desktop.documents.specs import ChoiceLine, ScoreLine, ScoreSheetSpec
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, FRAME, HAIRLINE, LIGHT_FILL, LIST, MM

_WIDTH: Final = A4_PORTRAIT[0] - LIST.left - LIST.right
_SHARES: Final = (42, 58, 46, 18)
_WIDTHS: Final = tuple(_WIDTH * share / sum(_SHARES) for share in _SHARES)
_ALIGNS: Final[tuple[Align, ...]] = ("left", "left", "center", "center")
_LEAST_ROW: Final = 12 * MM
_CHOICE_ROW: Final = 9 * MM
_LABEL: Final = 26 * MM
_BOX: Final = 3.4 * MM
_LEAST_COMMENT: Final = 36 * MM
_RULED: Final = 8 * MM

_Row = tuple[Cell, ...]


def score_sheet_pages(book: Book, spec: ScoreSheetSpec) -> list[Page]:
    """Return the sheet; many criteria go on over further pages, the rest follows the last one.

    Each page says whom it is about: pages that come apart must not be taken for another person's.
    """
    rows = [_row(line) for line in spec.criteria]
    rows += [_row(ScoreLine("", "", "", "")) for _number in range(spec.blank_lines)]
    head = ListHead(spec.title, spec.subtitle, spec.mark, (spec.printed_at,))
    foot = _foot_height(spec)
    pages: list[Page] = []
    while rows or not pages:
        page = book.page(A4_PORTRAIT)
        y = draw_list_head(page, head)
        y = draw_facts(page, LIST.left, y, _WIDTH, spec.facts)
        if not pages:
            y = _draw_need(page, y, spec)
        y += 4 * MM
        room = page.height - LIST.bottom - y - LIST.row
        count = rows_that_fit(map(_height, rows), room - foot)
        if count < len(rows):
            # The last row waits for the page that has room for the rest of the sheet too.
            count = max(min(rows_that_fit(map(_height, rows), room), len(rows) - 1), 1)
        y = _draw_rows(page, y, spec, rows[:count])
        rows = rows[count:]
        if not rows:
            _draw_foot(page, y, spec)
        pages.append(page)
    number_pages(pages, always=False, digits=spec.digits)
    return pages


def _row(line: ScoreLine) -> _Row:
    texts = (line.name, line.guidance, line.scale, line.most)
    return tuple(prepare_cell(text, width, LIST.cell) for text, width in zip(texts, _WIDTHS, strict=True))


def _height(row: _Row) -> float:
    return max(_LEAST_ROW, row_height(row))


def _draw_need(page: Page, y: float, spec: ScoreSheetSpec) -> float:
    """Draw 配慮事項 under the facts, framed strongly: it must not be overlooked."""
    if spec.need is None:
        return y
    cell = prepare_cell(spec.need.text, _WIDTH - _LABEL, LIST.cell)
    height = cell.height
    page.fill(LIST.left, y, _LABEL, height, LIGHT_FILL)
    base = middle(y, height, LIST.total)
    page.fitted(LIST.left + LIST.padding, base, spec.need.label, LIST.total, _LABEL - 2 * LIST.padding)
    draw_cell(page, LIST.left + _LABEL, y, _WIDTH - _LABEL, height, cell, LIST.cell, "left")
    page.box(LIST.left, y, _WIDTH, height, 2 * FRAME)
    return y + height


def _draw_rows(page: Page, top: float, spec: ScoreSheetSpec, rows: list[_Row]) -> float:
    draw_heading_row(page, LIST.left, top, _WIDTHS, spec.headings, LIST.row)
    y = top + LIST.row
    for row in rows:
        x, height = LIST.left, _height(row)
        for number, (cell, width, align) in enumerate(zip(row, _WIDTHS, _ALIGNS, strict=True)):
            if number < len(row) - 1:
                draw_cell(page, x, y, width, height, cell, LIST.cell, align)
            elif cell.text:
                # The box stays free for the figure; its highest value stands small in the corner.
                page.fitted(x, y + height - 1.4 * MM, cell.text, LIST.small, width - LIST.padding, "right")
            x += width
        y += height
    draw_grid(page, LIST.left, top, _WIDTHS, [LIST.row, *map(_height, rows)])
    return y


def _foot_height(spec: ScoreSheetSpec) -> float:
    notes = len(spec.notes) * LIST.small.leading
    return _LEAST_ROW + 4 * MM + len(spec.choices) * _CHOICE_ROW + 4 * MM + _LEAST_COMMENT + notes + 2 * MM


def _draw_foot(page: Page, y: float, spec: ScoreSheetSpec) -> None:
    """Total, boxes to tick, room for words, and what to bear in mind."""
    left, box = LIST.left + sum(_WIDTHS[:2]), sum(_WIDTHS[2:])
    page.fill(left, y, _WIDTHS[2], _LEAST_ROW, LIGHT_FILL)
    base = middle(y, _LEAST_ROW, LIST.total)
    page.fitted(left + LIST.padding, base, spec.total, LIST.total, _WIDTHS[2] - 2 * LIST.padding, "center")
    page.rule(left + _WIDTHS[2], y, left + _WIDTHS[2], y + _LEAST_ROW, HAIRLINE)
    page.box(left, y, box, _LEAST_ROW, FRAME)
    y += _LEAST_ROW + 4 * MM
    for choice in spec.choices:
        _draw_choice(page, y, choice)
        y += _CHOICE_ROW
    y += 4 * MM
    bottom = page.height - LIST.bottom - len(spec.notes) * LIST.small.leading - 2 * MM
    _draw_comment(page, y, bottom, spec.comment)
    for number, note in enumerate(spec.notes, start=1):
        base = bottom + 1 * MM + number * LIST.small.leading
        page.fitted(LIST.left, base, note, LIST.small, _WIDTH)


def _draw_choice(page: Page, y: float, choice: ChoiceLine) -> None:
    page.fill(LIST.left, y, _LABEL, _CHOICE_ROW, LIGHT_FILL)
    base = middle(y, _CHOICE_ROW, LIST.cell)
    page.fitted(LIST.left + LIST.padding, base, choice.label, LIST.cell, _LABEL - 2 * LIST.padding)
    room = (_WIDTH - _LABEL) / max(len(choice.choices), 1)
    for number, text in enumerate(choice.choices):
        x = LIST.left + _LABEL + number * room + 3 * MM
        page.box(x, y + (_CHOICE_ROW - _BOX) / 2, _BOX, _BOX, HAIRLINE)
        page.fitted(x + _BOX + 1.5 * MM, base, text, LIST.cell, room - _BOX - 6 * MM)
    page.rule(LIST.left + _LABEL, y, LIST.left + _LABEL, y + _CHOICE_ROW, HAIRLINE)
    page.box(LIST.left, y, _WIDTH, _CHOICE_ROW, FRAME)


def _draw_comment(page: Page, top: float, bottom: float, label: str) -> None:
    page.fill(LIST.left, top, _WIDTH, LIST.row, LIGHT_FILL)
    page.fitted(
        LIST.left + LIST.padding,
        middle(top, LIST.row, LIST.head),
        label,
        LIST.head,
        _WIDTH - 2 * LIST.padding,
    )
    line = top + LIST.row + _RULED
    while line < bottom - _RULED / 2:
        page.rule(LIST.left + 2 * MM, line, LIST.left + _WIDTH - 2 * MM, line, HAIRLINE / 2)
        line += _RULED
    page.box(LIST.left, top, _WIDTH, bottom - top, FRAME)
