"""Commuting expenses (通勤に係る費用弁償): a refund, not pay, and free of tax up to a monthly limit.

Which way of paying applies is a setting per person, taken from the city's own rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.explain import Step


class CommutingMode(StrEnum):
    """How a month's commuting is refunded."""

    PER_DAY = "per_day"
    MONTHLY_PASS = "monthly_pass"  # noqa: S105 - a train pass, not a password
    MIN_OF_BOTH = "min_of_both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CommutingRule:
    """One person's rule; yen.  ``cap`` is the most a month may bring, ``None`` without limit."""

    mode: CommutingMode
    round_trip: int = 0
    pass_month: int = 0
    cap: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class TaxFreeLimit:
    """Tax-free yen a month of commuting by public transport (所得税法施行令20条の2), from a day on."""

    valid_from: date
    yen: int


@dataclass(frozen=True, slots=True, order=True)
class CarLimits:
    """Yen a month that are not taxed for commuting by car or bicycle, by distance, from a day on.

    Attributes:
        steps: pairs of the kilometres one way from which an amount holds, and the amount.
    """

    valid_from: date
    steps: tuple[tuple[int, int], ...]

    def free_for(self, kilometres: int) -> int:
        """Return the tax-free yen a month for a way of whole ``kilometres``; nothing below the first step."""
        return next((yen for first, yen in reversed(self.steps) if kilometres >= first), 0)


@dataclass(frozen=True, slots=True)
class Commuting:
    """What is refunded for a month, and how much of it is taxed."""

    yen: int
    taxable: int
    steps: tuple[Step, ...] = ()


def attended_days(worked_days: Iterable[date], online_days: Iterable[date] = ()) -> int:
    """Return on how many different days somebody came to the office; half a day counts as one."""
    return len(set(worked_days) - set(online_days))


def commuting_amount(rule: CommutingRule, days: int) -> int:
    """Return the yen refunded for a month with ``days`` days of attendance.

    A month without attendance brings nothing, under a pass too: no way was made.

    Raises:
        ValidationError: ``commuting.negative`` for a negative fare, pass, cap or number of days.
    """
    if min(rule.round_trip, rule.pass_month, rule.cap or 0, days) < 0:
        raise ValidationError("commuting.negative", field="commuting")
    if days == 0 or rule.mode is CommutingMode.NONE:
        return 0
    by_days = rule.round_trip * days
    amounts = {
        CommutingMode.PER_DAY: by_days,
        CommutingMode.MONTHLY_PASS: rule.pass_month,
        CommutingMode.MIN_OF_BOTH: min(by_days, rule.pass_month),
    }
    amount = amounts[rule.mode]
    return amount if rule.cap is None else min(amount, rule.cap)


def month_commuting(
    rule: CommutingRule, days: int, *, paid_on: date, limits: Sequence[TaxFreeLimit]
) -> Commuting:
    """Return a month's refund with its taxed part, judged on the month's total and never per day."""
    yen = commuting_amount(rule, days)
    begun = [limit for limit in limits if limit.valid_from <= paid_on]
    free = max(begun).yen if begun else 0
    taxable = max(0, yen - free)
    return Commuting(yen, taxable, (_step(rule, days, yen), *_tax_step(yen, taxable, free)))


def _step(rule: CommutingRule, days: int, yen: int) -> Step:
    if rule.mode is CommutingMode.NONE:
        return Step("explain.commuting-none")
    params: dict[str, object] = {"days": days, "result_yen": yen}
    if rule.mode is not CommutingMode.MONTHLY_PASS:
        params |= {"fare_yen": rule.round_trip, "by_days_yen": rule.round_trip * days}
    if rule.mode is not CommutingMode.PER_DAY:
        params["pass_yen"] = rule.pass_month
    code = f"explain.commuting-{rule.mode.value.replace('_', '-')}"
    if rule.cap is not None:
        params["cap_yen"] = rule.cap
        code += "-capped"
    return Step(code, params)


def _tax_step(yen: int, taxable: int, free: int) -> tuple[Step, ...]:
    if not yen:
        return ()
    if taxable:
        return (Step("explain.commuting-taxed", {"taxable_yen": taxable, "limit_yen": free}),)
    return (Step("explain.commuting-tax-free", {"limit_yen": free}),)
