"""What 経過 tells of somebody's interviews: from which time to which, and of nobody else's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import details
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_booking import book, cancel, move, set_locked, stretch, swap
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_view import Booked, CalendarView


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    return office_and_people(database, programme_id, tmp_path, narrow=2)


def booked(database: Database, programme_id: int, view: CalendarView, person: int, start: datetime) -> Booked:
    book(
        database, programme_id=programme_id, entry_id=entry_of(view, person), start=start,
        interviewer_ids=[interviewer_named(view, "佐野")],
    )  # fmt: skip
    return calendar(database, programme_id=programme_id).booked_of[entry_of(view, person)]


def told(database: Database, view: CalendarView, person: int) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return the acts about interviews, the latest first, with the times they changed."""
    history = details(database, entry_of(view, person)).history
    return [
        (one.label.code, [(change.field, change.old, change.new) for change in one.changes])
        for one in history
        if one.label.code.startswith(("interview.", "journal."))
    ]


def test_times_are_told_with_every_act_that_changes_them(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    one = booked(database, programme_id, view, 0, at(9))
    move(database, interview_id=one.interview_id, start=at(9, 30))
    stretch(database, interview_id=one.interview_id, end=at(9, 45))
    set_locked(database, interview_id=one.interview_id, locked=True)
    undo(database)
    cancel(database, interview_id=one.interview_id)
    undo(database)
    assert told(database, view, 0) == [
        ("journal.undo", [("starts_at", None, at(9, 30))]),
        ("interview.cancel", [("starts_at", at(9, 30), None)]),
        ("journal.undo", []),
        ("interview.lock", []),
        ("interview.stretch", [("ends_at", at(10), at(9, 45))]),
        ("interview.move", [("starts_at", at(9), at(9, 30))]),
        ("interview.book", [("starts_at", None, at(9))]),
    ]


@pytest.mark.file_only("a number is given to another interview again, which a server never does")
def test_nothing_is_told_of_who_had_the_interview_before_or_of_who_was_exchanged_with(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    first = booked(database, programme_id, view, 0, at(9))
    second = booked(database, programme_id, view, 1, at(9, 30))
    swap(database, first_id=first.interview_id, second_id=second.interview_id)
    for one in (second, first):
        cancel(database, interview_id=one.interview_id)
    again = booked(database, programme_id, view, 1, at(9))
    assert again.interview_id == first.interview_id
    assert told(database, view, 1) == [
        ("interview.book", [("starts_at", None, at(9))]),
        ("interview.cancel", [("starts_at", at(9), None)]),
        ("interview.swap", [("starts_at", at(9, 30), at(9))]),
        ("interview.book", [("starts_at", None, at(9, 30))]),
    ]
