"""The term of an appointment (domain-rules 1.1, 1.2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fujisawa_desktop.rules.hours import refused
from fujisawa_desktop.rules.term import check_term, conditional_until

START, END = date(2024, 12, 1), date(2025, 1, 31)


def worked(count: int, first: date = date(2024, 12, 2)) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (START, END, None),
        pytest.param(START, date(2025, 3, 31), None, id="1.1 the fiscal year's last day"),
        pytest.param(START, date(2025, 4, 1), "term.beyond-fiscal-year", id="1.1 a day too long"),
        (END, START, "term.end-before-start"),
        (START, START, None),
    ],
)
def test_term(start: date, end: date, code: str | None) -> None:
    found = check_term(start, end)
    assert [finding.code for finding in found] == ([code] if code else [])
    assert refused(found) is bool(code)


def test_the_last_day_that_is_possible_is_named() -> None:
    (found,) = check_term(START, date(2025, 4, 1))
    assert found.params["last"] == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("days", "until"),
    [
        pytest.param(worked(8), END, id="1.2 eight days by 12/31: goes on"),
        pytest.param(worked(15), date(2024, 12, 31), id="fifteen days within the month"),
        pytest.param(worked(8) + worked(7, date(2025, 1, 6)), date(2025, 1, 12), id="the 15th day"),
        pytest.param([*worked(8), *worked(8)], END, id="a day counts once"),
    ],
)
def test_conditional_period(days: list[date], until: date) -> None:
    assert conditional_until(START, END, days) == until


def test_conditional_period_without_a_number_of_days() -> None:
    assert conditional_until(START, END, [], needed_days=None) == date(2024, 12, 31)
    assert conditional_until(START, date(2024, 12, 20), worked(15), needed_days=None) == date(2024, 12, 20)
