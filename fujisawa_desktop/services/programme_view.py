"""One programme as the layers above see it: frozen, complete, apart from the database."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, Final

from fujisawa_desktop.models import Base, ClosedDay, Contact, HourlyRate, Programme, WorkPattern


@dataclass(frozen=True, slots=True)
class RateRow:
    """Yen an hour from a day on."""

    from_day: date
    yen: int


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A usual day of work, typed with one sign."""

    sign: str
    name: str
    starts: time
    ends: time
    break_from: time | None
    break_minutes: int


@dataclass(frozen=True, slots=True)
class ClosedDayRow:
    """A day the office is closed besides weekends, holidays and the year's end."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Who answers questions; ``use`` is ``press`` or ``notice``."""

    use: str
    office: str
    persons: str
    phone: str
    extension: str
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """One programme as stored; also the form that is saved.

    Attributes are the columns of `fujisawa_desktop.models.Programme`; ``cap_sources`` are tables
    of ``document``, ``text``, ``minutes`` and ``inclusive`` (the sentences the cap comes from),
    ``minimum_wages`` pairs of ISO day and yen, ``texts`` the published sentences by paper,
    ``conditions`` the items of the 勤務条件通知書 that are words, by key.
    """

    id: int
    version: int
    code: str
    fiscal_year: int
    title: str
    short_title: str
    municipality: str
    office: str
    sender: str
    sender_note: str
    document_sign: str
    employment_kind: str
    eligibility: str
    workplace: str
    workplace_note: str
    home_page_url: str
    entry_from: date
    entry_until: date
    entry_deadline: datetime
    first_result_on: date
    interview_from: date
    interview_until: date
    final_result_on: date | None
    final_result_text: str
    term_from: date
    term_until: date
    interview_slot_minutes: int
    interview_gap_minutes: int
    interview_day_from: time
    interview_day_until: time
    lunch_from: time | None
    lunch_until: time | None
    cap_minutes: int
    cap_inclusive: bool
    cap_sources: tuple[dict[str, Any], ...]
    week_days_min: int
    week_days_max: int
    pay_rounding: str
    pay_day: int | None
    pay_month_offset: int
    commuting_mode: str
    commuting_cap_yen: int | None
    tax_column: str
    minimum_wages: tuple[tuple[str, int], ...]
    premium_day_minutes: int
    premium_week_minutes: int
    premium_percent: int
    probation_days: int | None
    oath_required: bool
    school_words: tuple[str, ...]
    refused_words: tuple[str, ...]
    withdrawn_words: tuple[str, ...]
    texts: dict[str, Any]
    conditions: dict[str, Any]
    rates: tuple[RateRow, ...]
    patterns: tuple[PatternRow, ...]
    closed_days: tuple[ClosedDayRow, ...]
    contacts: tuple[ContactRow, ...]

    @property
    def closed(self) -> frozenset[date]:
        """The city's own closed days, as the calendar rules take them."""
        return frozenset(row.day for row in self.closed_days)


CHILDREN: Final[dict[str, tuple[type[Base], type, str]]] = {
    "rates": (HourlyRate, RateRow, "from_day"),
    "patterns": (WorkPattern, PatternRow, "sign"),
    "closed_days": (ClosedDay, ClosedDayRow, "day"),
    "contacts": (Contact, ContactRow, "position"),
}
"""Lists of a programme: stored row, frozen row, and the column that tells two rows apart."""
_LISTS: Final = ("cap_sources", "minimum_wages", "school_words", "refused_words", "withdrawn_words")


def view_of(row: Programme) -> ProgrammeView:
    """Return the frozen form of a stored programme; for services that hold a session already."""
    values: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in fields(ProgrammeView) if field.name not in CHILDREN
    }
    values |= {name: tuple(values[name]) for name in _LISTS}
    values["minimum_wages"] = tuple((day, yen) for day, yen in row.minimum_wages)
    for name, (_model, kind, _key) in CHILDREN.items():
        names = [field.name for field in fields(kind)]
        values[name] = tuple(
            kind(*(getattr(child, column) for column in names)) for child in getattr(row, name)
        )
    return ProgrammeView(**values)
