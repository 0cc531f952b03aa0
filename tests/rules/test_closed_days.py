from __future__ import annotations

from datetime import date

import holidays as second_opinion
import pytest

from fujisawa_desktop.rules.calendar import (
    HOLIDAYS_PUBLISHED_THROUGH,
    ClosedReason,
    add_months,
    closed_reason,
    holiday_name,
    is_open,
    month_days,
    open_days,
    previous_open_day,
)


class TestClosedDays:
    def test_domain_rules_1_9_open_days_of_the_term(self) -> None:
        december = open_days(date(2024, 12, 1), date(2024, 12, 31))
        january = open_days(date(2025, 1, 1), date(2025, 1, 31))
        assert (len(december), december[0], december[-1]) == (20, date(2024, 12, 2), date(2024, 12, 27))
        assert (len(january), january[0], january[-1]) == (19, date(2025, 1, 6), date(2025, 1, 31))

    def test_domain_rules_0_interview_weekdays(self) -> None:
        expected = [date(2024, 10, 30), date(2024, 10, 31), *(date(2024, 11, n) for n in (1, 5, 6, 7, 8))]
        assert open_days(date(2024, 10, 30), date(2024, 11, 8)) == expected

    @pytest.mark.parametrize(
        ("day", "reason"),
        [
            (date(2024, 11, 2), ClosedReason.SATURDAY),
            (date(2024, 12, 1), ClosedReason.SUNDAY),
            (date(2024, 11, 4), ClosedReason.HOLIDAY),
            (date(2025, 1, 1), ClosedReason.HOLIDAY),
            (date(2024, 12, 28), ClosedReason.SATURDAY),
            (date(2024, 12, 29), ClosedReason.YEAR_END),
            (date(2024, 12, 31), ClosedReason.YEAR_END),
            (date(2025, 1, 3), ClosedReason.YEAR_END),
            (date(2025, 1, 6), None),
            (date(2024, 12, 27), None),
        ],
    )
    def test_reasons(self, day: date, reason: ClosedReason | None) -> None:
        assert closed_reason(day) is reason
        assert is_open(day) is (reason is None)

    def test_a_city_can_close_more_days(self) -> None:
        own = frozenset({date(2024, 12, 2)})
        assert closed_reason(date(2024, 12, 2), own) is ClosedReason.CITY
        assert open_days(date(2024, 12, 1), date(2024, 12, 3), own) == [date(2024, 12, 3)]

    def test_an_empty_period_has_no_days(self) -> None:
        assert open_days(date(2024, 12, 3), date(2024, 12, 2)) == []

    def test_domain_rules_3_3_holiday_names(self) -> None:
        assert "振替休日" in (holiday_name(date(2024, 11, 4)) or "")
        assert "休日" in (holiday_name(date(2026, 9, 22)) or "")
        assert holiday_name(date(2024, 11, 5)) is None

    @pytest.mark.parametrize("year", range(2000, HOLIDAYS_PUBLISHED_THROUGH + 1))
    def test_a_second_library_knows_the_same_holidays(self, year: int) -> None:
        known = second_opinion.country_holidays("JP", years=year)
        ours = {day for month in range(1, 13) for day in month_days(year, month) if holiday_name(day)}
        assert ours == set(known)

    def test_domain_rules_1_15_pay_day_before_a_closed_day(self) -> None:
        assert previous_open_day(date(2025, 12, 21)) == date(2025, 12, 19)
        assert previous_open_day(date(2025, 12, 19)) == date(2025, 12, 19)
        assert previous_open_day(date(2025, 1, 3)) == date(2024, 12, 27)


class TestMonths:
    def test_month_days(self) -> None:
        assert month_days(2024, 2)[-1] == date(2024, 2, 29)
        assert len(month_days(2024, 12)) == 31

    @pytest.mark.parametrize(
        ("day", "count", "result"),
        [
            (date(2024, 12, 1), 2, date(2025, 2, 1)),
            (date(2025, 1, 31), 1, date(2025, 2, 28)),
            (date(2024, 3, 31), -1, date(2024, 2, 29)),
            (date(2024, 12, 15), 0, date(2024, 12, 15)),
            (date(2024, 1, 15), -1, date(2023, 12, 15)),
        ],
    )
    def test_add_months(self, day: date, count: int, result: date) -> None:
        assert add_months(day, count) == result
