"""Letters to applicants: results of both screenings, and the invitation to the interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import ContactBox, Item, LetterSpec, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import (
    Application,
    Decision,
    Interview,
)
from fujisawa_desktop.rules.address import address_rows
from fujisawa_desktop.rules.contact import format_postcode
from fujisawa_desktop.rules.selection import LEFT_OUT, Result
from fujisawa_desktop.services.interview_links import about_application
from fujisawa_desktop.services.letter_conditions import result_conditions
from fujisawa_desktop.services.letter_rows import (
    LetterRow,
    first_letters,
    letter_query,
    letter_records,
    letter_row,
)
from fujisawa_desktop.services.letter_stages import NOT_INTERVIEWED, STAGES
from fujisawa_desktop.services.paper_corrections import (
    EarlierLetter,
    changed_time,
    corrected_result,
    corrected_results,
    earlier_letters,
    latest_about,
    tells_another_time,
)
from fujisawa_desktop.services.paper_kinds import (
    PaperKind,
    PaperOrder,
    Sheet,
    cap_text,
    contact_box,
    unknown_numbers,
)
from fujisawa_desktop.services.paper_wording import Wording, clock


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision as it is told; ``corrects`` is the letter it takes the place of."""

    result: Result
    reserve_rank: int | None
    valid_until: date | None
    corrects: EarlierLetter | None = None


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A booked interview."""

    interview_id: int
    starts_at: datetime
    ends_at: datetime


def result_letters(session: Session, order: PaperOrder, *, pending: bool = False) -> list[Sheet]:
    """Return one letter for every entry and announced result, in order of kana.

    Somebody who applied to two courses with the same result gets one letter that names both.  A
    result that was corrected after its letter was issued gets a letter that says so.  Who left the
    selection, or moved up since, gets the letter of the result only when named.  With ``pending``
    they are the letters that an announcement of the noted results would lead to.

    Raises:
        RuleError: ``papers.no-decision``, ``papers.nobody``.
    """
    stage = STAGES[order.kind]
    query = (
        letter_query(order, Decision.result, Decision.reserve_rank, Decision.valid_until)
        .join(Decision, Decision.application_id == Application.id)
        .where(
            Decision.stage == stage,
            Decision.announced_at.is_(None) if pending else Decision.announced_at.is_not(None),
        )
    )
    if order.kind is PaperKind.PROMOTION:
        query = query.where(Decision.promoted_at.is_not(None))
    elif order.numbers is None:
        query = query.where(Decision.promoted_at.is_(None))
    corrected = corrected_results(session, order, stage)
    records = letter_records(session, order, query)
    if order.first is not None and order.numbers is None:
        records = (record for record in records if record[8] not in LEFT_OUT)
    found = [(letter_row(record), _outcome(record, corrected)) for record in first_letters(order, records, 0)]
    _check(order, (row for row, _ in found), "papers.no-decision")
    if order.numbers is None:
        found = [pair for pair in found if pair[0].status not in LEFT_OUT]
    sheets: list[Sheet] = []
    for done, (_, group) in enumerate(groupby(found, lambda pair: pair[0].entry_id)):
        order.tell(done, len(found))
        outcomes: dict[Outcome, list[LetterRow]] = {}
        for row, outcome in group:
            outcomes.setdefault(outcome, []).append(row)
        sheets += [_result_letter(order, outcome, rows) for outcome, rows in outcomes.items()]
    return sheets


def invitation_letters(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one letter for every booked interview, in order of kana.

    Whoever was sent a letter with another time gets one that cites it and says what has changed.

    Raises:
        RuleError: ``papers.no-interview``, ``papers.nobody``.
    """
    query = letter_query(order, Interview.id, Interview.starts_at, Interview.ends_at).join(
        Interview, about_application()
    )
    query = query.where(Application.status.not_in(NOT_INTERVIEWED))
    records = first_letters(order, letter_records(session, order, query), -3)
    found = [(letter_row(record), _Meeting(*record[-3:])) for record in records]
    _check(order, (row for row, _ in found), "papers.no-interview")
    earlier = earlier_letters(session, order, {row.applicant_id for row, _ in found})
    sheets: list[Sheet] = []
    for meeting, group in groupby(found, lambda pair: pair[1]):
        order.tell(len(sheets), len(found))
        sheets.append(_invitation(order, meeting, [row for row, _ in group], earlier))
    return sheets


def _check(order: PaperOrder, rows: Iterable[LetterRow], code: str) -> None:
    """Make sure that there is a letter for everybody asked for, and for anybody at all."""
    known = frozenset(row.number for row in rows)
    without = unknown_numbers(order.numbers, known) if order.first is None else []
    if without:
        raise RuleError(code, kind=order.kind, numbers=without)
    if not known:
        raise RuleError("papers.nobody", kind=order.kind)


def _result_letter(order: PaperOrder, outcome: Outcome, rows: Sequence[LetterRow]) -> Sheet:
    rank = "" if outcome.reserve_rank is None else str(outcome.reserve_rank)
    values = {
        **letter_values(order, rows),
        **result_conditions(outcome.result),
        "補欠順位": rank,
        "補欠期限": reserve_until(order, outcome),
        "訂正": "訂正" if outcome.corrects is not None else "",
    }
    part = "pass" if order.kind is PaperKind.PROMOTION else outcome.result.value
    spec = _letter(order, order.words.part(part), values, rows[0])
    ids = tuple(row.application_id for row in rows)
    old = outcome.corrects
    if old is None:
        return Sheet(spec, rows[0].applicant_id, ids)
    spec = corrected_result(order, spec, old)
    return Sheet(spec, rows[0].applicant_id, ids, corrects_id=old.notice_id)


