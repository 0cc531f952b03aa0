"""What the interview calendar shows: days, interviewers, interviews, and who still waits for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import (
    Course,
    Interview,
    Interviewer,
    InterviewerAvailability,
    InterviewerCourse,
    InterviewReview,
    InterviewScope,
    InterviewSeat,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import closed_reason
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.services.interview_checks import problems_in
from fujisawa_desktop.services.interview_people import load_people, orphan_key, window
from fujisawa_desktop.services.interview_told import believed, last_told
from fujisawa_desktop.services.interview_view import (
    Booked,
    CalendarView,
    CourseMark,
    DayColumn,
    InterviewerColumn,
    InterviewRow,
    Person,
    meeting_url_of,
)


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
    person = view.person_of[interview.key]
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
        told=interview.announced_start,
        attendance=interview.attendance,
        late_minutes=interview.late_minutes,
        meeting_url=meeting_url_of(view, interview),
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
    scope = programme.interview_scope
    people = load_people(session, programme_id, scope)
    interviewers = _interviewers(session, programme_id)
    view = CalendarView(
        slot_minutes=programme.interview_slot_minutes,
        gap_minutes=programme.interview_gap_minutes,
        day_from=programme.interview_day_from,
        day_until=programme.interview_day_until,
        lunch=(lunch[0], lunch[1]) if lunch[0] is not None and lunch[1] is not None else None,
        days=_days(programme),
        courses=tuple(CourseMark(course.id, course.short_name, course.sign) for course in courses),
        interviewers=interviewers,
        people=people,
        interviews=_interviews(session, programme_id, scope, people, interviewers),
        scope=scope,
        panel=tuple(programme.interview_panel),
        daily_limit=programme.interview_daily_limit,
    )
    problems = problems_in(view)
    return replace(
        view,
        interviews=tuple(replace(one, problems=problems[one.interview_id]) for one in view.interviews),
    )


def _days(programme: Programme) -> tuple[DayColumn, ...]:
    names = {row.day: row.name for row in programme.closed_days}
    extra = frozenset(names)
    length = (programme.interview_until - programme.interview_from).days + 1
    days = (programme.interview_from + timedelta(days=n) for n in range(length))
    return tuple(DayColumn(day, closed_reason(day, extra), names.get(day, "")) for day in days)


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
        windows.setdefault(free.interviewer_id, []).append(window(free.day, free.starts, free.ends))
    return tuple(
        InterviewerColumn(
            row.id,
            row.name,
            frozenset(courses.get(row.id, ())),
            tuple(windows.get(row.id, ())),
            row.role,
            row.daily_limit,
            row.gives_support,
            row.meeting_url,
        )
        for row in rows
    )


def _interviews(
    session: Session,
    programme_id: int,
    scope: InterviewScope,
    people: tuple[Person, ...],
    interviewers: tuple[InterviewerColumn, ...],
) -> tuple[Booked, ...]:
    mine = select(Interview.id).where(Interview.programme_id == programme_id)
    seats: dict[int, list[int]] = {}
    ranks = {column.interviewer_id: rank for rank, column in enumerate(interviewers)}
    for interview_id, interviewer_id in session.execute(
        select(InterviewSeat.interview_id, InterviewSeat.interviewer_id).where(
            InterviewSeat.interview_id.in_(mine)
        )
    ):
        seats.setdefault(interview_id, []).append(interviewer_id)
    reviewed = set(
        session.scalars(select(InterviewReview.interview_id).where(InterviewReview.interview_id.in_(mine)))
    )
    told = last_told(session, programme_id, scope)
    applications: dict[tuple[int, int | None], int] = {
        (person.entry_id, person.course_id): person.application_id
        for person in people
        if person.application_id is not None and person.course_id is not None
    }
    rows = session.scalars(
        select(Interview)
        .where(Interview.programme_id == programme_id)
        .order_by(Interview.starts_at, Interview.id)
    )
    by_application = scope is InterviewScope.APPLICATION
    return tuple(
        _booked(
            row,
            tuple(sorted(seats.get(row.id, ()), key=ranks.__getitem__)),
            believed(told, scope, row),
            applications.get((row.entry_id, row.course_id), orphan_key(row.id)) if by_application else None,
            reviewed=row.id in reviewed,
        )
        for row in rows
    )


def _booked(
    row: Interview,
    interviewer_ids: tuple[int, ...],
    told: Window | None,
    application_id: int | None,
    *,
    reviewed: bool,
) -> Booked:
    start, end = told if told is not None else (None, None)
    return Booked(
        interview_id=row.id,
        version=row.version,
        entry_id=row.entry_id,
        start=row.starts_at,
        end=row.ends_at,
        interviewer_ids=interviewer_ids,
        is_locked=row.is_locked,
        announced=row.announced_at is not None,
        problems=(),
        course_id=row.course_id,
        application_id=application_id,
        announced_start=start,
        announced_end=end,
        attendance=row.attendance,
        late_minutes=row.late_minutes,
        meeting_url=row.meeting_url,
        day_note=row.day_note,
        reviewed=reviewed,
    )
