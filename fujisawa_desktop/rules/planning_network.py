"""The plan as a flow: groups of people → spans → places → seats of shifts, ready for the solver.

Without panels and with one length every row is that of a network, so the corner points of the
relaxation are whole numbers and the solver needs no branching.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from fujisawa_desktop.rules.planning_demand import Demand, Group, Place, Span, overlap
from fujisawa_desktop.rules.planning_model import PlanProblem
from fujisawa_desktop.rules.planning_solver import ANY, Rows


class Ask(NamedTuple):
    """A column: so many of a group are seen in a span, or at a single place."""

    column: int
    group: int
    target: Span | Place


class Seat(NamedTuple):
    """A column: so many seats of a role at a place are taken by members of a shift."""

    column: int
    place: Place
    role: int
    shift: int


@dataclass(slots=True)
class Gains:
    """What counts for an aim, by column.

    Attributes:
        placed, kept, needs: people placed, announced times kept, needs met.
        settled: times kept that were not announced.
        same: interviewers who go on seeing the person they were announced for.
    """

    placed: dict[int, int]
    kept: dict[int, int]
    needs: dict[int, int]
    settled: dict[int, int]
    same: dict[int, int]


class Network:
    """The columns and rows of a problem.

    Attributes:
        asks: who is seen when; ``steps`` leads from the spans to their places.
        seats: who sees them.
        opened: for each shift the column that counts its members who come at all.
        load: the column that no interviewer's number of interviews exceeds.
    """

    def __init__(self, problem: PlanProblem) -> None:
        self.demand = Demand(problem)
        self.rows = Rows()
        self.gains = Gains({}, {}, {}, {}, {})
        self.asks: list[Ask] = []
        self.steps: list[tuple[int, Span, Place]] = []
        self.seats: list[Seat] = []
        self._into: dict[Span | Place, list[int]] = defaultdict(list)
        self._ask_everybody()
        self._lead_on()
        self._seat()
        self.opened = self._open()
        self.rows.part()
        self.load = self._share()

    @property
    def groups(self) -> list[Group]:
        """Those who ask."""
        return self.demand.groups

    @property
    def is_network(self) -> bool:
        """Tell whether every row is that of a flow."""
        return len(self.demand.problem.seats) == 1

    def _ask_everybody(self) -> None:
        for number, group in enumerate(self.groups):
            size = len(group.people)
            targets: list[tuple[Span | Place, bool]] = [*group.places]
            for span, early in group.spans:
                lone = span.last - span.first == 1
                targets.append((self.demand.places_of(span)[0] if lone else span, early))
            columns = [self._ask(number, target, size, early=early) for target, early in targets]
            if group.kept is not None:
                columns.append(self._keep(number, group, group.kept))
            if len(columns) > 1:
                self.rows.row(-ANY, size, columns, [1] * len(columns))

    def _ask(self, group: int, target: Span | Place, size: int, *, early: bool) -> int:
        column = self.rows.column(size)
        self.asks.append(Ask(column, group, target))
        self._into[target].append(column)
        self.gains.placed[column] = 1
        if early:
            self.gains.needs[column] = 1
        return column

    def _keep(self, number: int, group: Group, kept: Place) -> int:
        early = self.demand.early(group.people[0], kept.time)
        column = self._ask(number, kept, 1, early=early)
        if group.announced:
            self.gains.kept[column] = 1
        else:
            self.gains.settled[column] = 1
        return column

    def _lead_on(self) -> None:
        for span in [target for target in self._into if isinstance(target, Span)]:
            places = self.demand.places_of(span)
            inward = self._into[span]
            outward = [self.rows.column(ANY) for _ in places]
            for column, place in zip(outward, places, strict=True):
                self.steps.append((column, span, place))
                self._into[place].append(column)
            self.rows.row(0, 0, [*inward, *outward], [1] * len(inward) + [-1] * len(outward))

    def _seat(self) -> None:
        self.places = sorted(target for target in self._into if isinstance(target, Place))
        for place in self.places:
            inward = self._into[place]
            supporting: list[int] = []
            options = self.demand.options(place)
            for role, ((_, count), shifts) in enumerate(zip(self.demand.roles, options, strict=True)):
                columns = []
                for shift in shifts:
                    column = self.rows.column(len(self.demand.shifts.of(shift).members))
                    columns.append(column)
                    self.seats.append(Seat(column, place, role, shift))
                    if any(
                        self.demand.shifts.interviewers[one].key in place.seen_by
                        for one in self.demand.shifts.of(shift).members
                    ):
                        self.gains.same[column] = 1
                    if place.support and self.demand.shifts.first(shift).gives_support:
                        supporting.append(column)
                self.rows.row(0, 0, [*inward, *columns], [count] * len(inward) + [-1] * len(columns))
            if supporting:
                self._support(inward, supporting)

    def _support(self, inward: list[int], supporting: list[int]) -> None:
        if self.is_network:
            self.gains.needs.update(dict.fromkeys(supporting, 1))
            return
        met = self.rows.column(ANY)
        self.gains.needs[met] = 1
        self.rows.row(-ANY, 0, [met, *inward], [1] + [-1] * len(inward))
        self.rows.row(-ANY, 0, [met, *supporting], [1] + [-1] * len(supporting))

    def _open(self) -> list[int]:
        """Count the members of a shift who are busy at a time; none may be at two places at once."""
        using: dict[int, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
        for seat in self.seats:
            using[seat.shift][seat.place.time].append(seat.column)
        opened = []
        for number, shift in enumerate(self.demand.shifts.shifts):
            size = len(shift.members)
            # All come until the days are counted: while this is fixed, the rows are a network's.
            column = self.rows.column(size, size)
            opened.append(column)
            by_time = using[number]
            for clique in shift.cliques:
                busy = [one for place in clique for one in by_time.get(shift.times[place], ())]
                if busy:
                    self.rows.row(-ANY, 0, [*busy, column], [1] * len(busy) + [-1])
            if shift.limit is not None:
                busy = [one for columns in by_time.values() for one in columns]
                if len(by_time) > shift.limit:
                    self.rows.row(-ANY, 0, [*busy, column], [1] * len(busy) + [-shift.limit])
        return opened

    def _share(self) -> int:
        """Say who of a shift holds how many of its interviews, so that the busiest can be spared."""
        shifts = self.demand.shifts
        using: dict[int, list[int]] = defaultdict(list)
        for seat in self.seats:
            using[seat.shift].append(seat.column)
        holding: dict[int, list[int]] = defaultdict(list)
        for number, columns in sorted(using.items()):
            members = shifts.of(number).members
            if len(members) == 1:
                holding[members[0]] += columns
                continue
            shares = [self.rows.column(len(shifts.of(number).times)) for _ in members]
            self.rows.row(0, 0, [*columns, *shares], [1] * len(columns) + [-1] * len(shares))
            for member, share in zip(members, shares, strict=True):
                holding[member].append(share)
        fixed = Counter(held.interviewer for held in self.demand.fixed)
        load = self.rows.column(ANY, max(fixed.values(), default=0))
        for one, columns in sorted(holding.items()):
            held = fixed[shifts.interviewers[one].key]
            self.rows.row(-ANY, -held, [*columns, load], [1] * len(columns) + [-1])
        return load

    def clashes(self, group_times: dict[int, Place]) -> list[list[int]]:
        """Return sets of columns of one person of which one at most may be chosen, where it is not kept.

        Args:
            group_times: the place of each group of a person who waits for several interviews.
        """
        by_person: dict[int, list[int]] = defaultdict(list)
        for number in group_times:
            person = self.demand.candidates[self.groups[number].people[0]].person
            if person is not None:
                by_person[person].append(number)
        rules = []
        for numbers in by_person.values():
            for place, one in enumerate(numbers):
                for other in numbers[place + 1 :]:
                    times = group_times[one].time, group_times[other].time
                    if overlap(*times):
                        rules.append(self._at(numbers, max(times)[0]))
        return rules

    def _at(self, groups: list[int], minute: int) -> list[int]:
        """Return the columns in which these groups are busy at one minute."""
        return [
            ask.column
            for ask in self._asks_of(groups)
            if isinstance(ask.target, Place) and ask.target.time[0] <= minute < ask.target.time[1]
        ]

    def _asks_of(self, groups: list[int]) -> list[Ask]:
        wanted = set(groups)
        return [ask for ask in self.asks if ask.group in wanted]
