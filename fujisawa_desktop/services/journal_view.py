"""The journal as a clerk reads it: newest first, narrowed down, page by page; and what one act changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Base,
    Entry,
    EntryKind,
    JournalEntry,
    JournalPayload,
    JournalSubject,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import PAYLOADS, unpack
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.services.changes import Label
from fujisawa_desktop.services.table_files import ListTable

PAGE: Final = 200
KINDS: Final = tuple(kind.value for kind in EntryKind)
"""What an entry may be; a word for each stands in the family ``journal-kind``."""
SHOWN: Final = 500
"""Values of one act that are listed; its name says how many more there are."""
_LARGE: Final = 4_000_000
"""Bytes of a stored payload from which on an act is told by its name alone."""
_NAMED: Final = 20
_UNTOLD: Final = frozenset({"id", "version", "search_key", "sort_key", "programme_id"})
_LINKS: Final = ("applicant_id", "entry_id", "application_id")


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """Which acts are asked for; what is empty asks for nothing.

    Attributes:
        since, until: days, both included.
        actor: part of the name of who did it.
        kinds: kinds of entries.
        subject: part of a number or name of a person.
        codes: labels whose words hold what is looked for.
        text: what is looked for, in counts, dates and numbers too.
    """

    since: date | None = None
    until: date | None = None
    actor: str = ""
    kinds: frozenset[str] = frozenset()
    subject: str = ""
    codes: frozenset[str] = field(default_factory=frozenset)
    text: str = ""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One act in the list; ``people`` is how many it concerns."""

    seq: int
    at: datetime
    actor: str
    label: Label
    kind: EntryKind
    people: int


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some acts, newest first; ``total`` of all that fit is known only when there are no more."""

    rows: tuple[JournalRow, ...]
    total: int | None
    more: bool


@dataclass(frozen=True, slots=True)
class ActChange:
    """One value before and after; ``about`` is the person, by number and name."""

    table: str
    field: str
    old: object
    new: object
    about: str


@dataclass(frozen=True, slots=True)
class ActDetails:
    """What one act did.

    Attributes:
        row: the act.
        people: whom it concerns, by number and name; the first of them.
        changes: the values, the first of them.
        more: how many values are not listed.
        erased_by: the erasure that took people out of it.
        is_large: too much to be listed.
        rewritten: of an erasure, how many acts it took people out of.
    """

    row: JournalRow
    people: tuple[str, ...]
    changes: tuple[ActChange, ...]
    more: int
    erased_by: int | None
    is_large: bool = False
    rewritten: int = 0


def journal_page(
    database: Database, *, query: JournalQuery, before: int | None = None, size: int = PAGE
) -> JournalPage:
    """Return acts that fit a query, from the newest before ``before`` on."""
    with database.read() as session:
        wanted = _conditions(session, query)
        if before is not None:
            wanted = [*wanted, JournalEntry.seq < before]
        # Which acts they are is found first: told with their people, those that do not fit would cost too.
        seqs = select(JournalEntry.seq).where(*wanted).order_by(JournalEntry.seq.desc()).limit(size + 1)
        chosen = JournalEntry.seq.in_(session.scalars(seqs).all())
        found = session.execute(_rows().where(chosen).order_by(JournalEntry.seq.desc())).all()
        is_all = before is None and len(found) <= size
        return JournalPage(
            tuple(_row(one) for one in found[:size]), len(found) if is_all else None, len(found) > size
        )


def journal_count(database: Database, *, query: JournalQuery) -> int:
    """Return how many acts fit a query."""
    with database.read() as session:
        wanted = _conditions(session, query)
        return session.scalar(select(func.count()).select_from(JournalEntry).where(*wanted)) or 0


def journal_rows(database: Database, *, query: JournalQuery) -> tuple[JournalRow, ...]:
    """Return all acts that fit a query, newest first."""
    with database.read() as session:
        found = session.execute(_rows().where(*_conditions(session, query)).order_by(JournalEntry.seq.desc()))
        return tuple(_row(one) for one in found)


def journal_actors(database: Database) -> tuple[str, ...]:
    """Return everybody who ever did something, by name."""
    with database.read() as session:
        return tuple(session.scalars(select(JournalEntry.actor).distinct().order_by(JournalEntry.actor)))


def act_details(database: Database, *, seq: int) -> ActDetails:
    """Return what an act changed, as far as it can be listed.

    Raises:
        NotFoundError: there is no such act.
    """
    with database.read() as session:
        found = session.execute(_rows().where(JournalEntry.seq == seq)).one_or_none()
        if found is None:
            raise NotFoundError("journal.no-such-act", number=seq)
        people = _named_people(session, seq)
        size = select(func.length(JournalPayload.data), JournalPayload.erased_by)
        length, erased_by = session.execute(size.where(JournalPayload.seq == seq)).one_or_none() or (0, None)
        if length > _LARGE:
            return ActDetails(_row(found), people, (), 0, erased_by, is_large=True)
        payload = unpack(session.get_one(JournalPayload, seq).data)[0] if length else {}
        rewritten = len(payload.pop(PAYLOADS, {}).get("rewritten", ()))
        changes = list(_changes(session, payload))
        shown = tuple(changes[:SHOWN])
        more = len(changes) - len(shown)
        return ActDetails(_row(found), people, shown, more, erased_by, rewritten=rewritten)


def journal_table(rows: Sequence[JournalRow], words: Callable[[Label], str]) -> ListTable:
    """Return acts as a list for a file; ``words`` names an act."""
    return ListTable(
        name="journal",
        columns=("act_number", "act_at", "act_actor", "act_kind", "act", "act_people"),
        rows=tuple(
            (one.seq, one.at, one.actor, one.kind.value, words(one.label), one.people) for one in rows
        ),
        families=(("act_kind", "journal-kind"),),
    )


def _rows() -> Select[Any]:
    # Asked for the kind, the database may read everybody's acts by their kind for each single act.
    is_person = case((JournalSubject.kind == "applicant", 1), else_=0)
    people = (
        select(func.coalesce(func.sum(is_person), 0))
        .where(JournalSubject.seq == JournalEntry.seq)
        .scalar_subquery()
    )
    return select(
        JournalEntry.seq,
        JournalEntry.at,
        JournalEntry.actor,
        JournalEntry.label,
        JournalEntry.params,
        JournalEntry.kind,
        people.label("people"),
    )


def _row(found: Any) -> JournalRow:
    return JournalRow(
        found.seq, found.at, found.actor, Label(found.label, dict(found.params)), found.kind, found.people
    )


def _conditions(session: Session, query: JournalQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.since is not None:
        wanted.append(JournalEntry.at >= datetime.combine(query.since, time()))
    if query.until is not None:
        wanted.append(JournalEntry.at < datetime.combine(query.until + timedelta(1), time()))
    if query.actor:
        wanted.append(JournalEntry.actor.contains(query.actor, autoescape=True))
    if query.kinds:
        wanted.append(JournalEntry.kind.in_([EntryKind(kind) for kind in sorted(query.kinds)]))
    if query.text:
        params = cast(JournalEntry.params, String).contains(query.text, autoescape=True)
        wanted.append(params | JournalEntry.label.in_(sorted(query.codes)))
    if query.subject:
        find = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
        people = select(Applicant.id).where(find(Applicant.search_key, search_key(query.subject)) > 0)
        entered = select(Entry.applicant_id).where(Entry.number.contains(query.subject, autoescape=True))
        acts = select(JournalSubject.seq).where(
            JournalSubject.kind == "applicant", JournalSubject.subject_id.in_(people.union_all(entered))
        )
        wanted.append(JournalEntry.seq.in_(acts))
    return wanted


def _named_people(session: Session, seq: int) -> tuple[str, ...]:
    chosen = (
        select(JournalSubject.subject_id)
        .where(JournalSubject.seq == seq, JournalSubject.kind == "applicant")
        .order_by(JournalSubject.subject_id)
        .limit(_NAMED)
    )
    known = _names(session, list(session.scalars(chosen)))
    return tuple(known.values())


def _names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return people by number and name; who is no longer kept is left out."""
    query = (
        select(
            Applicant.id,
            func.min(Entry.number).label("number"),
            func.coalesce(func.nullif(Applicant.name_official, ""), Applicant.name_entered).label("name"),
        )
        .join(Entry, Entry.applicant_id == Applicant.id, isouter=True)
        .where(Applicant.id.in_(ids))
        .group_by(Applicant.id, Applicant.name_official, Applicant.name_entered)
    )
    return {row.id: f"{row.number or ''} {row.name}".strip() for row in session.execute(query)}


