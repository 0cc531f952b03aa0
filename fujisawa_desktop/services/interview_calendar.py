"""What the interview calendar shows: days, interviewers, interviews, and who still waits for one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import (
    Applicant,
    ApplicantAvailability,
    Application,
    Course,
    Entry,
    Interview,
    Interviewer,
    InterviewerAvailability,
    InterviewerCourse,
    InterviewSeat,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import closed_reason
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.rules.planning_model import merged
from fujisawa_desktop.rules.selection import LEFT_OUT
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.interview_view import (
    Booked,
    CalendarView,
    CourseMark,
    DayColumn,
    InterviewerColumn,
    InterviewRow,
    Person,
)

_OUT: Final = LEFT_OUT | {Status.FIRST_FAILED}
"""States in which an application needs no interview any more."""


def calendar(database: Database, *, programme_id: int) -> CalendarView:
    """Return the whole calendar of a programme.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        return load_calendar(session, programme_id)


def waiting(database: Database, *, programme_id: int) -> tuple[Person, ...]:
    """Return those who are to be interviewed and have no interview yet, in the order of their names."""
    return calendar(database, programme_id=programme_id).waiting


def interview_rows(database: Database, *, programme_id: int) -> list[InterviewRow]:
    """Return all interviews by time, then by interviewer."""
    view = calendar(database, programme_id=programme_id)
    ranks = {column.interviewer_id: rank for rank, column in enumerate(view.interviewers)}
    ordered = sorted(
        view.interviews,
        key=lambda one: (one.start, min((ranks[key] for key in one.interviewer_ids), default=0)),
    )
    return [_row(view, interview) for interview in ordered]


def _row(view: CalendarView, interview: Booked) -> InterviewRow:
    person = view.person_of[interview.entry_id]
    return InterviewRow(
        interview_id=interview.interview_id,
        applicant_id=person.applicant_id,
        number=person.number,
        name=person.name,
        kana=person.kana,
        courses=tuple(mark.short_name for mark in view.courses if mark.course_id in person.course_ids),
        start=interview.start,
        end=interview.end,
        interviewers=tuple(view.interviewer_of[key].name for key in interview.interviewer_ids),
        is_locked=interview.is_locked,
        announced=interview.announced,
    )


def load_calendar(session: Session, programme_id: int) -> CalendarView:
    """Return the calendar as this session sees it.

    Raises:
        NotFoundError: ``programme.none``.
    """
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    courses = session.scalars(
        select(Course).where(Course.programme_id == programme_id).order_by(Course.position, Course.id)
    )
    lunch = (programme.lunch_from, programme.lunch_until)
    people = _people(session, programme_id)
    interviewers = _interviewers(session, programme_id)
    return CalendarView(
        slot_minutes=programme.interview_slot_minutes,
        gap_minutes=programme.interview_gap_minutes,
        day_from=programme.interview_day_from,
        day_until=programme.interview_day_until,
        lunch=(lunch[0], lunch[1]) if lunch[0] is not None and lunch[1] is not None else None,
        days=_days(programme),
        courses=tuple(CourseMark(course.id, course.short_name, course.sign) for course in courses),
        interviewers=interviewers,
        people=people,
        interviews=_interviews(session, programme_id, people, interviewers),
    )


def _days(programme: Programme) -> tuple[DayColumn, ...]:
    names = {row.day: row.name for row in programme.closed_days}
    extra = frozenset(names)
    length = (programme.interview_until - programme.interview_from).days + 1
    days = (programme.interview_from + timedelta(days=n) for n in range(length))
    return tuple(DayColumn(day, closed_reason(day, extra), names.get(day, "")) for day in days)


def _window(day: date, starts: time, ends: time) -> Window:
    return datetime.combine(day, starts), datetime.combine(day, ends)


def _interviewers(session: Session, programme_id: int) -> tuple[InterviewerColumn, ...]:
    rows = session.scalars(
        select(Interviewer)
        .where(Interviewer.programme_id == programme_id)
        .order_by(Interviewer.position, Interviewer.id)
    ).all()
    mine = select(Interviewer.id).where(Interviewer.programme_id == programme_id)
    courses: dict[int, set[int]] = {}
    for seen in session.scalars(select(InterviewerCourse).where(InterviewerCourse.interviewer_id.in_(mine))):
        courses.setdefault(seen.interviewer_id, set()).add(seen.course_id)
    windows: dict[int, list[Window]] = {}
    for free in session.scalars(
        select(InterviewerAvailability)
        .where(InterviewerAvailability.interviewer_id.in_(mine))
        .order_by(InterviewerAvailability.day, InterviewerAvailability.starts)
    ):
        windows.setdefault(free.interviewer_id, []).append(_window(free.day, free.starts, free.ends))
    return tuple(
        InterviewerColumn(
            row.id, row.name, frozenset(courses.get(row.id, ())), tuple(windows.get(row.id, ()))
        )
        for row in rows
    )


