"""Result mails before they are written: one message per person, with everything that looks odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.documents.characters import clean, clean_line
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Application, Decision, Interview
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.contact import is_mail_address, looks_mistyped, mail_key
from fujisawa_desktop.rules.selection import LEFT_OUT, ApplicationStatus, Result, Stage
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.letter_conditions import result_conditions
from fujisawa_desktop.services.letter_rows import LetterRow, letter_query, letter_records, letter_row
from fujisawa_desktop.services.mail_facts import (
    Written,
    addresses,
    corrected_at,
    portal_addresses,
    shared_addresses,
    written_before,
)
from fujisawa_desktop.services.mail_text import mail_text
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, contact_box, plain_order
from fujisawa_desktop.services.paper_letters import (
    Outcome,
    interview_time,
    letter_values,
    reserve_until,
)
from fujisawa_desktop.services.paper_templates import COMMON, mail_wording, wording_in_use
from fujisawa_desktop.services.paper_wording import Wording


class MailKind(StrEnum):
    """The messages that tell somebody a result."""

    FIRST_PASS = "first-pass"  # noqa: S105 - a kind of message, no password
    FIRST_FAIL = "first-fail"
    INTERVIEW_INVITATION = "interview-invitation"
    FINAL_PASS = "final-pass"  # noqa: S105 - a kind of message, no password
    FINAL_RESERVE = "final-reserve"
    FINAL_FAIL = "final-fail"
    PROMOTION = "promotion"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a kind of message tells: of which screening which result; and whose letter it follows."""

    stage: Stage
    result: Result | None
    paper: PaperKind


_TOLD: Final[Mapping[MailKind, _Told]] = {
    MailKind.FIRST_PASS: _Told(Stage.FIRST, Result.PASS, PaperKind.FIRST_RESULT),
    MailKind.FIRST_FAIL: _Told(Stage.FIRST, Result.FAIL, PaperKind.FIRST_RESULT),
    MailKind.INTERVIEW_INVITATION: _Told(Stage.FIRST, None, PaperKind.INTERVIEW_INVITATION),
    MailKind.FINAL_PASS: _Told(Stage.FINAL, Result.PASS, PaperKind.FINAL_RESULT),
    MailKind.FINAL_RESERVE: _Told(Stage.FINAL, Result.RESERVE, PaperKind.FINAL_RESULT),
    MailKind.FINAL_FAIL: _Told(Stage.FINAL, Result.FAIL, PaperKind.FINAL_RESULT),
    MailKind.PROMOTION: _Told(Stage.FINAL, None, PaperKind.PROMOTION),
}


@dataclass(frozen=True, slots=True)
class MailDraft:
    """One message to one person, as it would be written.

    Attributes:
        address: where it goes; empty when there is none.
        portal_address: what the portal said, where that is something else.
        cautions: codes of what a clerk should look at (``mail.…``).
        can_write: the address can be one; the others are left out.
        is_correction: it takes back what was written before.
        written_at: when such a message was written last, if ever.
    """

    kind: MailKind
    entry_id: int
    applicant_id: int
    application_ids: tuple[int, ...]
    number: str
    name: str
    address: str
    portal_address: str
    course: str
    result: Result | None
    reserve_rank: int | None
    subject: str
    body: str
    cautions: tuple[str, ...]
    is_correction: bool
    written_at: datetime | None
    is_due: bool
    """Nothing of the kind was written yet, or not since a result was announced or corrected, or the
    interview moved."""

    @property
    def can_write(self) -> bool:
        """Whether a message can be made for this address."""
        return is_mail_address(self.address)


@dataclass(frozen=True, slots=True)
class MailOrder:
    """What the clerk asked for: the kind, for whom, the day to answer by, and words of their own."""

    programme_id: int
    kind: MailKind
    numbers: tuple[str, ...] | None = None
    reply_by: date | None = None
    addition: str = ""


def draft_mails(database: Database, *, order: MailOrder) -> tuple[MailDraft, ...]:
    """Return the messages of a kind in order of kana; only what was announced or booked is told.

    Raises:
        RuleError: ``mail.nobody``, or ``mail.not-announced`` for somebody named.
        NotFoundError: ``programme.none``.
        InputFileError: the wording is broken.
    """
    with database.read() as session:
        return drafts_of(session, order)


