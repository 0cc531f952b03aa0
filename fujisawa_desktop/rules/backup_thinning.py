"""Which copies of a file are kept, and which make room: a pure rule, the same whenever it is asked.

All copies of two days, then the newest of each of twelve days, of each of ten weeks and of each of
thirteen periods of four weeks: about a year.  A week begins on Monday and belongs to one
period as a whole, so a copy that is once let go would never have been wanted again: thinning every
day keeps the same copies as thinning once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

ALL_DAYS: Final = 2
"""Today and the day before: every copy."""
DAYS: Final = 12
WEEKS: Final = 10
PERIODS: Final = 13
PERIOD_WEEKS: Final = 4
GUARDED: Final = timedelta(days=90)
"""So long the copies made before a step that changes the whole file are kept, each of them."""
_WEEK: Final = 7


class BackupReason(StrEnum):
    """Why a copy was made."""

    BY_HAND = "by-hand"
    OPENED = "opened"
    IMPORT = "import"
    BULK = "bulk"
    TIMED = "timed"
    CLOSED = "closed"
    MIGRATION = "migration"
    RESTORE = "restore"
    REPAIR = "repair"


GUARDED_REASONS: Final = frozenset({BackupReason.MIGRATION, BackupReason.RESTORE, BackupReason.REPAIR})


@dataclass(frozen=True, slots=True)
class DatedCopy:
    """One copy as the rule sees it."""

    name: str
    made_at: datetime
    reason: BackupReason


def kept_copies(copies: Iterable[DatedCopy], *, now: datetime) -> frozenset[str]:
    """Return the names of the copies that stay.

    The newest copy always stays, what a clerk made by hand too, and for ninety days what was made
    before a restore, a migration or a repair.  A copy from the future (the clock was wrong) stays.
    """
    ordered = sorted(copies, key=lambda copy: (copy.made_at, copy.name))
    kept = {copy.name for copy in ordered if _is_guarded(copy, now)}
    kept.update(copy.name for copy in ordered[-1:])
    newest: dict[tuple[str, int], str] = {}
    for copy in ordered:
        bucket = _bucket(copy.made_at.date(), now.date())
        if bucket is None:
            continue
        if bucket[0] == "all":
            kept.add(copy.name)
        else:
            newest[bucket] = copy.name
    return frozenset(kept.union(newest.values()))


def let_go(copies: Sequence[DatedCopy], *, now: datetime) -> tuple[str, ...]:
    """Return the names of the copies that make room, oldest first."""
    kept = kept_copies(copies, now=now)
    return tuple(copy.name for copy in sorted(copies, key=lambda copy: copy.made_at) if copy.name not in kept)


def gone_by(made_at: datetime, reason: BackupReason) -> date | None:
    """Return the first day on which no rule keeps a copy any more; None when it is never thinned.

    It goes when the next copy is made from that day on.  What is guarded is guarded for a shorter time.
    """
    if reason is BackupReason.BY_HAND:
        return None
    last_period = _week(made_at.date()) // PERIOD_WEEKS + PERIODS
    return date.fromordinal((last_period + 1) * PERIOD_WEEKS * _WEEK + 1)


def _is_guarded(copy: DatedCopy, now: datetime) -> bool:
    if copy.reason is BackupReason.BY_HAND:
        return True
    return copy.reason in GUARDED_REASONS and now - copy.made_at < GUARDED


def _bucket(day: date, today: date) -> tuple[str, int] | None:
    """Return of which stretch of time the newest copy stays; nothing beyond the last stretch."""
    age = (today - day).days
    if age < ALL_DAYS:
        return "all", 0
    if age < ALL_DAYS + DAYS:
        return "day", day.toordinal()
    week, this_week = _week(day), _week(today)
    if this_week - week <= (ALL_DAYS + DAYS) // _WEEK + WEEKS:
        return "week", week
    period, this_period = week // PERIOD_WEEKS, this_week // PERIOD_WEEKS
    if this_period - period <= PERIODS:
        return "period", period
    return None


def _week(day: date) -> int:
    """Return the number of the week, which begins on Monday; day 1 of the calendar is one."""
    return (day.toordinal() - 1) // _WEEK
