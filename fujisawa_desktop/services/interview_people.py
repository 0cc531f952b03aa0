"""Who is or was to be interviewed, one row for each interview that is to be held.

What one interview is about is a setting of the programme: an entry, a person with all entries the
clerks have merged, or a single application.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import (
    Applicant,
    ApplicantAvailability,
    Application,
    Entry,
    Interview,
    InterviewNeed,
    InterviewScope,
)
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.rules.planning_model import merged
from fujisawa_desktop.rules.selection import LEFT_OUT
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.services.rulings import standing_flags

_OUT: Final = LEFT_OUT | {Status.FIRST_FAILED}
"""States in which an application needs no interview any more."""


@dataclass(frozen=True, slots=True)
class _Applied:
    """One application."""

    application_id: int
    course_id: int
    status: Status


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What is booked, as far as it tells people apart."""

    interview_id: int
    course_id: int | None


@dataclass(frozen=True, slots=True)
class _Entered:
    """One entry with its person, its applications and its interviews."""

    entry: Entry
    applicant: Applicant
    applied: tuple[_Applied, ...]
    meetings: tuple[_Meeting, ...]
    flag_stands: bool
    """A clerk said that a flag of the entry stands: it takes part in nothing any more."""

    @property
    def waits(self) -> bool:
        """Tell whether an application passed the first screening and waits for the final one."""
        return not self.flag_stands and any(one.status is Status.FIRST_PASSED for one in self.applied)


@dataclass(slots=True)
class _Known:
    """What is known of people beyond their entries, by applicant."""

    windows: dict[int, tuple[Window, ...]] = field(default_factory=dict)
    needs: dict[int, InterviewNeed] = field(default_factory=dict)


def load_people(session: Session, programme_id: int, scope: InterviewScope) -> tuple[Person, ...]:
    """Return everybody who passed the first screening or has an interview, in the order of names."""
    entries = _entries(session, programme_id)
    known = _known(session, programme_id)
    if scope is InterviewScope.APPLICATION:
        return tuple(row for one in entries for row in _by_application(one, known))
    if scope is InterviewScope.PERSON:
        rows = [row for group in _of_each_person(entries) for row in _by_person(group, known)]
        ranks = {one.entry.id: rank for rank, one in enumerate(entries)}
        return tuple(sorted(rows, key=lambda row: ranks[row.entry_id]))
    return tuple(_person([one], known) for one in entries)


def _of_interest(programme_id: int) -> Select[int]:
    """Entries that passed the first screening or have an interview."""
    passed = (
        select(Application.entry_id)
        .join(Entry, Entry.id == Application.entry_id)
        .where(Entry.programme_id == programme_id, Application.status == Status.FIRST_PASSED)
    )
    booked = select(Interview.entry_id).where(Interview.programme_id == programme_id)
    return select(Entry.id).where(Entry.id.in_(passed) | Entry.id.in_(booked))


def _entries(session: Session, programme_id: int) -> list[_Entered]:
    wanted = _of_interest(programme_id).scalar_subquery()
    applied: dict[int, list[_Applied]] = {}
    for entry_id, key, course_id, status in session.execute(
        select(Application.entry_id, Application.id, Application.course_id, Application.status)
        .where(Application.entry_id.in_(wanted))
        .order_by(Application.preference, Application.id)
    ):
        applied.setdefault(entry_id, []).append(_Applied(key, course_id, status))
    meetings: dict[int, list[_Meeting]] = {}
    for entry_id, key, course in session.execute(
        select(Interview.entry_id, Interview.id, Interview.course_id)
        .where(Interview.programme_id == programme_id)
        .order_by(Interview.id)
    ):
        meetings.setdefault(entry_id, []).append(_Meeting(key, course))
    rows = session.execute(
        select(Entry, Applicant)
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .where(Entry.id.in_(wanted))
        .order_by(Applicant.sort_key, Entry.number)
    ).all()
    flagged = standing_flags(session, [entry.id for entry, _applicant in rows])
    return [
        _Entered(
            entry,
            applicant,
            tuple(applied.get(entry.id, ())),
            tuple(meetings.get(entry.id, ())),
            entry.id in flagged,
        )
        for entry, applicant in rows
    ]


