"""Letters to applicants: results of both screenings, and the invitation to the interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Item, LetterSpec, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Applicant, Application, Course, Decision, Entry, Interview
from fujisawa_desktop.rules.calendar import era_fiscal_year
from fujisawa_desktop.rules.contact import format_postcode
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.paper_kinds import (
    PaperKind,
    PaperOrder,
    Sheet,
    cap_text,
    contact_box,
    unknown_numbers,
)
from fujisawa_desktop.services.paper_wording import Wording, clock, wording
from fujisawa_desktop.services.unit_of_work import CHUNK

_STAGES: Final = {PaperKind.FIRST_RESULT: Stage.FIRST, PaperKind.FINAL_RESULT: Stage.FINAL}
_NOT_INTERVIEWED: Final = frozenset(
    {ApplicationStatus.RECEIVED, ApplicationStatus.FIRST_FAILED, ApplicationStatus.WITHDRAWN}
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One application as a letter needs it."""

    entry_id: int
    number: str
    applicant_id: int
    name: str
    postcode: str
    address: str
    application_id: int
    status: ApplicationStatus
    course: str
    host_department: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An announced decision."""

    result: Result
    reserve_rank: int | None


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A booked interview."""

    interview_id: int
    starts_at: datetime
    ends_at: datetime


def result_letters(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one letter for every entry and announced result, in order of kana.

    Somebody who applied to two courses with the same result gets one letter that names both.

    Raises:
        RuleError: ``papers.no-decision``, ``papers.nobody``.
    """
    stage = _STAGES[order.kind]
    query = (
        _applications(order, Decision.result, Decision.reserve_rank)
        .join(Decision, Decision.application_id == Application.id)
        .where(Decision.stage == stage, Decision.announced_at.is_not(None))
    )
    found = [(_row(record), _Outcome(*record[-2:])) for record in session.execute(query)]
    _check(order, (row for row, _ in found), "papers.no-decision")
    if order.numbers is None:
        found = [pair for pair in found if pair[0].status is not ApplicationStatus.WITHDRAWN]
    sheets: list[Sheet] = []
    for _, group in groupby(found, lambda pair: pair[0].entry_id):
        outcomes: dict[_Outcome, list[_Row]] = {}
        for row, outcome in group:
            outcomes.setdefault(outcome, []).append(row)
        sheets += [_result_letter(order, outcome, rows) for outcome, rows in outcomes.items()]
    return sheets


def invitation_letters(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one letter for every booked interview, in order of kana.

    Raises:
        RuleError: ``papers.no-interview``, ``papers.nobody``.
    """
    query = _applications(order, Interview.id, Interview.starts_at, Interview.ends_at).join(
        Interview, Interview.entry_id == Entry.id
    )
    found = [(_row(record), _Meeting(*record[-3:])) for record in session.execute(query)]
    found = [pair for pair in found if pair[0].status not in _NOT_INTERVIEWED]
    _check(order, (row for row, _ in found), "papers.no-interview")
    sheets: list[Sheet] = []
    for meeting, group in groupby(found, lambda pair: pair[1]):
        sheets.append(_invitation(order, meeting, [row for row, _ in group]))
    return sheets


def _applications(order: PaperOrder, *more: Any) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Entry.id,
            Entry.number,
            Applicant.id,
            Applicant.name_official,
            Applicant.name_entered,
            Applicant.postcode,
            Applicant.address,
            Application.id,
            Application.status,
            Course.name,
            Course.host_department,
            *more,
        )
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .join(Application, Application.entry_id == Entry.id)
        .join(Course, Course.id == Application.course_id)
        .where(Entry.programme_id == order.programme.id)
        .order_by(Applicant.sort_key, Entry.id, Course.position)
    )
    if order.numbers is not None and len(order.numbers) <= CHUNK:
        query = query.where(Entry.number.in_(order.numbers))
    return query


def _row(record: Sequence[Any]) -> _Row:
    entry_id, number, applicant_id, official, entered, *rest = record[:11]
    return _Row(entry_id, number, applicant_id, official or entered, *rest)


def _check(order: PaperOrder, rows: Iterable[_Row], code: str) -> None:
    """Make sure that there is a letter for everybody asked for, and for anybody at all."""
    known = frozenset(row.number for row in rows)
    without = unknown_numbers(order.numbers, known)
    if without:
        raise RuleError(code, kind=order.kind, numbers=without)
    if not known:
        raise RuleError("papers.nobody", kind=order.kind)


