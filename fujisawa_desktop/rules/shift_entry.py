"""What a clerk types into a cell of the hours grid, and what it means.

``半``, ``終`` or a pattern's name stands for that pattern; ``9-12``, ``9:00〜15:45``, ``0900-1545``,
full-width digits and ``9-15:45/60`` (break in minutes after the stroke) stand for themselves.
Two stretches of one day stand beside each other: ``9-12, 14-16``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import parse_time
from fujisawa_desktop.rules.hours import ShiftTime, minute_of_day, worked_minutes

# A Japanese keyboard gives ー, － or 〜 where a clerk means a stroke.
_STROKES: Final = str.maketrans(dict.fromkeys("~〜‐‑–—―−ー", "-"))
_BETWEEN: Final = re.compile(r"[,、+;]")
_ENTRY: Final = re.compile(r"(?P<start>[^-/]+)-+(?P<end>[^-/]+?)(?:/(?P<pause>[0-9]{1,3})分?)?")


@dataclass(frozen=True, slots=True)
class WorkPattern:
    """A usual day of the programme: ``終日`` 9:00–16:00 with a break from 12:00, for instance."""

    mark: str  # one character in the grid: 終
    name: str  # 終日
    start: time
    end: time
    break_start: time | None = None
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """Minutes worked on such a day."""
        return worked_minutes(self.start, self.end, self.break_minutes)


@dataclass(frozen=True, slots=True, order=True)
class TypedShift:
    """The meaning of a typed cell."""

    start: time
    end: time
    break_minutes: int

    def on(self, day: date) -> ShiftTime:
        """Return the shift on a day."""
        return ShiftTime(day, self.start, self.end, self.break_minutes)


def parse_entry(text: str, patterns: Sequence[WorkPattern]) -> tuple[TypedShift, ...]:
    """Read what was typed, in order of time; nothing for an empty cell.

    A break that is not typed is the pattern's own when the times are a pattern's, otherwise the
    lunch of a pattern whose lunch lies inside the times, otherwise none.

    Raises:
        ValidationError: ``shift.unreadable`` and those of :func:`worked_minutes` and
            :func:`~fujisawa_desktop.rules.calendar.parse_time`.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    parts = [part for part in _BETWEEN.split(folded) if part]
    return tuple(sorted(_parse_part(part, text, patterns) for part in parts))


def format_entry(shifts: Iterable[ShiftTime], patterns: Sequence[WorkPattern]) -> str:
    """Return the shortest text that :func:`parse_entry` reads as these shifts."""
    return ", ".join(_format_part(shift, patterns) for shift in sorted(shifts))


def _parse_part(part: str, text: str, patterns: Sequence[WorkPattern]) -> TypedShift:
    for pattern in patterns:
        if part.casefold() in {_fold(pattern.mark), _fold(pattern.name)}:
            return TypedShift(pattern.start, pattern.end, pattern.break_minutes)
    match = _ENTRY.fullmatch(part.replace("から", "-").translate(_STROKES))
    if match is None:
        raise ValidationError("shift.unreadable", field="shift", text=text)
    start, end = parse_time(match["start"]), parse_time(match["end"])
    pause = usual_break(start, end, patterns) if match["pause"] is None else int(match["pause"])
    worked_minutes(start, end, pause)
    return TypedShift(start, end, pause)


def _format_part(shift: ShiftTime, patterns: Sequence[WorkPattern]) -> str:
    pattern = pattern_of(shift, patterns)
    if pattern is not None:
        return pattern.mark
    times = f"{_clock(shift.start)}-{_clock(shift.end)}"
    usual = usual_break(shift.start, shift.end, patterns)
    return times if shift.break_minutes == usual else f"{times}/{shift.break_minutes}"


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}" if moment.minute else str(moment.hour)


def usual_break(start: time, end: time, patterns: Sequence[WorkPattern]) -> int:
    """Return the break in minutes that goes with these times when nobody says another."""
    for pattern in patterns:
        if (pattern.start, pattern.end) == (start, end):
            return pattern.break_minutes
    lunches = [
        pattern.break_minutes
        for pattern in patterns
        if pattern.break_start is not None
        and start <= pattern.break_start
        and minute_of_day(pattern.break_start) + pattern.break_minutes <= minute_of_day(end)
    ]
    return max(lunches, default=0)


def pattern_of(shift: ShiftTime, patterns: Sequence[WorkPattern]) -> WorkPattern | None:
    """Return the pattern a shift is, if it is one to the minute."""
    times = (shift.start, shift.end, shift.break_minutes)
    return next((p for p in patterns if (p.start, p.end, p.break_minutes) == times), None)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
