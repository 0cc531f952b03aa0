"""What happened to a person, in order: who did what, and which values it changed from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    ApplicantNote,
    Application,
    Decision,
    Entry,
    EntryKind,
    FlagRuling,
    Interview,
    JournalEntry,
    JournalPayload,
    JournalSubject,
    Notice,
)
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.changes import Label
from fujisawa_desktop.services.person_split import everybody_in

SHOWN: Final = 200
_READ_BYTES: Final = 16_000
"""Larger acts concern many people: their name says enough, and reading them would take too long."""
_READ_IN_ALL: Final = 96_000
"""What is read of acts, compressed, before the older ones are told by their name alone."""
_UNTOLD: Final = frozenset(
    {
        "id",
        "version",
        "search_key",
        "sort_key",
        "applicant_id",
        "programme_id",
        "ruled_at",
        "written_at",
        "actor",
    }
)
_WHOLE: Final = {
    FlagRuling.__tablename__: ("verdict", "reason"),
    ApplicantNote.__tablename__: ("text",),
    Decision.__tablename__: ("result", "reserve_rank"),
    Interview.__tablename__: ("starts_at",),
}
"""Of rows that came or went, the columns worth telling."""
_TIMES: Final[tuple[str, ...]] = ("starts_at", "ends_at")
"""Of an interview the first of these that changed is told; what else an act does to one, its name says."""
_ACTS: Final = (
    select(JournalEntry, JournalPayload.data)
    .outerjoin(
        JournalPayload,
        (JournalPayload.seq == JournalEntry.seq) & (func.length(JournalPayload.data) <= _READ_BYTES),
    )
    .where(
        JournalEntry.seq.in_(
            select(JournalSubject.seq)
            .where(
                JournalSubject.kind == "applicant",
                JournalSubject.subject_id.in_(bindparam("people", expanding=True)),
            )
            .distinct()
        )
    )
    .order_by(JournalEntry.seq.desc())
    .limit(SHOWN)
)

_Issue = tuple[datetime, object]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value before and after; ``table`` and ``field`` name it."""

    table: str
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class PersonHistoryRow:
    """One line of 経過, with the values it changed."""

    seq: int
    at: datetime
    actor: str
    label: Label
    kind: EntryKind
    changes: tuple[ValueChange, ...]


def person_history(session: Session, applicant_id: int) -> tuple[PersonHistoryRow, ...]:
    """Return what happened to a person and to everybody merged into that person, latest first."""
    people = everybody_in(session, applicant_id)
    numbers = _numbers_issued(session, people)
    own: dict[str, set[int]] = {}
    told: list[PersonHistoryRow] = []
    left, is_all_read = _READ_IN_ALL, True
    for entry, data in session.execute(_ACTS, {"people": people}):
        left -= len(data or b"")
        changes: tuple[ValueChange, ...] = ()
        if data and left >= 0:
            own = own or _own_rows(session, people)
            if not is_all_read:
                own[Interview.__tablename__].clear()
            payload = unpack(data)[0]
            changes = tuple(_changes(payload, own))
            _go_back(payload, own)
        else:
            is_all_read = False
        if entry.kind is EntryKind.ISSUED:
            changes = (*changes, *numbers.get((entry.at, entry.params.get("kind")), ()))
        act = Label(entry.label, dict(entry.params))
        told.append(PersonHistoryRow(entry.seq, entry.at, entry.actor, act, entry.kind, changes))
    return tuple(told)


def _numbers_issued(session: Session, people: Sequence[int]) -> dict[_Issue, tuple[ValueChange, ...]]:
    """Return the document numbers of what a person was sent, by the moment and the kind of its issue.

    Asked of the papers themselves: an issue to hundreds of people is too large to be read here.
    """
    table = Notice.__tablename__
    printed = Notice.snapshot["spec"]["number"].as_string()
    query = (
        select(Notice.issued_at, Notice.kind, printed, Notice.document_number)
        .where(Notice.applicant_id.in_(people), Notice.document_number != "")
        .order_by(Notice.id)
    )
    found: dict[_Issue, tuple[ValueChange, ...]] = {}
    for issued_at, kind, text, number in session.execute(query):
        told = ValueChange(table, "document_number", None, text or number)
        found[issued_at, kind] = (*found.get((issued_at, kind), ()), told)
    return found


def _own_rows(session: Session, people: Sequence[int]) -> dict[str, set[int]]:
    """Return the ids of the rows that are this person's, by table."""
    entries = set(session.scalars(select(Entry.id).where(Entry.applicant_id.in_(people))))
    applications = set(session.scalars(select(Application.id).where(Application.entry_id.in_(entries))))
    own = {
        "applicant": set(people),
        Entry.__tablename__: entries,
        Application.__tablename__: applications,
    }
    for model, link, keys in (
        (Decision, Decision.application_id, applications),
        (FlagRuling, FlagRuling.entry_id, entries),
        (ApplicantNote, ApplicantNote.applicant_id, set(people)),
        (Interview, Interview.applicant_id, set(people)),
    ):
        own[model.__tablename__] = set(session.scalars(select(model.id).where(link.in_(keys))))
    return own


def _go_back(payload: Mapping[str, Any], own: Mapping[str, set[int]]) -> None:
    """Let the interviews be those of before an act; before it came, an id may have been somebody else's."""
    part, mine = payload.get(Interview.__tablename__, {}), own[Interview.__tablename__]
    mine.difference_update(row["id"] for row in _rows(part.get("inserted")))
    mine.update(row["id"] for row in _rows(part.get("deleted")) if _is_own(row, own))


def _changes(payload: Mapping[str, Any], own: Mapping[str, set[int]]) -> Iterator[ValueChange]:
    """Yield what an act changed of this person."""
    for table in sorted(own.keys() & payload.keys()):
        part = payload[table]
        for row_id, before, after in part.get("updated", ()):
            if row_id in own[table]:
                yield from _updates(table, before, after)
        if table in _WHOLE:
            yield from _comings_and_goings(table, part, own)


def _updates(table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ValueChange]:
    changed = [field for field, old in before.items() if field not in _UNTOLD and old != after[field]]
    if table == Interview.__tablename__:
        changed = [field for field in _TIMES if field in changed][:1]
    for field in changed:
        yield ValueChange(table, field, before[field], after[field])


def _comings_and_goings(
    table: str, part: Mapping[str, Any], own: Mapping[str, set[int]]
) -> Iterator[ValueChange]:
    for row in _rows(part.get("inserted")):
        if row["id"] in own[table] or _is_own(row, own):
            yield from (ValueChange(table, field, None, row[field]) for field in _told(table, row))
    for row in _rows(part.get("deleted")):
        if _is_own(row, own):
            yield from (ValueChange(table, field, row[field], None) for field in _told(table, row))


def _rows(part: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    for values in part["rows"] if part else ():
        yield dict(zip(part["columns"] if part else (), values, strict=True))


def _told(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    return (field for field in _WHOLE[table] if row.get(field) not in {None, ""})


def _is_own(row: Mapping[str, Any], own: Mapping[str, set[int]]) -> bool:
    """Return whether a row that came or went hangs on this person."""
    return any(row.get(f"{table}_id") in own[table] for table in ("applicant", "entry", "application"))
