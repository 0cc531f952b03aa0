"""保存した絞り込み: filters, order and columns of the list under a name, for every clerk of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, ValidationError
from fujisawa_desktop.models import Course, SavedView
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicant_list import list_count
from fujisawa_desktop.services.applicant_query import FLAGS, SORTS, ListQuery
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.list_narrowing import NOTED, Narrowing
from fujisawa_desktop.services.unit_of_work import unit_of_work

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """One saved view.

    Attributes:
        query: its question; a course that is gone asks nothing any more.
        columns: keys of the columns shown, from left to right; empty when the window chooses.
        count: how many entries it finds now.
    """

    view_id: int
    name: str
    query: ListQuery
    columns: tuple[str, ...]
    count: int


def saved_views(database: Database, *, programme_id: int) -> list[SavedViewRow]:
    """Return the saved views in the order in which they were made, each with its count."""
    with database.read() as session:
        listed = select(SavedView).where(SavedView.programme_id == programme_id).order_by(SavedView.position)
        courses = frozenset(session.scalars(select(Course.id).where(Course.programme_id == programme_id)))
        found = [
            (view.id, view.name, query_of(view.query, programme_id, courses), tuple(map(str, view.columns)))
            for view in session.scalars(listed)
        ]
    return [
        SavedViewRow(view_id, name, query, columns, list_count(database, query))
        for view_id, name, query, columns in found
    ]


def save_view(
    database: Database,
    *,
    query: ListQuery,
    name: str,
    columns: Sequence[str] = (),
    actor: str | None = None,
) -> ChangeSet:
    """Keep a question, its order and the columns shown; a view of that name is replaced.

    Raises:
        ValidationError: the name is empty or too long.
    """
    tidy = _name(name)
    with unit_of_work(database, "saved-view.save", actor=actor) as work:
        view = work.session.scalar(
            select(SavedView).where(SavedView.programme_id == query.programme_id, SavedView.name == tidy)
        )
        if view is None:
            last = select(func.max(SavedView.position)).where(SavedView.programme_id == query.programme_id)
            view = SavedView(
                programme_id=query.programme_id, name=tidy, position=(work.session.scalar(last) or 0) + 1
            )
            work.session.add(view)
        view.query = stored_query(query)
        view.columns = list(columns)
        return work.commit()


def rename_view(database: Database, *, view_id: int, name: str, actor: str | None = None) -> ChangeSet:
    """Give a saved view another name.

    Raises:
        ValidationError: the name is empty, too long, or another view's.
        NotFoundError: the view is gone.
    """
    tidy = _name(name)
    with unit_of_work(database, "saved-view.rename", actor=actor) as work:
        view = _view(work.session, view_id)
        same = select(SavedView.id).where(
            SavedView.programme_id == view.programme_id, SavedView.name == tidy, SavedView.id != view_id
        )
        if work.session.scalar(same) is not None:
            raise ValidationError("saved-view.name-taken", field="name", name=tidy)
        view.name = tidy
        return work.commit()


def delete_view(database: Database, *, view_id: int, actor: str | None = None) -> ChangeSet:
    """Delete a saved view; nobody's data is touched.

    Raises:
        NotFoundError: the view is gone.
    """
    with unit_of_work(database, "saved-view.delete", actor=actor) as work:
        work.session.delete(_view(work.session, view_id))
        return work.commit()


def stored_query(query: ListQuery) -> dict[str, Any]:
    """Return a question as it is stored; a group of the day is not part of it."""
    more = query.narrowing
    parts: dict[str, Any] = {
        "text": query.text.strip(),
        "courses": sorted(query.course_ids),
        "statuses": sorted(status.value for status in query.statuses),
        "flags": sorted(query.flags),
        "open_flags": query.open_flags or None,
        "sources": sorted(query.sources),
        "sorts": [list(sort) for sort in query.sorts],
        "score_from": more.score_from,
        "score_to": more.score_to,
        "rank_to": more.rank_to,
        "noted": more.noted,
        "grades": sorted(more.grades),
        "weekdays": more.weekdays,
        "received_from": more.received_from and more.received_from.isoformat(),
        "received_until": more.received_until and more.received_until.isoformat(),
    }
    return {name: value for name, value in parts.items() if value not in (None, "", [])}


def query_of(stored: Mapping[str, Any], programme_id: int, courses: frozenset[int]) -> ListQuery:
    """Return a stored question; what this version does not know, or is gone, asks nothing."""
    statuses = {status.value: status for status in ApplicationStatus}
    sorts = tuple(
        (name, direction)
        for name, direction in stored.get("sorts", [])
        if name in SORTS and direction in ("asc", "desc")
    )
    noted = stored.get("noted", "")
    return ListQuery(
        programme_id,
        text=stored.get("text", ""),
        course_ids=courses.intersection(stored.get("courses", [])),
        statuses=frozenset(statuses[name] for name in stored.get("statuses", []) if name in statuses),
        flags=frozenset(FLAGS).intersection(stored.get("flags", [])),
        open_flags=bool(stored.get("open_flags", False)),
        sources=frozenset(stored.get("sources", [])),
        narrowing=Narrowing(
            score_from=stored.get("score_from"),
            score_to=stored.get("score_to"),
            rank_to=stored.get("rank_to"),
            noted=noted if noted in NOTED else "",
            grades=frozenset(stored.get("grades", [])),
            weekdays=stored.get("weekdays", ""),
            received_from=_day(stored.get("received_from")),
            received_until=_day(stored.get("received_until")),
        ),
        sorts=sorts or (("kana", "asc"),),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise ValidationError("saved-view.name-empty", field="name")
    if len(name) > LONGEST_NAME:
        raise ValidationError("saved-view.name-long", field="name", most=LONGEST_NAME)
    return name


def _view(session: Session, view_id: int) -> SavedView:
    view = session.get(SavedView, view_id)
    if view is None:
        raise NotFoundError("saved-view.gone")
    return view
