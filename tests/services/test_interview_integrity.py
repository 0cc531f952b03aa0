"""``check`` finds interviews whose rows contradict each other, and none after any act."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people
from sqlalchemy import text

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_announcing import announce
from fujisawa_desktop.services.interview_booking import book, move, stretch, swap
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_day import postpone
from fujisawa_desktop.services.interview_integrity import INTERVIEW_CHECKS


@pytest.fixture
def keys(database: Database, programme_id: int, tmp_path: Path) -> list[int]:
    view = office_and_people(database, programme_id, tmp_path, narrow=2)
    who = [interviewer_named(view, "佐野")]
    for person, start in ((0, at(9)), (1, at(9, 30))):
        book(
            database, programme_id=programme_id, entry_id=entry_of(view, person), start=start,
            interviewer_ids=who,
        )  # fmt: skip
    announce(database, programme_id=programme_id)
    return [one.interview_id for one in calendar(database, programme_id=programme_id).interviews]


def contradictions(database: Database) -> set[tuple[str, int]]:
    """What is odd about interviews; the people of this scene came in without an import."""
    found = [check.find for check in INTERVIEW_CHECKS]
    with database.read() as session:
        return {(one.kind, one.row_id) for find in found for one in find(session)}


def test_every_act_and_its_undo_leave_the_file_whole(database: Database, keys: list[int]) -> None:
    first, second = keys
    acts = (
        lambda: move(database, interview_id=first, start=at(10), despite=True),
        lambda: swap(database, first_id=first, second_id=second, despite=True),
        lambda: stretch(database, interview_id=second, end=at(10, 45), despite=True),
        lambda: postpone(database, interview_id=first),
    )
    for act in acts:
        assert act().changed
        assert not contradictions(database)
    for step in (*[undo] * len(acts), *[redo] * len(acts)):
        step(database)
        assert not contradictions(database)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("DELETE FROM interview_unit WHERE id = 1", ("interview-units", 1)),
        ("UPDATE interview_unit SET holder_id = 9 WHERE id = 1", ("interview-units", 1)),
        ("DELETE FROM interview_seat WHERE interview_id = 2", ("interview-units", 2)),
        ("UPDATE interview SET ends_at = '{later}' WHERE id = 2", ("interview-units", 2)),
        (
            "UPDATE interview_announcement SET applicant_id = 3 WHERE id = 1",
            ("told-person", 1),
        ),
        ("UPDATE interview SET applicant_id = 3 WHERE id = 1", ("interview-person", 1)),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_named_without_a_name(
    database: Database, keys: list[int], damage: str, fault: tuple[str, int]
) -> None:
    assert keys == [1, 2]
    later = at(9, 30) + timedelta(hours=1)
    with database.engines.writer.begin() as connection:
        connection.execute(text(damage.format(later=f"{later:%Y-%m-%d %H:%M:%S.%f}")))
    assert fault in contradictions(database)
