"""The fewest interviewer-days that are enough for a plan."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from fujisawa_desktop.rules.planning_network import Network
from fujisawa_desktop.rules.planning_shifts import DAY_MINUTES, minute
from fujisawa_desktop.rules.planning_solver import LATER_NODES, Reached, Rules, Solver

_DIVES: Final = 40
"""Relaxations solved in search of the fewest days: a count, not a time."""
_NODES: Final = 60
_BRANCHED_SEATS: Final = 1_200
"""Larger plans are not branched on: the dive comes as near, in a tenth of the time."""
_FINE: Final = 100
_WHOLE: Final = 1e-6


def fewest_days(network: Network, solver: Solver, columns: list[int], rules: Rules) -> Reached:
    """Open as few interviewer-days as can be and hold their number.

    Those with fixed interviews are open anyway.  Of plans with equally many days the one there is
    now is kept, so that planning again changes nothing.

    Args:
        network: the plan.
        solver: holds the aims before this one.
        columns: those of `Network.opened` that count.
        rules: see `Solver.best`.

    Returns:
        The days as a gain, counted below nought.
    """
    costs, one = _costs(network)
    _release(network, solver, columns)
    gains = {column: -costs[column] for column in columns}
    days = dict.fromkeys(columns, -1)
    bound = solver.relax(gains)
    if bound is None:
        return Reached(solver.value(days), 0)
    least, most = solver.bounds_of(columns)
    # What is taken off the costs comes to less than one day, so rounding gives the days alone.
    bound //= one
    dived = _Dive(solver, columns).run()
    found: list[list[int]] = []
    for opened in (_now(network, columns, least), dived):
        if opened is not None:
            solver.bounds(columns, opened, opened)
            found += _fitting(solver, rules)
    solver.bounds(columns, least, most)
    if found:
        solver.values = min(found, key=lambda values: sum(values[column] for column in columns))
    if solver.value(days) < bound and len(network.seats) <= _BRANCHED_SEATS:
        bound = max(solver.value(days), min(bound, _branched(solver, columns, rules)))
    value = solver.value(days)
    solver.at_least(days, value)
    return Reached(value, max(value, bound))


def _release(network: Network, solver: Solver, columns: list[int]) -> None:
    """Let the days be closed, except of those who hold fixed interviews on them."""
    shifts = network.demand.shifts
    places = {column: shifts.of(number) for number, column in enumerate(network.opened)}
    kept = [len(places[column].members) if places[column].fixed else 0 for column in columns]
    solver.release(columns, kept)


def _fitting(solver: Solver, rules: Rules) -> list[list[int]]:
    """Return an answer within the bounds as they are now, if there is one."""
    found = solver.attempt(nodes=LATER_NODES, rules=rules)
    return [] if found is None else [found]


def _branched(solver: Solver, columns: list[int], rules: Rules) -> int:
    """Look for fewer days within a number of nodes, and return the bound."""
    branched = solver.branch(dict.fromkeys(columns, -1), _NODES)
    if branched is None:
        return 0
    opened, bound = branched
    if -sum(opened) > solver.value(dict.fromkeys(columns, -1)):
        least, most = solver.bounds_of(columns)
        solver.bounds(columns, opened, opened)
        for found in _fitting(solver, rules):
            solver.values = found
        solver.bounds(columns, least, most)
    return bound


def _now(network: Network, columns: list[int], least: list[int]) -> list[int] | None:
    """Return how many of each shift have interviews now, or None if nobody has."""
    demand = network.demand
    numbers = {
        (demand.shifts.interviewers[member].key, shift.day): number
        for number, shift in enumerate(demand.shifts.shifts)
        for member in shift.members
    }
    busy = {
        (key, minute(booking.start) // DAY_MINUTES)
        for _, booking in demand.movable()
        for key in booking.interviewers
    }
    count = Counter(numbers[one] for one in busy if one in numbers)
    places = {column: number for number, column in enumerate(network.opened)}
    now = [max(low, count[places[column]]) for column, low in zip(columns, least, strict=True)]
    return now if count else None


def _costs(network: Network) -> tuple[dict[int, int], int]:
    """Prefer, of equally many, days with interviews already, early days, those who see few courses.

    Returns the cost of opening each column, and the cost that counts as one day.
    """
    demand = network.demand
    shifts = demand.shifts.shifts
    days = {day: rank for rank, day in enumerate(sorted({shift.day for shift in shifts}))}
    busy = {
        (key, minute(booking.start) // DAY_MINUTES)
        for _, booking in demand.movable()
        for key in booking.interviewers
    }
    rebates = []
    for number, shift in enumerate(shifts):
        first = demand.shifts.first(number)
        known = any((demand.shifts.interviewers[one].key, shift.day) in busy for one in shift.members)
        early = len(days) - days[shift.day]
        rebates.append(2 * early + (first.courses is not None) + 2 * (len(days) + 1) * known)
    total = sum(rebate * len(shift.members) for rebate, shift in zip(rebates, shifts, strict=True))
    one_day = _FINE * (1 + total)
    return {column: one_day - rebate for column, rebate in zip(network.opened, rebates, strict=True)}, one_day


class _Dive:
    """From the relaxation to whole numbers of open days: round up what hardly fails, many at a time."""

    def __init__(self, solver: Solver, columns: list[int]) -> None:
        self._solver, self._columns = solver, columns
        self._least, self._most = solver.bounds_of(columns)

    def run(self) -> list[int]:
        """Return how many members of each shift come."""
        opened = self._solver.relaxed(self._columns)
        share = 2
        for _ in range(_DIVES):
            torn = sorted((part, place) for place, value in enumerate(opened) if (part := _part(value)))
            if not torn:
                break
            target = math.ceil(sum(opened) - _WHOLE)
            if sum(math.ceil(value - _WHOLE) for value in opened) <= target:
                break
            batch = [place for _, place in torn[-max(1, len(torn) // share) :]]
            fits = self._rounded_up(batch, opened, target)
            if fits is None and len(batch) > 1:
                share *= 2
                continue
            if fits is None:
                self._most[batch[0]] = math.floor(opened[batch[0]])
                fits = self._again()
            if fits is None:
                break
            opened = fits
        return [math.ceil(value - _WHOLE) for value in opened]

    def _rounded_up(self, batch: list[int], opened: list[float], target: int) -> list[float] | None:
        """Round some up; return the open days if there are still no more of them than before."""
        before = list(self._least)
        for place in batch:
            self._least[place] = math.ceil(opened[place])
        fits = self._again()
        if fits is not None and math.ceil(sum(fits) - _WHOLE) <= target:
            return fits
        self._least = before
        return None

    def _again(self) -> list[float] | None:
        self._solver.bounds(self._columns, self._least, self._most)
        return None if self._solver.again() is None else self._solver.relaxed(self._columns)


def _part(value: float) -> float:
    part = value - math.floor(value)
    return part if _WHOLE < part < 1 - _WHOLE else 0.0
