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
from fujisawa_desktop.services.stale import NOT_STORED, refuse_stale
from fujisawa_desktop.services.unit_of_work import unit_of_work

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """One saved view.

    Attributes:
        query: its question; a course that is gone asks nothing any more.
        columns: keys of the columns shown, from left to right; empty when the window chooses.
        count: how many entries it finds now.
        version: of the view as it was read.
    """

    view_id: int
    name: str
    query: ListQuery
    columns: tuple[str, ...]
    count: int
    version: int


@dataclass(frozen=True, slots=True)
class ViewForm:
    """One saved view as somebody saw it; without a question where there was none of that name."""

    name: str
    version: int
    query: ListQuery | None = None
    columns: tuple[str, ...] = ()


def saved_views(database: Database, *, programme_id: int) -> list[SavedViewRow]:
    """Return the saved views in the order in which they were made, each with its count."""
    with database.read() as session:
        listed = select(SavedView).where(SavedView.programme_id == programme_id).order_by(SavedView.position)
        courses = _courses(session, programme_id)
        found = [(view.id, _form(view, courses)) for view in session.scalars(listed)]
    return [
        SavedViewRow(
            view_id, form.name, form.query, form.columns, list_count(database, form.query), form.version
        )
        for view_id, form in found
        if form.query is not None
    ]


def view_seen(view: SavedViewRow) -> ViewForm:
    """Return what was seen of a view."""
    return ViewForm(view.name, view.version, view.query, view.columns)


def view_under(name: str, seen: Sequence[SavedViewRow]) -> ViewForm:
    """Return what was seen under a name as somebody types it; nothing where there was no such view."""
    tidy = " ".join(name.split())
    return next((view_seen(one) for one in seen if one.name == tidy), ViewForm(tidy, NOT_STORED))


def view_form(database: Database, *, view_id: int) -> ViewForm:
    """Return a view as stored now.

    Raises:
        NotFoundError: ``saved-view.gone``.
    """
    with database.read() as session:
        view = _view(session, view_id)
        return _form(view, _courses(session, view.programme_id))


def view_named(database: Database, *, programme_id: int, name: str) -> ViewForm:
    """Return what is stored under a name now."""
    with database.read() as session:
        view = _named(session, programme_id, name)
        return ViewForm(name, NOT_STORED) if view is None else _form(view, _courses(session, programme_id))


def save_view(
    database: Database,
    *,
    query: ListQuery,
    name: str,
    columns: Sequence[str] = (),
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Keep a question, its order and the columns shown; a view of that name is replaced.

    ``version`` is that of the view that was seen under the name, ``NOT_STORED`` if there was none;
    None does not compare.

    Raises:
        ConflictError: another view stands under that name by now.
        ValidationError: the name is empty or too long.
    """
    tidy = _name(name)
    with unit_of_work(database, "saved-view.save", actor=actor) as work:
        view = _named(work.session, query.programme_id, tidy)
        refuse_stale(version, None if view is None else view.version)
        if view is None:
            last = select(func.max(SavedView.position)).where(SavedView.programme_id == query.programme_id)
            view = SavedView(
                programme_id=query.programme_id, name=tidy, position=(work.session.scalar(last) or 0) + 1
            )
            work.session.add(view)
        view.query = stored_query(query)
        view.columns = list(columns)
        return work.commit()


def rename_view(
    database: Database, *, view_id: int, name: str, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Give a saved view another name.

    Raises:
        ConflictError: somebody else changed it since that version was seen.
        ValidationError: the name is empty, too long, or another view's.
        NotFoundError: the view is gone.
    """
    tidy = _name(name)
    with unit_of_work(database, "saved-view.rename", actor=actor) as work:
        view = _view(work.session, view_id)
        refuse_stale(version, view.version)
        same = select(SavedView.id).where(
            SavedView.programme_id == view.programme_id, SavedView.name == tidy, SavedView.id != view_id
        )
        if work.session.scalar(same) is not None:
            raise ValidationError("saved-view.name-taken", field="name", name=tidy)
        view.name = tidy
        return work.commit()


def delete_view(
    database: Database, *, view_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Delete a saved view; nobody's data is touched.

    Raises:
        ConflictError: somebody else changed it since that version was seen.
        NotFoundError: the view is gone.
    """
    with unit_of_work(database, "saved-view.delete", actor=actor) as work:
        view = _view(work.session, view_id)
        refuse_stale(version, view.version)
        work.session.delete(view)
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


def _named(session: Session, programme_id: int, name: str) -> SavedView | None:
    return session.scalar(
        select(SavedView).where(SavedView.programme_id == programme_id, SavedView.name == name)
    )


def _courses(session: Session, programme_id: int) -> frozenset[int]:
    return frozenset(session.scalars(select(Course.id).where(Course.programme_id == programme_id)))


def _form(view: SavedView, courses: frozenset[int]) -> ViewForm:
    question = query_of(view.query, view.programme_id, courses)
    return ViewForm(view.name, view.version, question, tuple(map(str, view.columns)))
