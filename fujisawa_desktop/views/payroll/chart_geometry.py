"""Where the bars of the charts stand: whole pixels, no Qt, tested by plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

HOUR: Final = 60
_STEPS: Final = (2, 3, 6, 10, 20, 30, 60)
"""Hours between two lines of the axis."""
_LINES: Final = 4
_WIDEST: Final = 32
_NARROWEST: Final = 3
_BETWEEN_GROUPS: Final = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First pixel right of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """First pixel below it."""
        return self.top + self.height

    def holds(self, x: int, y: int) -> bool:
        """Say whether a point lies in it."""
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes worked, and minutes planned that are not worked yet."""

    worked: int = 0
    planned: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.worked + self.planned


@dataclass(frozen=True, slots=True)
class Column:
    """One bar from the axis up: its worked and its planned part, and the strip one can point at."""

    worked: Box
    planned: Box
    strip: Box


@dataclass(frozen=True, slots=True)
class Columns:
    """Groups of bars side by side.

    Attributes:
        groups: the bars of each group.
        limit: height of the limit's line, if there is a limit.
        lines: minutes and height of each line of the axis, from below.
    """

    groups: tuple[tuple[Column, ...], ...]
    limit: int | None
    lines: tuple[tuple[int, int], ...]

    def at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return group and bar at a point."""
        for group, columns in enumerate(self.groups):
            for bar, column in enumerate(columns):
                if column.strip.holds(x, y):
                    return group, bar
        return None


@dataclass(frozen=True, slots=True)
class Lying:
    """One bar from the left to the right: its worked and its planned part."""

    worked: Box
    planned: Box


def axis_top(highest: int) -> tuple[int, int]:
    """Return the minutes at the top of an axis and between its lines: few, and whole hours."""
    hours = max(-(-highest // HOUR), 1)
    step = next((step for step in _STEPS if step * _LINES >= hours), -(-hours // _LINES))
    return -(-hours // step) * step * HOUR, step * HOUR


def standing_bars(groups: Sequence[Sequence[Hours]], area: Box, limit: int | None = None) -> Columns:
    """Return the bars of groups in an area, all on one scale; what is planned stands on what is worked."""
    highest = max((hours.total for group in groups for hours in group), default=0)
    top, step = axis_top(max(highest, limit or 0))

    def height(minutes: int) -> int:
        return max(minutes * area.height // top, 2) if minutes else 0

    placed: list[tuple[Column, ...]] = []
    for at, group in enumerate(groups):
        left = area.left + at * area.width // len(groups)
        room = area.left + (at + 1) * area.width // len(groups) - left
        placed.append(tuple(_columns(group, Box(left, area.top, room, area.height), height)))
    lines = tuple((minutes, area.bottom - height(minutes)) for minutes in range(0, top + 1, step))
    return Columns(tuple(placed), None if limit is None else area.bottom - height(limit), lines)


def _columns(group: Sequence[Hours], room: Box, height: Callable[[int], int]) -> list[Column]:
    each = max((room.width - _BETWEEN_GROUPS) // max(len(group), 1), _NARROWEST)
    width = min(each - 1 if each > _NARROWEST + 1 else each, _WIDEST)
    step = min(each, _WIDEST + 2)
    left = room.left + (room.width - step * len(group)) // 2
    found = []
    for hours in group:
        worked, planned = height(hours.worked), height(hours.planned)
        base = room.bottom - worked
        found.append(
            Column(
                Box(left, base, width, worked),
                Box(left, base - planned, width, planned),
                Box(left, room.top, step, room.height),
            )
        )
        left += step
    return found


def lying_bars(values: Sequence[Hours], area: Box, row: int, thick: int, most: int) -> list[Lying]:
    """Return a bar for each row under one another; ``most`` minutes are as long as the area is wide."""
    found = []
    for at, hours in enumerate(values):
        top = area.top + at * row + (row - thick) // 2
        worked = length(hours.worked, area.width, most)
        whole = max(length(hours.total, area.width, most), worked)
        found.append(
            Lying(
                Box(area.left, top, worked, thick),
                Box(area.left + worked, top, whole - worked, thick),
            )
        )
    return found


def length(minutes: int, width: int, most: int) -> int:
    """Return how long so many minutes are; a little is seen too."""
    return max(minutes * width // max(most, 1), 2) if minutes else 0