def _result_letter(order: PaperOrder, outcome: _Outcome, rows: Sequence[_Row]) -> Sheet:
    rank = "" if outcome.reserve_rank is None else str(outcome.reserve_rank)
    until = order.words.day(order.programme.term_until) if outcome.result is Result.RESERVE else ""
    values = {**_common_values(order, rows), "補欠順位": rank, "補欠期限": until}
    spec = _letter(order, order.words.part(outcome.result.value), values, rows[0])
    return Sheet(spec, rows[0].applicant_id, tuple(row.application_id for row in rows))


def _invitation(order: PaperOrder, meeting: _Meeting, rows: Sequence[_Row]) -> Sheet:
    day = order.words.day_and_weekday(meeting.starts_at.date())
    begin, end = clock(meeting.starts_at.time()), clock(meeting.ends_at.time())
    minutes = (meeting.ends_at - meeting.starts_at).seconds // 60
    values = {
        **_common_values(order, rows),
        "面接日時": f"{day}{begin}から{end}まで",
        "面接時間": str(minutes),
    }
    spec = _letter(order, order.words.part("letter"), values, rows[0])
    application_ids = tuple(row.application_id for row in rows)
    return Sheet(spec, rows[0].applicant_id, application_ids, meeting.interview_id)


def _common_values(order: PaperOrder, rows: Sequence[_Row]) -> dict[str, str]:
    """Return what the words in braces stand for; see ``resources/notices/placeholders.toml``."""
    programme, words = order.programme, order.words
    rate = programme.rates[-1].yen if programme.rates else None
    return {
        "年度": era_fiscal_year(programme.fiscal_year),
        "実施回名": programme.title,
        "氏名": rows[0].name,
        "受付番号": rows[0].number,
        "コース": "、".join(row.course for row in rows),
        "受入部署": "、".join(dict.fromkeys(row.host_department for row in rows)),
        "選考期間": words.period_and_weekdays(programme.interview_from, programme.interview_until),
        "面接時間": str(programme.interview_slot_minutes),
        "面接日時": "",
        "最終発表": programme.final_result_text,
        "任用期間": words.period(programme.term_from, programme.term_until),
        "任用の種類": programme.employment_kind,
        "勤務場所": programme.workplace,
        "勤務時間": cap_text(programme.cap_minutes, inclusive=programme.cap_inclusive) + _week_text(order),
        "時給": "" if rate is None else f"{rate:,}円",
        "補欠順位": "",
        "補欠期限": "",
        "承諾期限": "" if order.reply_by is None else words.day_and_weekday(order.reply_by),
    }


def _week_text(order: PaperOrder) -> str:
    words = wording("common").part("cap")
    values = {"最少": str(order.programme.week_days_min), "最多": str(order.programme.week_days_max)}
    return words.fill(words.text("week"), values)


def _letter(order: PaperOrder, part: Wording, values: Mapping[str, str], row: _Row) -> LetterSpec:
    words, programme = order.words, order.programme
    items = (
        Item(item.text("label"), item.fill_all(item.texts("lines"), values)) for item in part.parts("items")
    )
    return LetterSpec(
        owner=Owner(row.number, row.name),
        number=document_number(order),
        date=words.day(order.dated),
        address=_address(row) if words.flag("print_address") else (),
        name=row.name,
        honorific=words.text("honorific"),
        sender=(programme.sender,),
        seal_note=programme.sender_note,
        title=part.fill(part.text("title"), values),
        body=part.fill_all(part.texts("body"), values),
        items=tuple(item for item in items if item.lines),
        notes=part.fill_all(part.texts("notes"), values),
        contact=contact_box(programme),
    )


def document_number(order: PaperOrder) -> str:
    """Return 藤職第123号; with room to write the number in while there is none; empty without a sign."""
    sign = order.programme.document_sign
    if not sign:
        return ""
    words = wording("common").part("number")
    key = "numbered" if order.document_number else "blank"
    return words.fill(words.text(key), {"記号": sign, "番号": order.document_number})


def _address(row: _Row) -> tuple[str, ...]:
    if not row.address:
        return ()
    return (f"〒{format_postcode(row.postcode)}", row.address) if row.postcode else (row.address,)
