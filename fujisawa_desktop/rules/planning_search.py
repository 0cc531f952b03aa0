"""The aims of a plan, reached one after the other: who gets a place at which time, and which days open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.rules.planning_days import fewest_days
from fujisawa_desktop.rules.planning_demand import Place, Span
from fujisawa_desktop.rules.planning_greedy import first_fit
from fujisawa_desktop.rules.planning_model import Aim, PlanProblem, Stage
from fujisawa_desktop.rules.planning_network import Network
from fujisawa_desktop.rules.planning_shifts import DAY_MINUTES
from fujisawa_desktop.rules.planning_solver import ESSENTIAL_NODES, LATER_NODES, Effort, Reached, Solver

_SETTLED: Final = 10_000

_BOUND_SEATS: Final = 400
"""Of larger plans the bound of the load is taken from the average, which costs nothing."""
_SHARED_SEATS: Final = 2_500
"""In larger plans the load is shared out only once the times are settled."""

Tell = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Times:
    """Who is seen when; by whom is settled by `planning_seating`.

    Attributes:
        place_of: the place of each candidate (a position of `Demand.candidates`) that has one.
        seats: how many seats of a role at a place are taken by members of a shift.
        opened: how many members of each shift come.
        reached: the aims in their order, as gains (days are counted below nought).
        least_load: the busiest interviewer holds at least so many in any plan as good in these aims.
    """

    network: Network
    place_of: dict[int, Place]
    seats: dict[tuple[Place, int, int], int]
    opened: list[int]
    reached: dict[Aim, Reached]
    least_load: int

    @property
    def proven(self) -> bool:
        """Tell whether nobody more can be placed and nobody more can keep the time announced."""
        return self.reached[Aim.PLACED].proven and self.reached[Aim.KEPT].proven

    def unplaced(self) -> list[int]:
        """Return the positions of those who have no interview, in their order."""
        return [position for position in self.network.demand.open if position not in self.place_of]

    def moved(self) -> list[int]:
        """Return the positions of those whose announced time is not kept."""
        demand = self.network.demand
        return [position for position in demand.announced() if not self.keeps(position)]

    def keeps(self, position: int) -> bool:
        """Tell whether somebody's booked time stays as it is."""
        place = self.place_of.get(position)
        return place is not None and place.time == self.network.demand.booked_time(position)


def settle_times(
    problem: PlanProblem,
    effort: Effort,
    *,
    tell: Tell,
    later: bool = True,
    spare: frozenset[int] = frozenset(),
) -> Times:
    """Find the times.

    Args:
        problem: people, interviewers, times.
        effort: how long it may take.
        tell: told what is being done.
        later: whether the aims after the first two are looked at.
        spare: keys of interviewers who should be asked as little as can be; this comes right
            after the first aim, and nothing after the second.

    Raises:
        Cancelled: the person pressed 中止.
    """
    tell(Stage.TIMES)
    return _Search(Network(problem), effort, tell, spare).run(later=later)


