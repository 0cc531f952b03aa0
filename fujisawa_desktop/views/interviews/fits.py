"""How a start suits somebody, and what stands against it: the services' answers, kept while asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from fujisawa_desktop.services.interview_places import Places, PlaceState, possible_times
from fujisawa_desktop.services.interview_view import Booked, CalendarView, Person

_FREE = ("", "interview.applicant-away")


class Fit(StrEnum):
    """How well a place suits somebody; the worst thing about it counts."""

    GOOD = "good"
    UNWISHED = "unwished"
    AWAY = "away"
    """A rule speaks against it; a clerk may book it all the same."""
    TAKEN = "taken"
    WRONG_COURSE = "wrong-course"

    @property
    def possible(self) -> bool:
        """Whether somebody could be put there without breaking a rule of the office."""
        return self in (Fit.GOOD, Fit.UNWISHED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a start suits somebody.

    Attributes:
        code: of what stands against it, such as ``interview.lunch``; empty when nothing does.
        other: the interview that is in the way.
    """

    fit: Fit
    code: str = ""
    other: Booked | None = None


class Judge:
    """Judges starts by one state of the calendar."""

    def __init__(self, view: CalendarView) -> None:
        self._view = view
        self._asked: dict[tuple[int, int | None], Places] = {}

    def length_of(self, person: Person, leaving: int | None) -> timedelta:
        """Return how long the interview lasts: as long as now when it is moved."""
        booked = self._view.interview_of.get(leaving) if leaving is not None else None
        return booked.end - booked.start if booked is not None else self._view.length_of(person)

    def verdict(self, person: Person, interviewer_id: int, start: datetime, leaving: int | None) -> Verdict:
        """Tell how a start suits somebody; ``leaving`` is the interview that would move there."""
        question = (person.key, leaving)
        if question not in self._asked:
            length = self.length_of(person, leaving)
            self._asked[question] = possible_times(
                self._view, person.key, interview_id=leaving, length=length
            )
        answer = self._asked[question].at(interviewer_id, start)
        if answer.code in _FREE:
            return Verdict(Fit.UNWISHED if answer.code else Fit.GOOD, answer.code)
        if answer.code == "interview.wrong-course":
            return Verdict(Fit.WRONG_COURSE, answer.code)
        if answer.state is PlaceState.UNAVAILABLE and answer.code != "interview.gap":
            return Verdict(Fit.AWAY, answer.code)
        other = self._in_the_way(person, interviewer_id, start, leaving)
        return Verdict(Fit.TAKEN, answer.code, other)

    @cached_property
    def _by_day(self) -> dict[object, list[Booked]]:
        found: dict[object, list[Booked]] = {}
        for interview in self._view.interviews:
            found.setdefault(interview.start.date(), []).append(interview)
        return found

    def _in_the_way(
        self, person: Person, interviewer_id: int, start: datetime, leaving: int | None
    ) -> Booked | None:
        """Return the interview that takes the interviewer's or the person's time."""
        end = start + self.length_of(person, leaving)
        gap = timedelta(minutes=self._view.gap_minutes)
        for other in self._by_day.get(start.date(), ()):
            if other.interview_id == leaving:
                continue
            near = other.start < end + gap and start < other.end + gap
            if near and interviewer_id in other.interviewer_ids:
                return other
            over = other.start < end and start < other.end
            if over and self._view.person_of[other.key].applicant_id == person.applicant_id:
                return other
        return None
