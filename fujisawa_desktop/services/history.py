"""Undo, redo and the history of a person — all from the journal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from fujisawa_desktop.errors import ConflictError, RuleError
from fujisawa_desktop.models import Base, EntryKind, JournalEntry, JournalPayload, JournalSubject
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.bulk_rows import insert_rows
from fujisawa_desktop.services.changes import ChangeSet, Label, UndoState
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.others_acts import latest_of, require_not_built_on
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.unit_of_work import CHUNK, UnitOfWork, unit_of_work

SCAN: Final = 1000
"""How far back the journal is read for something to undo."""
_BESIDE: Final = frozenset({EntryKind.EXPORTED})
"""Entries that touch no row: what was undone before them can still be done again."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of 経過."""

    seq: int
    at: datetime
    actor: str
    label: Label
    kind: EntryKind


def undo_state(database: Database, *, actor: str | None = None) -> UndoState:
    """Return what can be taken back and done again now, by one of those who work here if one is named."""
    with database.read() as session:
        return _state_of(session, actor)


def undo(database: Database, *, actor: str | None = None, progress: Progress | None = None) -> ChangeSet:
    """Take back the latest act that can be taken back; ``progress`` may raise to leave all as it is.

    Whoever is named as ``actor`` takes back only what they did themselves; without a name it is
    the latest act, whoever did it.

    Raises:
        RuleError: there is none, or only others' (``undo.others``), or somebody else's later act
            hangs on it (``undo.beneath-others``), or a paper about the same person was issued after it.
        ConflictError: a row is no longer as that act left it.
    """
    return _reverse(database, actor, EntryKind.UNDO, progress)


def redo(database: Database, *, actor: str | None = None, progress: Progress | None = None) -> ChangeSet:
    """Do again what was taken back last; raises as :func:`undo`."""
    return _reverse(database, actor, EntryKind.REDO, progress)


def history_of(database: Database, kind: str, subject_id: int, *, limit: int = 200) -> list[HistoryRow]:
    """Return what happened to one subject, latest first."""
    query = (
        select(JournalEntry)
        .join(JournalSubject, JournalSubject.seq == JournalEntry.seq)
        .where(JournalSubject.kind == kind, JournalSubject.subject_id == subject_id)
        .order_by(JournalEntry.seq.desc())
        .limit(limit)
    )
    with database.read() as session:
        return [
            HistoryRow(entry.seq, entry.at, entry.actor, Label(entry.label, dict(entry.params)), entry.kind)
            for entry in session.scalars(query)
        ]


def _state_of(session: Session, actor: str | None) -> UndoState:
    """Return the state as one person may use it: an act of somebody else is named, but not offered."""
    state = _state(session)
    if actor is None:
        return state
    if state.redo_by != actor:
        state = replace(state, redo=None, redo_seq=None)
    if state.undo_seq is None or state.undo_by == actor:
        return state
    own = latest_of(session, actor, *reversals(session))
    if own is None:
        return replace(state, undo=None, undo_seq=None)
    return replace(state, undo=own[1], undo_seq=own[0], undo_by=actor)


def _state(session: Session) -> UndoState:
    """Return what undo and redo would do; what was undone in a row is looked back over, however much."""
    scan = SCAN
    while True:
        state, is_all = _state_within(session, scan)
        if is_all or state.undo_seq is not None:
            return state
        scan *= 8


def _state_within(session: Session, scan: int) -> tuple[UndoState, bool]:
    """Return the state as the newest entries tell it, and whether there are no others."""
    query = (
        select(
            JournalEntry.seq,
            JournalEntry.kind,
            JournalEntry.reverses,
            JournalEntry.label,
            JournalEntry.params,
            JournalEntry.actor,
        )
        .order_by(JournalEntry.seq.desc())
        .limit(scan)
    )
    rows = session.execute(query).all()
    acts = {row.seq: Label(row.label, dict(row.params)) for row in rows if row.kind is EntryKind.ACT}
    settled: set[int] = set()
    undone: list[tuple[int, str]] = []
    undo_seq: int | None = None
    undo_by = ""
    newer_act = False
    for row in rows:
        if row.reverses is not None:
            if row.reverses not in settled:
                settled.add(row.reverses)
                if row.kind is EntryKind.UNDO:
                    if not newer_act:
                        undone.append((row.reverses, row.actor))
                elif undo_seq is None:
                    undo_seq, undo_by = row.reverses, row.actor
        elif row.kind not in _BESIDE:
            newer_act = True  # what was undone before a new act cannot be done again
            if row.kind is EntryKind.ACT and row.seq not in settled and undo_seq is None:
                undo_seq, undo_by = row.seq, row.actor
    redo_seq, redo_by = undone[0] if undone else (None, "")
    state = UndoState(
        undo=acts.get(undo_seq) if undo_seq else None,
        redo=acts.get(redo_seq) if redo_seq else None,
        undo_seq=undo_seq if undo_seq in acts else None,
        redo_seq=redo_seq if redo_seq in acts else None,
        undo_by=undo_by,
        redo_by=redo_by,
    )
    return state, len(rows) < scan


