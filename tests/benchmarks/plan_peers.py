"""What others take for the same plan: scipy for the places, OR-Tools CP-SAT for everything.

Neither is a dependency of the program: ``pip install scipy ortools`` brings them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from typing import Any, Final

from fujisawa_desktop.rules.planning import Aim, Candidate, PlanProblem
from fujisawa_desktop.rules.planning_model import grid, merged, without_lunch

HOW_TO_GET: Final = "pip install scipy ortools"
CAP_SECONDS: Final = 120.0

Seat = tuple[int, datetime, datetime]


def has(name: str) -> bool:
    """Tell whether a peer is installed."""
    return find_spec(name) is not None


def seats(problem: PlanProblem) -> list[Seat]:
    """List every slot of every interviewer."""
    return [
        (place, start, end)
        for place, interviewer in enumerate(problem.interviewers)
        for window in interviewer.windows
        for part in without_lunch(window, problem.lunch)
        for start, end in grid(part, problem.slot, problem.gap)
    ]


def choices(problem: PlanProblem, candidate: Candidate, every: Sequence[Seat]) -> list[int]:
    """List the slots one person could take."""
    spans = merged(candidate.windows)
    return [
        number
        for number, (place, start, end) in enumerate(every)
        if any(first <= start and end <= last for first, last in spans)
        and problem.interviewers[place].may_see(candidate.courses)
    ]


def scipy_places(problem: PlanProblem) -> tuple[int, float]:
    """Return how many people scipy places, and the seconds."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    started = time.perf_counter()
    every = seats(problem)
    cost = np.ones((len(problem.candidates), len(every)), dtype=np.float32)
    for row, candidate in enumerate(problem.candidates):
        cost[row, choices(problem, candidate, every)] = 0
    rows, columns = linear_sum_assignment(cost)
    placed = int((cost[rows, columns] == 0).sum())
    return placed, time.perf_counter() - started


@dataclass
class Answer:
    """What CP-SAT proved, aim by aim, and when."""

    proven: dict[Aim, int]
    seconds: dict[Aim, float]


def cp_sat(problem: PlanProblem, aims: Sequence[Aim]) -> Answer:
    """Reach the aims in their order with CP-SAT, each to its proof, on all cores."""
    from ortools.sat.python import cp_model

    started = time.perf_counter()
    model = cp_model.CpModel()
    same: list[Any] = []
    objectives = _written(model, problem, same)
    answer = Answer({}, {})
    for aim in aims:
        expression, largest = objectives[aim]
        (model.maximize if largest else model.minimize)(expression)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, CAP_SECONDS - (time.perf_counter() - started))
        status = solver.solve(model)
        answer.seconds[aim] = time.perf_counter() - started
        if status != cp_model.OPTIMAL:
            return answer
        answer.proven[aim] = round(solver.objective_value)
        model.add(expression == answer.proven[aim])
        if aim is Aim.KEPT and same:
            # Who was told an interviewer keeps that one, of plans that move as few: part of this aim.
            model.maximize(sum(same))
            if solver.solve(model) != cp_model.OPTIMAL:
                return answer
            model.add(sum(same) == round(solver.objective_value))
    return answer


def _written(model: Any, problem: PlanProblem, same_seat: list[Any]) -> dict[Aim, tuple[Any, bool]]:
    every = seats(problem)
    taking: dict[int, list[Any]] = defaultdict(list)
    placed, needs, lost, opened = [], [], [], {}
    for candidate in problem.candidates:
        own = {number: model.new_bool_var("") for number in choices(problem, candidate, every)}
        model.add_at_most_one(own.values())
        placed += own.values()
        for number, chosen in own.items():
            taking[number].append(chosen)
        _wishes(problem, candidate, every, own, needs)
        booking = candidate.booking
        if booking is not None and booking.announced:
            same = [one for number, one in own.items() if every[number][1:] == (booking.start, booking.end)]
            lost.append(1 - sum(same))
            told = (
                one
                for number, one in own.items()
                if every[number][1:] == (booking.start, booking.end)
                and problem.interviewers[every[number][0]].key in booking.interviewers
            )
            same_seat += told
    for number, chosen_by in taking.items():
        model.add_at_most_one(chosen_by)
        day: tuple[int, date] = (every[number][0], every[number][1].date())
        if day not in opened:
            opened[day] = model.new_bool_var("")
        for chosen in chosen_by:
            model.add_implication(chosen, opened[day])
    return {
        Aim.PLACED: (sum(placed), True),
        Aim.KEPT: (sum(lost), False),
        Aim.NEEDS: (sum(needs), True),
        Aim.DAYS: (sum(opened.values()), False),
    }


def _wishes(
    problem: PlanProblem, candidate: Candidate, every: Sequence[Seat], own: dict[int, Any], needs: list[Any]
) -> None:
    tests: list[Callable[[Seat], bool]] = []
    by = candidate.finish_by
    if by is not None:
        tests.append(lambda seat: seat[1].date() <= by)
    if candidate.needs_support:
        tests.append(lambda seat: problem.interviewers[seat[0]].gives_support)
    needs += [one for test in tests for number, one in own.items() if test(every[number])]
