"""Where somebody could be interviewed: every start of every interviewer, free or not and why.

Asked while somebody is dragged over the calendar, so it has to be quick: a day is one whole number
with a bit for each five minutes, and a rule is a few operations on such numbers.  The answers are
those of `interview_checks`, which has the word when the interview is booked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from fujisawa_desktop.models.interview import UNIT_MINUTES
from fujisawa_desktop.rules.interviewing import missing_roles, seats_of, takes_a_seat
from fujisawa_desktop.services.interview_checks import OVERRIDABLE, Rulebook, Sitting
from fujisawa_desktop.services.interview_units import (
    UNIT,
    UNITS,
    WHOLE_DAY,
    at_least,
    bits,
    runs,
    spans_of,
    starts_touching,
    starts_within,
)
from fujisawa_desktop.services.interview_view import CalendarView, InterviewerColumn, Person


class PlaceState(StrEnum):
    """Whether an interview can be booked at a place."""

    FREE = "free"
    UNAVAILABLE = "unavailable"
    """Only all the same (``despite``)."""
    CONFLICT = "conflict"
    """Not at all."""


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """Starts for which the answer is the same: from ``first`` to before ``until``.

    Attributes:
        code: of the refusal's sentence, such as ``interview.lunch``; empty when free.
    """

    first: datetime
    until: datetime
    state: PlaceState
    code: str = ""


_ANSWERS: Final = {
    "": (PlaceState.FREE, ""),
    **{
        code: (
            PlaceState.UNAVAILABLE if f"interview.{code}" in OVERRIDABLE else PlaceState.CONFLICT,
            f"interview.{code}",
        )
        for code in (
            "bad-length", "wrong-course", "interviewer-taken", "applicant-taken", "closed-day",
            "outside-hours", "lunch", "gap", "interviewer-away", "daily-limit", "no-seat",
            "panel-incomplete", "applicant-away",
        )
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """The answers for one person.

    Attributes:
        length: how long the interview would last.
        spans: by interviewer and day, in order of time; together they cover the day.
    """

    key: int
    length: timedelta
    spans: Mapping[tuple[int, date], tuple[PlaceSpan, ...]]

    def at(self, interviewer_id: int, start: datetime) -> PlaceSpan:
        """Return the answer for one start; a day outside the period is a conflict."""
        spans = self.spans.get((interviewer_id, start.date()))
        if spans is None:
            return PlaceSpan(start, start, PlaceState.CONFLICT, "interview.outside-period")
        return spans[bisect_right(spans, start, key=lambda span: span.first) - 1]


def possible_times(
    view: CalendarView, key: int, *, interview_id: int | None = None, length: timedelta | None = None
) -> Places:
    """Return where somebody could be interviewed.

    Where several interview together, a place is free when the rest of the panel is free too.

    Args:
        view: the calendar.
        key: the `Person.key` of who is dragged; of a programme that interviews entries, the entry's id.
        interview_id: the interview that would be moved; its own time counts as free.
        length: how long it lasts; the person's own or the programme's usual length if not given.

    Raises:
        KeyError: nobody has this key.
    """
    person = view.person_of[key]
    lasting = length or view.length_of(person)
    maker = _Maker(view, person, -(-lasting // timedelta(minutes=UNIT_MINUTES)), interview_id)
    spans: dict[tuple[int, date], tuple[PlaceSpan, ...]] = {}
    for column in view.days:
        for interviewer_id, found in maker.of_day(column.day, is_closed=column.closed is not None):
            spans[interviewer_id, column.day] = found
    return Places(key, lasting, spans)


def complete_panel(
    view: CalendarView,
    key: int,
    interviewer_ids: Sequence[int],
    start: datetime,
    *,
    end: datetime | None = None,
    interview_id: int | None = None,
) -> tuple[int, ...]:
    """Return the interviewers with those who would complete the panel, as far as somebody is free.

    For each missing role whoever is in the interview already, then prepared for support if that is
    needed, then least busy on the day, then in all, then first in the order of the office.

    Args:
        view: the calendar.
        key: the `Person.key` of who is interviewed.
        interviewer_ids: who is chosen already.
        start: when.
        end: until when; the usual length if not given.
        interview_id: the interview that would be moved.

    Raises:
        KeyError: nobody has this key, or such an id.
    """
    person = view.person_of[key]
    until = end or start + view.length_of(person)
    chosen = list(interviewer_ids)
    rules = Rulebook(view)
    sitting = Sitting(person.entry_id, person.applicant_id, (), start, until, interview_id)
    now = view.interview_of[interview_id].interviewer_ids if interview_id is not None else ()
    load = {one.interviewer_id: 0 for one in view.interviewers}
    today = dict(load)
    for booked in view.interviews:
        for one in booked.interviewer_ids:
            load[one] += 1
            today[one] += booked.start.date() == start.date()
    free = [one for one in view.interviewers if rules.is_available(one, person, sitting)]
    for role in missing_roles(view.panel, [view.interviewer_of[one].role for one in chosen]):
        suitable = [
            one for one in free if one.interviewer_id not in chosen and (not role or one.role == role)
        ]
        if suitable:
            best = min(
                suitable,
                key=lambda one: (
                    one.interviewer_id not in now,
                    person.needs_support and not one.gives_support,
                    today[one.interviewer_id],
                    load[one.interviewer_id],
                ),
            )
            chosen.append(best.interviewer_id)
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class _Day:
    """What an interviewer's day holds for one person: starts that are out of the question, by reason."""

    column: InterviewerColumn
    taken: int
    near: int
    away: int
    is_full: bool