def told_by(kind: MailKind) -> tuple[PaperKind, str]:
    """Return the paper that tells the same as a kind of message, and which of its texts."""
    told = _TOLD[kind]
    if told.result is not None:
        return told.paper, told.result.value
    return told.paper, "pass" if kind is MailKind.PROMOTION else "letter"


def drafts_of(
    session: Session, order: MailOrder, *, words: Wording | None = None, common: Wording | None = None
) -> tuple[MailDraft, ...]:
    """Return the messages within an open session; raises as :func:`draft_mails`.

    ``words`` and ``common`` are wordings to be tried in the place of those in use.
    """
    told = _TOLD[order.kind]
    paper = plain_order(
        session, order.programme_id, told.paper, numbers=order.numbers, reply_by=order.reply_by
    )
    groups = _meetings(session, paper) if told.result is None and told.stage is Stage.FIRST else None
    if groups is None:
        groups = _results(session, paper, order.kind)
    if order.numbers is not None:
        groups = [one for one in groups if one.rows[0].number in order.numbers]
        missing = sorted(set(order.numbers) - {one.rows[0].number for one in groups})
        if missing:
            raise RuleError("mail.not-announced", numbers=missing)
    if not groups:
        raise RuleError("mail.nobody", mail=order.kind.value)
    programme = paper.programme
    words = words or wording_in_use(session, programme, mail_wording(order.kind.value))
    common = common or wording_in_use(session, programme, mail_wording(COMMON))
    return _Writer(session, order, paper, groups, words, common).drafts()


@dataclass(frozen=True, slots=True)
class _Group:
    """One message: the applications it is about, and what it tells of them."""

    rows: tuple[LetterRow, ...]
    outcome: Outcome | None
    told_at: datetime | None
    """When the result was announced, or the time of the interview told; None for a time nobody was told."""
    meeting: str = ""


def _results(session: Session, paper: PaperOrder, kind: MailKind) -> list[_Group]:
    told = _TOLD[kind]
    moment = Decision.announced_at if told.result is not None else Decision.promoted_at
    query = (
        letter_query(paper, Decision.result, Decision.reserve_rank, Decision.valid_until, moment)
        .join(Decision, Decision.application_id == Application.id)
        .where(Decision.stage == told.stage, Decision.announced_at.is_not(None))
    )
    if told.result is not None:
        query = query.where(Decision.result == told.result, Decision.promoted_at.is_(None))
    else:
        query = query.where(Decision.promoted_at.is_not(None))
    records = letter_records(session, paper, query)
    found = [(letter_row(record), Outcome(*record[-4:-1]), record[-1]) for record in records]
    found = [one for one in found if one[0].status not in LEFT_OUT]
    groups: list[_Group] = []
    for _entry_id, part in groupby(found, lambda one: one[0].entry_id):
        by_outcome: dict[Outcome, list[tuple[LetterRow, datetime]]] = {}
        for row, outcome, told_at in part:
            by_outcome.setdefault(outcome, []).append((row, told_at))
        for outcome, told_rows in by_outcome.items():
            rows, moments = zip(*told_rows, strict=True)
            groups.append(_Group(rows, outcome, max(moments)))
    return groups


def _meetings(session: Session, paper: PaperOrder) -> list[_Group]:
    times = (Interview.id, Interview.announced_at, Interview.starts_at, Interview.ends_at)
    query = letter_query(paper, *times).join(Interview, about_application())
    query = query.where(Application.status == ApplicationStatus.FIRST_PASSED)
    records = letter_records(session, paper, query)
    groups: list[_Group] = []
    for (_interview_id, told_at, starts, ends), part in groupby(records, lambda record: record[-4:]):
        rows = tuple(letter_row(record) for record in part)
        groups.append(_Group(rows, None, told_at, interview_time(paper, starts, ends)))
    return groups


