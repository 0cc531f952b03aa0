"""Booking, moving, cancelling and fixing single interviews.

The last word on a double booking has the database: an interview takes units of five minutes of
everybody's time, and nobody's unit can be taken twice, whatever other windows or programs do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import Interview, InterviewSeat, InterviewUnit, UnitHolder
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_view import Booked, CalendarView, InterviewerColumn, Person
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_UNIT: Final = timedelta(minutes=UNIT_MINUTES)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who is seen by whom and when; ``interview_id`` is None for a new interview."""

    entry_id: int
    applicant_id: int
    interviewer_ids: tuple[int, ...]
    start: datetime
    end: datetime
    interview_id: int | None = None


def book(
    database: Database,
    *,
    programme_id: int,
    entry_id: int,
    interviewer_id: int,
    start: datetime,
    despite: bool = False,
    actor: str | None = None,
) -> ChangeSet:
    """Book an interview of the programme's usual length.

    Args:
        database: the open database.
        programme_id: the programme.
        entry_id: who is interviewed.
        interviewer_id: by whom.
        start: when; a multiple of five minutes.
        despite: book although the interviewer or the person did not name this time as free.
        actor: who does it.

    Raises:
        ConflictError: somebody's time is taken, or the person has an interview by now.
        RuleError: a rule refuses it; ``interview.interviewer-away``, ``interview.lunch`` and
            ``interview.applicant-away`` are not raised with ``despite``.
        NotFoundError: there is no such entry or interviewer.
    """
    with unit_of_work(database, "interview.book", actor=actor, start=start) as work:
        view = load_calendar(work.session, programme_id)
        person, interviewer = _person(view, entry_id), _interviewer(view, interviewer_id)
        if not person.waits:
            raise RuleError("interview.not-waiting", person=person.name)
        if any(interview.entry_id == entry_id for interview in view.interviews):
            raise ConflictError("interview.has-one", person=person.name)
        sitting = Sitting(entry_id, person.applicant_id, (interviewer_id,), start, start + _length(view))
        _check(view, person, interviewer, sitting, despite=despite)
        write_sittings(work, programme_id, [sitting])
        return work.commit()


def move(
    database: Database,
    *,
    interview_id: int,
    interviewer_id: int,
    start: datetime,
    version: int | None = None,
    despite: bool = False,
    actor: str | None = None,
) -> ChangeSet:
    """Move an interview to another time or interviewer; its length stays.

    A new time has not been announced to the person yet, even if the old one was.

    Raises:
        ConflictError: somebody's time is taken, or the interview was changed meanwhile.
        RuleError: as for `book`; or ``interview.locked``.
        NotFoundError: there is no such interview or interviewer.
    """
    with unit_of_work(database, "interview.move", actor=actor, start=start) as work:
        row = _row(work.session, interview_id, version)
        view = load_calendar(work.session, row.programme_id)
        person, interviewer = _person(view, row.entry_id), _interviewer(view, interviewer_id)
        if row.is_locked:
            raise RuleError("interview.locked", person=person.name)
        if _stays(view, row, interviewer_id, start):
            return work.commit()
        end = start + (row.ends_at - row.starts_at)
        sitting = Sitting(row.entry_id, row.applicant_id, (interviewer_id,), start, end, row.id)
        _check(view, person, interviewer, sitting, despite=despite)
        write_sittings(work, row.programme_id, [sitting])
        return work.commit()


