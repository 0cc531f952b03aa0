"""Where everything on the calendar is: from columns and times to pixels, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from fujisawa_desktop.views.interviews.board import Board, Place

AXIS_WIDTH: Final = 42
DAY_HEAD: Final = 24
NAME_HEAD: Final = 22
HEAD_HEIGHT: Final = DAY_HEAD + NAME_HEAD
LEAST_COLUMN: Final = 28
LEAST_SLOT: Final = 28
DAY_GAP: Final = 3
BREAK_GAP: Final = 8
"""Between days that do not follow each other: closed days lie between."""
LUNCH_HEIGHT: Final = 22
FOOT: Final = 6


@dataclass(frozen=True, slots=True)
class DayRange:
    """One day: its columns and where they stand, without scrolling."""

    day: date
    first: int
    last: int
    left: float
    right: float


class Layout:
    """The calendar's geometry for one board in a viewport of one size; scrolling is not in it.

    Lunch is drawn low as long as nothing lies in it, so that the interviews get the room.
    """

    def __init__(self, board: Board, width: int, height: int) -> None:
        self.board = board
        self.first, self.last = _hours(board)
        self._lunch = _empty_lunch(board)
        room = max(height - HEAD_HEIGHT - FOOT, 1)
        worked = _minutes(self.first, self.last) - (_minutes(*self._lunch) if self._lunch else 0)
        lunch = LUNCH_HEIGHT if self._lunch else 0
        least = LEAST_SLOT / max(board.view.slot_minutes, 1)
        self.pixels_a_minute = max((room - lunch) / max(worked, 1), least)
        self.height = HEAD_HEIGHT + worked * self.pixels_a_minute + lunch + FOOT
        gaps = _gaps(board)
        free = width - AXIS_WIDTH - sum(gaps) - 1
        count = max(len(board.columns), 1)
        self.column_width = max(free / count, LEAST_COLUMN)
        self.width = AXIS_WIDTH + sum(gaps) + count * self.column_width + 1
        self.lefts, self.days = self._lay_columns(gaps)

    def y_of(self, moment: datetime | time) -> float:
        """Return the height at which a time of day stands."""
        clock = moment.time() if isinstance(moment, datetime) else moment
        clock = min(max(clock, self.first), self.last)
        minutes = float(_minutes(self.first, clock))
        if self._lunch is None or clock <= self._lunch[0]:
            return HEAD_HEIGHT + minutes * self.pixels_a_minute
        inside = min(_minutes(self._lunch[0], clock), _minutes(*self._lunch))
        share = inside / _minutes(*self._lunch)
        return HEAD_HEIGHT + (minutes - inside) * self.pixels_a_minute + share * LUNCH_HEIGHT

    def moment_at(self, day: date, y: float) -> datetime:
        """Return the time of day that stands at a height, to the minute."""
        start = datetime.combine(day, self.first)
        low, high = 0, _minutes(self.first, self.last)
        while low < high:
            middle = (low + high + 1) // 2
            if self.y_of(start + timedelta(minutes=middle)) <= y:
                low = middle
            else:
                high = middle - 1
        return start + timedelta(minutes=low)

    def column_at(self, x: float) -> int | None:
        """Return the column at a distance from the left, the nearest one between days."""
        if not self.lefts or not AXIS_WIDTH <= x <= self.width:
            return None
        return max((n for n, left in enumerate(self.lefts) if left <= x), default=0)

    def place_at(self, point: QPointF) -> Place | None:
        """Return the place under a point: where a card lies, or where one could be put."""
        column = self.column_at(point.x())
        if column is None or point.y() < HEAD_HEIGHT:
            return None
        return self.board.place_at(column, self.moment_at(self.board.columns[column].day, point.y()))

    def rect_of(self, place: Place) -> QRectF:
        """Return the rectangle of a place."""
        top, bottom = self.y_of(place.start), self.y_of(place.end)
        return QRectF(self.lefts[place.column], top, self.column_width, bottom - top)

    def column_rect(self, column: int) -> QRectF:
        """Return a column from the first to the last hour."""
        top = HEAD_HEIGHT
        return QRectF(self.lefts[column], top, self.column_width, self.height - FOOT - top)

    def _lay_columns(self, gaps: list[float]) -> tuple[list[float], list[DayRange]]:
        lefts: list[float] = []
        days: list[DayRange] = []
        x = float(AXIS_WIDTH)
        for day, gap in zip(self.board.days, gaps, strict=True):
            x += gap
            left = x
            first = len(lefts)
            for column in self.board.columns[first:]:
                if column.day != day.day:
                    break
                lefts.append(x)
                x += self.column_width
            days.append(DayRange(day.day, first, len(lefts) - 1, left, x))
        return lefts, days


def _minutes(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _hours(board: Board) -> tuple[time, time]:
    """Return the first and the last hour drawn: the programme's, and more where somebody is there."""
    view = board.view
    windows = [
        window
        for column in board.columns
        for window in column.interviewer.windows
        if window[0].date() == column.day
    ]
    starts = [window[0].time() for window in windows] + [card.start.time() for card in board.cards]
    ends = [window[1].time() for window in windows] + [card.end.time() for card in board.cards]
    return min([view.day_from, *starts]), max([view.day_until, *ends])


def _empty_lunch(board: Board) -> tuple[time, time] | None:
    lunch = board.view.lunch
    if lunch is None:
        return None
    taken = any(card.start.time() < lunch[1] and lunch[0] < card.end.time() for card in board.cards)
    return None if taken or _minutes(*lunch) <= 0 else lunch


def _gaps(board: Board) -> list[float]:
    gaps: list[float] = []
    for number, day in enumerate(board.days):
        follows = number > 0 and (day.day - board.days[number - 1].day).days == 1
        gaps.append(float(DAY_GAP if number == 0 or follows else BREAK_GAP))
    return gaps
