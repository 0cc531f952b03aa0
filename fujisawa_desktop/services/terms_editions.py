"""The changes of an appointment's terms that were recorded, as the layers above see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import TermsChange


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item of the notice, as it was and as it is."""

    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One change that was recorded."""

    id: int
    version: int
    edition: int
    effective_from: date
    changes: tuple[ItemChange, ...]
    reason: str
    recorded_at: datetime
    actor: str
    consented_on: date | None


def editions_of(session: Session, appointment_id: int) -> tuple[Edition, ...]:
    """Return the changes of one appointment, the newest first."""
    rows = session.scalars(
        select(TermsChange)
        .where(TermsChange.appointment_id == appointment_id)
        .order_by(TermsChange.edition.desc())
    )
    return tuple(edition_row(row) for row in rows)


def edition_row(row: TermsChange) -> Edition:
    """Return a stored change for the layers above."""
    return Edition(
        row.id,
        row.version,
        row.edition,
        row.effective_from,
        tuple(ItemChange(one["item"], one["before"], one["after"]) for one in row.changes),
        row.reason,
        row.recorded_at,
        row.actor,
        row.consented_on,
    )
