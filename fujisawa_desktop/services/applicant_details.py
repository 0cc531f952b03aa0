"""Everything beside the list about one entry, and what a clerk may edit there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Course,
    Decision,
    Entry,
    EntryAnswer,
    Interview,
    Reply,
    ReplyKind,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.contact import postcode_digits
from fujisawa_desktop.rules.names import half_width, kana_form, tidy_name
from fujisawa_desktop.rules.selection import ApplicationStatus, Progress, Result, Stage, progress_of
from fujisawa_desktop.services.applicant_keys import applicant_keys, stored_phone
from fujisawa_desktop.services.applicant_list import flags_of
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import HistoryRow, history_of
from fujisawa_desktop.services.intake_duplicates import COMPARED, keep_suspicions, suspect
from fujisawa_desktop.services.intake_stored import numbers_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision; ``announced_at`` is empty while it is pending."""

    stage: Stage
    result: Result
    reserve_rank: int | None
    decided_at: datetime
    announced_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """What the person told the office."""

    kind: ReplyKind
    replied_at: datetime
    channel: str
    reason: str
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """One course the entry asks for, and how its selection stands."""

    application_id: int
    course_id: int
    course: str
    course_sign: str
    status: ApplicationStatus
    decisions: tuple[DecisionView, ...]
    replies: tuple[ReplyView, ...]
    progress: Progress | None = None
    """Where the interview stands while the final result is awaited."""


@dataclass(frozen=True, slots=True)
class OtherEntry:
    """Another entry of the same person."""

    entry_id: int
    number: str
    source: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class SuspicionView:
    """Somebody who may be the same person; ``reasons`` are codes of rules.duplicates."""

    suspicion_id: int
    applicant_id: int
    entry_id: int
    number: str
    name: str
    score: int
    is_same: bool
    reasons: tuple[str, ...]
    verdict: SuspicionVerdict


@dataclass(frozen=True, slots=True)
class ApplicantForm:
    """What a clerk may edit of a person; ``version`` is that of the values first shown."""

    applicant_id: int
    version: int
    name_official: str
    character_note: str
    kana: str
    birth_date: date | None
    postcode: str
    address: str
    phone: str
    mail: str
    school: str
    school_category: str
    faculty: str
    department: str
    grade: str
    graduation: str
    note: str


@dataclass(frozen=True, slots=True)
class ApplicantDetails:
    """All of one entry: the person's form, the entry, answers, selection, doubts, history."""

    entry_id: int
    number: str
    source: str
    received_at: datetime
    state_text: str
    weekdays: str
    flags: tuple[str, ...]
    name: str
    name_entered: str
    form: ApplicantForm
    answers: tuple[tuple[str, str], ...]
    applications: tuple[ApplicationView, ...]
    other_entries: tuple[OtherEntry, ...]
    suspicions: tuple[SuspicionView, ...]
    history: tuple[HistoryRow, ...]


def details(database: Database, entry_id: int) -> ApplicantDetails:
    """Return all there is to show of an entry.

    Raises:
        NotFoundError: the entry is gone.
    """
    with database.read() as session:
        entry = session.get(Entry, entry_id)
        if entry is None:
            raise NotFoundError("applicant.gone")
        person = session.get_one(Applicant, entry.applicant_id)
        suspicions = _suspicions(session, person.id)
        doubtful = any(suspicion.verdict is SuspicionVerdict.OPEN for suspicion in suspicions)
        shown = {
            "is_late": entry.is_late,
            "is_withdrawn": entry.is_withdrawn,
            "is_not_student": entry.is_not_student,
        }
        answers = select(EntryAnswer).where(EntryAnswer.entry_id == entry_id).order_by(EntryAnswer.position)
        found = ApplicantDetails(
            entry_id=entry.id,
            number=entry.number,
            source=entry.source,
            received_at=entry.received_at,
            state_text=entry.state_text,
            weekdays=entry.weekdays,
            flags=flags_of(shown, duplicate=doubtful),
            name=person.name,
            name_entered=person.name_entered,
            form=_form(person),
            answers=tuple((answer.heading, answer.text) for answer in session.scalars(answers)),
            applications=_applications(session, entry_id),
            other_entries=_other_entries(session, entry),
            suspicions=suspicions,
            history=(),
        )
    return _with_history(database, found)


