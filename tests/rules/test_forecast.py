"""When the cap is reached if it goes on as usual."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.rules.calendar import is_open
from fujisawa_desktop.rules.forecast import cap_reached_on, habit, month_if_it_goes_on
from fujisawa_desktop.rules.hours import Cap, ShiftRules, exceeds

BELOW, WITHIN = Cap(3600, inclusive=False), Cap(3600, inclusive=True)
RULES = ShiftRules(date(2024, 12, 1), date(2025, 1, 31), BELOW)
DECEMBER = (2024, 12)
FULL_MON_WED_FRI = {0: 360, 2: 360, 4: 360}


def dec(day: int) -> date:
    return date(2024, 12, day)


def reached(
    expected: dict[date, int],
    usual: dict[int, int],
    *,
    rules: ShiftRules = RULES,
    cap: Cap = BELOW,
    today: date | None = None,
    month: tuple[int, int] = DECEMBER,
) -> date | None:
    return cap_reached_on(expected, year_month=month, usual=usual, rules=rules, cap=cap, today=today)


class TestTheDay:
    def test_three_full_days_a_week_reach_the_cap_with_the_tenth(self) -> None:
        """§0: 10 full days are 60:00, over 未満 and not over 以内."""
        assert reached({}, FULL_MON_WED_FRI) == dec(23)
        assert reached({}, FULL_MON_WED_FRI, cap=WITHIN) == dec(25)

    def test_what_stands_counts_as_it_stands(self) -> None:
        stands = {dec(2): 170, dec(4): 170}
        assert reached(stands, FULL_MON_WED_FRI) == dec(27)
        assert reached({dec(day): 360 for day in (2, 3, 4, 5, 6, 9, 10, 11, 12)}, {}) is None
        assert reached({dec(day): 360 for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)}, {}) == dec(13)

    def test_it_goes_on_after_the_last_day_with_hours(self) -> None:
        stands = {dec(2): 360, dec(13): 360}
        assert month_if_it_goes_on(stands, year_month=DECEMBER, usual={1: 180, 4: 180}, rules=RULES) == {
            dec(2): 360,
            dec(13): 360,
            dec(17): 180,
            dec(20): 180,
            dec(24): 180,
            dec(27): 180,
        }

    def test_not_before_today(self) -> None:
        goes_on = month_if_it_goes_on(
            {dec(2): 360}, year_month=DECEMBER, usual={0: 180}, rules=RULES, today=dec(16)
        )
        assert goes_on == {dec(2): 360, dec(16): 180, dec(23): 180}
        past = month_if_it_goes_on(
            {}, year_month=DECEMBER, usual={0: 180}, rules=RULES, today=date(2025, 1, 5)
        )
        assert past == {}

    def test_closed_days_and_days_outside_the_term_get_nothing(self) -> None:
        rules = ShiftRules(dec(10), dec(26), BELOW, closed_days=frozenset({dec(17)}))
        every_day = dict.fromkeys(range(7), 60)
        goes_on = month_if_it_goes_on({}, year_month=DECEMBER, usual=every_day, rules=rules)
        assert list(goes_on) == [dec(day) for day in (10, 11, 12, 13, 16, 18, 19, 20, 23, 24, 25, 26)]

    def test_another_month_is_another_cap(self) -> None:
        stands = {dec(day): 360 for day in (2, 3, 4, 5, 6, 9, 10, 11, 12)} | {date(2025, 1, 31): 60}
        assert reached(stands, {}, month=(2025, 1)) is None
        assert reached(stands, {0: 360}) == dec(16)

    def test_a_weekday_with_nothing_adds_nothing(self) -> None:
        assert month_if_it_goes_on({}, year_month=DECEMBER, usual={0: 0}, rules=RULES) == {}


class TestHabit:
    def test_nobody_has_one_without_hours(self) -> None:
        assert habit({}) == {}
        assert habit({dec(2): 0}) == {}

    def test_what_was_worked_in_half_of_the_weeks(self) -> None:
        by_day = {
            dec(2): 360,
            dec(9): 180,  # every Monday, lately shorter
            dec(4): 360,  # one Wednesday of two
            dec(16): 180,
            dec(20): 60,  # one Friday of three
        }
        assert habit(by_day) == {0: 180}
        assert habit({dec(2): 360, dec(9): 180, dec(4): 360}) == {0: 180, 2: 360}

    def test_only_the_last_weeks_count(self) -> None:
        mondays = {dec(2) + timedelta(weeks=week): 180 for week in range(6)}
        fridays = {dec(6) + timedelta(weeks=week): 360 for week in range(2)}
        assert habit(mondays | fridays) == {0: 180}
        assert habit(mondays | fridays, weeks=6) == {0: 180}
        assert habit(mondays | {dec(6): 360, dec(13): 360, dec(20): 360}, weeks=6) == {0: 180, 4: 360}

    def test_weeks_before_the_first_hours_do_not_count_against_it(self) -> None:
        assert habit({dec(20): 240}) == {4: 240}


days = st.dictionaries(st.integers(0, 30).map(lambda at: dec(1) + timedelta(days=at)), st.integers(1, 600))
weeks = st.dictionaries(st.integers(0, 6), st.integers(0, 480))


@settings(deadline=None)
@given(days, weeks, st.integers(0, 40), st.booleans())
def test_it_goes_on_only_forward_and_only_on_open_days(
    stands: dict[date, int], usual: dict[int, int], at: int, inclusive: bool
) -> None:
    today = dec(1) + timedelta(days=at)
    goes_on = month_if_it_goes_on(stands, year_month=DECEMBER, usual=usual, rules=RULES, today=today)
    assert {day: goes_on[day] for day in stands} == stands
    for day in set(goes_on) - set(stands):
        assert day >= today
        assert not stands or day > max(stands)
        assert is_open(day)
        assert goes_on[day] == usual[day.weekday()]
    cap = Cap(1500, inclusive=inclusive)
    day_of_cap = reached(stands, usual, cap=cap, today=today)
    total = sum(goes_on.values())
    assert (day_of_cap is not None) == exceeds(total, cap)
    if day_of_cap is not None:
        until = sum(minutes for day, minutes in goes_on.items() if day <= day_of_cap)
        assert exceeds(until, cap)
        assert not exceeds(until - goes_on[day_of_cap], cap)


@pytest.mark.parametrize("today", [None, dec(1)])
def test_a_half_day_more_or_less_decides(today: date | None) -> None:
    nine = {dec(day): 360 for day in (2, 4, 6, 9, 11, 13, 16, 18, 20)}
    assert reached(nine, {0: 359}, today=today) is None
    assert reached(nine, {0: 360}, today=today) == dec(23)
    assert reached(nine, {0: 360}, today=today, cap=WITHIN) is None
