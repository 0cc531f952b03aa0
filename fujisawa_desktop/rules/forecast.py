"""When the monthly cap is reached if somebody goes on working as usual.

What stands in the month counts as it stands: what was worked, else what is planned.  From the day
after the last of it on (not before today) each open day of the term gets what the person usually
works on that weekday.  Whole minutes throughout; nothing here is stored, and nothing decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from fujisawa_desktop.rules.calendar import is_open, month_days
from fujisawa_desktop.rules.hours import Cap, ShiftRules, cap_broken_on, week_of

WEEKS: Final = 4
"""How many weeks are looked at for the habit of somebody without an agreed usual week."""


def habit(by_day: Mapping[date, int], *, weeks: int = WEEKS) -> dict[int, int]:
    """Return what somebody has lately worked in a week: weekday (0 is Monday) → minutes.

    Looked at are the last ``weeks`` weeks up to the newest day with hours.  A weekday belongs to
    the habit if there was work on it in at least half of the weeks from the first of them with
    any; its minutes are the newest ones.
    """
    days = sorted(day for day, minutes in by_day.items() if minutes > 0)
    if not days:
        return {}
    newest = week_of(days[-1])
    lately = [day for day in days if day >= newest - timedelta(weeks=weeks - 1)]
    span = (newest - week_of(lately[0])).days // 7 + 1
    found: dict[int, list[int]] = {}
    for day in lately:
        found.setdefault(day.weekday(), []).append(by_day[day])
    return {weekday: rows[-1] for weekday, rows in sorted(found.items()) if 2 * len(rows) >= span}


def month_if_it_goes_on(
    expected: Mapping[date, int],
    *,
    year_month: tuple[int, int],
    usual: Mapping[int, int],
    rules: ShiftRules,
    today: date | None = None,
) -> dict[date, int]:
    """Return the minutes of each day of a month: what stands there, then the usual week.

    Args:
        expected: minutes per day as the month stands (see :func:`~.hours.expected_by_day`); days
            of other months are left aside.
        year_month: the month.
        usual: weekday (0 is Monday) → minutes usually worked on it.
        rules: term and closed days of the appointment.
        today: no day before it is filled; ``None`` fills from the last day with hours on.
    """
    days = month_days(*year_month)
    stands = {day: minutes for day, minutes in expected.items() if days[0] <= day <= days[-1]}
    first = max(rules.first, days[0], today or date.min)
    if stands:
        first = max(first, max(stands) + timedelta(days=1))
    last = min(rules.last, days[-1])
    added = {
        day: usual[day.weekday()]
        for day in days
        if first <= day <= last and usual.get(day.weekday()) and is_open(day, rules.closed_days)
    }
    return dict(sorted((stands | added).items()))


def cap_reached_on(
    expected: Mapping[date, int],
    *,
    year_month: tuple[int, int],
    usual: Mapping[int, int],
    rules: ShiftRules,
    cap: Cap,
    today: date | None = None,
) -> date | None:
    """Return the day of a month on which the cap is broken if it goes on as usual, if it then is.

    It may be a day that stands in the month already.  Arguments as :func:`month_if_it_goes_on`;
    ``cap`` is the cap of that month.
    """
    goes_on = month_if_it_goes_on(expected, year_month=year_month, usual=usual, rules=rules, today=today)
    return cap_broken_on(goes_on, cap)
