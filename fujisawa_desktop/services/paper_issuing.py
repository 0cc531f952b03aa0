"""Recording that papers left the office: what stands on each, and the numbers they take."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop import __version__
from fujisawa_desktop.errors import ConflictError, RuleError
from fujisawa_desktop.models import EntryKind, Interview, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.document_numbers import take_numbers
from fujisawa_desktop.services.hand_ins import mark_asked
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_booking import announce_times
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


def issue_papers(
    database: Database,
    *,
    draft: PaperDraft,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ChangeSet:
    """Record that the papers left the office, with everything that stands on them.

    The record is never undone: a mistake on a paper that was sent is corrected by another paper.
    The document numbers that the draft shows are taken from the ledger in the same act.  An
    invitation that was sent makes its interview an announced one; a letter about papers to hand in
    says that they were asked for.

    Raises:
        ConflictError: ``papers.number-taken``, a number of the draft is in the ledger by now;
            ``papers.interview-changed``, an interview was moved or cancelled since the letter was
            made, so that it tells a time that does not hold.  Nothing is recorded then.
        RuleError: ``papers.not-whole``; only the first pages of the papers were made.
        StorageError: the database may not be written.
    """
    with issuing(database, actor) as work:
        enter_issued(work, draft, Parts(3, progress))
        return work.commit(kind=draft.kind.value, count=len(draft.sheets))


def issuing(database: Database, actor: str | None) -> AbstractContextManager[UnitOfWork]:
    """Open the act in which papers leave the office."""
    return unit_of_work(database, "papers.issue", actor=actor, kind=EntryKind.ISSUED)


def enter_issued(work: UnitOfWork, draft: PaperDraft, parts: Parts) -> None:
    """Write within an open act what :func:`issue_papers` records, as two parts; raises as it does."""
    parts.within(0, 1)
    if not draft.is_whole:
        raise RuleError("papers.not-whole")
    _take_numbers(work, draft)
    digest, rows = hashlib.sha256(draft.pdf).hexdigest(), []
    for done in range(len(draft.sheets)):
        parts.within(done, len(draft.sheets))
        rows.append(_notice(work, draft, done, digest))
    parts.ended()
    work.insert_many(Notice, rows)
    told = {one.interview_id: one.told for one in draft.sheets if one.interview_id is not None}
    outdated = sum(1 for key, now in _times(work.session, told).items() if now != told[key])
    if outdated:
        raise ConflictError("papers.interview-changed", count=outdated)
    announce_times(work, list(told))
    if draft.kind is PaperKind.HAND_IN_GUIDE:
        people = [one.applicant_id for one in draft.sheets if one.applicant_id is not None]
        mark_asked(work, programme_id=draft.programme_id, applicant_ids=people, day=draft.dated)
    parts.ended()


def _take_numbers(work: UnitOfWork, draft: PaperDraft) -> None:
    numbers = draft.numbers
    if numbers is None:
        return
    work.label = Label("papers.issue-numbered", {"sign": numbers.sign, "numbers": numbers.text})
    if numbers.is_shared:
        return
    take_numbers(
        work,
        sign=numbers.sign,
        fiscal_year=numbers.fiscal_year,
        numbers=numbers.taken,
        programme_id=draft.programme_id,
        kind=draft.kind.value,
        subject=draft.job.subject,
        dated=draft.dated,
    )


def _times(session: Session, interview_ids: Iterable[int]) -> dict[int, tuple[datetime, datetime] | None]:
    """Return when interviews are now; None for one that is off."""
    times: dict[int, tuple[datetime, datetime] | None] = dict.fromkeys(interview_ids)
    for chunk in chunks(list(times)):
        rows = select(Interview.id, Interview.starts_at, Interview.ends_at).where(Interview.id.in_(chunk))
        times |= {key: (starts, ends) for key, starts, ends in session.execute(rows)}
    return times


def _notice(work: UnitOfWork, draft: PaperDraft, at: int, digest: str) -> dict[str, Any]:
    sheet, numbers = draft.sheets[at], draft.numbers
    number = numbers.by_sheet[at] if numbers is not None else None
    only = sheet.application_ids[0] if len(sheet.application_ids) == 1 else None
    return {
        "programme_id": draft.programme_id,
        "applicant_id": sheet.applicant_id,
        "application_id": only,
        "kind": draft.kind.value,
        "document_number": "" if number is None else str(number),
        "dated": draft.dated,
        "issued_at": work.now,
        "snapshot": {**_as_printed(draft, at), "actor": work.actor},
        "sha256": digest,
        "page_count": draft.sheet_pages[at],
        "corrects_id": sheet.corrects_id,
    }


def _as_printed(draft: PaperDraft, at: int) -> dict[str, Any]:
    """Return all that it takes to print a sheet again, and what it told whom."""
    sheet, job = draft.sheets[at], draft.job
    return {
        "form": type(sheet.spec).__name__,
        "spec": asdict(sheet.spec),
        "title": job.title,
        "author": job.author,
        "subject": job.subject,
        "made_at": job.made_at.isoformat(),
        "program": __version__,
        "sign": draft.numbers.sign if draft.numbers is not None else "",
        "applications": list(sheet.application_ids),
        "interview": sheet.interview_id,
        "told": [moment.isoformat() for moment in sheet.told] if sheet.told is not None else None,
        "reissues": sheet.reissues_id,
    }
