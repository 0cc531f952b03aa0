"""The least time of more interviewers that gives a place to people who have none.

The people of the group are planned once more, alone, beside interviewers who do not exist: one
kind for each seat of a panel, there whenever one of those without a place can come.  Of all such
plans one is taken that takes the fewest of their interviews, then the fewest of them at once, as
early as possible.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from fujisawa_desktop.rules.planning_model import (
    Addition,
    Interviewer,
    Stage,
    Window,
    merged,
    without_lunch,
)
from fujisawa_desktop.rules.planning_reasons import Rivalry
from fujisawa_desktop.rules.planning_search import Times, settle_times
from fujisawa_desktop.rules.planning_seating import seat_everybody
from fujisawa_desktop.rules.planning_shifts import moment
from fujisawa_desktop.rules.planning_solver import Effort

_ADDED: Final = "\0added"


def least_additions(
    rivalry: Rivalry, named: frozenset[int], effort: Effort
) -> tuple[frozenset[int], tuple[Addition, ...]]:
    """Return who of the named people gets a place by added time, and which time that takes."""
    demand = rivalry.demand
    problem = rivalry.only(sorted(set().union(*(rivalry.closed(position) for position in named))))
    added = _added(rivalry, named)
    problem = replace(problem, interviewers=(*problem.interviewers, *added))
    times = settle_times(problem, effort, tell=_silent, spare=frozenset(one.key for one in added))
    people = times.network.demand.candidates
    placed = {people[position].key for position in times.place_of}
    helped = frozenset(position for position in named if demand.candidates[position].key in placed)
    return helped, _additions(times, {one.key: one.role for one in added}, effort)


def _added(rivalry: Rivalry, named: frozenset[int]) -> list[Interviewer]:
    """Return enough added interviewers for each role, with the lowest keys."""
    problem = rivalry.demand.problem
    windows = _windows_from_each_start(rivalry, named)
    lowest = min((one.key for one in problem.interviewers), default=0)
    found: list[Interviewer] = []
    for role, count in rivalry.demand.roles:
        for _ in range(count * len(named)):
            found.append(Interviewer(min(lowest, 0) - 1 - len(found), _ADDED, None, windows, role))
    return found


def _windows_from_each_start(rivalry: Rivalry, named: frozenset[int]) -> tuple[Window, ...]:
    """Return spans from every moment somebody becomes free to the end of the people's day.

    Interviews pushed as early as they go start when somebody becomes free or right after another
    one, so these grids hold a best arrangement.
    """
    problem = rivalry.demand.problem
    parts = [
        part
        for position in named
        for window in merged(rivalry.demand.candidates[position].windows)
        for part in without_lunch(window, problem.lunch)
    ]
    last: dict[date, datetime] = {}
    for start, end in parts:
        last[start.date()] = max(end, last.get(start.date(), end))
    spans = {part for start, _ in parts for part in without_lunch((start, last[start.date()]), problem.lunch)}
    return tuple(sorted(spans))


def _silent(_stage: Stage) -> None:
    pass


def _additions(times: Times, roles: dict[int, str], effort: Effort) -> tuple[Addition, ...]:
    """Join neighbouring interviews of one added interviewer, then count equal spans."""
    demand = times.network.demand
    seen: dict[int, list[tuple[int, int, frozenset[int]]]] = defaultdict(list)
    for position, panel in seat_everybody(times, effort).panels.items():
        start, end = times.place_of[position].time
        for one in panel:
            key = demand.shifts.interviewers[one].key
            if key in roles:
                seen[key].append((start, end, demand.candidates[position].courses))
    counted: Counter[tuple[int, int, tuple[int, ...], str]] = Counter()
    for key, interviews in seen.items():
        for start, end, courses in _runs(
            sorted(interviews, key=lambda one: one[:2]), demand.problem.gap_minutes
        ):
            counted[start, end, tuple(sorted(courses)), roles[key]] += 1
    return tuple(
        Addition(moment(start), moment(end), count, frozenset(courses), role)
        for (start, end, courses, role), count in sorted(counted.items())
    )


def _runs(
    interviews: list[tuple[int, int, frozenset[int]]], gap: int
) -> list[tuple[int, int, frozenset[int]]]:
    runs: list[tuple[int, int, frozenset[int]]] = []
    for start, end, courses in interviews:
        if runs and start == runs[-1][1] + gap:
            runs[-1] = (runs[-1][0], end, runs[-1][2] | courses)
        else:
            runs.append((start, end, courses))
    return runs
