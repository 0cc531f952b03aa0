"""What others commit to the same database, told to the open window as if it had been done there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Base, EntryKind, JournalEntry, JournalPayload
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.models.watching import bell_of
from fujisawa_desktop.services.changes import ChangeSet, Label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from fujisawa_desktop.models.database import Database

_log = logging.getLogger(__name__)
OWN_ACTS: Final = "own-acts"
"""Where a database keeps the numbers of what was done through it."""
_READ_BYTES: Final = 512_000
"""The payload of a larger act is not read: it may have touched anything."""
_MOST: Final = 200
"""Of more acts at once each table is taken as touched."""
_STOP_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class _Place:
    """How far the journal is known: the last entry's number and hash."""

    seq: int
    hash: str


def own_acts(database: Database) -> set[int]:
    """Return the numbers of the journal entries that were written through this database object."""
    found: set[int] = database.kept.setdefault(OWN_ACTS, set())
    return found


class Watcher:
    """Watches a database from a thread of its own until it is stopped.

    ``on_change`` is called on that thread with what others did since the last time.
    """

    def __init__(self, database: Database, on_change: Callable[[ChangeSet], object]) -> None:
        self._database = database
        self._on_change = on_change
        self._stop = Event()
        self._own = own_acts(database)
        self._known: _Place | None = None
        self._bell = bell_of(database)
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin; what stands in the journal by then is known."""
        with suppress(AppError):
            self._known = self._last()
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                if self._bell.wait(self._stop):
                    self._look()
        finally:
            self._bell.close()

    def _look(self) -> None:
        try:
            change = self._news()
        except AppError:
            return  # busy or away: the next call, or the next commit, tells of it
        except Exception as error:  # noqa: BLE001 - a window must not lose its watcher to one bad read
            _log.info("watching: %s", type(error).__qualname__)
            return
        if change is not None and not self._stop.is_set():
            self._on_change(change)

    def _news(self) -> ChangeSet | None:
        """Return what others did since the journal was read last."""
        with self._database.read() as session:
            last = _last(session)
            if last is None or last == self._known:
                return None
            known, self._known = self._known, last
            if known is None or not _still_there(session, known):
                return _everything(session, last.seq)  # the file was brought back to an earlier state
            own = self._own.copy()  # another thread may add to it
            change = changes_after(session, known.seq, own)
        self._own.difference_update(seq for seq in own if seq <= last.seq)
        return change

    def _last(self) -> _Place | None:
        with self._database.read() as session:
            return _last(session)


def changes_after(session: Session, seq: int, own: set[int]) -> ChangeSet | None:
    """Return as one change what stands in the journal after an entry and was not done here."""
    query = (
        select(
            JournalEntry.seq,
            JournalEntry.actor,
            JournalEntry.label,
            JournalEntry.params,
            func.length(JournalPayload.data),
            JournalEntry.kind,
        )
        .outerjoin(JournalPayload, JournalPayload.seq == JournalEntry.seq)
        .where(JournalEntry.seq > seq)
        .order_by(JournalEntry.seq)
    )
    rows = [row for row in session.execute(query).all() if row[0] not in own]
    if not rows:
        return None
    last, _actor, label, params, _length, _kind = rows[-1]
    actors = "、".join(dict.fromkeys(row[1] for row in rows))
    # A file brought back to a copy may differ in every row, and its entry names none.
    restored = any(row[5] is EntryKind.RESTORED for row in rows)
    if restored or len(rows) > _MOST or any(row[4] is None or row[4] > _READ_BYTES for row in rows):
        kinds = frozenset(Base.metadata.tables)
    else:
        kinds = _kinds(session, [row[0] for row in rows])
    return ChangeSet(last, Label(label, dict(params)), kinds, by=actors)


def _kinds(session: Session, entries: list[int]) -> frozenset[str]:
    found: set[str] = set()
    for data in session.scalars(select(JournalPayload.data).where(JournalPayload.seq.in_(entries))):
        found.update(unpack(data)[0])
    return frozenset(found)


def _last(session: Session) -> _Place | None:
    row = session.execute(
        select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
    ).one_or_none()
    return None if row is None else _Place(row.seq, row.hash)


def _still_there(session: Session, place: _Place) -> bool:
    return session.scalar(select(JournalEntry.hash).where(JournalEntry.seq == place.seq)) == place.hash


def _everything(session: Session, seq: int) -> ChangeSet:
    entry = session.get_one(JournalEntry, seq)
    label = Label(entry.label, dict(entry.params))
    return ChangeSet(seq, label, frozenset(Base.metadata.tables), by=entry.actor)
