"""The exact edges of the rules of hours: one minute decides (domain-rules 0, 1.7 to 1.9)."""

from __future__ import annotations

from datetime import date, time

import pytest

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.hours import (
    Cap,
    Finding,
    PersonShifts,
    Severity,
    ShiftKind,
    ShiftRules,
    ShiftTime,
    check_day,
    check_shift,
    month_findings,
    needs_reason,
    week_of,
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


@pytest.mark.parametrize("kind", list(ShiftKind))
def test_each_stretch_of_a_cell_is_judged_with_those_before_it(kind: ShiftKind) -> None:
    cell = [
        ShiftTime(MONDAY, time(9), time(12)),
        ShiftTime(MONDAY, time(11), time(13)),
        ShiftTime(MONDAY, time(14), time(15)),
    ]
    found = check_day(cell, kind=kind, rules=RULES, others=PersonShifts())
    assert [(finding.code, finding.params["start"]) for finding in found] == [("shift.overlap", time(9))]
    assert check_day([], kind=kind, rules=RULES, others=PersonShifts()) == []
    closed = [ShiftTime(SUNDAY, time(9), time(12))]
    codes = [f.code for f in check_day(closed, kind=kind, rules=RULES, others=PersonShifts())]
    assert codes == ["shift.closed-sunday"]
    assert check_day(closed, kind=kind, rules=RULES, others=PersonShifts(), ordered=True) == []


def test_a_plan_is_not_held_against_what_was_worked() -> None:
    worked = PersonShifts(worked=[ShiftTime(MONDAY, time(9), time(12))])
    cell = [ShiftTime(MONDAY, time(9), time(12))]
    assert check_day(cell, kind=ShiftKind.PLANNED, rules=RULES, others=worked) == []
    (clash,) = check_day(cell, kind=ShiftKind.WORKED, rules=RULES, others=worked)
    assert clash.code == "shift.overlap"


@pytest.mark.parametrize(
    ("code", "needed"),
    [("shift.over-eight-hours", True), ("cap.worked-not-below", True), ("shift.many-days", False)],
)
def test_what_has_to_be_explained(code: str, *, needed: bool) -> None:
    assert needs_reason(Finding(code, Severity.WARN)) is needed


def test_weeks_of_the_grid_begin_on_monday() -> None:
    assert [week_of(date(2024, 12, day)) for day in (2, 8, 9)] == [MONDAY, MONDAY, date(2024, 12, 9)]


def test_a_minute_backwards_is_no_work() -> None:
    with pytest.raises(ValidationError, match=r"shift\.end-before-start"):
        worked_minutes(time(9, 1), time(9))
