"""Undo where two people work: each takes back their own acts, never what the other has built on them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from edit_races import people_to_edit

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import applicant_form, save_applicant
from fujisawa_desktop.services.changes import Label
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.history import redo, undo, undo_state
from fujisawa_desktop.services.undo_list import undo_list, undo_through
from fujisawa_desktop.texts import message

MINE, THEIRS = "山田", "佐藤"


@pytest.fixture
def people(database: Database, programme_id: int) -> list[int]:
    return people_to_edit(database, programme_id)


def note(database: Database, person: int, text: str, actor: str) -> int:
    form = replace(applicant_form(database, person), note=text)
    return save_applicant(database, form=form, actor=actor).seq or 0


def summary(database: Database, programme_id: int, at: int, text: str, actor: str) -> int:
    one = courses(database, programme_id)[at]
    return save_course(database, form=replace(course(database, one.id), summary=text), actor=actor).seq or 0


def noted(database: Database, person: int) -> str:
    return applicant_form(database, person).note


def test_undo_takes_back_ones_own_act_beneath_anothers_about_somebody_else(
    database: Database, people: list[int]
) -> None:
    mine = note(database, people[0], "私", MINE)
    theirs = note(database, people[1], "隣", THEIRS)
    assert undo_state(database).undo_seq == theirs
    state = undo_state(database, actor=MINE)
    assert (state.undo_seq, state.undo_by, state.undo) == (mine, MINE, Label("applicant.edit"))
    undo(database, actor=MINE)
    assert (noted(database, people[0]), noted(database, people[1])) == ("", "隣")
    redo(database, actor=MINE)
    assert noted(database, people[0]) == "私"
    assert undo_state(database, actor=MINE).undo_seq == mine


def test_what_another_wrote_over_is_not_taken_back_and_it_is_said_whose_act_it_is(
    database: Database, people: list[int]
) -> None:
    note(database, people[0], "私", MINE)
    theirs = note(database, people[0], "隣", THEIRS)
    with pytest.raises(RuleError, match=r"undo\.beneath-others") as refused:
        undo(database, actor=MINE)
    assert THEIRS in message(refused.value)
    assert noted(database, people[0]) == "隣"
    undo(database, actor=THEIRS)
    undo(database, actor=MINE)  # theirs is gone: nothing rests on mine any more
    assert noted(database, people[0]) == ""
    assert theirs not in {row.seq for row in undo_list(database)}


def test_another_row_of_what_rules_count_over_stands_in_the_way_too(
    database: Database, programme_id: int
) -> None:
    summary(database, programme_id, 0, "私", MINE)
    summary(database, programme_id, 1, "隣", THEIRS)
    with pytest.raises(RuleError, match=r"undo\.beneath-others"):
        undo(database, actor=MINE)


def test_whoever_did_nothing_is_told_whose_the_latest_act_is(database: Database, people: list[int]) -> None:
    note(database, people[0], "隣", THEIRS)
    state = undo_state(database, actor="新人")
    assert (state.undo, state.undo_seq) == (None, None)
    assert state.undo_by
    with pytest.raises(RuleError, match=r"undo\.others") as refused:
        undo(database, actor="新人")
    assert THEIRS in message(refused.value)
    assert noted(database, people[0]) == "隣"


def test_what_another_took_back_is_theirs_to_do_again(database: Database, people: list[int]) -> None:
    seq = note(database, people[0], "私", MINE)
    undo_through(database, seq=seq, actor=THEIRS)
    assert undo_state(database, actor=MINE).redo is None
    with pytest.raises(RuleError, match=r"redo\.others") as refused:
        redo(database, actor=MINE)
    assert THEIRS in message(refused.value)
    redo(database, actor=THEIRS)
    assert noted(database, people[0]) == "私"
    assert undo_state(database, actor=THEIRS).undo_seq == seq, "who did it last may take it back"


def test_the_list_shows_everybodys_acts_with_their_names(database: Database, people: list[int]) -> None:
    note(database, people[0], "私", MINE)
    note(database, people[1], "隣", THEIRS)
    assert [row.actor for row in undo_list(database)][:2] == [THEIRS, MINE]


def test_alone_undo_goes_back_over_everything_as_ever(database: Database, people: list[int]) -> None:
    for number in range(5):
        note(database, people[0], f"{number}", MINE)
    for number in range(4, 0, -1):
        undo(database, actor=MINE)
        assert noted(database, people[0]) == f"{number - 1}"
    for number in range(1, 5):
        redo(database, actor=MINE)
        assert noted(database, people[0]) == f"{number}"
