"""The term of an appointment: where it may end, and how long it is conditional.

地方公務員法22条の2: a fixed-term post ends with the fiscal year at the latest; its first month is
conditional (条件付採用), under many rules until fifteen days have been worked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from fujisawa_desktop.rules.calendar import add_months, fiscal_year
from fujisawa_desktop.rules.hours import Finding, Severity


def check_term(start: date, end: date) -> list[Finding]:
    """Return what is wrong with a term from ``start`` to ``end``, both days included."""
    params = {"start": start, "end": end}
    if end < start:
        return [Finding("term.end-before-start", Severity.REFUSE, params)]
    if fiscal_year(end) != fiscal_year(start):
        params["last"] = date(fiscal_year(start) + 1, 3, 31)
        return [Finding("term.beyond-fiscal-year", Severity.REFUSE, params)]
    return []


def conditional_until(
    start: date, end: date, worked_days: Iterable[date], *, needed_days: int | None = 15
) -> date:
    """Return the last day of the conditional period as far as the days worked show it now.

    One month; when fewer than ``needed_days`` days were worked by then it goes on until that many
    have been, and to the end of the term if they never are.  ``None`` keeps it at one month.
    """
    month_end = min(add_months(start, 1) - timedelta(days=1), end)
    if needed_days is None:
        return month_end
    worked = sorted(set(worked_days))
    if len(worked) < needed_days:
        return end
    return min(max(month_end, worked[needed_days - 1]), end)
