"""What a plan is worth, aim by aim, and what is proven about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from fujisawa_desktop.rules.planning_model import (
    Aim,
    Candidate,
    Measure,
    Placement,
    PlanProblem,
    without_lunch,
)
from fujisawa_desktop.rules.planning_search import Times
from fujisawa_desktop.rules.planning_seating import Seating

_MINUTE = timedelta(minutes=1)


def measures_of(times: Times, seating: Seating, placed: Sequence[Placement]) -> tuple[Measure, ...]:
    """Return how well a plan does; fixed interviews count too, but nothing can be done about them."""
    demand, reached = times.network.demand, times.reached
    problem = demand.problem
    fixed = [demand.candidates[position] for position in demand.stays]
    announced = len(demand.announced())
    needs_fixed = sum(_needs_met(problem, one) for one in fixed)
    days = opened_days(placed)
    elsewhere = len(days) + reached[Aim.DAYS].value
    return (
        _most(Aim.PLACED, len(placed), reached[Aim.PLACED].bound + len(fixed)),
        _least(Aim.KEPT, len(times.moved()), announced - reached[Aim.KEPT].bound),
        _most(Aim.NEEDS, reached[Aim.NEEDS].value + needs_fixed, reached[Aim.NEEDS].bound + needs_fixed),
        _least(Aim.DAYS, len(days), elsewhere - reached[Aim.DAYS].bound),
        _least(Aim.LOAD, -seating.load.value, -seating.load.bound),
        _least(Aim.COMPACT, idle_minutes(problem, placed), 0),
    )


def _most(aim: Aim, value: int, bound: int) -> Measure:
    return Measure(aim, value, max(value, bound))


def _least(aim: Aim, value: int, bound: int) -> Measure:
    return Measure(aim, value, max(0, min(value, bound)))


def _needs_met(problem: PlanProblem, candidate: Candidate) -> int:
    booking = candidate.booking
    if booking is None:
        return 0
    supporters = {one.key for one in problem.interviewers if one.gives_support}
    return (candidate.finish_by is not None and booking.start.date() <= candidate.finish_by) + (
        candidate.needs_support and not supporters.isdisjoint(booking.interviewers)
    )


def opened_days(placed: Sequence[Placement]) -> dict[tuple[int, date], list[tuple[datetime, datetime]]]:
    """Return the interviews of each interviewer and day on which there are any, in order."""
    days: dict[tuple[int, date], list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in sorted(placed, key=lambda one: one.start):
        for interviewer in one.interviewers:
            days[interviewer, one.start.date()].append((one.start, one.end))
    return dict(days)


def idle_minutes(problem: PlanProblem, placed: Sequence[Placement]) -> int:
    """Return the minutes between interviews of one interviewer and day, lunch and gaps taken off."""
    total = timedelta()
    for interviews in opened_days(placed).values():
        for (_, end), (start, _) in pairwise(interviews):
            spans = without_lunch((end, start), problem.lunch)
            waited = sum((last - first for first, last in spans), timedelta())
            total += max(timedelta(), waited - problem.gap)
    return total // _MINUTE