def save_applicant(database: Database, *, form: ApplicantForm, actor: str | None = None) -> ChangeSet:
    """Store what a clerk edited of a person.

    Raises:
        ValidationError: the reading is no kana, or a postcode or mail address cannot be one.
        ConflictError: somebody else has changed the person meanwhile.
        NotFoundError: the person is gone.
    """
    with unit_of_work(database, "applicant.edit", actor=actor) as work:
        person = work.session.get(Applicant, form.applicant_id)
        if person is None:
            raise NotFoundError("applicant.gone")
        if person.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        before = {name: getattr(person, name) for name in COMPARED}
        _fill(person, form)
        numbers = numbers_of(work.session, [person.id]).get(person.id, [])
        person.search_key, person.sort_key = applicant_keys(
            name_entered=person.name_entered,
            name_official=person.name_official,
            kana=person.kana,
            numbers=numbers,
            phone=person.phone,
            mail=person.mail,
            school=person.school,
        )
        work.session.flush()
        if before != {name: getattr(person, name) for name in COMPARED}:
            _suspect_again(work, person, numbers)
        return work.commit()


def mark_different(database: Database, *, suspicion_id: int, actor: str | None = None) -> ChangeSet:
    """Remember that two people who look like one are two (別人).

    Raises:
        NotFoundError: the suspicion is gone.
    """
    return _judge(database, suspicion_id, SuspicionVerdict.DIFFERENT, "applicant.different", actor)


def mark_open(database: Database, *, suspicion_id: int, actor: str | None = None) -> ChangeSet:
    """Open a suspicion again that was judged; raises as :func:`mark_different`."""
    return _judge(database, suspicion_id, SuspicionVerdict.OPEN, "applicant.doubt-again", actor)


def _judge(
    database: Database, suspicion_id: int, verdict: SuspicionVerdict, act: str, actor: str | None
) -> ChangeSet:
    with unit_of_work(database, act, actor=actor) as work:
        suspicion = work.session.get(SuspectedDuplicate, suspicion_id)
        if suspicion is None:
            raise NotFoundError("applicant.suspicion-gone")
        if suspicion.verdict is not verdict:
            suspicion.verdict = verdict
            work.concerns("applicant", suspicion.first_id)
            work.concerns("applicant", suspicion.second_id)
        return work.commit()


def _fill(person: Applicant, form: ApplicantForm) -> None:
    postcode = postcode_digits(form.postcode)
    if form.postcode.strip() and len(postcode) != 7:
        raise ValidationError("applicant.postcode", field="postcode")
    mail = half_width(form.mail)
    if mail and not _looks_like_mail(mail):
        raise ValidationError("applicant.mail", field="mail")
    official = tidy_name(form.name_official)
    person.name_official = official if official and official != person.name_entered else None
    person.character_note = form.character_note.strip()
    person.kana = (
        kana_form(form.kana) if form.kana.strip() and form.kana != person.kana else form.kana.strip()
    )
    person.birth_date = form.birth_date
    person.postcode = postcode
    person.address = form.address.strip()
    person.phone = stored_phone(form.phone)
    person.mail = mail
    person.school = form.school.strip()
    person.school_category = form.school_category.strip()
    person.faculty = form.faculty.strip()
    person.department = form.department.strip()
    person.grade = form.grade.strip()
    person.graduation = form.graduation.strip()
    person.note = form.note


def _looks_like_mail(mail: str) -> bool:
    name, at, place = mail.rpartition("@")
    return bool(at and name and "." in place) and not any(sign.isspace() or sign in ",;<>" for sign in mail)


