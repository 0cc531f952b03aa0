"""Working time, breaks, the cap and what a shift may not do (domain-rules §0, 1.7–1.10)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.hours import (
    Cap,
    Finding,
    PersonShifts,
    Remaining,
    Severity,
    ShiftKind,
    ShiftRules,
    ShiftTime,
    break_needed,
    cap_broken_on,
    check_shift,
    days_per_week,
    exceeds,
    expected_by_day,
    minute_of_day,
    minutes_by_day,
    month_findings,
    month_total,
    refused,
    remaining,
    week_of,
    worked_minutes,
)

BELOW = Cap(3600, inclusive=False)
WITHIN = Cap(3600, inclusive=True)
RULES = ShiftRules(date(2024, 12, 1), date(2025, 1, 31), BELOW, week_days_max=3)
NONE = PersonShifts()


def at(hour: int, minute: int = 0) -> time:
    return time(hour, minute)


def full(day: date) -> ShiftTime:
    return ShiftTime(day, at(9), at(16), 60)


def half(day: date) -> ShiftTime:
    return ShiftTime(day, at(9), at(12))


def dec(day: int) -> date:
    return date(2024, 12, day)


TEN_DAYS = [dec(day) for day in (2, 4, 6, 9, 11, 13, 16, 18, 20, 23)]


def check(
    shift: ShiftTime,
    kind: ShiftKind = ShiftKind.PLANNED,
    *,
    rules: ShiftRules = RULES,
    others: PersonShifts = NONE,
    ordered: bool = False,
) -> list[Finding]:
    return check_shift(shift, kind=kind, rules=rules, others=others, ordered=ordered)


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity.value) for finding in findings]


class TestMinutes:
    @pytest.mark.parametrize(
        ("start", "end", "pause", "minutes"),
        [
            pytest.param(at(9), at(12), 0, 180, id="1.7 half day"),
            pytest.param(at(9), at(16), 60, 360, id="1.7 full day"),
            pytest.param(at(9), at(16), 0, 420, id="1.7 without break"),
            pytest.param(at(9), at(16, 30), 60, 390, id="1.7 half an hour longer"),
            pytest.param(at(9), at(15, 45), 60, 345, id="sample: 5:45"),
            pytest.param(at(9), at(11, 50), 0, 170, id="sample: 2:50"),
        ],
    )
    def test_span_less_break(self, start: time, end: time, pause: int, minutes: int) -> None:
        assert worked_minutes(start, end, pause) == minutes
        assert ShiftTime(dec(2), start, end, pause).minutes == minutes

    @pytest.mark.parametrize(
        ("start", "end", "pause", "code", "field"),
        [
            (at(9), at(9), 0, "shift.no-time", "end"),
            (at(22), at(2), 0, "shift.end-before-start", "end"),
            (time(9, 0, 1), at(12), 0, "shift.seconds", "start"),
            (at(9), time(12, 0, 1), 0, "shift.seconds", "start"),
            (at(9), at(12), -1, "shift.break-negative", "break"),
            (at(9), at(12), 180, "shift.break-too-long", "break"),
        ],
    )
    def test_impossible_times(self, start: time, end: time, pause: int, code: str, field: str) -> None:
        with pytest.raises(ValidationError) as caught:
            worked_minutes(start, end, pause)
        assert (caught.value.code, caught.value.field) == (code, field)

    def test_a_break_may_leave_one_minute(self) -> None:
        assert worked_minutes(at(9), at(12), 179) == 1


class TestBreaks:
    """1.7 休憩（労基法34条）."""

    @pytest.mark.parametrize(("minutes", "needed"), [(360, 0), (361, 45), (480, 45), (481, 60), (0, 0)])
    def test_break_the_law_asks_for(self, minutes: int, needed: int) -> None:
        assert break_needed(minutes) == needed

    @pytest.mark.parametrize(
        ("end", "pause", "short"),
        [
            pytest.param(at(16), 0, True, id="9:00–16:00 break 0 → 420 → error"),
            pytest.param(at(16), 60, False, id="9:00–16:00 break 60 → 360 → ok"),
            pytest.param(at(16, 30), 60, False, id="9:00–16:30 break 60 → 390 → ok"),
            pytest.param(at(15), 0, False, id="6:00 exactly needs none"),
            pytest.param(at(15, 46), 45, False, id="361 with 45"),
            pytest.param(at(15, 45), 44, True, id="361 with 44"),
        ],
    )
    def test_examples(self, end: time, pause: int, *, short: bool) -> None:
        found = codes(check(ShiftTime(dec(2), at(9), end, pause)))
        assert found == ([("shift.break-short", "refuse")] if short else [])

    def test_more_than_eight_hours_need_sixty_minutes_and_a_reason(self) -> None:
        nine = ShiftTime(dec(2), at(9), at(18, 50), 50)
        assert codes(check(nine)) == [
            ("shift.break-short", "refuse"),
            ("shift.over-eight-hours", "warn"),
        ]
        assert codes(check(nine, ShiftKind.WORKED)) == [
            ("shift.break-short", "warn"),
            ("shift.over-eight-hours", "warn"),
        ]
        assert codes(check(ShiftTime(dec(2), at(9), at(18), 60))) == []

    def test_free_time_between_two_shifts_is_a_break(self) -> None:
        morning = PersonShifts(planned=[ShiftTime(dec(2), at(9), at(12))])
        assert check(ShiftTime(dec(2), at(13), at(17)), others=morning) == []
        short = check(ShiftTime(dec(2), at(12, 30), at(17)), others=morning)
        assert short == [
            Finding(
                "shift.break-short",
                Severity.REFUSE,
                {"date": dec(2), "worked_hm": 450, "needed": 45, "given": 30},
            )
        ]

    def test_shifts_that_touch_have_no_break_between_them(self) -> None:
        morning = PersonShifts(planned=[ShiftTime(dec(2), at(9), at(12))])
        (short,) = check(ShiftTime(dec(2), at(12), at(15, 1)), others=morning)
        assert (short.code, short.params["given"]) == ("shift.break-short", 0)

    def test_another_day_or_kind_does_not_count(self) -> None:
        others = PersonShifts(
            planned=[ShiftTime(dec(3), at(9), at(12))], worked=[ShiftTime(dec(2), at(9), at(12))]
        )
        assert check(ShiftTime(dec(2), at(13), at(17)), others=others) == []


class TestCap:
    """§0 discrepancy A and 1.10: 未満 or 以内, by actual minutes."""

    @pytest.mark.parametrize(
        ("total", "cap", "over"),
        [
            (3585, BELOW, False),
            (3599, BELOW, False),
            (3600, BELOW, True),
            (3600, WITHIN, False),
            (3601, WITHIN, True),
        ],
    )
    def test_readings(self, total: int, cap: Cap, *, over: bool) -> None:
        assert exceeds(total, cap) is over

    @pytest.mark.parametrize(
        ("total", "cap", "left"),
        [
            pytest.param(3585, BELOW, Remaining(14, 0, 0), id="look: 残り 0:14"),
            pytest.param(3585, WITHIN, Remaining(15, 0, 0)),
            pytest.param(0, BELOW, Remaining(3599, 9, 19)),
            pytest.param(0, WITHIN, Remaining(3600, 10, 20), id="10 × 6h = 60:00"),
            pytest.param(3240, WITHIN, Remaining(360, 1, 2)),
            pytest.param(3240, BELOW, Remaining(359, 0, 1)),
            pytest.param(3700, BELOW, Remaining(0, 0, 0)),
        ],
    )
    def test_remaining(self, total: int, cap: Cap, left: Remaining) -> None:
        assert remaining(total, cap) == left

    def test_planning_the_tenth_full_day(self) -> None:
        nine = PersonShifts(planned=[full(day) for day in TEN_DAYS[:9]])
        tenth = full(TEN_DAYS[9])
        assert check(tenth, others=nine) == [
            Finding(
                "cap.planned-not-below",
                Severity.REFUSE,
                {"total_hm": 3600, "cap_hm": 3600, "date": TEN_DAYS[9]},
            )
        ]
        within = ShiftRules(RULES.first, RULES.last, WITHIN)
        assert check(tenth, others=nine, rules=within) == []
        a_minute_less = ShiftTime(TEN_DAYS[9], at(9), at(15, 59), 60)
        assert check(a_minute_less, others=nine) == []

    def test_worked_over_the_cap_is_kept_and_warned_about(self) -> None:
        nine = PersonShifts(worked=[full(day) for day in TEN_DAYS[:9]])
        found = check(full(TEN_DAYS[9]), ShiftKind.WORKED, others=nine)
        assert codes(found) == [("cap.worked-not-below", "warn")]
        assert not refused(found)
        eleven = PersonShifts(worked=[full(day) for day in TEN_DAYS])
        within = ShiftRules(RULES.first, RULES.last, WITHIN)
        found = check(half(dec(25)), ShiftKind.WORKED, others=eleven, rules=within)
        assert codes(found) == [("cap.worked-not-within", "warn")]

    def test_a_plan_counts_beside_what_was_worked_but_not_twice(self) -> None:
        others = PersonShifts(
            planned=[full(day) for day in TEN_DAYS[:9]], worked=[half(TEN_DAYS[0]), half(TEN_DAYS[1])]
        )
        assert month_total(expected_by_day(others), dec(1)) == 9 * 360 - 2 * 180
        assert check(full(TEN_DAYS[9]), others=others) == []

    def test_planning_a_day_already_worked_adds_nothing(self) -> None:
        others = PersonShifts(worked=[full(day) for day in TEN_DAYS])
        assert check(full(TEN_DAYS[0]), others=others) == []

    def test_another_month_has_its_own_cap(self) -> None:
        others = PersonShifts(planned=[full(day) for day in TEN_DAYS[:9]])
        assert check(full(date(2025, 1, 6)), others=others) == []

    def test_day_the_cap_is_broken_on(self) -> None:
        by_day = minutes_by_day(full(day) for day in TEN_DAYS)
        assert cap_broken_on(by_day, BELOW) == dec(23)
        assert cap_broken_on(by_day, WITHIN) is None
        assert cap_broken_on({}, BELOW) is None


class TestDays:
    @pytest.mark.parametrize(
        ("day", "code"),
        [
            pytest.param(date(2024, 12, 1), "shift.closed-sunday", id="§0 12/1 is a Sunday"),
            (date(2024, 12, 7), "shift.closed-saturday"),
            (date(2024, 12, 30), "shift.closed-year-end"),
            (date(2025, 1, 13), "shift.closed-holiday"),
        ],
    )
    def test_closed_days(self, day: date, code: str) -> None:
        """1.9."""
        assert codes(check(half(day))) == [(code, "refuse")]
        assert codes(check(half(day), ShiftKind.WORKED)) == [(code, "warn")]
        assert check(half(day), ordered=True) == []

    def test_the_city_can_close_more_days(self) -> None:
        rules = ShiftRules(RULES.first, RULES.last, BELOW, closed_days=frozenset({dec(10)}))
        assert codes(check(half(dec(10)), rules=rules)) == [("shift.closed-city", "refuse")]

    @pytest.mark.parametrize("day", [date(2024, 11, 29), date(2025, 2, 3)])
    def test_outside_the_term(self, day: date) -> None:
        assert codes(check(half(day))) == [("shift.outside-term", "refuse")]
        assert codes(check(half(day), ShiftKind.WORKED)) == [("shift.outside-term", "warn")]

    def test_first_and_last_day_of_the_term_are_inside(self) -> None:
        assert check(half(date(2025, 1, 31))) == []
        assert check(half(dec(2))) == []

    @pytest.mark.parametrize(
        ("start", "end", "clash"),
        [(at(9), at(12), True), (at(11, 59), at(13), True), (at(12), at(13), False), (at(8), at(9), False)],
    )
    def test_overlap(self, start: time, end: time, *, clash: bool) -> None:
        shift = ShiftTime(dec(2), start, end)
        for kind in ShiftKind:
            others = PersonShifts(**{kind.value: [half(dec(2)), half(dec(3))]})
            found = codes(check(shift, kind, others=others))
            assert found == ([("shift.overlap", "refuse")] if clash else [])

    def test_a_plan_may_lie_over_what_was_worked(self) -> None:
        assert check(half(dec(2)), others=PersonShifts(worked=[half(dec(2))])) == []


class TestWeeks:
    """§0: 週1～3日程度 is soft."""

    def test_a_fourth_day_is_warned_about(self) -> None:
        others = PersonShifts(planned=[half(dec(2)), half(dec(3))], worked=[half(dec(3)), half(dec(4))])
        assert check(half(dec(4)), others=others) == []
        found = check(half(dec(6)), others=others)
        assert found == [Finding("shift.many-days", Severity.WARN, {"date": dec(6), "days": 4, "most": 3})]
        assert check(half(dec(9)), others=others) == []

    def test_no_limit_no_warning(self) -> None:
        rules = ShiftRules(RULES.first, RULES.last, BELOW)
        others = PersonShifts(planned=[half(dec(day)) for day in (2, 3, 4, 5)])
        assert check(half(dec(6)), others=others, rules=rules) == []

    def test_weeks_begin_on_monday(self) -> None:
        assert week_of(date(2024, 12, 8)) == dec(2)
        assert days_per_week([dec(2), dec(2), dec(8), dec(9)]) == {dec(2): 2, dec(9): 1}


class TestMonth:
    """What stands in a month, day by day."""

    def found(self, shifts: PersonShifts, **more: object) -> dict[date, list[tuple[str, str]]]:
        rules = more.pop("rules", RULES)
        marks = month_findings(shifts, rules, dec(1), **more)  # type: ignore[arg-type]
        return {day: codes(findings) for day, findings in marks.items()}

    def test_a_month_in_order_says_nothing(self) -> None:
        assert self.found(PersonShifts([full(dec(2)), half(dec(4))], [full(dec(2))])) == {}

    def test_the_day_that_breaks_the_cap_and_the_later_ones(self) -> None:
        nine = [full(day) for day in TEN_DAYS[:9]]
        late = [half(dec(25)), half(dec(26))]
        assert self.found(PersonShifts(late, [*nine, full(TEN_DAYS[9])])) == {
            dec(23): [("cap.worked-not-below", "warn")],
            dec(25): [("cap.planned-not-below", "refuse")],
            dec(26): [("cap.planned-not-below", "refuse")],
        }
        within = ShiftRules(RULES.first, RULES.last, WITHIN, week_days_max=3)
        assert self.found(PersonShifts([], [*nine, full(TEN_DAYS[9])]), rules=within) == {}

    def test_what_was_worked_is_judged_instead_of_the_plan(self) -> None:
        no_break = ShiftTime(dec(2), at(9), at(16))
        assert self.found(PersonShifts([no_break])) == {dec(2): [("shift.break-short", "refuse")]}
        assert self.found(PersonShifts([no_break], [half(dec(2))])) == {}
        assert self.found(PersonShifts([half(dec(2))], [no_break])) == {
            dec(2): [("shift.break-short", "warn")]
        }

    def test_closed_days_and_orders(self) -> None:
        shifts = PersonShifts(worked=[half(dec(7)), half(dec(8))])
        assert self.found(shifts, ordered=frozenset({dec(8)})) == {
            dec(7): [("shift.closed-saturday", "warn")]
        }

    def test_overlaps(self) -> None:
        shifts = PersonShifts(worked=[half(dec(2)), ShiftTime(dec(2), at(11), at(13))])
        assert self.found(shifts) == {dec(2): [("shift.overlap", "refuse")]}

    def test_days_around_the_month_count_for_the_week_only(self) -> None:
        january = [half(date(2025, 1, day)) for day in (6, 7, 8)]
        december = [half(dec(day)) for day in (26, 27, 30, 31)]
        marks = month_findings(PersonShifts(worked=[*december, *january]), RULES, date(2025, 1, 1))
        assert marks == {}
        rules = ShiftRules(RULES.first, RULES.last, Cap(540, inclusive=True), week_days_max=2)
        marks = month_findings(PersonShifts(worked=[*december, *january]), rules, date(2025, 1, 1))
        assert {day: codes(found) for day, found in marks.items()} == {
            date(2025, 1, 8): [("shift.many-days", "warn")]
        }

    def test_no_limit_a_week(self) -> None:
        rules = ShiftRules(RULES.first, RULES.last, BELOW)
        assert self.found(PersonShifts([half(dec(d)) for d in (2, 3, 4, 5, 6)]), rules=rules) == {}


def test_hard_findings_come_first() -> None:
    others = PersonShifts(planned=[half(dec(day)) for day in (3, 4, 5)])
    found = check(ShiftTime(dec(7), at(9), at(19), 60), others=others)
    assert codes(found) == [
        ("shift.closed-saturday", "refuse"),
        ("shift.over-eight-hours", "warn"),
        ("shift.many-days", "warn"),
    ]
    assert refused(found)


shifts = st.builds(
    lambda day, start, span, pause: ShiftTime(
        dec(1) + timedelta(days=day),
        time(start // 60, start % 60),
        time((start + span) // 60, (start + span) % 60),
        min(pause, span - 1),
    ),
    st.integers(0, 61),
    st.integers(0, 12 * 60),
    st.integers(1, 11 * 60),
    st.integers(0, 90),
)


@settings(deadline=None)
@given(st.lists(shifts, max_size=12))
def test_days_add_up_to_the_shifts(found: list[ShiftTime]) -> None:
    assert sum(minutes_by_day(found).values()) == sum(shift.minutes for shift in found)
    assert list(minutes_by_day(found)) == sorted({shift.day for shift in found})


@settings(deadline=None)
@given(shifts, st.lists(shifts, max_size=8), st.lists(shifts, max_size=8), st.booleans())
def test_what_is_let_in_keeps_the_month_below_the_cap(
    shift: ShiftTime, planned: list[ShiftTime], worked: list[ShiftTime], inclusive: bool
) -> None:
    rules = ShiftRules(RULES.first, RULES.last, Cap(1500, inclusive=inclusive))
    others = PersonShifts(planned, worked)
    before = month_total(expected_by_day(others), shift.day)
    if not refused(check(shift, rules=rules, others=others)):
        after = month_total(expected_by_day(PersonShifts([*planned, shift], worked)), shift.day)
        assert after == before or not exceeds(after, rules.cap)
        for other in planned:
            apart = minute_of_day(other.end) <= minute_of_day(shift.start) or minute_of_day(
                shift.end
            ) <= minute_of_day(other.start)
            assert other.day != shift.day or apart


@settings(deadline=None)
@given(shifts, st.lists(shifts, max_size=8))
def test_worked_time_is_only_ever_refused_for_an_overlap(shift: ShiftTime, worked: list[ShiftTime]) -> None:
    found = check(shift, ShiftKind.WORKED, others=PersonShifts(worked=worked))
    assert {f.code for f in found if f.severity is Severity.REFUSE} <= {"shift.overlap"}


@settings(deadline=None)
@given(st.integers(0, 5000), st.booleans())
def test_remaining_is_exactly_what_the_cap_lets_in(total: int, inclusive: bool) -> None:
    cap = Cap(3600, inclusive=inclusive)
    left = remaining(total, cap).minutes
    assert exceeds(total + left + 1, cap)
    assert left == 0 or not exceeds(total + left, cap)
