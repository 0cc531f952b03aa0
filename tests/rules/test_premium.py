"""The premium for long days and weeks (domain-rules 1.8; 労基法37条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.hours import Finding, Severity
from fujisawa_desktop.rules.pay import Rate, RatePart, Rounding, month_pay, pay_amount
from fujisawa_desktop.rules.premium import LAW, PremiumTerms, premium_minutes, premium_rate, week_start

A, B, C = Rounding.A, Rounding.B, Rounding.C
R6 = (Rate(date(2024, 12, 1), 1258),)


def dec(day: int) -> date:
    return date(2024, 12, day)


def extra(by_day: dict[date, int]) -> dict[date, int]:
    return premium_minutes(by_day, day_limit=480, week_limit=2400)


@pytest.mark.parametrize(
    ("rate", "percent", "yen"),
    [
        pytest.param(1258, 25, 1573, id="1.8: 1,572.50 → 1,573"),
        pytest.param(1257, 25, 1571, id="1,571.25"),
        pytest.param(1000, 25, 1250),
        pytest.param(1000, 35, 1350, id="another percentage"),
        pytest.param(1258, 0, 1258),
        pytest.param(1, 49, 1, id="1.49"),
        pytest.param(1, 50, 2, id="1.50"),
    ],
)
def test_hourly_rate_with_the_premium(rate: int, percent: int, yen: int) -> None:
    assert premium_rate(rate, percent) == yen


def test_a_quarter_is_usual() -> None:
    assert premium_rate(1258) == 1573
    assert PremiumTerms() == LAW == PremiumTerms(day_minutes=480, week_minutes=2400, percent=25)


@pytest.mark.parametrize(
    ("day", "sunday"),
    [(dec(1), dec(1)), (dec(2), dec(1)), (dec(7), dec(1)), (dec(8), dec(8)), (date(2025, 1, 1), dec(29))],
)
def test_weeks_begin_on_sunday(day: date, sunday: date) -> None:
    assert week_start(day) == sunday
    assert sunday.strftime("%a") == "Sun"


class TestMinutes:
    @pytest.mark.parametrize(
        ("by_day", "expected"),
        [
            pytest.param({}, {}, id="nothing"),
            pytest.param({dec(2): 480}, {}, id="eight hours exactly"),
            pytest.param({dec(2): 481}, {dec(2): 1}, id="a minute more"),
            pytest.param({dec(d): 480 for d in range(2, 7)}, {}, id="forty hours exactly"),
            pytest.param({dec(d): 480 for d in range(2, 8)}, {dec(7): 480}, id="the sixth day"),
            pytest.param({dec(d): 405 for d in range(2, 8)}, {dec(7): 30}, id="half an hour over forty"),
            pytest.param(
                {dec(d): 480 for d in (4, 5, 6, 7, 8, 9)}, {}, id="two weeks: Sunday begins the second"
            ),
            pytest.param(
                {dec(d): 540 for d in range(2, 7)},
                {dec(d): 60 for d in range(2, 7)},
                id="minutes beyond a day's limit do not fill the week",
            ),
            pytest.param(
                {dec(d): 540 for d in range(2, 8)},
                {**{dec(d): 60 for d in range(2, 7)}, dec(7): 540},
                id="a day over both limits counts once",
            ),
            pytest.param({dec(d): 600 for d in range(2, 5)}, {dec(d): 120 for d in range(2, 5)}),
        ],
    )
    def test_beyond_the_day_and_the_week(self, by_day: dict[date, int], expected: dict[date, int]) -> None:
        assert extra(by_day) == expected
        assert extra(dict(reversed(by_day.items()))) == expected

    def test_limits_of_the_city(self) -> None:
        """1.8: some pay from 7h45m a day and 38h45m a week."""
        days = {dec(d): 465 for d in range(2, 8)}
        days[dec(2)] = 466
        found = premium_minutes(days, day_limit=465, week_limit=2325)
        assert found == {dec(2): 1, dec(7): 465}

    weeks = st.dictionaries(st.integers(1, 31).map(dec), st.integers(0, 900), max_size=20)

    @settings(deadline=None)
    @given(weeks)
    def test_no_minute_twice_and_none_forgotten(self, by_day: dict[date, int]) -> None:
        found = extra(by_day)
        ordinary = {day: minutes - found.get(day, 0) for day, minutes in by_day.items()}
        assert all(0 < found[day] <= by_day[day] for day in found)
        assert all(0 <= minutes <= 480 for minutes in ordinary.values())
        for sunday in {week_start(day) for day in by_day}:
            week = [sunday + timedelta(days=n) for n in range(7)]
            worked = sum(min(by_day.get(day, 0), 480) for day in week)
            assert sum(ordinary.get(day, 0) for day in week) == min(2400, worked)


class TestPay:
    def test_a_long_day_is_paid_with_the_premium_and_pointed_out(self) -> None:
        pay = month_pay({dec(2): 480, dec(3): 510}, R6)
        params = {"date": dec(3), "over_hm": 30, "premium_yen": 1573}
        assert pay.findings == (Finding("pay.premium-to-check", Severity.WARN, params),)
        # 960 min × 1,258 + 30 min × 1,573 = 20,128 + 786.50
        assert (pay.minutes, pay.yen, pay.premium) == (990, 20_915, 20_915 - 20_757)
        assert pay_amount(1258, 990) == 20_757
        assert pay.parts == (RatePart(R6[0], 960), RatePart(R6[0], 30, 1573))
        assert [part.yen for part in pay.parts] == [1258, 1573]

    def test_without_long_days_there_is_no_premium(self) -> None:
        pay = month_pay({dec(2): 480}, R6)
        assert (pay.premium, pay.findings) == (0, ())

    def test_the_way_of_computing_it_is_told(self) -> None:
        steps = month_pay({dec(2): 510}, R6).steps
        assert steps[1:] == (
            Step("explain.rate", {"rate_yen": 1258, "since": "2024/12/1"}),
            Step("explain.product", {"minutes": "480", "rate_yen": 1258, "exact": "10,064.00"}),
            Step(
                "explain.premium",
                {
                    "base_yen": 1258,
                    "percent": 25,
                    "day_hm": 480,
                    "week_hm": 2400,
                    "minutes": "30",
                    "rate_yen": 1573,
                    "exact": "786.50",
                },
            ),
            Step("explain.rounding-a", {"exact": "10,850.50", "result_yen": 10_851}),
            Step("explain.premium-part", {"result_yen": 158}),
        )
        assert pay_amount(1258, 510) == 10_851 - 158

    def test_no_line_for_minutes_that_are_none(self) -> None:
        """The sixth day of forty-hour weeks is premium alone."""
        before = {dec(d): 480 for d in range(1, 6)}
        codes = [step.code for step in month_pay({dec(6): 60}, R6, before=before).steps]
        assert codes == ["explain.worked", "explain.premium", "explain.rounding-a", "explain.premium-part"]

    def test_a_week_over_the_months_edge(self) -> None:
        """Sunday 12/29 to Saturday 1/4: what was worked in December fills the week, January pays."""
        december = {dec(29): 480, dec(30): 480, dec(31): 480}
        january = {date(2025, 1, day): 480 for day in (1, 2, 3)}
        pay = month_pay(january, R6, before=december)
        assert pay.minutes == 1440
        assert [(part.minutes, part.premium_yen) for part in pay.parts] == [(960, None), (480, 1573)]
        assert month_pay(december, R6).premium == 0
        assert month_pay(january, R6).premium == 0
        both = month_pay({**december, **january}, R6)
        assert both.premium == pay.premium
        assert [finding.params["date"] for finding in pay.findings] == [date(2025, 1, 3)]

    def test_long_days_before_the_month_are_not_paid_again(self) -> None:
        pay = month_pay({date(2025, 1, 1): 60}, R6, before={dec(31): 600})
        assert (pay.yen, pay.premium, pay.findings) == (1258, 0, ())

    def test_terms_of_the_programme(self) -> None:
        terms = PremiumTerms(day_minutes=465, week_minutes=2325, percent=50)
        pay = month_pay({dec(2): 480}, R6, premium=terms)
        assert pay.parts == (RatePart(R6[0], 465), RatePart(R6[0], 15, 1887))
        assert pay.yen == (465 * 1258 + 15 * 1887 + 30) // 60
        assert pay.steps[3].params["percent"] == 50

    def test_each_rate_has_its_premium(self) -> None:
        rates = (Rate(dec(1), 1000), Rate(dec(16), 1200))
        pay = month_pay({dec(2): 540, dec(16): 600}, rates)
        assert pay.parts == (
            RatePart(rates[0], 480),
            RatePart(rates[1], 480),
            RatePart(rates[0], 60, 1250),
            RatePart(rates[1], 120, 1500),
        )
        assert pay.yen == 8 * 1000 + 8 * 1200 + 1250 + 2 * 1500
        assert pay.premium == 250 + 600

    @pytest.mark.parametrize(
        ("minutes", "rounding", "yen"),
        [
            # 480 × 1,258 + 35 × 1,573 = 658,895 sixtieths of a yen = 10,981.58
            pytest.param(515, A, 10_982, id="A"),
            pytest.param(515, B, 10_981, id="B"),
            # 8:35 → 9 h: 25 minutes more at the ordinary rate, 505 × 1,258 + 35 × 1,573 = 11,505.75
            pytest.param(515, C, 11_506, id="C up"),
            # 8:29 → 8 h: 29 minutes off the ordinary ones, the premium stays: 451 × 1,258 + 29 × 1,573
            pytest.param(509, C, 10_216, id="C down"),
        ],
    )
    def test_rounded_once_with_the_premium(self, minutes: int, rounding: Rounding, yen: int) -> None:
        assert month_pay({dec(2): minutes}, R6, rounding).yen == yen

    def test_hours_rounded_are_told_with_the_premium_last(self) -> None:
        rates = (Rate(dec(1), 600), Rate(dec(7), 1200))
        steps = month_pay({dec(2): 500, dec(9): 100}, rates, C).steps
        told = [
            (step.params["rate_yen"], step.params["minutes"])
            for step in steps
            if "exact" in step.params and "minutes" in step.params
        ]
        assert told == [(600, "480"), (1200, "100"), (750, "20")]

    def test_hours_dropped_reach_premium_minutes_last(self) -> None:
        before = {dec(d): 480 for d in range(1, 6)}
        rates = (Rate(dec(1), 600), Rate(dec(7), 1200))
        pay = month_pay({dec(6): 80, dec(8): 5}, rates, C, before=before)
        # 85 min → 60: the 5 ordinary minutes first, then 20 of those with a premium: 60 × 750
        assert (pay.yen, pay.premium) == (750, 150)

    def test_what_a_day_alone_would_bring(self) -> None:
        pay = month_pay({dec(2): 510, dec(4): 170}, R6, B)
        assert pay.day_pays == {dec(2): 10_851, dec(4): 3_564}

    months = st.dictionaries(st.integers(1, 31).map(dec), st.integers(0, 900), min_size=1, max_size=20)

    @settings(deadline=None)
    @given(months, st.integers(1, 3000), st.sampled_from(list(Rounding)), st.integers(0, 100))
    def test_the_premium_is_never_negative_and_never_more_than_its_share(
        self, days: dict[date, int], rate: int, rounding: Rounding, percent: int
    ) -> None:
        rates = [Rate(dec(1), rate)]
        pay = month_pay(days, rates, rounding, premium=PremiumTerms(percent=percent))
        plain = pay_amount(rate, sum(days.values()), rounding)
        assert pay.yen - pay.premium == plain
        more = sum(extra(days).values())
        assert 0 <= pay.premium <= (more * (rate * percent + 100) + 6000) // 6000 + 1

    @settings(deadline=None)
    @given(months, st.integers(1, 31).map(dec), st.integers(1, 120), st.sampled_from([A, B]))
    def test_more_minutes_never_bring_less(
        self, days: dict[date, int], day: date, more: int, rounding: Rounding
    ) -> None:
        longer = {**days, day: days.get(day, 0) + more}
        assert month_pay(longer, R6, rounding).yen >= month_pay(days, R6, rounding).yen

    @settings(deadline=None)
    @given(months)
    def test_a_and_b_differ_by_one_yen_at_most(self, days: dict[date, int]) -> None:
        assert month_pay(days, R6, A).yen - month_pay(days, R6, B).yen in {0, 1}

    @settings(deadline=None)
    @given(months, st.randoms(use_true_random=False), st.sampled_from(list(Rounding)))
    def test_the_order_of_days_changes_nothing(self, days: dict[date, int], random, rounding) -> None:
        shuffled = list(days.items())
        random.shuffle(shuffled)
        rates = [Rate(dec(1), 1258), Rate(dec(16), 1300)]
        assert month_pay(dict(shuffled), rates, rounding) == month_pay(days, rates, rounding)

    @settings(deadline=None)
    @given(months, st.sampled_from(list(Rounding)))
    def test_the_parts_are_the_whole(self, days: dict[date, int], rounding: Rounding) -> None:
        rates = [Rate(dec(1), 1258), Rate(dec(10), 1300), Rate(dec(20), 1301)]
        pay = month_pay(days, rates, rounding)
        assert sum(part.minutes for part in pay.parts) == pay.minutes == sum(days.values())
        if rounding is not C:
            exact = sum(part.yen * part.minutes for part in pay.parts)
            assert abs(pay.yen * 60 - exact) <= (30 if rounding is A else 59)