def _changes(session: Session, payload: Mapping[str, Any]) -> Iterator[ActChange]:
    """Yield the values an act changed, table by table, with the person each row is of."""
    for table in (one.name for one in Base.metadata.sorted_tables if one.name in payload):
        part = payload[table]
        rows = list(_told(part))
        about = _abouts(session, table, rows)
        for key, before, after in rows:
            for name in dict.fromkeys((*before, *after)):
                old, new = before.get(name), after.get(name)
                if is_told(name) and (old or "") != (new or ""):
                    yield ActChange(table, name, old, new, about.get(key, ""))


def is_told(name: str) -> bool:
    """Whether a field's values are listed: numbers of rows and keys of sorting say nothing to a clerk."""
    return name not in _UNTOLD and not name.endswith("_id")


def _told(part: Mapping[str, Any]) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """Yield key, before and after of each row."""
    yield from ((key, dict(before), dict(after)) for key, before, after in part.get("updated", ()))
    for name, is_new in (("inserted", True), ("deleted", False)):
        held = part.get(name) or {"columns": (), "rows": ()}
        for values in held["rows"][: SHOWN * 2]:
            row = dict(zip(held["columns"], values, strict=True))
            yield (row.get("id"), {}, row) if is_new else (row.get("id"), row, {})


def _abouts(
    session: Session, table: str, rows: Sequence[tuple[Any, dict[str, Any], dict[str, Any]]]
) -> dict[Any, str]:
    """Return whom rows are of, as far as they and their people are still there."""
    keys = [key for key, _before, _after in rows][: SHOWN * 2]
    if table == "applicant":
        return dict(_names(session, keys))
    found = Base.metadata.tables[table]
    link = next((name for name in _LINKS if name in found.c), None)
    if table == "entry":
        link = "applicant_id"
    if link is None:
        return {}
    known = {key: (after or before).get(link) for key, before, after in rows if (after or before).get(link)}
    missing = [key for key in keys if key not in known and "id" in found.c]
    if missing:
        query = select(found.c.id, found.c[link]).where(found.c.id.in_(missing))
        known.update({row[0]: row[1] for row in session.execute(query) if row[1]})
    if link != "applicant_id":
        people = _people_of(session, link, {one for one in known.values() if one is not None})
        known = {key: people[one] for key, one in known.items() if one in people}
    names = _names(session, sorted({one for one in known.values() if one is not None}))
    return {key: names[one] for key, one in known.items() if one in names}


def _people_of(session: Session, link: str, ids: set[int]) -> dict[int, int]:
    """Return the person behind each entry or application."""
    if link == "entry_id":
        query = select(Entry.id, Entry.applicant_id).where(Entry.id.in_(ids))
    else:
        query = (
            select(Application.id, Entry.applicant_id)
            .join(Entry, Entry.id == Application.entry_id)
            .where(Application.id.in_(ids))
        )
    return {row[0]: row[1] for row in session.execute(query)}
