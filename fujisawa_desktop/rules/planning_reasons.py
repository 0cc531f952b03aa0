"""Why somebody has no place: the smallest group that competes for too few places.

From an unplaced person one walks to everybody who holds a place that person could take, from
them to everybody who holds a place *they* could take, and so on.  Nobody outside the group so
reached stands in its way, so if the group had room for one more, the plan would not be the best.
That is the proof, and where one interviewer sees one person in one slot, no smaller group around
this person would do (Hall, alternating paths).  With panels, limits or several lengths the walk
goes too far, so everybody without whom the group lacks as many places is left out again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Final

from fujisawa_desktop.rules.planning_demand import Demand, Place, Span, overlap
from fujisawa_desktop.rules.planning_model import (
    PlanProblem,
    Reason,
    Stage,
    Window,
    grid,
    merged,
    without_lunch,
)
from fujisawa_desktop.rules.planning_reach import reached_by_all
from fujisawa_desktop.rules.planning_search import Times, settle_times
from fujisawa_desktop.rules.planning_shifts import Time, moment
from fujisawa_desktop.rules.planning_solver import Effort

_SHRINKABLE: Final = 30
"""People of a group that is made smaller by planning again without each of them."""


class Rivalry:
    """Who stands in whose way in one plan."""

    def __init__(self, times: Times, effort: Effort) -> None:
        self.times = times
        self.demand = times.network.demand
        self.unplaced = times.unplaced()
        self._effort = effort
        self._groups: dict[int, list[int]] = {}

    @cached_property
    def asks(self) -> dict[int, list[Span | Place]]:
        """What each of those who wait could take."""
        network = self.times.network
        of_group: dict[int, list[Span | Place]] = defaultdict(list)
        for ask in network.asks:
            of_group[ask.group].append(ask.target)
        return {
            position: of_group[number]
            for number, group in enumerate(network.groups)
            for position in group.people
        }

    @cached_property
    def rivals(self) -> dict[int, frozenset[int]]:
        """Those who are reached from each of the unplaced."""
        edges = self._edges()
        return reached_by_all(edges, [("person", position) for position in self.unplaced])

    def _edges(self) -> dict[object, list[object]]:
        edges: dict[object, list[object]] = {
            ("person", position): [*targets] for position, targets in self.asks.items()
        }
        for _, span, place in self.times.network.steps:
            edges.setdefault(span, []).append(place)
        holders: dict[object, list[object]] = defaultdict(list)
        for position, place in self.times.place_of.items():
            holders[place].append(("person", position))
        for place in self.times.network.places:
            edges[place] = [*self._ways(place)]
        for place, _, number in self.times.seats:
            for way in self._in_the_way(place, number):
                edges.setdefault(way, []).extend(holders[place])
        self._add_twins(edges)
        return edges

    def _ways(self, place: Place) -> dict[object, None]:
        options = self.demand.options(place)
        return dict.fromkeys(
            way for shifts in options for one in shifts for way in self._in_the_way(place, one)
        )

    def _in_the_way(self, place: Place, number: int) -> list[object]:
        """Return what an interview uses up: moments of a shift, and its limit where that is reached."""
        shift = self.demand.shifts.of(number)
        ways: list[object] = [("busy", number, clique) for clique in shift.cliques_of(place.time)]
        if number in self._at_limit:
            ways.append(("limit", number))
        return ways

    @cached_property
    def _at_limit(self) -> set[int]:
        held: dict[int, int] = defaultdict(int)
        for (_, _, number), count in self.times.seats.items():
            held[number] += count
        shifts = self.demand.shifts
        return {
            number
            for number, count in held.items()
            if (limit := shifts.of(number).limit) is not None
            and count >= limit * len(shifts.of(number).members)
        }

    def _add_twins(self, edges: dict[object, list[object]]) -> None:
        """Somebody's own other interview stands in the way of this one."""
        by_person: dict[int, list[int]] = defaultdict(list)
        for number, group in enumerate(self.times.network.groups):
            person = self.demand.candidates[group.people[0]].person
            if group.apart and person is not None:
                by_person[person].append(number)
        groups = self.times.network.groups
        for numbers in by_person.values():
            people = [groups[number].people[0] for number in numbers]
            for one in people:
                for other in people:
                    place = self.times.place_of.get(other)
                    if one != other and place is not None and self._could_meet(one, place):
                        edges[("person", one)].append(("person", other))

    def _could_meet(self, position: int, place: Place) -> bool:
        return any(
            isinstance(target, Place) and overlap(target.time, place.time) for target in self.asks[position]
        )

    @cached_property
    def _exact(self) -> bool:
        network = self.times.network
        shifts = self.demand.shifts.shifts
        return (
            network.is_network
            and all(shift.plain and shift.limit is None for shift in shifts)
            and not any(group.apart for group in network.groups)
        )

    @cached_property
    def barred(self) -> frozenset[int]:
        """Keys of those who could be seen if no interview were fixed."""
        return self._with_options(self.demand.problem)

    @cached_property
    def panelless(self) -> frozenset[int]:
        """Keys of those who could be seen by one interviewer, but not by a whole panel."""
        return self._with_options(replace(self.demand.problem, panel=()))

    def _with_options(self, problem: PlanProblem) -> frozenset[int]:
        people = tuple(
            replace(self.demand.candidates[position], booking=None)
            for position in self.unplaced
            if not self.asks.get(position)
        )
        demand = Demand(replace(problem, candidates=people))
        return frozenset(
            demand.candidates[position].key
            for group in demand.groups
            if group.spans or group.places
            for position in group.people
        )

    def group(self, position: int) -> list[int]:
        """Return the group that competes with an unplaced candidate: unplaced ones first.

        Other unplaced people who could only take places of the same group belong to it.
        """
        if position not in self._groups:
            self._groups[position] = self._group(position)
        return self._groups[position]

    def closed(self, position: int) -> list[int]:
        """Return everybody an unplaced candidate competes with, needed for the reason or not."""
        left, placed = self._competing(position)
        return left + placed

    def _competing(self, position: int) -> tuple[list[int], list[int]]:
        reached = self.rivals[position]
        others = [
            other
            for other in self.unplaced
            if other != position and self.asks.get(other) and self.rivals[other] <= reached
        ]
        return sorted([*others, position]), sorted(reached - set(self.unplaced))

    def _group(self, position: int) -> list[int]:
        left, placed = self._competing(position)
        if not self._exact and 1 < len(left) + len(placed) <= _SHRINKABLE:
            placed = self._needed(left, placed)
        return left + placed

    def _needed(self, left: list[int], placed: list[int]) -> list[int]:
        """Leave out, one after the other, those without whom as many still lack a place."""
        needed = list(placed)
        for one in reversed(placed):
            fewer = [other for other in needed if other != one]
            alone = settle_times(self.only([*left, *fewer]), self._effort, tell=_silent, later=False)
            if alone.proven and len(alone.unplaced()) == len(left):
                needed = fewer
        return needed

    def only(self, positions: list[int]) -> PlanProblem:
        """Return the problem of these people alone, fixed interviews beside them."""
        chosen = {*positions, *self.demand.stays}
        people = tuple(self.demand.candidates[position] for position in sorted(chosen))
        return replace(self.demand.problem, candidates=people)


