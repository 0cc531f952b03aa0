"""What speaks against an interview at a place, as findings with a code, in order of weight.

Hard findings refuse a booking whatever the clerk says; soft ones can be overridden (``despite``) and
then mark the booked interview; remarks only mark it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Final

from fujisawa_desktop.errors import AppError, ConflictError, RuleError
from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.rules.interviewing import InterviewScope, missing_roles, takes_a_seat
from fujisawa_desktop.services.interview_view import Booked, CalendarView, InterviewerColumn, Person


class Weight(IntEnum):
    """How much a finding says."""

    REMARK = 0
    SOFT = 1
    HARD = 2


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who is seen by whom and when; ``interview_id`` is None for a new interview."""

    entry_id: int
    applicant_id: int
    interviewer_ids: tuple[int, ...]
    start: datetime
    end: datetime
    interview_id: int | None = None
    course_id: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against a place; ``params`` fill the sentence."""

    code: str
    weight: Weight
    params: Mapping[str, object] = field(default_factory=dict)
    is_conflict: bool = False

    def error(self) -> AppError:
        """Return what a refused booking raises."""
        kind = ConflictError if self.is_conflict else RuleError
        return kind(f"interview.{self.code}", **self.params)


OVERRIDABLE: Final = frozenset(
    f"interview.{code}"
    for code in (
        "closed-day",
        "outside-hours",
        "lunch",
        "gap",
        "interviewer-away",
        "no-seat",
        "panel-incomplete",
        "daily-limit",
        "applicant-away",
    )
)
"""Codes of refusals that a clerk who knows better may override."""


@dataclass(frozen=True, slots=True)
class _Busy:
    """Time that is taken, and by whose interview."""

    start: datetime
    end: datetime
    person: Person
    interview_id: int | None


class Rulebook:
    """The rules of the calendar, asked about one place after the other."""

    def __init__(
        self, view: CalendarView, *, without: Collection[int] = (), beside: Iterable[Sitting] = ()
    ) -> None:
        """Take the calendar without some interviews, and with others that are to be booked too."""
        self.view = view
        self._of_interviewer: dict[tuple[int, date], list[_Busy]] = {}
        self._of_applicant: dict[int, list[_Busy]] = {}
        for one in view.interviews:
            if one.interview_id not in without:
                self._take(one, view.person_of[one.key])
        for other in beside:
            self._take(other, person_for(view, other.entry_id, other.course_id))

    def _take(self, one: Booked | Sitting, person: Person) -> None:
        busy = _Busy(one.start, one.end, person, one.interview_id)
        for key in one.interviewer_ids:
            self._of_interviewer.setdefault((key, one.start.date()), []).append(busy)
        self._of_applicant.setdefault(person.applicant_id, []).append(busy)

    def check(self, person: Person, sitting: Sitting, *, despite: bool) -> None:
        """Refuse what cannot be, then (unless told to go on) what was not wished.

        Raises:
            RuleError, ConflictError: the weightiest finding.
        """
        needed = Weight.HARD if despite else Weight.SOFT
        for finding in self.findings(person, sitting):
            if finding.weight >= needed:
                raise finding.error()

    def findings(self, person: Person, sitting: Sitting) -> Iterator[Finding]:
        """Yield what speaks against a place, the weightiest first."""
        yield from self._shape(sitting)
        columns = [self.view.interviewer_of[key] for key in sitting.interviewer_ids]
        for column in columns:
            if not column.may_see(person.course_ids):
                names = [one.short_name for one in self.view.courses if one.course_id in person.course_ids]
                params = {"interviewer": column.name, "courses": names}
                yield Finding("wrong-course", Weight.HARD, params)
        for column in columns:
            yield from self._overlap(column, sitting)
        yield from self._double(person, sitting)
        yield from self._house(sitting)
        for column in columns:
            yield from self._near(column, sitting)
        for column in columns:
            yield from self._there(column, sitting)
        for column in columns:
            yield from self._limit(column, sitting)
        yield from self._panel(columns, sitting)
        yield from self._wishes(person, columns, sitting)

    def is_available(self, column: InterviewerColumn, person: Person, sitting: Sitting) -> bool:
        """Tell whether nothing at all speaks against an interviewer joining a sitting."""
        if not column.may_see(person.course_ids):
            return False
        against = (self._overlap, self._near, self._there, self._limit)
        return not any(finding for one in against for finding in one(column, sitting))

    def _shape(self, sitting: Sitting) -> Iterator[Finding]:
        start, end, view = sitting.start, sitting.end, self.view
        if any(one.minute % UNIT_MINUTES or one.second or one.microsecond for one in (start, end)):
            yield Finding("not-on-the-grid", Weight.HARD, {"minutes": UNIT_MINUTES})
        if end <= start or end.date() != start.date():
            yield Finding("bad-length", Weight.HARD, {"minutes": UNIT_MINUTES})
        if not sitting.interviewer_ids:
            yield Finding("nobody", Weight.HARD)
        if len(set(sitting.interviewer_ids)) != len(sitting.interviewer_ids):
            yield Finding("interviewer-twice", Weight.HARD)
        if start.date() not in view.day_of:
            first, last = view.days[0].day, view.days[-1].day
            yield Finding("outside-period", Weight.HARD, {"day": start.date(), "first": first, "last": last})

    def _overlap(self, column: InterviewerColumn, sitting: Sitting) -> Iterator[Finding]:
        """Say in words whose time is taken; the constraint of the database says it in the last resort."""
        for busy in self._on_day(column, sitting):
            if busy.start < sitting.end and sitting.start < busy.end:
                params = {
                    "interviewer": column.name,
                    "person": busy.person.name,
                    "start": busy.start,
                    "end": busy.end.time(),
                }
                yield Finding("interviewer-taken", Weight.HARD, params, is_conflict=True)

    def _double(self, person: Person, sitting: Sitting) -> Iterator[Finding]:
        for busy in _others(self._of_applicant.get(person.applicant_id, ()), sitting):
            if busy.start < sitting.end and sitting.start < busy.end:
                params = {"person": person.name, "start": busy.start}
                yield Finding("applicant-taken", Weight.HARD, params, is_conflict=True)

    def _house(self, sitting: Sitting) -> Iterator[Finding]:
        view, day = self.view, sitting.start.date()
        column = view.day_of.get(day)
        if column is not None and column.closed is not None:
            yield Finding("closed-day", Weight.SOFT, {"day": day})
        opens, closes = (datetime.combine(day, moment) for moment in (view.day_from, view.day_until))
        if sitting.start < opens or closes < sitting.end:
            params = {"start": view.day_from, "end": view.day_until}
            yield Finding("outside-hours", Weight.SOFT, params)
        if view.lunch is not None:
            first, last = (datetime.combine(day, moment) for moment in view.lunch)
            if sitting.start < last and first < sitting.end:
                yield Finding("lunch", Weight.SOFT, {"start": view.lunch[0], "end": view.lunch[1]})

    def _near(self, column: InterviewerColumn, sitting: Sitting) -> Iterator[Finding]:
        gap = timedelta(minutes=self.view.gap_minutes)
        for busy in self._on_day(column, sitting):
            near = busy.start < sitting.end + gap and sitting.start < busy.end + gap
            if near and not (busy.start < sitting.end and sitting.start < busy.end):
                params = {
                    "interviewer": column.name,
                    "person": busy.person.name,
                    "start": busy.start,
                    "end": busy.end.time(),
                    "minutes": self.view.gap_minutes,
                }
                yield Finding("gap", Weight.SOFT, params)

    def _there(self, column: InterviewerColumn, sitting: Sitting) -> Iterator[Finding]:
        if not column.is_there(sitting.start, sitting.end):
            params = {"interviewer": column.name, "at": sitting.start}
            yield Finding("interviewer-away", Weight.SOFT, params)

    def _panel(self, columns: Sequence[InterviewerColumn], sitting: Sitting) -> Iterator[Finding]:
        panel = self.view.panel
        for column in columns:
            if not takes_a_seat(panel, column.role):
                params = {"interviewer": column.name, "roles": [role for role in panel if role]}
                yield Finding("no-seat", Weight.SOFT, params)
        missing = missing_roles(panel, [column.role for column in columns])
        if missing and sitting.interviewer_ids:
            named = [role for role in missing if role]
            found: dict[str, object] = {"roles": named, "count": len(missing), "at": sitting.start}
            yield Finding("panel-incomplete", Weight.SOFT, found)

    def _limit(self, column: InterviewerColumn, sitting: Sitting) -> Iterator[Finding]:
        limit = self.view.limit_of(column)
        held = len(self._on_day(column, sitting))
        if limit is not None and held >= limit:
            params = {"interviewer": column.name, "day": sitting.start.date(), "limit": limit, "held": held}
            yield Finding("daily-limit", Weight.SOFT, params)

    def _wishes(
        self, person: Person, columns: Sequence[InterviewerColumn], sitting: Sitting
    ) -> Iterator[Finding]:
        if not person.can_come(sitting.start, sitting.end):
            params: dict[str, object] = {"person": person.name, "at": sitting.start}
            yield Finding("applicant-away", Weight.SOFT, params)
        if person.finish_by is not None and sitting.start.date() > person.finish_by:
            yield Finding("after-finish-by", Weight.REMARK, {"day": person.finish_by})
        if person.needs_support and not any(column.gives_support for column in columns):
            yield Finding("no-support", Weight.REMARK)

    def _on_day(self, column: InterviewerColumn, sitting: Sitting) -> Sequence[_Busy]:
        return _others(self._of_interviewer.get((column.interviewer_id, sitting.start.date()), ()), sitting)


def _others(busy: Sequence[_Busy], sitting: Sitting) -> Sequence[_Busy]:
    """Leave out the interview itself: it may move into its own old time."""
    if sitting.interview_id is None:
        return busy
    return [one for one in busy if one.interview_id != sitting.interview_id]


def person_for(view: CalendarView, entry_id: int, course_id: int | None) -> Person:
    """Return who is seen for an entry and, where the programme interviews by application, a course.

    Raises:
        KeyError: nobody is.
    """
    for person in view.people:
        if person.course_id == course_id and entry_id in (person.entry_ids or (person.entry_id,)):
            return person
    raise KeyError(entry_id)


def sitting_of(view: CalendarView, booked: Booked) -> Sitting:
    """Return what a booked interview takes."""
    return Sitting(
        booked.entry_id,
        view.person_of[booked.key].applicant_id,
        booked.interviewer_ids,
        booked.start,
        booked.end,
        booked.interview_id,
        booked.course_id,
    )


def problems_in(view: CalendarView) -> dict[int, tuple[str, ...]]:
    """Return what does not fit about the interviews of a calendar, as codes, by the interview's id."""
    rules = Rulebook(view)
    found: dict[int, tuple[str, ...]] = {}
    seen: set[int] = set()
    for booked in sorted(view.interviews, key=lambda one: one.interview_id):
        person = view.person_of[booked.key]
        codes = ["no-interview-needed"] if person.is_out else ["flag-stands"] if person.flag_stands else []
        if view.scope is InterviewScope.PERSON and person.applicant_id in seen:
            codes.append("second-interview")
        seen.add(person.applicant_id)
        findings = rules.findings(person, sitting_of(view, booked))
        codes += [finding.code for finding in findings if not finding.is_conflict]
        found[booked.interview_id] = tuple(dict.fromkeys(codes))
    return found
