"""Booking, moving, changing, cancelling and fixing single interviews.

Every act checks the rules of the calendar first (`interview_checks`) and says in words what refuses
it; that nobody's time is taken twice is in the end the database's own word (`interview_writing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_checks import (
    OVERRIDABLE,
    Rulebook,
    Sitting,
    person_for,
    sitting_of,
)
from fujisawa_desktop.services.interview_view import Booked, CalendarView, Person
from fujisawa_desktop.services.interview_writing import (
    announce_times,
    remove_interviews,
    stored_interview,
    write_sittings,
)
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = [
    "OVERRIDABLE",
    "Sitting",
    "announce_times",
    "book",
    "cancel",
    "change_interviewers",
    "move",
    "remove_interviews",
    "set_locked",
    "stretch",
    "swap",
    "write_sittings",
]


def book(
    database: Database,
    *,
    programme_id: int,
    entry_id: int,
    start: datetime,
    interviewer_ids: Sequence[int] = (),
    interviewer_id: int | None = None,
    course_id: int | None = None,
    end: datetime | None = None,
    despite: bool = False,
    actor: str | None = None,
) -> ChangeSet:
    """Book an interview.

    Args:
        database: the open database.
        programme_id: the programme.
        entry_id: who is interviewed; where a person is seen once for all entries, any of them.
        start: when; a multiple of five minutes.
        interviewer_ids: by whom.
        interviewer_id: the same, where it is one alone.
        course_id: for which course, where the programme interviews once per application.
        end: until when; the person's own or the programme's usual length if not given.
        despite: book although a rule that can be overridden (`OVERRIDABLE`) speaks against it.
        actor: who does it.

    Raises:
        ConflictError: somebody's time is taken, or the person has an interview by now.
        RuleError: a rule refuses it; those of `OVERRIDABLE` not with ``despite``.
        NotFoundError: there is no such entry or interviewer.
    """
    who = _whom(interviewer_ids, interviewer_id)
    with unit_of_work(database, "interview.book", actor=actor, start=start) as work:
        view = load_calendar(work.session, programme_id)
        person = _person(view, entry_id, course_id)
        if not person.waits:
            raise RuleError("interview.not-waiting", person=person.name)
        if person.key in view.booked_of:
            raise ConflictError("interview.has-one", person=person.name)
        until = start + view.length_of(person) if end is None else end
        sitting = Sitting(person.entry_id, person.applicant_id, who, start, until, None, person.course_id)
        _write(work, programme_id, view, [sitting], despite=despite)
        return work.commit()


def move(
    database: Database,
    *,
    interview_id: int,
    start: datetime,
    interviewer_ids: Sequence[int] | None = None,
    interviewer_id: int | None = None,
    version: int | None = None,
    despite: bool = False,
    actor: str | None = None,
) -> ChangeSet:
    """Move an interview to another time or to others who interview; its length stays.

    Without interviewers those of now stay.  A new time has not been announced to the person yet,
    even if the old one was; what the person was told stays known.

    Raises:
        ConflictError: somebody's time is taken, or the interview was changed meanwhile.
        RuleError: as for `book`; or as `interview.locked`, `interview.attended`, `interview.reviewed`.
        NotFoundError: there is no such interview or interviewer.
    """
    with _changed(database, "interview.move", interview_id, version, actor, start=start) as change:
        keeps = interviewer_ids is None and interviewer_id is None
        who = change.booked.interviewer_ids if keeps else _whom(interviewer_ids or (), interviewer_id)
        change.must_be_free_to_move()
        length = change.booked.end - change.booked.start
        return change.to(start=start, end=start + length, who=who, despite=despite)


def stretch(
    database: Database,
    *,
    interview_id: int,
    end: datetime,
    version: int | None = None,
    despite: bool = False,
    actor: str | None = None,
) -> ChangeSet:
    """Let an interview last longer or shorter, in steps of five minutes; raises as `move`."""
    with _changed(database, "interview.stretch", interview_id, version, actor, end=end) as change:
        change.must_be_free_to_move()
        booked = change.booked
        return change.to(start=booked.start, end=end, who=booked.interviewer_ids, despite=despite)


def change_interviewers(
    database: Database,
    *,
    interview_id: int,
    interviewer_ids: Sequence[int],
    version: int | None = None,
    despite: bool = False,
    actor: str | None = None,
) -> ChangeSet:
    """Let others hold an interview at the same time; the person need not be told anew.

    Also once somebody came: who interviewed in the end may be another than who was to.

    Raises:
        ConflictError: an interviewer's time is taken, or the interview was changed meanwhile.
        RuleError: as for `book`; ``interview.locked``, or ``interview.reviewed`` when somebody who
            has given points would be taken off.
        NotFoundError: there is no such interview or interviewer.
    """
    code = "interview.change-interviewers"
    with _changed(database, code, interview_id, version, actor) as change:
        who = _whom(interviewer_ids, None)
        change.must_not_be_locked()
        if change.booked.reviewed and not set(change.booked.interviewer_ids) <= set(who):
            raise RuleError("interview.reviewed", person=change.person.name)
        booked = change.booked
        return change.to(start=booked.start, end=booked.end, who=who, despite=despite)


def swap(
    database: Database,
    *,
    first_id: int,
    second_id: int,
    versions: tuple[int, int] | None = None,
    despite: bool = False,
    actor: str | None = None,
) -> ChangeSet:
    """Let two interviews exchange their starts and their interviewers, as one act; lengths stay.

    Raises:
        ConflictError, RuleError, NotFoundError: as `move`, for either of them.
    """
    first_version, second_version = versions if versions is not None else (None, None)
    with _changed(database, "interview.swap", first_id, first_version, actor) as change:
        second = stored_interview(change.work, second_id, second_version)
        view = change.view
        if second.programme_id != change.programme_id or first_id == second_id:
            raise NotFoundError("interview.missing")
        pair = change.booked, view.interview_of[second_id]
        for one in pair:
            _refuse_fixed(view, one)
        sittings = [
            replace(
                sitting_of(view, one),
                start=other.start,
                end=other.start + (one.end - one.start),
                interviewer_ids=other.interviewer_ids,
            )
            for one, other in (pair, pair[::-1])
        ]
        _write(change.work, change.programme_id, view, sittings, despite=despite)
        return change.work.commit()


def cancel(
    database: Database, *, interview_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Take an interview out of the calendar; the person waits for another one.

    Raises:
        ConflictError: the interview was changed meanwhile.
        RuleError: ``interview.locked``, ``interview.attended`` or ``interview.reviewed``.
        NotFoundError: there is no such interview.
    """
    with _changed(database, "interview.cancel", interview_id, version, actor) as change:
        change.must_be_free_to_move()
        remove_interviews(change.work, [interview_id])
        return change.work.commit(start=change.booked.start)


