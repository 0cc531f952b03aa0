"""Pay (報酬) of a month: hourly rate × minutes, rounded once.

The minutes of a calendar month (by the day of work) are added up first and the yen are rounded
once, never per day.  通貨の単位及び貨幣の発行等に関する法律3条 and 基発150号 (昭和63年3月14日) are
why half a yen goes up and less is dropped; a city whose rules (規則) say otherwise chooses B or C.

A month in which the rate changes: minutes are added up per rate in force on the day of work, the
exact amounts are added, and the sum is rounded once.  Under C the hours of the whole month are
rounded once too; what that adds or takes is counted at the latest rates first, because the
rounding belongs to the end of the month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.rules.calendar import add_months, month_days, previous_open_day
from fujisawa_desktop.rules.explain import Step, format_day_sum, format_sixtieths
from fujisawa_desktop.rules.hours import DAY_LIMIT_MINUTES, Finding, Severity


class Rounding(StrEnum):
    """How a month's minutes become yen."""

    A = "A"  # exact minutes; under 50 銭 dropped, from 50 銭 up
    B = "B"  # exact minutes; whatever is under one yen dropped
    C = "C"  # the month's hours: under 30 minutes dropped, from 30 minutes up; allowed only by 規則


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """Yen an hour, from a day on until the next rate begins."""

    valid_from: date
    yen: int


@dataclass(frozen=True, slots=True)
class RatePart:
    """The minutes of the month worked at one rate."""

    rate: Rate
    minutes: int


@dataclass(frozen=True, slots=True)
class Pay:
    """The pay of one month and how it came about."""

    minutes: int
    yen: int
    parts: tuple[RatePart, ...] = ()
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()


def pay_amount(rate: int, minutes: int, rounding: Rounding = Rounding.A) -> int:
    """Return the yen for a month's ``minutes`` at ``rate`` yen an hour.

    Raises:
        ValidationError: ``pay.rate-negative``, ``pay.minutes-negative``.
    """
    if rate < 0:
        raise ValidationError("pay.rate-negative", field="rate", rate_yen=rate)
    if minutes < 0:
        raise ValidationError("pay.minutes-negative", field="minutes", minutes=minutes)
    paid = round_to_hours(minutes) if rounding is Rounding.C else minutes
    return _to_yen(rate * paid, rounding)


def round_to_hours(minutes: int) -> int:
    """Return minutes rounded to whole hours: under 30 minutes dropped, from 30 minutes up."""
    return (minutes + 30) // 60 * 60


def rate_on(rates: Iterable[Rate], day: date) -> Rate:
    """Return the rate in force on ``day``.

    Raises:
        RuleError: ``pay.no-rate`` when no rate has begun by then.
    """
    begun = [rate for rate in rates if rate.valid_from <= day]
    if not begun:
        raise RuleError("pay.no-rate", date=day)
    return max(begun)


def month_pay(by_day: Mapping[date, int], rates: Sequence[Rate], rounding: Rounding = Rounding.A) -> Pay:
    """Return the pay for the minutes worked on the days of one month.

    Raises:
        RuleError: ``pay.no-rate`` when a day was worked before the first rate begins.
    """
    per_rate: dict[Rate, int] = {}
    for day, minutes in sorted(by_day.items()):
        rate = rate_on(rates, day)
        per_rate[rate] = per_rate.get(rate, 0) + minutes
    parts = tuple(RatePart(rate, minutes) for rate, minutes in sorted(per_rate.items()))
    paid = _whole_hours(parts) if rounding is Rounding.C else parts
    sixtieths = sum(part.rate.yen * part.minutes for part in paid)
    yen = _to_yen(sixtieths, rounding)
    steps = _steps(by_day, paid, sixtieths, yen, rounding)
    return Pay(sum(by_day.values()), yen, parts, steps, tuple(_premium_findings(by_day, rates)))


def premium_rate(rate: int, percent: int = 25) -> int:
    """Return the hourly rate with the premium of 労基法37条, 50 銭 and more rounded up."""
    return (rate * (100 + percent) * 2 + 100) // 200


def minimum_wage_findings(rate: int, day: date, minimum: Sequence[Rate]) -> list[Finding]:
    """Warn when ``rate`` is below the prefecture's minimum wage in force on ``day``.

    最低賃金法 does not bind a city for its own staff (地公法58条), but cities follow it; so this
    is a warning.  A day before the first known figure says nothing.
    """
    begun = [wage for wage in minimum if wage.valid_from <= day]
    if not begun or rate >= max(begun).yen:
        return []
    wage = max(begun)
    params = {"rate_yen": rate, "minimum_yen": wage.yen, "valid_from": wage.valid_from}
    return [Finding("pay.below-minimum-wage", Severity.WARN, params)]


def pay_day(
    year: int,
    month: int,
    *,
    day_of_month: int,
    month_offset: int = 1,
    closed_days: frozenset[date] = frozenset(),
) -> date:
    """Return the day on which the work of a month is paid, moved before closed days.

    A day the month does not have (31 in February) means its last day.
    """
    first = add_months(date(year, month, 1), month_offset)
    nominal = first.replace(day=min(day_of_month, len(month_days(first.year, first.month))))
    return previous_open_day(nominal, closed_days)


def _to_yen(sixtieths: int, rounding: Rounding) -> int:
    return sixtieths // 60 if rounding is Rounding.B else (sixtieths * 2 + 60) // 120


def _whole_hours(parts: tuple[RatePart, ...]) -> tuple[RatePart, ...]:
    """Round the month's total to hours once; the difference falls on the latest rates first."""
    total = sum(part.minutes for part in parts)
    difference = round_to_hours(total) - total
    adjusted: list[RatePart] = []
    for part in reversed(parts):
        change = max(difference, -part.minutes)
        adjusted.append(RatePart(part.rate, part.minutes + change))
        difference -= change
    return tuple(reversed(adjusted))


def _steps(
    by_day: Mapping[date, int],
    paid: tuple[RatePart, ...],
    sixtieths: int,
    yen: int,
    rounding: Rounding,
) -> tuple[Step, ...]:
    total = sum(by_day.values())
    if not total:
        return (Step("explain.no-work"),)
    params: dict[str, object] = {
        "days": sum(1 for minutes in by_day.values() if minutes),
        "sum": format_day_sum(by_day.values()),
        "total_hm": total,
        "minutes": f"{total:,}",
    }
    steps = [Step("explain.worked", params)]
    if rounding is Rounding.C:
        steps.append(Step("explain.hours-rounded", {"total_hm": total, "paid_hm": round_to_hours(total)}))
    for part in paid:
        exact = format_sixtieths(part.rate.yen * part.minutes)
        steps.append(Step("explain.rate", {"rate_yen": part.rate.yen, "since": _short(part.rate.valid_from)}))
        params = {"minutes": f"{part.minutes:,}", "rate_yen": part.rate.yen, "exact": exact}
        steps.append(Step("explain.product", params))
    rounded = {"exact": format_sixtieths(sixtieths), "result_yen": yen}
    steps.append(Step(f"explain.rounding-{rounding.value.lower()}", rounded))
    return tuple(steps)


def _short(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _premium_findings(by_day: Mapping[date, int], rates: Sequence[Rate]) -> Iterable[Finding]:
    for day, minutes in sorted(by_day.items()):
        if minutes > DAY_LIMIT_MINUTES:
            params = {
                "date": day,
                "over_hm": minutes - DAY_LIMIT_MINUTES,
                "premium_yen": premium_rate(rate_on(rates, day).yen),
            }
            yield Finding("pay.premium-to-check", Severity.WARN, params)
