"""Free time as a grid: the days of an interview period, each a row of minutes.

A day's minutes are the bits of one whole number, so that union, difference and complement of whole
grids are exact and quick, whatever minutes people name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from fujisawa_desktop.rules.hours import minute_of_day
from fujisawa_desktop.rules.planning_model import Window

DAY_MINUTES: Final = 24 * 60
"""The end of a day; no interview lasts until midnight, so that an end is always a time of that day."""


def time_of(minute: int) -> time:
    """Return the time of day; the end of a day becomes its last minute."""
    minute = min(minute, DAY_MINUTES - 1)
    return time(minute // 60, minute % 60)


@dataclass(frozen=True, slots=True)
class Frame:
    """The interview period that a text about free time speaks of.

    Attributes:
        first: its first day.
        last: its last day.
        closed: days of it on which nobody is interviewed.
        opens: when the day of interviews begins, in minutes after midnight.
        closes: when it ends.
        slot: usual length of an interview in minutes.
        lunch: begin and end in minutes; kept in the grid, since the plan leaves it out by itself.
    """

    first: date
    last: date
    closed: frozenset[date]
    opens: int
    closes: int
    slot: int = 30
    lunch: tuple[int, int] | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the period, closed ones too."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    @property
    def open_days(self) -> tuple[date, ...]:
        """The days on which people are interviewed."""
        return tuple(day for day in self.days if day not in self.closed)

    def grid(self, days: Iterable[date], spans: Iterable[tuple[int, int]]) -> Grid:
        """Return the spans (minutes) of these days, as far as the period and its hours reach."""
        bits = 0
        for start, end in spans:
            low, high = max(start, self.opens), min(end, self.closes)
            if low < high:
                bits |= (1 << high) - (1 << low)
        wanted = set(days)
        return Grid(self, tuple(bits if day in wanted else 0 for day in self.open_days))

    def everything(self) -> Grid:
        """Return all hours of all open days."""
        return self.grid(self.open_days, [(self.opens, self.closes)])

    def nothing(self) -> Grid:
        """Return no time at all."""
        return self.grid((), ())

    def from_windows(self, windows: Iterable[Window]) -> Grid:
        """Return stored stretches of time as a grid, as far as the period and its hours reach."""
        whole = self.nothing()
        for start, end in windows:
            until = DAY_MINUTES if end.date() > start.date() else minute_of_day(end.time())
            whole |= self.grid([start.date()], [(minute_of_day(start.time()), until)])
        return whole


@dataclass(frozen=True, slots=True)
class Grid:
    """A set of minutes of the open days of a frame."""

    frame: Frame
    bits: tuple[int, ...]
    """One number for each open day; bit n is minute n after midnight."""

    def __or__(self, other: Grid) -> Grid:
        """Return what lies in either."""
        return Grid(self.frame, tuple(a | b for a, b in zip(self.bits, other.bits, strict=True)))

    def __and__(self, other: Grid) -> Grid:
        """Return what lies in both."""
        return Grid(self.frame, tuple(a & b for a, b in zip(self.bits, other.bits, strict=True)))

    def __sub__(self, other: Grid) -> Grid:
        """Return what lies in this one only."""
        return Grid(self.frame, tuple(a & ~b for a, b in zip(self.bits, other.bits, strict=True)))

    def __bool__(self) -> bool:
        """Tell whether there is any time at all."""
        return any(self.bits)

    def lies_in(self, other: Grid) -> bool:
        """Tell whether all of it is part of the other."""
        return not self - other

    def touched_days(self) -> tuple[date, ...]:
        """Return the days with any time."""
        return tuple(day for day, bits in zip(self.frame.open_days, self.bits, strict=True) if bits)

    def holds(self, day: date, start: int, end: int) -> bool:
        """Tell whether all minutes from start to end of an open day are in it."""
        return self.frame.grid([day], [(start, end)]).lies_in(self)

    def spans(self) -> Iterator[tuple[date, int, int]]:
        """Yield every unbroken stretch: day, first minute, end."""
        for day, bits in zip(self.frame.open_days, self.bits, strict=True):
            rest, base = bits, 0
            while rest:
                skip = (rest & -rest).bit_length() - 1
                rest >>= skip
                length = (~rest & (rest + 1)).bit_length() - 1
                yield day, base + skip, base + skip + length
                rest >>= length
                base += skip + length

    def windows(self) -> tuple[Window, ...]:
        """Return every unbroken stretch as moments."""
        return tuple(
            (datetime.combine(day, time_of(start)), datetime.combine(day, time_of(end)))
            for day, start, end in self.spans()
        )
