"""What people were told about their interviews: the newest announcement is what they believe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Interview, InterviewAnnouncement, InterviewScope
from fujisawa_desktop.rules.planning import Window

ToldKey = tuple[int, int, int | None]
"""Applicant, entry and course; the entry is 0 where a person is seen once for all entries."""


@dataclass(frozen=True, slots=True)
class Told:
    """One announcement.

    Attributes:
        is_cancelled: the person was told that this time is off.
    """

    entry_id: int
    applicant_id: int
    course_id: int | None
    start: datetime
    end: datetime
    is_cancelled: bool
    announced_at: datetime
    actor: str


def told_key(scope: InterviewScope, applicant_id: int, entry_id: int, course_id: int | None) -> ToldKey:
    """Return what an announcement is about."""
    return applicant_id, 0 if scope is InterviewScope.PERSON else entry_id, course_id


def told_rows(session: Session, programme_id: int) -> list[Told]:
    """Return all announcements of a programme, the oldest first."""
    query = (
        select(InterviewAnnouncement)
        .where(InterviewAnnouncement.programme_id == programme_id)
        .order_by(InterviewAnnouncement.announced_at, InterviewAnnouncement.id)
    )
    return [told(row) for row in session.scalars(query)]


def told(row: InterviewAnnouncement) -> Told:
    """Return an announcement as the layers above see it."""
    return Told(
        row.entry_id,
        row.applicant_id,
        row.course_id,
        row.starts_at,
        row.ends_at,
        row.is_cancelled,
        row.announced_at,
        row.actor,
    )


def last_told(session: Session, programme_id: int, scope: InterviewScope) -> dict[ToldKey, Told]:
    """Return the newest announcement of each interview, also of those that are off."""
    return {
        told_key(scope, one.applicant_id, one.entry_id, one.course_id): one
        for one in told_rows(session, programme_id)
    }


def believed(last: dict[ToldKey, Told], scope: InterviewScope, row: Interview) -> Window | None:
    """Return the time the person of an interview believes in; None when told nothing, or that it is off."""
    one = last.get(told_key(scope, row.applicant_id, row.entry_id, row.course_id))
    if one is None:
        return (row.starts_at, row.ends_at) if row.announced_at is not None else None
    return None if one.is_cancelled else (one.start, one.end)
