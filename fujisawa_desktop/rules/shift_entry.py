"""What a clerk types into a cell of the hours grid, and what it means.

``半``, ``終`` or a pattern's name stands for that pattern; ``9-12``, ``9:00〜15:45``, ``0900-1545``,
``9時から12時半まで`` and full-width digits stand for themselves.  The break follows in minutes:
``9-15:45/60``, ``9-15:45 休憩60分``, ``休憩なし``.  Several stretches of one day stand beside each
other: ``9-12, 14-16`` or ``9-12 14-16``.  A text is read as a whole or refused, never in part.
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
_SIGNS: Final = "~〜‐‑–—―−ー"
_STROKES: Final = str.maketrans(dict.fromkeys(_SIGNS, "-"))
_NO_GAP: Final = (
    re.compile(rf"\s*([-/:{_SIGNS}]|から)\s*"),
    re.compile(r"(午前|午後)\s+"),
    re.compile(r"\s+([AaPp][Mm]\b|休|まで)"),
    re.compile(r"(?<=時)\s+([0-9]{1,2}分|半)"),
)
"""What blanks around do not part from the rest; any other blank parts two stretches."""
_NO_BREAK: Final = re.compile(r"/?休憩?[な無]し?")
_BREAK: Final = re.compile(r"(?<=.)/?休憩?(?=-?[0-9])")
_BETWEEN: Final = re.compile(r"[,、+;・\s]+")
_ENTRY: Final = re.compile(r"(?P<start>[^-/]+)-+(?P<end>[^-/]+?)(?:まで)?(?:/(?P<pause>-?[0-9]{1,4})分?)?")
_NEXT_DAY: Final = re.compile(r"(2[4-9]|3[0-5])(?::?([0-5][0-9])|時(?:([0-9]{1,2})分?)?)?")


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
        ValidationError: ``shift.unreadable``, ``shift.time-negative``, ``shift.midnight`` (24:00),
            ``shift.next-day`` (25:00), and those of :func:`~fujisawa_desktop.rules.hours.worked_minutes`
            and :func:`~fujisawa_desktop.rules.calendar.parse_time`.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    named = _pattern_named(folded, patterns)
    if named is not None:
        return (_typed(named),)
    for gap in _NO_GAP:
        folded = gap.sub(r"\1", folded)
    folded = _BREAK.sub("/", _NO_BREAK.sub("/0", folded))
    parts = [part for part in _BETWEEN.split(folded) if part]
    return tuple(sorted(_parse_part(part, text, patterns) for part in parts))


def format_entry(shifts: Iterable[ShiftTime], patterns: Sequence[WorkPattern]) -> str:
    """Return the shortest text that :func:`parse_entry` reads as these shifts."""
    return ", ".join(_format_part(shift, patterns) for shift in sorted(shifts))


def _typed(pattern: WorkPattern) -> TypedShift:
    return TypedShift(pattern.start, pattern.end, pattern.break_minutes)


def _pattern_named(part: str, patterns: Sequence[WorkPattern]) -> WorkPattern | None:
    wanted = _fold(part)
    return next((p for p in patterns if wanted and wanted in {_fold(p.mark), _fold(p.name)}), None)


def _parse_part(part: str, text: str, patterns: Sequence[WorkPattern]) -> TypedShift:
    named = _pattern_named(part, patterns)
    if named is not None:
        return _typed(named)
    plain = part.replace("から", "-").translate(_STROKES)
    if plain.startswith("-") and plain[1:2].isdigit():
        raise ValidationError("shift.time-negative", field="shift", text=text.strip())
    match = _ENTRY.fullmatch(plain)
    if match is None or "." in plain:
        raise ValidationError("shift.unreadable", field="shift", text=text.strip())
    start, end = _clock_time(match["start"]), _clock_time(match["end"])
    pause = usual_break(start, end, patterns) if match["pause"] is None else int(match["pause"])
    worked_minutes(start, end, pause)
    return TypedShift(start, end, pause)


def _clock_time(text: str) -> time:
    """Read one end; the hours after midnight are told from times that do not exist."""
    late = _NEXT_DAY.fullmatch(text)
    if late is not None:
        hour, minute = int(late[1]), int(late[2] or late[3] or 0)
        code = "shift.midnight" if (hour, minute) == (24, 0) else "shift.next-day"
        raise ValidationError(code, field="end", text=text)
    return parse_time(text)


def _format_part(shift: ShiftTime, patterns: Sequence[WorkPattern]) -> str:
    pattern = pattern_of(shift, patterns)
    if pattern is not None and _is_sign(pattern, patterns):
        return pattern.mark
    times = f"{_clock(shift.start)}-{_clock(shift.end)}"
    usual = usual_break(shift.start, shift.end, patterns)
    return times if shift.break_minutes == usual else f"{times}/{shift.break_minutes}"


def _is_sign(pattern: WorkPattern, patterns: Sequence[WorkPattern]) -> bool:
    """Say whether a pattern's mark is read as this pattern, alone and beside other stretches."""
    if _BETWEEN.search(unicodedata.normalize("NFKC", pattern.mark)) or "休" in pattern.mark:
        return False
    return _pattern_named(pattern.mark, patterns) is pattern


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
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
