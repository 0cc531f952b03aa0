"""Files and their record as one: recorded first, seen afterwards, brought to their end by the next start.

A paper that lies in a folder may be sent; it must not lie there before its number is taken.  So the act
is committed with the names and digests of its files while these are still hidden beside their places,
and they are renamed right after.  If the program ends between the two, the row of the act is found at
the next start: the files are put in their places then, and of those that are nowhere it is said that
they have to be made again.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.exchange.file_sets import Brought, FileSet, Listed, bring
from fujisawa_desktop.models import Base, EntryKind, JournalEntry, OutgoingSet
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.exports_journal import list_label, record_export
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class LostFiles:
    """Files of an act that are recorded and not in their places.

    Attributes:
        seq: number of the act in the journal.
        at: when it was.
        label: what it is called.
        folder: where the files should be.
        missing: names of those that are nowhere: they have to be made again.
        waiting: names of those whose places another program holds.
    """

    seq: int
    at: datetime
    label: Label
    folder: Path
    missing: tuple[str, ...]
    waiting: tuple[str, ...]


def let_out(work: UnitOfWork, files: FileSet, **params: object) -> ChangeSet:
    """Commit an act together with the files it lets out; ``params`` as for ``commit``.

    Raises:
        ConflictError, StorageError: as ``commit``, or a file cannot be written; nothing is recorded and
            everything is as it was.  ``write.recorded``: it is recorded, but a place was taken by
            another program in the last moment; the next start puts the file there.
    """
    files.ready()
    _enter(work.session, files)
    change = work.commit(**params)
    files.recorded()
    if change.seq is not None and files.listed():
        _place(work.session, files, change.seq)
    return change


def export_files(
    database: Database,
    code: str,
    files: FileSet,
    *,
    actor: str | None = None,
    subjects: Iterable[tuple[str, int]] = (),
    **counts: object,
) -> ChangeSet:
    """Record an export as `record_export` does, and let its files out; raises as :func:`let_out`."""
    if database.read_only:
        files.ready()
        change = record_export(database, code, actor=actor, subjects=subjects, **counts)
        files.replace_all()
        files.keep()
        return change
    with unit_of_work(database, code, actor=actor, kind=EntryKind.EXPORTED) as work:
        for kind, key in subjects:
            work.concerns(kind, key)
        return let_out(work, files, **counts)


def export_list(
    database: Database,
    files: FileSet,
    *,
    file_format: str,
    count: int,
    name: str,
    actor: str | None = None,
) -> ChangeSet:
    """Record a list as `record_list` does, and let its file out; raises as :func:`let_out`."""
    code, named = list_label(name)
    return export_files(database, code, files, actor=actor, file_format=file_format, count=count, **named)


def settle_outgoing(database: Database) -> tuple[LostFiles, ...]:
    """Bring to its end what an earlier run recorded and did not put in its place; returns what is lost.

    Called at every start.  Only folders of this machine are looked at; a file that may only be read is
    left alone.

    Raises:
        ConflictError: somebody else keeps writing.
    """
    if database.read_only:
        return ()
    ended: list[int] = []
    lost: dict[int, tuple[Path, Brought]] = {}
    for seq, folder, files in _rows(database):
        brought = bring(folder, files)
        if brought.is_whole:
            ended.append(seq)
        else:
            lost[seq] = folder, brought
    if ended:
        with database.write() as session:
            _forget(session, ended)
    if not lost:
        return ()
    query = select(JournalEntry).where(JournalEntry.seq.in_(lost)).order_by(JournalEntry.seq)
    with database.read() as session:
        return tuple(_lost(entry, *lost[entry.seq]) for entry in session.scalars(query))


def _lost(entry: JournalEntry, folder: Path, brought: Brought) -> LostFiles:
    label = Label(entry.label, entry.params)
    return LostFiles(entry.seq, entry.at, label, folder, brought.missing, brought.waiting)


def note_lost(database: Database, *, lost: LostFiles, actor: str | None = None) -> ChangeSet:
    """Record that a clerk has seen to lost files (made the papers again); they are asked for no more."""
    with unit_of_work(database, "papers.files-noted", actor=actor, kind=EntryKind.EXPORTED) as work:
        work.session.execute(delete(_table()).where(_table().c.seq == lost.seq))
        return work.commit(seq=lost.seq, count=len(lost.missing) + len(lost.waiting))


def _enter(session: Session, files: FileSet) -> None:
    """Note the files under the number that the entry will have: nobody else can write meanwhile."""
    listed = [[one.beside, one.name, one.sha256] for one in files.listed()]
    if listed:
        last = session.scalar(select(func.max(JournalEntry.seq))) or 0
        row = {
            "seq": last + 1,
            "machine": platform.node(),
            "folder": str(files.folder.absolute()),
            "files": listed,
        }
        session.connection().execute(insert(_table()).values(row))


def _place(session: Session, files: FileSet, seq: int) -> None:
    brought = files.place()
    if not brought.is_whole:
        left = (*brought.waiting, *brought.missing)
        raise StorageError("write.recorded", count=len(left), file=left[0]) from brought.error
    # All is done and recorded; a row that stays is taken away by the next start.
    with suppress(SQLAlchemyError):
        _forget(session, [seq])


def _forget(session: Session, ended: Sequence[int]) -> None:
    """Delete what needs no bringing to an end any more; no act of a clerk, so no entry."""
    session.execute(delete(_table()).where(_table().c.seq.in_(ended)))
    session.commit()


def _rows(database: Database) -> list[tuple[int, Path, list[Listed]]]:
    table = _table()
    query = select(table.c.seq, table.c.folder, table.c.files).where(table.c.machine == platform.node())
    with database.read() as session:
        return [
            (seq, Path(folder), [Listed(*one) for one in files])
            for seq, folder, files in session.execute(query.order_by(table.c.seq))
        ]


def _table() -> Table:
    return Base.metadata.tables[OutgoingSet.__tablename__]
