"""From the solver's plan to the plan as it is shown: keys become people, interviewers and courses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fujisawa_desktop.rules import planning
from fujisawa_desktop.rules.planning import Placement, Plan, PlanProblem, Window
from fujisawa_desktop.services.interview_assumptions import Asked, Assumptions
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
from fujisawa_desktop.services.interview_view import Booked, CalendarView

_SPANS_SAID: Final = 4


def plan_view(
    view: CalendarView,
    plan: Plan,
    *,
    programme_id: int,
    problem: PlanProblem,
    assumptions: Assumptions,
    basis: str,
) -> PlanView:
    """Return a plan as it is shown beside the calendar it was made from."""
    placed_keys = {placement.candidate for placement in plan.placed}
    gone = {key: one for key, one in view.booked_of.items() if key not in placed_keys}
    placed = tuple(_planned(view, placement) for placement in plan.placed)
    lost = tuple(_lost(view, key, one) for key, one in gone.items())
    return PlanView(
        programme_id=programme_id,
        placed=placed,
        unplaced=tuple(_unplaced(view, one) for one in plan.unplaced),
        moved=(
            *(one.name for one in placed if one.needs_notice),
            *(one.name for one in lost if one.needs_notice),
        ),
        released=tuple(one.interview_id for one in gone.values()),
        proven_optimal=plan.proven_optimal,
        problem=problem,
        is_trial=bool(assumptions),
        measures=plan.measures,
        lost=lost,
        assumptions=assumptions,
        basis=basis,
    )


def seat_of(view: CalendarView, booked: Booked) -> Seat:
    """Return when and by whom somebody is seen now."""
    names = tuple(view.interviewer_of[key].name for key in booked.interviewer_ids)
    return Seat(booked.start, booked.end, names)


def _planned(view: CalendarView, placement: Placement) -> PlannedInterview:
    person = view.person_of[placement.candidate]
    now = view.booked_of.get(placement.candidate)
    step = Step.NEW
    if now is not None:
        place = (placement.start, placement.end, set(placement.interviewers))
        step = Step.KEPT if place == (now.start, now.end, set(now.interviewer_ids)) else Step.MOVED
    return PlannedInterview(
        key=person.key,
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
        before=None if now is None else seat_of(view, now),
        told=None if now is None else _told(now),
    )


def _lost(view: CalendarView, key: int, booked: Booked) -> LostPlace:
    person = view.person_of[key]
    return LostPlace(
        key, person.number, person.name, seat_of(view, booked), _told(booked), waits=person.waits
    )


def _told(booked: Booked) -> Window | None:
    if booked.announced_start is None or booked.announced_end is None:
        return None
    return booked.announced_start, booked.announced_end


def _unplaced(view: CalendarView, one: planning.Unplaced) -> UnplacedPerson:
    person = view.person_of[one.candidate]
    fixes = tuple(_offer(view, fix) for fix in one.fixes)
    return UnplacedPerson(
        key=person.key,
        entry_id=person.entry_id,
        number=person.number,
        name=person.name,
        reason=one.reason.code,
        reason_params={**one.reason.params, "windows": _spans(one.reason.windows)},
        rivals=tuple(view.person_of[key].name for key in one.reason.people),
        windows=one.reason.windows,
        fixes=fixes,
    )


def _offer(view: CalendarView, fix: planning.Fix) -> FixOffer:
    additions = tuple(
        AddedTime(
            addition.start,
            addition.end,
            addition.count,
            tuple(mark.short_name for mark in view.courses if mark.course_id in addition.courses),
            addition.role,
        )
        for addition in fix.additions
    )
    return FixOffer(
        code=fix.code,
        params={
            **fix.params,
            "additions": tuple(map(_added, additions)),
            "windows": _spans(fix.windows),
        },
        helped=tuple(view.person_of[key].name for key in fix.people),
        additions=additions,
        assumptions=_assumptions(view, fix),
    )


def _assumptions(view: CalendarView, fix: planning.Fix) -> Assumptions:
    """Return what a fix supposes, so that trying it comes to the very plan it was checked with."""
    raises = fix.code in {"plan.fix-raise-limit", "plan.fix-raise-own-limits"}
    return Assumptions(
        additions=fix.additions,
        asked=tuple(
            Asked(view.person_of[key].applicant_id, window) for key in fix.people for window in fix.windows
        ),
        slot_minutes=fix.slot_minutes,
        daily_limit=fix.daily_limit,
        own_limits_more=int(str(fix.params.get("more", 0))) if raises else 0,
    )


def _spans(windows: Sequence[Window]) -> tuple[str, ...]:
    """Return the first few spans; all of them are with the person in ``windows``."""
    shown = tuple(span_words(window) for window in windows[:_SPANS_SAID])
    return shown if len(windows) <= _SPANS_SAID else (*shown, "…")


def span_words(window: Window) -> str:
    """Return ``10/30 9:00–10:00``, which is read alike in every language."""
    start, end = window
    return f"{start.month}/{start.day} {start.hour}:{start.minute:02d}–{end.hour}:{end.minute:02d}"


def _added(addition: AddedTime) -> str:
    """Return ``10/30 9:00–10:00 ×2 (職員課・DX)``; one interviewer needs no figure."""
    times = f" ×{addition.count}" if addition.count > 1 else ""
    words = (*filter(None, (addition.role,)), *addition.courses)
    wanted = f" ({'・'.join(words)})" if words else ""
    return f"{span_words((addition.start, addition.end))}{times}{wanted}"
