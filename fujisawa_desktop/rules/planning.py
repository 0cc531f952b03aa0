"""The interview plan: who is seen by whom and when, proven to be the best there is.

The rules are hard: an interview starts on the grid of a window of every interviewer it needs, who
may all see the course, lies wholly within the time the applicant can come, outside lunch, and
nobody is in two places at once or holds more interviews a day than allowed.  Who holds a time may
keep it off the grid.  The aims come in the order of `Aim`; how far each was reached, and what is
proven about it, stands in the plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from fujisawa_desktop.rules.planning_demand import Demand
from fujisawa_desktop.rules.planning_fixes import ASK, fixes_for
from fujisawa_desktop.rules.planning_measures import measures_of
from fujisawa_desktop.rules.planning_model import (
    Addition,
    Aim,
    Booking,
    Candidate,
    Fix,
    Interviewer,
    Measure,
    Placement,
    Plan,
    PlanProblem,
    Reason,
    Stage,
    Unplaced,
    Window,
    with_additions,
)
from fujisawa_desktop.rules.planning_reasons import Rivalry, reason_for
from fujisawa_desktop.rules.planning_search import settle_times
from fujisawa_desktop.rules.planning_seating import Panels, seat_everybody
from fujisawa_desktop.rules.planning_shifts import moment
from fujisawa_desktop.rules.planning_solver import Effort

DEFAULT_LIMIT_SECONDS: Final = 60.0

__all__ = [
    "Addition",
    "Aim",
    "Booking",
    "Candidate",
    "Fix",
    "Interviewer",
    "Measure",
    "Placement",
    "Plan",
    "PlanProblem",
    "Reason",
    "Stage",
    "Unplaced",
    "Window",
    "make_plan",
    "with_additions",
]


def _never() -> bool:
    return False


def _silent(_stage: Stage) -> None:
    pass


def make_plan(
    problem: PlanProblem,
    *,
    stop: Callable[[], bool] = _never,
    tell: Callable[[Stage], None] = _silent,
    limit_seconds: float = DEFAULT_LIMIT_SECONDS,
    with_fixes: bool = True,
) -> Plan:
    """Make the best plan and explain everybody who is not in it.

    Args:
        problem: people, interviewers, times and bookings.
        stop: asked now and then, also from within the solver; True ends the work.
        tell: told what is being done, before each stage.
        limit_seconds: time after which the best plan found so far is taken; what it does not
            prove is not said to be proven.
        with_fixes: whether to try what would help; each trial costs about as much as a plan.

    Raises:
        Cancelled: ``stop`` answered True.
    """
    effort = Effort(time.monotonic() + limit_seconds, stop)
    times = settle_times(problem, effort, tell=tell)
    seating = seat_everybody(times, effort)
    demand = times.network.demand
    placed = _placements(
        demand, {position: one.time for position, one in times.place_of.items()}, seating.panels
    )
    tell(Stage.REASONS)
    rivalry = Rivalry(times, effort)
    reasons = {position: reason_for(rivalry, position) for position in rivalry.unplaced}
    tell(Stage.FIXES)
    fixes = fixes_for(rivalry, reasons, effort) if with_fixes else dict.fromkeys(reasons, (ASK,))
    return Plan(
        placed=placed,
        unplaced=tuple(
            Unplaced(demand.candidates[position].key, reasons[position], fixes[position])
            for position in rivalry.unplaced
        ),
        moved=tuple(demand.candidates[position].key for position in times.moved()),
        proven_optimal=times.proven,
        measures=measures_of(times, seating, placed),
    )


def _placements(demand: Demand, times: dict[int, tuple[int, int]], panels: Panels) -> tuple[Placement, ...]:
    """Return the chosen and the fixed interviews, by time and number."""
    interviewers, candidates = demand.shifts.interviewers, demand.candidates
    found = [
        (position, tuple(interviewers[one].key for one in panels[position]), moment(start), moment(end))
        for position, (start, end) in times.items()
    ]
    for position in demand.stays:
        booking = candidates[position].booking
        if booking is not None:
            found.append((position, booking.interviewers, booking.start, booking.end))
    return tuple(
        Placement(candidates[position].key, panel, start, end)
        for position, panel, start, end in sorted(found, key=lambda one: (one[2], one[0]))
    )
