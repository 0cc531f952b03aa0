"""How each amount of a month came about, in words that can be shown, listened to and copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Final

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import N_, _, format_date, format_minutes, format_yen, ngettext
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.hours import ShiftTime
from fujisawa_desktop.services.pay_details import ToldMonth
from fujisawa_desktop.views.payroll.words import month_name, source_of, span_text

OPEN: Final = "—"
"""Stands where an amount is not known, or nothing is kept back."""


class Amount(StrEnum):
    """A column of the pay table."""

    MINUTES = "minutes"
    PAY = "pay"
    PREMIUM = "premium"
    COMMUTING = "commuting"
    CORRECTED = "corrected"
    TAX = "tax"
    INSURANCE = "insurance"
    NET = "net"


NAMES: Final[dict[Amount, str]] = {
    Amount.MINUTES: N_("Hours"),
    Amount.PAY: N_("Pay"),
    Amount.PREMIUM: N_("of it premium"),
    Amount.COMMUTING: N_("Commuting"),
    Amount.CORRECTED: N_("Corrections"),
    Amount.TAX: N_("Income tax"),
    Amount.INSURANCE: N_("Insurance"),
    Amount.NET: N_("To be paid"),
}
_HEADINGS: Final = (
    ("explain.worked", N_("Worked time")),
    ("explain.no-work", N_("Worked time")),
    ("explain.hours-rounded", N_("Worked time")),
    ("explain.rate", N_("Hourly rate")),
    ("explain.premium", N_("Premium")),
    ("explain.product", N_("Product")),
    ("explain.rounding", N_("Rounding")),
    ("explain.tax", N_("Income tax")),
    ("explain.commuting", N_("Commuting")),
    ("explain.insurance", N_("Employment insurance")),
    ("explain.correct", N_("Corrections of earlier months")),
)
"""Beginning of a step's code → under which heading it stands."""
_BELONGS: Final = (
    ("explain.tax", Amount.TAX),
    ("explain.commuting", Amount.COMMUTING),
    ("explain.insurance", Amount.INSURANCE),
    ("explain.correct", Amount.CORRECTED),
)
"""Beginning of a step's code → which amount it explains; every other one is about the pay."""
_HOURS: Final = ("explain.worked", "explain.no-work", "explain.hours-rounded")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an explanation: sentences, or names with values, and on what they rest."""

    heading: str
    lines: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one amount came about.

    Attributes:
        title: whose and of which month.
        name, value: the amount.
        days: what was worked, day by day; date, span, minutes.
    """

    title: str
    name: str
    value: str
    sections: tuple[Section, ...]
    days: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = field(default=())

    def text(self) -> str:
        """Return all of it as text."""
        lines = [self.title, f"{self.name} {self.value}", *self.notes]
        for section in self.sections:
            lines += ["", section.heading, *(f"  {line}" for line in section.lines)]
            lines += [f"  {name}\t{value}" for name, value in section.pairs]
            if section.source:
                lines.append("  " + said_source(section.source))
        if self.days:
            lines += ["", _("Day by day"), *("  " + "\t".join(day) for day in self.days)]
        return "\n".join(lines)


def said_source(source: str) -> str:
    """Return ``根拠：…``."""
    return _("Source: {source}").format(source=source)


def value_of(told: ToldMonth, amount: Amount) -> int | None:
    """Return an amount in minutes or yen; ``None`` while it is not known."""
    value: int | None = getattr(told, amount.value)
    return value


def amount_text(amount: Amount, value: int | None) -> str:
    """Return an amount as it stands in the table."""
    if value is None or (amount in {Amount.INSURANCE, Amount.PREMIUM, Amount.CORRECTED} and not value):
        return OPEN
    return format_minutes(value) if amount is Amount.MINUTES else format_yen(value)


def said_amount(amount: Amount, value: int | None) -> str:
    """Return an amount with its unit."""
    if value is None:
        return _("not known yet")
    if amount is Amount.MINUTES:
        return format_minutes(value)
    return _("{yen} yen").format(yen=format_yen(value))


def explain(told: ToldMonth, amount: Amount) -> Explanation:
    """Return how an amount of somebody's month came about."""
    return Explanation(
        title=_("{person}, {month}").format(person=told.name, month=month_name(told.year, told.month)),
        name=_(NAMES[amount]),
        value=said_amount(amount, value_of(told, amount)),
        sections=tuple(_sections(told, amount)),
        days=day_lines(told.shifts) if amount in _WITH_DAYS else (),
    )


