"""普段の勤務: what somebody usually works on which weekday, as it is typed into the grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import Appointment
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import Finding, Severity, worked_minutes
from fujisawa_desktop.rules.insurance import WEEK_MINUTES
from fujisawa_desktop.rules.shift_entry import TypedShift, WorkPattern, parse_entry
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.staff import work_terms
from fujisawa_desktop.services.unit_of_work import integrity_as_conflict, unit_of_work

WORKDAYS: Final = (0, 1, 2, 3, 4)
"""Monday to Friday: on the other days the office is closed, and work needs an order each time."""


@dataclass(frozen=True, slots=True)
class UsualWeek:
    """What was stored, and what is odd about it though it was kept."""

    change: ChangeSet
    findings: tuple[Finding, ...]


def save_usual_week(
    database: Database,
    *,
    appointment_id: int,
    version: int,
    entries: Mapping[int, str],
    actor: str | None = None,
) -> UsualWeek:
    """Store the usual week of one person; nothing is planned by it.

    Args:
        database: the open database.
        appointment_id: whose week.
        version: of the appointment, as it was read.
        entries: weekday (0 is Monday) → text as for a cell of the grid; an empty one is no work.
        actor: who does it.

    Raises:
        ValidationError: a text cannot be read, two stretches overlap, or the office is closed on that
            weekday; the field is ``usual_week.<weekday>``.
        ConflictError: somebody else changed the appointment meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, "appointment.usual-week", actor=actor) as work, integrity_as_conflict():
        row = work.session.get(Appointment, appointment_id)
        if row is None:
            raise NotFoundError("appointment.missing")
        if row.version != version:
            raise ConflictError("conflict.changed-meanwhile")
        patterns = work_terms(work.session, row.programme_id).patterns
        kept = {day: text.strip() for day, text in sorted(entries.items()) if text.strip()}
        minutes = {
            day: sum(_minutes(one) for one in _typed(day, text, patterns)) for day, text in kept.items()
        }
        stored = {str(day): text for day, text in kept.items()}
        if row.usual_week != stored:
            row.usual_week = stored
        change = work.commit()
        return UsualWeek(change, tuple(_findings(minutes, row.week_days_max)))


def week_minutes(entries: Mapping[int, str], patterns: Sequence[WorkPattern]) -> int:
    """Return the minutes of a usual week; a text that cannot be read any more counts nothing.

    A pattern of the programme may have been taken away since the week was stored.
    """
    total = 0
    for day, text in entries.items():
        try:
            total += sum(_minutes(one) for one in _typed(day, text, patterns))
        except ValidationError:
            continue
    return total


def _typed(day: int, text: str, patterns: Sequence[WorkPattern]) -> tuple[TypedShift, ...]:
    field = f"usual_week.{day}"
    if day not in WORKDAYS:
        raise ValidationError("usual-week.closed", field=field)
    try:
        typed = parse_entry(text, patterns)
    except ValidationError as error:
        params = {name: value for name, value in error.params.items() if name != "field"}
        raise ValidationError(error.code, field=field, **params) from error
    for before, after in pairwise(typed):
        if after.start < before.end:
            raise ValidationError("usual-week.overlap", field=field, start=after.start, end=before.end)
    return typed


def _minutes(shift: TypedShift) -> int:
    return worked_minutes(shift.start, shift.end, shift.break_minutes)


def _findings(minutes: Mapping[int, int], days_max: int) -> list[Finding]:
    found = []
    if days_max and len(minutes) > days_max:
        found.append(Finding("usual-week.many-days", Severity.WARN, {"days": len(minutes), "most": days_max}))
    if (total := sum(minutes.values())) >= WEEK_MINUTES:
        found.append(Finding("appointing.usual-week-long", Severity.WARN, {"week_hm": total}))
    return found
