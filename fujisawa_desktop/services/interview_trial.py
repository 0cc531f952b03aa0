"""From a trial to what is so: what was supposed becomes real in one act, and then the plan can be booked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError, ValidationError
from fujisawa_desktop.models import Interviewer, InterviewerAvailability, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_assumptions import Absence, Assumptions, check_assumptions
from fujisawa_desktop.services.interviewer_times import NewTime, add_time
from fujisawa_desktop.services.programme_checks import check_programme
from fujisawa_desktop.services.programme_view import view_of
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work


def make_real(
    database: Database,
    *,
    programme_id: int,
    assumptions: Assumptions,
    hosts: Sequence[str],
    actor: str | None = None,
) -> ChangeSet:
    """Make what a trial supposed real: interviewers' time, who is away, lengths, limits, lunch.

    Times that people were asked for are not entered: what somebody answers is entered when it comes.

    Args:
        database: the open database.
        programme_id: the programme.
        assumptions: what was supposed.
        hosts: who gives the added time, in the order of `new_times`: known interviewers or new ones.
        actor: who does it.

    Raises:
        ValidationError: a name is missing, or somebody has that time already; ``field`` is
            ``host-`` and the place in ``hosts``.  Or the programme cannot have what was supposed.
        NotFoundError: ``programme.none``.
    """
    check_assumptions(assumptions)
    with unit_of_work(database, "plan.make-real", actor=actor) as work:
        programme = work.session.get(Programme, programme_id)
        if programme is None:
            raise NotFoundError("programme.none")
        wanted = new_times(assumptions)
        for place, (new, name) in enumerate(zip(wanted, hosts, strict=True)):
            try:
                add_time(work, programme_id, replace(new, name=name))
            except ValidationError as error:
                raise _at(error, place) from error
        _remove_times(work, programme_id, assumptions.absences)
        _change_programme(programme, assumptions)
        if assumptions.own_limits_more:
            _raise_own_limits(work, programme_id, assumptions.own_limits_more)
        return work.commit()


def new_times(assumptions: Assumptions) -> tuple[NewTime, ...]:
    """Return the time to be added, one for each interviewer; the names are still to be said."""
    return tuple(
        NewTime(one.start.date(), one.start.time(), one.end.time(), "", one.courses, one.role)
        for one in assumptions.additions
        for _number in range(one.count)
    )


def _at(error: ValidationError, place: int) -> ValidationError:
    params = {name: value for name, value in error.params.items() if name != "field"}
    return ValidationError(error.code, field=f"host-{place}", **params)


def _remove_times(work: UnitOfWork, programme_id: int, absences: Iterable[Absence]) -> None:
    mine = select(Interviewer.id).where(Interviewer.programme_id == programme_id)
    for absence in absences:
        found = select(InterviewerAvailability).where(
            InterviewerAvailability.interviewer_id.in_(mine),
            InterviewerAvailability.interviewer_id == absence.interviewer_id,
            InterviewerAvailability.day == absence.day,
        )
        for row in work.session.scalars(found):
            work.session.delete(row)


def _raise_own_limits(work: UnitOfWork, programme_id: int, more: int) -> None:
    own = select(Interviewer).where(
        Interviewer.programme_id == programme_id, Interviewer.daily_limit.is_not(None)
    )
    for row in work.session.scalars(own):
        row.daily_limit = (row.daily_limit or 0) + more


def _change_programme(programme: Programme, assumptions: Assumptions) -> None:
    if assumptions.slot_minutes is not None:
        programme.interview_slot_minutes = assumptions.slot_minutes
    if assumptions.daily_limit is not None:
        programme.interview_daily_limit = assumptions.daily_limit or None
    if assumptions.lunch is not None:
        first, last = assumptions.lunch or (None, None)
        programme.lunch_from, programme.lunch_until = first, last
    check_programme(view_of(programme))
