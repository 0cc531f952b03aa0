"""What the pane beside the list is told: flags with reasons, the raw row, history, doubts, the deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from intake_scene import OTHER, row_of, take_in
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import Entry, FlagVerdict, SuspectedDuplicate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ListQuery, details, list_page, save_applicant
from fujisawa_desktop.services.comparison import comparison
from fujisawa_desktop.services.deadline import deadline_form, foresee_deadline, set_deadline
from fujisawa_desktop.services.doubts import look_again, mark_different, mark_open, open_doubts
from fujisawa_desktop.services.entry_raw import as_typed
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.person_choices import suggested
from fujisawa_desktop.services.person_merge import merge_people
from fujisawa_desktop.services.rulings import rule_flag
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

AGAIN = {"整理番号": "2001", "メールアドレス": "relay@relay.example"}
LATE = {"申込日時": "2024/10/17 00:03:00"}


def entry_of(database: Database, programme_id: int, number: str) -> int:
    return row_of(database, programme_id, number).entry_id


@pytest.mark.parametrize(
    ("cells", "code", "params"),
    [
        (
            LATE,
            "flag.late",
            {"received": datetime(2024, 10, 17, 0, 3), "deadline": datetime(2024, 10, 16, 23, 59)},
        ),
        ({"処理状況": "取下げ"}, "flag.withdrawn", {"state": "取下げ"}),
        (
            {"大学・大学院名": "見本専門学校"},
            "flag.refused-school",
            {"school": "見本専門学校", "word": "専門学校"},
        ),
        ({"大学・大学院名": ""}, "flag.no-school", {}),
    ],
)
def test_a_flag_tells_the_fact_it_comes_from(
    database: Database,
    programme_id: int,
    tmp_path: Path,
    cells: dict[str, str],
    code: str,
    params: dict[str, object],
) -> None:
    take_in(database, programme_id, tmp_path, cells)
    [view] = details(database, entry_of(database, programme_id, "1001")).flag_views
    assert (view.code, dict(view.params), view.ruling) == (code, params, None)


def test_a_school_of_no_known_kind_names_the_words_that_are_accepted(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"大学・大学院名": "見本塾"})
    [view] = details(database, entry_of(database, programme_id, "1001")).flag_views
    assert view.code == "flag.unknown-school"
    assert "大学" in str(view.params["words"])


def test_a_statement_of_disqualification_is_quoted(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"欠格条項の確認": "該当します"})
    entry_id = entry_of(database, programme_id, "1001")
    with unit_of_work(database, "test.flag") as work:
        work.session.get_one(Entry, entry_id).is_disqualified = True
        work.commit()
    view = details(database, entry_id).flag_views[-1]
    assert (view.flag, view.code) == ("disqualified", "flag.disqualified-stated")
    assert view.params == {"heading": "欠格条項の確認", "text": "該当します"}


def test_a_school_corrected_by_a_clerk_is_judged_anew(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"大学・大学院名": "見本専門学校"})
    entry_id = entry_of(database, programme_id, "1001")
    save_applicant(database, form=replace(details(database, entry_id).form, school="見本大学"))
    assert details(database, entry_id).flags == ()
    undo(database)
    assert details(database, entry_id).flags == ("not-student",)


def test_an_entry_is_shown_as_typed_with_columns_nobody_mapped(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"手続き名": "申込", "趣味": "将棋"})
    entry_id = entry_of(database, programme_id, "1001")
    save_applicant(database, form=replace(details(database, entry_id).form, phone="0466-25-1111"))
    typed = as_typed(database, entry_id=entry_id)
    assert typed is not None
    assert (typed.file_name, typed.line) == ("portal.csv", 2)
    cells = {cell.heading: cell for cell in typed.cells}
    assert cells["氏名（フリガナ）"].cell == "クルミザワ　リョウスケ"
    assert (cells["氏名（フリガナ）"].use, cells["氏名（フリガナ）"].value) == (
        "kana",
        "クルミザワ リョウスケ",
    )
    assert (cells["電話番号"].cell, cells["電話番号"].value) == ("09000000001", "0466251111")
    assert (cells["手続き名"].use, cells["手続き名"].cell) == ("", "申込")
    assert cells["趣味"].use == "answer"
    assert cells["希望コース"].value == "DX・スマートシティ"
    with pytest.raises(NotFoundError):
        as_typed(database, entry_id=999)


def test_history_tells_who_changed_what_from_what_to_what(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, LATE, OTHER)
    entry_id = entry_of(database, programme_id, "1001")
    save_applicant(database, form=replace(details(database, entry_id).form, phone="0466251111"), actor="甲")
    rule_flag(database, entry_id=entry_id, flag="late", verdict=FlagVerdict.WAIVED, reason="障害", actor="乙")
    row = row_of(database, programme_id, "1001")
    record_decisions(
        database, application_ids=list(row.application_ids), stage=Stage.FIRST, result=Result.PASS
    )
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    told = {
        (event.actor, event.label.code): {(c.table, c.field, c.old, c.new) for c in event.changes}
        for event in details(database, entry_id).history
    }
    assert told["甲", "applicant.edit"] == {("applicant", "phone", "09000000001", "0466251111")}
    assert told["乙", "ruling.waived"] == {
        ("flag_ruling", "verdict", None, "waived"),
        ("flag_ruling", "reason", None, "障害"),
    }
    changes = {change for events in told.values() for change in events}
    assert ("application", "status", "received", "first-passed") in changes
    assert ("decision", "result", None, "pass") in changes
    other = details(database, entry_of(database, programme_id, "1002")).history
    assert not any(event.label.code == "applicant.edit" for event in other)


def test_the_history_of_who_was_joined_is_told_with_the_one_person(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, AGAIN)
    kept, gone = (row_of(database, programme_id, number) for number in ("1001", "2001"))
    form = details(database, gone.entry_id).form
    save_applicant(database, form=replace(form, grade="4年"), actor="甲")
    assert "applicant.edit" not in {e.label.code for e in details(database, kept.entry_id).history}
    merge_people(database, kept_id=kept.applicant_id, gone_id=gone.applicant_id, from_gone={"grade"})
    history = details(database, kept.entry_id).history
    assert [event.label.code for event in history] == ["person.merge", "applicant.edit", "import.applicants"]
    assert ("grade", "", "4年") in {(c.field, c.old, c.new) for c in history[0].changes}


def test_open_questions_are_asked_once_a_pair(database: Database, programme_id: int, tmp_path: Path) -> None:
    take_in(database, programme_id, tmp_path, {}, AGAIN, OTHER)
    [doubt] = open_doubts(database, programme_id=programme_id)
    assert (doubt.is_same, "kana" in doubt.reasons) == (True, True)
    pair = comparison(database, left_entry_id=doubt.first_entry_id, right_entry_id=doubt.second_entry_id)
    assert (pair.left.number, pair.right.number, pair.differing) == ("1001", "2001", ("mail",))
    assert not pair.foresight.refused
    mark_different(database, suspicion_id=doubt.suspicion_id)
    assert open_doubts(database, programme_id=programme_id) == ()
    take_in(database, programme_id, tmp_path, {}, {**AGAIN, "電話番号": "09000000003"}, OTHER)
    form = details(database, pair.left.entry_id).form
    save_applicant(database, form=replace(form, phone="09000000003"))
    assert open_doubts(database, programme_id=programme_id) == ()
    mark_open(database, suspicion_id=doubt.suspicion_id)
    [again] = open_doubts(database, programme_id=programme_id)
    assert "phone" in again.reasons


def test_a_question_nothing_speaks_for_any_more_is_dropped(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, AGAIN)
    entry_id = entry_of(database, programme_id, "2001")
    form = details(database, entry_id).form
    save_applicant(
        database,
        form=replace(form, kana="ミホン ハナコ", birth_date=None, phone="0466250000"),
    )
    with database.read() as session:
        assert session.scalars(select(SuspectedDuplicate)).all() == []
    undo(database)
    assert len(open_doubts(database, programme_id=programme_id)) == 1


def test_so_it_is_when_the_value_is_typed_in_the_list(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, {**AGAIN, "生年月日": "2003/01/01"})
    [_doubt] = open_doubts(database, programme_id=programme_id)
    person = row_of(database, programme_id, "2001").applicant_id
    save_cell(database, applicant_ids=[person], field="phone", text="0466250000")
    assert open_doubts(database, programme_id=programme_id) == ()
    undo(database)
    assert len(open_doubts(database, programme_id=programme_id)) == 1


def test_everybody_is_compared_again_and_what_was_judged_stays(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, AGAIN, {**AGAIN, "整理番号": "3001"}, OTHER)
    first, second, third = open_doubts(database, programme_id=programme_id)
    mark_different(database, suspicion_id=first.suspicion_id)
    assert not look_again(database, programme_id=programme_id).changed
    with unit_of_work(database, "test.forget") as work:
        work.delete_many(SuspectedDuplicate, [second.suspicion_id, third.suspicion_id])
        work.commit()
    assert look_again(database, programme_id=programme_id).changed
    assert len(open_doubts(database, programme_id=programme_id)) == 2
    one, other = (row_of(database, programme_id, number).applicant_id for number in ("2001", "3001"))
    merge_people(database, kept_id=one, gone_id=other)
    found = open_doubts(database, programme_id=programme_id)
    assert not look_again(database, programme_id=programme_id).changed
    assert open_doubts(database, programme_id=programme_id) == found


@pytest.mark.parametrize(
    ("kept", "gone", "better"),
    [
        ({"name_entered": "高橋　葵"}, {"name_entered": "髙橋　葵"}, {"name"}),
        ({"name_entered": "髙橋　葵"}, {"name_entered": "高橋　葵"}, set()),
        ({"name_entered": "鈴木　葵"}, {"name_entered": "髙橋　葵"}, set()),
        ({"grade": ""}, {"grade": "3年"}, {"grade"}),
        ({"grade": "2年"}, {"grade": ""}, set()),
        ({"school_category": ""}, {"school_category": "大学院"}, {"school"}),
        ({"school_category": "", "school": "a大学"}, {"school_category": "大学院", "school": "b大学"}, set()),
        ({}, {"name_official": "髙橋　葵"}, {"name"}),
    ],
)
def test_the_better_value_is_suggested(kept: dict[str, str], gone: dict[str, str], better: set[str]) -> None:
    plain = {"name_entered": "高橋　葵", "name_official": None, "character_note": "", "kana": ""}
    empty = dict.fromkeys(
        (
            "birth_date", "phone", "mail", "postcode", "address", "school", "school_category", "faculty",
            "department", "grade", "graduation",
        ),
        "",
    )  # fmt: skip
    assert suggested({**plain, **empty, **kept}, {**plain, **empty, **gone}) == better


def test_another_deadline_names_whose_flag_changes_and_sets_it_in_one_act(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, LATE, {**OTHER, "申込日時": "2024/10/16 12:00:30"})
    late, on_time = (entry_of(database, programme_id, number) for number in ("1001", "1002"))
    rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.WAIVED, reason="障害")
    seen = foresee_deadline(database, programme_id=programme_id, deadline=datetime(2024, 10, 16, 11, 59))
    assert [(one.number, one.is_ruled) for one in seen.newly_late] == [("1002", False)]
    assert (seen.in_time_again, seen.late) == ((), 2)
    minute = foresee_deadline(database, programme_id=programme_id, deadline=datetime(2024, 10, 16, 12, 0))
    assert minute.newly_late == ()
    wanted = datetime(2024, 10, 17, 0, 3)
    again = foresee_deadline(database, programme_id=programme_id, deadline=wanted)
    assert [(one.number, one.is_ruled) for one in again.in_time_again] == [("1001", True)]
    form = deadline_form(database, programme_id=programme_id)
    set_deadline(database, form=form, deadline=wanted)
    assert details(database, late).flags == ()
    with pytest.raises(ConflictError):
        set_deadline(database, form=form, deadline=wanted)
    undo(database)
    [view] = details(database, late).flag_views
    assert view.ruling is not None
    with pytest.raises(ValidationError):
        set_deadline(
            database,
            form=deadline_form(database, programme_id=programme_id),
            deadline=datetime(2025, 3, 1, 12, 0),
        )
    assert details(database, on_time).flags == ()
    assert len(list_page(database, ListQuery(programme_id, flags=frozenset({"late"})))) == 1
