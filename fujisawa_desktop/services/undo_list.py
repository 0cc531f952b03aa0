"""The acts that can be taken back, newest first, and going back over several of them at once.

Several acts are taken back in one act of the database, all or none, yet each leaves an entry of its
own: what was taken back together can be done again one by one, and the journal stays readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import EntryKind, JournalEntry, JournalPayload
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.history import issued_since, reversals, take_back_in
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

SHOWN: Final = 300
"""Acts that are listed; more than anybody goes back over at once."""


@dataclass(frozen=True, slots=True)
class UndoRow:
    """An act in force, in the order in which acts are taken back.

    Attributes:
        seq: number of the act.
        at: when it was done.
        actor: who did it.
        label: what it is called.
        barred: code of the reason why it cannot be taken back; empty when nothing known bars it.
        barred_at: since when.
    """

    seq: int
    at: datetime
    actor: str
    label: Label
    barred: str = ""
    barred_at: datetime | None = None


def undo_list(database: Database, *, limit: int = SHOWN) -> tuple[UndoRow, ...]:
    """Return the acts that are in force, newest first, up to and with the first that cannot be taken back."""
    with database.read() as session:
        found: list[UndoRow] = []
        for row in _in_order(session, limit):
            reason = _reason(session, row.seq)
            found.append(row if reason is None else replace(row, barred=reason[0], barred_at=reason[1]))
            if reason is not None:
                break
        return tuple(found)


def undo_through(
    database: Database, *, seq: int, actor: str | None = None, progress: Progress | None = None
) -> ChangeSet:
    """Take back all acts from the newest down to and with ``seq``, all or none.

    Args:
        database: where.
        seq: the act to take back last.
        actor: who does it.
        progress: hears (done, all) act by act and may raise to stop; everything is as before then.

    Raises:
        RuleError: ``undo.not-in-force``, or why one of them cannot be taken back.
        ConflictError: a row is no longer as an act left it.
    """
    with unit_of_work(database, "journal.undo", actor=actor, kind=EntryKind.UNDO) as work:
        order = [row.seq for row in _in_order(work.session, None, down_to=seq)]
        if seq not in order:
            raise RuleError("undo.not-in-force")
        wanted = order[: order.index(seq) + 1]
        return _all(work, wanted, progress)


def _all(work: UnitOfWork, wanted: Sequence[int], progress: Progress | None) -> ChangeSet:
    kinds: frozenset[str] = frozenset()
    for done, seq in enumerate(wanted):
        if progress is not None:
            progress(done, len(wanted))
        kinds |= take_back_in(work, seq)
        if done + 1 < len(wanted):
            work.write_entry()
    return replace(work.commit(), kinds=kinds)


def _in_order(session: Session, limit: int | None, *, down_to: int = 0) -> list[UndoRow]:
    """Return the acts in force in the order of undo: the newest first, one done again stands as done then."""
    last, undone = reversals(session)
    query = (
        select(JournalEntry.seq, JournalEntry.at, JournalEntry.actor, JournalEntry.label, JournalEntry.params)
        .where(JournalEntry.kind == EntryKind.ACT, JournalEntry.seq >= (0 if last else down_to))
        .order_by(JournalEntry.seq.desc())
    )
    rows = [
        UndoRow(row.seq, row.at, row.actor, Label(row.label, dict(row.params)))
        for row in session.execute(query.limit(limit + len(undone)) if limit else query)
        if row.seq not in undone
    ]
    known = {row.seq for row in rows}
    missing = [seq for seq in last if seq not in known and seq not in undone]
    if missing and limit:
        rest = query.where(JournalEntry.seq.in_(missing))
        rows += [
            UndoRow(row.seq, row.at, row.actor, Label(row.label, dict(row.params)))
            for row in session.execute(rest)
        ]
    rows.sort(key=lambda row: last.get(row.seq, row.seq), reverse=True)
    return rows[:limit] if limit else rows


def _reason(session: Session, seq: int) -> tuple[str, datetime | None] | None:
    """Return why an act cannot be taken back, as far as that is known without trying."""
    at = issued_since(session, seq)
    if at is not None:
        return "undo.issued", at
    erased = select(JournalPayload.erased_by).where(JournalPayload.seq == seq)
    found = session.execute(erased).one_or_none()
    if found is None or found.erased_by is not None:
        return "undo.erased", None
    return None
