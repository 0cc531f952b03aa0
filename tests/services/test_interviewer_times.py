"""Interviewers' time as a clerk types it."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people

from fujisawa_desktop.errors import NotFoundError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interviewer_times import (
    add_interviewer_time,
    interviewer_times,
    remove_interviewer_times,
)


def add(database: Database, programme_id: int, name: str, **more: object) -> None:
    given = {"day": date(2024, 11, 1), "start": time(9), "end": time(12), **more}
    add_interviewer_time(database, programme_id=programme_id, name=name, **given)  # type: ignore[arg-type]


def test_a_new_interviewer_comes_with_courses(database: Database, programme_id: int) -> None:
    course = calendar(database, programme_id=programme_id).courses[0]
    add(database, programme_id, "  会議室 3 ", course_ids=[course.course_id])
    [row] = interviewer_times(database, programme_id=programme_id)
    assert (row.name, row.courses, row.day, row.start, row.end, row.booked) == (
        "会議室　3", (course.short_name,), date(2024, 11, 1), time(9), time(12), 0
    )  # fmt: skip
    undo(database)
    assert calendar(database, programme_id=programme_id).interviewers == ()


def test_a_known_interviewer_gets_more_time_and_keeps_the_courses(
    database: Database, programme_id: int
) -> None:
    course = calendar(database, programme_id=programme_id).courses[0]
    add(database, programme_id, "会議室３")
    add(database, programme_id, "会議室3", start=time(13), end=time(15), course_ids=[course.course_id])
    rows = interviewer_times(database, programme_id=programme_id)
    assert [(row.name, row.courses, row.start) for row in rows] == [
        ("会議室３", (), time(9)),
        ("会議室３", (), time(13)),
    ]


@pytest.mark.parametrize(
    ("name", "more", "field", "code"),
    [
        (" ", {}, "name", "interviewer.name-missing"),
        ("甲", {"end": time(9)}, "end", "span.end-before-start"),
        ("甲", {"day": date(2024, 11, 4)}, "day", "interviewer.closed-day"),
        ("乙", {"start": time(11)}, "start", "interviewer.time-overlaps"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(
    database: Database, programme_id: int, name: str, more: dict[str, object], field: str, code: str
) -> None:
    add(database, programme_id, "乙", end=time(11, 30))
    with pytest.raises(ValidationError) as refused:
        add(database, programme_id, name, **more)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert len(interviewer_times(database, programme_id=programme_id)) == 1


def test_time_taken_away_leaves_its_interviews_marked(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    view = office_and_people(database, programme_id, tmp_path, narrow=2)
    book(
        database,
        programme_id=programme_id,
        entry_id=entry_of(view, 0),
        interviewer_id=interviewer_named(view, "辻"),
        start=at(9),
    )
    row = next(row for row in interviewer_times(database, programme_id=programme_id) if row.booked)
    assert row.name == "デジタル推進室　辻"
    remove_interviewer_times(database, window_ids=[row.window_id])
    [interview] = calendar(database, programme_id=programme_id).interviews
    assert interview.problems == ("interviewer-away",)
    with pytest.raises(NotFoundError, match=r"interviewer\.time-missing"):
        remove_interviewer_times(database, window_ids=[row.window_id])


def test_several_times_are_taken_away_and_given_back_together(database: Database, programme_id: int) -> None:
    for start in (9, 13, 15):
        add(database, programme_id, "会議室3", start=time(start), end=time(start + 1))
    before = interviewer_times(database, programme_id=programme_id)
    gone = [row.window_id for row in before[:2]]
    with pytest.raises(NotFoundError, match=r"interviewer\.time-missing"):
        remove_interviewer_times(database, window_ids=[*gone, 999])
    assert interviewer_times(database, programme_id=programme_id) == before
    remove_interviewer_times(database, window_ids=gone)
    assert interviewer_times(database, programme_id=programme_id) == before[2:]
    undo(database)
    assert interviewer_times(database, programme_id=programme_id) == before


def test_an_unknown_programme_is_refused(database: Database) -> None:
    with pytest.raises(NotFoundError, match=r"programme\.none"):
        add(database, 99, "甲")
