"""The applicants' side of a plan: who asks for which times, those who ask for the same made one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from fujisawa_desktop.rules.planning_model import Booking, Candidate, PlanProblem, merged
from fujisawa_desktop.rules.planning_shifts import Held, Shifts, Time, minute, moment, range_of

_MOST_TOLD: Final = 600
"""Of more announced people it is not looked at who sees them: it makes the plan several times as large."""


class Place(NamedTuple):
    """A time at which people of one kind could be seen.

    Attributes:
        sight: by whom: a place in `Demand.sights`.
        support: whether it counts that somebody is there who gives support.
        kept: for those only who hold this time now; it need not lie on anybody's grid.
        seen_by: keys of those who were announced as seeing this one person.
    """

    sight: int
    support: bool
    time: Time
    kept: bool = False
    seen_by: tuple[int, ...] = ()


class Span(NamedTuple):
    """Neighbouring starts that somebody can come to: a range of `Demand.starts`."""

    sight: int
    support: bool
    length: int
    first: int
    last: int


@dataclass(slots=True)
class Group:
    """People who ask for the same.

    Attributes:
        people: places in `Demand.candidates`.
        spans: when they can come, and whether that is early enough for them.
        places: single times: of those whose times must be told apart.
        kept: the time they have now.
        announced: that time was told to them.
        apart: it is somebody who waits for several interviews.
    """

    people: list[int]
    spans: list[tuple[Span, bool]]
    places: list[tuple[Place, bool]]
    kept: Place | None = None
    announced: bool = False
    apart: bool = False


class Demand:
    """Everybody who waits, in the order of their numbers."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.candidates: list[Candidate] = sorted(
            problem.candidates, key=lambda candidate: (candidate.number, candidate.key)
        )
        self.fixed = [
            Held(position, interviewer, time_of(booking))
            for position, booking in self._bookings(stay=True)
            for interviewer in booking.interviewers
        ]
        self.stays = {position for position, _ in self._bookings(stay=True)}
        self.open = [position for position in range(len(self.candidates)) if position not in self.stays]
        self._held = {
            position: time_of(booking)
            for position, booking in self._bookings(stay=False)
            if self._can_come(self.candidates[position], time_of(booking))
        }
        self.shifts = Shifts(problem, self.fixed, map(self.length, self.open), self._held.values())
        self.sights: list[frozenset[int]] = []
        self._sight_of: dict[frozenset[int], int] = {}
        self._starts: dict[tuple[int, int], list[int]] = {}
        self._options: dict[tuple[int, Time, bool], tuple[tuple[int, ...], ...]] = {}
        self.groups = self._groups()

    def length(self, position: int) -> int:
        """Return the minutes of somebody's interview."""
        return self.candidates[position].minutes or self.problem.slot_minutes

    def sight(self, courses: frozenset[int]) -> int:
        """Return the place in ``sights`` of those who may see somebody for these courses."""
        if courses not in self._sight_of:
            everybody = self.shifts.interviewers
            seen_by = frozenset(place for place, one in enumerate(everybody) if one.may_see(courses))
            if seen_by not in self.sights:
                self.sights.append(seen_by)
            self._sight_of[courses] = self.sights.index(seen_by)
        return self._sight_of[courses]

    @cached_property
    def roles(self) -> list[tuple[str, int]]:
        """The roles of a panel and how many of each."""
        return sorted(Counter(self.problem.seats).items())

    def options(self, place: Place) -> tuple[tuple[int, ...], ...]:
        """Return for each role the shifts that could take the time, or nothing if no panel is complete."""
        key = (place.sight, place.time, place.kept)
        if key not in self._options:
            self._options[key] = self._panel(*key)
        return self._options[key]

    def _panel(self, sight: int, time: Time, kept: bool) -> tuple[tuple[int, ...], ...]:  # noqa: FBT001
        seen_by, shifts = self.sights[sight], self.shifts
        there = [place for place in shifts.at.get((time, kept), ()) if shifts.of(place).members[0] in seen_by]
        found = []
        for role, count in self.roles:
            fit = tuple(place for place in there if role in ("", shifts.first(place).role))
            # Nobody has two roles, so only seats for any role compete with the others.
            wanted = len(self.problem.seats) if role == "" else count
            if sum(len(shifts.of(place).members) for place in fit) < wanted:
                return ()
            found.append(fit)
        return tuple(found)

    def starts(self, sight: int, length: int) -> list[int]:
        """Return all starts of complete panels, in order."""
        key = (sight, length)
        if key not in self._starts:
            times = [time for time, kept in self.shifts.at if not kept and time[1] - time[0] == length]
            places = (Place(sight, support=False, time=time) for time in times)
            self._starts[key] = sorted(place.time[0] for place in places if self.options(place))
        return self._starts[key]

    def places_of(self, span: Span) -> list[Place]:
        """Return the single times of a span."""
        starts = self.starts(span.sight, span.length)[span.first : span.last]
        return [Place(span.sight, span.support, (start, start + span.length)) for start in starts]

    def spans(self, position: int) -> list[tuple[Span, bool]]:
        """Return when somebody can come and whether that is early enough (True where it counts)."""
        candidate, length = self.candidates[position], self.length(position)
        sight = self.sight(candidate.courses)
        starts = self.starts(sight, length)
        found = []
        for start, end in merged(candidate.windows):
            first, last = range_of(starts, minute(start), minute(end) - length)
            if first < last:
                early = candidate.finish_by is not None and start.date() <= candidate.finish_by
                found.append((Span(sight, candidate.needs_support, length, first, last), early))
        return found

    def _groups(self) -> list[Group]:
        apart = self._told_apart()
        groups: dict[object, Group] = {}
        for position in self.open:
            candidate = self.candidates[position]
            spans = self.spans(position)
            kept = self._kept_place(position)
            if position in apart:
                taken = apart[position]
                places = [
                    (place, early)
                    for span, early in spans
                    for place in self.places_of(span)
                    if not any(overlap(place.time, other) for other in taken)
                ]
                if kept is not None and any(overlap(kept.time, other) for other in taken):
                    kept = None
                groups[position] = Group([position], [], places, kept, apart=True)
            elif kept is not None:
                groups[position] = Group([position], spans, [], kept)
            else:
                groups.setdefault(tuple(spans), Group([], spans, [])).people.append(position)
                continue
            booking = candidate.booking
            groups[position].announced = booking is not None and booking.announced
        return list(groups.values())

    def announced(self) -> list[int]:
        """Return those whose time was announced and may change."""
        return [position for position, booking in self.movable() if booking.announced]

    def movable(self) -> list[tuple[int, Booking]]:
        """Return those who have a time that may change."""
        return list(self._bookings(stay=False))

    def booked_time(self, position: int) -> Time | None:
        """Return the time somebody has now."""
        booking = self.candidates[position].booking
        return None if booking is None else time_of(booking)

    def early(self, position: int, time: Time) -> bool:
        """Tell whether a time is as early as the person asked."""
        by = self.candidates[position].finish_by
        return by is not None and moment(time[0]).date() <= by

    def _kept_place(self, position: int) -> Place | None:
        time = self._held.get(position)
        if time is None:
            return None
        candidate = self.candidates[position]
        sight, booking = self.sight(candidate.courses), candidate.booking
        told = booking.interviewers if booking is not None and booking.announced and self._few_told else ()
        plain, kept = (Place(sight, candidate.needs_support, time, kept, told) for kept in (False, True))
        options = self.options(kept)
        return (plain if options == self.options(plain) else kept) if options else None

    @cached_property
    def _few_told(self) -> bool:
        """Tell whether there is a place of its own for everybody who was told a time."""
        return len(self.announced()) <= _MOST_TOLD

    def _told_apart(self) -> dict[int, list[Time]]:
        """Return those who wait for several interviews, with the times of their fixed ones."""
        by_person: dict[int, list[int]] = defaultdict(list)
        for position, candidate in enumerate(self.candidates):
            if candidate.person is not None:
                by_person[candidate.person].append(position)
        fixed = {held.candidate: held.time for held in self.fixed}
        return {
            position: [fixed[other] for other in positions if other in fixed]
            for positions in by_person.values()
            if len(positions) > 1
            for position in positions
            if position not in self.stays
        }

    def _bookings(self, *, stay: bool) -> Iterable[tuple[int, Booking]]:
        for position, candidate in enumerate(self.candidates):
            booking = candidate.booking
            if booking is not None and self.problem.stays(booking) == stay:
                yield position, booking

    @staticmethod
    def _can_come(candidate: Candidate, time: Time) -> bool:
        """Who has stated no time but was booked can come then."""
        spans = merged(candidate.windows)
        return not candidate.windows or any(
            minute(start) <= time[0] and time[1] <= minute(end) for start, end in spans
        )


def time_of(booking: Booking) -> Time:
    """Return the time of a booking in minutes."""
    return minute(booking.start), minute(booking.end)


def overlap(one: Time, other: Time) -> bool:
    """Tell whether two times share a moment."""
    return one[0] < other[1] and other[0] < one[1]