def _outcome(record: Sequence[Any], corrected: Mapping[int, EarlierLetter]) -> Outcome:
    result, rank, until = record[-3:]
    return Outcome(result, rank, until, corrected.get(record[7]))


def reserve_until(order: PaperOrder, outcome: Outcome) -> str:
    """Return the last day on which a reserve can move up; empty for any other result."""
    if outcome.result is not Result.RESERVE:
        return ""
    return order.words.day(outcome.valid_until or order.programme.term_until)


def _invitation(
    order: PaperOrder,
    meeting: _Meeting,
    rows: Sequence[LetterRow],
    earlier: Mapping[int, Sequence[EarlierLetter]],
) -> Sheet:
    minutes = (meeting.ends_at - meeting.starts_at).seconds // 60
    values = {
        **letter_values(order, rows),
        "面接日時": interview_time(order, meeting.starts_at, meeting.ends_at),
        "面接時間": str(minutes),
    }
    spec = _letter(order, order.words.part("letter"), values, rows[0])
    application_ids = tuple(row.application_id for row in rows)
    now = (meeting.starts_at, meeting.ends_at)
    old = latest_about(earlier, rows[0].applicant_id, application_ids)
    if old is not None and tells_another_time(old, now, values["面接日時"]):
        told = interview_time(order, *old.told) if old.told is not None else ""
        spec, corrects_id = changed_time(order, spec, old, told), old.notice_id
    else:
        corrects_id = None
    return Sheet(
        spec, rows[0].applicant_id, application_ids, meeting.interview_id, corrects_id=corrects_id, told=now
    )


def interview_time(order: PaperOrder, starts_at: datetime, ends_at: datetime) -> str:
    """Return 令和6年10月30日（水）午前10時00分から午前10時30分まで."""
    day = order.words.day_and_weekday(starts_at.date())
    return f"{day}{clock(starts_at.time())}から{clock(ends_at.time())}まで"


def letter_values(order: PaperOrder, rows: Sequence[LetterRow]) -> dict[str, str]:
    """Return what the words in braces stand for; see ``resources/notices/placeholders.toml``."""
    return {
        **_values_for_all(order),
        "氏名": rows[0].name,
        "受付番号": rows[0].number,
        "コース": "、".join(row.course for row in rows),
        "受入部署": "、".join(dict.fromkeys(row.host_department for row in rows)),
        "複数コース": "複数コース" if len(rows) > 1 else "",
    }


@lru_cache(maxsize=2)
def _values_for_all(order: PaperOrder) -> Mapping[str, str]:
    """Return what the words stand for in every letter of an order."""
    programme, words = order.programme, order.words
    rate = programme.rates[-1].yen if programme.rates else None
    return {
        "年度": words.fiscal_year(programme.fiscal_year),
        "実施回名": programme.title,
        "選考期間": words.period_and_weekdays(programme.interview_from, programme.interview_until),
        "面接時間": str(programme.interview_slot_minutes),
        "面接日時": "",
        "最終発表": programme.final_result_text,
        "任用期間": words.period(programme.term_from, programme.term_until),
        "任用の種類": programme.employment_kind,
        "勤務場所": programme.workplace,
        "勤務時間": _cap(order) + _week_text(order),
        "時給": "" if rate is None else f"{rate:,}円",
        "補欠順位": "",
        "補欠期限": "",
        "承諾期限": "" if order.reply_by is None else words.day_and_weekday(order.reply_by),
        **dict.fromkeys(("合格", "補欠", "不合格", "訂正"), ""),
        "繰上げ": "繰上げ" if order.kind is PaperKind.PROMOTION else "",
    }


def _cap(order: PaperOrder) -> str:
    programme = order.programme
    return cap_text(programme.cap_minutes, inclusive=programme.cap_inclusive, common=order.common)


def _week_text(order: PaperOrder) -> str:
    words = order.common.part("cap")
    values = {"最少": str(order.programme.week_days_min), "最多": str(order.programme.week_days_max)}
    return words.fill(words.text("week"), values)


def sample_letter(order: PaperOrder, part: str, values: Mapping[str, str], row: LetterRow) -> LetterSpec:
    """Return the letter that a part of the wording makes of given values, for nobody in the database."""
    return _letter(order, order.words.part(part), values, row)


def _letter(order: PaperOrder, part: Wording, values: Mapping[str, str], row: LetterRow) -> LetterSpec:
    words, programme = order.words, order.programme
    items = (
        Item(item.text("label"), item.fill_all(item.texts("lines"), values)) for item in part.parts("items")
    )
    return LetterSpec(
        owner=Owner(row.number, row.name),
        number=document_number(order),
        date=words.day(order.dated),
        address=_address(row) if order.has_addresses else (),
        name=row.name,
        honorific=words.text("honorific"),
        sender=(programme.sender,),
        seal_note=programme.sender_note,
        title=part.fill(part.text("title"), values),
        body=part.fill_all(part.texts("body"), values),
        items=tuple(item for item in items if item.lines),
        notes=part.fill_all(part.texts("notes"), values),
        contact=_contact(order),
        window_shift=order.window_shift,
    )


@lru_cache(maxsize=2)
def _contact(order: PaperOrder) -> ContactBox | None:
    return contact_box(order.programme, order.common)


def document_number(order: PaperOrder) -> str:
    """Return 藤職第123号; with room to write the number in while there is none; empty without a sign."""
    sign = order.programme.document_sign
    if not sign:
        return ""
    words = order.common.part("number")
    key = "numbered" if order.document_number else "blank"
    return words.fill(words.text(key), {"記号": sign, "番号": order.document_number})


def _address(row: LetterRow) -> tuple[str, ...]:
    rows = address_rows(row.address)
    return (f"〒{format_postcode(row.postcode)}", *rows) if rows and row.postcode else rows
