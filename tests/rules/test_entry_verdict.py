"""What is told about a text while it is typed."""

from __future__ import annotations

from datetime import date, time

from fujisawa_desktop.rules.entry_verdict import Verdict, judge_entry
from fujisawa_desktop.rules.hours import (
    Cap,
    Finding,
    PersonShifts,
    Severity,
    ShiftKind,
    ShiftRules,
    ShiftTime,
    check_day,
    needs_reason,
)
from fujisawa_desktop.rules.shift_entry import WorkPattern

FULL = WorkPattern("終", "終日", time(9), time(16), time(12), 60)
HALF = WorkPattern("半", "半日", time(9), time(12))
RULES = ShiftRules(date(2024, 12, 1), date(2025, 1, 31), Cap(3600), week_days_max=3)
DAY = date(2024, 12, 23)
NINE = [ShiftTime(date(2024, 12, day), time(9), time(16), 60) for day in (2, 4, 6, 9, 11, 13, 16, 18, 20)]


def judge(
    text: str,
    day: date = DAY,
    *,
    kind: ShiftKind = ShiftKind.PLANNED,
    others: PersonShifts | None = None,
    ordered: bool = False,
) -> Verdict:
    return judge_entry(
        text,
        day,
        kind=kind,
        rules=RULES,
        others=others or PersonShifts(),
        patterns=(FULL, HALF),
        ordered=ordered,
    )


def codes(verdict: Verdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


def test_what_was_understood() -> None:
    verdict = judge("9-15:45")
    assert verdict.shifts == (ShiftTime(DAY, time(9), time(15, 45), 60),)
    assert (verdict.minutes, verdict.refused, verdict.error, codes(verdict)) == (345, False, None, [])
    assert judge("半, 13-14").minutes == 240


def test_an_empty_text_means_nothing() -> None:
    assert judge("") == Verdict()
    assert (judge(" ").minutes, judge(" ").refused) == (0, False)


def test_what_cannot_be_read_says_why() -> None:
    verdict = judge("9-24:00")
    assert verdict.error is not None
    assert (verdict.error.code, verdict.refused, verdict.shifts) == ("shift.midnight", True, ())


def test_the_cap_is_seen_before_return() -> None:
    """1.10: planned 3600 under 未満 is an error, 3599 is right."""
    others = PersonShifts(planned=NINE)
    assert codes(judge("終", others=others)) == ["cap.planned-not-below"]
    assert judge("終", others=others).refused
    assert not judge("9-15:59", others=others).refused
    worked = judge("終", kind=ShiftKind.WORKED, others=PersonShifts(worked=NINE))
    assert (codes(worked), worked.refused) == (["cap.worked-not-below"], False)


def test_the_gravest_comes_first() -> None:
    others = PersonShifts(planned=[ShiftTime(date(2024, 12, day), time(9), time(12)) for day in (3, 4, 5)])
    verdict = judge("8-19/60", date(2024, 12, 6), others=others)
    assert codes(verdict) == ["shift.over-eight-hours", "shift.many-days"]
    both = judge("9-12, 11-13", date(2024, 12, 6), others=others)
    assert codes(both)[0] == "shift.overlap"
    assert both.refused


def test_an_order_opens_a_closed_day() -> None:
    saturday = date(2024, 12, 7)
    assert codes(judge("半", saturday)) == ["shift.closed-saturday"]
    assert codes(judge("半", saturday, ordered=True)) == []


def test_stretches_of_one_cell_are_judged_together() -> None:
    parts = [ShiftTime(DAY, time(9), time(12)), ShiftTime(DAY, time(12), time(15, 1))]
    for kind, severity in ((ShiftKind.PLANNED, Severity.REFUSE), (ShiftKind.WORKED, Severity.WARN)):
        found = check_day(parts, kind=kind, rules=RULES, others=PersonShifts())
        assert [(one.code, one.severity) for one in found] == [("shift.break-short", severity)]
    worked = PersonShifts(worked=[parts[0]])
    clash = check_day([parts[0]], kind=ShiftKind.WORKED, rules=RULES, others=worked)
    assert [one.code for one in clash] == ["shift.overlap"]
    assert check_day([parts[0]], kind=ShiftKind.PLANNED, rules=RULES, others=worked) == []
    assert check_day([], kind=ShiftKind.PLANNED, rules=RULES, others=worked) == []


def test_what_wants_a_reason() -> None:
    wanted = {
        "cap.worked-not-below": True,
        "shift.break-short": True,
        "shift.over-eight-hours": True,
        "shift.closed-sunday": True,
        "shift.outside-term": True,
        "shift.many-days": False,
    }
    assert {code: needs_reason(Finding(code, Severity.WARN)) for code in wanted} == wanted
