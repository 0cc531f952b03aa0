"""Which days the calendar shows: the week's worth of open days, or one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from fujisawa_desktop.services.interview_view import CalendarView, DayColumn

DAYS_A_PAGE: Final = 7


class Pages:
    """Turns through the days of the interview period.

    Closed days are left out unless somebody has time or an interview then.

    Attributes:
        one_day: show a single day.
    """

    def __init__(self) -> None:
        self.one_day = False
        self._days: Sequence[DayColumn] = ()
        self._at = 0

    def take(self, view: CalendarView) -> None:
        """Take the days of a calendar, staying at the same day if it is still there."""
        here = self._days[self._at].day if self._days else None
        used = {window[0].date() for column in view.interviewers for window in column.windows}
        used |= {interview.start.date() for interview in view.interviews}
        listed = {day.day: day for day in view.days}
        extra = [DayColumn(day, None) for day in used if day not in listed]
        kept = [day for day in view.days if day.closed is None or day.day in used]
        self._days = sorted([*kept, *extra], key=lambda day: day.day)
        self._at = next((at for at, day in enumerate(self._days) if day.day == here), 0)

    @property
    def shown(self) -> Sequence[DayColumn]:
        """The days of this page."""
        first = self._first()
        return self._days[first : first + self._size()]

    @property
    def earlier(self) -> bool:
        """Whether there is a page before."""
        return self._first() > 0

    @property
    def later(self) -> bool:
        """Whether there is a page after."""
        return self._first() + self._size() < len(self._days)

    def turn(self, by: int) -> None:
        """Go on by so many pages, as far as there are days."""
        self._at = max(0, min(self._first() + by * self._size(), len(self._days) - 1))

    def go_to(self, day: date) -> None:
        """Show the page that holds a day."""
        self._at = next((at for at, one in enumerate(self._days) if one.day == day), self._at)

    def _size(self) -> int:
        return 1 if self.one_day else DAYS_A_PAGE

    def _first(self) -> int:
        return self._at if self.one_day else self._at - self._at % DAYS_A_PAGE
