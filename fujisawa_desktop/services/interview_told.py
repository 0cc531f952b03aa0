"""What people were told about their interviews: the newest announcement is what they believe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
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


_COLUMNS: Final = (
    InterviewAnnouncement.entry_id,
    InterviewAnnouncement.applicant_id,
    InterviewAnnouncement.course_id,
    InterviewAnnouncement.starts_at,
    InterviewAnnouncement.ends_at,
    InterviewAnnouncement.is_cancelled,
    InterviewAnnouncement.announced_at,
    InterviewAnnouncement.actor,
)
"""In the order of `Told`."""


def told_key(scope: InterviewScope, applicant_id: int, entry_id: int, course_id: int | None) -> ToldKey:
    """Return what an announcement is about."""
    return applicant_id, 0 if scope is InterviewScope.PERSON else entry_id, course_id


def told_rows(session: Session, *conditions: ColumnElement[bool]) -> list[Told]:
    """Return announcements, the oldest first."""
    row = InterviewAnnouncement
    query = select(*_COLUMNS).where(*conditions).order_by(row.announced_at, row.id)
    return [Told(*found) for found in session.execute(query)]


def last_told(session: Session, programme_id: int, scope: InterviewScope) -> dict[ToldKey, Told]:
    """Return the newest announcement of each interview, also of those that are off."""
    return {
        told_key(scope, one.applicant_id, one.entry_id, one.course_id): one
        for one in told_rows(session, InterviewAnnouncement.programme_id == programme_id)
    }


def believed(last: dict[ToldKey, Told], scope: InterviewScope, row: Interview) -> Window | None:
    """Return the time the person of an interview believes in; None when told nothing, or that it is off."""
    one = last.get(told_key(scope, row.applicant_id, row.entry_id, row.course_id))
    if one is None:
        return (row.starts_at, row.ends_at) if row.announced_at is not None else None
    return None if one.is_cancelled else (one.start, one.end)
