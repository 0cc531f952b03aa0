"""A plan to fall back on when no time was left to solve anything: what fits, in order."""

from __future__ import annotations

from collections import defaultdict

from fujisawa_desktop.rules.planning_demand import Place, Span, overlap
from fujisawa_desktop.rules.planning_network import Ask, Network
from fujisawa_desktop.rules.planning_shifts import Time


def first_fit(network: Network) -> list[int]:
    """Return a value for each column, so that nobody is in two places at once."""
    return _FirstFit(network).run()


class _FirstFit:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._demand = network.demand
        self._values = [0] * len(network.rows.upper)
        self._busy: dict[tuple[int, int], int] = defaultdict(int)
        self._count: dict[int, int] = defaultdict(int)
        self._of_person: dict[int, list[Time]] = defaultdict(list)
        self._seat = {(seat.place, seat.role, seat.shift): seat.column for seat in network.seats}
        self._steps: dict[Span, list[tuple[int, Place]]] = defaultdict(list)
        for column, span, place in network.steps:
            self._steps[span].append((column, place))

    def run(self) -> list[int]:
        asks: dict[int, list[Ask]] = defaultdict(list)
        for ask in self._network.asks:
            asks[ask.group].append(ask)
        for number, group in enumerate(self._network.groups):
            for position in group.people:
                self._place(position, asks[number])
        for shift, column in enumerate(self._network.opened):
            self._values[column] = len(self._demand.shifts.of(shift).members)
        return self._values

    def _place(self, position: int, asks: list[Ask]) -> None:
        person = self._demand.candidates[position].person
        for ask in asks:
            lone = isinstance(ask.target, Place)
            ways = [(-1, ask.target)] if isinstance(ask.target, Place) else self._steps[ask.target]
            for column, place in ways:
                taken = self._of_person[person] if person is not None else []
                if any(overlap(place.time, other) for other in taken) or not self._take(place):
                    continue
                self._values[ask.column] += 1
                if not lone:
                    self._values[column] += 1
                taken.append(place.time)
                return

    def _take(self, place: Place) -> bool:
        """Take a whole panel, or nothing."""
        taken: list[tuple[int, int]] = []
        options = self._demand.options(place)
        # Seats for any role come last: they are content with what is left.
        for role in sorted(range(len(options)), key=lambda one: self._demand.roles[one][0] == ""):
            for _ in range(self._demand.roles[role][1]):
                shift = next((one for one in options[role] if self._is_free(one, place.time)), None)
                if shift is None:
                    for one, other in taken:
                        self._mark(one, other, place, -1)
                    return False
                self._mark(role, shift, place, 1)
                taken.append((role, shift))
        return True

    def _is_free(self, number: int, time: Time) -> bool:
        shift = self._demand.shifts.of(number)
        size = len(shift.members)
        if shift.limit is not None and self._count[number] >= size * shift.limit:
            return False
        return all(self._busy[number, clique] < size for clique in shift.cliques_of(time))

    def _mark(self, role: int, number: int, place: Place, by: int) -> None:
        self._values[self._seat[place, role, number]] += by
        self._count[number] += by
        for clique in self._demand.shifts.of(number).cliques_of(place.time):
            self._busy[number, clique] += by
