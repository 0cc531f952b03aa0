"""The calendar on paper: the days shown, as pages of A4, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from fujisawa_desktop.i18n import _, format_date, format_datetime
from fujisawa_desktop.services.interview_view import CalendarView, DayColumn
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.inks import PAPER
from fujisawa_desktop.views.interviews.layout import AXIS_WIDTH, CLOSED_WIDTH, HEAD_HEIGHT, Layout
from fujisawa_desktop.views.interviews.legend import legend_items, paint_items
from fujisawa_desktop.views.interviews.paint import Scene, paint_grid
from fujisawa_desktop.views.interviews.paint_heads import paint_axis, paint_heads
from fujisawa_desktop.views.rare_letters import meet_before_painting
from fujisawa_desktop.views.theme import HEADING_PX, SMALL_PX, body_font

_MARGIN_MM: Final = 12
_DOTS: Final = 300
_PIXELS_AN_INCH: Final = 96
"""The calendar is laid out as on a screen of this fineness: letters of 12 pixels become 9 points."""
_TITLE: Final = 30
_FOOT: Final = 26
_LEAST_ON_PAPER: Final = 40
"""Columns narrower than this go on another page: on paper nothing can be shown by hovering."""
_NEVER: Final = datetime.combine(date.min, time.min)
"""The time of day is not drawn on paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: a part of the board, and which page of how many."""

    board: Board
    number: int
    count: int


def sheets(board: Board, width: float) -> list[Sheet]:
    """Part a board into pages of a width in pixels, between days and, where a day is too wide, within."""
    most = max(int((width - AXIS_WIDTH) // _LEAST_ON_PAPER), 1)
    parts: list[Board] = []
    days: list[DayColumn] = []
    taken = 0.0
    for day in board.days:
        count = sum(1 for column in board.columns if column.day == day.day)
        needed = count or CLOSED_WIDTH / _LEAST_ON_PAPER
        if days and taken + needed > most:
            parts.append(_part(board, board.view, days))
            days, taken = [], 0.0
        if count > most:
            parts += _parts_of_day(board, day, most)
        else:
            days.append(day)
            taken += needed
    if days:
        parts.append(_part(board, board.view, days))
    return [Sheet(part, number, len(parts)) for number, part in enumerate(parts, 1)]


def calendar_pdf(board: Board, now: datetime) -> bytes:
    """Return the calendar as a PDF of A4 pages lying on their side."""
    meet_before_painting("".join(_letters_of(board)))
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(data)
    writer.setResolution(_DOTS)
    writer.setTitle(title_of(board))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    room = writer.pageLayout().paintRectPixels(_PIXELS_AN_INCH)
    painter = QPainter(writer)
    painter.scale(_DOTS / _PIXELS_AN_INCH, _DOTS / _PIXELS_AN_INCH)
    for sheet in sheets(board, room.width()):
        if sheet.number > 1:
            writer.newPage()
        _paint_sheet(painter, sheet, now, QRectF(0, 0, room.width(), room.height()))
    painter.end()
    return bytes(data.data().data())


def _letters_of(board: Board) -> Iterator[str]:
    for interviewer in board.view.interviewers:
        yield interviewer.name
    for card in board.cards:
        yield card.person.name
        yield card.person.kana


def title_of(board: Board) -> str:
    """Return which days these are, and that a plan is not booked yet."""
    first, last = board.days[0].day, board.days[-1].day
    span = (
        format_date(first)
        if first == last
        else _("{first} – {last}").format(first=format_date(first), last=format_date(last, year=False))
    )
    if board.plan is not None:
        return _("Interview calendar, {span} (a plan, not booked yet)").format(span=span)
    return _("Interview calendar, {span}").format(span=span)


def _part(board: Board, view: CalendarView, days: list[DayColumn]) -> Board:
    return Board(view, days, board.plan)


def _parts_of_day(board: Board, day: DayColumn, most: int) -> list[Board]:
    """Part a day with very many interviewers, each page with about as many."""
    everybody = board.view.interviewers
    pages = -(-len(everybody) // most)
    size = -(-len(everybody) // pages)
    return [
        _part(board, replace(board.view, interviewers=everybody[at : at + size]), [day])
        for at in range(0, len(everybody), size)
    ]


def _paint_sheet(painter: QPainter, sheet: Sheet, now: datetime, room: QRectF) -> None:
    _paint_frame(painter, sheet, now, room)
    painter.save()
    painter.translate(0, _TITLE)
    height = round(room.height() - _TITLE - _FOOT)
    layout = Layout(sheet.board, round(room.width()), height)
    if layout.height > height:  # very long days: smaller, but whole
        painter.scale(height / layout.height, height / layout.height)
    scene = Scene(board=sheet.board, layout=layout, now=_NEVER, colours=PAPER)
    whole = QRectF(0, 0, layout.width, layout.height)
    paint_grid(painter, scene, whole)
    paint_axis(painter, scene)
    paint_heads(painter, scene, whole.adjusted(AXIS_WIDTH, HEAD_HEIGHT, 0, 0))
    painter.restore()


def _paint_frame(painter: QPainter, sheet: Sheet, now: datetime, room: QRectF) -> None:
    """Paint title, time and page above, and the signs with their words below."""
    painter.setFont(body_font(HEADING_PX, bold=True))
    painter.setPen(QColor(PAPER.ink))
    painter.drawText(
        QRectF(0, 0, room.width(), _TITLE - 8), Qt.AlignmentFlag.AlignVCenter, title_of(sheet.board)
    )
    painter.setFont(body_font(SMALL_PX))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    said = _("As of {time}, page {number} of {count}. Holds personal data: handle with care.").format(
        time=format_datetime(now), number=sheet.number, count=sheet.count
    )
    painter.drawText(QRectF(0, 0, room.width(), _TITLE - 8), right, said)
    foot = QRectF(0, room.height() - _FOOT + 4, room.width(), _FOOT - 4)
    paint_items(painter, legend_items(sheet.board, paper=True), foot, PAPER)
