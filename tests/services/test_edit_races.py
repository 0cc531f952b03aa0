"""Two programs at the same twenty people: nothing written over unseen, every conflict with both values."""

from __future__ import annotations

from edit_races import people_to_edit, race, written_over_unseen
from places import Places

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import applicant_form, save_applicant

COUNT = 25


def test_two_processes_lose_no_edit_and_are_shown_no_lock(
    database: Database, programme_id: int, places: Places
) -> None:
    people = people_to_edit(database, programme_id)[:4]  # fewer people, so that they meet
    outcome = race(database, str(database._where), people, count=COUNT, seed=7)
    assert (outcome.lost, outcome.blind, outcome.other) == ((), 0, ())
    assert outcome.saves > COUNT


def test_the_count_of_lost_edits_does_notice_one(database: Database, programme_id: int) -> None:
    person = people_to_edit(database, programme_id)[0]
    before = applicant_form(database, person)
    from dataclasses import replace

    save_applicant(database, form=replace(before, note="山田"), actor="山田")
    blind = save_applicant(
        database, form=replace(applicant_form(database, person), note="佐藤"), actor="佐藤"
    )
    saves = {blind.seq or 0: {"row": person, "saw": {"note": ""}}}
    assert written_over_unseen(database, saves) == [f"act {blind.seq}: note"]
