"""From the options to the best assignment: the objectives of the plan, handed to the solver."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fujisawa_desktop.rules.planning_model import PlanProblem
from fujisawa_desktop.rules.planning_options import Option, OptionTable
from fujisawa_desktop.rules.planning_solver import Objective, choose

DEFAULT_LIMIT_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How long the search may take: until ``ends`` on the monotonic clock, or until ``stop`` says so."""

    ends: float
    stop: Callable[[], bool]

    def seconds_left(self) -> float:
        """Return the time left, never below nought."""
        return max(0.0, self.ends - time.monotonic())


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is seen when.

    Attributes:
        table: the options it was chosen from.
        held: the chosen options by the candidate's position; locked interviews are not among them.
        proven: the essential objectives are at their best.
    """

    table: OptionTable
    held: dict[int, Option]
    proven: bool

    def unplaced(self) -> list[int]:
        """Return the positions of the candidates that have no interview."""
        locked = {option.candidate for option in self.table.locked}
        everybody = range(len(self.table.candidates))
        return [position for position in everybody if position not in self.held and position not in locked]

    def moved(self) -> list[int]:
        """Return the positions of those whose announced time is not kept."""
        return [
            position
            for position, candidate in enumerate(self.table.candidates)
            if (booking := candidate.booking) is not None
            and booking.announced
            and not booking.stays
            and (position not in self.held or not self.table.same_time(self.held[position]))
        ]


def assign(problem: PlanProblem, effort: Effort) -> Assignment:
    """Find the best assignment.

    Raises:
        Cancelled: the person pressed 中止.
    """
    table = OptionTable(problem)
    choice = choose(
        len(table.options),
        table.exclusions(),
        _objectives(table),
        limit_seconds=effort.seconds_left(),
        stop=effort.stop,
    )
    held = {table.options[column].candidate: table.options[column] for column in sorted(choice.columns)}
    return Assignment(table, held, choice.proven)


def _objectives(table: OptionTable) -> list[Objective]:
    options, candidates = table.options, table.candidates
    announced = {
        position
        for position, candidate in enumerate(candidates)
        if candidate.booking is not None and candidate.booking.announced
    }
    return [
        Objective(tuple(1 for _ in options)),
        Objective(
            tuple(int(option.candidate in announced and table.same_time(option)) for option in options)
        ),
        Objective(tuple(int(table.kept(option)) for option in options), essential=False),
        Objective(_early(table), essential=False),
    ]


def _early(table: OptionTable) -> tuple[int, ...]:
    """Prefer early starts, and at one start the interviewers in the order of the table."""
    starts: dict[datetime, int] = {}
    for start in sorted({option.start for option in table.options}):
        starts[start] = len(starts)
    rank = {interviewer.key: place for place, interviewer in enumerate(table.interviewers)}
    return tuple(-(starts[option.start] * len(rank) + rank[option.interviewer]) for option in table.options)
