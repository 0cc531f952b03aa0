"""The year of a programme as one line: its points, and the phase a day falls into."""

from __future__ import annotations

import calendar as _months
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from fujisawa_desktop.rules.names import half_width


class Phase(StrEnum):
    """What the office is busy with."""

    BEFORE = "before"
    ENTRY = "entry"
    FIRST = "first"
    INTERVIEWS = "interviews"
    FINAL = "final"
    PREPARING = "preparing"
    TERM = "term"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class KeyDays:
    """The published days of one programme; all periods include both ends.

    Attributes:
        final_result: the day of the final result, or the last day it can be when only a third of a
            month is published (11月中旬).
    """

    entry_from: date
    entry_until: date
    first_result: date
    interview_from: date
    interview_until: date
    final_result: date
    term_from: date
    term_until: date


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the line; ``until`` makes it a period."""

    code: str
    day: date
    until: date | None = None


def points(days: KeyDays) -> tuple[Point, ...]:
    """Return the seven points of the year in order."""
    return (
        Point("entry-from", days.entry_from),
        Point("entry-until", days.entry_until),
        Point("first-result", days.first_result),
        Point("interviews", days.interview_from, days.interview_until),
        Point("final-result", days.final_result),
        Point("term-from", days.term_from),
        Point("term-until", days.term_until),
    )


def phase_on(days: KeyDays, today: date) -> Phase:
    """Return the phase of ``today``; the day of a result still belongs to its screening."""
    last_days = (
        (days.entry_from - timedelta(days=1), Phase.BEFORE),
        (days.entry_until, Phase.ENTRY),
        (days.interview_from - timedelta(days=1), Phase.FIRST),
        (days.interview_until, Phase.INTERVIEWS),
        (days.final_result, Phase.FINAL),
        (days.term_from - timedelta(days=1), Phase.PREPARING),
        (days.term_until, Phase.TERM),
    )
    return next((phase for last, phase in last_days if today <= last), Phase.CLOSED)


_THIRD: Final = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>1[0-2]|[1-9])月(?P<third>[上中下])旬")


def last_day_of_third(text: str, after: date) -> date | None:
    """Return the last day of a third of a month such as ``11月中旬`` (11/20), the next after ``after``.

    None when the text says no third of a month.
    """
    match = _THIRD.search(half_width(text))
    if match is None:
        return None
    month = int(match["month"])
    year = int(match["year"] or after.year + (month < after.month))
    ends = {"上": 10, "中": 20, "下": _months.monthrange(year, month)[1]}
    return date(year, month, ends[match["third"]])
