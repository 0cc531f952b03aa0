"""Why somebody has no place: the smallest group that competes for too few places.

From an unplaced person one walks to everybody who holds a place that person could take, from
them to everybody who holds a place *they* could take, and so on.  Nobody outside the group so
reached stands in its way, so if the group had room for one more, the plan would not be the best.
That is the proof, and no smaller group around this person would do (Hall, alternating paths).
"""

from __future__ import annotations

from functools import cached_property

from fujisawa_desktop.rules.planning_model import Reason, grid, merged, without_lunch
from fujisawa_desktop.rules.planning_options import Diary
from fujisawa_desktop.rules.planning_search import Assignment


class Rivalry:
    """Who stands in whose way in one assignment."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.table = assignment.table
        self._diary = Diary(self.table, assignment.held.values())
        self._rivals: dict[int, frozenset[int]] = {}

    @cached_property
    def unplaced(self) -> list[int]:
        """Positions of those without a place, in the order of the table."""
        return self.assignment.unplaced()

    @cached_property
    def _barred(self) -> frozenset[int]:
        return frozenset(option.candidate for option in self.table.barred)

    def rivals(self, position: int) -> frozenset[int]:
        """Return those who hold a place that this candidate could take."""
        if position not in self._rivals:
            options = self.table.options
            found = (self._diary.clashes(options[column]) for column in self.table.by_candidate[position])
            self._rivals[position] = frozenset().union(*found)
        return self._rivals[position]

    def group(self, position: int) -> list[int]:
        """Return the group that competes with an unplaced candidate: unplaced ones first.

        Other unplaced people who could only take places of the same group belong to it.
        """
        reached = {position}
        frontier = [position]
        while frontier:
            for rival in self.rivals(frontier.pop()) - reached:
                reached.add(rival)
                frontier.append(rival)
        others = {
            other
            for other in self.unplaced
            if self.table.by_candidate[other] and self.rivals(other) <= reached
        }
        placed = sorted(reached - set(self.unplaced))
        return sorted(others | {position}) + placed

    def is_barred(self, position: int) -> bool:
        """Tell whether locked interviews take every place the candidate could have had."""
        return position in self._barred


def reason_for(rivalry: Rivalry, position: int) -> Reason:
    """Say why the candidate at this position of the table has no place."""
    table = rivalry.table
    problem = table.problem
    candidate = table.candidates[position]
    parts = [part for window in merged(candidate.windows) for part in without_lunch(window, problem.lunch)]
    if not candidate.windows:
        return Reason("plan.no-availability")
    if not any(grid(part, problem.slot, problem.gap) for part in parts):
        return Reason("plan.window-too-short", {"slot_minutes": problem.slot_minutes})
    if not any(interviewer.may_see(candidate.courses) for interviewer in table.interviewers):
        return Reason("plan.no-interviewer")
    if not table.by_candidate[position]:
        code = "plan.only-locked" if rivalry.is_barred(position) else "plan.no-overlap"
        return Reason(code, windows=tuple(parts))
    if not rivalry.assignment.proven:
        return Reason("plan.time-ran-out")
    return _crowded(rivalry, position)


def _crowded(rivalry: Rivalry, position: int) -> Reason:
    table = rivalry.table
    group = rivalry.group(position)
    slots = [
        (option.start, option.end)
        for member in group
        for option in (table.options[column] for column in table.by_candidate[member])
    ]
    windows = merged(tuple(set(slots)), bridge=table.problem.gap)
    places = sum(1 for member in group if member in rivalry.assignment.held)
    params = {"people": len(group), "places": places}
    code = "plan.crowded" if len(windows) == 1 else "plan.crowded-many"
    return Reason(code, params, tuple(table.candidates[member].key for member in group), windows)
