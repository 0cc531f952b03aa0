"""What was worked out of a month, person by person, kept in memory until an act concerns the person.

A month of a thousand people takes a third of a second to read and to judge; a clerk who types into one
cell waits for the row of one person.  What is kept belongs to one state of the database, which the
journal's last hash names, as in :mod:`~fujisawa_desktop.services.search_memory`.  After an act the
journal itself tells whom it was about, also when another program wrote it, and only these people are
worked out again.  An act about anything else than single appointments lets everything be read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Base, JournalEntry, JournalPayload
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import unpack

T = TypeVar("T")
Rows = dict[int, T]
"""What was worked out, by appointment, in the order in which it is listed."""
Make = Callable[[Collection[int] | None], Rows[T]]
"""Works it out for these appointments, or for everybody."""

_KEPT: Final = "month-memory"
_MONTHS: Final = 8
"""Months, and questions about them, whose rows are kept; the one asked for longest ago goes first."""
_ACTS: Final = 40
"""After so many acts reading anew is no slower than asking the journal about each of them."""
_LARGE: Final = 32_768
"""Bytes of a stored act from which on it is not looked into: it is about many people."""
_OF_ONE: Final = frozenset(
    {
        "appointment_rate",
        "hours_correction",
        "month_closing",
        "month_confirmation",
        "pay_statement",
        "shift",
        "terms_change",
    }
)
"""Tables whose rows are about one appointment each, the one they name."""
_APART: Final = frozenset(
    {
        "applicant_note",
        "dispatch",
        "hand_in",
        "register_layout",
        "saved_view",
        "transfer_account",
    }
)
"""Tables that no month is worked out from; a setting says whose minimum wage is followed."""


@dataclass(frozen=True, slots=True)
class _State:
    """The newest act of the journal."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class _Known:
    state: _State
    rows: Mapping[int, Any]


def remembered(session: Session, database: Database, question: Hashable, make: Make[T]) -> Rows[T]:
    """Return what ``make`` works out for everybody, made again only for those an act has concerned since.

    Args:
        session: a session that sees one state of the database.
        database: where it is kept; goes with the database.
        question: names what is asked, for instance the month and all else that ``make`` depends on
            beside the database.
        make: works out the rows; those of one appointment must not depend on any other.
    """
    state = _state(session)
    kept: dict[Hashable, _Known] = database.kept.setdefault(_KEPT, {})
    known = kept.pop(question, None)
    rows = None if known is None else _brought_up(session, known, state, make)
    if rows is None:
        rows = make(None)
    kept[question] = _Known(state, rows)
    while len(kept) > _MONTHS:
        kept.pop(next(iter(kept)), None)
    return rows


def _brought_up(session: Session, known: _Known, state: _State, make: Make[T]) -> Rows[T] | None:
    """Return the rows known, those of the people concerned made again; ``None`` to read everything."""
    if known.state == state:
        return dict(known.rows)
    concerned = _concerned(session, known.state, state)
    if concerned is None:
        return None
    fresh = make(concerned) if concerned else {}
    if fresh.keys() != concerned & known.rows.keys():
        return None  # somebody came into the month or left it
    return {key: fresh.get(key, row) for key, row in known.rows.items()}


def _state(session: Session) -> _State:
    newest = select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
    row = session.execute(newest).first()
    return _State(row.seq, row.hash) if row else _State(0, "")


def _concerned(session: Session, before: _State, now: _State) -> set[int] | None:
    """Return the appointments that the acts between two states are about; ``None`` when it may be all."""
    if not before.seq < now.seq <= before.seq + _ACTS:
        return None
    if session.scalar(select(JournalEntry.hash).where(JournalEntry.seq == before.seq)) != before.hash:
        return None  # a copy was restored: the journal has taken another way
    query = select(JournalPayload.data).where(JournalPayload.seq > before.seq)
    payloads = session.scalars(query).all()
    if len(payloads) != now.seq - before.seq or any(len(data) > _LARGE for data in payloads):
        return None
    found: set[int] = set()
    for data in payloads:
        for table, part in unpack(data)[0].items():
            if table in _APART:
                continue
            keys = _appointments(session, table, part)
            if keys is None:
                return None
            found |= keys
    return found


def _appointments(session: Session, table: str, part: Mapping[str, Any]) -> set[int] | None:
    """Return the appointments that one table's part of an act is about."""
    changed = {row[0] for row in part.get("updated", ())}
    if table == "appointment":
        return changed if part.keys() <= {"updated"} else None
    if table not in _OF_ONE:
        return None
    found: set[int] = set()
    for name in ("inserted", "deleted"):
        if rows := part.get(name):
            place = rows["columns"].index("appointment_id")
            found |= {row[place] for row in rows["rows"]}
    if changed:
        # A row that is gone by now was deleted by one of the later acts, which names its appointment.
        stored = Base.metadata.tables[table]
        found |= set(session.scalars(select(stored.c.appointment_id).where(stored.c.id.in_(changed))))
    return found
