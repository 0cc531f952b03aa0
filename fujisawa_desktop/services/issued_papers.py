"""Papers that left the office: the list of them, and printing them again as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents import SnapshotError, spec_from
from fujisawa_desktop.documents.specs import Job, Paper, Spec
from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.exchange.file_names import file_name
from fujisawa_desktop.models import Entry, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.paper_draft import DraftPage, PaperWarning
from fujisawa_desktop.services.paper_printing import first_pages, printed
from fujisawa_desktop.services.parts import Parts


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One paper that left the office.

    Attributes:
        kind: a `PaperKind`, as text: kinds of older versions stay readable.
        number: the person's portal number; of a list, what it is called.
        name: whom or what the paper is about, as it was printed.
        document_number: as it was printed, 藤職第12号; empty without one.
        pages: how many; 0 for papers of older versions, which were not counted.
        corrects_id: the paper this one takes the place of.
        corrected_by_id: the paper that takes the place of this one.
        reissues_id: the paper of which this one is another copy.
    """

    notice_id: int
    kind: str
    number: str
    name: str
    applicant_id: int | None
    document_number: str
    dated: date
    issued_at: datetime
    actor: str
    pages: int
    corrects_id: int | None
    corrected_by_id: int | None
    reissues_id: int | None


@dataclass(frozen=True, slots=True)
class Reprint:
    """Issued papers, printed again from what was kept of them.

    Attributes:
        is_same: whether the file is byte for byte the one that was issued; ``None`` where only
            some of the papers of that file were printed again.
    """

    notice_ids: tuple[int, ...]
    pdf: bytes
    pages: tuple[DraftPage, ...]
    page_count: int
    warnings: tuple[PaperWarning, ...]
    file_name: str
    job: Job
    is_same: bool | None


def issued_papers(
    database: Database, *, programme_id: int, kind: str | None = None, number: str | None = None
) -> tuple[IssuedRow, ...]:
    """Return what left the office, the latest first, within an issue as it was printed.

    Args:
        database: the open database.
        programme_id: the programme.
        kind: only papers of this kind.
        number: only papers to the person with this portal number.
    """
    # As a join: asked for each row, it would look through all others.
    later = (
        select(Notice.corrects_id.label("old"), func.max(Notice.id).label("new"))
        .where(Notice.programme_id == programme_id, Notice.corrects_id.is_not(None))
        .group_by(Notice.corrects_id)
        .subquery()
    )
    query = (
        select(
            Notice.id,
            Notice.kind,
            Notice.snapshot["spec"]["owner"]["key"].as_string(),
            Notice.snapshot["spec"]["owner"]["label"].as_string(),
            Notice.applicant_id,
            Notice.document_number,
            Notice.snapshot["spec"]["number"].as_string(),
            Notice.dated,
            Notice.issued_at,
            Notice.snapshot["actor"].as_string(),
            Notice.page_count,
            Notice.corrects_id,
            later.c.new,
            Notice.snapshot["reissues"].as_integer(),
        )
        .outerjoin(later, later.c.old == Notice.id)
        .where(Notice.programme_id == programme_id)
        .order_by(Notice.issued_at.desc(), Notice.id)
    )
    if kind is not None:
        query = query.where(Notice.kind == kind)
    if number is not None:
        people = select(Entry.applicant_id).where(Entry.programme_id == programme_id, Entry.number == number)
        query = query.where(Notice.applicant_id.in_(people))
    with database.read() as session:
        return tuple(_row(record) for record in session.execute(query))


def _row(record: Sequence[Any]) -> IssuedRow:
    notice_id, kind, key, label, applicant_id, number, printed, dated, *rest = record
    issued_at, actor, pages, old, new, copied = rest
    return IssuedRow(
        notice_id=notice_id,
        kind=kind,
        number=key or "",
        name=label or "",
        applicant_id=applicant_id,
        document_number=(printed or number) if number else "",
        dated=dated,
        issued_at=issued_at,
        actor=actor or "",
        pages=pages,
        corrects_id=old,
        corrected_by_id=new,
        reissues_id=copied,
    )


