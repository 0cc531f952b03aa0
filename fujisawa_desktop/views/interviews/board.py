"""What lies on the calendar: columns, places and cards, of the bookings or of a plan; no widgets."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import overload

from fujisawa_desktop.rules.planning_model import Window, grid, without_lunch
from fujisawa_desktop.services.interview_plan import PlannedInterview, PlanView, Step
from fujisawa_desktop.services.interview_view import (
    Booked,
    CalendarView,
    CourseMark,
    DayColumn,
    InterviewerColumn,
    Person,
)
from fujisawa_desktop.views.interviews.fits import Fit, Judge, Verdict


class CardState(StrEnum):
    """Whether an interview is booked, or only part of a plan that is looked at."""

    BOOKED = "booked"
    NEW = "new"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Column:
    """One interviewer on one day."""

    day: date
    interviewer: InterviewerColumn


@dataclass(frozen=True, slots=True)
class Place:
    """One stretch of time in one column; ``column`` is its number on the board."""

    column: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """One interview in one column."""

    column: int
    person: Person
    start: datetime
    end: datetime
    state: CardState
    booked: Booked | None

    @property
    def place(self) -> Place:
        """Where it lies."""
        return Place(self.column, self.start, self.end)

    @property
    def movable(self) -> bool:
        """Whether it can be taken up: it is booked, not fixed, and did not take place yet."""
        booked = self.booked
        if self.state is not CardState.BOOKED or booked is None:
            return False
        return not booked.is_locked and booked.attendance is None and not booked.reviewed


@dataclass(frozen=True, slots=True)
class Carry:
    """Somebody in hand, to be put somewhere; ``card`` is the interview that would be moved."""

    person: Person
    card: Card | None = None

    @property
    def leaving(self) -> int | None:
        """Return the interview whose time becomes free by it."""
        return self.card.booked.interview_id if self.card is not None and self.card.booked else None


class Board:
    """The calendar of some days, with the bookings or with a plan laid over them.

    Attributes:
        view: what is stored.
        plan: the plan that is looked at, if any.
        days: the days shown; closed ones have no columns, unless somebody has time or an interview then.
        columns: interviewers of the first day, then of the second, and so on.
        cards: by column, then by time.
        stops: for each column, the places an interview can be put: the interviewer's own, and between them.
    """

    def __init__(self, view: CalendarView, days: Iterable[DayColumn], plan: PlanView | None = None) -> None:
        self.view = view
        self.plan = plan
        self.days = tuple(days)
        added = _added_interviewers(plan)
        self.columns = tuple(
            Column(day.day, interviewer)
            for day in self.days
            if day.closed is None or _is_used(view, day.day)
            for interviewer in (*view.interviewers, *added)
            if interviewer.interviewer_id > 0 or _is_there_on(interviewer, day.day)
        )
        self._open = {column.day for column in self.columns}
        self._places = {
            (column.day, column.interviewer.interviewer_id): number
            for number, column in enumerate(self.columns)
        }
        self._verdicts: dict[tuple[int, int, datetime, int | None], Verdict] = {}
        self.stops: Sequence[list[Place]] = _Stops(self)
        self.cards = tuple(sorted(self._cards(), key=lambda card: (card.column, card.start)))

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.view)

    @cached_property
    def in_column(self) -> list[list[Card]]:
        """Cards by column."""
        lists: list[list[Card]] = [[] for _ in self.columns]
        for card in self.cards:
            lists[card.column].append(card)
        return lists

    def has_columns(self, day: date) -> bool:
        """Tell whether anybody can be interviewed on that day."""
        return day in self._open

    def card_at(self, place: Place) -> Card | None:
        """Return the card that covers any part of the place."""
        return next(
            (
                card
                for card in self.in_column[place.column]
                if card.start < place.end and place.start < card.end
            ),
            None,
        )

    def cards_of(self, key: int | None) -> list[Card]:
        """Return the cards of a person: one for each interviewer."""
        return self._by_key.get(key, []) if key is not None else []

    @cached_property
    def _by_key(self) -> dict[int, list[Card]]:
        found: dict[int, list[Card]] = {}
        for card in self.cards:
            found.setdefault(card.person.key, []).append(card)
        return found

    def count_on(self, day: date) -> int:
        """Return how many interviews lie on a day, as shown."""
        return self._counts.get(day, 0)

    @cached_property
    def _counts(self) -> Counter[date]:
        return Counter(day for _key, day in {(card.person.key, card.start.date()) for card in self.cards})

    def stored_on(self, day: date) -> int:
        """Return how many interviews are booked on a day, in sight or not."""
        return self._stored[day]

    @cached_property
    def _stored(self) -> Counter[date]:
        return Counter(interview.start.date() for interview in self.view.interviews)

    def windows_of(self, column: Column) -> list[Window]:
        """Return when the interviewer of a column is there on its day."""
        return self._windows.get((column.day, column.interviewer.interviewer_id), [])

    @cached_property
    def _windows(self) -> dict[tuple[date, int], list[Window]]:
        found: dict[tuple[date, int], list[Window]] = {}
        for interviewer in {id(column.interviewer): column.interviewer for column in self.columns}.values():
            for window in interviewer.windows:
                found.setdefault((window[0].date(), interviewer.interviewer_id), []).append(window)
        return found

    def card_of(self, interview_id: int) -> Card | None:
        """Return the card of a booked interview."""
        return next(
            (
                card
                for card in self.cards
                if card.booked is not None and card.booked.interview_id == interview_id
            ),
            None,
        )

    def place_at(self, column: int, moment: datetime) -> Place | None:
        """Return the place of the card that holds the moment, or where one could be put."""
        for card in self.in_column[column]:
            if card.start <= moment < card.end:
                return card.place
        return self.stop_at(column, moment)

    def first_place(self) -> Place | None:
        """Return the first place of the first column."""
        return self.stops[0][0] if self.stops and self.stops[0] else None

    def stop_at(self, column: int, moment: datetime) -> Place | None:
        """Return the place that holds the moment, or the last one before it."""
        stops = self.stops[column]
        if not stops:
            return None
        index = bisect_right([stop.start for stop in stops], moment) - 1
        return stops[max(index, 0)]

    def fit(self, person: Person, place: Place, leaving: int | None = None) -> Fit:
        """Tell how a place suits somebody; ``leaving`` is the interview that would be moved there.

        Answers are kept: while somebody is dragged, every paint asks about every place.
        """
        return self.verdict(person, place, leaving).fit

    def verdict(self, person: Person, place: Place, leaving: int | None = None) -> Verdict:
        """Tell how a place suits somebody and what is in the way."""
        question = (person.key, place.column, place.start, leaving)
        if question not in self._verdicts:
            interviewer_id = self.columns[place.column].interviewer.interviewer_id
            self._verdicts[question] = self._judge.verdict(person, interviewer_id, place.start, leaving)
        return self._verdicts[question]

    def landing(self, carry: Carry, place: Place) -> Place:
        """Return what the one in hand would take at a place: as long as the interview lasts."""
        card = self.card_at(place)
        if card is not None and card.booked is not None and card.booked.interview_id != carry.leaving:
            return place
        return replace(place, end=place.start + self._judge.length_of(carry.person, carry.leaving))

    def best_place(self, person: Person) -> Place | None:
        """Return the place that suits somebody best, and of several the one nearest to the first wish."""
        order = list(Fit)
        everywhere = [place for stops in self.stops for place in stops]
        if not everywhere:
            return None
        wish = person.windows[0][0] if person.windows else min(place.start for place in everywhere)
        return min(
            everywhere,
            key=lambda place: (order.index(self.fit(person, place)), abs(place.start - wish), place.column),
        )

    def course_rank(self, course_id: int) -> int:
        """Return the position of a course, which chooses its colour and its pattern."""
        return [mark.course_id for mark in self.view.courses].index(course_id)

    def ranks_of(self, person: Person) -> tuple[int, ...]:
        """Return the positions of a person's courses, the first course first."""
        return tuple(
            rank for rank, mark in enumerate(self.view.courses) if mark.course_id in person.course_ids
        )

    def marks_of(self, person: Person) -> tuple[CourseMark, ...]:
        """Return the courses of a person in the order of the programme."""
        return tuple(mark for mark in self.view.courses if mark.course_id in person.course_ids)

    # making

    def _cards(self) -> Iterable[Card]:
        booked = self.view.booked_of
        if self.plan is None:
            for interview in self.view.interviews:
                person = self.view.person_of[interview.key]
                for key in interview.interviewer_ids:
                    yield from self._card(key, person, interview, CardState.BOOKED, interview)
            return
        for planned in self.plan.placed:
            state = {Step.KEPT: CardState.BOOKED, Step.NEW: CardState.NEW, Step.MOVED: CardState.MOVED}
            person = self.view.person_of[planned.entry_id]
            for key in planned.interviewer_ids:
                yield from self._card(key, person, planned, state[planned.step], booked.get(planned.entry_id))

    def _card(
        self,
        interviewer_id: int,
        person: Person,
        when: Booked | PlannedInterview,
        state: CardState,
        booked: Booked | None,
    ) -> Iterable[Card]:
        column = self._places.get((when.start.date(), interviewer_id))
        if column is not None:
            yield Card(column, person, when.start, when.end, state, booked)

    def make_stops(self, number: int) -> list[Place]:
        """Return the places of one column."""
        view, column = self.view, self.columns[number]
        slot, gap = timedelta(minutes=view.slot_minutes), timedelta(minutes=view.gap_minutes)
        whole_day = (
            datetime.combine(column.day, view.day_from),
            datetime.combine(column.day, view.day_until),
        )
        windows = self.windows_of(column)
        own = sorted(
            {
                place
                for window in windows
                for part in without_lunch(window, view.lunch)
                for place in grid(part, slot, gap)
            }
        )
        between = [
            (start, end)
            for part in without_lunch(whole_day, view.lunch)
            for start, end in grid(part, slot, gap)
            if not any(first < end and start < last for first, last in own)
        ]
        return [Place(number, start, end) for start, end in sorted([*own, *between])]


