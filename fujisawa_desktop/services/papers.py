"""Making papers, and recording that they left the office."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Job, Remark, RemarkKind
from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.exchange.file_names import file_name
from fujisawa_desktop.models import Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.document_numbers import Numbering
from fujisawa_desktop.services.journal_anchors import LEDGERS, with_journal_line
from fujisawa_desktop.services.paper_corrections import as_corrections
from fujisawa_desktop.services.paper_draft import DraftPage, PaperDraft, PaperWarning
from fujisawa_desktop.services.paper_issuing import issue_papers
from fujisawa_desktop.services.paper_kinds import (
    LISTS,
    MONTHLY,
    PaperOrder,
    Sheet,
    paper_kind,
    programme_of,
    unknown_numbers,
    window_shift,
)
from fujisawa_desktop.services.paper_makers import BY_DATABASE, BY_SESSION
from fujisawa_desktop.services.paper_numbering import DraftNumbers, numbered_order, with_numbers
from fujisawa_desktop.services.paper_options import PaperOptions
from fujisawa_desktop.services.paper_printing import first_pages, printed
from fujisawa_desktop.services.paper_public import usual_date
from fujisawa_desktop.services.paper_style import in_house_style
from fujisawa_desktop.services.paper_templates import COMMON, wording_in_use
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.unit_of_work import CHUNK

__all__ = [
    "DraftNumbers",
    "DraftPage",
    "Numbering",
    "PaperDraft",
    "PaperWarning",
    "issue_papers",
    "make_papers",
]


def make_papers(
    database: Database,
    *,
    programme_id: int,
    kind: str,
    numbers: Sequence[str] | None = None,
    year_month: tuple[int, int] | None = None,
    dated: date | None = None,
    document_number: str = "",
    numbering: Numbering = Numbering.TYPED,
    share_number: bool = False,
    corrects: bool = False,
    reply_by: date | None = None,
    options: PaperOptions | None = None,
    course_ids: Sequence[int] | None = None,
    now: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
    first: int | None = None,
    application_ids: Collection[int] | None = None,
    print_address: bool | None = None,
) -> PaperDraft:
    """Make one PDF with the papers of a kind for the people named, or for everybody they are for.

    Args:
        database: the open database.
        programme_id: the programme.
        kind: the name of a `PaperKind`.
        numbers: portal numbers; ``None`` means everybody.
        year_month: the month of an attendance sheet or a pay statement; the term's first month if not given.
        dated: the date a letter bears, today if not given; a press release, the first day of entries.
        document_number: the number in 藤職第123号 as it is typed, for all papers; while it is empty,
            room is left to write it in.
        numbering: whether the number is typed, or the next of the ledger for all or for each.
        share_number: a typed number may be one that issued papers bear already.
        corrects: the letters take the place of those the same people were sent before, and say so.
        reply_by: until when a final pass has to be accepted.
        options: how labels, envelopes and rosters are wanted; as they were wanted last if not given.
        course_ids: of a public paper, the courses it is about; ``None`` means all that are public.
        now: what lists give as the time of printing.
        progress: hears (done, all) and may raise to stop.
        first: make only the first so many sheets, which are there at once to be looked at while the
            whole is made; whether everybody named has a sheet is not asked then.
        application_ids: of letters, only those about these applications; ``None`` means all.
        print_address: whether letters bear the person's address; ``None`` leaves it to their wording.

    Raises:
        NotFoundError: ``papers.kind-unknown``, ``papers.unknown-number``, ``programme.none``.
        ValidationError: ``numbers.…`` or ``papers.number-used-…`` about the document number.
        RuleError: there is nothing to print, or not for everybody named.
        InputFileError: the wording of the paper is broken.
    """
    chosen, parts = paper_kind(kind), Parts(2, progress)
    parts.within(0, 1)
    moment = (now or datetime.now()).replace(microsecond=0)
    with database.read() as session:
        programme = programme_of(session, programme_id)
        order = PaperOrder(
            kind=chosen,
            programme=programme,
            words=wording_in_use(session, programme, chosen.value),
            common=wording_in_use(session, programme, COMMON),
            numbers=tuple(numbers) if numbers is not None else None,
            dated=dated or usual_date(chosen, programme, moment.date()),
            document_number=document_number.strip(),
            reply_by=reply_by,
            now=moment,
            year_month=year_month,
            tell=parts.within,
            # Which letters correct others shows only when all are made.
            first=None if corrects else first,
            application_ids=frozenset(application_ids) if application_ids is not None else None,
            print_address=print_address,
            options=options,
            window_shift=window_shift(session),
            course_ids=tuple(course_ids) if course_ids is not None else None,
        )
        _check_numbers(session, order)
        order = numbered_order(session, order, numbering, share=share_number)
        made = BY_SESSION[chosen](session, order) if chosen in BY_SESSION else []
        if corrects:
            made = as_corrections(session, order, made)
        sheets, taken = with_numbers(session, order, made[:first], numbering, share=share_number)
    if chosen in BY_DATABASE:
        sheets = tuple(BY_DATABASE[chosen](database, order))
    sheets = tuple(in_house_style(order.words, sheets[:first]))
    if chosen in LEDGERS:
        sheets = tuple(with_journal_line(database, sheets))
    order = replace(order, first=first)
    parts.ended()
    return _draft(order, sheets, taken, parts)


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
    order: PaperOrder,
    sheets: tuple[Sheet, ...],
    taken: DraftNumbers | None,
    parts: Parts,
) -> PaperDraft:
    name = order.words.text("file_name")
    job = Job(
        title=f"{order.programme.short_title}　{name}",
        author=f"{order.programme.municipality} {order.programme.office}",
        subject=name,
        made_at=order.now,
        specs=tuple(sheet.spec for sheet in sheets),
    )
    paper = printed(job, lambda done: parts.within(done, len(sheets)))
    return PaperDraft(
        kind=order.kind,
        programme_id=order.programme.id,
        dated=order.dated,
        document_number=taken.text if taken is not None else "",
        pdf=paper.pdf,
        pages=first_pages(paper.owners),
        page_count=len(paper.owners),
        warnings=(*_without_address(sheets), *(_warning(order, remark) for remark in paper.remarks)),
        file_name=_file_name(order, name),
        job=job,
        sheets=sheets,
        year_month=order.month if order.kind in MONTHLY else None,
        sheet_pages=paper.page_counts,
        numbers=taken,
        is_whole=order.first is None,
        has_addresses=order.has_addresses,
    )


def _without_address(sheets: Iterable[Sheet]) -> Iterable[PaperWarning]:
    for sheet in sheets:
        for one in sheet.left_out:
            yield PaperWarning(one.key, one.label, RemarkKind.NO_ADDRESS, one.label)


def _warning(order: PaperOrder, remark: Remark) -> PaperWarning:
    return PaperWarning(remark.owner.key, _whose(order, remark), remark.kind, remark.text)


def _whose(order: PaperOrder, remark: Remark) -> str:
    """Return the person a remark is about: in a list, what its row says."""
    return remark.context if order.kind in LISTS else remark.owner.label


def _file_name(order: PaperOrder, name: str) -> str:
    """Return a safe name: what it is, when, and for whom when it is for one person (never the name)."""
    parts = [name]
    if order.kind in MONTHLY:
        year, month = order.year_month or (order.programme.term_from.year, order.programme.term_from.month)
        parts.append(f"{year}-{month:02d}")
    else:
        parts.append(f"{order.dated:%Y%m%d}")
    if order.numbers is not None and len(order.numbers) == 1:
        parts.append(order.numbers[0])
    return file_name(parts, ".pdf")
