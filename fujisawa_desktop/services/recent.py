"""The latest acts of everybody, for the home tab."""

from __future__ import annotations

from sqlalchemy import select

from fujisawa_desktop.models import JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import Label
from fujisawa_desktop.services.history import HistoryRow


def recent_acts(database: Database, *, limit: int = 30) -> list[HistoryRow]:
    """Return the latest entries of the journal, the newest first."""
    query = (
        select(
            JournalEntry.seq,
            JournalEntry.at,
            JournalEntry.actor,
            JournalEntry.label,
            JournalEntry.params,
            JournalEntry.kind,
        )
        .order_by(JournalEntry.seq.desc())
        .limit(limit)
    )
    with database.read() as session:
        return [
            HistoryRow(row.seq, row.at, row.actor, Label(row.label, dict(row.params)), row.kind)
            for row in session.execute(query)
        ]
