"""Whose payments are still to be listed for the office that makes the 源泉徴収票.

It is due within a month after somebody left (domain rules 2.5).  It counts as done once a list of the
payments, on paper or as a file, left the office after that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import JournalEntry, Notice
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.todos import EndCount

WRITTEN = "year-end.written"


def basis_due(
    session: Session, programme_id: int, staff: Iterable[Member], today: date
) -> tuple[EndCount, ...]:
    """Return the last days of work after which no list left the office, and of how many people each is."""
    ended = Counter(member.rules.last for member in staff if member.rules.last < today)
    if not ended:
        return ()
    listed = _last_listed(session, programme_id)
    return tuple(
        EndCount(day, count) for day, count in sorted(ended.items()) if listed is None or listed.date() <= day
    )


def _last_listed(session: Session, programme_id: int) -> datetime | None:
    """Return when a list of the programme's payments last left the office."""
    papers = select(func.max(Notice.issued_at)).where(
        Notice.programme_id == programme_id, Notice.kind == PaperKind.YEAR_END.value
    )
    files = select(JournalEntry.at, JournalEntry.params).where(JournalEntry.label == WRITTEN)
    moments = [at for at, told in session.execute(files) if told.get("programme_id") == programme_id]
    printed = session.scalar(papers)
    return max([*moments, *([printed] if printed is not None else [])], default=None)
