"""Where everything on the calendar is: from columns and times to pixels, and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from fujisawa_desktop.services.interview_view import DayColumn
from fujisawa_desktop.views.interviews.board import Board, Place

AXIS_WIDTH: Final = 42
DAY_HEAD: Final = 24
NAME_HEAD: Final = 26
HEAD_HEIGHT: Final = DAY_HEAD + NAME_HEAD
LEAST_COLUMN: Final = 28
ROOMY_COLUMN: Final = 46
"""Width of a column where not all find room anyway, so that one must scroll."""
LEAST_SLOT: Final = 30
DAY_GAP: Final = 3
BREAK_GAP: Final = 8
"""Between days that do not follow each other."""
CLOSED_WIDTH: Final = 19
"""Width of a closed day, which has no columns."""
LUNCH_HEIGHT: Final = 22
FOOT: Final = 6
ZOOMS: Final = (0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.2, 4.0)
"""The steps of zooming; 1 is the size at which all fits, if it can."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """One day: its columns and where they stand, without scrolling."""

    day: date
    first: int
    last: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class ClosedStrip:
    """A day on which the office is closed: a strip without columns."""

    day: DayColumn
    left: float
    right: float


class Layout:
    """The calendar's geometry for one board in a viewport of one size; scrolling is not in it.

    Lunch is drawn low as long as nothing lies in it, so that the interviews get the room.  ``zoom``
    enlarges columns and hours alike.

    Attributes:
        days: the days that have columns.
        closed: the days that have none.
    """

    def __init__(self, board: Board, width: int, height: int, zoom: float = 1.0) -> None:
        self.board = board
        self.zoom = zoom
        self.first, self.last = _hours(board)
        self._lunch = _empty_lunch(board)
        room = max(height - HEAD_HEIGHT - FOOT, 1)
        worked = _minutes(self.first, self.last) - (_minutes(*self._lunch) if self._lunch else 0)
        lunch = LUNCH_HEIGHT if self._lunch else 0
        least = LEAST_SLOT / max(board.view.slot_minutes, 1)
        self.pixels_a_minute = max((room - lunch) / max(worked, 1), least) * zoom
        self.height = HEAD_HEIGHT + worked * self.pixels_a_minute + lunch + FOOT
        gaps = _gaps(board)
        closed = sum(1 for day in board.days if not board.has_columns(day.day))
        free = width - AXIS_WIDTH - sum(gaps) - closed * CLOSED_WIDTH - 1
        self.column_width = _column_width(free, len(board.columns)) * zoom
        self.closed_width = float(CLOSED_WIDTH) if board.columns else max(free / max(closed, 1), CLOSED_WIDTH)
        self.lefts: list[float] = []
        self.days: list[DayRange] = []
        self.closed: list[ClosedStrip] = []
        self.width = self._lay_columns(gaps) + 1

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
        """Return the column at a distance from the left, the nearest one between days; none where closed."""
        if not self.lefts or self.closed_at(x) is not None or not AXIS_WIDTH <= x <= self.width:
            return None
        return max((n for n, left in enumerate(self.lefts) if left <= x), default=0)

    def closed_at(self, x: float) -> DayColumn | None:
        """Return the closed day at a distance from the left."""
        return next((strip.day for strip in self.closed if strip.left <= x < strip.right), None)

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

    def columns_between(self, left: float, right: float) -> range:
        """Return the columns of which anything lies between two distances from the left."""
        first = max(bisect_right(self.lefts, left - self.column_width), 0)
        return range(first, bisect_left(self.lefts, right))

    def _lay_columns(self, gaps: list[float]) -> float:
        """Lay columns and strips side by side and return where they end."""
        x = float(AXIS_WIDTH)
        for day, gap in zip(self.board.days, gaps, strict=True):
            x += gap
            left = x
            if not self.board.has_columns(day.day):
                x += self.closed_width
                self.closed.append(ClosedStrip(day, left, x))
                continue
            first = len(self.lefts)
            for column in self.board.columns[first:]:
                if column.day != day.day:
                    break
                self.lefts.append(x)
                x += self.column_width
            self.days.append(DayRange(day.day, first, len(self.lefts) - 1, left, x))
        return x


def _column_width(free: float, count: int) -> float:
    fitting = free / max(count, 1)
    return fitting if fitting >= LEAST_COLUMN else ROOMY_COLUMN


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
