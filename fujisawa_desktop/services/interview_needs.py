"""What single people need for their interview: an early day, more time, support (合理的配慮)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import Applicant, InterviewNeed
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

LONGEST_MINUTES: Final = 240


@dataclass(frozen=True, slots=True)
class Need:
    """What one person needs.

    Attributes:
        finish_by: the day by which the person asked to be seen.
        minutes: length of this interview where it differs from the usual one.
        needs_support: best seen by an interviewer who is prepared for it.
        note: 配慮事項 in words, for those who interview.
        version: version of the stored row, None while there is none.
    """

    finish_by: date | None = None
    minutes: int | None = None
    needs_support: bool = False
    note: str = ""
    version: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing special is needed."""
        return not (self.finish_by or self.minutes or self.needs_support or self.note.strip())


def need_of(session: Session, applicant_id: int) -> Need:
    """Return what a person needs."""
    row = _row(session, applicant_id)
    if row is None:
        return Need()
    return Need(row.finish_by, row.minutes, row.needs_support, row.note, row.version)


def set_need(database: Database, *, applicant_id: int, need: Need, actor: str | None = None) -> ChangeSet:
    """Record what a person needs, as one act; a booked interview stays, and the calendar marks it.

    Raises:
        ValidationError, ConflictError: as `write_need`.
        NotFoundError: ``applicant.gone``.
    """
    with unit_of_work(database, "interview.need", actor=actor) as work:
        if work.session.get(Applicant, applicant_id) is None:
            raise NotFoundError("applicant.gone")
        write_need(work, applicant_id, need)
        return work.commit()


def write_need(work: UnitOfWork, applicant_id: int, need: Need) -> None:
    """Record what a person needs, within an act; an empty need takes the record away.

    Raises:
        ValidationError: ``need.minutes`` for a length that is no multiple of five minutes, or too long.
        ConflictError: somebody else changed it meanwhile.
    """
    if need.minutes is not None and (
        need.minutes % UNIT_MINUTES or not UNIT_MINUTES <= need.minutes <= LONGEST_MINUTES
    ):
        raise ValidationError("need.minutes", field="minutes", step=UNIT_MINUTES, most=LONGEST_MINUTES)
    row = _row(work.session, applicant_id)
    if (row.version if row else None) != need.version:
        raise ConflictError("conflict.changed-meanwhile")
    if need.is_empty:
        if row is not None:
            work.session.delete(row)
        return
    if row is None:
        row = InterviewNeed(applicant_id=applicant_id)
        work.session.add(row)
    row.finish_by, row.minutes = need.finish_by, need.minutes
    row.needs_support, row.note = need.needs_support, need.note.strip()


def _row(session: Session, applicant_id: int) -> InterviewNeed | None:
    return session.scalars(
        select(InterviewNeed).where(InterviewNeed.applicant_id == applicant_id)
    ).one_or_none()