def _of_interest(programme_id: int) -> Select[int]:
    """Entries that passed the first screening or have an interview."""
    passed = (
        select(Application.entry_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id, Application.status == Status.FIRST_PASSED)
    )
    booked = select(Interview.entry_id).where(Interview.programme_id == programme_id)
    return select(Entry.id).where(Entry.id.in_(passed) | Entry.id.in_(booked))


def _people(session: Session, programme_id: int) -> tuple[Person, ...]:
    entries = _of_interest(programme_id).scalar_subquery()
    statuses: dict[int, dict[int, Status]] = {}
    for entry_id, course_id, status in session.execute(
        select(Application.entry_id, Application.course_id, Application.status)
        .where(Application.entry_id.in_(entries))
        .order_by(Application.preference)
    ):
        statuses.setdefault(entry_id, {})[course_id] = status
    windows: dict[int, list[Window]] = {}
    of_interest = select(Entry.applicant_id).where(Entry.id.in_(entries))
    for free in session.scalars(
        select(ApplicantAvailability)
        .where(ApplicantAvailability.applicant_id.in_(of_interest))
        .order_by(ApplicantAvailability.day, ApplicantAvailability.starts)
    ):
        windows.setdefault(free.applicant_id, []).append(_window(free.day, free.starts, free.ends))
    rows = session.execute(
        select(Entry, Applicant)
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .where(Entry.id.in_(entries))
        .order_by(Applicant.sort_key, Entry.number)
    )
    return tuple(
        _person(entry, applicant, statuses.get(entry.id, {}), windows.get(applicant.id, []))
        for entry, applicant in rows
    )


def _person(
    entry: Entry, applicant: Applicant, statuses: dict[int, Status], windows: Iterable[Window]
) -> Person:
    passed = frozenset(course for course, status in statuses.items() if status is Status.FIRST_PASSED)
    still_in = frozenset(course for course, status in statuses.items() if status not in _OUT)
    return Person(
        entry_id=entry.id,
        applicant_id=applicant.id,
        number=entry.number,
        name=applicant.name,
        kana=applicant.kana,
        search_key=applicant.search_key,
        course_ids=passed or still_in or frozenset(statuses),
        waits=bool(passed),
        is_out=not still_in,
        windows=merged(tuple(windows)),
    )


def _interviews(
    session: Session,
    programme_id: int,
    people: tuple[Person, ...],
    interviewers: tuple[InterviewerColumn, ...],
) -> tuple[Booked, ...]:
    mine = select(Interview.id).where(Interview.programme_id == programme_id)
    seats: dict[int, list[int]] = {}
    ranks = {column.interviewer_id: rank for rank, column in enumerate(interviewers)}
    for seat in session.scalars(select(InterviewSeat).where(InterviewSeat.interview_id.in_(mine))):
        seats.setdefault(seat.interview_id, []).append(seat.interviewer_id)
    rows = session.scalars(
        select(Interview)
        .where(Interview.programme_id == programme_id)
        .order_by(Interview.starts_at, Interview.id)
    )
    person_of = {person.entry_id: person for person in people}
    found = []
    for row in rows:
        ids = tuple(sorted(seats.get(row.id, ()), key=ranks.__getitem__))
        there = [column for column in interviewers if column.interviewer_id in ids]
        problems = _problems(person_of[row.entry_id], there, row.starts_at, row.ends_at)
        found.append(
            Booked(
                interview_id=row.id,
                version=row.version,
                entry_id=row.entry_id,
                start=row.starts_at,
                end=row.ends_at,
                interviewer_ids=ids,
                is_locked=row.is_locked,
                announced=row.announced_at is not None,
                problems=problems,
            )
        )
    return tuple(found)


def _problems(
    person: Person, interviewers: list[InterviewerColumn], start: datetime, end: datetime
) -> tuple[str, ...]:
    found = []
    if person.is_out:
        found.append("no-interview-needed")
    if not all(column.is_there(start, end) for column in interviewers):
        found.append("interviewer-away")
    if not any(column.may_see(person.course_ids) for column in interviewers):
        found.append("wrong-course")
    if not person.can_come(start, end):
        found.append("applicant-away")
    return tuple(found)
