"""What a person's month is read further for: the other shifts, the usual week, the day of the cap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.forecast import cap_reached_on, habit
from fujisawa_desktop.rules.hours import PersonShifts, expected_by_day
from fujisawa_desktop.rules.shift_entry import WorkPattern, parse_entry
from fujisawa_desktop.services.staff import Member, StoredShift, person_shifts


@dataclass(frozen=True)
class Outlook:
    """One person's shifts of a month and of the weeks at its edges; computed when asked.

    Attributes:
        year_month: the month.
        member: the person, on the terms of that month.
        stored: shifts of the month and of up to six days before and after it.
        patterns: the programme's usual days.
        today: no day before it is counted as still to be worked; ``None``: every day may be.
    """

    year_month: tuple[int, int]
    member: Member
    stored: Sequence[StoredShift]
    patterns: Sequence[WorkPattern]
    today: date | None

    @cached_property
    def shifts(self) -> PersonShifts:
        """The shifts as the rules want them."""
        return person_shifts(self.stored)

    @cached_property
    def usual(self) -> Mapping[int, int]:
        """Minutes by weekday: the week agreed upon, without one what was worked of late."""
        agreed = usual_minutes(self.member, self.patterns)
        return agreed or habit(expected_by_day(self.shifts))

    @cached_property
    def _cap_day(self) -> date | None:
        return cap_reached_on(
            expected_by_day(self.shifts),
            year_month=self.year_month,
            usual=self.usual,
            rules=self.member.rules,
            cap=self.member.rules.cap,
            today=self.today,
        )

    def cap_reached_on(self) -> date | None:
        """Return the day of the month on which the cap is broken if it goes on as usual."""
        return self._cap_day

    @cached_property
    def _said(self) -> dict[date, tuple[str, str]]:
        said: dict[date, tuple[str, str]] = {}
        for shift in self.stored:
            if shift.reason or shift.holiday_order:
                reason, order = said.get(shift.time.day, ("", ""))
                said[shift.time.day] = (reason or shift.reason, order or shift.holiday_order)
        return said

    def said_on(self, day: date) -> tuple[str, str]:
        """Return what was written about a day: the reason of its work, and the order for it."""
        return self._said.get(day, ("", ""))


def usual_minutes(member: Member, patterns: Sequence[WorkPattern]) -> dict[int, int]:
    """Return the minutes of the agreed usual week by weekday; an entry nobody can read counts nothing."""
    found = {}
    for weekday, text in member.usual_week.items():
        try:
            minutes = sum(typed.on(date.min).minutes for typed in parse_entry(text, patterns))
        except ValidationError:
            continue
        if minutes:
            found[weekday] = minutes
    return found
