"""Which days the calendar shows: a week, or one day; closed days belong to their week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from fujisawa_desktop.services.interview_view import CalendarView, DayColumn

SHORT_PERIOD: Final = 7
"""A period of at most so many open days is one page, whatever weeks it lies in."""


class Pages:
    """Turns through the days of the interview period.

    A week goes from Monday to Sunday, as far as it lies in the period.  Day by day, closed days are
    passed by; they are shown when one goes to them.

    Attributes:
        one_day: show a single day.
    """

    def __init__(self) -> None:
        self.one_day = False
        self._days: Sequence[DayColumn] = ()
        self._open: Sequence[DayColumn] = ()
        self._at = 0

    def take(self, view: CalendarView, today: date | None = None) -> None:
        """Take the days of a calendar, staying at the same day if it is still there.

        The first time, the page of ``today`` is shown, if today lies in the period.
        """
        here = self._days[self._at].day if self._days else today
        used = {window[0].date() for column in view.interviewers for window in column.windows}
        used |= {interview.start.date() for interview in view.interviews}
        listed = {day.day: day for day in view.days}
        extra = [DayColumn(day, None) for day in used if day not in listed]
        self._days = sorted([*view.days, *extra], key=lambda day: day.day)
        self._open = [day for day in self._days if day.closed is None or day.day in used]
        self._at = next((at for at, day in enumerate(self._days) if day.day == here), self._first_open())

    @property
    def days(self) -> Sequence[DayColumn]:
        """All days of the period, and those beyond it on which somebody has time."""
        return self._days

    @property
    def shown(self) -> Sequence[DayColumn]:
        """The days of this page."""
        return self._page_of(self._at)

    @property
    def earlier(self) -> bool:
        """Whether there is a page before."""
        return self._neighbour(-1) is not None

    @property
    def later(self) -> bool:
        """Whether there is a page after."""
        return self._neighbour(1) is not None

    def turn(self, by: int) -> None:
        """Go one page back (-1) or on (1), as far as there are days."""
        found = self._neighbour(by)
        if found is not None:
            self._at = found

    def go_to(self, day: date) -> None:
        """Show the page that holds a day."""
        self._at = next((at for at, one in enumerate(self._days) if one.day == day), self._at)

    def _page_of(self, at: int) -> Sequence[DayColumn]:
        if not self._days:
            return ()
        if self.one_day:
            return self._days[at : at + 1]
        if len(self._open) <= SHORT_PERIOD:
            return self._days
        week = _monday(self._days[at].day)
        return [day for day in self._days if _monday(day.day) == week]

    def _neighbour(self, by: int) -> int | None:
        """Return where the next or previous page with an open day begins."""
        page = {day.day for day in self.shown}
        if not page:
            return None
        beyond = [
            at
            for at, day in enumerate(self._days)
            if (day.day > max(page) if by > 0 else day.day < min(page)) and day in self._open
        ]
        if not beyond:
            return None
        return beyond[0] if by > 0 else beyond[-1]

    def _first_open(self) -> int:
        return next((at for at, day in enumerate(self._days) if day in self._open), 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
