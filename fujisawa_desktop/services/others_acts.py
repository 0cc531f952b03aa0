"""Undo where several people work: whose act is the latest, and what others have built on one of mine.

Taking back the latest act of all brings back a state that was there before.  Taking back one beneath
somebody else's does not: it is done only where the two cannot touch.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import EntryKind, JournalEntry, JournalPayload, JournalSubject
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.changes import Label

PLAIN: Final = frozenset({"applicant", "applicant_note", "saved_view"})
"""Tables no rule counts over: acts on other rows of these do not bear on one another.

Of any other table one row can stand in the way of another: a place of a course, an hour, a closed month.
"""
_READ_BYTES: Final = 512_000
"""The payload of a larger act is not read: it may have touched anything."""
_MOST: Final = 200
"""After so many acts of others it is not asked any more which of them bears on mine."""
_CHANGES: Final = (EntryKind.ACT, EntryKind.UNDO, EntryKind.REDO)


@dataclass(slots=True)
class _Reach:
    """What an act touched; ``rows`` by table, None where that is not known."""

    rows: dict[str, set[Any]] | None = None
    people: set[tuple[str, int]] = field(default_factory=set)

    def meets(self, other: _Reach) -> bool:
        """Return whether taking one back could bear on the other."""
        if self.rows is None or other.rows is None or self.people & other.people:
            return True
        if any(keys & other.rows.get(table, set()) for table, keys in self.rows.items()):
            return True
        return bool(self.rows.keys() - PLAIN) and bool(other.rows.keys() - PLAIN)


def latest_of(
    session: Session, actor: str, again: Mapping[int, int], undone: AbstractSet[int]
) -> tuple[int, Label] | None:
    """Return the latest act in force that this person did, or did again last.

    Args:
        session: where.
        actor: the person.
        again: of each act that was done again, the entry that did it.
        undone: the acts that are taken back now.
    """
    own = select(JournalEntry.seq).where(JournalEntry.actor == actor).order_by(JournalEntry.seq.desc())
    acts = session.scalars(own.where(JournalEntry.kind == EntryKind.ACT).execution_options(yield_per=200))
    first = next((seq for seq in acts if seq not in undone and seq not in again), None)
    places = {} if first is None else {first: first}
    turned = {redone: seq for seq, redone in again.items() if seq not in undone}
    redone = session.scalars(own.where(JournalEntry.kind == EntryKind.REDO).execution_options(yield_per=200))
    last = next((seq for seq in redone if seq in turned), None)
    if last is not None:
        places[turned[last]] = last
    if not places:
        return None
    entry = session.get_one(JournalEntry, max(places, key=places.__getitem__))
    return entry.seq, Label(entry.label, dict(entry.params))


def require_not_built_on(
    session: Session, seq: int, actor: str, again: Mapping[int, int], undone: AbstractSet[int]
) -> None:
    """Refuse to take an act back beneath a later one of somebody else that it could bear on.

    Raises:
        RuleError: ``undo.beneath-others``, with who did it and what.
    """
    since = again.get(seq, seq)
    query = (
        select(
            JournalEntry.seq,
            JournalEntry.reverses,
            JournalEntry.actor,
            JournalEntry.label,
            JournalEntry.params,
        )
        .where(JournalEntry.seq > since, JournalEntry.actor != actor, JournalEntry.kind.in_(_CHANGES))
        .order_by(JournalEntry.seq.desc())
        .limit(_MOST + len(undone))
    )
    later = [
        row
        for row in session.execute(query)
        if not ((row.reverses or row.seq) > since and (row.reverses or row.seq) in undone)
    ]
    if not later:
        return
    mine = _reach(session, seq)
    for row in later:
        if len(later) > _MOST or mine.meets(_reach(session, row.reverses or row.seq)):
            raise RuleError("undo.beneath-others", by=row.actor, act_code=row.label, act_params=row.params)


def _reach(session: Session, seq: int) -> _Reach:
    query = select(JournalPayload.data).where(
        JournalPayload.seq == seq,
        JournalPayload.erased_by.is_(None),
        func.length(JournalPayload.data) <= _READ_BYTES,
    )
    data = session.scalars(query).one_or_none()
    if data is None:
        return _Reach()
    subjects = select(JournalSubject.kind, JournalSubject.subject_id).where(JournalSubject.seq == seq)
    people = {(row.kind, row.subject_id) for row in session.execute(subjects)}
    return _Reach({table: _keys(part) for table, part in unpack(data)[0].items()}, people)


def _keys(part: Mapping[str, Any]) -> set[Any]:
    keys = {change[0] for change in part.get("updated", ())}
    for name in ("inserted", "deleted"):
        rows = part.get(name)
        if rows:
            at = rows["columns"].index("id") if "id" in rows["columns"] else 0
            keys |= {values[at] for values in rows["rows"]}
    return keys
