"""Who sees whom, once the times are settled: a fair load, and as far as can be who saw them before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from fujisawa_desktop.rules.planning_demand import Demand, Place
from fujisawa_desktop.rules.planning_search import Times
from fujisawa_desktop.rules.planning_shifts import DAY_MINUTES, Time
from fujisawa_desktop.rules.planning_solver import ANY, LATER_NODES, Effort, Reached, Rows, Solver

Panels = dict[int, tuple[int, ...]]
"""The interviewers (places in `Shifts.interviewers`) of each candidate, seat by seat."""


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sees whom, and how the load is shared (as a gain: counted below nought)."""

    panels: Panels
    load: Reached


class Chair(NamedTuple):
    """One interviewer in one role at one place."""

    place: Place
    role: int
    interviewer: int


def seat_everybody(times: Times, effort: Effort, *, spare: frozenset[int] = frozenset()) -> Seating:
    """Find who sees whom; those with keys in ``spare`` are asked only where nobody else can be.

    Raises:
        Cancelled: the person pressed 中止.
    """
    room = _Room(times)
    chairs = room.dealt()
    better = _shared_out(room, chairs, effort, spare)
    panels = _panels(room, chairs if better is None else better)
    busiest = room.busiest(panels.values())
    return Seating(panels, Reached(-busiest, max(-busiest, -max(room.least_load(), times.least_load))))


