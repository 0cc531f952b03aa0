"""Writing interviews within an open act: rows, seats, and the units of everybody's time they take.

The last word on a double booking has the database: an interview takes units of five minutes of
everybody's time, and nobody's unit can be taken twice, whatever other windows or programs do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    Interview,
    InterviewAnnouncement,
    InterviewReview,
    InterviewScope,
    InterviewSeat,
    InterviewUnit,
    Programme,
    UnitHolder,
)
from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_checks import Sitting
from fujisawa_desktop.services.interview_told import Told, ToldKey, last_told, told_key
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_UNIT: Final = timedelta(minutes=UNIT_MINUTES)


def stored_interview(work: UnitOfWork, interview_id: int, version: int | None) -> Interview:
    """Return an interview within an open act; a version is that which was on the screen.

    Raises:
        ConflictError: the interview was changed meanwhile.
        NotFoundError: ``interview.missing``.
    """
    row = work.session.get(Interview, interview_id)
    if row is None:
        raise NotFoundError("interview.missing")
    if version is not None and row.version != version:
        raise ConflictError("conflict.changed-meanwhile")
    return row


def write_sittings(work: UnitOfWork, programme_id: int, sittings: Sequence[Sitting]) -> None:
    """Write interviews, new and moved; first all old places are freed, then the new ones taken.

    Raises:
        ConflictError: somebody's time is taken; nothing of the act may be committed then.
    """
    moved = {sitting.interview_id: sitting for sitting in sittings if sitting.interview_id is not None}
    told = _told(work, programme_id)
    reseated = _reseated(work, moved)
    _free(work, list(moved))
    _move_rows(work, moved, told)
    work.count_versions(Interview, reseated)
    fresh = [sitting for sitting in sittings if sitting.interview_id is None]
    with _taken_as_conflict():
        ids = work.insert_many(Interview, [_new_row(programme_id, sitting, told) for sitting in fresh])
        placed = [*moved.items(), *zip(ids, fresh, strict=True)]
        work.insert_many(InterviewSeat, [row for key, sitting in placed for row in _seats(key, sitting)])
        work.insert_many(InterviewUnit, [row for key, sitting in placed for row in _units(key, sitting)])


def announce_times(work: UnitOfWork, interview_ids: Sequence[int]) -> int:
    """Note that people were told the times of their interviews, unless that is noted already.

    Every way in which a person is told goes through here: letters, messages, and what a clerk says.
    Returns how many are noted anew.
    """
    fresh: list[Interview] = []
    for chunk in chunks(interview_ids):
        query = select(Interview).where(Interview.id.in_(chunk), Interview.announced_at.is_(None))
        fresh.extend(work.session.scalars(query))
    work.insert_many(InterviewAnnouncement, [_announcement(work, row) for row in fresh])
    return work.update_many(Interview, {row.id: {"announced_at": work.now} for row in fresh})


def _announcement(work: UnitOfWork, row: Interview) -> dict[str, Any]:
    return {
        "programme_id": row.programme_id,
        "entry_id": row.entry_id,
        "course_id": row.course_id,
        "applicant_id": row.applicant_id,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "is_cancelled": False,
        "announced_at": work.now,
        "actor": work.actor,
    }


def remove_interviews(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Take interviews out of the calendar with all that hangs on them.

    Raises:
        RuleError: ``interview.points-given``; interviewers have given points in one of them.
    """
    for chunk in chunks(ids):
        query = select(InterviewReview.id).where(InterviewReview.interview_id.in_(chunk))
        if work.session.scalar(query.limit(1)) is not None:
            raise RuleError("interview.points-given")
    _free(work, ids)
    work.delete_many(Interview, ids)


def _free(work: UnitOfWork, ids: Sequence[int]) -> None:
    for model in (InterviewUnit, InterviewSeat):
        found: list[int] = []
        for chunk in chunks(ids):
            found += work.session.scalars(select(model.id).where(model.interview_id.in_(chunk)))
        work.delete_many(model, found)


class _ToldTimes:
    """Knows which times people believe in."""

    def __init__(self, last: Mapping[ToldKey, Told], scope: InterviewScope) -> None:
        self._last = last
        self._scope = scope

    def announced_at(self, sitting: Sitting) -> datetime | None:
        """Return when the person was told this very time, if that is what the person believes."""
        key = told_key(self._scope, sitting.applicant_id, sitting.entry_id, sitting.course_id)
        one = self._last.get(key)
        if one is None or one.is_cancelled or (one.start, one.end) != (sitting.start, sitting.end):
            return None
        return one.announced_at


def _told(work: UnitOfWork, programme_id: int) -> _ToldTimes:
    scope = work.session.get_one(Programme, programme_id).interview_scope
    return _ToldTimes(last_told(work.session, programme_id, scope), scope)


def _move_rows(work: UnitOfWork, moved: Mapping[int, Sitting], told: _ToldTimes) -> None:
    """Write new times; a time that stays as it is stays announced, and so does one that comes back."""
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
            "announced_at": row.announced_at if stays else told.announced_at(sitting),
        }
    work.update_many(Interview, changes)


def _reseated(work: UnitOfWork, moved: Mapping[int, Sitting]) -> list[int]:
    """Return the interviews that others hold from now on: seats stand in rows of their own."""
    seats: dict[int, set[int]] = {key: set() for key in moved}
    for chunk in chunks(list(moved)):
        query = select(InterviewSeat.interview_id, InterviewSeat.interviewer_id)
        for key, interviewer_id in work.session.execute(query.where(InterviewSeat.interview_id.in_(chunk))):
            seats[key].add(interviewer_id)
    return [key for key, sitting in moved.items() if seats[key] != set(sitting.interviewer_ids)]


def _new_row(programme_id: int, sitting: Sitting, told: _ToldTimes) -> dict[str, Any]:
    return {
        "programme_id": programme_id,
        "entry_id": sitting.entry_id,
        "course_id": sitting.course_id,
        "applicant_id": sitting.applicant_id,
        "starts_at": sitting.start,
        "ends_at": sitting.end,
        "announced_at": told.announced_at(sitting),
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
