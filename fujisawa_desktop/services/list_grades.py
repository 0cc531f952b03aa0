"""The years of study that the list can be narrowed to."""

from __future__ import annotations

from sqlalchemy import func, select

from fujisawa_desktop.models import Applicant, Entry
from fujisawa_desktop.models.database import Database


def grade_counts(database: Database, programme_id: int) -> dict[str, int]:
    """Return the years of study that occur, with the number of entries of each."""
    query = (
        select(Applicant.grade, func.count())
        .join(Entry, Entry.applicant_id == Applicant.id)
        .where(Entry.programme_id == programme_id, Applicant.grade != "")
        .group_by(Applicant.grade)
        .order_by(Applicant.grade)
    )
    with database.read() as session:
        return {row[0]: row[1] for row in session.execute(query)}
