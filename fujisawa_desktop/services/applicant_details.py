"""Everything beside the list about one entry, and what a clerk may edit there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError
from fujisawa_desktop.models import Applicant, Entry, EntryAnswer, SuspicionVerdict
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.eligibility import is_student
from fujisawa_desktop.services.applicant_keys import applicant_keys
from fujisawa_desktop.services.applicant_query import DUPLICATE
from fujisawa_desktop.services.application_views import ApplicationView, applications_of
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.doubts import SuspicionView, suspicions_of
from fujisawa_desktop.services.entry_raw import raw_cells
from fujisawa_desktop.services.flag_views import FlagView, flag_views
from fujisawa_desktop.services.intake_duplicates import COMPARED, suspect_anew
from fujisawa_desktop.services.intake_plan import policy_of
from fujisawa_desktop.services.intake_stored import numbers_of
from fujisawa_desktop.services.notes import NoteView, office_notes
from fujisawa_desktop.services.person_fields import EDITABLE, stored_value
from fujisawa_desktop.services.person_history import PersonHistoryRow, person_history
from fujisawa_desktop.services.person_split import MergeView, merges_into
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

# Made once: making a statement takes longer than the database needs to answer it.
_ANSWERS: Final = (
    select(EntryAnswer.heading, EntryAnswer.text)
    .where(EntryAnswer.entry_id == bindparam("entry_id"))
    .order_by(EntryAnswer.position)
)
_OTHERS: Final = (
    select(Entry.id, Entry.number, Entry.source, Entry.received_at)
    .where(Entry.applicant_id == bindparam("applicant_id"), Entry.id != bindparam("entry_id"))
    .order_by(Entry.id)
)


@dataclass(frozen=True, slots=True)
class OtherEntry:
    """Another entry of the same person."""

    entry_id: int
    number: str
    source: str
    received_at: datetime


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
    flag_views: tuple[FlagView, ...]
    notes: tuple[NoteView, ...]
    merges: tuple[MergeView, ...]
    history: tuple[PersonHistoryRow, ...]


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
        suspicions = suspicions_of(session, person.id)
        doubtful = any(suspicion.verdict is SuspicionVerdict.OPEN for suspicion in suspicions)
        # What the person typed is looked at for one flag alone, and is long.
        typed = raw_cells(session, entry_id) if entry.is_disqualified else ()
        flags = flag_views(session, entry, person, typed)
        return ApplicantDetails(
            entry_id=entry.id,
            number=entry.number,
            source=entry.source,
            received_at=entry.received_at,
            state_text=entry.state_text,
            weekdays=entry.weekdays,
            flags=(*(view.flag for view in flags), *((DUPLICATE,) if doubtful else ())),
            name=person.name,
            name_entered=person.name_entered,
            form=_form(person),
            answers=tuple((row[0], row[1]) for row in session.execute(_ANSWERS, {"entry_id": entry_id})),
            applications=applications_of(session, entry_id),
            other_entries=_other_entries(session, entry),
            suspicions=suspicions,
            flag_views=flags,
            notes=office_notes(session, person.id),
            merges=merges_into(session, person.id),
            history=person_history(session, person.id),
        )


def applicant_form(database: Database, applicant_id: int) -> ApplicantForm:
    """Return what a clerk may edit of a person, as stored now.

    Raises:
        NotFoundError: the person is gone.
    """
    with database.read() as session:
        person = session.get(Applicant, applicant_id)
        if person is None:
            raise NotFoundError("applicant.gone")
        return _form(person)


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
        school = (person.school, person.school_category)
        _fill(person, form)
        if school != (person.school, person.school_category):
            _renew_student_flag(work, person)
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
            suspect_anew(work, person.programme_id, [person.id])
        return work.commit()


def _fill(person: Applicant, form: ApplicantForm) -> None:
    for name in EDITABLE:
        before = getattr(person, name)
        value = stored_value(name, getattr(form, name), before=before, name_entered=person.name_entered)
        setattr(person, name, value)
    person.birth_date = form.birth_date


def _renew_student_flag(work: UnitOfWork, person: Applicant) -> None:
    """Judge the school anew once a clerk has corrected it; what was ruled stays ruled."""
    policy = policy_of(work.session, person.programme_id)
    student = is_student(person.school, person.school_category, policy)
    for entry in work.session.scalars(select(Entry).where(Entry.applicant_id == person.id)):
        entry.is_not_student = not student


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


def _other_entries(session: Session, entry: Entry) -> tuple[OtherEntry, ...]:
    found = session.execute(_OTHERS, {"applicant_id": entry.applicant_id, "entry_id": entry.id})
    return tuple(OtherEntry(*row) for row in found)
