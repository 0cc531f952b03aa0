"""保存期間: from when records may be erased, and what forbids it meanwhile.

Sources: city rules on the keeping of documents (文書管理規程, classes of 30, 10, 5, 3 and 1 years,
counted from 1 April after the fiscal year of the record); 労働基準法109条 and 附則143条 (records of work
and pay: five years, for the time being three); 同115条 (claims of pay); 個人情報の保護に関する法律76条
(disclosure: what somebody asked for must not be erased meanwhile).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import add_months

MOST_YEARS: Final = 30
MOST_MONTHS: Final = 120
_APRIL: Final = 4


class Category(enum.StrEnum):
    """What kind of record; each has a period of its own."""

    APPLICATION = "application"
    """申込: what somebody who was not appointed applied with."""
    SELECTION = "selection"
    """選考記録: points, comments, decisions, interviews."""
    APPOINTMENT = "appointment"
    """任用: what was agreed, and what an appointed person applied with and handed in."""
    PAY = "pay"
    """勤怠・報酬: hours, statements, payments, accounts."""
    SENT = "sent"
    """発送の控え: mails and papers as they went out."""
    RAW = "raw"
    """取込みの原データ: rows of files as they came in."""


class Hindrance(enum.StrEnum):
    """Why records may not be erased although their period may be over."""

    HELD = "held"
    """A clerk keeps them: a request for disclosure, an appeal, an audit is open."""
    EMPLOYED = "employed"
    """The person is still employed, or will be."""
    PAY_OPEN = "pay-open"
    """A month is not closed and stated, or a correction not paid; or pay may still be claimed."""
    DISCLOSURE = "disclosure"
    """The time in which the person may ask to see the result is not over."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What forbids erasing anything of one person.

    Attributes:
        announced_on: when the last result became known; None when there is none.
        employed_until: last day of the last appointment.
        pay_settled: every month is stated and every correction has been taken up.
        paid_on: the last day of pay.
        is_held: a clerk keeps the records for now.
    """

    announced_on: date | None = None
    employed_until: date | None = None
    pay_settled: bool = True
    paid_on: date | None = None
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Times that hold for everybody.

    Attributes:
        disclosure_months: months after the announcement in which a person may ask to see the result.
        claim_years: years after a pay day in which pay may be claimed, and so corrected.
    """

    disclosure_months: int = 3
    claim_years: int = 3


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year of a day: it begins on 1 April."""
    return day.year if day.month >= _APRIL else day.year - 1


def kept_from(made_on: date) -> date:
    """Return the day from which a period is counted: 1 April after the fiscal year of the record."""
    return date(fiscal_year_of(made_on) + 1, _APRIL, 1)


def erasable_from(made_on: date, years: int) -> date:
    """Return the first day on which a record may be erased.

    Made 2024-11-15 and kept for 3 years: counted from 2025-04-01, erased on or after 2028-04-01.
    A period of 0 years (「1年未満」) is over with the fiscal year itself.
    """
    first = kept_from(made_on)
    return first.replace(year=first.year + years)


def kept_until(made_on: date, years: int) -> date:
    """Return the last day on which a record has to be kept."""
    return erasable_from(made_on, years) - timedelta(days=1)


def hindrances(category: Category, facts: PersonFacts, limits: Limits, today: date) -> tuple[Hindrance, ...]:
    """Return what forbids erasing records of this kind on ``today``, the weightiest first."""
    found: list[Hindrance] = []
    if facts.is_held:
        found.append(Hindrance.HELD)
    if facts.employed_until is not None and today <= facts.employed_until:
        found.append(Hindrance.EMPLOYED)
    if category in {Category.APPOINTMENT, Category.PAY} and not _is_pay_over(facts, limits, today):
        found.append(Hindrance.PAY_OPEN)
    end = disclosure_end(facts, limits)
    if end is not None and today <= end:
        found.append(Hindrance.DISCLOSURE)
    return tuple(found)


def disclosure_end(facts: PersonFacts, limits: Limits) -> date | None:
    """Return the last day on which the person may ask to see the result."""
    if facts.announced_on is None:
        return None
    return add_months(facts.announced_on, limits.disclosure_months)


def _is_pay_over(facts: PersonFacts, limits: Limits, today: date) -> bool:
    if not facts.pay_settled:
        return False
    return facts.paid_on is None or today > add_months(facts.paid_on, 12 * limits.claim_years)


def check_years(years: int) -> int:
    """Return a period in years.

    Raises:
        ValidationError: ``retention.years``; it is not between 0 and ``MOST_YEARS``.
    """
    if not 0 <= years <= MOST_YEARS:
        raise ValidationError("retention.years", field="years", most=MOST_YEARS)
    return years


def check_limits(limits: Limits) -> Limits:
    """Return the times that hold for everybody.

    Raises:
        ValidationError: ``retention.months`` or ``retention.years``.
    """
    if not 0 <= limits.disclosure_months <= MOST_MONTHS:
        raise ValidationError("retention.months", field="disclosure_months", most=MOST_MONTHS)
    if not 0 <= limits.claim_years <= MOST_YEARS:
        raise ValidationError("retention.years", field="claim_years", most=MOST_YEARS)
    return limits
