"""The page that a wording makes, before it is kept: of a real person where there is one, else of examples."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Job
from fujisawa_desktop.errors import AppError, InputFileError, RuleError
from fujisawa_desktop.models import Application, Course, Decision, Entry, Interview
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import LEFT_OUT, ApplicationStatus, Result, Stage
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.letter_conditions import result_conditions
from fujisawa_desktop.services.letter_rows import LetterRow
from fujisawa_desktop.services.mail_drafts import MailKind, MailOrder, drafts_of, mail_values, told_by
from fujisawa_desktop.services.mail_text import mail_text
from fujisawa_desktop.services.paper_kinds import (
    LISTS,
    PaperKind,
    PaperOrder,
    Sheet,
    contact_box,
    plain_order,
    programme_of,
)
from fujisawa_desktop.services.paper_letters import (
    letter_values,
    sample_letter,
)
from fujisawa_desktop.services.paper_makers import sheets_of
from fujisawa_desktop.services.paper_style import in_house_style
from fujisawa_desktop.services.paper_templates import (
    COMMON,
    MAIL,
    mail_wording,
    shipped_wording,
    wording_in_use,
)
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.wording_checks import WordingFault, check_wording
from fujisawa_desktop.services.wording_shape import Path
from fujisawa_desktop.services.wording_words import example_values

_STAGES: Final[Mapping[PaperKind, Stage]] = {
    PaperKind.FIRST_RESULT: Stage.FIRST,
    PaperKind.FINAL_RESULT: Stage.FINAL,
    PaperKind.PROMOTION: Stage.FINAL,
}
_SAMPLED: Final = frozenset({*_STAGES, PaperKind.INTERVIEW_INVITATION})
"""Letters that can be shown with invented contents."""
_SHOWN_OF_COMMON: Final = PaperKind.FINAL_RESULT
"""The paper that shows the texts which all papers share."""
_SHOWN_OF_MAILS: Final = "final-pass"
_INVITATION: Final = "letter"
_DAYS_TO_ANSWER: Final = 14


@dataclass(frozen=True, slots=True)
class WordingPage:
    """What a wording makes.

    Attributes:
        pdf: the page of a paper; empty for a message.
        subject, body: the text of a message; empty for a paper.
        name: whose page it is; empty when it is nobody's.
        number: that person's number; empty when it is nobody's.
        is_sample: it is made from examples.
        reason: why there is no page; nothing has been decided or booked yet that it could show.
    """

    pdf: bytes = b""
    subject: str = ""
    body: str = ""
    name: str = ""
    number: str = ""
    is_sample: bool = False
    reason: AppError | None = None


@dataclass(frozen=True, slots=True)
class WordingTrial:
    """What is wrong with a wording and, when nothing is, the page it makes.

    Attributes:
        error: what kept the page from being made although no text has a fault of its own.
    """

    faults: tuple[WordingFault, ...] = ()
    page: WordingPage | None = None
    error: AppError | None = None


def try_wording(
    database: Database, *, programme_id: int, name: str, data: Mapping[str, Any], variant: Path = ()
) -> WordingTrial:
    """Return what :func:`preview_wording` makes of a wording, or what keeps it from being made.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        shipped = shipped_wording(programme_of(session, programme_id), name).data
    faults = check_wording(name, data, shipped)
    if faults:
        return WordingTrial(faults)
    try:
        page = preview_wording(database, programme_id=programme_id, name=name, data=data, variant=variant)
    except (InputFileError, RuleError) as error:
        return WordingTrial(error=error)
    return WordingTrial(page=page)


def preview_wording(
    database: Database, *, programme_id: int, name: str, data: Mapping[str, Any], variant: Path = ()
) -> WordingPage:
    """Return the page that a wording makes, without keeping it.

    Args:
        database: the open database.
        programme_id: the programme.
        name: which wording.
        data: everything it holds, as it is typed now.
        variant: of a letter with several texts, the one to show; the first if none is named.

    Raises:
        InputFileError: a text of the wording cannot be filled.
        NotFoundError: ``programme.none``.
    """
    if name.startswith(MAIL):
        return _message(database, programme_id, name.removeprefix(MAIL), data)
    kind = _SHOWN_OF_COMMON if name == COMMON else PaperKind(name)
    with database.read() as session:
        order = plain_order(session, programme_id, kind, reply_by=_reply_by())
        order = _tried(session, order, name, data)
        part = variant[0] if variant else _first_part(order.words)
        found = _whom(session, kind, part, programme_id)
        if kind in _SAMPLED and found is None:
            sample = _sample_sheet(order, part, _sample_row(session, programme_id))
            return replace(_printed(order, sample), is_sample=True)
    try:
        one = {"first": 1} if found is None else {"numbers": (found[1],)}
        sheets = sheets_of(database, replace(order, **one))
    except RuleError as error:
        return WordingPage(reason=error)
    wanted = None if found is None else found[0]
    sheet = next((one for one in sheets if wanted in one.application_ids), sheets[0] if sheets else None)
    if sheet is None:
        return WordingPage(reason=RuleError("papers.nobody", kind=kind))
    return _printed(order, sheet)


