"""From the calendar to what the plan depends on, and a digest of it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.rules import planning
from fujisawa_desktop.rules.planning import Booking, Candidate, PlanProblem
from fujisawa_desktop.services.interview_view import Booked, CalendarView, Person

_BASIS_FORM: Final = "plan-basis-1"
"""Changed when a problem comes to mean something else, so that older drafts are planned again."""


def problem_of(view: CalendarView) -> PlanProblem:
    """Return what the plan depends on, taken from the calendar.

    Interviews that took place, and those of people whose selection went on, stay where they are; those
    that people need no more are given free.
    """
    return PlanProblem(
        candidates=tuple(
            _candidate(person, view.booked_of.get(person.key))
            for person in view.people
            if person.waits or _stays(person, view.booked_of.get(person.key))
        ),
        interviewers=tuple(
            planning.Interviewer(
                column.interviewer_id,
                column.name,
                column.course_ids or None,
                tuple((_on_the_grid(start), end) for start, end in column.windows),
                role=column.role,
                daily_limit=column.daily_limit,
                gives_support=column.gives_support,
            )
            for column in view.interviewers
        ),
        slot_minutes=view.slot_minutes,
        # Every start must fall on a unit of the calendar: the step is made a multiple of it.
        gap_minutes=view.gap_minutes + -(view.slot_minutes + view.gap_minutes) % UNIT_MINUTES,
        lunch=view.lunch,
        panel=view.panel,
        daily_limit=view.daily_limit,
    )


def basis_of(problem: PlanProblem) -> str:
    """Return a digest of a problem; names do not matter, and equal problems have equal digests."""
    lines = chain(
        (
            _BASIS_FORM,
            repr((problem.slot_minutes, problem.gap_minutes, problem.lunch)),
            repr((problem.panel, problem.daily_limit)),
        ),
        sorted(map(_interviewer_line, problem.interviewers)),
        sorted(map(_candidate_line, problem.candidates)),
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _interviewer_line(one: planning.Interviewer) -> str:
    courses = None if one.courses is None else sorted(one.courses)
    return repr((one.key, courses, one.windows, one.role, one.daily_limit, one.gives_support))


def _candidate_line(one: Candidate) -> str:
    needs = (one.minutes, one.finish_by, one.needs_support)
    return repr((one.key, one.number, sorted(one.courses), one.windows, one.booking, one.person, needs))


def _on_the_grid(start: datetime) -> datetime:
    return start + timedelta(minutes=-start.minute % UNIT_MINUTES)


def _candidate(person: Person, booked: Booked | None) -> Candidate:
    return Candidate(
        key=person.key,
        number=person.number,
        courses=person.course_ids,
        windows=person.windows,
        booking=None if booked is None else _booking(person, booked),
        person=person.applicant_id,
        minutes=person.minutes,
        finish_by=person.finish_by,
        needs_support=person.needs_support,
    )


def _stays(person: Person, booked: Booked | None) -> bool:
    """Tell whether an interview of somebody who does not wait for one is kept."""
    return booked is not None and (not person.is_out or _took_place(booked))


def _took_place(booked: Booked) -> bool:
    return booked.attendance is not None or booked.reviewed


def _booking(person: Person, booked: Booked) -> Booking:
    return Booking(
        booked.interviewer_ids,
        booked.start,
        booked.end,
        announced=booked.announced,
        locked=booked.is_locked or _took_place(booked) or not person.waits,
    )
