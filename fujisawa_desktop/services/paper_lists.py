"""Lists for the office: the roster of applicants and the timetable of interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from math import gcd
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Align, Column, Owner, RosterSpec, TimetableCell, TimetableSpec
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Applicant, Application, Course, Entry
from fujisawa_desktop.rules.hours import minute_of_day
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.interview_facts import InterviewFacts, interview_facts, interviewer_facts
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.paper_wording import Wording, clock_short
from fujisawa_desktop.services.rulings import FLAG_COLUMNS

_SHARES: Final = (9, 28, 42, 46, 90, 37)
_ALIGNS: Final[tuple[Align, ...]] = ("right", "left", "left", "left", "left", "left")
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


def rosters(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one list for each course, in order of kana; entries without a course in a list of their own.

    A course nobody applied to has an empty list, unless only some people were asked for.
    """
    by_course: dict[int | None, list[tuple[str, ...]]] = {}
    for course_id, row in _roster_rows(session, order):
        by_course.setdefault(course_id, []).append(row)
    query = select(Course.id, Course.name).where(Course.programme_id == order.programme.id)
    names: dict[int | None, str] = {
        row.id: row.name for row in session.execute(query.order_by(Course.position))
    }
    if None in by_course:
        names[None] = order.words.text("no_course")
    return [
        Sheet(_roster(order, name, by_course.get(course_id, [])))
        for course_id, name in names.items()
        if by_course.get(course_id) or order.numbers is None
    ]


def _roster_rows(session: Session, order: PaperOrder) -> list[tuple[int | None, tuple[str, ...]]]:
    query = (
        select(Entry, Applicant, Application.status, Course.id)
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .outerjoin(Application, Application.entry_id == Entry.id)
        .outerjoin(Course, Course.id == Application.course_id)
        .where(Entry.programme_id == order.programme.id)
        .order_by(Applicant.sort_key, Entry.id)
    )
    statuses, flags = order.words.words("status"), order.words.words("flags")
    rows: list[tuple[int | None, tuple[str, ...]]] = []
    for entry, person, status, course_id in session.execute(query):
        if not order.wants(entry.number):
            continue
        school = "　".join(filter(None, (person.school, person.faculty, person.department, person.grade)))
        state = _state(status, statuses, "、".join(_flags(entry, flags)))
        rows.append((course_id, (entry.number, person.name, person.kana, school, state)))
    return rows


def _flags(entry: Entry, words: Mapping[str, str]) -> list[str]:
    borne = (name for name, column in FLAG_COLUMNS.items() if getattr(entry, column.key))
    return [words.get(name, name) for name in borne]


def _state(status: ApplicationStatus | None, words: Mapping[str, str], marks: str) -> str:
    state = "" if status is None else words.get(status.value, "")
    if not marks:
        return state
    return f"{state}（{marks}）" if state else marks


def _roster(order: PaperOrder, course: str, rows: Sequence[tuple[str, ...]]) -> RosterSpec:
    words = order.words
    values = {**list_values(order), "コース": course, "件数": str(len(rows))}
    headings = words.texts("columns")
    return RosterSpec(
        owner=Owner(course, course),
        title=words.fill(words.text("title"), values),
        subtitle=words.fill(words.text("subtitle"), values),
        mark=words.text("mark"),
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        columns=tuple(
            Column(heading, share, align)
            for heading, share, align in zip(headings, _SHARES, _ALIGNS, strict=True)
        ),
        rows=tuple((str(number), *row) for number, row in enumerate(rows, start=1)),
        empty_text=words.text("empty"),
    )


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
