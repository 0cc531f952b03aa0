"""Two programs and one place: never two bookings, one winner, and the loser hears why."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from appointed import Person, add_people
from interview_races import LOSER_HEARS, Prize, Rivals, race
from interview_scene import OFFICE, at, interviewer_named, interviewers_file

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_imports import import_interviewers

ROUNDS = 42


def rivals(database: Database, programme_id: int, folder: Path) -> dict[Prize, Rivals]:
    """Two people, and one person with two entries, before interviewers who see everybody."""
    add_people(
        database, programme_id,
        (
            Person("1", "髙橋　美咲", "タカハシ ミサキ", 0, Status.FIRST_PASSED),
            Person("2", "葛城　さくら", "カツラギ サクラ", 0, Status.FIRST_PASSED),
            Person("3", "楜澤　涼介", "クルミザワ リョウスケ", 0, Status.FIRST_PASSED),
            Person("4", "楜澤　涼介", "クルミザワ リョウスケ", 1, Status.FIRST_PASSED),
        ),
    )  # fmt: skip
    office = (*OFFICE, ("人事課 西", "", "2024-10-30", "9:00", "12:00"))
    import_interviewers(database, programme_id=programme_id, file=interviewers_file(folder, office))
    view = calendar(database, programme_id=programme_id)
    entry = {person.number: person.entry_id for person in view.people}
    one, other = interviewer_named(view, "佐野"), interviewer_named(view, "西")
    two_people = Rivals(programme_id, (entry["1"], entry["2"]), (one, one))
    return {
        Prize.INTERVIEWER: two_people,
        Prize.UNSEEN: two_people,
        Prize.PERSON: Rivals(programme_id, (entry["3"], entry["4"]), (one, other)),
    }


def start_of(number: int) -> datetime:
    return at(9) + timedelta(minutes=5 * (number % 12))


def test_two_processes_that_race_for_one_place_never_both_get_it(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    wanted = rivals(database, programme_id, tmp_path)
    tally = race(database, database.place, wanted, start_of, ROUNDS)
    assert tally.wrong == []
    assert tally.ends == {
        (prize, ("done", code)): ROUNDS // len(Prize) for prize, code in LOSER_HEARS.items()
    }
