"""What returns to older copies left behind: acts that copies made then still know, and erasures undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import EntryKind, JournalEntry
from fujisawa_desktop.models.journal_glance import ERASED, FIRST, LAST, erased_in
from fujisawa_desktop.services.integrity_findings import Check, Finding


def left_behind(connection: Connection) -> tuple[tuple[int, int], ...]:
    """Return the first and last number of the acts that each return left behind.

    A copy made before such a return ends with an act that the journal has no more: nobody cut it off.
    """
    rows = connection.execute(select(JournalEntry.params).where(JournalEntry.kind == EntryKind.RESTORED))
    return tuple((row[0][FIRST], row[0][LAST]) for row in rows if FIRST in row[0])


def undone_erasures(session: Session) -> tuple[date, ...]:
    """Return the days of erasures that a return to an older copy undid, and that nobody repeated since."""
    return tuple(sorted(one.day for _seq, params in _since_erased(session) for one in erased_in(params)))


def _since_erased(session: Session) -> list[tuple[int, Mapping[str, Any]]]:
    """Return number and params of the returns after the latest erasure."""
    last = select(func.max(JournalEntry.seq)).where(JournalEntry.label == ERASED).scalar_subquery()
    query = select(JournalEntry.seq, JournalEntry.params).where(
        JournalEntry.kind == EntryKind.RESTORED, JournalEntry.seq > func.coalesce(last, 0)
    )
    return [(seq, params) for seq, params in session.execute(query.order_by(JournalEntry.seq))]


def _undone(session: Session) -> Iterator[Finding]:
    for seq, params in _since_erased(session):
        if undone := erased_in(params):
            told = {"count": len(undone), "days": sorted({one.day for one in undone})}
            yield Finding("erasure-undone", "journal_entry", seq, params=told)


RETURN_CHECKS: Final = (Check("erasure-undone", _undone),)
