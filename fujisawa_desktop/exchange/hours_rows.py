"""Rows of a file of hours: what was planned or worked, one stretch of work a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.row_values import Rejection, RowRefused, portal_number
from fujisawa_desktop.exchange.simple_rows import (
    END,
    NUMBER,
    START,
    Cells,
    RowsRead,
    folded,
    read_rows,
)
from fujisawa_desktop.exchange.table import Table
from fujisawa_desktop.rules.calendar import parse_date, parse_time
from fujisawa_desktop.rules.hours import ShiftKind

WORK_DAY: Final = "勤務日"
BREAK: Final = "休憩分"
KIND: Final = "区分"
REMOTE: Final = "在宅"
ORDER: Final = "休日勤務命令"
REASON: Final = "理由"
REQUIRED: Final = (NUMBER, WORK_DAY, START, END, BREAK)
OPTIONAL: Final = (KIND, REMOTE, ORDER, REASON)
"""Columns that a file may lack; what they say then stays as it is."""
HEADINGS: Final = (*REQUIRED, *OPTIONAL)
"""Every column that is read, as our own files write them."""

REMOTE_MARK: Final = "○"
_KINDS: Final = {
    ShiftKind.PLANNED: {"予定", "勤務予定", "計画", "planned", "plan"},
    ShiftKind.WORKED: {"実績", "勤務実績", "worked", "actual"},
}
_AWAY: Final = {
    REMOTE_MARK,
    "〇",
    "◯",
    "1",
    "在宅",
    "在宅勤務",
    "リモート",
    "オンライン",
    "はい",
    "有",
    "yes",
    "true",
    "athome",
}
_AT_THE_OFFICE: Final = {"", "0", "×", "-", "出勤", "いいえ", "無", "no", "false"}
_MINUTES: Final = re.compile(r"(\d{1,3})分?")
_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_BELOW_NOTHING: Final = re.compile(r"[-−▲△]\s*(\d+)(?:[:.]\d+)*(?:e-?\d+)?分?")
_DAY_AND_MORE: Final = re.compile(r"1900-01-0(?P<day>\d)(?:(?P<hour>\d\d):(?P<minute>\d\d).*)?")
"""How a spreadsheet gives 24:00 and later from a cell that shows times of a day."""
_HOUR: Final = re.compile(r"(?P<hour>\d{1,3})[:時].*|(?P<digits>\d{1,2})\d{2}")


@dataclass(frozen=True, slots=True)
class HoursRecord:
    """One stretch of work as a file says it; None: the file has no such column."""

    line: int
    number: str
    day: date
    start: time
    end: time
    break_minutes: int
    kind: ShiftKind | None = None
    is_remote: bool | None = None
    holiday_order: str | None = None
    reason: str | None = None


def read_hours(table: Table) -> RowsRead[HoursRecord]:
    """Read 申込番号, 勤務日, 開始, 終了, 休憩分 and, where given, 区分, 在宅, 休日勤務命令, 理由.

    An empty break is refused, for pay hangs on it; so is an empty 区分 where the column exists.

    Raises:
        InputFileError: a column is missing.
    """

    def record(cells: Cells) -> HoursRecord:
        start, end = cells.typed(START, read_clock), cells.typed(END, read_clock)
        if end <= start:
            params = {"start": start, "end": end}
            raise RowRefused(Rejection(cells.line, END, "shift.end-before-start", params))
        return HoursRecord(
            line=cells.line,
            number=cells.typed(NUMBER, portal_number),
            day=cells.typed(WORK_DAY, parse_date),
            start=start,
            end=end,
            break_minutes=cells.typed(BREAK, read_break),
            kind=cells.typed(KIND, read_kind) if cells.has(KIND) else None,
            is_remote=bool(cells.if_any(REMOTE, read_remote)) if cells.has(REMOTE) else None,
            holiday_order=cells.text(ORDER) if cells.has(ORDER) else None,
            reason=cells.text(REASON) if cells.has(REASON) else None,
        )

    return read_rows(table, REQUIRED, OPTIONAL, record)


def read_clock(text: str) -> time:
    """Return a time of day; what is no time of the day itself says why.

    Raises:
        ValidationError: ``shift.past-midnight`` (24:00, 25:00), ``shift.time-negative``, and those of
            :func:`~fujisawa_desktop.rules.calendar.parse_time`.
    """
    plain = folded(text)
    if _BELOW_NOTHING.fullmatch(plain):
        raise ValidationError("shift.time-negative", field="time", text=text.strip())
    late = _DAY_AND_MORE.fullmatch(plain)
    if late is not None:
        hours = 24 * int(late["day"]) + int(late["hour"] or 0)
        raise ValidationError("shift.past-midnight", field="time", text=f"{hours}:{late['minute'] or '00'}")
    found = _HOUR.fullmatch(plain)
    if found is not None and 24 <= int(found["hour"] or found["digits"]) <= 48:
        raise ValidationError("shift.past-midnight", field="time", text=text.strip())
    return parse_time(text)


def read_break(text: str) -> int:
    """Return a break in minutes: ``60``, ``60分`` or ``1:00``.

    Raises:
        ValidationError: ``shift.break-negative``, ``minutes.unreadable``.
    """
    plain = folded(text)
    below = _BELOW_NOTHING.fullmatch(plain)
    if below:
        raise ValidationError("shift.break-negative", field="minutes", minutes=-int(below[1]))
    minutes = _MINUTES.fullmatch(plain)
    if minutes:
        return int(minutes[1])
    hours = _HOURS.fullmatch(plain)
    if hours is None:
        raise ValidationError("minutes.unreadable", field="minutes", text=text)
    return int(hours[1]) * 60 + int(hours[2])


def read_kind(text: str) -> ShiftKind:
    """Return whether a row is a plan or work done.

    Raises:
        ValidationError: ``shift.kind-unknown``.
    """
    plain = folded(text)
    for kind, names in _KINDS.items():
        if plain in names:
            return kind
    raise ValidationError("shift.kind-unknown", field="kind", text=text)


def read_remote(text: str) -> bool:
    """Return whether somebody worked at home.

    Raises:
        ValidationError: ``shift.remote-unknown``.
    """
    plain = folded(text)
    if plain in _AWAY:
        return True
    if plain in _AT_THE_OFFICE:
        return False
    raise ValidationError("shift.remote-unknown", field="remote", text=text)
