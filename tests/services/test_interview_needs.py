"""What a person needs for the interview: stored, shown in the calendar, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from interview_scene import entry_of, office_and_people

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_needs import Need, need_of, set_need
from fujisawa_desktop.services.interview_view import Person

WHEELCHAIR = Need(date(2024, 10, 31), 45, True, "車椅子で来庁")


@pytest.fixture
def person(database: Database, programme_id: int, tmp_path: Path) -> Person:
    view = office_and_people(database, programme_id, tmp_path, narrow=2)
    return view.person_of[entry_of(view, 0)]


def stored(database: Database, person: Person) -> Need:
    with database.read() as session:
        return replace(need_of(session, person.applicant_id), version=None)


def test_the_calendar_shows_it_and_it_is_undone_and_done_again(
    database: Database, programme_id: int, person: Person
) -> None:
    change = set_need(database, applicant_id=person.applicant_id, need=WHEELCHAIR)
    assert change.label.code == "interview.need"
    view = calendar(database, programme_id=programme_id)
    shown = view.person_of[person.key]
    assert (shown.finish_by, shown.minutes, shown.needs_support, shown.need_note) == (
        date(2024, 10, 31), 45, True, "車椅子で来庁",
    )  # fmt: skip
    assert view.length_of(shown).seconds == 45 * 60
    undo(database)
    assert stored(database, person).is_empty
    redo(database)
    assert stored(database, person) == WHEELCHAIR


def test_nothing_needed_takes_the_row_away(database: Database, person: Person) -> None:
    set_need(database, applicant_id=person.applicant_id, need=WHEELCHAIR)
    with database.read() as session:
        version = need_of(session, person.applicant_id).version
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        set_need(database, applicant_id=person.applicant_id, need=Need(version=(version or 0) + 1))
    set_need(database, applicant_id=person.applicant_id, need=Need(note="  ", version=version))
    assert stored(database, person).is_empty


@pytest.mark.parametrize("minutes", [0, 3, 47, 245])
def test_a_length_off_the_grid_or_too_long_is_refused(
    database: Database, person: Person, minutes: int
) -> None:
    with pytest.raises(ValidationError) as refused:
        set_need(database, applicant_id=person.applicant_id, need=Need(minutes=minutes))
    assert refused.value.field == "minutes"


def test_nobody_is_refused(database: Database) -> None:
    with pytest.raises(NotFoundError, match=r"applicant\.gone"):
        set_need(database, applicant_id=999, need=WHEELCHAIR)
