"""Earlier imports: which file came in when, through whom, what it brought, and taking one back whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import Base, EntryKind, ImportBatch, JournalEntry, JournalSubject
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.history import in_force, payload_of, take_back
from fujisawa_desktop.services.intake_stored import chunks

IMPORT_ACTS: Final = (
    "import.applicants",
    "import.decisions",
    "import.availability",
    "import.interviewers",
    "import.hours",
)
"""Labels of the acts that bring a file in."""
_BATCH: Final = ImportBatch.__tablename__


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file that came in.

    Attributes:
        seq: number of its act.
        kind: applicants, decisions, availability, interviewers or hours.
        counts: rows, added, updated, unchanged, rejected.
        in_force: false once the import is taken back.
    """

    seq: int
    kind: str
    file_name: str
    imported_at: datetime
    actor: str
    profile: str
    encoding: str
    counts: Mapping[str, int]
    in_force: bool


def import_batches(database: Database, *, programme_id: int) -> list[BatchRow]:
    """Return all imports of a programme, the latest first; those taken back too."""
    with database.read() as session:
        query = select(JournalEntry).where(
            JournalEntry.label.in_(IMPORT_ACTS), JournalEntry.kind == EntryKind.ACT
        )
        acts = list(session.scalars(query.order_by(JournalEntry.seq.desc())))
        standing = in_force(session, {act.seq for act in acts})
        present = _by_moment(session, programme_id)
        found: list[BatchRow] = []
        for act in acts:
            batch = _batch_of(session, act, present, is_standing=act.seq in standing)
            if batch is not None and batch["programme_id"] == programme_id:
                found.append(_row(act, batch, is_standing=act.seq in standing))
        return found


def take_back_import(database: Database, *, seq: int, actor: str | None = None) -> ChangeSet:
    """Take one import back whole, also when it is not the latest act.

    Raises:
        NotFoundError: there is no such import.
        RuleError: it is taken back already, or later work hangs on it; the error names what.
    """
    with database.read() as session:
        act = session.get(JournalEntry, seq)
        if act is None or act.label not in IMPORT_ACTS:
            raise NotFoundError("import.back-gone")
    try:
        return take_back(database, seq, check=_refuse_if_needed, actor=actor)
    except ConflictError as error:
        later = _later_act(database, seq)
        if later is None:
            raise
        raise RuleError(
            "import.back-changed", act_code=later.label.code, act_params=later.label.params, at=later.at
        ) from error


@dataclass(frozen=True, slots=True)
class _LaterAct:
    label: Label
    at: datetime


def _later_act(database: Database, seq: int) -> _LaterAct | None:
    """Return the latest act in force about the same people."""
    mine, theirs = aliased(JournalSubject), aliased(JournalSubject)
    same = (
        select(theirs.seq)
        .join(mine, (mine.kind == theirs.kind) & (mine.subject_id == theirs.subject_id))
        .where(mine.seq == seq, theirs.seq > seq)
    )
    query = (
        select(JournalEntry)
        .where(JournalEntry.seq.in_(same), JournalEntry.kind == EntryKind.ACT)
        .order_by(JournalEntry.seq.desc())
    )
    with database.read() as session:
        acts = list(session.scalars(query))
        standing = in_force(session, {act.seq for act in acts})
        for act in acts:
            if act.seq in standing:
                return _LaterAct(Label(act.label, dict(act.params)), act.at)
    return None


def _refuse_if_needed(session: Session, payload: dict[str, Any]) -> None:
    """Refuse when rows that the act did not write hang on rows that would go.

    Taking back in order never meets this: what hangs on an import is a later act.
    """
    written = {name: _inserted_ids(part) for name, part in payload.items() if part.get("inserted")}
    needed = [
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in written
        and _hangs_on(session, key, written[key.column.table.name], written.get(table.name, set()))
    ]
    if needed:
        raise RuleError("import.back-needed", dependent=list(dict.fromkeys(needed)))


def _hangs_on(session: Session, key: Any, gone: set[Any], own: set[Any]) -> bool:
    table = key.parent.table
    identity = next(iter(table.primary_key))
    for chunk in chunks(sorted(gone)):
        found = session.execute(select(identity).where(key.parent.in_(chunk)))
        if any(row[0] not in own for row in found):
            return True
    return False


def _inserted_ids(part: Mapping[str, Any]) -> set[Any]:
    at = part["inserted"]["columns"].index("id")
    return {row[at] for row in part["inserted"]["rows"]}


def _by_moment(session: Session, programme_id: int) -> dict[datetime, list[dict[str, Any]]]:
    """Return the programme's stored batches by when they came in, which is when their act was."""
    found: dict[datetime, list[dict[str, Any]]] = {}
    query = select(ImportBatch).where(ImportBatch.programme_id == programme_id)
    for batch in session.scalars(query):
        row = {column.name: getattr(batch, column.name) for column in ImportBatch.__table__.columns}
        found.setdefault(batch.imported_at, []).append(row)
    return found


def _batch_of(
    session: Session,
    act: JournalEntry,
    present: Mapping[datetime, list[dict[str, Any]]],
    *,
    is_standing: bool,
) -> dict[str, Any] | None:
    at_once = present.get(act.at, [])
    if is_standing and len(at_once) == 1:
        return at_once[0]
    try:
        part = payload_of(session, act.seq).get(_BATCH, {}).get("inserted")
    except RuleError:
        return None  # erased for privacy
    return dict(zip(part["columns"], part["rows"][0], strict=True)) if part else None


def _row(act: JournalEntry, batch: Mapping[str, Any], *, is_standing: bool) -> BatchRow:
    return BatchRow(
        seq=act.seq,
        kind=batch["kind"],
        file_name=batch["file_name"],
        imported_at=batch["imported_at"],
        actor=act.actor,
        profile=batch["profile"],
        encoding=batch["encoding"],
        counts=batch["counts"],
        in_force=is_standing,
    )
