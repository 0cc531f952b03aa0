"""What the office should do next, from the counts of a programme and the day; no database here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from fujisawa_desktop.rules.calendar import (
    HOLIDAYS_PUBLISHED_THROUGH,
    add_months,
    open_days,
    previous_open_day,
)
from fujisawa_desktop.rules.timeline import KeyDays, Phase, phase_on

_LONGEST_CLOSURE: Final = timedelta(days=21)


class Urgency(StrEnum):
    """How a line of the list is marked."""

    OVERDUE = "overdue"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"
    NOW = "now"
    """Without a day of its own: whenever there is time."""


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One line of 次にすること.

    Attributes:
        code: key of its sentence and of its button's word.
        params: counts and days for the sentence; never a person's name.
        action: id of the action its button runs, empty when there is none.
        due: last day, or None.
    """

    code: str
    params: dict[str, Any]
    action: str
    due: date | None
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many people of one month something is still to be done for."""

    year: int
    month: int
    count: int


@dataclass(frozen=True, slots=True)
class EndCount:
    """How many people's last day of work was on a day; ``day`` is that day."""

    day: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything the list depends on, counted.

    Attributes:
        entries: portal numbers imported.
        imported_all: a file was taken in after the deadline.
        suspicions: pairs of people a clerk has not judged.
        first_open, final_open: applications without a decision; in the first screening those with a
            flag that no clerk has waived do not count.
        unscored: applications without points, in a programme that has reviewers.
        first_pending, final_pending: decisions noted but not announced.
        first_letters, final_letters: people with an announced result and no letter yet.
        to_book: entries that passed the first screening and have no interview.
        invitations: interviews to come whose time was not written to the person.
        interviews_today: interviews of the day.
        replies: people who passed and have not answered.
        to_appoint: people who accepted and are not appointed.
        owing: appointed people who have not handed in a paper that was due.
        owed_since: the earliest of these days.
        without_hours: appointed people without a single planned or worked hour.
        to_close: ended months with people whose hours are not closed.
        statements: closed months with people without a pay statement.
        to_certify: last days of people whose payments were not listed for the 源泉徴収票 since.
    """

    entries: int = 0
    imported_all: bool = False
    suspicions: int = 0
    first_open: int = 0
    unscored: int = 0
    first_pending: int = 0
    first_letters: int = 0
    to_book: int = 0
    invitations: int = 0
    interviews_today: int = 0
    final_open: int = 0
    final_pending: int = 0
    final_letters: int = 0
    replies: int = 0
    to_appoint: int = 0
    owing: int = 0
    owed_since: date | None = None
    without_hours: int = 0
    to_close: tuple[MonthCount, ...] = field(default=())
    statements: tuple[MonthCount, ...] = field(default=())
    to_certify: tuple[EndCount, ...] = field(default=())


def todos(
    situation: Situation, days: KeyDays, today: date, closed: frozenset[date] = frozenset()
) -> tuple[TodoItem, ...]:
    """Return what is to be done, the most urgent first.

    Args:
        situation: the counts.
        days: the published days of the programme.
        today: the day it is asked on.
        closed: the city's own closed days.
    """
    return _TodoList(situation, days, today, closed).made()


def to_erase_again(days: Sequence[date], today: date) -> tuple[TodoItem, ...]:
    """Return the line about erasures that a return to an older copy undid; nothing without any.

    Args:
        days: of the erasures.
        today: it is due at once: the periods of these people are over.
    """
    if not days:
        return ()
    params = {"count": len(days), "days": list(dict.fromkeys(days))}
    return (TodoItem("todo.erase-again", params, "tools.retention", today, Urgency.TODAY),)


class _TodoList:
    """Collects the lines one family of steps at a time."""

    def __init__(self, situation: Situation, days: KeyDays, today: date, closed: frozenset[date]) -> None:
        self._now = situation
        self._days = days
        self._today = today
        self._closed = closed
        self._phase = phase_on(days, today)
        self._items: list[TodoItem] = []

    def made(self) -> tuple[TodoItem, ...]:
        self._entries()
        self._first_screening()
        self._interviews()
        self._final_screening()
        self._appointment()
        self._work()
        # What has no day of its own comes after what is due today and before what can wait.
        return tuple(sorted(self._items, key=lambda item: (item.due or self._today, item.due is None)))

    def _add(self, code: str, action: str, due: date | None = None, **params: Any) -> None:
        self._items.append(TodoItem(f"todo.{code}", params, action, due, self._urgency(due)))

    def _urgency(self, due: date | None) -> Urgency:
        if due is None:
            return Urgency.NOW
        if due < self._today:
            return Urgency.OVERDUE
        if due == self._today:
            return Urgency.TODAY
        return Urgency.TOMORROW if due == self._today + timedelta(days=1) else Urgency.LATER

    def _open_day_before(self, day: date) -> date:
        return previous_open_day(day - timedelta(days=1), self._closed)

    def _open_day_after(self, day: date) -> date:
        following = open_days(day + timedelta(days=1), day + _LONGEST_CLOSURE, self._closed)
        return following[0] if following else day + timedelta(days=1)

    def _entries(self) -> None:
        days, now = self._days, self._now
        if self._phase is Phase.BEFORE:
            self._add("check-courses", "view.courses", self._open_day_before(days.entry_from))
        elif not now.entries:
            self._add("import", "file.import", self._open_day_after(days.entry_until))
        elif self._today > days.entry_until and not now.imported_all:
            self._add("import-rest", "file.import", self._open_day_after(days.entry_until))
        if now.suspicions:
            self._add("suspicions", "selection.doubles", count=now.suspicions)

    def _first_screening(self) -> None:
        days, now = self._days, self._now
        if now.unscored and self._today > days.entry_until:
            due = self._open_day_before(days.first_result)
            self._add("score", "selection.screening", due, count=now.unscored)
        if now.first_open and (now.first_pending or self._today > days.entry_until):
            self._add(
                "first-decisions",
                "view.applicants",
                days.first_result,
                open=now.first_open,
                noted=now.first_pending,
            )
        elif now.first_pending:
            self._add("release-first", "selection.release-first", days.first_result, count=now.first_pending)
        if now.first_letters:
            self._add("first-letters", "papers.first-result", days.first_result, count=now.first_letters)

    def _interviews(self) -> None:
        days, now = self._days, self._now
        before = self._open_day_before(days.interview_from)
        if now.interviews_today:
            self._add("interviews-today", "view.interviews", self._today, count=now.interviews_today)
        if now.to_book:
            due = before if self._today <= before else days.interview_until
            self._add("plan", "plan.make", due, count=now.to_book)
        if now.invitations:
            due = max(before, self._today)
            self._add("invitations", "papers.interview-invitation", due, count=now.invitations)

    def _final_screening(self) -> None:
        days, now = self._days, self._now
        if now.final_open and (now.final_pending or self._today >= days.interview_from):
            self._add(
                "final-decisions",
                "view.applicants",
                days.final_result,
                open=now.final_open,
                noted=now.final_pending,
            )
        elif now.final_pending:
            self._add("release-final", "selection.release-final", days.final_result, count=now.final_pending)
        if now.final_letters:
            self._add("final-letters", "papers.final-result", days.final_result, count=now.final_letters)

    def _appointment(self) -> None:
        now, before = self._now, self._open_day_before(self._days.term_from)
        if now.replies:
            self._add("replies", "view.applicants", before, count=now.replies)
        if now.to_appoint:
            self._add("appoint", "work.appoint", before, count=now.to_appoint)
        if now.owing:
            self._add("hand-ins", "work.hand-ins", now.owed_since, count=now.owing)

    def _work(self) -> None:
        days, now = self._days, self._now
        if now.without_hours:
            self._add("hours", "view.payroll", self._open_day_before(days.term_from), count=now.without_hours)
        for ended in now.to_close:
            self._add(
                "close-month",
                "work.close-month",
                self._open_day_after(_last_day(ended)),
                month=ended.month,
                count=ended.count,
            )
        for month in now.statements:
            self._add("statements", "papers.pay-statement", month=month.month, count=month.count)
        for left in now.to_certify:
            # 所得税法226条: a 源泉徴収票 within a month of leaving.
            due = add_months(left.day, 1)
            self._add("year-end", "work.year-end", due, day=left.day, count=left.count)
        if days.term_until.year > HOLIDAYS_PUBLISHED_THROUGH and self._phase is not Phase.CLOSED:
            self._add("holidays-unpublished", "", year=HOLIDAYS_PUBLISHED_THROUGH + 1)


def _last_day(month: MonthCount) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1) - timedelta(days=1)