def _silent(_stage: Stage) -> None:
    pass


def reason_for(rivalry: Rivalry, position: int) -> Reason:
    """Say why the candidate at this position of the demand has no place."""
    demand = rivalry.demand
    problem = demand.problem
    candidate = demand.candidates[position]
    minutes = demand.length(position)
    parts = [part for window in merged(candidate.windows) for part in without_lunch(window, problem.lunch)]
    if not candidate.windows:
        return Reason("plan.no-availability")
    if not any(grid(part, timedelta(minutes=minutes), timedelta()) for part in parts):
        return Reason("plan.window-too-short", {"slot_minutes": minutes})
    if not demand.sights[demand.sight(candidate.courses)]:
        return Reason("plan.no-interviewer")
    if not rivalry.asks.get(position):
        return _without_options(rivalry, position, tuple(parts))
    if not rivalry.times.proven:
        return Reason("plan.time-ran-out")
    return _crowded(rivalry, position)


def _without_options(rivalry: Rivalry, position: int, parts: tuple[Window, ...]) -> Reason:
    key = rivalry.demand.candidates[position].key
    if key in rivalry.barred:
        return Reason("plan.only-locked", windows=parts)
    return Reason("plan.no-panel" if key in rivalry.panelless else "plan.no-overlap", windows=parts)


def _crowded(rivalry: Rivalry, position: int) -> Reason:
    demand, group = rivalry.demand, rivalry.group(position)
    # Many people ask for the same spans: each is looked at once.
    targets = {target for member in group for target in rivalry.asks[member]}
    slots = {time for target in targets for time in _times(rivalry, target)}
    spans = tuple((moment(start), moment(end)) for start, end in slots)
    windows = merged(spans, bridge=demand.problem.gap)
    places = sum(1 for member in group if member in rivalry.times.place_of)
    params = {"people": len(group), "places": places}
    code = "plan.crowded" if len(windows) == 1 else "plan.crowded-many"
    return Reason(code, params, tuple(demand.candidates[member].key for member in group), windows)


def _times(rivalry: Rivalry, target: Span | Place) -> list[Time]:
    places = [target] if isinstance(target, Place) else rivalry.demand.places_of(target)
    return [place.time for place in places]
