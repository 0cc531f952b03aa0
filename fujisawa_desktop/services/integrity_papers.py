"""Checks of papers, dates and the journal: what bears which number, what lies in another age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import exists, func, null, or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Applicant,
    ApplicantAvailability,
    Appointment,
    DocumentNumber,
    Entry,
    Interview,
    Interviewer,
    InterviewerAvailability,
    JournalEntry,
    JournalPayload,
    JournalSubject,
    Notice,
    NumberUse,
    Programme,
    Shift,
)
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.rules.calendar import fiscal_year
from fujisawa_desktop.services.integrity_findings import Check, Finding
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_AGE: Final = timedelta(days=400)
"""So far before its first day and after its last something of a programme can lie; beyond is a slip."""


def _borne(session: Session) -> Iterator[tuple[int, int | None, str, int, int, Notice]]:
    """Yield issued papers that bear a number: id, person, sign, fiscal year, number and the paper."""
    query = (
        select(Notice, func.coalesce(Notice.snapshot["sign"].as_string(), Programme.document_sign))
        .join(Programme, Programme.id == Notice.programme_id)
        .where(Notice.document_number != "")
        .order_by(Notice.id)
    )
    for notice, sign in session.execute(query):
        if sign and notice.document_number.isascii() and notice.document_number.isdigit():
            number = int(notice.document_number)
            yield notice.id, notice.applicant_id, sign, fiscal_year(notice.dated), number, notice


def _numbers(session: Session) -> Iterator[Finding]:
    known = {
        (row.sign, row.fiscal_year, row.number): row.use for row in session.scalars(select(DocumentNumber))
    }
    told: set[tuple[str, int, int]] = set()
    for key, person, sign, year, number, _notice in _borne(session):
        use = known.get((sign, year, number))
        if use is NumberUse.ISSUED or (sign, year, number) in told:
            continue
        told.add((sign, year, number))
        kind = "number-unlisted" if use is None else "number-not-issued"
        params = {"sign": sign, "fiscal_year": year, "number": number}
        yield Finding(kind, "notice", key, person, params, is_repairable=use is None)


def _enter_numbers(work: UnitOfWork, found: Sequence[Finding]) -> None:
    missing = {one.row_id for one in found if one.kind == "number-unlisted"}
    for key, _person, sign, year, number, notice in _borne(work.session):
        if key in missing:
            work.session.add(
                DocumentNumber(
                    sign=sign,
                    fiscal_year=year,
                    number=number,
                    use=NumberUse.ISSUED,
                    programme_id=notice.programme_id,
                    kind=notice.kind,
                    dated=notice.dated,
                    taken_at=notice.issued_at,
                    actor=work.actor,
                )
            )


def _dated() -> Iterator[tuple[str, Any]]:
    """Yield each dated thing of a programme: id, person, day and programme."""
    yield "entry", select(Entry.id, Entry.applicant_id, Entry.received_at, Entry.programme_id)
    yield (
        "interview",
        select(Interview.id, Interview.applicant_id, Interview.starts_at, Interview.programme_id),
    )
    for column in (Appointment.term_from, Appointment.term_until, Appointment.left_on):
        yield (
            "appointment",
            select(Appointment.id, Appointment.applicant_id, column, Appointment.programme_id),
        )
    yield (
        "shift",
        select(Shift.id, Appointment.applicant_id, Shift.day, Appointment.programme_id).join(
            Appointment, Appointment.id == Shift.appointment_id
        ),
    )
    times = ApplicantAvailability
    yield (
        "applicant_availability",
        select(times.id, times.applicant_id, times.day, Applicant.programme_id).join(
            Applicant, Applicant.id == times.applicant_id
        ),
    )
    office = InterviewerAvailability
    yield (
        "interviewer_availability",
        select(office.id, null(), office.day, Interviewer.programme_id).join(
            Interviewer, Interviewer.id == office.interviewer_id
        ),
    )


def _dates(session: Session) -> Iterator[Finding]:
    ages = {
        row.id: (row.entry_from - _AGE, row.term_until + _AGE) for row in session.scalars(select(Programme))
    }
    for table, query in _dated():
        day = query.selected_columns[2]
        programme = query.selected_columns[3]
        for programme_id, (first, last) in ages.items():
            outside = query.where(programme == programme_id, or_(day < first, day > last + timedelta(days=1)))
            for key, person, moment, _programme in session.execute(outside):
                yield Finding("date-outside", table, key, person, {"table": table, "day": _day(moment)})

    papers = select(Notice.id, Notice.applicant_id, Notice.dated, Notice.issued_at, Notice.programme_id)
    for key, person, dated, issued_at, programme_id in session.execute(papers.order_by(Notice.id)):
        first, last = ages[programme_id]
        if not first <= dated <= last and abs(dated - issued_at.date()) > _AGE:
            yield Finding("date-outside", "notice", key, person, {"table": "notice", "day": dated})


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _subjects(session: Session) -> Iterator[Finding]:
    """Yield acts that name somebody who was never in this file."""
    query = (
        select(JournalSubject.id, JournalSubject.seq, JournalSubject.subject_id)
        .where(JournalSubject.kind == "applicant")
        .where(~exists().where(Applicant.id == JournalSubject.subject_id))
        .order_by(JournalSubject.id)
    )
    missing = session.execute(query).all()
    if not missing:
        return
    gone = _once_there(session)
    for key, seq, subject_id in missing:
        if subject_id not in gone:
            yield Finding("journal-subject", "journal_subject", key, params={"seq": seq})


def _once_there(session: Session) -> set[int]:
    """Return whoever was put in or taken out by an act; all whom an erased act may have been about."""
    found: set[int] = set()
    query = select(JournalEntry.seq, JournalPayload.data, JournalPayload.erased_by)
    rows: Any = session.execute(query.outerjoin(JournalPayload, JournalPayload.seq == JournalEntry.seq)).all()
    for seq, data, erased_by in rows:
        if data is None or erased_by is not None:
            found.update(session.scalars(select(JournalSubject.subject_id).where(JournalSubject.seq == seq)))
            continue
        people = unpack(data)[0].get("applicant", {})
        for part in ("inserted", "deleted"):
            if part in people:
                place = people[part]["columns"].index("id")
                found.update(row[place] for row in people[part]["rows"])
    return found


PAPER_CHECKS: Final = (
    Check("numbers", _numbers, _enter_numbers),
    Check("dates", _dates),
    Check("journal-subject", _subjects),
)
