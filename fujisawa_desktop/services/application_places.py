"""The places of one entry by points, asked for beside the details: counting a course takes a moment."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from fujisawa_desktop.models import Application, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.list_narrowing import takes_part


@dataclass(frozen=True, slots=True)
class PlaceView:
    """The place of one application within its course, as the list shows it; equals share a place."""

    application_id: int
    rank: int
    ranked: int


@dataclass(frozen=True, slots=True)
class EntryPlaces:
    """The places of an entry's applications that have points and take part."""

    entry_id: int
    places: tuple[PlaceView, ...]


def entry_places(database: Database, *, entry_id: int) -> EntryPlaces:
    """Return the places of an entry by the points of the first screening.

    They are counted, not ranked one by one: nobody else's place is needed.
    """
    ranked = (
        select(Application.id, Application.course_id, Application.score)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Application.score.is_not(None), takes_part())
    )
    with database.read() as session:
        own = session.execute(ranked.where(Application.entry_id == entry_id)).all()
        found = []
        for application_id, course_id, score in own:
            others = ranked.where(Application.course_id == course_id).subquery()
            better = func.coalesce(func.sum(case((others.c.score > score, 1), else_=0)), 0)
            count, ahead = session.execute(select(func.count(), better).select_from(others)).one()
            found.append(PlaceView(application_id, ahead + 1, count))
        return EntryPlaces(entry_id, tuple(found))
