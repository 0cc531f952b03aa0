"""Clearing the pages that an erasure freed, and the certificates that say whether it was done.

A file can be packed anew only after what was erased is committed, and not while another program reads
it.  So a certificate first says that it is not done yet, and is set right when it is.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import EntryKind, Erasure
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import era_date
from fujisawa_desktop.services.backups import no_copies_meanwhile
from fujisawa_desktop.services.retention_copies import method_words
from fujisawa_desktop.services.unit_of_work import unit_of_work

UNSWEPT: Final = "unswept"
"""Among the counts of an erasure: the sentence at the end of its method that stands until it is done."""


def pending(dialect: str) -> dict[str, Any]:
    """Return what stands among the counts of a new erasure; nothing on a server, whose own people do it."""
    return {UNSWEPT: method_words()["unswept"]} if dialect == "sqlite" else {}


def is_unswept(database: Database) -> bool:
    """Tell whether free pages of the file may hold traces of what was erased."""
    if database.path is None:
        return False
    with database.read() as session:
        return any(UNSWEPT in counts for counts in session.scalars(select(Erasure.counts)))


def sweep(database: Database, *, actor: str | None = None) -> bool:
    """Clear the pages that were freed, so that nothing of what they held is left in the file.

    The certificates that said it was not done yet say on which day it was.

    Returns:
        False where another program reads the file just now, and on a server, where the person in
        charge of it does that (``VACUUM FULL``).
    """
    if database.path is None or database.read_only:
        return False
    try:
        with no_copies_meanwhile():  # a copy being made reads the file too
            database.sweep()
            if is_unswept(database):
                _record(database, actor)
    except AppError:
        return False
    return True


def _record(database: Database, actor: str | None) -> None:
    with unit_of_work(database, "retention.swept", actor=actor, kind=EntryKind.ERASED) as work:
        day = work.now.date()
        done = method_words()["swept"].format(day=era_date(day))
        for row in work.session.scalars(select(Erasure)):
            if UNSWEPT in row.counts:
                row.method = row.method.removesuffix(str(row.counts[UNSWEPT])) + done
                row.counts = {name: value for name, value in row.counts.items() if name != UNSWEPT}
        work.commit()