def set_locked(
    database: Database,
    *,
    interview_id: int,
    locked: bool,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Fix an interview so that neither a plan nor a slip of the mouse moves it, or release it.

    Raises:
        ConflictError: the interview was changed meanwhile.
        NotFoundError: there is no such interview.
    """
    label = "interview.lock" if locked else "interview.unlock"
    with unit_of_work(database, label, actor=actor) as work:
        stored_interview(work, interview_id, version).is_locked = locked
        return work.commit()


# --- one interview that is changed ---------------------------------------------


@dataclass(frozen=True, slots=True)
class _Change:
    """An interview within an open act, with the calendar around it."""

    work: UnitOfWork
    programme_id: int
    view: CalendarView
    booked: Booked

    @property
    def person(self) -> Person:
        return self.view.person_of[self.booked.key]

    def must_not_be_locked(self) -> None:
        if self.booked.is_locked:
            raise RuleError("interview.locked", person=self.person.name)

    def must_be_free_to_move(self) -> None:
        _refuse_fixed(self.view, self.booked)

    def to(self, *, start: datetime, end: datetime, who: tuple[int, ...], despite: bool) -> ChangeSet:
        now = self.booked
        if (now.start, now.end, set(now.interviewer_ids)) != (start, end, set(who)):
            sitting = replace(sitting_of(self.view, now), start=start, end=end, interviewer_ids=who)
            _write(self.work, self.programme_id, self.view, [sitting], despite=despite)
        return self.work.commit()


@contextmanager
def _changed(
    database: Database,
    label: str,
    interview_id: int,
    version: int | None,
    actor: str | None,
    **params: Any,
) -> Iterator[_Change]:
    with unit_of_work(database, label, actor=actor, **params) as work:
        row = stored_interview(work, interview_id, version)
        programme_id = row.programme_id
        view = load_calendar(work.session, programme_id)
        yield _Change(work, programme_id, view, view.interview_of[interview_id])


def _refuse_fixed(view: CalendarView, booked: Booked) -> None:
    """Refuse to move or cancel what a clerk fixed, and what has taken place."""
    person = view.person_of[booked.key]
    if booked.is_locked:
        raise RuleError("interview.locked", person=person.name)
    if booked.attendance is not None:
        raise RuleError("interview.attended", person=person.name)
    if booked.reviewed:
        raise RuleError("interview.reviewed", person=person.name)


def _whom(interviewer_ids: Sequence[int], interviewer_id: int | None) -> tuple[int, ...]:
    return tuple(interviewer_ids) if interviewer_id is None else (interviewer_id, *interviewer_ids)


def _person(view: CalendarView, entry_id: int, course_id: int | None) -> Person:
    try:
        return person_for(view, entry_id, course_id)
    except KeyError as error:
        raise NotFoundError("interview.unknown-person") from error


def _write(
    work: UnitOfWork,
    programme_id: int,
    view: CalendarView,
    sittings: Sequence[Sitting],
    *,
    despite: bool,
) -> None:
    """Check sittings against the calendar and each other, then write them."""
    moved = {one.interview_id for one in sittings if one.interview_id is not None}
    for sitting in sittings:
        if not set(sitting.interviewer_ids) <= view.interviewer_of.keys():
            raise NotFoundError("interview.unknown-interviewer")
        person = _person(view, sitting.entry_id, sitting.course_id)
        others = [one for one in sittings if one is not sitting]
        rules = Rulebook(view, without=moved, beside=others)
        rules.check(person, sitting, despite=despite)
    write_sittings(work, programme_id, sittings)
