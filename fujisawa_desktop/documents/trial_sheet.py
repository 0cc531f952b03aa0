"""試し刷り: where a printer really prints, laid over the labels or the envelope against the light."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.office_specs import Frame, TrialSpec
from fujisawa_desktop.documents.places import kept
from fujisawa_desktop.documents.stylesheet import HAIRLINE, LIST, MM, TextStyle
from fujisawa_desktop.documents.typesetting import paragraph

_CROSS: Final = 3.0
_RULER: Final = 10.0
"""Millimetres from the edges of the paper at which the rulers lie."""
_FIGURE: Final = TextStyle(Family.GOTHIC, 6, 8)
_TITLE: Final = TextStyle(Family.GOTHIC_BOLD, 10, 14)
_MOST_LINES: Final = 12
_TALL: Final = 5
_MARK_EVERY: Final = 10
_LONG_TICK: Final = 3.0
_TICK: Final = 1.2
_MIDDLE_TICK: Final = 2.0


def trial_pages(book: Book, spec: TrialSpec) -> list[Page]:
    """Return the page: every frame with its middle crossed, rulers in millimetres, what to do with it."""
    width, height = min(max(spec.width, 50.0), 500.0), min(max(spec.height, 50.0), 500.0)
    page = book.page((width * MM, height * MM))
    right, down = kept(spec.shift.right), kept(spec.shift.down)
    for frame in spec.frames:
        _draw_frame(page, frame, right, down)
    _draw_rulers(page, width, height, right, down)
    _draw_words(page, spec, width, height)
    return [page]


def _draw_frame(page: Page, frame: Frame, right: float, down: float) -> None:
    left, top = (frame.left + right) * MM, (frame.top + down) * MM
    width, height = frame.width * MM, frame.height * MM
    page.box(left, top, width, height, HAIRLINE)
    x, y, arm = left + width / 2, top + height / 2, min(_CROSS * MM, height / 2, width / 2)
    page.rule(x - arm, y, x + arm, y, HAIRLINE)
    page.rule(x, y - arm, x, y + arm, HAIRLINE)


def _draw_rulers(page: Page, width: float, height: float, right: float, down: float) -> None:
    """Draw a ruler across and one downwards; their marks tell millimetres from the paper's corner."""
    x0, y0 = (_RULER + right) * MM, (_RULER + down) * MM
    for at in range(int(_RULER), int(width - _RULER) + 1):
        x = (at + right) * MM
        page.rule(x, y0, x, y0 - _tick(at) * MM, HAIRLINE)
        if at % _MARK_EVERY == 0:
            page.text(x, y0 - (_LONG_TICK + 0.5) * MM, str(at), _FIGURE, "center")
    for at in range(int(_RULER), int(height - _RULER) + 1):
        y = (at + down) * MM
        page.rule(x0, y, x0 - _tick(at) * MM, y, HAIRLINE)
        if at % _MARK_EVERY == 0:
            page.text(x0 - (_LONG_TICK + 0.5) * MM, y + _FIGURE.size * 0.36, str(at), _FIGURE, "right")


def _tick(at: int) -> float:
    if at % _MARK_EVERY == 0:
        return _LONG_TICK
    return _MIDDLE_TICK if at % _TALL == 0 else _TICK


def _draw_words(page: Page, spec: TrialSpec, width: float, height: float) -> None:
    """Say what the page is for, on white, in the lower part where a clerk looks last."""
    left, room = 20 * MM, (width - 40) * MM
    small = LIST.small
    lines = [line for note in spec.notes for line in paragraph(note, small.family, room / small.size)]
    lines = lines[:_MOST_LINES]
    tall = _TITLE.leading + len(lines) * small.leading + 3 * MM
    top = (height - 20) * MM - tall
    page.fill(left - 2 * MM, top - 2 * MM, room + 4 * MM, tall + 2 * MM, 1.0)
    page.box(left - 2 * MM, top - 2 * MM, room + 4 * MM, tall + 2 * MM, HAIRLINE)
    page.fitted(left, top + _TITLE.size, spec.title, _TITLE, room)
    page.lines(left, top + _TITLE.leading + small.size, lines, small)
