"""Every interview that could be held, and which of them exclude each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from fujisawa_desktop.rules.planning_model import (
    Candidate,
    Interviewer,
    PlanProblem,
    Window,
    grid,
    merged,
    without_lunch,
)


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate with one interviewer at one time; ``candidate`` is a position in the list."""

    candidate: int
    interviewer: int
    start: datetime
    end: datetime


class OptionTable:
    """The candidates in the order of their numbers and all their options.

    ``options`` are what the plan may choose from; ``barred`` would be possible if no locked
    interview stood in the way; ``locked`` are the interviews that stay.
    """

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.candidates = sorted(problem.candidates, key=lambda candidate: (candidate.number, candidate.key))
        # Those who may see fewest courses first: it leaves the ones who may see anybody free.
        self.interviewers = sorted(
            problem.interviewers, key=lambda one: (one.courses is None, len(one.courses or ()), one.key)
        )
        self.locked = self._locked()
        self._taken = Diary(self, self.locked)
        possible = [option for position in range(len(self.candidates)) for option in self._possible(position)]
        self.options = [option for option in possible if not self._taken.clashes(option)]
        self.barred = [option for option in possible if self._taken.clashes(option)]

    @cached_property
    def by_candidate(self) -> list[list[int]]:
        """For each candidate, the positions of its options."""
        lists: list[list[int]] = [[] for _ in self.candidates]
        for position, option in enumerate(self.options):
            lists[option.candidate].append(position)
        return lists

    def exclusions(self) -> list[list[int]]:
        """Return groups of options of which at most one can be held."""
        by_interviewer: dict[int, list[int]] = defaultdict(list)
        by_person: dict[int, list[int]] = defaultdict(list)
        doubles = self._persons_with_several_candidacies()
        for position, option in enumerate(self.options):
            by_interviewer[option.interviewer].append(position)
            person = self.candidates[option.candidate].person
            if person is not None and person in doubles:
                by_person[person].append(position)
        groups = [group for group in self.by_candidate if len(group) > 1]
        for positions in by_interviewer.values():
            groups += self._at_one_time(positions, self.problem.gap)
        for positions in by_person.values():
            groups += self._at_one_time(positions, timedelta())
        return groups

    def kept(self, option: Option) -> bool:
        """Tell whether the option is the interview the candidate has now."""
        booking = self.candidates[option.candidate].booking
        return (
            booking is not None
            and (option.start, option.end) == (booking.start, booking.end)
            and (option.interviewer,) == booking.interviewers
        )

    def same_time(self, option: Option) -> bool:
        """Tell whether the option leaves the candidate's booked time as it is."""
        booking = self.candidates[option.candidate].booking
        return booking is not None and (option.start, option.end) == (booking.start, booking.end)

    def _locked(self) -> list[Option]:
        return [
            Option(position, interviewer, booking.start, booking.end)
            for position, candidate in enumerate(self.candidates)
            if (booking := candidate.booking) is not None and booking.stays
            for interviewer in booking.interviewers
        ]

    def _persons_with_several_candidacies(self) -> set[int]:
        seen: set[int] = set()
        twice: set[int] = set()
        for candidate in self.candidates:
            if candidate.person is not None:
                (twice if candidate.person in seen else seen).add(candidate.person)
        return twice

    @cached_property
    def slots(self) -> dict[int, list[Window]]:
        """For each interviewer, the slots of the grid in order of time."""
        problem = self.problem
        return {
            interviewer.key: sorted(
                {
                    slot
                    for window in interviewer.windows
                    for part in without_lunch(window, problem.lunch)
                    for slot in grid(part, problem.slot, problem.gap)
                }
            )
            for interviewer in self.interviewers
        }

    def _possible(self, position: int) -> Iterable[Option]:
        candidate = self.candidates[position]
        if candidate.booking is not None and candidate.booking.stays:
            return
        spans = merged(candidate.windows)
        for interviewer in self.interviewers:
            if not interviewer.may_see(candidate.courses):
                continue
            slots = self.slots[interviewer.key]
            offered: list[Window] = []
            for start, end in spans:
                first = bisect_left(slots, (start, start))
                offered += [slot for slot in slots[first : bisect_right(slots, (end, end))] if slot[1] <= end]
            booked = self._booked_off_grid(candidate, interviewer)
            offered += [slot for slot in booked if slot not in offered]
            for start, end in offered:
                yield Option(position, interviewer.key, start, end)

    def _booked_off_grid(self, candidate: Candidate, interviewer: Interviewer) -> list[Window]:
        """Return the booked time if it may stay with this interviewer, on the grid or not.

        Who has stated no time but was booked by hand keeps the booking; who has stated times and
        cannot come then, or whose interviewer is not there, has to be moved.
        """
        booking = candidate.booking
        if booking is None or booking.interviewers != (interviewer.key,):
            return []
        slot = (booking.start, booking.end)
        there = self._inside(slot, interviewer.windows)
        can_come = not candidate.windows or self._inside(slot, merged(candidate.windows))
        return [slot] if there and can_come else []

    @staticmethod
    def _inside(slot: Window, spans: Iterable[Window]) -> bool:
        return any(start <= slot[0] and slot[1] <= end for start, end in spans)

    def _at_one_time(self, positions: list[int], gap: timedelta) -> list[list[int]]:
        """Return the largest sets of options that all hold one common moment.

        Spans that pairwise overlap share a moment, and that moment can be taken to be the start
        of one of them; so one set for each distinct start says all there is to say.
        """
        ordered = sorted(positions, key=lambda position: self.options[position].start)
        groups: list[list[int]] = []
        active: list[int] = []
        index = 0
        while index < len(ordered):
            moment = self.options[ordered[index]].start
            going_on = [position for position in active if self.options[position].end + gap > moment]
            if len(going_on) < len(active):
                groups.append(active)
            active = going_on
            while index < len(ordered) and self.options[ordered[index]].start == moment:
                active.append(ordered[index])
                index += 1
        groups.append(active)
        return [group for group in groups if len(group) > 1]


class Diary:
    """Interviews that are held, looked up by who cannot take part in another one meanwhile."""

    def __init__(self, table: OptionTable, held: Iterable[Option]) -> None:
        self._gap = table.problem.gap
        self._candidates = table.candidates
        self._of_interviewer: dict[int, list[Option]] = defaultdict(list)
        self._of_person: dict[int, list[Option]] = defaultdict(list)
        for option in held:
            self._of_interviewer[option.interviewer].append(option)
            person = self._candidates[option.candidate].person
            if person is not None:
                self._of_person[person].append(option)
        self._found: dict[tuple[int, datetime, datetime], set[int]] = {}

    def clashes(self, option: Option) -> set[int]:
        """Return the candidates whose interviews stand in the way of ``option``, itself not counted."""
        slot = (option.interviewer, option.start, option.end)
        found = self._found.get(slot)
        if found is None:
            found = {
                other.candidate
                for other in self._of_interviewer[option.interviewer]
                if other.start < option.end + self._gap and option.start < other.end + self._gap
            }
            self._found[slot] = found
        person = self._candidates[option.candidate].person
        twins = {
            other.candidate
            for other in (self._of_person[person] if person is not None else ())
            if other.start < option.end and option.start < other.end
        }
        return (found | twins) - {option.candidate}