def cancel(
    database: Database, *, interview_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Take an interview out of the calendar; the person waits for another one.

    Raises:
        ConflictError: the interview was changed meanwhile.
        RuleError: ``interview.locked``.
        NotFoundError: there is no such interview.
    """
    with unit_of_work(database, "interview.cancel", actor=actor) as work:
        row = _row(work.session, interview_id, version)
        if row.is_locked:
            view = load_calendar(work.session, row.programme_id)
            raise RuleError("interview.locked", person=_person(view, row.entry_id).name)
        start = row.starts_at
        remove_interviews(work, [interview_id])
        return work.commit(start=start)


def set_locked(
    database: Database,
    *,
    interview_id: int,
    locked: bool,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Fix an interview so that neither a plan nor a slip of the mouse moves it, or release it.

    Raises:
        ConflictError: the interview was changed meanwhile.
        NotFoundError: there is no such interview.
    """
    label = "interview.lock" if locked else "interview.unlock"
    with unit_of_work(database, label, actor=actor) as work:
        _row(work.session, interview_id, version).is_locked = locked
        return work.commit()


# --- writing -------------------------------------------------------------------


def write_sittings(work: UnitOfWork, programme_id: int, sittings: Sequence[Sitting]) -> None:
    """Write interviews, new and moved; first all old places are freed, then the new ones taken.

    Raises:
        ConflictError: somebody's time is taken; nothing of the act may be committed then.
    """
    moved = {sitting.interview_id: sitting for sitting in sittings if sitting.interview_id is not None}
    _free(work, list(moved))
    _move_rows(work, moved)
    fresh = [sitting for sitting in sittings if sitting.interview_id is None]
    with _taken_as_conflict():
        ids = work.insert_many(Interview, [_new_row(programme_id, sitting) for sitting in fresh])
        placed = [*moved.items(), *zip(ids, fresh, strict=True)]
        work.insert_many(InterviewSeat, [row for key, sitting in placed for row in _seats(key, sitting)])
        work.insert_many(InterviewUnit, [row for key, sitting in placed for row in _units(key, sitting)])


def announce_times(work: UnitOfWork, interview_ids: Sequence[int]) -> None:
    """Note that people were told the times of their interviews, unless that is noted already."""
    fresh: list[int] = []
    for chunk in chunks(interview_ids):
        query = select(Interview.id).where(Interview.id.in_(chunk), Interview.announced_at.is_(None))
        fresh.extend(work.session.scalars(query))
    work.update_many(Interview, {key: {"announced_at": work.now} for key in fresh})


def remove_interviews(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Take interviews out of the calendar with all that hangs on them."""
    _free(work, ids)
    work.delete_many(Interview, ids)


def _free(work: UnitOfWork, ids: Sequence[int]) -> None:
    for model in (InterviewUnit, InterviewSeat):
        found: list[int] = []
        for chunk in chunks(ids):
            found += work.session.scalars(select(model.id).where(model.interview_id.in_(chunk)))
        work.delete_many(model, found)


def _move_rows(work: UnitOfWork, moved: Mapping[int, Sitting]) -> None:
    """Write new times; a time that stays as it is stays announced."""
    before: dict[int, Interview] = {}
    for chunk in chunks(list(moved)):
        before |= {
            row.id: row for row in work.session.scalars(select(Interview).where(Interview.id.in_(chunk)))
        }
    changes: dict[int, dict[str, object]] = {}
    for key, sitting in moved.items():
        row = before[key]
        stays = (row.starts_at, row.ends_at) == (sitting.start, sitting.end)
        changes[key] = {
            "starts_at": sitting.start,
            "ends_at": sitting.end,
            "announced_at": row.announced_at if stays else None,
        }
    work.update_many(Interview, changes)


def _new_row(programme_id: int, sitting: Sitting) -> dict[str, Any]:
    return {
        "programme_id": programme_id,
        "entry_id": sitting.entry_id,
        "applicant_id": sitting.applicant_id,
        "starts_at": sitting.start,
        "ends_at": sitting.end,
    }


def _seats(interview_id: int, sitting: Sitting) -> list[dict[str, Any]]:
    return [{"interview_id": interview_id, "interviewer_id": key} for key in sitting.interviewer_ids]


def _units(interview_id: int, sitting: Sitting) -> list[dict[str, Any]]:
    return [
        {"interview_id": interview_id, "holder": holder, "holder_id": holder_id, "starts_at": moment}
        for holder, holder_id in _holders(sitting)
        for moment in _moments(sitting.start, sitting.end)
    ]


def _holders(sitting: Sitting) -> list[tuple[UnitHolder, int]]:
    interviewers = [(UnitHolder.INTERVIEWER, key) for key in sitting.interviewer_ids]
    return [(UnitHolder.APPLICANT, sitting.applicant_id), *interviewers]


def _moments(start: datetime, end: datetime) -> Iterator[datetime]:
    moment = start
    while moment < end:
        yield moment
        moment += _UNIT


@contextmanager
def _taken_as_conflict() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ConflictError("interview.taken") from error


# --- checking ------------------------------------------------------------------


def _row(session: Session, interview_id: int, version: int | None) -> Interview:
    row = session.get(Interview, interview_id)
    if row is None:
        raise NotFoundError("interview.missing")
    if version is not None and row.version != version:
        raise ConflictError("conflict.changed-meanwhile")
    return row


def _person(view: CalendarView, entry_id: int) -> Person:
    if entry_id not in view.person_of:
        raise NotFoundError("interview.unknown-person")
    return view.person_of[entry_id]


def _interviewer(view: CalendarView, interviewer_id: int) -> InterviewerColumn:
    if interviewer_id not in view.interviewer_of:
        raise NotFoundError("interview.unknown-interviewer")
    return view.interviewer_of[interviewer_id]


def _stays(view: CalendarView, row: Interview, interviewer_id: int, start: datetime) -> bool:
    now = next(interview for interview in view.interviews if interview.interview_id == row.id)
    return (now.start, now.interviewer_ids) == (start, (interviewer_id,))


def _length(view: CalendarView) -> timedelta:
    return timedelta(minutes=view.slot_minutes)


def _check(
    view: CalendarView, person: Person, interviewer: InterviewerColumn, sitting: Sitting, *, despite: bool
) -> None:
    """Refuse what cannot be, then (unless told to go on) what was not wished."""
    start, end = sitting.start, sitting.end
    if start.minute % UNIT_MINUTES or start.second or start.microsecond:
        raise RuleError("interview.not-on-the-grid", minutes=UNIT_MINUTES)
    if not interviewer.may_see(person.course_ids):
        names = [mark.short_name for mark in view.courses if mark.course_id in person.course_ids]
        raise RuleError("interview.wrong-course", interviewer=interviewer.name, courses=names)
    others = [one for one in view.interviews if one.interview_id != sitting.interview_id]
    _check_free(view, person, interviewer, sitting, others)
    if despite:
        return
    _refuse_lunch(view, start, end)
    if not interviewer.is_there(start, end):
        raise RuleError("interview.interviewer-away", interviewer=interviewer.name, at=start)
    if not person.can_come(start, end):
        raise RuleError("interview.applicant-away", person=person.name, at=start)


def _check_free(
    view: CalendarView,
    person: Person,
    interviewer: InterviewerColumn,
    sitting: Sitting,
    others: Iterable[Booked],
) -> None:
    """Say in words whose time is taken; the constraint of the database says it in the last resort."""
    gap = timedelta(minutes=view.gap_minutes)
    for other in others:
        them = view.person_of[other.entry_id]
        if interviewer.interviewer_id in other.interviewer_ids and (
            other.start < sitting.end + gap and sitting.start < other.end + gap
        ):
            raise ConflictError(
                "interview.interviewer-taken",
                interviewer=interviewer.name,
                person=them.name,
                start=other.start,
                end=other.end.time(),
            )
        if them.applicant_id == person.applicant_id and (
            other.start < sitting.end and sitting.start < other.end
        ):
            raise ConflictError("interview.applicant-taken", person=person.name, start=other.start)


def _refuse_lunch(view: CalendarView, start: datetime, end: datetime) -> None:
    if view.lunch is None:
        return
    first, last = (datetime.combine(start.date(), moment) for moment in view.lunch)
    if start < last and first < end:
        raise RuleError("interview.lunch", start=view.lunch[0], end=view.lunch[1])