def reprint(database: Database, *, notice_ids: Sequence[int], progress: Progress | None = None) -> Reprint:
    """Print issued papers again from what was kept of them; nothing is recorded.

    Args:
        database: the open database.
        notice_ids: which papers; they are printed in the order in which they were issued.
        progress: hears (done, all) and may raise to stop.

    Raises:
        NotFoundError: ``papers.issued-missing``.
        RuleError: ``papers.not-reprintable``, this version does not know the form of one of them;
            ``papers.page-failed``.
    """
    parts = Parts(3, progress)
    with database.read() as session:
        notices = stored_notices(session, notice_ids, parts)
        is_whole = _is_whole(session, notices)
    job = stored_job(notices, parts)
    paper = printed(job, lambda done: parts.within(done, len(notices)))
    same = hashlib.sha256(paper.pdf).hexdigest() == notices[0].sha256 if is_whole else None
    return Reprint(
        notice_ids=tuple(notice.id for notice in notices),
        pdf=paper.pdf,
        pages=first_pages(paper.owners),
        page_count=len(paper.owners),
        warnings=warnings_of(paper),
        file_name=stored_file_name(notices),
        job=job,
        is_same=same,
    )


# --- from what was kept ------------------------------------------------------


def stored_notices(session: Session, notice_ids: Sequence[int], parts: Parts) -> list[Notice]:
    """Return issued papers in the order of issue, free of the session; one part of an act's progress.

    Raises:
        NotFoundError: ``papers.issued-missing``; one of them is not there any more.
    """
    wanted = sorted(set(notice_ids))
    found: list[Notice] = []
    for chunk in chunks(wanted):
        parts.within(len(found), len(wanted))
        found += session.scalars(select(Notice).where(Notice.id.in_(chunk)).order_by(Notice.id))
    if not found or len(found) != len(wanted):
        raise NotFoundError("papers.issued-missing")
    session.expunge_all()
    parts.ended()
    return found


def stored_job(notices: Sequence[Notice], parts: Parts) -> Job:
    """Return what one PDF of these papers is made from; another part of an act's progress.

    Raises:
        RuleError: ``papers.not-reprintable``.
    """
    first = notices[0].snapshot
    specs: list[Spec] = []
    for notice in notices:
        parts.within(len(specs), len(notices))
        specs.append(_spec(notice))
    parts.ended()
    return Job(
        title=first["title"],
        author=first["author"],
        subject=first["subject"],
        made_at=datetime.fromisoformat(first["made_at"]),
        specs=tuple(specs),
    )


def stored_file_name(notices: Sequence[Notice]) -> str:
    """Return a safe name: what they are, their date, and the number of the one person there is."""
    first = notices[0]
    parts = [first.snapshot["subject"], f"{first.dated:%Y%m%d}"]
    if len(notices) == 1:
        parts.append(first.snapshot["spec"]["owner"]["key"])
    return file_name(parts, ".pdf")


def warnings_of(paper: Paper) -> tuple[PaperWarning, ...]:
    """Return what a clerk should look at, by the person it is about."""
    return tuple(
        PaperWarning(remark.owner.key, remark.owner.label, remark.kind, remark.text)
        for remark in paper.remarks
    )


def _is_whole(session: Session, notices: Sequence[Notice]) -> bool:
    """Tell whether these are all papers of one file that was issued."""
    first = notices[0]
    query = select(Notice.id).where(
        Notice.programme_id == first.programme_id,
        Notice.kind == first.kind,
        Notice.issued_at == first.issued_at,
        Notice.sha256 == first.sha256,
    )
    return set(session.scalars(query)) == {notice.id for notice in notices}


def _spec(notice: Notice) -> Spec:
    try:
        return spec_from(notice.snapshot["form"], notice.snapshot["spec"])
    except (SnapshotError, KeyError) as error:
        raise RuleError("papers.not-reprintable", kind=notice.kind, dated=notice.dated) from error
