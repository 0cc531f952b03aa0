"""Pay of a month (domain-rules 1.8, 1.10, 1.11, 1.15)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.rules.bank_accounts import is_bank_day
from fujisawa_desktop.rules.explain import Step, format_day_sum, format_sixtieths
from fujisawa_desktop.rules.hours import Severity
from fujisawa_desktop.rules.pay import (
    Rate,
    RatePart,
    Rounding,
    minimum_wage_findings,
    month_pay,
    pay_amount,
    pay_day,
    rate_on,
    round_to_hours,
)
from fujisawa_desktop.rules.premium import PremiumTerms

A, B, C = Rounding.A, Rounding.B, Rounding.C
R6 = (Rate(date(2024, 12, 1), 1258),)
NO_PREMIUM = PremiumTerms(day_minutes=1440, week_minutes=10_080)


def dec(day: int) -> date:
    return date(2024, 12, day)


# 1.10: minutes, A, B, C
TABLE = [
    (3585, 75_166, 75_165, 75_480),
    (3555, 74_537, 74_536, 74_222),
    (3600, 75_480, 75_480, 75_480),
    (3260, 68_351, 68_351, 67_932),
    (3230, 67_722, 67_722, 67_932),
    (180, 3_774, 3_774, 3_774),
    (360, 7_548, 7_548, 7_548),
    (50, 1_048, 1_048, 1_258),
    (3 * 170, 10_693, 10_693, 11_322),
]


class TestAmount:
    @pytest.mark.parametrize(("minutes", "by_a", "by_b", "by_c"), TABLE)
    def test_table_of_1_10(self, minutes: int, by_a: int, by_b: int, by_c: int) -> None:
        assert pay_amount(1258, minutes) == by_a
        assert [pay_amount(1258, minutes, way) for way in (A, B, C)] == [by_a, by_b, by_c]

    def test_per_day_rounding_would_be_wrong(self) -> None:
        """1.10: 2:50 on three days."""
        days = {dec(day): 170 for day in (2, 4, 6)}
        assert month_pay(days, R6).yen == 10_693
        assert sum(pay_amount(1258, minutes) for minutes in days.values()) == 10_692

    @pytest.mark.parametrize(
        ("minutes", "yen"),
        [pytest.param(3585, 75_166), (3600, 75_480), (1080, 22_644), (510, 10_693)],
    )
    def test_sample_month(self, minutes: int, yen: int) -> None:
        assert pay_amount(1258, minutes, A) == yen

    @pytest.mark.parametrize(("rate", "yen"), [(29, 0), (30, 1), (89, 1), (90, 2)])
    def test_half_a_yen_goes_up_and_less_is_dropped(self, rate: int, yen: int) -> None:
        assert pay_amount(rate, 1) == yen

    @pytest.mark.parametrize(("minutes", "hours"), [(29, 0), (30, 60), (89, 60), (90, 120), (0, 0)])
    def test_hours_of_c(self, minutes: int, hours: int) -> None:
        assert round_to_hours(minutes) == hours

    @pytest.mark.parametrize(
        ("rate", "minutes", "code"), [(-1, 60, "pay.rate-negative"), (1, -1, "pay.minutes-negative")]
    )
    def test_negative_values(self, rate: int, minutes: int, code: str) -> None:
        with pytest.raises(ValidationError, match=code):
            pay_amount(rate, minutes)

    @settings(deadline=None)
    @given(st.integers(0, 5000), st.integers(0, 10_000))
    def test_rounding_is_the_nearest_yen_half_up(self, rate: int, minutes: int) -> None:
        exact = Fraction(rate * minutes, 60)
        assert -Fraction(1, 2) < exact - pay_amount(rate, minutes, A) < Fraction(1, 2) or (
            exact + Fraction(1, 2) == pay_amount(rate, minutes, A)
        )
        assert 0 <= exact - pay_amount(rate, minutes, B) < 1
        assert pay_amount(rate, minutes, C) == rate * ((minutes + 30) // 60)


days_of_month = st.dictionaries(st.integers(1, 31).map(dec), st.integers(0, 720), min_size=1, max_size=31)


class TestMonth:
    @settings(deadline=None)
    @given(days_of_month, st.integers(900, 3000), st.sampled_from(list(Rounding)))
    def test_the_sum_of_minutes_is_rounded_once(
        self, days: dict[date, int], rate: int, rounding: Rounding
    ) -> None:
        pay = month_pay(days, [Rate(dec(1), rate)], rounding, premium=NO_PREMIUM)
        assert pay.premium == 0
        assert pay.minutes == sum(days.values())
        assert pay.yen == pay_amount(rate, sum(days.values()), rounding)

    @settings(deadline=None)
    @given(days_of_month, st.randoms(use_true_random=False), st.sampled_from(list(Rounding)))
    def test_the_order_of_days_changes_nothing(self, days: dict[date, int], random, rounding) -> None:
        shuffled = list(days.items())
        random.shuffle(shuffled)
        rates = [Rate(dec(1), 1258), Rate(dec(16), 1300)]
        assert month_pay(dict(shuffled), rates, rounding) == month_pay(days, rates, rounding)

    @settings(deadline=None)
    @given(days_of_month, st.integers(2, 31), st.sampled_from(list(Rounding)))
    def test_a_change_to_the_same_rate_changes_nothing(
        self, days: dict[date, int], change: int, rounding: Rounding
    ) -> None:
        same = [Rate(dec(1), 1258), Rate(dec(change), 1258)]
        assert month_pay(days, same, rounding).yen == month_pay(days, R6, rounding).yen

    @pytest.mark.parametrize(
        ("rounding", "yen"),
        [
            # 85 min × 1,258 + 50 min × 1,301 = 106,930 + 65,050 sixtieths = 2,866.33
            pytest.param(A, 2_866, id="A"),
            pytest.param(B, 2_866, id="B"),
            # 135 min → 2 h: 15 minutes fall off the latest rate: 85 × 1,258 + 35 × 1,301 = 2,541.08
            pytest.param(C, 2_541, id="C"),
        ],
    )
    def test_rate_change_within_a_month(self, rounding: Rounding, yen: int) -> None:
        """1.11."""
        rates = (Rate(date(2024, 12, 16), 1301), Rate(date(2024, 12, 1), 1258))
        pay = month_pay({dec(2): 85, dec(16): 50}, rates, rounding)
        assert pay.yen == yen
        assert pay.parts == (RatePart(rates[1], 85), RatePart(rates[0], 50))

    def test_one_rounding_over_both_rates(self) -> None:
        """Each part ends in 50 銭 (62.50 + 62.50): two roundings would pay a yen too much."""
        rates = (Rate(dec(1), 150), Rate(dec(16), 250))
        assert month_pay({dec(2): 25, dec(16): 15}, rates).yen == 125
        assert pay_amount(150, 25) + pay_amount(250, 15) == 126

    def test_hours_dropped_by_c_reach_back_to_the_rate_before(self) -> None:
        rates = (Rate(dec(1), 1200), Rate(dec(16), 1500))
        assert month_pay({dec(2): 80, dec(16): 5}, rates, C).yen == 1200
        assert month_pay({dec(2): 80, dec(16): 25}, rates, C).yen == 1600 + 1000

    def test_a_day_before_the_first_rate(self) -> None:
        with pytest.raises(RuleError, match=r"pay\.no-rate"):
            month_pay({date(2024, 11, 29): 60}, R6)

    def test_rate_in_force(self) -> None:
        rates = (Rate(date(2024, 12, 1), 1258), Rate(date(2025, 1, 1), 1300))
        assert rate_on(rates, date(2024, 12, 31)).yen == 1258
        assert rate_on(rates, date(2025, 1, 1)).yen == 1300

    def test_steps_tell_how_the_amount_came_about(self) -> None:
        days = {dec(day): 360 for day in (2, 4, 6, 9, 11, 13, 16, 18, 20)} | {dec(23): 345}
        assert month_pay(days, R6).steps == (
            Step(
                "explain.worked",
                {"days": 10, "sum": "6:00×9 + 5:45", "total_hm": 3585, "minutes": "3,585"},
            ),
            Step("explain.rate", {"rate_yen": 1258, "since": "2024/12/1"}),
            Step("explain.product", {"minutes": "3,585", "rate_yen": 1258, "exact": "75,165.50"}),
            Step("explain.rounding-a", {"exact": "75,165.50", "result_yen": 75_166}),
        )
        by_c = month_pay(days, R6, C).steps
        assert by_c[1] == Step("explain.hours-rounded", {"total_hm": 3585, "paid_hm": 3600})
        assert by_c[3].params["minutes"] == "3,600"
        assert by_c[-1] == Step("explain.rounding-c", {"exact": "75,480.00", "result_yen": 75_480})

    def test_a_month_without_work(self) -> None:
        pay = month_pay({}, R6)
        assert (pay.minutes, pay.yen, pay.steps) == (0, 0, (Step("explain.no-work"),))
        assert month_pay({dec(2): 0}, R6, B).steps == (Step("explain.no-work"),)

    def test_a_sum_of_days(self) -> None:
        assert format_day_sum([170, 360, 170]) == "6:00 + 2:50×2"
        assert format_day_sum([]) == ""
        assert format_day_sum([119, 59, 120]) == "2:00 + 1:59 + 0:59"

    @pytest.mark.parametrize(
        ("sixtieths", "text"), [(4_509_930, "75,165.50"), (59, "0.98"), (0, "0.00"), (20, "0.33")]
    )
    def test_exact_amounts(self, sixtieths: int, text: str) -> None:
        assert format_sixtieths(sixtieths) == text


class TestMinimumWage:
    """1.11: 神奈川."""

    WAGES = (Rate(date(2024, 10, 1), 1162), Rate(date(2025, 10, 4), 1225))

    @pytest.mark.parametrize(
        ("rate", "day", "minimum"),
        [
            (1258, date(2024, 12, 1), None),
            (1161, date(2024, 12, 1), 1162),
            (1162, date(2024, 12, 1), None),
            (1200, date(2025, 10, 3), None),
            (1200, date(2025, 10, 4), 1225),
            (1, date(2024, 9, 30), None),
        ],
    )
    def test_warning(self, rate: int, day: date, minimum: int | None) -> None:
        found = minimum_wage_findings(rate, day, self.WAGES)
        assert [finding.params["minimum_yen"] for finding in found] == ([minimum] if minimum else [])
        assert all(finding.severity is Severity.WARN for finding in found)


class TestPayDay:
    """1.15."""

    @pytest.mark.parametrize(
        ("month", "day_of_month", "offset", "expected"),
        [
            pytest.param((2025, 11), 21, 1, date(2025, 12, 19), id="1.15 a Sunday moves to Friday"),
            pytest.param((2024, 12), 21, 1, date(2025, 1, 21), id="over the turn of the year"),
            pytest.param((2025, 1), 31, 1, date(2025, 2, 28), id="a day the month lacks"),
            pytest.param((2024, 12), 20, 0, date(2024, 12, 20), id="the same month"),
            pytest.param((2025, 11), 31, 1, date(2025, 12, 26), id="before the turn of the year"),
        ],
    )
    def test_moved_before_closed_days(
        self, month: tuple[int, int], day_of_month: int, offset: int, expected: date
    ) -> None:
        assert pay_day(*month, day_of_month=day_of_month, month_offset=offset) == expected

    def test_the_citys_own_closed_days_count(self) -> None:
        closed = frozenset({date(2025, 1, 21), date(2025, 1, 20)})
        assert pay_day(2024, 12, day_of_month=21, closed_days=closed) == date(2025, 1, 17)

    @settings(deadline=None)
    @given(st.integers(2020, 2026), st.integers(1, 12), st.integers(1, 31))
    def test_never_after_the_day_that_was_named(self, year: int, month: int, day: int) -> None:
        paid = pay_day(year, month, day_of_month=day, month_offset=0)
        assert paid.weekday() < 5
        assert is_bank_day(paid)  # the office is open on no day on which banks are closed
        nominal = date(year, month, 1) + timedelta(days=day - 1)
        assert paid <= nominal
