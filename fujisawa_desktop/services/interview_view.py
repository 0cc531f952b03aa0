"""The interview calendar as the layers above see it: frozen, apart from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from fujisawa_desktop.rules.calendar import ClosedReason
from fujisawa_desktop.rules.planning import Window


@dataclass(frozen=True, slots=True)
class CourseMark:
    """A course as the calendar shows it."""

    course_id: int
    short_name: str
    sign: str


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day of the interview period; closed days are there too, with the reason.

    Attributes:
        name: what the office calls a day on which it is closed for a reason of its own.
    """

    day: date
    closed: ClosedReason | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class InterviewerColumn:
    """One interviewer; without courses any course."""

    interviewer_id: int
    name: str
    course_ids: frozenset[int]
    windows: tuple[Window, ...]

    def may_see(self, course_ids: frozenset[int]) -> bool:
        """Tell whether the interviewer may see somebody for these courses."""
        return not self.course_ids or course_ids <= self.course_ids

    def is_there(self, start: datetime, end: datetime) -> bool:
        """Tell whether the interviewer has time from start to end."""
        return any(first <= start and end <= last for first, last in self.windows)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is or was to be interviewed.

    Attributes:
        course_ids: the courses the interview is about.
        waits: the first screening is passed and announced, and nothing has followed yet.
        windows: when the person can come; empty while nothing was stated.
        search_key: what the search box is compared with.
    """

    entry_id: int
    applicant_id: int
    number: str
    name: str
    kana: str
    search_key: str
    course_ids: frozenset[int]
    waits: bool
    is_out: bool
    windows: tuple[Window, ...]

    def can_come(self, start: datetime, end: datetime) -> bool:
        """Tell whether the person stated nothing, or can be there from start to end."""
        return not self.windows or any(first <= start and end <= last for first, last in self.windows)


@dataclass(frozen=True, slots=True)
class Booked:
    """One interview.

    Attributes:
        problems: codes of what does not fit any more, such as ``interviewer-away``.
    """

    interview_id: int
    version: int
    entry_id: int
    start: datetime
    end: datetime
    interviewer_ids: tuple[int, ...]
    is_locked: bool
    announced: bool
    problems: tuple[str, ...]


@dataclass(frozen=True)
class CalendarView:
    """Everything on the screen, in the order in which it is shown."""

    slot_minutes: int
    gap_minutes: int
    day_from: time
    day_until: time
    lunch: tuple[time, time] | None
    days: tuple[DayColumn, ...]
    courses: tuple[CourseMark, ...]
    interviewers: tuple[InterviewerColumn, ...]
    people: tuple[Person, ...]
    interviews: tuple[Booked, ...]

    @cached_property
    def person_of(self) -> dict[int, Person]:
        """People by entry."""
        return {person.entry_id: person for person in self.people}

    @cached_property
    def interviewer_of(self) -> dict[int, InterviewerColumn]:
        """Interviewers by id."""
        return {interviewer.interviewer_id: interviewer for interviewer in self.interviewers}

    @cached_property
    def course_of(self) -> dict[int, CourseMark]:
        """Courses by id."""
        return {course.course_id: course for course in self.courses}

    @cached_property
    def waiting(self) -> tuple[Person, ...]:
        """Those who are to be interviewed and have no interview, in the order of their names."""
        booked = {interview.entry_id for interview in self.interviews}
        return tuple(person for person in self.people if person.waits and person.entry_id not in booked)


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One interview as a list or a timetable shows it."""

    interview_id: int
    applicant_id: int
    number: str
    name: str
    kana: str
    courses: tuple[str, ...]
    start: datetime
    end: datetime
    interviewers: tuple[str, ...]
    is_locked: bool
    announced: bool
