"""The interview plan of a programme: made from what is stored, shown, and then booked as one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from fujisawa_desktop.errors import Cancelled, ConflictError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules import planning
from fujisawa_desktop.rules.planning import Addition
from fujisawa_desktop.rules.planning_model import Stage
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.interview_assumptions import (
    NOTHING,
    Assumptions,
    check_assumptions,
    supposed,
)
from fujisawa_desktop.services.interview_booking import Sitting, remove_interviews, write_sittings
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_plan_rows import plan_view
from fujisawa_desktop.services.interview_plan_view import (
    AddedTime,
    FixOffer,
    LostPlace,
    PlannedInterview,
    PlanView,
    Seat,
    Step,
    UnplacedPerson,
)
from fujisawa_desktop.services.interview_problem import basis_of, problem_of
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_STAGES: Final = tuple(Stage)

__all__ = [
    "AddedTime",
    "FixOffer",
    "LostPlace",
    "Place",
    "PlanView",
    "PlannedInterview",
    "Seat",
    "Step",
    "Trial",
    "UnplacedPerson",
    "apply_plan",
    "book_places",
    "make_plan",
    "make_trial",
]


@dataclass(frozen=True, slots=True)
class Place:
    """One interview to be booked: who (the calendar's key), by whom and when."""

    key: int
    interviewer_ids: tuple[int, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial beside the plan it is compared with; both from the same calendar."""

    plan: PlanView
    trial: PlanView


def make_plan(
    database: Database,
    *,
    programme_id: int,
    additions: tuple[Addition, ...] = (),
    assumptions: Assumptions = NOTHING,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanView:
    """Make the interview plan; nothing is booked.

    Args:
        database: the open database.
        programme_id: the programme.
        additions: time of interviewers who do not exist yet, besides those of ``assumptions``.
        assumptions: what to suppose, to see what it would help.
        progress: called now and then; raises `Cancelled` when the clerk stopped.
        cancelled: asked now and then.

    Raises:
        ValidationError: ``programme.slot-step``: interviews of the supposed length cannot be booked.
        NotFoundError: ``programme.none``.
        Cancelled: the clerk stopped.
    """
    check_assumptions(assumptions)
    wanted = replace(assumptions, additions=(*assumptions.additions, *additions))
    with database.read() as session:
        view = load_calendar(session, programme_id)
    stored = problem_of(view)
    changed = problem_of(supposed(view, wanted)) if wanted else stored
    problem = planning.with_additions(changed, wanted.additions)
    teller = _Teller(progress, cancelled)
    plan = planning.make_plan(problem, stop=teller.stop, tell=teller.tell)
    return plan_view(
        view, plan, programme_id=programme_id, problem=problem, assumptions=wanted, basis=basis_of(stored)
    )


def make_trial(
    database: Database,
    *,
    programme_id: int,
    assumptions: Assumptions,
    plan: PlanView | None = None,
    progress: Progress | None = None,
) -> Trial:
    """Plan on a copy in which the assumptions hold; nothing is booked and nothing is written.

    Args:
        database: the open database.
        programme_id: the programme.
        assumptions: what to suppose.
        plan: what it is compared with; made anew without one, or when something was changed since.
        progress: called now and then; raises `Cancelled` when the clerk stopped.

    Raises:
        NotFoundError: ``programme.none``.
        Cancelled: the clerk stopped.
    """
    trial = make_plan(database, programme_id=programme_id, assumptions=assumptions, progress=progress)
    if plan is None or plan.is_trial or plan.basis != trial.basis:
        plan = make_plan(database, programme_id=programme_id, progress=progress)
    return Trial(plan, trial)


def apply_plan(database: Database, *, plan: PlanView, actor: str | None = None) -> ChangeSet:
    """Book the plan as one act: new interviews, moved ones, and those it takes out.

    Raises:
        ConflictError: ``plan.outdated`` when something the plan hangs on was changed since it was
            made, ``plan.trial`` when it needs something that is not so.
    """
    if plan.is_trial:
        raise ConflictError("plan.trial")
    places = [Place(one.key, one.interviewer_ids, one.start, one.end) for one in plan.placed]
    return book_places(database, programme_id=plan.programme_id, places=places, basis=plan.basis, actor=actor)


def book_places(
    database: Database, *, programme_id: int, places: Iterable[Place], basis: str, actor: str | None
) -> ChangeSet:
    """Make the calendar hold exactly these places, as one act.

    Raises:
        ConflictError: ``plan.outdated``; what ``basis`` is the digest of was changed since.
    """
    with unit_of_work(database, "plan.apply", actor=actor) as work:
        view = load_calendar(work.session, programme_id)
        if basis_of(problem_of(view)) != basis:
            raise ConflictError("plan.outdated")
        return work.commit(count=_write(work, programme_id, view, list(places)))


def _write(work: UnitOfWork, programme_id: int, view: CalendarView, places: list[Place]) -> int:
    """Write what differs from the calendar; return how many interviews that is."""
    planned = {place.key for place in places}
    released = [one.interview_id for key, one in view.booked_of.items() if key not in planned]
    sittings = []
    for place in places:
        now = view.booked_of.get(place.key)
        if now is not None and (now.start, now.end, set(now.interviewer_ids)) == (
            place.start,
            place.end,
            set(place.interviewer_ids),
        ):
            continue
        person = view.person_of[place.key]
        sittings.append(
            Sitting(
                person.entry_id,
                person.applicant_id,
                place.interviewer_ids,
                place.start,
                place.end,
                None if now is None else now.interview_id,
                person.course_id,
            )
        )
    remove_interviews(work, released)
    write_sittings(work, programme_id, sittings)
    return len(released) + len(sittings)


class _Teller:
    """Tells how far planning has come, and whether it is to stop."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def tell(self, stage: Stage) -> None:
        """Take in which stage begins; trying fixes comes again and again, and never goes back."""
        self._done = max(self._done, _STAGES.index(stage))
        self.stop()

    def stop(self) -> bool:
        """Tell whether the clerk pressed 中止."""
        if self._cancelled is not None and self._cancelled():
            return True
        if self._progress is not None:
            # The solver asks from within its own code, through which no exception may pass.
            try:
                self._progress(self._done, len(_STAGES))
            except Cancelled:
                return True
        return False
