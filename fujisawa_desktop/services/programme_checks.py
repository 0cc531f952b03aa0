"""What a programme must satisfy before it is stored; each refusal names the field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.pay import Rounding
from fujisawa_desktop.rules.premium import LAW
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.rules.term import check_term
from fujisawa_desktop.services.condition_texts import check_conditions
from fujisawa_desktop.services.programme_view import ProgrammeView

_REQUIRED: Final = (
    "title",
    "short_title",
    "municipality",
    "office",
    "sender",
    "employment_kind",
    "eligibility",
    "workplace",
)
_ORDER: Final = (
    ("entry_from", "entry_until"),
    ("entry_until", "first_result_on"),
    ("first_result_on", "interview_from"),
    ("interview_from", "interview_until"),
    ("interview_until", "final_result_on"),
    ("final_result_on", "term_from"),
    ("interview_until", "term_from"),
    ("term_from", "term_until"),
)
_LOWEST: Final = {
    "interview_slot_minutes": UNIT_MINUTES,
    "interview_gap_minutes": 0,
    "cap_minutes": 1,
    "week_days_min": 1,
    "pay_month_offset": 0,
    "commuting_cap_yen": 0,
    "premium_day_minutes": 1,
    "premium_week_minutes": 1,
    "probation_days": 1,
}
_HIGHEST: Final = {
    "cap_minutes": 31 * 24 * 60,
    "commuting_cap_yen": 1_000_000,
    "premium_percent": 100,
    "probation_days": 366,
}
_HIGHEST_WAGE: Final = 100_000


def check_programme(form: ProgrammeView) -> None:
    """Make sure that ``form`` can be stored.

    Raises:
        ValidationError: the first field that cannot; ``field`` is the attribute's name.
    """
    _check_texts(form)
    _check_days(form)
    _check_interview_hours(form)
    _check_bounds(form)
    _check_numbers(form)
    _check_premium(form)
    _check_rates(form)
    _check_lists(form)
    check_conditions(form.conditions)


def _check_texts(form: ProgrammeView) -> None:
    for name in _REQUIRED:
        if not str(getattr(form, name)).strip():
            raise ValidationError("field.required", field=name)
    if form.final_result_on is None and not form.final_result_text.strip():
        raise ValidationError("field.required", field="final_result_text")


def _check_days(form: ProgrammeView) -> None:
    for earlier, later in _ORDER:
        first, second = getattr(form, earlier), getattr(form, later)
        if first is not None and second is not None and first > second:
            raise ValidationError("programme.days-reversed", field=later, first=first, second=second)
    if form.entry_deadline.date() != form.entry_until:
        raise ValidationError("programme.deadline-day", field="entry_deadline", day=form.entry_until)
    for finding in check_term(form.term_from, form.term_until):
        raise ValidationError(finding.code, field="term_until", **finding.params)


def _check_interview_hours(form: ProgrammeView) -> None:
    if form.interview_day_from >= form.interview_day_until:
        raise ValidationError("programme.hours-reversed", field="interview_day_until")
    if (form.lunch_from is None) != (form.lunch_until is None):
        missing = "lunch_from" if form.lunch_from is None else "lunch_until"
        raise ValidationError("field.required", field=missing)
    if form.lunch_from is not None and form.lunch_until is not None and form.lunch_from >= form.lunch_until:
        raise ValidationError("programme.hours-reversed", field="lunch_until")


def _check_numbers(form: ProgrammeView) -> None:
    for name in ("interview_slot_minutes", "interview_gap_minutes"):
        if getattr(form, name) % UNIT_MINUTES:
            raise ValidationError("programme.slot-step", field=name, step=UNIT_MINUTES)
    if not form.week_days_min <= form.week_days_max <= 7:
        raise ValidationError("programme.week-days", field="week_days_max", lowest=form.week_days_min)
    if form.pay_day is not None and not 1 <= form.pay_day <= 31:
        raise ValidationError("programme.pay-day", field="pay_day")
    for name, allowed in (
        ("pay_rounding", Rounding),
        ("commuting_mode", CommutingMode),
        ("tax_column", TaxColumn),
    ):
        if getattr(form, name) not in {member.value for member in allowed}:
            raise ValidationError("programme.unknown-choice", field=name, text=getattr(form, name))


def _check_bounds(form: ProgrammeView) -> None:
    for name, lowest in _LOWEST.items():
        value = getattr(form, name)
        if value is not None and value < lowest:
            raise ValidationError("number.too-small", field=name, lowest=lowest)
    for name, highest in _HIGHEST.items():
        value = getattr(form, name)
        if value is not None and value > highest:
            raise ValidationError("number.too-large", field=name, highest=highest)


def _check_premium(form: ProgrammeView) -> None:
    """Refuse what gives people less than the law does (労基法32条・37条, the order on the rate of 1994)."""
    if form.premium_day_minutes > LAW.day_minutes:
        raise ValidationError("programme.premium-day", field="premium_day_minutes")
    if form.premium_week_minutes > LAW.week_minutes:
        raise ValidationError("programme.premium-week", field="premium_week_minutes")
    if form.premium_percent < LAW.percent:
        raise ValidationError("programme.premium-percent", field="premium_percent", lowest=LAW.percent)


def _check_rates(form: ProgrammeView) -> None:
    days = [rate.from_day for rate in form.rates]
    if not days or min(days) > form.term_from:
        raise ValidationError("programme.rate-missing", field="rates", day=form.term_from)
    if any(rate.yen < 1 for rate in form.rates):
        raise ValidationError("number.too-small", field="rates", lowest=1)


def _check_lists(form: ProgrammeView) -> None:
    for pattern in form.patterns:
        if not pattern.sign.strip() or not pattern.name.strip():
            raise ValidationError("field.required", field="patterns")
        if pattern.starts >= pattern.ends:
            raise ValidationError("programme.hours-reversed", field="patterns")
    _check_wages(form.minimum_wages)
    _no_twins("rates", (rate.from_day for rate in form.rates))
    _no_twins("patterns", (pattern.sign for pattern in form.patterns))
    _no_twins("closed_days", (row.day for row in form.closed_days))


def _check_wages(wages: Iterable[tuple[str, int]]) -> None:
    days = []
    for day, yen in wages:
        try:
            days.append(date.fromisoformat(day))
        except ValueError as error:
            raise ValidationError("programme.wage-line", field="minimum_wages", text=day) from error
        if yen < 1:
            raise ValidationError("number.too-small", field="minimum_wages", lowest=1)
        if yen > _HIGHEST_WAGE:
            raise ValidationError("number.too-large", field="minimum_wages", highest=_HIGHEST_WAGE)
    _no_twins("minimum_wages", days)


def _no_twins(name: str, keys: Iterable[object]) -> None:
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            raise ValidationError("programme.listed-twice", field=name, text=key)
        seen.add(key)
