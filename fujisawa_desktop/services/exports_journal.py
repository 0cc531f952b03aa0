"""What leaves the program with people in it — files, prints, the clipboard — is an entry of the journal.

Such an entry changes no row, names nobody, bars nothing from being taken back, and is never taken
back itself.  On a server a seat that only reads has it appended by the server
(``models/seat_exports.py``).  From a file that may only be read people are exported all the same (a
clerk with the right to read has that right on paper too); as nothing can be written there, a line in
the log says when, what and how many.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.seat_exports import append_export
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.services.watching import own_acts

APPLICANTS: Final = "applicants"
_log = logging.getLogger(__name__)


def record_export(
    database: Database,
    code: str,
    *,
    actor: str | None = None,
    subjects: Iterable[tuple[str, int]] = (),
    **counts: object,
) -> ChangeSet:
    """Record that personal data left the program: who, when, in which form, how much.

    Args:
        database: the open database.
        code: of the label.
        actor: who exported it.
        subjects: whom it is about, as (kind, id), when it is about few.
        counts: how many, and in which form; never a name.

    Raises:
        ConflictError: somebody else keeps writing.
    """
    if database.read_only:
        if (seq := _told_to_the_server(database, code, counts, subjects)) is not None:
            return ChangeSet(seq, Label(code, dict(counts)), frozenset())
        _log.info("%s, not in the journal of a file that may only be read: %s", code, counts)
        return ChangeSet(None, Label(code, dict(counts)), frozenset())
    with unit_of_work(database, code, actor=actor, kind=EntryKind.EXPORTED) as work:
        for kind, key in subjects:
            work.concerns(kind, key)
        return work.commit(**counts)


def _told_to_the_server(
    database: Database, code: str, counts: Mapping[str, object], subjects: Iterable[tuple[str, int]]
) -> int | None:
    """Let a server append the entry for a seat that may only read; ``None`` where nobody can."""
    if database.path is not None:
        return None
    params = {name: value if isinstance(value, int | None) else str(value) for name, value in counts.items()}
    try:
        with database.engines.write() as session:
            now = datetime.now().replace(microsecond=0)
            seq = append_export(session.connection(), code, params, now, subjects)
            session.commit()
    except StorageError as error:
        if error.code not in {"storage.server-read-only", "storage.server-may-not"}:
            raise
        return None
    if seq is not None:
        own_acts(database).add(seq)
    return seq


def record_list(
    database: Database,
    *,
    file_format: str,
    count: int,
    name: str = APPLICANTS,
    actor: str | None = None,
) -> ChangeSet:
    """Record that a list of people left the program; raises as :func:`record_export`.

    Args:
        database: the open database.
        file_format: csv, csv-cp932, xlsx, pdf, json, ``print`` or ``clipboard``.
        count: how many rows it has.
        name: which list, as in ``table_files.ListTable``.
        actor: who exported it.
    """
    code, named = list_label(name)
    return record_export(database, code, actor=actor, file_format=file_format, count=count, **named)


def list_label(name: str) -> tuple[str, dict[str, Any]]:
    """Return the code of the label for a list, and what tells it from other lists."""
    return ("list.exported", {}) if name == APPLICANTS else ("list.exported-other", {"list": name})


def record_papers(
    database: Database, *, code: str, paper_kind: str, count: int, actor: str | None = None
) -> ChangeSet:
    """Record that papers were printed without being issued: drafts, lists, copies of issued ones.

    Args:
        database: the open database.
        code: ``papers.draft-out`` or ``papers.copy-out``.
        paper_kind: the kind of paper.
        count: how many papers.
        actor: who printed them.
    """
    return record_export(database, code, actor=actor, kind=paper_kind, count=count)
