"""Lists for the office: the roster of applicants and the timetable of interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from math import gcd
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Owner, TimetableCell, TimetableSpec
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.rules.hours import minute_of_day
from fujisawa_desktop.services.interview_facts import InterviewFacts, interview_facts, interviewer_facts
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.paper_wording import Wording, clock_short

_NOBODY: Final = 0
"""Stands for the interviewer where nobody is named yet."""


def list_values(order: PaperOrder) -> dict[str, str]:
    """Return what the words in braces stand for in every list."""
    return {
        "年度": order.words.fiscal_year(order.programme.fiscal_year),
        "実施回名": order.programme.title,
        "実施回略称": order.programme.short_title,
        "作成日時": order.words.moment(order.now),
        "コース": "",
        "日付": "",
        "件数": "",
    }


def timetables(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one timetable for each day with interviews.

    Raises:
        RuleError: ``papers.no-interviews``.
    """
    meetings = [one for one in interview_facts(session, order.programme.id) if order.wants(one.number)]
    if not meetings:
        raise RuleError("papers.no-interviews", kind=order.kind)
    people = interviewer_facts(session, order.programme.id)
    names = {key: person.name for key, person in people.items()}
    names[_NOBODY] = order.words.text("unassigned")
    days = sorted({meeting.starts.date() for meeting in meetings})
    return [
        Sheet(_timetable(order, day, [m for m in meetings if m.starts.date() == day], names)) for day in days
    ]


def _timetable(
    order: PaperOrder, day: date, meetings: Sequence[InterviewFacts], names: Mapping[int, str]
) -> TimetableSpec:
    words: Wording = order.words
    grid = _Grid.of(order, meetings)
    seats = [(meeting, key) for meeting in meetings for key in meeting.interviewer_ids or (_NOBODY,)]
    busy = {key for _meeting, key in seats}
    columns = [key for key in names if key in busy]
    heading = words.day_and_weekday(day)
    values = {**list_values(order), "日付": heading, "件数": str(len(meetings))}
    return TimetableSpec(
        owner=Owner(day.isoformat(), heading),
        title=words.fill(words.text("title"), values),
        day=words.fill(words.text("day"), values),
        mark=words.text("mark"),
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        times=grid.labels(),
        interviewers=tuple(names[key] for key in columns),
        cells=tuple(
            TimetableCell(
                grid.row(meeting.starts.time()),
                columns.index(key),
                grid.row(meeting.ends.time()) - grid.row(meeting.starts.time()),
                meeting.name,
                (meeting.number, "・".join(meeting.courses)),
            )
            for meeting, key in seats
        ),
        closed_rows=grid.rows_between(order.programme.lunch_from, order.programme.lunch_until),
        notes=words.fill_all(words.texts("notes"), values),
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of a timetable: all of the same length, so that every interview begins and ends at a row."""

    first: int
    last: int
    step: int
    """All in minutes after midnight."""

    @classmethod
    def of(cls, order: PaperOrder, meetings: Sequence[InterviewFacts]) -> _Grid:
        programme = order.programme
        edges = [minute_of_day(moment.time()) for m in meetings for moment in (m.starts, m.ends)]
        first = min(minute_of_day(programme.interview_day_from), *edges)
        last = max(minute_of_day(programme.interview_day_until), *edges)
        step = gcd(programme.interview_slot_minutes, *(edge - first for edge in edges))
        return cls(first, last, step)

    def row(self, moment: time) -> int:
        return (minute_of_day(moment) - self.first) // self.step

    def labels(self) -> tuple[str, ...]:
        starts = range(self.first, self.last, self.step)
        return tuple(clock_short(time(minute // 60, minute % 60)) for minute in starts)

    def rows_between(self, begin: time | None, end: time | None) -> tuple[int, ...]:
        if begin is None or end is None:
            return ()
        return tuple(
            number
            for number, minute in enumerate(range(self.first, self.last, self.step))
            if minute_of_day(begin) <= minute < minute_of_day(end)
        )
