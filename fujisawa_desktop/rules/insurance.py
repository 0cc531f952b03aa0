"""Employment insurance (雇用保険): off unless a clerk turns it on for a person.

雇用保険法6条: no insurance under twenty hours a week, under 31 days, or for students of day
courses.  A flyer may promise it all the same, so the program says what it knows and leaves the
decision to the clerk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from fujisawa_desktop.errors import RuleError, ValidationError

WEEK_MINUTES: Final = 20 * 60
TERM_DAYS: Final = 31


class StudentType(StrEnum):
    """How somebody studies; only students of day courses are outside the insurance."""

    DAY = "day"
    EVENING = "evening"
    CORRESPONDENCE = "correspondence"
    ON_LEAVE = "on-leave"


@dataclass(frozen=True, slots=True, order=True)
class InsuranceRate:
    """The employee's share (一般の事業) per 10,000, from a day on; see ``rules.dated_figures``."""

    valid_from: date
    per_10_000: int


def may_be_insured(*, student: StudentType, term_days: int, week_minutes: int) -> bool:
    """Say whether the law would insure somebody on these terms, so that a clerk looks into it."""
    return student is not StudentType.DAY and term_days >= TERM_DAYS and week_minutes >= WEEK_MINUTES


def employment_insurance(base: int, paid_on: date, rates: Sequence[InsuranceRate]) -> int:
    """Return the employee's share in yen of ``base`` (pay and commuting): 50 銭 and less are dropped.

    Raises:
        ValidationError: ``insurance.negative``.
        RuleError: ``insurance.no-rate`` when no rate has begun by the day of payment.
    """
    if base < 0:
        raise ValidationError("insurance.negative", field="base", base_yen=base)
    begun = [rate for rate in rates if rate.valid_from <= paid_on]
    if not begun:
        raise RuleError("insurance.no-rate", date=paid_on)
    yen, rest = divmod(base * max(begun).per_10_000, 10_000)
    return yen + (rest > 5_000)