class _Maker:
    """Works out the answers of one day after the other."""

    def __init__(self, view: CalendarView, person: Person, length: int, interview_id: int | None) -> None:
        self._view = view
        self._person = person
        self._length = length
        self._moved = interview_id
        self._mine: dict[date, list[tuple[int, int]]] = {}
        mine = [
            (one.start, one.end)
            for one in view.interviews
            if one.interview_id != interview_id
            and view.person_of[one.key].applicant_id == person.applicant_id
        ]
        for day, first, until in spans_of(mine):
            self._mine.setdefault(day, []).append((first, until))
        self._wishes: dict[date, list[tuple[int, int]]] = {}
        for day, first, until in spans_of(person.windows):
            self._wishes.setdefault(day, []).append((first, until))
        self._too_late = WHOLE_DAY & ~bits(0, UNITS - length)
        self._house = self._house_rules()
        self._wrong = {
            one.interviewer_id: 0 if one.may_see(person.course_ids) else WHOLE_DAY
            for one in view.interviewers
        }
        self._seatless = {
            one.interviewer_id: 0 if takes_a_seat(view.panel, one.role) else WHOLE_DAY
            for one in view.interviewers
        }

    def of_day(self, day: date, *, is_closed: bool) -> Iterator[tuple[int, tuple[PlaceSpan, ...]]]:
        """Yield the answers for every interviewer."""
        mine = 0
        for first, until in self._mine.get(day, ()):
            mine |= starts_touching(bits(first, until), self._length)
        unwished = 0
        if self._person.windows:
            unwished = WHOLE_DAY & ~starts_within(self._wishes.get(day, ()), self._length)
        columns = [self._day(one, day) for one in self._view.interviewers]
        incomplete = self._incomplete(columns)
        closed = WHOLE_DAY if is_closed else 0
        midnight = datetime.combine(day, time())
        for one in columns:
            who = one.column.interviewer_id
            layers = (
                ("bad-length", self._too_late),
                ("wrong-course", self._wrong[who]),
                ("interviewer-taken", one.taken),
                ("applicant-taken", mine),
                ("closed-day", closed),
                *self._house,
                ("gap", one.near),
                ("interviewer-away", one.away),
                ("daily-limit", WHOLE_DAY if one.is_full else 0),
                ("no-seat", self._seatless[who]),
                ("panel-incomplete", incomplete),
                ("applicant-away", unwished),
            )
            yield who, tuple(_spans(midnight, layers))

    def _day(self, column: InterviewerColumn, day: date) -> _Day:
        who, occupancy = column.interviewer_id, self._view.occupancy
        own, wide, held = occupancy.of(who, day, self._moved)
        limit = self._view.limit_of(column)
        return _Day(
            column,
            starts_touching(own, self._length),
            starts_touching(wide, self._length),
            WHOLE_DAY & ~starts_within(occupancy.there.get((who, day), ()), self._length),
            limit is not None and held >= limit,
        )

    def _house_rules(self) -> tuple[tuple[str, int], ...]:
        view = self._view
        opens, closes = -(-_minutes(view.day_from) // UNIT_MINUTES), _minutes(view.day_until) // UNIT_MINUTES
        hours = starts_within([(opens, closes)], self._length)
        lunch = 0
        if view.lunch is not None:
            first, last = (_minutes(moment) for moment in view.lunch)
            lunch = bits(first // UNIT_MINUTES, -(-last // UNIT_MINUTES))
        return ("outside-hours", WHOLE_DAY & ~hours), ("lunch", starts_touching(lunch, self._length))

    def _incomplete(self, columns: Sequence[_Day]) -> int:
        """Return the starts at which no whole panel is free; for one interviewer alone none.

        An interviewer who is free counts too, whichever seat is taken then: a panel stands when
        every role has enough of its own, and all seats together enough of anybody.
        """
        seats = seats_of(self._view.panel)
        if len(seats) == 1:
            return 0
        free: dict[str, list[int]] = {}
        for one in columns:
            if not self._wrong[one.column.interviewer_id] and not one.is_full:
                free.setdefault(one.column.role, []).append(WHOLE_DAY & ~(one.away | one.near))
        whole = at_least(len(seats), [starts for group in free.values() for starts in group])
        for role in set(seats) - {""}:
            whole &= at_least(seats.count(role), free.get(role, []))
        return WHOLE_DAY & ~whole


def _spans(midnight: datetime, layers: Iterable[tuple[str, int]]) -> list[PlaceSpan]:
    """Return the day in spans; of several layers over one start the first one says why."""
    left = WHOLE_DAY
    found: list[tuple[int, int, str]] = []
    for code, starts in layers:
        new = starts & left
        if new:
            found += [(first, until, code) for first, until in runs(new)]
            left ^= new
    found += [(first, until, "") for first, until in runs(left)]
    found.sort()
    return [
        PlaceSpan(midnight + first * UNIT, midnight + until * UNIT, *_ANSWERS[code])
        for first, until, code in found
    ]


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
