"""An interview plan as the layers above see it: frozen, with everything that is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fujisawa_desktop.rules.planning import Addition, PlanProblem, Window
from fujisawa_desktop.rules.planning_model import Aim, Measure
from fujisawa_desktop.services.interview_assumptions import NOTHING, Assumptions


class Step(StrEnum):
    """What the plan does with one interview."""

    NEW = "new"
    KEPT = "kept"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Seat:
    """A time and those who see the person then."""

    start: datetime
    end: datetime
    interviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedInterview:
    """One interview of the plan; ``interviewer_ids`` below nought are added ones of a trial.

    Attributes:
        key: what tells this interview to be held from all others, as with the calendar's people.
        before: where the person is booked now, if anywhere.
        told: the time the person was told last, if any.
    """

    key: int
    entry_id: int
    number: str
    name: str
    start: datetime
    end: datetime
    interviewer_ids: tuple[int, ...]
    interviewers: tuple[str, ...]
    step: Step
    before: Seat | None = None
    told: Window | None = None

    @property
    def needs_notice(self) -> bool:
        """Tell whether the person was told another time than this one."""
        return self.told is not None and self.told != (self.start, self.end)

    @property
    def seat(self) -> Seat:
        """Return when and by whom the person is seen."""
        return Seat(self.start, self.end, self.interviewers)


@dataclass(frozen=True, slots=True)
class LostPlace:
    """Somebody who is booked now and has no place in the plan; ``waits`` tells whether one is needed."""

    key: int
    number: str
    name: str
    before: Seat
    told: Window | None
    waits: bool

    @property
    def needs_notice(self) -> bool:
        """Tell whether the person was told a time."""
        return self.told is not None


@dataclass(frozen=True, slots=True)
class AddedTime:
    """Time of ``count`` more interviewers who may see these courses, for the seat of ``role``."""

    start: datetime
    end: datetime
    count: int
    courses: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class FixOffer:
    """One thing that would help, as a code and what fills it.

    Attributes:
        helped: names of those who all get a place by it.
        additions: the interviewers' time it adds.
        assumptions: what to suppose in order to try it; nothing when it cannot be tried.
    """

    code: str
    params: dict[str, object]
    helped: tuple[str, ...]
    additions: tuple[AddedTime, ...] = ()
    assumptions: Assumptions = NOTHING


@dataclass(frozen=True, slots=True)
class UnplacedPerson:
    """Somebody without a place: why (a code and what fills it), and what would help.

    Attributes:
        rivals: names of those who compete for the same places, the unplaced ones first.
        windows: the time they compete for.
        fixes: everything that would help, the smallest first; never empty.
    """

    key: int
    entry_id: int
    number: str
    name: str
    reason: str
    reason_params: dict[str, object]
    rivals: tuple[str, ...]
    windows: tuple[Window, ...]
    fixes: tuple[FixOffer, ...]

    @property
    def fix(self) -> str:
        """The code of the smallest thing that would help."""
        return self.fixes[0].code

    @property
    def fix_params(self) -> dict[str, object]:
        """What fills its sentence."""
        return self.fixes[0].params

    @property
    def helped(self) -> tuple[str, ...]:
        """Names of those who all get a place by it."""
        return self.fixes[0].helped

    @property
    def raw_additions(self) -> tuple[Addition, ...]:
        """The interviewers' time it adds."""
        return self.fixes[0].assumptions.additions


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it is shown; it can be applied while the data are as they were.

    Attributes:
        moved: names of those who were told another time than the plan's, or lose a time they were told.
        released: interviews that the plan takes out of the calendar.
        problem: what the plan was made from.
        is_trial: it was made with something supposed that is not so.
        measures: what was reached, aim by aim, and what is proven.
        lost: those who are booked now and lose their place.
        assumptions: what was supposed.
        basis: digest of what is stored that the plan hangs on, without the assumptions.
    """

    programme_id: int
    placed: tuple[PlannedInterview, ...]
    unplaced: tuple[UnplacedPerson, ...]
    moved: tuple[str, ...]
    released: tuple[int, ...]
    proven_optimal: bool
    problem: PlanProblem
    is_trial: bool = False
    measures: tuple[Measure, ...] = ()
    lost: tuple[LostPlace, ...] = ()
    assumptions: Assumptions = NOTHING
    basis: str = ""

    @property
    def total(self) -> int:
        """Return how many people are to be interviewed."""
        return len(self.placed) + len(self.unplaced)

    @property
    def changes(self) -> int:
        """Return how many interviews are booked, moved or taken out."""
        return len(self.released) + sum(1 for one in self.placed if one.step is not Step.KEPT)

    def of_step(self, step: Step) -> tuple[PlannedInterview, ...]:
        """Return the interviews that are new, kept or moved."""
        return tuple(one for one in self.placed if one.step is step)

    def measure(self, aim: Aim) -> Measure | None:
        """Return what was reached in one aim."""
        return next((one for one in self.measures if one.aim is aim), None)
