"""Commuting expenses (domain-rules 1.12)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_figures import FIGURES

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.commuting import (
    CommutingMode,
    CommutingRule,
    TaxFreeLimit,
    attended_days,
    commuting_amount,
    month_commuting,
)
from fujisawa_desktop.rules.explain import Step

PER_DAY, PASS, CHEAPER, NONE = (
    CommutingMode.PER_DAY,
    CommutingMode.MONTHLY_PASS,
    CommutingMode.MIN_OF_BOTH,
    CommutingMode.NONE,
)
PAID = date(2025, 1, 21)


@pytest.mark.parametrize(
    ("rule", "days", "yen"),
    [
        pytest.param(CommutingRule(PER_DAY, 840), 9, 7_560, id="1.12 840 × 9"),
        pytest.param(CommutingRule(CHEAPER, 840, 15_000), 20, 15_000, id="1.12 the pass is cheaper"),
        pytest.param(CommutingRule(CHEAPER, 840, 15_000), 9, 7_560),
        pytest.param(CommutingRule(PER_DAY, 840, 15_000), 20, 16_800),
        pytest.param(CommutingRule(PER_DAY, 840, cap=10_000), 20, 10_000),
        pytest.param(CommutingRule(CHEAPER, 840, 15_000, cap=14_000), 20, 14_000),
        pytest.param(CommutingRule(PASS, 840, 15_000), 1, 15_000),
        pytest.param(CommutingRule(PASS, 840, 15_000, cap=12_000), 1, 12_000),
        pytest.param(CommutingRule(PASS, 840, 15_000), 0, 0, id="nobody came"),
        pytest.param(CommutingRule(NONE, 840, 15_000), 20, 0),
        pytest.param(CommutingRule(PER_DAY), 20, 0, id="nothing entered yet"),
        pytest.param(CommutingRule(PASS), 20, 0, id="no pass entered yet"),
        pytest.param(CommutingRule(PER_DAY, 840, cap=0), 20, 0, id="a cap of nothing"),
        pytest.param(CommutingRule(PER_DAY, 840), 10, 8_400, id="look: 往復840円×10日"),
    ],
)
def test_amount(rule: CommutingRule, days: int, yen: int) -> None:
    assert commuting_amount(rule, days) == yen


def test_half_days_count_and_online_days_do_not() -> None:
    morning = afternoon = date(2024, 12, 2)
    online = date(2024, 12, 4)
    assert attended_days([morning, afternoon, online, date(2024, 12, 6)], [online]) == 2


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (CommutingRule(PER_DAY, -1), 1),
        (CommutingRule(PER_DAY, 1, -1), 1),
        (CommutingRule(PER_DAY, 1, 1, -1), 1),
        (CommutingRule(NONE), -1),
    ],
)
def test_negative_values(rule: CommutingRule, days: int) -> None:
    with pytest.raises(ValidationError, match=r"commuting\.negative"):
        commuting_amount(rule, days)


@pytest.mark.parametrize(
    ("rule", "days", "step"),
    [
        (CommutingRule(NONE), 3, Step("explain.commuting-none")),
        (
            CommutingRule(PER_DAY, 840),
            10,
            Step(
                "explain.commuting-per-day",
                {"days": 10, "result_yen": 8_400, "fare_yen": 840, "by_days_yen": 8_400},
            ),
        ),
        (
            CommutingRule(PASS, 840, 15_000),
            10,
            Step("explain.commuting-monthly-pass", {"days": 10, "result_yen": 15_000, "pass_yen": 15_000}),
        ),
        (
            CommutingRule(CHEAPER, 840, 15_000, cap=14_000),
            20,
            Step(
                "explain.commuting-min-of-both-capped",
                {
                    "days": 20,
                    "result_yen": 14_000,
                    "fare_yen": 840,
                    "by_days_yen": 16_800,
                    "pass_yen": 15_000,
                    "cap_yen": 14_000,
                },
            ),
        ),
    ],
)
def test_steps(rule: CommutingRule, days: int, step: Step) -> None:
    steps = month_commuting(rule, days, paid_on=PAID, limits=FIGURES.commuting).steps
    assert steps[0] == step
    free = () if step.code == "explain.commuting-none" else ("explain.commuting-tax-free",)
    assert tuple(further.code for further in steps[1:]) == free


def test_a_step_says_what_is_taxed() -> None:
    steps = month_commuting(CommutingRule(PASS, 0, 150_001), 5, paid_on=PAID, limits=FIGURES.commuting).steps
    assert steps[1] == Step("explain.commuting-taxed", {"taxable_yen": 1, "limit_yen": 150_000})


@pytest.mark.parametrize(("yen", "taxable"), [(149_999, 0), (150_000, 0), (150_001, 1)])
def test_tax_free_limit_of_the_month(yen: int, taxable: int) -> None:
    assert (
        month_commuting(CommutingRule(PASS, 0, yen), 5, paid_on=PAID, limits=FIGURES.commuting).taxable
        == taxable
    )


def test_the_latest_limit_by_the_day_of_payment_counts() -> None:
    limits = (TaxFreeLimit(date(2025, 1, 1), 5_000), TaxFreeLimit(date(2024, 1, 1), 8_000))
    rule = CommutingRule(PER_DAY, 1_000)
    assert month_commuting(rule, 10, paid_on=date(2024, 12, 31), limits=limits).taxable == 2_000
    assert month_commuting(rule, 10, paid_on=date(2025, 1, 1), limits=limits).taxable == 5_000
    assert month_commuting(rule, 10, paid_on=date(2023, 1, 1), limits=limits).taxable == 10_000


amounts = st.integers(0, 100_000)


@settings(deadline=None)
@given(amounts, amounts, st.none() | amounts, st.integers(0, 31))
def test_the_cheaper_way_is_never_dearer(fare: int, ticket: int, cap: int | None, days: int) -> None:
    paid = {mode: commuting_amount(CommutingRule(mode, fare, ticket, cap), days) for mode in CommutingMode}
    assert paid[CHEAPER] == min(paid[PER_DAY], paid[PASS])
    assert cap is None or max(paid.values()) <= cap