class _Stops(Sequence[list[Place]]):
    """The places of each column, made when they are asked for: of hundreds of columns few are in sight."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._made: dict[int, list[Place]] = {}

    def __len__(self) -> int:
        return len(self._board.columns)

    @overload
    def __getitem__(self, number: int) -> list[Place]: ...

    @overload
    def __getitem__(self, number: slice) -> list[list[Place]]: ...

    def __getitem__(self, number: int | slice) -> list[Place] | list[list[Place]]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        if number not in self._made:
            if not 0 <= number < len(self):
                raise IndexError(number)
            self._made[number] = self._board.make_stops(number)
        return self._made[number]


def _is_used(view: CalendarView, day: date) -> bool:
    """Tell whether somebody has time or an interview on a day, although it is closed."""
    return any(_is_there_on(column, day) for column in view.interviewers) or any(
        interview.start.date() == day for interview in view.interviews
    )


def _is_there_on(interviewer: InterviewerColumn, day: date) -> bool:
    return any(start.date() == day for start, _end in interviewer.windows)


def _added_interviewers(plan: PlanView | None) -> tuple[InterviewerColumn, ...]:
    """Return the interviewers that a plan was tried with and that do not exist."""
    if plan is None:
        return ()
    return tuple(
        InterviewerColumn(one.key, f"+{number}", one.courses or frozenset(), one.windows)
        for number, one in enumerate((one for one in plan.problem.interviewers if one.key < 0), 1)
    )
