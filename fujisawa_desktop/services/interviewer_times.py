"""Interviewers and the time they have, as a clerk types it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, ValidationError
from fujisawa_desktop.models import (
    Interview,
    Interviewer,
    InterviewerAvailability,
    InterviewerCourse,
    InterviewSeat,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import is_open
from fujisawa_desktop.rules.names import search_key, tidy_name
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class InterviewerTime:
    """One stretch of an interviewer's time; ``booked`` interviews lie within it."""

    window_id: int
    interviewer_id: int
    name: str
    courses: tuple[str, ...]
    day: date
    start: time
    end: time
    booked: int


@dataclass(frozen=True, slots=True)
class NewTime:
    """A stretch of time to be added; courses and role only matter for an interviewer not known yet."""

    day: date
    start: time
    end: time
    name: str
    course_ids: frozenset[int] = frozenset()
    role: str = ""


def interviewer_times(database: Database, *, programme_id: int) -> list[InterviewerTime]:
    """Return all interviewers' time, by interviewer and then by day.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        view = load_calendar(session, programme_id)
        windows = session.scalars(
            select(InterviewerAvailability)
            .where(InterviewerAvailability.interviewer_id.in_(view.interviewer_of))
            .order_by(InterviewerAvailability.day, InterviewerAvailability.starts)
        ).all()
        interviews = _interviews(session, view.interviewer_of)
    ranks = {key: rank for rank, key in enumerate(view.interviewer_of)}
    return [
        InterviewerTime(
            window_id=window.id,
            interviewer_id=window.interviewer_id,
            name=view.interviewer_of[window.interviewer_id].name,
            courses=tuple(
                mark.short_name
                for mark in view.courses
                if mark.course_id in view.interviewer_of[window.interviewer_id].course_ids
            ),
            day=window.day,
            start=window.starts,
            end=window.ends,
            booked=sum(
                1
                for key, start, end in interviews
                if key == window.interviewer_id
                and datetime.combine(window.day, window.starts) <= start
                and end <= datetime.combine(window.day, window.ends)
            ),
        )
        for window in sorted(windows, key=lambda window: ranks[window.interviewer_id])
    ]


def add_interviewer_time(
    database: Database,
    *,
    programme_id: int,
    name: str,
    course_ids: Iterable[int] = (),
    day: date,
    start: time,
    end: time,
    actor: str | None = None,
) -> ChangeSet:
    """Add a stretch of time; an interviewer of that name who is not known yet is added with it.

    Args:
        database: the open database.
        programme_id: the programme.
        name: of the person or room.
        course_ids: courses a new interviewer may see, empty for all; a known one keeps its own.
        day: a day the office is open.
        start: from.
        end: until.
        actor: who does it.

    Raises:
        ValidationError: a field is not acceptable, or the time overlaps time that is there already.
        NotFoundError: ``programme.none``.
    """
    with unit_of_work(database, "interviewer.add-time", actor=actor, day=day) as work:
        window = NewTime(day, start, end, name, frozenset(course_ids))
        add_time(work, programme_id, window)
        return work.commit()


def add_time(work: UnitOfWork, programme_id: int, new: NewTime) -> None:
    """Add a stretch of time within an act, with the interviewer if the name is not known yet.

    Raises:
        ValidationError, NotFoundError: as `add_interviewer_time`.
    """
    name = tidy_name(new.name)
    if not name:
        raise ValidationError("interviewer.name-missing", field="name")
    if new.end <= new.start:
        raise ValidationError("span.end-before-start", field="end", start=new.start, end=new.end)
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    if not is_open(new.day, frozenset(row.day for row in programme.closed_days)):
        raise ValidationError("interviewer.closed-day", field="day", day=new.day)
    row = _known(work.session, programme_id, name)
    if row is None:
        row = Interviewer(
            programme_id=programme_id,
            position=_next_position(work.session, programme_id),
            name=name,
            role=new.role,
        )
        work.session.add(row)
        work.session.flush()
        work.session.add_all(
            InterviewerCourse(interviewer_id=row.id, course_id=key) for key in sorted(new.course_ids)
        )
    _refuse_overlap(work.session, row, new.day, new.start, new.end)
    work.session.add(
        InterviewerAvailability(interviewer_id=row.id, day=new.day, starts=new.start, ends=new.end)
    )
    work.session.flush()


def remove_interviewer_times(
    database: Database, *, window_ids: Sequence[int], actor: str | None = None
) -> ChangeSet:
    """Take stretches of time away; interviews within them stay and are marked in the calendar.

    Raises:
        NotFoundError: ``interviewer.time-missing``; then none is taken away.
    """
    several = len(window_ids) > 1
    label = "interviewer.remove-times" if several else "interviewer.remove-time"
    with unit_of_work(database, label, actor=actor) as work:
        query = select(InterviewerAvailability.day).where(InterviewerAvailability.id.in_(window_ids))
        days = work.session.scalars(query).all()
        if not days or len(days) < len(window_ids):
            raise NotFoundError("interviewer.time-missing")
        work.delete_many(InterviewerAvailability, window_ids)
        return work.commit(count=len(days)) if several else work.commit(day=days[0])


def _interviews(session: Session, interviewer_ids: Iterable[int]) -> list[tuple[int, datetime, datetime]]:
    query = (
        select(InterviewSeat.interviewer_id, Interview.starts_at, Interview.ends_at)
        .join(Interview, Interview.id == InterviewSeat.interview_id)
        .where(InterviewSeat.interviewer_id.in_(list(interviewer_ids)))
    )
    return [(key, start, end) for key, start, end in session.execute(query)]


def _known(session: Session, programme_id: int, name: str) -> Interviewer | None:
    rows = session.scalars(select(Interviewer).where(Interviewer.programme_id == programme_id))
    return next((row for row in rows if search_key(row.name) == search_key(name)), None)


def _next_position(session: Session, programme_id: int) -> int:
    query = select(func.max(Interviewer.position)).where(Interviewer.programme_id == programme_id)
    return (session.scalar(query) or 0) + 1


def _refuse_overlap(session: Session, row: Interviewer, day: date, start: time, end: time) -> None:
    query = select(InterviewerAvailability).where(
        InterviewerAvailability.interviewer_id == row.id,
        InterviewerAvailability.day == day,
        InterviewerAvailability.starts < end,
        InterviewerAvailability.ends > start,
    )
    found = session.scalars(query).first()
    if found is not None:
        raise ValidationError(
            "interviewer.time-overlaps", field="start", name=row.name, start=found.starts, end=found.ends
        )
