"""Papers that left the office: the list of them, and printing them again as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from fujisawa_desktop.documents import SnapshotError, make_paper, spec_from
from fujisawa_desktop.documents.specs import Job, Spec
from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Entry, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.paper_draft import DraftPage, PaperWarning, first_pages


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
    later = aliased(Notice)
    corrected_by = select(func.max(later.id)).where(later.corrects_id == Notice.id).scalar_subquery()
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
            corrected_by,
        )
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
    notice_id, kind, key, label, applicant_id, number, printed, *dates, actor, pages, old, new = record
    dated, issued_at = dates
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
    )


def reprint(
    database: Database,
    *,
    notice_ids: Sequence[int],
    progress: Callable[[int, int], None] | None = None,
) -> Reprint:
    """Print issued papers again from what was kept of them; nothing is recorded.

    Args:
        database: the open database.
        notice_ids: which papers; they are printed in the order in which they were issued.
        progress: hears (done, all) and may raise to stop.

    Raises:
        NotFoundError: ``papers.issued-missing``.
        RuleError: ``papers.not-reprintable``, this version does not know the form of one of them.
    """
    with database.read() as session:
        notices = _stored(session, notice_ids)
        is_whole = _is_whole(session, notices)
    first = notices[0].snapshot
    count = len(notices)
    job = Job(
        title=first["title"],
        author=first["author"],
        subject=first["subject"],
        made_at=datetime.fromisoformat(first["made_at"]),
        specs=tuple(_spec(notice) for notice in notices),
    )
    paper = make_paper(job, lambda done: progress(done, count)) if progress else make_paper(job)
    same = hashlib.sha256(paper.pdf).hexdigest() == notices[0].sha256 if is_whole else None
    return Reprint(
        notice_ids=tuple(notice.id for notice in notices),
        pdf=paper.pdf,
        pages=tuple(first_pages(paper.owners)),
        page_count=len(paper.owners),
        warnings=tuple(
            PaperWarning(remark.owner.key, remark.owner.label, remark.kind, remark.text)
            for remark in paper.remarks
        ),
        file_name=_file_name(notices),
        job=job,
        is_same=same,
    )


def _stored(session: Session, notice_ids: Sequence[int]) -> list[Notice]:
    wanted = sorted(set(notice_ids))
    found: list[Notice] = []
    for chunk in chunks(wanted):
        found += session.scalars(select(Notice).where(Notice.id.in_(chunk)).order_by(Notice.id))
    if not found or len(found) != len(wanted):
        raise NotFoundError("papers.issued-missing")
    session.expunge_all()
    return found


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


def _file_name(notices: Sequence[Notice]) -> str:
    first = notices[0]
    parts = [first.snapshot["subject"], f"{first.dated:%Y%m%d}"]
    if len(notices) == 1:
        parts.append("".join(sign for sign in first.snapshot["spec"]["owner"]["key"] if sign.isalnum()))
    return "_".join(part for part in parts if part) + ".pdf"
