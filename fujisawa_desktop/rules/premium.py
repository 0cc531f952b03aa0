"""Work that brings a premium (割増): beyond eight hours a day, or beyond forty a week (労基法37条).

A week runs from Sunday to Saturday where nothing else is ruled (昭和63年1月1日 基発1号).  Minutes
beyond a day's limit count for the day and not once more for the week.  Of a week that lies in two
months each minute belongs to the month of its day: the days before count towards the week's limit
and are not paid again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class PremiumTerms:
    """From how many minutes a premium is due, and how much; some cities say 465 and 2,325 minutes."""

    day_minutes: int = 480
    week_minutes: int = 2400
    percent: int = 25


LAW: Final = PremiumTerms()
"""What the law itself says; a programme may say otherwise."""


def week_start(day: date) -> date:
    """Return the Sunday on which the week of ``day`` begins."""
    return day - timedelta(days=day.isoweekday() % 7)


def premium_minutes(by_day: Mapping[date, int], *, day_limit: int, week_limit: int) -> dict[date, int]:
    """Return the minutes that bring a premium by the day on which they lie; no day without any.

    ``by_day`` has to hold whole weeks up to the last day asked for: what was worked from Sunday on
    decides which minutes are beyond the week's limit.
    """
    found: dict[date, int] = {}
    ordinary: dict[date, int] = {}
    for day, minutes in sorted(by_day.items()):
        week = week_start(day)
        before = ordinary.get(week, 0)
        within = min(minutes, day_limit, week_limit - before)
        ordinary[week] = before + within
        if minutes > within:
            found[day] = minutes - within
    return found


def premium_rate(rate: int, percent: int = 25) -> int:
    """Return the hourly rate with the premium, 50 銭 and more rounded up (基発150号)."""
    return (rate * (100 + percent) + 50) // 100
