"""Employment insurance (domain-rules §0 discrepancy B, 2.6)."""

from __future__ import annotations

from datetime import date

import pytest
from known_figures import FIGURES

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.rules.insurance import InsuranceRate, StudentType, employment_insurance, may_be_insured


@pytest.mark.parametrize(
    ("student", "term_days", "week_minutes", "insured"),
    [
        pytest.param(StudentType.DAY, 62, 20 * 60, False, id="day students are excluded"),
        pytest.param(StudentType.EVENING, 62, 20 * 60, True),
        pytest.param(StudentType.CORRESPONDENCE, 31, 20 * 60, True),
        pytest.param(StudentType.ON_LEAVE, 30, 20 * 60, False, id="under 31 days"),
        pytest.param(StudentType.EVENING, 62, 18 * 60, False, id="§0: 3 × 6 h = 18 h a week"),
        pytest.param(StudentType.EVENING, 62, 20 * 60 - 1, False, id="a minute under twenty hours"),
    ],
)
def test_whom_the_law_would_insure(
    student: StudentType, term_days: int, week_minutes: int, *, insured: bool
) -> None:
    assert may_be_insured(student=student, term_days=term_days, week_minutes=week_minutes) is insured


@pytest.mark.parametrize(
    ("base", "paid_on", "yen"),
    [
        pytest.param(75_480, date(2025, 1, 21), 453, id="2.6 FY2024: 452.88 → 453"),
        pytest.param(75_480, date(2025, 4, 1), 415, id="FY2025: 415.14"),
        pytest.param(75_480, date(2026, 4, 1), 377, id="FY2026: 377.40"),
        pytest.param(1_250, date(2024, 4, 1), 7, id="50 銭 exactly are dropped: 7.50"),
        pytest.param(1_252, date(2024, 4, 1), 8, id="more than 50 銭 go up: 7.512"),
        pytest.param(0, date(2024, 4, 1), 0),
    ],
)
def test_share(base: int, paid_on: date, yen: int) -> None:
    assert employment_insurance(base, paid_on, FIGURES.insurance) == yen


def test_what_cannot_be_said() -> None:
    with pytest.raises(RuleError, match=r"insurance\.no-rate"):
        employment_insurance(1, date(2024, 3, 31), FIGURES.insurance)
    with pytest.raises(ValidationError, match=r"insurance\.negative"):
        employment_insurance(-1, date(2024, 4, 1), FIGURES.insurance)


@pytest.mark.parametrize(
    ("base", "yen"), [(5_000, 0), (5_001, 1), (9_999, 1), (15_000, 1), (15_001, 2), (20_000, 2)]
)
def test_half_a_yen_exactly(base: int, yen: int) -> None:
    """2.6: 50 銭 and less are dropped."""
    assert employment_insurance(base, date(2030, 1, 1), [InsuranceRate(date(2029, 1, 1), 1)]) == yen


def test_the_latest_rate_that_has_begun_counts() -> None:
    rates = [InsuranceRate(date(2025, 4, 1), 200), InsuranceRate(date(2024, 4, 1), 100)]
    assert employment_insurance(10_000, date(2025, 3, 31), rates) == 100
    assert employment_insurance(10_000, date(2025, 4, 1), rates) == 200
