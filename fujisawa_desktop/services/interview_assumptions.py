"""What a trial of the plan takes for granted beyond what is stored, all of it at once.

A trial never touches the calendar: it supposes, plans again, and is looked at beside the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.rules.planning import Addition, Window
from fujisawa_desktop.rules.planning_model import merged
from fujisawa_desktop.services.interview_view import CalendarView, InterviewerColumn, Person


@dataclass(frozen=True, slots=True)
class Absence:
    """An interviewer who is away a whole day."""

    interviewer_id: int
    day: date


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked to come at another time and agrees."""

    applicant_id: int
    window: Window


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything that is supposed.

    Attributes:
        additions: interviewers' time that is not there yet.
        absences: interviewers who are away.
        asked: times that people were asked for.
        slot_minutes: another length of an interview; None leaves it.
        daily_limit: another number of interviews an interviewer holds a day; 0 is no limit, None
            leaves it.
        own_limits_more: so many interviews a day more for those who have a limit of their own.
        lunch: another lunch; ``()`` is none, None leaves it.
    """

    additions: tuple[Addition, ...] = ()
    absences: tuple[Absence, ...] = ()
    asked: tuple[Asked, ...] = ()
    slot_minutes: int | None = None
    daily_limit: int | None = None
    own_limits_more: int = 0
    lunch: tuple[time, ...] | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is supposed."""
        return self != NOTHING

    @property
    def storable(self) -> bool:
        """Tell whether the office can make something of it real; a person's answer it cannot."""
        return bool(replace(self, asked=()))


NOTHING: Final = Assumptions()


def check_assumptions(assumptions: Assumptions) -> None:
    """Refuse a length that no programme can have.

    Raises:
        ValidationError: ``programme.slot-step``.
    """
    slot = assumptions.slot_minutes
    if slot is not None and (slot < UNIT_MINUTES or slot % UNIT_MINUTES):
        raise ValidationError("programme.slot-step", field="slot_minutes", step=UNIT_MINUTES)


def combined(first: Assumptions, more: Assumptions) -> Assumptions:
    """Return both together; where both say something about the same thing, ``more`` holds."""
    return Assumptions(
        additions=(*first.additions, *more.additions),
        absences=tuple(dict.fromkeys((*first.absences, *more.absences))),
        asked=tuple(dict.fromkeys((*first.asked, *more.asked))),
        slot_minutes=first.slot_minutes if more.slot_minutes is None else more.slot_minutes,
        own_limits_more=first.own_limits_more + more.own_limits_more,
        daily_limit=first.daily_limit if more.daily_limit is None else more.daily_limit,
        lunch=first.lunch if more.lunch is None else more.lunch,
    )


def supposed(view: CalendarView, assumptions: Assumptions) -> CalendarView:
    """Return the calendar as it would be, all but the added interviewers."""
    slot, limit, lunch = assumptions.slot_minutes, assumptions.daily_limit, assumptions.lunch
    asked: dict[int, list[Window]] = {}
    for one in assumptions.asked:
        asked.setdefault(one.applicant_id, []).append(one.window)
    away: dict[int, set[date]] = {}
    for absence in assumptions.absences:
        away.setdefault(absence.interviewer_id, set()).add(absence.day)
    return replace(
        view,
        slot_minutes=view.slot_minutes if slot is None else slot,
        daily_limit=view.daily_limit if limit is None else limit or None,
        lunch=view.lunch if lunch is None else (lunch[0], lunch[1]) if lunch else None,
        interviewers=tuple(
            _with_more(_without(column, away), assumptions.own_limits_more) for column in view.interviewers
        ),
        people=tuple(_with_times(person, asked) for person in view.people),
    )


def _without(column: InterviewerColumn, away: Mapping[int, set[date]]) -> InterviewerColumn:
    days = away.get(column.interviewer_id)
    if not days:
        return column
    return replace(column, windows=tuple(one for one in column.windows if one[0].date() not in days))


def _with_more(column: InterviewerColumn, more: int) -> InterviewerColumn:
    if not more or column.daily_limit is None:
        return column
    return replace(column, daily_limit=column.daily_limit + more)


def _with_times(person: Person, asked: Mapping[int, list[Window]]) -> Person:
    more = asked.get(person.applicant_id)
    return replace(person, windows=merged((*person.windows, *more))) if more else person


# --- as stored with a draft ------------------------------------------------------


def stored_assumptions(assumptions: Assumptions) -> dict[str, Any]:
    """Return assumptions as a draft keeps them."""
    lunch = assumptions.lunch
    parts: dict[str, Any] = {
        "additions": [
            [one.start.isoformat(), one.end.isoformat(), one.count, sorted(one.courses), one.role]
            for one in assumptions.additions
        ],
        "absences": [[one.interviewer_id, one.day.isoformat()] for one in assumptions.absences],
        "asked": [
            [one.applicant_id, one.window[0].isoformat(), one.window[1].isoformat()]
            for one in assumptions.asked
        ],
        "slot_minutes": assumptions.slot_minutes,
        "daily_limit": assumptions.daily_limit,
        "own_limits_more": assumptions.own_limits_more or None,
        "lunch": None if lunch is None else [moment.isoformat() for moment in lunch],
    }
    return {
        name: value for name, value in parts.items() if value is not None and (value != [] or name == "lunch")
    }


def assumptions_of(stored: Mapping[str, Any]) -> Assumptions:
    """Return what a draft keeps as assumptions."""
    lunch = stored.get("lunch")
    return Assumptions(
        additions=tuple(
            Addition(
                datetime.fromisoformat(start), datetime.fromisoformat(end), count, frozenset(courses), role
            )
            for start, end, count, courses, role in stored.get("additions", [])
        ),
        absences=tuple(Absence(key, date.fromisoformat(day)) for key, day in stored.get("absences", [])),
        asked=tuple(
            Asked(key, (datetime.fromisoformat(start), datetime.fromisoformat(end)))
            for key, start, end in stored.get("asked", [])
        ),
        slot_minutes=stored.get("slot_minutes"),
        daily_limit=stored.get("daily_limit"),
        own_limits_more=stored.get("own_limits_more", 0),
        lunch=None if lunch is None else tuple(time.fromisoformat(moment) for moment in lunch),
    )