def _reverse(database: Database, actor: str | None, kind: EntryKind, progress: Progress | None) -> ChangeSet:
    with unit_of_work(database, f"journal.{kind.value}", actor=actor, kind=kind) as work:
        state = _state_of(work.session, actor)
        backwards = kind is EntryKind.UNDO
        seq = state.undo_seq if backwards else state.redo_seq
        label = state.undo if backwards else state.redo
        if seq is None or label is None:
            by = state.undo_by if backwards else state.redo_by
            raise RuleError(f"{kind.value}.others", by=by) if by else RuleError(f"{kind.value}.nothing")
        if backwards and actor is not None:
            require_not_built_on(work.session, seq, actor, *reversals(work.session))
        return _replayed(work, seq, label, progress)


def take_back(
    database: Database,
    seq: int,
    *,
    check: Callable[[Session, dict[str, Any]], None],
    actor: str | None = None,
) -> ChangeSet:
    """Take back one act that need not be the latest; the act can be done again like any other.

    Args:
        database: where.
        seq: number of the act.
        check: given the session and the act's payload, raises when later work hangs on it.
        actor: who does it.

    Raises:
        RuleError: the act is no longer in force, or a paper about the same person was issued since.
        ConflictError: a row is no longer as that act left it.
    """
    with unit_of_work(database, f"journal.{EntryKind.UNDO.value}", actor=actor, kind=EntryKind.UNDO) as work:
        entry = work.session.get(JournalEntry, seq)
        if entry is None or entry.kind is not EntryKind.ACT or not in_force(work.session, {seq}):
            raise RuleError("undo.not-in-force")
        check(work.session, payload_of(work.session, seq))
        return _replayed(work, seq, Label(entry.label, dict(entry.params)))


def in_force(session: Session, seqs: Collection[int]) -> set[int]:
    """Return those of the acts that are not taken back now."""
    standing = set(seqs)
    query = select(JournalEntry.reverses, JournalEntry.kind).where(JournalEntry.reverses.is_not(None))
    for reverses, kind in session.execute(query.order_by(JournalEntry.seq)):
        if reverses is None or reverses not in seqs:
            continue
        if kind is EntryKind.UNDO:
            standing.discard(reverses)
        else:
            standing.add(reverses)
    return standing


def payload_of(session: Session, seq: int) -> dict[str, Any]:
    """Return the rows before and after an act.

    Raises:
        RuleError: they have been erased for privacy.
    """
    stored = session.get(JournalPayload, seq)
    if stored is None or stored.erased_by is not None:
        raise RuleError("undo.erased")
    payload, _digest = unpack(stored.data)
    return payload


def _replayed(work: UnitOfWork, seq: int, label: Label, progress: Progress | None = None) -> ChangeSet:
    _replay(work, seq, label, progress)
    return work.commit()


def _replay(work: UnitOfWork, seq: int, label: Label, progress: Progress | None = None) -> None:
    backwards = work.kind is EntryKind.UNDO
    # An act may not be taken back once a paper about the same person has left the office.
    if backwards and (at := issued_since(work.session, seq)) is not None:
        raise RuleError("undo.issued", at=at)
    payload = payload_of(work.session, seq)
    work.label = Label(f"journal.{work.kind.value}", {"code": label.code, "params": label.params})
    work.reverses = seq
    _Replay(work, Parts(3 * len(payload) + 1, progress)).apply(payload, backwards=backwards)


def take_back_in(work: UnitOfWork, seq: int) -> frozenset[str]:
    """Take back one act within an act that takes back several; return the tables it touched.

    Raises:
        RuleError, ConflictError: as :func:`undo`.
    """
    entry = work.session.get_one(JournalEntry, seq)
    _replay(work, seq, Label(entry.label, dict(entry.params)))
    return work.recorder.tables()


