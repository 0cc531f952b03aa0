"""How many interviewer-hours n people take, before anybody has said when they can come.

The figures are those of full days: every interviewer is there for the whole span, and nobody's
wishes are known.  So they are the least that is needed; the share of people who cannot come as
planned and take a second place is the only allowance.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.rules.planning_model import grid, without_lunch

_SOME_DAY: Final = date(2000, 1, 1)
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """How the interviews are held.

    Attributes:
        days: on how many days.
        day: from when until when on each of them.
        seats: how many interviewers see a person together.
        daily_limit: at most so many interviews an interviewer holds a day, or None.
        spare_percent: of a hundred people so many take a second place, because they cannot come
            to the first.
    """

    days: int
    day: tuple[time, time]
    slot_minutes: int = 30
    gap_minutes: int = 0
    lunch: tuple[time, time] | None = None
    seats: int = 1
    daily_limit: int | None = None
    spare_percent: int = 0

    def __post_init__(self) -> None:
        """Refuse figures that mean nothing."""
        if self.slot_minutes <= 0 or self.gap_minutes < 0:
            raise RuleError("plan.bad-length", slot_minutes=self.slot_minutes, gap_minutes=self.gap_minutes)
        limit = 1 if self.daily_limit is None else self.daily_limit
        if min(self.days, self.seats, limit) < 1 or not 0 <= self.spare_percent <= _PERCENT:
            raise RuleError("plan.bad-estimate")
        if not self.slots_a_day:
            raise RuleError("plan.day-too-short", slot_minutes=self.slot_minutes)

    @property
    def slots_a_day(self) -> int:
        """Interviews that one interviewer can hold on one day."""
        start, end = (datetime.combine(_SOME_DAY, moment) for moment in self.day)
        slot, gap = timedelta(minutes=self.slot_minutes), timedelta(minutes=self.gap_minutes)
        fit = sum(len(grid(part, slot, gap)) for part in without_lunch((start, end), self.lunch))
        return fit if self.daily_limit is None else min(fit, self.daily_limit)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a number of people takes.

    Attributes:
        interviews: places to provide, second ones counted.
        interviewer_minutes: time of all interviewers together in interviews and the gaps after them.
        interviewer_days: days of single interviewers, if each of them is filled before another one.
        interviewers_a_day: how many must be there at once, if the interviews are spread evenly.
    """

    interviews: int
    interviewer_minutes: int
    interviewer_days: int
    interviewers_a_day: int


def estimate(people: int, setting: Setting) -> Estimate:
    """Return what so many people take.

    Raises:
        RuleError: ``plan.bad-estimate`` for fewer than no people.
    """
    if people < 0:
        raise RuleError("plan.bad-estimate")
    interviews = people + _up(people * setting.spare_percent, _PERCENT)
    minutes = setting.slot_minutes + setting.gap_minutes
    return Estimate(
        interviews=interviews,
        interviewer_minutes=interviews * minutes * setting.seats,
        interviewer_days=_up(interviews, setting.slots_a_day) * setting.seats,
        interviewers_a_day=_up(interviews, setting.slots_a_day * setting.days) * setting.seats,
    )


def people_possible(interviewers: int, setting: Setting) -> int:
    """Return how many people so many interviewers can see, all of them there every day."""
    places = interviewers // setting.seats * setting.slots_a_day * setting.days
    # The second places are rounded up, so the quotient may be one too many.
    people = places * _PERCENT // (_PERCENT + setting.spare_percent)
    return people if estimate(people, setting).interviews <= places else people - 1


def _up(amount: int, unit: int) -> int:
    return -(-amount // unit)
