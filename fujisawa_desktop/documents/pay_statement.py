"""支給額計算書（参考）: how a month's pay came about, line by line; A4 portrait."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.furniture import (
    draw_contact,
    draw_facts,
    measure_contact,
    middle,
    number_pages,
)
from fujisawa_desktop.documents.letter_block import LetterHead, draw_letter_block
from fujisawa_desktop.documents.specs import LabelledText, PayLine, PayStatementSpec
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, FRAME, HAIRLINE, LETTER, LIGHT_FILL, LIST, MM
from fujisawa_desktop.documents.typesetting import Line, paragraph, width_of

_WIDTH: Final = A4_PORTRAIT[0] - LIST.left - LIST.right
_RIGHT: Final = LIST.left + _WIDTH
_BOTTOM: Final = A4_PORTRAIT[1] - LIST.bottom
_LABEL: Final = 36 * MM
_AMOUNT: Final = 27 * MM
_BASIS: Final = _WIDTH - _LABEL - _AMOUNT
_USUAL_SECTIONS: Final = 3
"""With more of them the title moves up, so that the contact still stands on the page."""
_NET_WIDTH: Final = 86 * MM
_NET_HEIGHT: Final = 11 * MM


class _Flow:
    """The statement running down its pages."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.pages = [book.page(A4_PORTRAIT)]
        self.y = LIST.top
        self.heading = ""
        """Of the section being written; it is repeated where the section runs over a page."""

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def need(self, height: float) -> None:
        if self.y + height > _BOTTOM and self.y > LIST.top:
            self.pages.append(self._book.page(A4_PORTRAIT))
            self.y = LIST.top
            if self.heading:
                _draw_heading(self)


def pay_statement_pages(book: Book, spec: PayStatementSpec) -> list[Page]:
    """Return the statement of one month; long calculations run on to a second page."""
    flow = _Flow(book)
    _draw_head(flow, spec)
    for section in spec.sections:
        flow.need(2 * LIST.row)
        flow.heading = section.heading
        _draw_heading(flow)
        for line in section.lines:
            _draw_line(flow, line)
        flow.heading = ""
        flow.y += 2.5 * MM
    _draw_net(flow, spec.net)
    _draw_notes(flow, spec.notes)
    if spec.contact is not None:
        frame = measure_contact(spec.contact, _WIDTH)
        flow.need(frame.height + 1.5 * MM)
        draw_contact(flow.page, frame, _RIGHT, _BOTTOM)
    number_pages(flow.pages, always=False, digits=spec.digits)
    return flow.pages


def _draw_head(flow: _Flow, spec: PayStatementSpec) -> None:
    head = LetterHead(spec.date, spec.name, spec.honorific, spec.sender)
    page, title, month = flow.page, LIST.title, LIST.subtitle
    y = draw_letter_block(page, head, LETTER, left=LIST.left, right=_RIGHT, top=flow.y)
    if len(spec.sections) <= _USUAL_SECTIONS:
        y += LETTER.body.leading
    page.fitted(LIST.left, middle(y, title.leading, title), spec.title, title, _WIDTH, "center")
    y += title.leading
    page.fitted(LIST.left, middle(y, month.leading, month), spec.month, month, _WIDTH, "center")
    y += month.leading
    flow.y = draw_facts(page, LIST.left, y + 3 * MM, _WIDTH, spec.facts) + 4 * MM


def _draw_heading(flow: _Flow) -> None:
    flow.page.fill(LIST.left, flow.y, _WIDTH, LIST.row, LIGHT_FILL)
    flow.page.box(LIST.left, flow.y, _WIDTH, LIST.row, HAIRLINE)
    base = middle(flow.y, LIST.row, LIST.head)
    flow.page.fitted(LIST.left + LIST.padding, base, flow.heading, LIST.head, _WIDTH - 2 * LIST.padding)
    flow.y += LIST.row


def _draw_line(flow: _Flow, line: PayLine) -> None:
    """Draw one line: what, how it was worked out, how much; a long working is broken."""
    measure = (_BASIS - 2 * LIST.padding) / LIST.cell.size
    basis = [
        part for text in line.basis for part in paragraph(text, LIST.cell.family, measure, hanging=False)
    ]
    most = int((_BOTTOM - LIST.top - LIST.row) / LIST.cell.leading) - 2
    for start in range(0, max(len(basis), 1), most):
        piece = tuple(basis[start : start + most])
        height = max(LIST.row, len(piece) * LIST.cell.leading + 2 * LIST.padding)
        flow.need(height)
        _draw_strip(flow.page, flow.y, height, line, piece)
        flow.y += height


def _draw_strip(page: Page, y: float, height: float, line: PayLine, basis: tuple[Line, ...]) -> None:
    style = LIST.total if line.is_total else LIST.cell
    base = middle(y, height, style)
    page.fitted(LIST.left + LIST.padding, base, line.label, style, _LABEL - 2 * LIST.padding)
    strip = y + (height - len(basis) * LIST.cell.leading) / 2
    basis_x = LIST.left + _LABEL + LIST.padding
    page.lines(basis_x, middle(strip, LIST.cell.leading, LIST.cell), basis, LIST.cell)
    amount_x = _RIGHT - _AMOUNT + LIST.padding
    page.fitted(amount_x, base, line.amount, style, _AMOUNT - 2 * LIST.padding, "right")
    page.box(LIST.left, y, _WIDTH, height, HAIRLINE)
    for x in (LIST.left + _LABEL, _RIGHT - _AMOUNT):
        page.rule(x, y, x, y + height, HAIRLINE)


def _draw_net(flow: _Flow, net: LabelledText) -> None:
    """差引支給額, in a frame of its own at the right."""
    flow.need(_NET_HEIGHT)
    left, base = _RIGHT - _NET_WIDTH, middle(flow.y, _NET_HEIGHT, LIST.title)
    flow.page.box(left, flow.y, _NET_WIDTH, _NET_HEIGHT, 2 * FRAME)
    label_room = _NET_WIDTH * 0.45
    flow.page.fitted(left + 3 * MM, base, net.label, LIST.total, label_room)
    figure_room = _NET_WIDTH - label_room - 8 * MM
    flow.page.fitted(_RIGHT - 3 * MM - figure_room, base, net.text, LIST.title, figure_room, "right")
    flow.y += _NET_HEIGHT + 4 * MM


def _draw_notes(flow: _Flow, notes: tuple[str, ...]) -> None:
    style = LETTER.small
    mark_room = width_of("※", style.family) * style.size
    for note in notes:
        for number, line in enumerate(paragraph(note, style.family, (_WIDTH - mark_room) / style.size)):
            flow.need(style.leading)
            base = middle(flow.y, style.leading, style)
            if number == 0:
                flow.page.text(LIST.left, base, "※", style)
            flow.page.line(LIST.left + mark_room, base, line, style)
            flow.y += style.leading