class _Writer:
    """Writes the messages and says what is odd about each."""

    def __init__(
        self,
        session: Session,
        order: MailOrder,
        paper: PaperOrder,
        groups: Sequence[_Group],
        words: Wording,
        common: Wording,
    ) -> None:
        self._order = order
        self._paper = paper
        self._groups = groups
        self._words = words
        self._common = common
        self._contact = contact_box(paper.programme, paper.common)
        stage = _TOLD[order.kind].stage
        entry_ids = [group.rows[0].entry_id for group in groups]
        kinds = [kind for kind, told in _TOLD.items() if told.stage is stage]
        self._address = addresses(session, [group.rows[0].applicant_id for group in groups])
        self._portal = portal_addresses(session, entry_ids)
        self._sharing = shared_addresses(session, order.programme_id)
        self._written = written_before(session, order.kind, kinds, entry_ids)
        self._corrected = corrected_at(session, stage)
        self._several = {
            address
            for address, count in Counter(self._address[one.rows[0].applicant_id] for one in groups).items()
            if count > 1
        }

    def drafts(self) -> tuple[MailDraft, ...]:
        return tuple(self._draft(group) for group in self._groups)

    def _draft(self, group: _Group) -> MailDraft:
        first = group.rows[0]
        address = self._address[first.applicant_id]
        portal = self._portal.get(first.entry_id, ())
        differs = bool(portal) and mail_key(address) not in {mail_key(one) for one in portal}
        written = self._written.get(first.entry_id, Written())
        is_correction = self._is_correction(group, written)
        values = {**self._values(group), "訂正": "訂正" if is_correction else ""}
        subject, body = mail_text(self._words, self._common, values, self._contact)
        return MailDraft(
            kind=self._order.kind,
            entry_id=first.entry_id,
            applicant_id=first.applicant_id,
            application_ids=tuple(row.application_id for row in group.rows),
            number=first.number,
            name=first.name,
            address=address,
            portal_address=portal[0] if differs else "",
            course="、".join(row.course for row in group.rows),
            result=group.outcome.result if group.outcome else None,
            reserve_rank=group.outcome.reserve_rank if group.outcome else None,
            subject=subject,
            body=body,
            cautions=tuple(self._cautions(address, written, differs=differs)),
            is_correction=is_correction,
            written_at=written.last,
            is_due=self._is_due(group, written.last),
        )

    def _is_correction(self, group: _Group, written: Written) -> bool:
        """Only a result takes an earlier one back; a time or a promotion is news."""
        is_result = _TOLD[self._order.kind].result is not None
        return is_result and _before(written.first, self._corrected_at(group))

    def _is_due(self, group: _Group, last: datetime | None) -> bool:
        if last is None:
            return True
        if group.meeting:
            return group.told_at is None
        announced_since = group.told_at is not None and last < group.told_at
        return announced_since or _before(last, self._corrected_at(group))

    def _corrected_at(self, group: _Group) -> datetime | None:
        found = (self._corrected.get(row.application_id) for row in group.rows)
        return max((moment for moment in found if moment is not None), default=None)

    def _cautions(self, address: str, written: Written, *, differs: bool) -> Iterable[str]:
        if not address:
            yield "mail.missing"
        elif not is_mail_address(address):
            yield "mail.impossible"
        elif looks_mistyped(address):
            yield "mail.mistyped"
        if mail_key(address) in self._sharing:
            yield "mail.shared"
        elif address and address in self._several:
            yield "mail.several"
        if differs:
            yield "mail.differs"
        if written.sent is not None:
            yield "mail.sent-before"
        elif written.last is not None:
            yield "mail.written-before"

    def _values(self, group: _Group) -> dict[str, str]:
        values = {**mail_values(self._paper, group.rows), "面接日時": group.meeting}
        if group.outcome is not None:
            rank = group.outcome.reserve_rank
            values |= result_conditions(group.outcome.result)
            values |= {
                "補欠順位": "" if rank is None else str(rank),
                "補欠期限": reserve_until(self._paper, group.outcome),
            }
        lines = {name: clean_line(text) for name, text in values.items()}
        return {**lines, "連絡事項": clean(self._order.addition).strip()}


def mail_values(paper: PaperOrder, rows: Sequence[LetterRow]) -> dict[str, str]:
    """Return what the words in braces of a message stand for: those of a letter, and who writes."""
    programme = paper.programme
    return {
        **letter_values(paper, rows),
        "自治体": programme.municipality,
        "担当課": f"{programme.municipality}{programme.office}",
    }


def _before(moment: datetime | None, other: datetime | None) -> bool:
    """Return whether both happened, the first not after the other."""
    return moment is not None and other is not None and moment <= other