class _Search:
    def __init__(self, network: Network, effort: Effort, tell: Tell, spare: frozenset[int]) -> None:
        self._network, self._tell = network, tell
        shifts = network.demand.shifts
        self._spared = {number for number in range(len(shifts.shifts)) if shifts.first(number).key in spare}
        self._solver = Solver(network.rows, effort, is_network=network.is_network)
        self._least_load = 0

    def run(self, *, later: bool) -> Times:
        network, gains = self._network, self._network.gains
        self._tell(Stage.PLACED)
        reached = {Aim.PLACED: self._best(gains.placed, ESSENTIAL_NODES)}
        if self._solver.values is None:
            self._solver.values = first_fit(network)
            value = self._solver.value(gains.placed)
            reached[Aim.PLACED] = Reached(value, reached[Aim.PLACED].bound)
        if self._spared:
            self._best({seat.column: -1 for seat in network.seats if seat.shift in self._spared}, LATER_NODES)
        self._tell(Stage.KEPT)
        reached[Aim.KEPT] = self._best(gains.kept, ESSENTIAL_NODES)
        if self._spared:
            self._days([network.opened[number] for number in sorted(self._spared)])
            self._best(self._early(), LATER_NODES)
        elif later:
            self._best(gains.same, LATER_NODES)
            self._tell(Stage.NEEDS)
            reached[Aim.NEEDS] = self._best(gains.needs, LATER_NODES)
            self._tell(Stage.DAYS)
            reached[Aim.DAYS] = self._days(network.opened)
            self._tell(Stage.LOAD)
            self._least_load = self._fair_load()
            self._tell(Stage.COMPACT)
            self._best(self._early(), LATER_NODES)
        return self._times(reached)

    def _days(self, columns: list[int]) -> Reached:
        return fewest_days(self._network, self._solver, columns, self._clashes)

    def _best(self, gains: dict[int, int], nodes: int) -> Reached:
        if not gains:
            return Reached(0, 0)
        return self._solver.best(gains, nodes=nodes, rules=self._clashes)

    def _clashes(self, values: list[int]) -> list[list[int]]:
        """Name what nobody can do: be in two interviews of one's own at one time."""
        groups = self._network.groups
        times = {
            ask.group: ask.target
            for ask in self._network.asks
            if values[ask.column] and isinstance(ask.target, Place) and groups[ask.group].apart
        }
        return self._network.clashes(times) if times else []

    def _early(self) -> dict[int, int]:
        """Prefer the time somebody has, then early hours, then early days: so days are compact."""
        seats = self._network.seats
        starts = sorted({seat.place.time[0] for seat in seats})
        first: dict[int, int] = {}
        for start in starts:
            first.setdefault(start // DAY_MINUTES, start)
        days = {day: rank for rank, day in enumerate(first)}
        step = self._network.demand.problem.slot_minutes
        gains = {
            seat.column: -(8 * ((start := seat.place.time[0]) - first[day := start // DAY_MINUTES]) // step)
            - days[day]
            for seat in seats
        }
        known = self._seen_by()
        for seat in seats:
            if seat.shift in known.get(seat.place, ()):
                gains[seat.column] += _SETTLED // 2
        for column in self._network.gains.settled:
            gains[column] = _SETTLED
        return gains

    def _seen_by(self) -> dict[Place, set[int]]:
        """The shifts of those who see somebody at a place now already."""
        demand = self._network.demand
        members = {
            (demand.shifts.interviewers[one].key, shift.day): number
            for number, shift in enumerate(demand.shifts.shifts)
            for one in shift.members
        }
        found: dict[Place, set[int]] = defaultdict(set)
        for group in self._network.groups:
            booking = demand.candidates[group.people[0]].booking
            if group.kept is not None and booking is not None:
                day = group.kept.time[0] // DAY_MINUTES
                keys = ((key, day) for key in booking.interviewers)
                found[group.kept].update(members[key] for key in keys if key in members)
        return found

    def _fair_load(self) -> int:
        """Spare the busiest interviewer; return what the busiest holds at least in any plan as good."""
        solver, load, columns = self._solver, self._network.load, self._network.opened
        if solver.values is None:
            return 0
        opened = [solver.values[column] for column in columns]
        if len(self._network.seats) > _SHARED_SEATS:
            solver.bounds(columns, opened, opened)
            return 0
        solver.extend()
        bound = solver.relax({load: -1}) if len(self._network.seats) <= _BOUND_SEATS else None
        solver.bounds(columns, opened, opened)
        least = solver.relax({load: -1})
        if least is not None:
            solver.bounds([load], [-least], [-least])
            solver.best({}, nodes=LATER_NODES, hold=False, rules=self._clashes)
        return 0 if bound is None else -bound

    def _times(self, reached: dict[Aim, Reached]) -> Times:
        network = self._network
        values = self._solver.values or []
        people = {number: iter(group.people) for number, group in enumerate(network.groups)}
        waiting: dict[Span | Place, list[int]] = defaultdict(list)
        for ask in sorted(network.asks, key=lambda ask: (ask.group, ask.column)):
            for _ in range(values[ask.column]):
                waiting[ask.target].append(next(people[ask.group]))
        for column, span, place in network.steps:
            if values[column]:
                queue = sorted(waiting[span])
                waiting[place] += queue[: values[column]]
                waiting[span] = queue[values[column] :]
        return Times(
            network,
            {position: place for place in network.places for position in waiting[place]},
            {
                (seat.place, seat.role, seat.shift): values[seat.column]
                for seat in network.seats
                if values[seat.column]
            },
            [values[column] for column in network.opened],
            reached,
            self._least_load,
        )
