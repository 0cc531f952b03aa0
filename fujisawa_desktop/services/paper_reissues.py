"""Another copy of a letter that was issued, for somebody who lost it: the same text, date and number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fujisawa_desktop.documents.specs import Job, LetterSpec, Spec
from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import fiscal_year
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.issued_papers import (
    stored_file_name,
    stored_job,
    stored_notices,
    warnings_of,
)
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_kinds import PaperKind, Sheet, paper_kind, programme_of
from fujisawa_desktop.services.paper_numbering import DraftNumbers
from fujisawa_desktop.services.paper_printing import first_pages, printed
from fujisawa_desktop.services.paper_templates import COMMON, wording_in_use
from fujisawa_desktop.services.parts import Parts


def reissue_papers(
    database: Database,
    *,
    notice_ids: Sequence[int],
    is_marked: bool = False,
    progress: Progress | None = None,
) -> PaperDraft:
    """Make other copies of issued papers, to be issued again with `issue_papers`.

    They bear the date and the number of the first copy and take no new number; their issue is
    recorded as one of its own.  An invitation whose time does not hold any more cannot be issued.

    Args:
        database: the open database.
        notice_ids: which papers, of one kind and one date.
        is_marked: letters say 再発行 at the top.
        progress: hears (done, all) and may raise to stop.

    Raises:
        NotFoundError: ``papers.issued-missing``.
        RuleError: ``papers.reissue-mixed``, ``papers.not-reprintable``, ``papers.page-failed``.
    """
    parts = Parts(3, progress)
    with database.read() as session:
        notices = stored_notices(session, notice_ids, parts)
        programme = programme_of(session, notices[0].programme_id)
        mark = wording_in_use(session, programme, COMMON).part("reissue").text("mark") if is_marked else ""
    first = notices[0]
    if any((one.kind, one.dated) != (first.kind, first.dated) for one in notices):
        raise RuleError("papers.reissue-mixed")
    job = stored_job(notices, parts)
    if mark:
        job = replace(job, specs=tuple(_marked(spec, mark) for spec in job.specs))
    paper = printed(job, lambda done: parts.within(done, len(notices)))
    numbers = _numbers(notices)
    return PaperDraft(
        kind=_kind(first),
        programme_id=first.programme_id,
        dated=first.dated,
        document_number=numbers.text if numbers is not None else "",
        pdf=paper.pdf,
        pages=first_pages(paper.owners),
        page_count=len(paper.owners),
        warnings=warnings_of(paper),
        file_name=stored_file_name(notices),
        job=job,
        sheets=_sheets(notices, job),
        year_month=None,
        sheet_pages=paper.page_counts,
        numbers=numbers,
    )


def _kind(notice: Notice) -> PaperKind:
    try:
        return paper_kind(notice.kind)
    except NotFoundError as error:
        raise RuleError("papers.not-reprintable", kind=notice.kind, dated=notice.dated) from error


def _marked(spec: Spec, mark: str) -> Spec:
    return replace(spec, mark=mark) if isinstance(spec, LetterSpec) else spec


def _numbers(notices: Sequence[Notice]) -> DraftNumbers | None:
    by_sheet = tuple(int(one.document_number) if one.document_number.isdecimal() else None for one in notices)
    if not any(by_sheet):
        return None
    first = notices[0]
    sign = str(first.snapshot.get("sign", ""))
    return DraftNumbers(sign, fiscal_year(first.dated), by_sheet, is_shared=True)


def _sheets(notices: Sequence[Notice], job: Job) -> tuple[Sheet, ...]:
    return tuple(_sheet(notice, spec) for notice, spec in zip(notices, job.specs, strict=True))


def _sheet(notice: Notice, spec: Spec) -> Sheet:
    kept = notice.snapshot
    only = [] if notice.application_id is None else [notice.application_id]
    told = kept.get("told")
    return Sheet(
        spec,
        notice.applicant_id,
        tuple(kept.get("applications") or only),
        interview_id=kept.get("interview") if told else None,
        corrects_id=notice.corrects_id,
        told=(datetime.fromisoformat(told[0]), datetime.fromisoformat(told[1])) if told else None,
        reissues_id=notice.id,
    )
