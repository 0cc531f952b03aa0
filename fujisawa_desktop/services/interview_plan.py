"""The interview plan of a programme: made from what is stored, shown, and then booked as one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fujisawa_desktop.errors import Cancelled, ConflictError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.rules import planning
from fujisawa_desktop.rules.planning import Addition, Booking, Candidate, Placement, PlanProblem, Window
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.interview_booking import Sitting, remove_interviews, write_sittings
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_view import Booked, CalendarView, Person
from fujisawa_desktop.services.unit_of_work import unit_of_work

_SPANS_SAID: Final = 4


class Step(StrEnum):
    """What the plan does with one interview."""

    NEW = "new"
    KEPT = "kept"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PlannedInterview:
    """One interview of the plan; ``interviewer_ids`` below nought are added ones of a trial."""

    entry_id: int
    number: str
    name: str
    start: datetime
    end: datetime
    interviewer_ids: tuple[int, ...]
    interviewers: tuple[str, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class AddedTime:
    """Time of ``count`` more interviewers who may see these courses, for the seat of ``role``."""

    start: datetime
    end: datetime
    count: int
    courses: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class UnplacedPerson:
    """Somebody without a place: why (a code and what fills it), and what would help.

    Attributes:
        rivals: names of those who compete for the same places, the unplaced ones first.
        windows: the time they compete for.
        helped: names of those who all get a place by the fix.
        additions: the interviewers' time the fix adds.
    """

    entry_id: int
    number: str
    name: str
    reason: str
    reason_params: dict[str, object]
    rivals: tuple[str, ...]
    windows: tuple[Window, ...]
    fix: str
    fix_params: dict[str, object]
    helped: tuple[str, ...]
    additions: tuple[AddedTime, ...]
    raw_additions: tuple[Addition, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it is shown; it can be applied while the data are as they were.

    Attributes:
        moved: names of those whose announced time changes.
        released: interviews that the plan takes out of the calendar.
        changes: how many interviews are booked, moved or taken out.
        problem: what the plan was made from.
        is_trial: it was made with added interviewers that do not exist.
    """

    programme_id: int
    placed: tuple[PlannedInterview, ...]
    unplaced: tuple[UnplacedPerson, ...]
    moved: tuple[str, ...]
    released: tuple[int, ...]
    proven_optimal: bool
    problem: PlanProblem
    is_trial: bool = False

    @property
    def changes(self) -> int:
        """Return how many interviews are booked, moved or taken out."""
        return len(self.released) + sum(1 for one in self.placed if one.step is not Step.KEPT)