def _suspect_again(work: UnitOfWork, person: Applicant, numbers: Sequence[str]) -> None:
    fields = {name: getattr(person, name) for name in COMPARED}
    people = {person.id: (next(iter(numbers), ""), fields)}
    keep_suspicions(work, suspect(work.session, person.programme_id, people), {})


def _with_history(database: Database, found: ApplicantDetails) -> ApplicantDetails:
    # The history is read in a session of its own; frozen rows are made once.
    rows = tuple(history_of(database, "applicant", found.form.applicant_id))
    values = {name: getattr(found, name) for name in found.__slots__}
    return ApplicantDetails(**{**values, "history": rows})


def _form(person: Applicant) -> ApplicantForm:
    return ApplicantForm(
        applicant_id=person.id,
        version=person.version,
        name_official=person.name_official or "",
        character_note=person.character_note,
        kana=person.kana,
        birth_date=person.birth_date,
        postcode=person.postcode,
        address=person.address,
        phone=person.phone,
        mail=person.mail,
        school=person.school,
        school_category=person.school_category,
        faculty=person.faculty,
        department=person.department,
        grade=person.grade,
        graduation=person.graduation,
        note=person.note,
    )


def _applications(session: Session, entry_id: int) -> tuple[ApplicationView, ...]:
    query = (
        select(Application, Course, Interview.id, Interview.attendance)
        .join(Course, Course.id == Application.course_id)
        .outerjoin(Interview, Interview.entry_id == Application.entry_id)
        .where(Application.entry_id == entry_id)
        .order_by(Application.preference, Application.id)
    )
    return tuple(
        ApplicationView(
            application_id=application.id,
            course_id=course.id,
            course=course.short_name,
            course_sign=course.sign,
            status=application.status,
            decisions=_decisions(session, application.id),
            replies=_replies(session, application.id),
            progress=progress_of(application.status, booked=interview_id is not None, attendance=attendance),
        )
        for application, course, interview_id, attendance in session.execute(query)
    )


def _decisions(session: Session, application_id: int) -> tuple[DecisionView, ...]:
    query = select(Decision).where(Decision.application_id == application_id).order_by(Decision.id)
    return tuple(
        DecisionView(row.stage, row.result, row.reserve_rank, row.decided_at, row.announced_at)
        for row in session.scalars(query)
    )


def _replies(session: Session, application_id: int) -> tuple[ReplyView, ...]:
    query = select(Reply).where(Reply.application_id == application_id).order_by(Reply.id)
    return tuple(
        ReplyView(row.kind, row.replied_at, row.channel, row.reason, row.reason_code)
        for row in session.scalars(query)
    )


def _other_entries(session: Session, entry: Entry) -> tuple[OtherEntry, ...]:
    query = select(Entry).where(Entry.applicant_id == entry.applicant_id, Entry.id != entry.id)
    return tuple(
        OtherEntry(other.id, other.number, other.source, other.received_at)
        for other in session.scalars(query.order_by(Entry.id))
    )


def _suspicions(session: Session, applicant_id: int) -> tuple[SuspicionView, ...]:
    query = select(SuspectedDuplicate).where(
        or_(SuspectedDuplicate.first_id == applicant_id, SuspectedDuplicate.second_id == applicant_id)
    )
    views: list[SuspicionView] = []
    for row in session.scalars(query.order_by(SuspectedDuplicate.score.desc(), SuspectedDuplicate.id)):
        other_id = row.second_id if row.first_id == applicant_id else row.first_id
        other = session.get_one(Applicant, other_id)
        entry = session.scalars(
            select(Entry).where(Entry.applicant_id == other_id).order_by(Entry.id)
        ).first()
        if entry is not None:
            views.append(
                SuspicionView(
                    suspicion_id=row.id,
                    applicant_id=other_id,
                    entry_id=entry.id,
                    number=entry.number,
                    name=other.name,
                    score=row.score,
                    is_same=row.is_same,
                    reasons=tuple(row.reasons),
                    verdict=row.verdict,
                )
            )
    return tuple(views)
