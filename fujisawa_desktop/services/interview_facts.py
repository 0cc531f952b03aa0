"""Every interview with all that papers, files for calendars and the day itself need to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Applicant,
    Application,
    Course,
    Entry,
    Interview,
    Interviewer,
    InterviewNeed,
    InterviewSeat,
)
from fujisawa_desktop.rules.selection import LEFT_OUT, ApplicationStatus, Attendance

_OUT: Final = LEFT_OUT | {ApplicationStatus.FIRST_FAILED}


@dataclass(frozen=True, slots=True)
class InterviewerFacts:
    """One person or room that interviews; ``url`` is where, if online."""

    interviewer_id: int
    name: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """One interview.

    Attributes:
        course_id: the course it is about, None for all of the entry.
        application_ids: what it is about: those of the entry still in, else all of it.
        courses: their names, in the office's order.
        url: its own meeting, empty where the interviewer's counts.
        minutes_need, support, note: what the person needs, as far as recorded.
    """

    interview_id: int
    entry_id: int
    course_id: int | None
    applicant_id: int
    number: str
    name: str
    kana: str
    school: str
    application_ids: tuple[int, ...]
    courses: tuple[str, ...]
    starts: datetime
    ends: datetime
    interviewer_ids: tuple[int, ...]
    url: str
    attendance: Attendance | None
    support: bool
    note: str


def interviewer_facts(session: Session, programme_id: int) -> dict[int, InterviewerFacts]:
    """Return everybody who interviews by id, in the order of the office."""
    rows = session.scalars(
        select(Interviewer)
        .where(Interviewer.programme_id == programme_id)
        .order_by(Interviewer.position, Interviewer.id)
    )
    return {row.id: InterviewerFacts(row.id, row.name, row.role, row.meeting_url) for row in rows}


def interview_facts(session: Session, programme_id: int) -> tuple[InterviewFacts, ...]:
    """Return all interviews of a programme by time."""
    rows = session.execute(
        select(Interview, Entry.number, Applicant, InterviewNeed)
        .join(Entry, Entry.id == Interview.entry_id)
        .join(Applicant, Applicant.id == Interview.applicant_id)
        .outerjoin(InterviewNeed, InterviewNeed.applicant_id == Interview.applicant_id)
        .where(Interview.programme_id == programme_id)
        .order_by(Interview.starts_at, Interview.id)
    )
    seats, applications = _seats(session, programme_id), _applications(session, programme_id)
    return tuple(
        _facts(interview, number, person, need, seats.get(interview.id, ()), applications)
        for interview, number, person, need in rows
    )


_Application = tuple[int, int, str, bool]
"""Application, course, name of the course, whether it is still in the selection."""


def _facts(
    interview: Interview,
    number: str,
    person: Applicant,
    need: InterviewNeed | None,
    seats: tuple[int, ...],
    applications: dict[int, list[_Application]],
) -> InterviewFacts:
    mine = applications.get(interview.entry_id, [])
    if interview.course_id is not None:
        mine = [one for one in mine if one[1] == interview.course_id]
    about = [one for one in mine if one[3]] or mine
    school = "　".join(filter(None, (person.school, person.faculty, person.department, person.grade)))
    return InterviewFacts(
        interview_id=interview.id,
        entry_id=interview.entry_id,
        course_id=interview.course_id,
        applicant_id=interview.applicant_id,
        number=number,
        name=person.name,
        kana=person.kana,
        school=school,
        application_ids=tuple(one[0] for one in about),
        courses=tuple(one[2] for one in about),
        starts=interview.starts_at,
        ends=interview.ends_at,
        interviewer_ids=seats,
        url=interview.meeting_url,
        attendance=interview.attendance,
        support=need.needs_support if need else False,
        note=need.note if need else "",
    )


def _seats(session: Session, programme_id: int) -> dict[int, tuple[int, ...]]:
    query = (
        select(InterviewSeat.interview_id, InterviewSeat.interviewer_id)
        .join(Interview, Interview.id == InterviewSeat.interview_id)
        .join(Interviewer, Interviewer.id == InterviewSeat.interviewer_id)
        .where(Interview.programme_id == programme_id)
        .order_by(Interviewer.position, Interviewer.id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for interview_id, interviewer_id in session.execute(query):
        found[interview_id] = (*found.get(interview_id, ()), interviewer_id)
    return found


def _applications(session: Session, programme_id: int) -> dict[int, list[_Application]]:
    booked = select(Interview.entry_id).where(Interview.programme_id == programme_id)
    query = (
        select(Application.entry_id, Application.id, Course.id, Course.short_name, Application.status)
        .join(Course, Course.id == Application.course_id)
        .where(Application.entry_id.in_(booked))
        .order_by(Course.position, Course.id, Application.id)
    )
    found: dict[int, list[_Application]] = {}
    for entry_id, application_id, course_id, name, status in session.execute(query):
        found.setdefault(entry_id, []).append((application_id, course_id, name, status not in _OUT))
    return found
