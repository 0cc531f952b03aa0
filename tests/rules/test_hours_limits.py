"""The exact edges of the rules of hours: one minute decides (domain-rules 0, 1.7 to 1.9)."""

from __future__ import annotations

from datetime import date, time

import pytest

from fujisawa_desktop.rules.hours import (
    Cap,
    PersonShifts,
    ShiftKind,
    ShiftRules,
    ShiftTime,
    check_shift,
    month_findings,
    worked_minutes,
)
from fujisawa_desktop.rules.shift_entry import WorkPattern

MONDAY, SUNDAY = date(2024, 12, 2), date(2024, 12, 1)
RULES = ShiftRules(date(2024, 12, 1), date(2025, 1, 31), Cap(3600))


@pytest.mark.parametrize(
    ("end", "codes"),
    [
        pytest.param(time(18, 0), [], id="eight hours exactly"),
        pytest.param(time(18, 1), ["shift.over-eight-hours"], id="a minute more"),
    ],
)
def test_a_minute_over_eight_hours(end: time, codes: list[str]) -> None:
    shift = ShiftTime(MONDAY, time(9), end, 60)
    found = check_shift(shift, kind=ShiftKind.WORKED, rules=RULES, others=PersonShifts())
    assert [finding.code for finding in found] == codes
    months = month_findings(PersonShifts(worked=[shift]), RULES, MONDAY)
    assert [finding.code for finding in months.get(MONDAY, [])] == codes


def test_what_is_not_said_is_the_stricter_reading() -> None:
    """Discrepancy A: 未満 unless the programme says 以内."""
    assert Cap(3600).most == 3599
    assert Cap(3600, inclusive=True).most == 3600


def test_without_a_break_every_minute_is_work() -> None:
    assert worked_minutes(time(9), time(12)) == 180
    assert ShiftTime(MONDAY, time(9), time(12)).minutes == 180


def test_without_an_order_a_closed_day_is_closed() -> None:
    shift = ShiftTime(SUNDAY, time(9), time(12))
    found = check_shift(shift, kind=ShiftKind.PLANNED, rules=RULES, others=PersonShifts())
    assert [finding.code for finding in found] == ["shift.closed-sunday"]
    ordered = check_shift(shift, kind=ShiftKind.PLANNED, rules=RULES, others=PersonShifts(), ordered=True)
    assert ordered == []


def test_a_pattern_without_a_break_is_all_work() -> None:
    assert WorkPattern("朝", "朝だけ", time(9), time(12)).minutes == 180
