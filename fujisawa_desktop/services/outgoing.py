"""Files and their record as one: recorded first, seen afterwards, brought to their end by the next start.

A paper that lies in a folder may be sent; it must not lie there before its number is taken.  So the act
is committed with the names and digests of its files while these are still hidden beside their places,
and they are renamed right after.  If the program ends between the two, the row of the act is found at
the next start: the files are put in their places then, and of those that are nowhere it is said that
they have to be made again.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.exchange.file_sets import Brought, FileSet, Listed, bring
from fujisawa_desktop.models import EntryKind, JournalEntry, OutgoingSet
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.outgoing import forget_outgoing, note_outgoing
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.exports_journal import APPLICANTS, list_label, record_export
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_NAMED: Final = 5


class RecordedError(StorageError):
    """Files of an act could not be put in their places, yet all of it is recorded: ``write.recorded``.

    Attributes:
        change: the act, as if all had gone well; whoever shows what it changed has to look again.
    """

    def __init__(self, change: ChangeSet, *, count: int, file: str) -> None:
        """Keep the act beside how many files wait, and the name of the first."""
        super().__init__("write.recorded", count=count, file=file)
        self.change = change


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


def told_of(lost: LostFiles) -> dict[str, object]:
    """Return the parameters of the sentence ``outgoing.lost``; of many files some are named."""
    names = [*lost.missing, *lost.waiting]
    return {
        "code": lost.label.code,
        "params": lost.label.params,
        "at": lost.at,
        "folder": str(lost.folder),
        "count": len(names),
        "files": [*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])],
    }


def let_out(work: UnitOfWork, files: FileSet, **params: object) -> ChangeSet:
    """Commit an act together with the files it lets out; ``params`` as for ``commit``.

    Raises:
        ConflictError, StorageError: as ``commit``, or a file cannot be written; nothing is recorded and
            everything is as it was.
        RecordedError: it is recorded, but a place was taken by another program in the last moment; the
            next start puts the file there.
    """
    files.ready()
    if files.listed():
        note_outgoing(
            work.session,
            machine=platform.node(),
            folder=str(files.folder.absolute()),
            files=[[one.beside, one.name, one.sha256] for one in files.listed()],
        )
    change = work.commit(**params)
    files.recorded()
    _place(work.session, files, change)
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


@dataclass(frozen=True, slots=True)
class ListOut:
    """A list of people that was written and recorded in one act."""

    change: ChangeSet
    path: Path
    file_format: str
    count: int


def save_list(
    database: Database,
    *,
    path: Path,
    data: bytes,
    file_format: str,
    count: int,
    name: str = APPLICANTS,
    actor: str | None = None,
) -> ListOut:
    """Write a list to a file and record that it left, both or neither; raises as :func:`let_out`.

    Args:
        database: the open database; from one that may only be read the list leaves all the same.
        path: the file.
        data: what it is to hold.
        file_format: csv, csv-cp932, xlsx, pdf or json.
        count: how many rows it has.
        name: which list, as in ``table_files.ListTable``.
        actor: who exports it.
    """
    with FileSet(path.parent) as files:
        files.add(path.name, data)
        change = export_list(database, files, file_format=file_format, count=count, name=name, actor=actor)
        return ListOut(change, path, file_format, count)


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
            forget_outgoing(session, ended)
            session.commit()
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
        forget_outgoing(work.session, [lost.seq])
        return work.commit(seq=lost.seq, count=len(lost.missing) + len(lost.waiting))


def _place(session: Session, files: FileSet, change: ChangeSet) -> None:
    if change.seq is None or not files.listed():
        return
    brought = files.place()
    if not brought.is_whole:
        left = (*brought.waiting, *brought.missing)
        raise RecordedError(change, count=len(left), file=left[0]) from brought.error
    # All is done and recorded; a row that stays is taken away by the next start.
    with suppress(SQLAlchemyError):
        forget_outgoing(session, [change.seq])
        session.commit()


def _rows(database: Database) -> list[tuple[int, Path, list[Listed]]]:
    query = select(OutgoingSet).where(OutgoingSet.machine == platform.node()).order_by(OutgoingSet.seq)
    with database.read() as session:
        return [
            (one.seq, Path(one.folder), [Listed(*file) for file in one.files])
            for one in session.scalars(query)
        ]