def _tried(session: Session, order: PaperOrder, name: str, data: Mapping[str, Any]) -> PaperOrder:
    """Return the order with the wording that is being typed in the place of the one in use."""
    tried = Wording(name, data)
    if name != COMMON:
        return replace(order, words=tried)
    words = wording_in_use(session, order.programme, order.kind.value)
    return replace(order, words=words, common=tried)


def _first_part(words: Wording) -> str:
    parts = (key for key, value in words.data.items() if isinstance(value, dict) and "body" in value)
    return next(parts, "")


def _whom(session: Session, kind: PaperKind, part: str, programme_id: int) -> tuple[int, str] | None:
    """Return application and number of somebody whom such a letter could be sent to."""
    if kind not in _SAMPLED and kind is not PaperKind.DISCLOSURE:
        return None
    query = (
        select(Application.id, Entry.number)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id, Application.status.not_in(LEFT_OUT))
        .order_by(Entry.id, Application.id)
        .limit(1)
    )
    if kind is PaperKind.INTERVIEW_INVITATION:
        query = query.join(Interview, about_application())
    else:
        query = query.join(Decision, Decision.application_id == Application.id)
        query = query.where(Decision.announced_at.is_not(None))
    if kind in _STAGES:
        query = query.where(Decision.stage == _STAGES[kind])
    if kind is PaperKind.PROMOTION:
        query = query.where(Decision.promoted_at.is_not(None))
    elif kind in _STAGES:
        query = query.where(Decision.promoted_at.is_(None), Decision.result == Result(part))
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def _printed(order: PaperOrder, sheet: Sheet) -> WordingPage:
    programme = order.programme
    name = order.words.text("file_name")
    [sheet] = in_house_style(order.words, [sheet])
    job = Job(
        title=f"{programme.short_title}　{name}",
        author=f"{programme.municipality} {programme.office}",
        subject=name,
        made_at=order.now,
        specs=(sheet.spec,),
    )
    owner = sheet.spec.owner
    is_person = order.kind not in LISTS and bool(sheet.application_ids or sheet.applicant_id)
    number = owner.key if is_person else ""
    return WordingPage(pdf=make_paper(job).pdf, name=owner.label if number else "", number=number)


def _sample_sheet(order: PaperOrder, part: str, row: LetterRow) -> Sheet:
    values = _sample_values("letter", part, letter_values(order, [row]))
    return Sheet(sample_letter(order, part, values, row))


def _sample_values(family: str, part: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the programme's own values, and examples for what only a person brings."""
    examples = example_values(family)
    if part != Result.RESERVE.value:
        examples |= {"補欠順位": "", "補欠期限": ""}
    if part != _INVITATION:
        examples["面接日時"] = ""
    result = next((one for one in Result if one.value == part), None)
    conditions = result_conditions(result) if result is not None else {}
    return {**own, **examples, **{word: text for word, text in own.items() if text}, **conditions}


def _sample_row(session: Session, programme_id: int) -> LetterRow:
    """Return an invented person who applied to the first course of the programme."""
    examples = example_values("letter")
    course = session.scalar(
        select(Course).where(Course.programme_id == programme_id).order_by(Course.position).limit(1)
    )
    return LetterRow(
        entry_id=0,
        number=examples["受付番号"],
        applicant_id=0,
        name=examples["氏名"],
        postcode="",
        address="",
        application_id=0,
        status=ApplicationStatus.RECEIVED,
        course=course.name if course is not None else examples["コース"],
        host_department=course.host_department if course is not None else examples["受入部署"],
    )


def _message(database: Database, programme_id: int, kind: str, data: Mapping[str, Any]) -> WordingPage:
    """Return the text of a message; the texts that all share are shown in a message to who passed."""
    is_common = kind == COMMON
    mail = MailKind(_SHOWN_OF_MAILS if is_common else kind)
    paper, part = told_by(mail)
    with database.read() as session:
        order = plain_order(session, programme_id, paper, reply_by=_reply_by())
        other = mail.value if is_common else COMMON
        in_use = wording_in_use(session, order.programme, mail_wording(other))
        tried = Wording(mail_wording(kind), data)
        words, common = (in_use, tried) if is_common else (tried, in_use)
        addition = example_values("mail")["連絡事項"]
        found = _whom(session, paper, part, programme_id)
        if found is not None:
            wanted = MailOrder(programme_id, mail, (found[1],), _reply_by(), addition)
            with suppress(RuleError):  # the person is beyond such a message by now: examples will do
                drafts = drafts_of(session, wanted, words=words, common=common)
                draft = next((one for one in drafts if found[0] in one.application_ids), drafts[0])
                return WordingPage(
                    subject=draft.subject, body=draft.body, name=draft.name, number=draft.number
                )
        own = mail_values(order, [_sample_row(session, programme_id)])
        contact = contact_box(order.programme, order.common)
    values = {**_sample_values("mail", part, own), "連絡事項": addition}
    subject, body = mail_text(words, common, values, contact)
    return WordingPage(subject=subject, body=body, is_sample=True)


def _reply_by() -> date:
    """Return a day to answer by: a letter is given one when it is made."""
    return date.today() + timedelta(days=_DAYS_TO_ANSWER)
