"""Who must be told a new time, and that it was told.

A person believes what was announced last, whatever the calendar says since: only those whose
interview differs from it are affected, with the old time and the new one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Entry,
    InterviewAnnouncement,
    InterviewScope,
    Programme,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_told import Told, ToldKey, last_told, told_key, told_rows
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.interview_writing import announce_times
from fujisawa_desktop.services.unit_of_work import unit_of_work

__all__ = [
    "Affected",
    "News",
    "Told",
    "announce",
    "announcements_of",
    "unannounced",
]


class News(StrEnum):
    """What is to be told."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody who must be told something.

    Attributes:
        interview_id: None when the interview is off.
        course_id: the one course, where the programme interviews once per application.
        old: the time the person was told last; None for a new one.
        new: the time that holds now; None when it is off.
        told_at: when the old time was told.
        interviewers: names of those who hold the interview now.
    """

    news: News
    entry_id: int
    applicant_id: int
    number: str
    name: str
    kana: str
    course_id: int | None
    interview_id: int | None
    old: Window | None
    new: Window | None
    told_at: datetime | None
    interviewers: tuple[str, ...] = ()

    @property
    def says(self) -> tuple[int, int, int | None, Window | None, Window | None]:
        """What is told to whom, apart from names."""
        return self.applicant_id, self.entry_id, self.course_id, self.old, self.new


def unannounced(database: Database, programme_id: int) -> tuple[Affected, ...]:
    """Return who must be told something, in the order of the times that hold now, those off last.

    Whoever has come, withdrew, or takes no part because of a flag is not told a time any more.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        return _affected(session, programme_id)


def announce(
    database: Database,
    *,
    programme_id: int,
    people: Collection[Affected] | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record that people were told what `unannounced` names, as one act.

    It can be taken back until something about the same person leaves the office.  Letters and
    messages record the times they tell by themselves.

    Args:
        database: the open database.
        programme_id: the programme.
        people: who was told, as it was on the screen; everybody if not given.
        actor: who does it.

    Raises:
        ConflictError: the calendar says another time by now than somebody was told.
        RuleError: ``interview.nobody-to-tell``.
        NotFoundError: ``programme.none``.
    """
    with unit_of_work(database, "interview.announce", actor=actor) as work:
        due = {one.says: one for one in _affected(work.session, programme_id)}
        wanted = due.keys() if people is None else [one.says for one in people]
        if not due.keys() >= set(wanted):
            raise ConflictError("conflict.changed-meanwhile")
        found = [due[says] for says in wanted]
        if not found:
            raise RuleError("interview.nobody-to-tell")
        announce_times(work, [one.interview_id for one in found if one.interview_id is not None])
        work.insert_many(
            InterviewAnnouncement,
            [
                {
                    "programme_id": programme_id,
                    "entry_id": one.entry_id,
                    "course_id": one.course_id,
                    "applicant_id": one.applicant_id,
                    "starts_at": one.old[0],
                    "ends_at": one.old[1],
                    "is_cancelled": True,
                    "announced_at": work.now,
                    "actor": work.actor,
                }
                for one in found
                if one.news is News.CANCELLED and one.old is not None
            ],
        )
        return work.commit(count=len(found))


def announcements_of(database: Database, entry_id: int) -> tuple[Told, ...]:
    """Return all that a person was told about the interviews of an entry, the latest first.

    Where a person is seen once for all entries, what was told about any of them.
    """
    with database.read() as session:
        entry = session.get(Entry, entry_id)
        if entry is None:
            return ()
        scope = session.get_one(Programme, entry.programme_id).interview_scope
        whose = InterviewAnnouncement.entry_id == entry_id
        if scope is InterviewScope.PERSON:
            whose = InterviewAnnouncement.applicant_id == entry.applicant_id
        return tuple(reversed(told_rows(session, whose)))


def _affected(session: Session, programme_id: int) -> tuple[Affected, ...]:
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    scope = programme.interview_scope
    view = load_calendar(session, programme_id)
    last = last_told(session, programme_id, scope)
    standing = sorted(_standing(view, last), key=lambda one: (one.new, one.kana, one.number))
    held = {
        told_key(scope, view.person_of[one.key].applicant_id, one.entry_id, one.course_id)
        for one in view.interviews
    }
    off = [one for key, one in last.items() if key not in held and not one.is_cancelled]
    gone = sorted(_off(session, programme_id, scope, off), key=lambda one: (one.old, one.kana, one.number))
    return (*standing, *gone)


def _standing(view: CalendarView, last: dict[ToldKey, Told]) -> Iterator[Affected]:
    for booked in view.interviews:
        person = view.person_of[booked.key]
        if booked.attendance is not None or person.is_out or person.flag_stands:
            continue
        old = None
        if booked.announced_start is not None and booked.announced_end is not None:
            old = (booked.announced_start, booked.announced_end)
        new = (booked.start, booked.end)
        if old == new:
            continue
        key = told_key(view.scope, person.applicant_id, booked.entry_id, booked.course_id)
        yield Affected(
            news=News.NEW if old is None else News.MOVED,
            entry_id=booked.entry_id,
            applicant_id=person.applicant_id,
            number=person.number,
            name=person.name,
            kana=person.kana,
            course_id=booked.course_id,
            interview_id=booked.interview_id,
            old=old,
            new=new,
            told_at=last[key].announced_at if old is not None and key in last else None,
            interviewers=tuple(view.interviewer_of[one].name for one in booked.interviewer_ids),
        )


def _off(session: Session, programme_id: int, scope: InterviewScope, off: list[Told]) -> Iterator[Affected]:
    """Yield those whose told time is off, unless they withdrew all that it was about."""
    staying = _staying(session, programme_id, scope, {one.applicant_id for one in off})
    people: dict[int, tuple[Entry, Applicant]] = {}
    for chunk in chunks(sorted({one.entry_id for one in off})):
        pairs = select(Entry, Applicant).join(Applicant, Applicant.id == Entry.applicant_id)
        for entry, applicant in session.execute(pairs.where(Entry.id.in_(chunk))):
            people[entry.id] = entry, applicant
    for one in off:
        key = told_key(scope, one.applicant_id, one.entry_id, one.course_id)
        if key not in staying:
            continue
        entry, applicant = people[one.entry_id]
        yield Affected(
            news=News.CANCELLED,
            entry_id=one.entry_id,
            applicant_id=one.applicant_id,
            number=entry.number,
            name=applicant.name,
            kana=applicant.kana,
            course_id=one.course_id,
            interview_id=None,
            old=(one.start, one.end),
            new=None,
            told_at=one.announced_at,
        )


def _staying(
    session: Session, programme_id: int, scope: InterviewScope, applicant_ids: set[int]
) -> set[ToldKey]:
    """Return what an announcement can be about to people who did not withdraw it."""
    found: set[ToldKey] = set()
    for chunk in chunks(sorted(applicant_ids)):
        query = (
            select(Application.applicant_id, Application.entry_id, Application.course_id)
            .join(Entry, Entry.id == Application.entry_id)
            .where(
                Entry.programme_id == programme_id,
                Application.applicant_id.in_(chunk),
                Application.status != ApplicationStatus.WITHDRAWN,
            )
        )
        for applicant_id, entry_id, course_id in session.execute(query):
            found |= {told_key(scope, applicant_id, entry_id, course) for course in (course_id, None)}
    return found