def make_plan(
    database: Database,
    *,
    programme_id: int,
    additions: tuple[Addition, ...] = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanView:
    """Make the interview plan; nothing is booked.

    Args:
        database: the open database.
        programme_id: the programme.
        additions: time of interviewers who do not exist yet, to try what it would help.
        progress: called now and then with 0 of 0; raises `Cancelled` when the clerk stopped.
        cancelled: asked now and then.

    Raises:
        NotFoundError: ``programme.none``.
        Cancelled: the clerk stopped.
    """
    with database.read() as session:
        view = load_calendar(session, programme_id)
    problem = planning.with_additions(problem_of(view), additions)
    plan = planning.make_plan(problem, stop=_stopper(progress, cancelled))
    now = {interview.entry_id: interview for interview in view.interviews}
    placed_ids = {placement.candidate for placement in plan.placed}
    return PlanView(
        programme_id=programme_id,
        placed=tuple(_planned(view, placement, now.get(placement.candidate)) for placement in plan.placed),
        unplaced=tuple(_unplaced(view, one) for one in plan.unplaced),
        moved=tuple(view.person_of[key].name for key in plan.moved),
        released=tuple(one.interview_id for key, one in now.items() if key not in placed_ids),
        proven_optimal=plan.proven_optimal,
        problem=problem,
        is_trial=bool(additions),
    )


def apply_plan(database: Database, *, plan: PlanView, actor: str | None = None) -> ChangeSet:
    """Book the plan as one act: new interviews, moved ones, and those it takes out.

    Raises:
        ConflictError: ``plan.outdated`` when something the plan hangs on was changed since it was
            made, ``plan.trial`` when it needs interviewers who do not exist.
    """
    if plan.is_trial:
        raise ConflictError("plan.trial")
    with unit_of_work(database, "plan.apply", actor=actor) as work:
        view = load_calendar(work.session, plan.programme_id)
        if problem_of(view) != plan.problem:
            raise ConflictError("plan.outdated")
        now = {interview.entry_id: interview.interview_id for interview in view.interviews}
        remove_interviews(work, plan.released)
        write_sittings(
            work,
            plan.programme_id,
            [
                Sitting(
                    one.entry_id,
                    view.person_of[one.entry_id].applicant_id,
                    one.interviewer_ids,
                    one.start,
                    one.end,
                    now.get(one.entry_id),
                )
                for one in plan.placed
                if one.step is not Step.KEPT
            ],
        )
        return work.commit(count=plan.changes)


def problem_of(view: CalendarView) -> PlanProblem:
    """Return what the plan depends on, taken from the calendar.

    Interviews of people whose selection went on stay where they are; those of people who need no
    interview any more are given free.
    """
    booked = {interview.entry_id: interview for interview in view.interviews}
    return PlanProblem(
        candidates=tuple(
            _candidate(person, booked.get(person.entry_id))
            for person in view.people
            if person.waits or (person.entry_id in booked and not person.is_out)
        ),
        interviewers=tuple(
            planning.Interviewer(
                column.interviewer_id,
                column.name,
                column.course_ids or None,
                tuple((_on_the_grid(start), end) for start, end in column.windows),
            )
            for column in view.interviewers
        ),
        slot_minutes=view.slot_minutes,
        # Every start must fall on a unit of the calendar: the step is made a multiple of it.
        gap_minutes=view.gap_minutes + -(view.slot_minutes + view.gap_minutes) % UNIT_MINUTES,
        lunch=view.lunch,
    )


def _on_the_grid(start: datetime) -> datetime:
    return start + timedelta(minutes=-start.minute % UNIT_MINUTES)


def _candidate(person: Person, booked: Booked | None) -> Candidate:
    booking = None
    if booked is not None:
        locked = booked.is_locked or not person.waits
        booking = Booking(
            booked.interviewer_ids, booked.start, booked.end, announced=booked.announced, locked=locked
        )
    return Candidate(
        key=person.entry_id,
        number=person.number,
        courses=person.course_ids,
        windows=person.windows,
        booking=booking,
        person=person.applicant_id,
    )


def _stopper(progress: Progress | None, cancelled: Callable[[], bool] | None) -> Callable[[], bool]:
    def stop() -> bool:
        if cancelled is not None and cancelled():
            return True
        if progress is not None:
            # The solver asks from within its own code, through which no exception may pass.
            try:
                progress(0, 0)
            except Cancelled:
                return True
        return False

    return stop


def _planned(view: CalendarView, placement: Placement, now: Booked | None) -> PlannedInterview:
    person = view.person_of[placement.candidate]
    step = Step.NEW
    if now is not None:
        place = (placement.start, placement.end, set(placement.interviewers))
        step = Step.KEPT if place == (now.start, now.end, set(now.interviewer_ids)) else Step.MOVED
    return PlannedInterview(
        entry_id=person.entry_id,
        number=person.number,
        name=person.name,
        start=placement.start,
        end=placement.end,
        interviewer_ids=placement.interviewers,
        interviewers=tuple(
            view.interviewer_of[key].name for key in placement.interviewers if key in view.interviewer_of
        ),
        step=step,
    )


def _unplaced(view: CalendarView, one: planning.Unplaced) -> UnplacedPerson:
    person = view.person_of[one.candidate]
    additions = tuple(
        AddedTime(
            addition.start,
            addition.end,
            addition.count,
            tuple(mark.short_name for mark in view.courses if mark.course_id in addition.courses),
            addition.role,
        )
        for addition in one.fix.additions
    )
    return UnplacedPerson(
        entry_id=person.entry_id,
        number=person.number,
        name=person.name,
        reason=one.reason.code,
        reason_params={**one.reason.params, "windows": _spans(one.reason.windows)},
        rivals=tuple(view.person_of[key].name for key in one.reason.people),
        windows=one.reason.windows,
        fix=one.fix.code,
        fix_params={
            **one.fix.params,
            "additions": tuple(map(_added, additions)),
            "windows": _spans(one.fix.windows),
        },
        helped=tuple(view.person_of[key].name for key in one.fix.people),
        additions=additions,
        raw_additions=one.fix.additions,
    )


def _spans(windows: Sequence[Window]) -> tuple[str, ...]:
    """Return the first few spans; all of them are with the person in ``windows``."""
    shown = tuple(_span(window) for window in windows[:_SPANS_SAID])
    return shown if len(windows) <= _SPANS_SAID else (*shown, "…")


def _span(window: Window) -> str:
    """Return ``10/30 9:00–10:00``, which is read alike in every language."""
    start, end = window
    return f"{start.month}/{start.day} {start.hour}:{start.minute:02d}–{end.hour}:{end.minute:02d}"


def _added(addition: AddedTime) -> str:
    """Return ``10/30 9:00–10:00 ×2 (職員課・DX)``; one interviewer needs no figure."""
    times = f" ×{addition.count}" if addition.count > 1 else ""
    words = (*filter(None, (addition.role,)), *addition.courses)
    wanted = f" ({'・'.join(words)})" if words else ""
    return f"{_span((addition.start, addition.end))}{times}{wanted}"