_WITH_DAYS: Final = frozenset(
    {Amount.MINUTES, Amount.PAY, Amount.PREMIUM, Amount.COMMUTING, Amount.TAX, Amount.NET}
)


def explain_sum(
    amount: Amount, people: Sequence[tuple[str, int | None]], year: int, month: int
) -> Explanation:
    """Return of what the sum of a column is made."""
    known = [value for _name, value in people if value is not None]
    total = None if len(known) < len(people) else sum(known)
    count = len(people)
    who = ngettext("{count} person", "{count} people", count).format(count=count)
    pairs = tuple((name, amount_text(amount, value)) for name, value in people)
    return Explanation(
        title=_("{person}, {month}").format(person=who, month=month_name(year, month)),
        name=_(NAMES[amount]),
        value=said_amount(amount, total),
        sections=(Section(_("Sum of the column"), pairs=pairs),),
        notes=() if total is not None else (_("The sum is known once the tax of everybody is known."),),
    )


def day_lines(shifts: Sequence[ShiftTime]) -> tuple[tuple[str, str, str], ...]:
    """Return each stretch of work: day, times with the break, minutes."""
    return tuple(
        (format_date(shift.day, year=False), span_text(shift, length=False), format_minutes(shift.minutes))
        for shift in shifts
    )


def sections_of(steps: Sequence[Step]) -> list[Section]:
    """Return steps under their headings, each with what it rests on."""
    found: list[Section] = []
    for heading, group in groupby(steps, _heading):
        listed = list(group)
        sources = dict.fromkeys(source for step in listed if (source := source_of(step.code)))
        lines = tuple(texts.message_for(step.code, step.params) for step in listed)
        found.append(Section(heading, lines, source=" / ".join(sources)))
    return found


def _sections(told: ToldMonth, amount: Amount) -> list[Section]:
    if amount is Amount.NET:
        return [_net(told)]
    if amount is Amount.MINUTES:
        return sections_of([step for step in told.steps if step.code.startswith(_HOURS)])
    if amount is Amount.PREMIUM:
        return sections_of([step for step in told.steps if step.code.startswith("explain.premium")])
    sections = sections_of([step for step in told.steps if _belongs(step) is amount])
    if amount is Amount.TAX:
        sections.insert(0, _taxed(told))
    return sections


def _net(told: ToldMonth) -> Section:
    """Return what is added and what is kept back."""
    parts: list[tuple[Amount, int | None]] = [(Amount.PAY, told.pay), (Amount.COMMUTING, told.commuting)]
    if told.corrected:
        parts.append((Amount.CORRECTED, told.corrected))
    parts.append((Amount.TAX, None if told.tax is None else -told.tax))
    parts.append((Amount.INSURANCE, -told.insurance))
    pairs = [(_(NAMES[amount]), said_amount(amount, value)) for amount, value in parts]
    pairs.append((_(NAMES[Amount.NET]), said_amount(Amount.NET, told.net)))
    if told.paid_on is not None:
        pairs.append((_("Pay day"), format_date(told.paid_on)))
    return Section(_("Sum"), pairs=tuple(pairs))


def _taxed(told: ToldMonth) -> Section:
    pairs = [(_(NAMES[Amount.PAY]), said_amount(Amount.PAY, told.pay))]
    if told.insurance:
        pairs.append((_(NAMES[Amount.INSURANCE]), said_amount(Amount.INSURANCE, -told.insurance)))
    other = told.taxable - (told.pay - told.insurance)
    if other:
        pairs.append((_("Corrections and taxed commuting"), said_amount(Amount.CORRECTED, other)))
    pairs.append((_("Taxed"), said_amount(Amount.PAY, told.taxable)))
    if told.paid_on is not None:
        pairs.append((_("Pay day"), format_date(told.paid_on)))
    return Section(_("What is taxed"), pairs=tuple(pairs))


def _belongs(step: Step) -> Amount:
    return next((amount for start, amount in _BELONGS if step.code.startswith(start)), Amount.PAY)


def _heading(step: Step) -> str:
    return next((_(text) for start, text in _HEADINGS if step.code.startswith(start)), "")
