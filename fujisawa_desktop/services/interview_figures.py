"""What plans are judged by side by side: figures, aim by aim, and who has another time in which plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fujisawa_desktop.rules.planning_model import Aim, Measure
from fujisawa_desktop.services.interview_assumptions import NOTHING, Assumptions
from fujisawa_desktop.services.interview_plan_rows import seat_of
from fujisawa_desktop.services.interview_plan_view import PlanView, Seat, Step
from fujisawa_desktop.services.interview_view import CalendarView


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """A plan in figures.

    Attributes:
        placed, total: people with a place, and all who are to be interviewed.
        new, moved, lost: interviews to be booked, to be moved, to be taken out.
        announced_moved: people whose announced time is not kept.
        measures: what was reached, aim by aim.
    """

    placed: int
    total: int
    new: int
    moved: int
    lost: int
    announced_moved: int
    measures: tuple[Measure, ...] = ()

    def measure(self, aim: Aim) -> Measure | None:
        """Return what was reached in one aim."""
        return next((one for one in self.measures if one.aim is aim), None)


@dataclass(frozen=True, slots=True)
class Contender:
    """One plan of a comparison.

    Attributes:
        name: as its clerk named it; empty for what has no name of its own.
        seats: when and by whom each person is seen, by the calendar's key.
        is_current: it was made from what is stored now.
    """

    name: str
    figures: PlanFigures
    seats: Mapping[int, Seat]
    assumptions: Assumptions = NOTHING
    is_proven: bool = True
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's places in all plans of a comparison; None is no place."""

    key: int
    number: str
    name: str
    seats: tuple[Seat | None, ...]

    @property
    def differs(self) -> bool:
        """Tell whether the plans do not agree about this person."""
        return len(set(self.seats)) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Plans side by side, and the people in the order of their names."""

    contenders: tuple[Contender, ...]
    people: tuple[PersonLine, ...]

    @property
    def differing(self) -> tuple[PersonLine, ...]:
        """Return those about whom the plans do not agree."""
        return tuple(line for line in self.people if line.differs)


def figures_of(plan: PlanView) -> PlanFigures:
    """Return a plan in figures."""
    return PlanFigures(
        placed=len(plan.placed),
        total=plan.total,
        new=len(plan.of_step(Step.NEW)),
        moved=len(plan.of_step(Step.MOVED)),
        lost=len(plan.lost),
        announced_moved=len(plan.moved),
        measures=plan.measures,
    )


def contender_of(plan: PlanView, name: str = "") -> Contender:
    """Return a plan that is looked at as one side of a comparison."""
    return Contender(
        name,
        figures_of(plan),
        {one.key: one.seat for one in plan.placed},
        plan.assumptions,
        plan.proven_optimal,
    )


def compared(view: CalendarView, contenders: Sequence[Contender]) -> Comparison:
    """Put plans side by side, person by person."""
    keys = {key for one in contenders for key in one.seats}
    concerned = [person for person in view.people if person.waits or person.key in keys]
    return Comparison(
        tuple(contenders),
        tuple(
            PersonLine(
                person.key,
                person.number,
                person.name,
                tuple(one.seats.get(person.key) for one in contenders),
            )
            for person in concerned
        ),
    )


def booked_now(view: CalendarView) -> Contender:
    """Return what is booked now as one side of a comparison."""
    waiting = len(view.waiting)
    seats = {key: seat_of(view, one) for key, one in view.booked_of.items()}
    return Contender("", PlanFigures(len(seats), len(seats) + waiting, 0, 0, 0, 0), seats)


# --- as stored with a draft ------------------------------------------------------


def stored_figures(figures: PlanFigures) -> dict[str, Any]:
    """Return figures as a draft keeps them."""
    return {
        "placed": figures.placed,
        "total": figures.total,
        "new": figures.new,
        "moved": figures.moved,
        "lost": figures.lost,
        "announced_moved": figures.announced_moved,
        "measures": [[one.aim.value, one.value, one.bound] for one in figures.measures],
    }


def figures_from(stored: Mapping[str, Any]) -> PlanFigures:
    """Return what a draft keeps as figures; aims this version does not know are left out."""
    aims = {aim.value: aim for aim in Aim}
    return PlanFigures(
        placed=stored["placed"],
        total=stored["total"],
        new=stored["new"],
        moved=stored["moved"],
        lost=stored["lost"],
        announced_moved=stored["announced_moved"],
        measures=tuple(
            Measure(aims[name], value, bound) for name, value, bound in stored["measures"] if name in aims
        ),
    )
