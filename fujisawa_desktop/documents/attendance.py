"""出勤簿: one person, one month, one A4 page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fujisawa_desktop.documents.book import Align, Book, Page
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.furniture import (
    draw_facts,
    draw_grid,
    draw_heading_row,
    facts_height,
    middle,
    number_pages,
)
from fujisawa_desktop.documents.specs import AttendanceDay, AttendanceSpec, RemarkKind
from fujisawa_desktop.documents.stylesheet import (
    A4_PORTRAIT,
    CLOSED_FILL,
    FRAME,
    HAIRLINE,
    LIST,
    MM,
    TextStyle,
)
from fujisawa_desktop.documents.typesetting import paragraph, width_of

_WIDTH: Final = A4_PORTRAIT[0] - LIST.left - LIST.right
_HEADINGS: Final = (
    "日",
    "曜",
    "勤務予定",
    "開始",
    "終了",
    "休憩",
    "勤務時間",
    "本人印",
    "確認印",
    "備考",
)
_SHARES: Final = (8, 8, 25, 14, 14, 12, 17, 13, 13, 41)
_ALIGNS: Final[tuple[Align, ...]] = (
    "right",
    "center",
    "center",
    "right",
    "right",
    "right",
    "right",
    "center",
    "center",
    "left",
)
_WIDTHS: Final = tuple(_WIDTH * share / sum(_SHARES) for share in _SHARES)
_LEAST_ROW: Final = 2.75 * MM
"""31 days with two stretches of work each still stand on one page, in small type."""
_TYPE_OF_ROW: Final = 0.82
"""How much of a low row its type may take."""
_TALLEST_ROW: Final = 5.7 * MM
_TITLE_WIDTH: Final = 36 * MM
_STAMP: Final = 18 * MM
_STAMP_HEAD: Final = 5 * MM
_SIGNATURE: Final = 7.4 * MM
_SIGNATURE_GAP: Final = 2.2 * MM
_SEAL: Final = "印"


def attendance_pages(book: Book, spec: AttendanceSpec) -> list[Page]:
    """Return the sheet of one month; more than two stretches of work on every day take a second page."""
    days = list(spec.days)
    pages: list[Page] = []
    while days or not pages:
        page = book.page(A4_PORTRAIT)
        top = _draw_head(page, spec)
        room = page.height - LIST.bottom - _foot_height(spec) - top - LIST.row
        count = min(len(days), int(room / _LEAST_ROW))
        y = _draw_days(page, top, days[:count], min(room / max(count, 1), _TALLEST_ROW))
        days = days[count:]
        if not days:
            _draw_foot(page, y + 3 * MM, spec)
        page.fitted(LIST.left, page.height - 11 * MM, spec.printed_at, LIST.small, _WIDTH, "right")
        pages.append(page)
    number_pages(pages, always=False, digits=spec.digits)
    return pages


def _draw_head(page: Page, spec: AttendanceSpec) -> float:
    style, y = LIST.title, LIST.top
    base = middle(y, style.leading, style)
    page.spread((page.width - _TITLE_WIDTH) / 2, base, spec.title, style, _TITLE_WIDTH)
    page.fitted(page.width - LIST.right - 45 * MM, base, spec.month, LIST.subtitle, 45 * MM, "right")
    y += style.leading + 2 * MM
    return draw_facts(page, LIST.left, y, _WIDTH, spec.facts) + 3 * MM


def _draw_days(page: Page, top: float, days: list[AttendanceDay], row: float) -> float:
    draw_heading_row(page, LIST.left, top, _WIDTHS, _HEADINGS, LIST.row)
    y = top + LIST.row
    for day in days:
        if day.is_closed:
            page.fill(LIST.left, y, _WIDTH, row, CLOSED_FILL)
        texts = (day.day, day.weekday, day.planned, day.starts, day.ends, day.break_time, day.worked)
        _draw_row(page, y, row, (*texts, "", "", day.note))
        y += row
    draw_grid(page, LIST.left, top, _WIDTHS, [LIST.row, *(row for _ in days)])
    return y


def _fitting(style: TextStyle, row: float) -> TextStyle:
    """Return a style that stands in a row, smaller where the row is low."""
    most = row * _TYPE_OF_ROW
    return style if style.size <= most else replace(style, size=most)


def _draw_row(page: Page, y: float, row: float, texts: tuple[str, ...]) -> None:
    x = LIST.left
    for number, (text, width, align) in enumerate(zip(texts, _WIDTHS, _ALIGNS, strict=True)):
        style: TextStyle = _fitting(LIST.small if number == len(texts) - 1 else LIST.cell, row)
        if text:
            base = middle(y, row, style)
            page.fitted(x + LIST.padding, base, text, style, width - 2 * LIST.padding, align)
        x += width


def _foot_height(spec: AttendanceSpec) -> float:
    return facts_height(spec.totals, _WIDTH) + 6 * MM + max(_STAMP_HEAD + _STAMP, _signatures_height(spec))


def _signatures_height(spec: AttendanceSpec) -> float:
    notes = len(spec.notes) * LIST.small.leading if spec.signatures else 0.0
    return len(spec.signatures) * _SIGNATURE + notes


def _draw_foot(page: Page, y: float, spec: AttendanceSpec) -> None:
    """Totals, then signatures and notes at the left and the boxes for seals at the right."""
    y = draw_facts(page, LIST.left, y, _WIDTH, spec.totals) + 3 * MM
    left = page.width - LIST.right - _STAMP * len(spec.stamps)
    for number, stamp in enumerate(spec.stamps):
        x = left + number * _STAMP
        page.box(x, y, _STAMP, _STAMP_HEAD, FRAME)
        page.box(x, y + _STAMP_HEAD, _STAMP, _STAMP, FRAME)
        base = middle(y, _STAMP_HEAD, LIST.small)
        page.fitted(x + LIST.padding / 2, base, stamp, LIST.small, _STAMP - LIST.padding, "center")
    room = left - LIST.left - 5 * MM
    for text in spec.signatures:
        _draw_signature(page, y, room, text)
        y += _SIGNATURE
    _draw_notes(page, y, room, spec.notes, _STAMP_HEAD + _STAMP - len(spec.signatures) * _SIGNATURE)


def _draw_signature(page: Page, y: float, room: float, text: str) -> None:
    """Draw what is signed, a line to write on, and the sign for the seal at its end."""
    style = LIST.head
    base = middle(y, _SIGNATURE, style)
    width = min(width_of(clean_line(text), style.family) * style.size, room - 30 * MM)
    page.fitted(LIST.left, base, text, style, width + 0.1)
    end = LIST.left + room
    page.rule(LIST.left + width + _SIGNATURE_GAP, base + 1.4 * MM, end, base + 1.4 * MM, HAIRLINE)
    page.text(end - 0.5 * MM, base, _SEAL, replace(style, gray=0.55), "right")


def _draw_notes(page: Page, y: float, width: float, notes: tuple[str, ...], height: float) -> None:
    """Draw the notes beside the boxes for seals; what is too much for that place is cut."""
    style = LIST.small
    room = max(int(height / style.leading), len(notes))
    lines = [line for note in notes for line in paragraph(clean_line(note), style.family, width / style.size)]
    page.lines(LIST.left, middle(y, style.leading, style), lines[:room], style)
    if len(lines) > room:
        page.note(RemarkKind.CUT, notes[-1])
