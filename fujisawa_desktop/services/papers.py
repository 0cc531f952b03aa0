"""Making papers, and recording that they left the office."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.characters import code_label
from fujisawa_desktop.documents.specs import Job, Paper, Remark, RemarkKind
from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import Entry, EntryKind, Interview, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_booking import announce_times
from fujisawa_desktop.services.paper_day import door_lists, interviewer_timetables, score_sheets
from fujisawa_desktop.services.paper_decisions import disclosure_sheets
from fujisawa_desktop.services.paper_kinds import (
    LISTS,
    MONTHLY,
    PaperKind,
    PaperOrder,
    Sheet,
    paper_kind,
    programme_of,
    unknown_numbers,
)
from fujisawa_desktop.services.paper_letters import invitation_letters, result_letters
from fujisawa_desktop.services.paper_lists import rosters, timetables
from fujisawa_desktop.services.paper_months import attendance_sheets, pay_statements
from fujisawa_desktop.services.paper_records import decision_records
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.unit_of_work import CHUNK, UnitOfWork, unit_of_work

_BY_SESSION: Final[Mapping[PaperKind, Callable[[Session, PaperOrder], list[Sheet]]]] = {
    PaperKind.FIRST_RESULT: result_letters,
    PaperKind.FINAL_RESULT: result_letters,
    PaperKind.PROMOTION: result_letters,
    PaperKind.DISCLOSURE: disclosure_sheets,
    PaperKind.DECISION_RECORD: decision_records,
    PaperKind.INTERVIEW_INVITATION: invitation_letters,
    PaperKind.ROSTER: rosters,
    PaperKind.INTERVIEW_TIMETABLE: timetables,
    PaperKind.INTERVIEWER_TIMETABLE: interviewer_timetables,
    PaperKind.SCORE_SHEET: score_sheets,
    PaperKind.DOOR_LIST: door_lists,
}
_BY_DATABASE: Final[Mapping[PaperKind, Callable[[Database, PaperOrder], list[Sheet]]]] = {
    PaperKind.ATTENDANCE: attendance_sheets,
    PaperKind.PAY_STATEMENT: pay_statements,
}
_NUMBER_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Where one person's (or list's) pages begin; pages count from 1."""

    number: str
    name: str
    first_page: int