def reversals(session: Session) -> tuple[dict[int, int], set[int]]:
    """Return which acts were done again, with the entry that did it, and which are taken back now."""
    again: dict[int, int] = {}
    undone: set[int] = set()
    query = select(JournalEntry.seq, JournalEntry.reverses, JournalEntry.kind)
    query = query.where(JournalEntry.reverses.is_not(None)).order_by(JournalEntry.seq)
    for seq, reverses, kind in session.execute(query):
        if reverses is None:
            continue
        if kind is EntryKind.UNDO:
            undone.add(reverses)
            again.pop(reverses, None)
        else:
            undone.discard(reverses)
            again[reverses] = seq
    return again, undone


def issued_since(session: Session, seq: int) -> datetime | None:
    """Return when a paper about somebody whom an act concerns last left the office after it."""
    mine, theirs = aliased(JournalSubject), aliased(JournalSubject)
    issued = (
        select(JournalEntry.at)
        .where(JournalEntry.kind == EntryKind.ISSUED, JournalEntry.seq > seq)
        .where(
            exists()
            .where(theirs.seq == JournalEntry.seq, mine.seq == seq)
            .where(theirs.kind == mine.kind, theirs.subject_id == mine.subject_id)
        )
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    )
    return session.scalars(issued).first()


class _Replay:
    """Applies a recorded payload forwards or backwards, refusing rows that moved on since."""

    def __init__(self, work: UnitOfWork, parts: Parts) -> None:
        self._work = work
        self._parts = parts
        self._connection = work.session.connection()

    def apply(self, payload: dict[str, Any], *, backwards: bool) -> None:
        """Delete first, then change, then insert; children before parents when deleting."""
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        else:
            self._connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
        gone, born = ("inserted", "deleted") if backwards else ("deleted", "inserted")
        ordered = [table for table in Base.metadata.sorted_tables if table.name in payload]
        for table in reversed(ordered):
            self._delete(table, payload[table.name].get(gone))
            self._parts.ended()
        for table in ordered:
            self._change(table, payload[table.name].get("updated", ()), backwards=backwards)
            self._parts.ended()
        for table in ordered:
            self._insert(table, payload[table.name].get(born))
            self._parts.ended()

    def _delete(self, table: Table, part: dict[str, Any] | None) -> None:
        if not part:
            return
        key = next(iter(table.primary_key))
        rows = [dict(zip(part["columns"], row, strict=True)) for row in part["rows"]]
        self._require_same(table, {row[key.name]: row for row in rows})
        self._connection.execute(
            table.delete().where(key == bindparam("key_")), [{"key_": row[key.name]} for row in rows]
        )
        for row in rows:
            self._work.recorder.deleted(table.name, row[key.name], row)

    def _insert(self, table: Table, part: dict[str, Any] | None) -> None:
        if not part:
            return
        key = next(iter(table.primary_key))
        rows = [dict(zip(part["columns"], row, strict=True)) for row in part["rows"]]
        insert_rows(self._connection, table, rows)
        for row in rows:
            self._work.recorder.inserted(table.name, row[key.name], row)

    def _change(self, table: Table, changes: Sequence[list[Any]], *, backwards: bool) -> None:
        if not changes:
            return
        key = next(iter(table.primary_key))
        turned = [
            (row_id, after, before) if backwards else (row_id, before, after)
            for row_id, before, after in changes
        ]
        self._require_same(table, {row_id: now for row_id, now, _then in turned})
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row_id, now, then in turned:
            alike.setdefault(tuple(then), []).append({"key_": row_id, **then})
            self._work.recorder.updated(table.name, row_id, dict(now), dict(then))
        # A bulk act changes the same columns of every row: one statement takes them all back.
        for names, rows in alike.items():
            values: dict[str, Any] = {name: bindparam(name) for name in names}
            self._connection.execute(table.update().where(key == bindparam("key_")).values(values), rows)

    def _require_same(self, table: Table, expected: dict[Any, dict[str, Any]]) -> None:
        key = next(iter(table.primary_key))
        found = 0
        ids = list(expected)
        for start in range(0, len(ids), CHUNK):
            query = select(table).where(key.in_(ids[start : start + CHUNK]))
            for row in self._connection.execute(query).mappings():
                found += 1
                wanted = expected[row[key.name]]
                if any(row[name] != value for name, value in wanted.items()):
                    raise ConflictError("undo.changed-since")
        if found != len(ids):
            raise ConflictError("undo.changed-since")
