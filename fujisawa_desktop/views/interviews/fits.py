"""How a stretch of an interviewer's time suits somebody, and what stands against it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from fujisawa_desktop.services.interview_view import Booked, CalendarView, InterviewerColumn, Person


class Fit(StrEnum):
    """How well a place suits somebody; the worst thing about it counts."""

    GOOD = "good"
    UNWISHED = "unwished"
    AWAY = "away"
    TAKEN = "taken"
    WRONG_COURSE = "wrong-course"

    @property
    def possible(self) -> bool:
        """Whether somebody could be put there without breaking a rule."""
        return self in (Fit.GOOD, Fit.UNWISHED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a place suits somebody; ``other`` is the interview that is in the way."""

    fit: Fit
    other: Booked | None = None


class Judge:
    """Judges places by one state of the calendar."""

    def __init__(self, view: CalendarView) -> None:
        self._view = view
        self._gap = timedelta(minutes=view.gap_minutes)

    @cached_property
    def _by_interviewer(self) -> dict[tuple[int, date], list[Booked]]:
        found: dict[tuple[int, date], list[Booked]] = defaultdict(list)
        for interview in self._view.interviews:
            for key in interview.interviewer_ids:
                found[key, interview.start.date()].append(interview)
        return found

    @cached_property
    def _by_applicant(self) -> dict[int, list[Booked]]:
        found: dict[int, list[Booked]] = defaultdict(list)
        for interview in self._view.interviews:
            found[self._view.person_of[interview.entry_id].applicant_id].append(interview)
        return found

    def verdict(
        self,
        person: Person,
        interviewer: InterviewerColumn,
        start: datetime,
        end: datetime,
        leaving: int | None,
    ) -> Verdict:
        """Tell how a stretch of time suits somebody; ``leaving`` is the interview that would move there."""
        if not interviewer.may_see(person.course_ids):
            return Verdict(Fit.WRONG_COURSE)
        other = self.in_the_way(person, interviewer.interviewer_id, start, end, leaving)
        if other is not None:
            return Verdict(Fit.TAKEN, other)
        if not interviewer.is_there(start, end):
            return Verdict(Fit.AWAY)
        return Verdict(Fit.GOOD if person.can_come(start, end) else Fit.UNWISHED)

    def in_the_way(
        self, person: Person, interviewer_id: int, start: datetime, end: datetime, leaving: int | None
    ) -> Booked | None:
        """Return the interview that takes the interviewer's or the person's time."""
        for other in self._by_interviewer.get((interviewer_id, start.date()), ()):
            near = other.start < end + self._gap and start < other.end + self._gap
            if near and other.interview_id != leaving:
                return other
        for other in self._by_applicant.get(person.applicant_id, ()):
            if other.start < end and start < other.end and other.interview_id != leaving:
                return other
        return None
