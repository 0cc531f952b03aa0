"""What is known about the addresses of people, and about messages written before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Applicant,
    Decision,
    DecisionCorrection,
    Dispatch,
    Entry,
    ImportRow,
)
from fujisawa_desktop.rules.contact import is_mail_address, mail_key
from fujisawa_desktop.rules.names import half_width
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.raw_rows import latest_row_ids


@dataclass(frozen=True, slots=True)
class Written:
    """Messages of before: the last of this kind, when one was sent, the first about this screening."""

    last: datetime | None = None
    sent: datetime | None = None
    first: datetime | None = None


def written_before(
    session: Session, kind: str, kinds: Sequence[str], entry_ids: Sequence[int]
) -> dict[int, Written]:
    """Return what was written to entries: ``kind`` itself, and any of ``kinds``."""
    found: dict[int, Written] = {}
    for chunk in chunks(entry_ids):
        query = (
            select(Dispatch.entry_id, Dispatch.kind, Dispatch.written_at, Dispatch.sent_at)
            .where(Dispatch.entry_id.in_(chunk), Dispatch.kind.in_(kinds))
            .order_by(Dispatch.id)
        )
        for entry_id, found_kind, written_at, sent_at in session.execute(query):
            if entry_id is None:
                continue
            known = found.get(entry_id, Written())
            same = found_kind == kind
            found[entry_id] = Written(
                last=written_at if same else known.last,
                sent=(sent_at or known.sent) if same else known.sent,
                first=known.first or written_at,
            )
    return found


def corrected_at(session: Session, stage: Stage) -> dict[int, datetime]:
    """Return when results of a screening were corrected last, by application."""
    query = (
        select(DecisionCorrection.application_id, func.max(DecisionCorrection.corrected_at))
        .join(Decision, Decision.id == DecisionCorrection.decision_id)
        .where(Decision.stage == stage)
        .group_by(DecisionCorrection.application_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def addresses(session: Session, applicant_ids: Sequence[int]) -> dict[int, str]:
    """Return the mail addresses of people, tidied; empty where there is none."""
    found: dict[int, str] = {}
    for chunk in chunks(applicant_ids):
        query = select(Applicant.id, Applicant.mail).where(Applicant.id.in_(chunk))
        found.update((key, half_width(mail).strip()) for key, mail in session.execute(query))
    return found


def portal_addresses(session: Session, entry_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the addresses that stood in the portal's latest row of each entry."""
    found: dict[int, tuple[str, ...]] = {}
    for chunk in chunks(entry_ids):
        query = select(ImportRow.entry_id, ImportRow.raw).where(ImportRow.id.in_(latest_row_ids(chunk)))
        for entry_id, raw in session.execute(query):
            cells = (half_width(str(cell)).strip() for _heading, cell in raw)
            found[entry_id or 0] = tuple(cell for cell in cells if is_mail_address(cell))
    return found


def shared_addresses(session: Session, programme_id: int) -> frozenset[str]:
    """Return the addresses that two people of the programme have."""
    query = select(Applicant.mail).where(
        Applicant.programme_id == programme_id,
        Applicant.mail != "",
        Applicant.id.in_(select(Entry.applicant_id)),
    )
    tally = Counter(mail_key(mail) for mail in session.scalars(query))
    return frozenset(mail for mail, count in tally.items() if count > 1)
