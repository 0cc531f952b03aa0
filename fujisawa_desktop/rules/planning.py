"""The interview plan: who is seen by whom and when, proven to be the best there is.

The rules are hard: an interview lies on the grid of one window of one interviewer who may see the
course, wholly within the time the applicant can come, outside lunch, and neither side is in two
places at once.  The wishes come in this order: most people placed; fewest announced times moved;
fewest other bookings changed; early slots, so that days fill up one after the other.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable

from fujisawa_desktop.rules.planning_fixes import fixes_for
from fujisawa_desktop.rules.planning_model import (
    Addition,
    Booking,
    Candidate,
    Fix,
    Interviewer,
    Placement,
    Plan,
    PlanProblem,
    Reason,
    Unplaced,
    Window,
    with_additions,
)
from fujisawa_desktop.rules.planning_options import Option
from fujisawa_desktop.rules.planning_reasons import Rivalry, reason_for
from fujisawa_desktop.rules.planning_search import DEFAULT_LIMIT_SECONDS, Assignment, Effort, assign

__all__ = [
    "Addition",
    "Booking",
    "Candidate",
    "Fix",
    "Interviewer",
    "Placement",
    "Plan",
    "PlanProblem",
    "Reason",
    "Unplaced",
    "Window",
    "make_plan",
    "with_additions",
]


def _never() -> bool:
    return False


def make_plan(
    problem: PlanProblem,
    *,
    stop: Callable[[], bool] = _never,
    limit_seconds: float = DEFAULT_LIMIT_SECONDS,
) -> Plan:
    """Make the best plan and explain everybody who is not in it.

    Args:
        problem: people, interviewers, times and bookings.
        stop: asked now and then, also from within the solver; True ends the work.
        limit_seconds: time after which the best plan found so far is taken, marked unproven.

    Raises:
        Cancelled: ``stop`` answered True.
    """
    effort = Effort(time.monotonic() + limit_seconds, stop)
    assignment = assign(problem, effort)
    rivalry = Rivalry(assignment)
    reasons = {position: reason_for(rivalry, position) for position in rivalry.unplaced}
    fixes = fixes_for(rivalry, reasons, effort)
    candidates = assignment.table.candidates
    return Plan(
        placed=_placements(assignment),
        unplaced=tuple(
            Unplaced(candidates[position].key, reasons[position], fixes[position])
            for position in rivalry.unplaced
        ),
        moved=tuple(candidates[position].key for position in assignment.moved()),
        proven_optimal=assignment.proven,
    )


def _placements(assignment: Assignment) -> tuple[Placement, ...]:
    """Return chosen and locked interviews, those of one candidate at one time made one."""
    candidates = assignment.table.candidates
    panels: dict[tuple[int, object, object], list[Option]] = defaultdict(list)
    for option in (*assignment.held.values(), *assignment.table.locked):
        panels[option.candidate, option.start, option.end].append(option)
    placements = [
        Placement(
            candidates[panel[0].candidate].key,
            tuple(option.interviewer for option in panel),
            panel[0].start,
            panel[0].end,
        )
        for panel in panels.values()
    ]
    numbers = {candidate.key: candidate.number for candidate in candidates}
    return tuple(sorted(placements, key=lambda one: (one.start, numbers[one.candidate], one.candidate)))
