"""Pay (報酬) of a month: hourly rate × minutes, rounded once.

The minutes of a calendar month (by the day of work) are added up first and the yen are rounded
once, never per day.  通貨の単位及び貨幣の発行等に関する法律3条 and 基発150号 (昭和63年3月14日) are
why half a yen goes up and less is dropped; a city whose rules (規則) say otherwise chooses B or C.

A month in which the rate changes: minutes are added up per rate in force on the day of work, the
exact amounts are added, and the sum is rounded once.  Minutes that bring a premium are a sum of
their own at the hourly rate with the premium.  Under C the hours of the whole month are rounded
once too; what that adds or takes is counted at the latest rates first, because the rounding
belongs to the end of the month, and at the rates with a premium last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.rules.calendar import add_months, month_days, previous_open_day
from fujisawa_desktop.rules.explain import Step, format_day_sum, format_sixtieths
from fujisawa_desktop.rules.hours import Finding, Severity
from fujisawa_desktop.rules.premium import LAW, PremiumTerms, premium_minutes, premium_rate

NO_DAYS: Final[Mapping[date, int]] = MappingProxyType({})


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
    """The minutes of the month paid at one rate; ``premium_yen`` an hour where they bring a premium."""

    rate: Rate
    minutes: int
    premium_yen: int | None = None

    @property
    def yen(self) -> int:
        """What an hour of these minutes is paid."""
        return self.rate.yen if self.premium_yen is None else self.premium_yen


@dataclass(frozen=True, slots=True)
class Pay:
    """The pay of one month and how it came about.

    Attributes:
        premium: what of ``yen`` is the premium itself: the pay less that of the same minutes without.
        day_pays: what each day alone would bring, for the tax that is judged by day.
    """

    minutes: int
    yen: int
    premium: int
    day_pays: Mapping[date, int]
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


def month_pay(
    by_day: Mapping[date, int],
    rates: Sequence[Rate],
    rounding: Rounding = Rounding.A,
    *,
    premium: PremiumTerms = LAW,
    before: Mapping[date, int] = NO_DAYS,
) -> Pay:
    """Return the pay for the minutes worked on the days of one month.

    Args:
        by_day: minutes by day of the month.
        rates: the hourly rates.
        rounding: how minutes become yen.
        premium: from when on a premium is due.
        before: minutes by day of the week that began in the month before; they are not paid here.

    Raises:
        RuleError: ``pay.no-rate`` when a day was worked before the first rate begins.
    """
    extra = premium_minutes(
        {**before, **by_day}, day_limit=premium.day_minutes, week_limit=premium.week_minutes
    )
    days = _rated_days(by_day, rates, extra, premium.percent)
    parts = _by_rate(days)
    paid = _whole_hours(parts) if rounding is Rounding.C else parts
    sixtieths = sum(part.yen * part.minutes for part in paid)
    yen = _to_yen(sixtieths, rounding)
    more = yen - _to_yen(sum(part.rate.yen * part.minutes for part in paid), rounding)
    told = (Step("explain.premium-part", {"result_yen": more}),) if more else ()
    return Pay(
        minutes=sum(by_day.values()),
        yen=yen,
        premium=more,
        day_pays={
            day: _to_yen(sum(part.yen * part.minutes for part in parts), Rounding.A)
            for day, parts in days.items()
        },
        parts=parts,
        steps=(*_steps(by_day, paid, sixtieths, yen, rounding, premium), *told),
        findings=tuple(_premium_findings(days)),
    )


def _rated_days(
    by_day: Mapping[date, int], rates: Sequence[Rate], extra: Mapping[date, int], percent: int
) -> dict[date, tuple[RatePart, ...]]:
    """Return the minutes of each day with their rate, those that bring a premium apart."""
    days: dict[date, tuple[RatePart, ...]] = {}
    for day, minutes in sorted(by_day.items()):
        rate, more = rate_on(rates, day), extra.get(day, 0)
        days[day] = (RatePart(rate, minutes - more),)
        if more:
            days[day] += (RatePart(rate, more, premium_rate(rate.yen, percent)),)
    return days


def _by_rate(days: Mapping[date, tuple[RatePart, ...]]) -> tuple[RatePart, ...]:
    """Add up the minutes per rate: the ordinary ones by rate, then those that bring a premium."""
    totals: dict[tuple[bool, Rate], int] = {}
    more: dict[Rate, int] = {}
    for part in (part for parts in days.values() for part in parts):
        key = (part.premium_yen is not None, part.rate)
        totals[key] = totals.get(key, 0) + part.minutes
        if part.premium_yen is not None:
            more[part.rate] = part.premium_yen
    return tuple(
        RatePart(rate, minutes, more[rate] if has_premium else None)
        for (has_premium, rate), minutes in sorted(totals.items())
    )


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
    return sixtieths // 60 if rounding is Rounding.B else (sixtieths + 30) // 60


def _whole_hours(parts: tuple[RatePart, ...]) -> tuple[RatePart, ...]:
    """Round the month's total to hours once; the difference falls on the latest ordinary rates first."""
    total = sum(part.minutes for part in parts)
    difference = round_to_hours(total) - total
    adjusted: list[RatePart] = []
    for part in sorted(parts, key=lambda part: (part.premium_yen is None, part.rate), reverse=True):
        change = max(difference, -part.minutes)
        adjusted.append(replace(part, minutes=part.minutes + change))
        difference -= change
    return tuple(sorted(adjusted, key=lambda part: (part.premium_yen is not None, part.rate)))


def _steps(
    by_day: Mapping[date, int],
    paid: tuple[RatePart, ...],
    sixtieths: int,
    yen: int,
    rounding: Rounding,
    premium: PremiumTerms,
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
    for part in (part for part in paid if part.minutes):
        steps += _part_steps(part, premium)
    rounded = {"exact": format_sixtieths(sixtieths), "result_yen": yen}
    steps.append(Step(f"explain.rounding-{rounding.value.lower()}", rounded))
    return tuple(steps)


def _short(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _part_steps(part: RatePart, premium: PremiumTerms) -> tuple[Step, ...]:
    exact = format_sixtieths(part.yen * part.minutes)
    product = {"minutes": f"{part.minutes:,}", "rate_yen": part.yen, "exact": exact}
    if part.premium_yen is None:
        since = {"rate_yen": part.rate.yen, "since": _short(part.rate.valid_from)}
        return Step("explain.rate", since), Step("explain.product", product)
    terms = {
        "base_yen": part.rate.yen,
        "percent": premium.percent,
        "day_hm": premium.day_minutes,
        "week_hm": premium.week_minutes,
    }
    return (Step("explain.premium", {**terms, **product}),)


def _premium_findings(days: Mapping[date, tuple[RatePart, ...]]) -> Iterable[Finding]:
    for day, parts in days.items():
        for part in parts:
            if part.premium_yen is not None:
                params = {"date": day, "over_hm": part.minutes, "premium_yen": part.premium_yen}
                yield Finding("pay.premium-to-check", Severity.WARN, params)