@dataclass(frozen=True, slots=True)
class PaperWarning:
    """Something on one person's pages that a clerk should look at."""

    number: str
    name: str
    kind: RemarkKind
    text: str

    @property
    def is_character(self) -> bool:
        """Whether it is about a single character, not about room."""
        return self.kind in {RemarkKind.PRIVATE_USE, RemarkKind.MISSING, RemarkKind.BASE_FORM}

    @property
    def is_lost(self) -> bool:
        """Whether 〓 stands on the paper, or an end is missing."""
        return self.kind in {RemarkKind.PRIVATE_USE, RemarkKind.MISSING, RemarkKind.CUT}

    @property
    def code(self) -> str:
        """The code points of a character, as ``U+E000``; empty otherwise."""
        return code_label(self.text) if self.is_character else ""


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A finished file that has not left the office yet."""

    kind: PaperKind
    programme_id: int
    dated: date
    document_number: str
    pdf: bytes
    pages: tuple[DraftPage, ...]
    page_count: int
    warnings: tuple[PaperWarning, ...]
    file_name: str
    job: Job
    sheets: tuple[Sheet, ...]
    year_month: tuple[int, int] | None
    is_whole: bool = True
    """False for the first sheets alone, which are only for looking at."""


def make_papers(
    database: Database,
    *,
    programme_id: int,
    kind: str,
    numbers: Sequence[str] | None = None,
    year_month: tuple[int, int] | None = None,
    dated: date | None = None,
    document_number: str = "",
    reply_by: date | None = None,
    now: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
    first: int | None = None,
) -> PaperDraft:
    """Make one PDF with the papers of a kind for the people named, or for everybody they are for.

    Args:
        database: the open database.
        programme_id: the programme.
        kind: a `PaperKind`; later kinds are refused as not available yet.
        numbers: portal numbers; ``None`` means everybody.
        year_month: the month of an attendance sheet or a pay statement; the term's first month if not given.
        dated: the date a letter bears, today if not given.
        document_number: the number in 藤職第123号; while it is empty, room is left to write it in.
        reply_by: until when a final pass has to be accepted.
        now: what lists give as the time of printing.
        progress: hears (done, all) and may raise to stop.
        first: make only the first so many sheets, which are there at once to be looked at while the
            whole is made; whether everybody named has a sheet is not asked then.

    Raises:
        NotAvailableError: ``papers.not-yet``.
        NotFoundError: ``papers.kind-unknown``, ``papers.unknown-number``, ``programme.none``.
        ValidationError: ``papers.number-too-long``.
        RuleError: there is nothing to print, or not for everybody named.
        InputFileError: the wording of the paper is broken.
    """
    chosen = paper_kind(kind)
    if len(document_number) > _NUMBER_MOST:
        raise ValidationError("papers.number-too-long", field="document_number", most=_NUMBER_MOST)
    moment = (now or datetime.now()).replace(microsecond=0)
    with database.read() as session:
        programme = programme_of(session, programme_id)
        order = PaperOrder(
            kind=chosen,
            programme=programme,
            words=wording_in_use(session, programme, chosen.value),
            numbers=tuple(numbers) if numbers is not None else None,
            dated=dated or moment.date(),
            document_number=document_number.strip(),
            reply_by=reply_by,
            now=moment,
            year_month=year_month,
            first=first,
        )
        _check_numbers(session, order)
        sheets = _BY_SESSION[chosen](session, order) if chosen in _BY_SESSION else []
    if chosen in _BY_DATABASE:
        sheets = _BY_DATABASE[chosen](database, order)
    return _draft(order, tuple(sheets[:first]), progress)


def _check_numbers(session: Session, order: PaperOrder) -> None:
    wanted = sorted(set(order.numbers or ()))
    known: set[str] = set()
    for start in range(0, len(wanted), CHUNK):
        query = select(Entry.number).where(
            Entry.programme_id == order.programme.id, Entry.number.in_(wanted[start : start + CHUNK])
        )
        known.update(session.scalars(query))
    unknown = unknown_numbers(order.numbers, frozenset(known))
    if unknown:
        raise NotFoundError("papers.unknown-number", numbers=unknown)


def _draft(
    order: PaperOrder, sheets: tuple[Sheet, ...], progress: Callable[[int, int], None] | None
) -> PaperDraft:
    name = order.words.text("file_name")
    job = Job(
        title=f"{order.programme.short_title}　{name}",
        author=f"{order.programme.municipality} {order.programme.office}",
        subject=name,
        made_at=order.now,
        specs=tuple(sheet.spec for sheet in sheets),
    )
    count = len(sheets)
    paper = make_paper(job, lambda done: progress(done, count)) if progress else make_paper(job)
    return PaperDraft(
        kind=order.kind,
        programme_id=order.programme.id,
        dated=order.dated,
        document_number=order.document_number,
        pdf=paper.pdf,
        pages=tuple(_first_pages(paper)),
        page_count=len(paper.owners),
        warnings=tuple(
            PaperWarning(remark.owner.key, _whose(order, remark), remark.kind, remark.text)
            for remark in paper.remarks
        ),
        file_name=_file_name(order, name),
        job=job,
        sheets=sheets,
        year_month=order.month if order.kind in MONTHLY else None,
        is_whole=order.first is None,
    )


def _whose(order: PaperOrder, remark: Remark) -> str:
    """Return the person a remark is about: in a list, what its row says."""
    return remark.context if order.kind in LISTS else remark.owner.label


def _first_pages(paper: Paper) -> Iterable[DraftPage]:
    page = 1
    for owner, run in groupby(paper.owners):
        yield DraftPage(owner.key, owner.label, page)
        page += len(list(run))


def _file_name(order: PaperOrder, name: str) -> str:
    """Return a safe name: what it is, when, and for whom when it is for one person (never the name)."""
    parts = [name]
    if order.kind in MONTHLY:
        year, month = order.year_month or (order.programme.term_from.year, order.programme.term_from.month)
        parts.append(f"{year}-{month:02d}")
    else:
        parts.append(f"{order.dated:%Y%m%d}")
    if order.numbers is not None and len(order.numbers) == 1:
        parts.append("".join(sign for sign in order.numbers[0] if sign.isalnum()))
    return "_".join(parts) + ".pdf"


def issue_papers(database: Database, *, draft: PaperDraft, actor: str | None = None) -> ChangeSet:
    """Record that the papers left the office, with everything that stands on them.

    The record is never undone: a mistake on a paper that was sent is corrected by another paper.
    An invitation that was sent makes its interview an announced one.

    Raises:
        ConflictError: ``papers.interview-changed``; an interview was moved or cancelled since the
            letter was made, so that it tells a time that does not hold.
        StorageError: the database may not be written.
    """
    with unit_of_work(database, "papers.issue", actor=actor, kind=EntryKind.ISSUED) as work:
        digest = hashlib.sha256(draft.pdf).hexdigest()
        work.insert_many(Notice, [_notice(work, draft, sheet, digest) for sheet in draft.sheets])
        told = {one.interview_id: one.told for one in draft.sheets if one.interview_id is not None}
        outdated = sum(1 for key, now in _times(work.session, told).items() if now != told[key])
        if outdated:
            raise ConflictError("papers.interview-changed", count=outdated)
        announce_times(work, list(told))
        return work.commit(kind=draft.kind.value, count=len(draft.sheets))


def _times(session: Session, interview_ids: Iterable[int]) -> dict[int, tuple[datetime, datetime] | None]:
    """Return when interviews are now; None for one that is off."""
    times: dict[int, tuple[datetime, datetime] | None] = dict.fromkeys(interview_ids)
    for chunk in chunks(list(times)):
        rows = select(Interview.id, Interview.starts_at, Interview.ends_at).where(Interview.id.in_(chunk))
        times |= {key: (starts, ends) for key, starts, ends in session.execute(rows)}
    return times


def _notice(work: UnitOfWork, draft: PaperDraft, sheet: Sheet, digest: str) -> dict[str, Any]:
    only = sheet.application_ids[0] if len(sheet.application_ids) == 1 else None
    job = draft.job
    return {
        "programme_id": draft.programme_id,
        "applicant_id": sheet.applicant_id,
        "application_id": only,
        "kind": draft.kind.value,
        "document_number": draft.document_number,
        "dated": draft.dated,
        "issued_at": work.now,
        "snapshot": {
            "form": type(sheet.spec).__name__,
            "spec": asdict(sheet.spec),
            "title": job.title,
            "author": job.author,
            "subject": job.subject,
            "made_at": job.made_at.isoformat(),
        },
        "sha256": digest,
        "corrects_id": sheet.corrects_id,
    }
