"""The interview calendar as the layers above see it: frozen, apart from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from fujisawa_desktop.rules.calendar import ClosedReason
from fujisawa_desktop.rules.interviewing import InterviewScope
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.rules.selection import Attendance
from fujisawa_desktop.services.interview_units import Occupancy

__all__ = [
    "Attendance",
    "Booked",
    "CalendarView",
    "CourseMark",
    "DayColumn",
    "InterviewRow",
    "InterviewScope",
    "InterviewerColumn",
    "Person",
    "meeting_url_of",
]


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
    """One interviewer; without courses any course.

    Attributes:
        role: which seat of a panel the interviewer can take.
        daily_limit: at most so many interviews a day; None where the programme's limit holds.
        gives_support: prepared for people who need support.
        meeting_url: where this interviewer's online interviews take place; for the screen only.
    """

    interviewer_id: int
    name: str
    course_ids: frozenset[int]
    windows: tuple[Window, ...]
    role: str = ""
    daily_limit: int | None = None
    gives_support: bool = False
    meeting_url: str = ""

    def may_see(self, course_ids: frozenset[int]) -> bool:
        """Tell whether the interviewer may see somebody for these courses."""
        return not self.course_ids or course_ids <= self.course_ids

    def is_there(self, start: datetime, end: datetime) -> bool:
        """Tell whether the interviewer has time from start to end."""
        return any(first <= start and end <= last for first, last in self.windows)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is or was to be interviewed; of a person seen once per application, one for each.

    Attributes:
        entry_id: the entry the interview is booked on.
        course_ids: the courses the interview is about.
        waits: the first screening is passed and announced, nothing has followed yet, and no flag stands.
        windows: when the person can come; empty while nothing was stated.
        search_key: what the search box is compared with.
        course_id: the one course, where the programme interviews once per application.
        application_id: the one application then.
        entry_ids: all entries the interview is about; several where it is held once per person.
        minutes: length of this person's interview, where it differs from the programme's.
        finish_by: the day by which the person asked to be seen.
        needs_support: best seen by an interviewer who is prepared for it.
        need_note: 配慮事項, in words for those who interview.
        flag_stands: a clerk said that a flag of the entry stands, so the person does not take part.
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
    course_id: int | None = None
    application_id: int | None = None
    entry_ids: tuple[int, ...] = ()
    minutes: int | None = None
    finish_by: date | None = None
    needs_support: bool = False
    need_note: str = ""
    flag_stands: bool = False

    @property
    def key(self) -> int:
        """What tells one interview to be held from all others: the application's id, or the entry's."""
        return self.entry_id if self.application_id is None else self.application_id

    def can_come(self, start: datetime, end: datetime) -> bool:
        """Tell whether the person stated nothing, or can be there from start to end."""
        return not self.windows or any(first <= start and end <= last for first, last in self.windows)


@dataclass(frozen=True, slots=True)
class Booked:
    """One interview.

    Attributes:
        announced: the person was told this very time.
        problems: codes of what does not fit any more, such as ``interviewer-away``.
        course_id, application_id: as those of the `Person`.
        announced_start: the start the person was told last, also when the interview was moved since;
            None when the person was told nothing, or that it is off.
        announced_end: until when that was to last.
        late_minutes: by how much somebody who came was late.
        meeting_url: where this interview takes place, if not where its interviewer's usually do.
        day_note: what was noted on the day.
        reviewed: interviewers have given points already.
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
    course_id: int | None = None
    application_id: int | None = None
    announced_start: datetime | None = None
    announced_end: datetime | None = None
    attendance: Attendance | None = None
    late_minutes: int | None = None
    meeting_url: str = ""
    day_note: str = ""
    reviewed: bool = False

    @property
    def key(self) -> int:
        """The key of the `Person` it is held with."""
        return self.entry_id if self.application_id is None else self.application_id


@dataclass(frozen=True)
class CalendarView:
    """Everything on the screen, in the order in which it is shown.

    Attributes:
        scope: what one interview is about.
        panel: the roles of those who interview together, ``""`` for any; without one, one is enough.
        daily_limit: at most so many interviews an interviewer holds a day, or None.
    """

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
    scope: InterviewScope = InterviewScope.ENTRY
    panel: tuple[str, ...] = ()
    daily_limit: int | None = None

    @cached_property
    def person_of(self) -> dict[int, Person]:
        """People by key."""
        return {person.key: person for person in self.people}

    @cached_property
    def booked_of(self) -> dict[int, Booked]:
        """Interviews by the key of the person."""
        return {interview.key: interview for interview in self.interviews}

    @cached_property
    def interview_of(self) -> dict[int, Booked]:
        """Interviews by id."""
        return {interview.interview_id: interview for interview in self.interviews}

    @cached_property
    def day_of(self) -> dict[date, DayColumn]:
        """The days of the interview period."""
        return {column.day: column for column in self.days}

    @cached_property
    def occupancy(self) -> Occupancy:
        """The interviewers' days in units of five minutes."""
        found, gap = Occupancy(), timedelta(minutes=self.gap_minutes)
        for interview in self.interviews:
            found.add(interview, gap)
        for column in self.interviewers:
            found.give(column.interviewer_id, column.windows)
        return found

    def length_of(self, person: Person) -> timedelta:
        """Return how long the person's interview is to last."""
        return timedelta(minutes=person.minutes or self.slot_minutes)

    def limit_of(self, interviewer: InterviewerColumn) -> int | None:
        """Return how many interviews the interviewer holds a day at most; None for any number."""
        return self.daily_limit if interviewer.daily_limit is None else interviewer.daily_limit

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
        return tuple(person for person in self.people if person.waits and person.key not in self.booked_of)


def meeting_url_of(view: CalendarView, booked: Booked) -> str:
    """Return where an interview takes place: its own address, else that of its first interviewer with one.

    For the screen, and for what goes to this person alone: whoever reads it can come in.
    """
    usual = (view.interviewer_of[key].meeting_url for key in booked.interviewer_ids)
    return booked.meeting_url or next(filter(None, usual), "")


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One interview as a list or a timetable shows it.

    Attributes:
        told: the start that the person was told last.
        meeting_url: where it takes place online; never on paper that others see.
    """

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
    told: datetime | None = None
    attendance: Attendance | None = None
    late_minutes: int | None = None
    meeting_url: str = ""