class _Room:
    """The times, seen by interviewer."""

    def __init__(self, times: Times) -> None:
        self.times = times
        self.demand: Demand = times.network.demand
        self.people: dict[Place, list[int]] = defaultdict(list)
        for position in sorted(times.place_of):
            self.people[times.place_of[position]].append(position)
        self.fixed = Counter(held.interviewer for held in self.demand.fixed)
        self.coming = self._coming()

    @cached_property
    def booked(self) -> Mapping[tuple[Place, int], list[int]]:
        """The people at a place whom an interviewer sees now already."""
        known = {one.key: place for place, one in enumerate(self.demand.shifts.interviewers)}
        found: dict[tuple[Place, int], list[int]] = defaultdict(list)
        for place, people in self.people.items():
            for position in people:
                booking = self.demand.candidates[position].booking
                if booking is not None and self.times.keeps(position):
                    for key in booking.interviewers:
                        if key in known:
                            found[place, known[key]].append(position)
        return found

    def _coming(self) -> list[list[int]]:
        """Choose who of a shift comes: who sees somebody then already, then who came least so far."""
        seen: Counter[tuple[int, int]] = Counter()
        for (place, interviewer), people in self.booked.items():
            seen[interviewer, place.time[0] // DAY_MINUTES] += len(people)
        days: Counter[int] = Counter()
        coming = []
        for shift, count in zip(self.demand.shifts.shifts, self.times.opened, strict=True):
            order = sorted(shift.members, key=lambda one: (-seen[one, shift.day], days[one], one))
            coming.append(sorted(order[:count]))
            days.update(coming[-1])
        return coming

    def dealt(self) -> dict[Chair, int]:
        """Deal the seats of each shift out to those who come, to whoever has least."""
        by_shift: dict[int, list[tuple[Time, Place, int, int]]] = defaultdict(list)
        for (place, role, shift), count in self.times.seats.items():
            by_shift[shift].append((place.time, place, role, count))
        load = Counter(
            {place: self.load_fixed(place) for place in range(len(self.demand.shifts.interviewers))}
        )
        chairs: dict[Chair, int] = {}
        for number, seats in sorted(by_shift.items()):
            today: Counter[int] = Counter()
            free = dict.fromkeys(self.coming[number], -ANY)
            for (start, end), place, role, count in sorted(seats):
                able = [one for one in free if free[one] <= start]
                for one in sorted(able, key=lambda one: (today[one], load[one], one))[:count]:
                    chairs[Chair(place, role, one)] = 1
                    free[one] = end + self.demand.problem.gap_minutes
                    today[one] += 1
                    load[one] += 1
        return chairs

    def load_fixed(self, interviewer: int) -> int:
        """Return how many fixed interviews somebody holds."""
        return self.fixed[self.demand.shifts.interviewers[interviewer].key]

    def busiest(self, panels: Iterable[tuple[int, ...]]) -> int:
        """Return how many interviews the busiest interviewer holds."""
        load = Counter(one for panel in panels for one in panel)
        everybody = range(len(self.demand.shifts.interviewers))
        return max((load[one] + self.load_fixed(one) for one in everybody), default=0)

    def least_load(self) -> int:
        """Return what the busiest interviewer holds at least, however the seats are shared out."""
        there = {member for shift in self.demand.shifts.shifts for member in shift.members}
        held = [self.load_fixed(one) for one in range(len(self.demand.shifts.interviewers))]
        seats = len(self.times.place_of) * len(self.demand.problem.seats) + sum(held[one] for one in there)
        return max([-(-seats // len(there)) if there else 0, *held])


class _Table:
    """The seats as columns: one for each chair an interviewer who comes could take."""

    def __init__(self, room: _Room) -> None:
        self.rows, self.chairs = Rows(), dict[Chair, int]()
        self._room, self._demand = room, room.demand
        self._of: dict[tuple[int, int], dict[Time, list[int]]] = defaultdict(lambda: defaultdict(list))
        coming = [frozenset(members) for members in room.coming]
        for place, people in sorted(room.people.items()):
            self._sit(place, len(people), coming)
        self._one_at_a_time()
        self.load = self._share()

    def _sit(self, place: Place, people: int, coming: list[frozenset[int]]) -> None:
        supporting = []
        options = self._demand.options(place)
        for role, ((_, count), shifts) in enumerate(zip(self._demand.roles, options, strict=True)):
            columns = []
            for shift in shifts:
                for one in sorted(coming[shift]):
                    column = self.rows.column(1)
                    columns.append(column)
                    self.chairs[Chair(place, role, one)] = column
                    self._of[shift, one][place.time].append(column)
                    if self._demand.shifts.interviewers[one].gives_support:
                        supporting.append(column)
            self.rows.row(people * count, people * count, columns, [1] * len(columns))
        if place.support:
            met = sum(
                count
                for (other, _, shift), count in self._room.times.seats.items()
                if other == place and self._demand.shifts.first(shift).gives_support
            )
            self.rows.row(min(met, people), ANY, supporting, [1] * len(supporting))

    def _one_at_a_time(self) -> None:
        for (number, _), by_time in self._of.items():
            shift = self._demand.shifts.of(number)
            for clique in shift.cliques:
                busy = [column for place in clique for column in by_time.get(shift.times[place], ())]
                if len(busy) > 1:
                    self.rows.row(-ANY, 1, busy, [1] * len(busy))
            if shift.limit is not None and len(by_time) > shift.limit:
                busy = [column for columns in by_time.values() for column in columns]
                self.rows.row(-ANY, shift.limit, busy, [1] * len(busy))

    def _share(self) -> int:
        load = self.rows.column(ANY)
        holding: dict[int, list[int]] = defaultdict(list)
        for chair, column in self.chairs.items():
            holding[chair.interviewer].append(column)
        for one, columns in sorted(holding.items()):
            fixed = self._room.load_fixed(one)
            self.rows.row(-ANY, -fixed, [*columns, load], [1] * len(columns) + [-1])
        return load


def _shared_out(
    room: _Room, dealt: dict[Chair, int], effort: Effort, spare: frozenset[int]
) -> dict[Chair, int] | None:
    """Share the seats out fairly; None if no better way than the dealt one was found in time."""
    if not dealt:
        return None
    table = _Table(room)
    # Presolve takes this model to a tenth: here it is quicker than the way of networks.
    solver = Solver(table.rows, effort)
    key_of = [one.key for one in room.demand.shifts.interviewers]
    spared = {column: -1 for chair, column in table.chairs.items() if key_of[chair.interviewer] in spare}
    told = {
        column: 1
        for chair, column in table.chairs.items()
        if key_of[chair.interviewer] in chair.place.seen_by
    }
    for gains in filter(None, (spared, told)):
        solver.best(gains, nodes=LATER_NODES)
    least = solver.relax({table.load: -1})
    if least is None:
        return None
    busiest = max(-least, *(room.load_fixed(chair.interviewer) for chair in dealt))
    solver.bounds([table.load], [busiest], [busiest])
    kept = {
        table.chairs[chair]: len(people)
        for chair in table.chairs
        if (people := room.booked.get((chair.place, chair.interviewer)))
    }
    solver.best(kept, nodes=LATER_NODES, hold=False)
    values = solver.values
    return None if values is None else {chair: 1 for chair, column in table.chairs.items() if values[column]}


def _panels(room: _Room, chairs: Mapping[Chair, int]) -> Panels:
    """Tell the people of one place apart: who keeps an interviewer, then in order."""
    seated: dict[tuple[Place, int], list[int]] = defaultdict(list)
    for chair in sorted(chairs):
        seated[chair.place, chair.role].append(chair.interviewer)
    panels: dict[int, list[int]] = {position: [] for people in room.people.values() for position in people}
    for place, people in room.people.items():
        for role, (_, count) in enumerate(room.demand.roles):
            for _ in range(count):
                _give(room, place, people, seated[place, role], panels)
    return {position: tuple(panel) for position, panel in panels.items()}


def _give(
    room: _Room, place: Place, people: list[int], seated: list[int], panels: dict[int, list[int]]
) -> None:
    """Give each of the people one of those seated, and take these off the list."""
    supports = [one.gives_support for one in room.demand.shifts.interviewers]
    waiting = list(people)
    if place.support:
        waiting.sort(key=lambda position: any(supports[one] for one in panels[position]))
        seated.sort(key=lambda one: not supports[one])
    else:
        for one in list(seated):
            known = [position for position in room.booked.get((place, one), ()) if position in waiting]
            if known:
                panels[known[0]].append(one)
                waiting.remove(known[0])
                seated.remove(one)
    for position in waiting:
        panels[position].append(seated.pop(0))