def _known(session: Session, programme_id: int) -> _Known:
    people = select(Entry.applicant_id).where(Entry.id.in_(_of_interest(programme_id).scalar_subquery()))
    known = _Known()
    windows: dict[int, list[Window]] = {}
    free = ApplicantAvailability
    for applicant_id, day, starts, ends in session.execute(
        select(free.applicant_id, free.day, free.starts, free.ends)
        .where(free.applicant_id.in_(people))
        .order_by(free.day, free.starts)
    ):
        windows.setdefault(applicant_id, []).append(window(day, starts, ends))
    known.windows = {key: merged(tuple(spans)) for key, spans in windows.items()}
    for need in session.scalars(select(InterviewNeed).where(InterviewNeed.applicant_id.in_(people))):
        known.needs[need.applicant_id] = need
    return known


def window(day: date, starts: time, ends: time) -> Window:
    """Return a stretch of a day."""
    return datetime.combine(day, starts), datetime.combine(day, ends)


def _of_each_person(entries: Sequence[_Entered]) -> Iterator[list[_Entered]]:
    """Yield the entries of each person in the order in which they came."""
    ordered = sorted(entries, key=lambda one: (one.applicant.id, one.entry.id))
    for _applicant_id, group in groupby(ordered, key=lambda one: one.applicant.id):
        yield list(group)


def _by_person(entries: Sequence[_Entered], known: _Known) -> Iterator[Person]:
    """Yield one row for all entries of a person; an entry with a further interview has its own."""
    booked = [one for one in entries if one.meetings]
    waiting = [one for one in entries if one.waits]
    first = (booked or waiting or list(entries))[0]
    others = [one for one in entries if one is not first and one not in booked[1:]]
    yield _person([first, *others], known)
    for one in booked[1:]:
        yield _person([one], known)


def _by_application(one: _Entered, known: _Known) -> Iterator[Person]:
    """Yield a row for each application that is to be or was interviewed."""
    booked = {meeting.course_id for meeting in one.meetings}
    for applied in one.applied:
        if applied.status is Status.FIRST_PASSED or applied.course_id in booked:
            yield _person([one], known, applied)
    courses = {applied.course_id for applied in one.applied}
    for meeting in one.meetings:
        if meeting.course_id not in courses:
            yield _person([one], known, _Applied(orphan_key(meeting.interview_id), 0, Status.WITHDRAWN))


def orphan_key(interview_id: int) -> int:
    """Return what stands for the application of an interview whose application is gone."""
    return -interview_id


def _person(entries: Sequence[_Entered], known: _Known, only: _Applied | None = None) -> Person:
    first = entries[0]
    # An entry that takes no part brings nothing to an interview about several.
    out = all(entered.flag_stands for entered in entries)
    taking = [entered for entered in entries if out or not entered.flag_stands]
    applied = [only] if only else [one for entered in taking for one in entered.applied]
    courses = frozenset(one.course_id for one in applied if one.course_id)
    passed = frozenset(one.course_id for one in applied if one.status is Status.FIRST_PASSED)
    still_in = frozenset(one.course_id for one in applied if one.status not in _OUT)
    need = known.needs.get(first.applicant.id)
    return Person(
        entry_id=first.entry.id,
        applicant_id=first.applicant.id,
        number=first.entry.number,
        name=first.applicant.name,
        kana=first.applicant.kana,
        search_key=first.applicant.search_key,
        course_ids=passed or still_in or courses,
        waits=bool(passed) and not out,
        is_out=not still_in,
        windows=known.windows.get(first.applicant.id, ()),
        course_id=(only.course_id or None) if only else None,
        application_id=only.application_id if only else None,
        entry_ids=tuple(one.entry.id for one in entries),
        minutes=need.minutes if need else None,
        finish_by=need.finish_by if need else None,
        needs_support=need.needs_support if need else False,
        need_note=need.note if need else "",
        flag_stands=out,
    )
