from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from intake_scene import OTHER, counts, row_of, take_in
from sqlalchemy import select

from fujisawa_desktop import texts
from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Base, Entry, JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicants import details, save_applicant
from fujisawa_desktop.services.courses import course, save_course
from fujisawa_desktop.services.history import redo, undo, undo_state
from fujisawa_desktop.services.import_batches import IMPORT_ACTS, import_batches, take_back_import
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.selection import record_decisions

SAMPLES = resources_dir() / "samples"
THIRD = {
    **OTHER,
    "整理番号": "1003",
    "氏名（フリガナ）": "サトウ　ケイ",
    "生年月日": "2001/01/01",
    "電話番号": "08000000003",
    "メールアドレス": "c@example.jp",
}


def other_work(database: Database) -> None:
    """Do something that has nothing to do with any applicant."""
    with database.read() as session:
        [course_id, *_rest] = session.scalars(select(Base.metadata.tables["course"].c.id))
    form = course(database, course_id)
    save_course(database, form=replace(form, capacity=form.capacity + 1))


def seqs(database: Database, programme_id: int) -> list[int]:
    return [row.seq for row in import_batches(database, programme_id=programme_id)]


def test_earlier_imports_are_listed_with_what_they_brought(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, {"整理番号": "1.2E+11"})
    take_in(database, programme_id, tmp_path, {"電話番号": "08012345678"}, OTHER)
    later, earlier = import_batches(database, programme_id=programme_id)
    assert (earlier.file_name, earlier.actor, earlier.kind, earlier.profile) == (
        "portal.csv",
        "test",
        "applicants",
        "電子申請",
    )
    assert earlier.counts == {"rows": 2, "added": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert later.counts == {"rows": 2, "added": 1, "updated": 1, "unchanged": 0, "rejected": 0}
    assert (earlier.in_force, later.in_force) == (True, True)
    assert later.seq > earlier.seq
    assert import_batches(database, programme_id=999) == []


def test_an_import_is_taken_back_though_other_work_came_after(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    before = counts(database)
    take_in(database, programme_id, tmp_path, OTHER)
    take_in(database, programme_id, tmp_path, THIRD)
    other_work(database)
    _third, second, _first = seqs(database, programme_id)
    change = take_back_import(database, seq=second, actor="test")
    assert "entry" in change.kinds
    with database.read() as session:
        assert list(session.scalars(select(Entry.number).order_by(Entry.number))) == ["1001", "1003"]
    assert [row.in_force for row in import_batches(database, programme_id=programme_id)] == [
        True,
        False,
        True,
    ]
    taken = import_batches(database, programme_id=programme_id)[1]
    assert (taken.file_name, taken.counts["added"]) == ("portal.csv", 1)
    assert check_journal(database).broken_at is None
    redo(database)
    assert counts(database)["entry"] == before["entry"] + 2
    assert all(row.in_force for row in import_batches(database, programme_id=programme_id))


def test_undo_goes_on_with_the_acts_that_are_left(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    take_in(database, programme_id, tmp_path, OTHER)
    other_work(database)
    take_back_import(database, seq=seqs(database, programme_id)[1])
    state = undo_state(database)
    assert state.undo is not None
    assert state.undo.code == "course.edit"
    undo(database)
    undo(database)
    assert counts(database)["entry"] == 0


def test_a_taken_back_import_is_not_taken_back_twice(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    [seq] = seqs(database, programme_id)
    take_back_import(database, seq=seq)
    with pytest.raises(RuleError) as caught:
        take_back_import(database, seq=seq)
    assert caught.value.code == "undo.not-in-force"
    other_work(database)
    with database.read() as session:
        last = session.scalars(select(JournalEntry.seq).order_by(JournalEntry.seq.desc())).first()
    for wrong in (last, 9_999):
        with pytest.raises(NotFoundError):
            take_back_import(database, seq=wrong or 0)


def test_a_clerks_edit_stands_in_the_way_and_is_named(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    form = details(database, row_of(database, programme_id, "1001").entry_id).form
    save_applicant(database, form=replace(form, phone="0466503583"))
    before = counts(database)
    with pytest.raises(RuleError) as caught:
        take_back_import(database, seq=seqs(database, programme_id)[0])
    assert caught.value.code == "import.back-changed"
    assert texts.label("applicant.edit") in texts.message(caught.value)
    assert counts(database) == before
    undo(database)
    take_back_import(database, seq=seqs(database, programme_id)[0])
    assert counts(database)["entry"] == 0


def test_a_result_of_the_screening_stands_in_the_way(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    ids = row_of(database, programme_id, "1001").application_ids
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS)
    with pytest.raises(RuleError) as caught:
        take_back_import(database, seq=seqs(database, programme_id)[0])
    assert (caught.value.code, caught.value.params["dependent"]) == ("import.back-needed", ["decision"])
    assert texts.term("dependent", "decision") in texts.message(caught.value)
    assert counts(database)["application"] == 1


def test_a_later_import_of_the_same_people_stands_in_the_way(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    take_in(database, programme_id, tmp_path, {"志望理由": "別の理由"})
    second, first = seqs(database, programme_id)
    with pytest.raises(RuleError) as caught:
        take_back_import(database, seq=first)
    assert caught.value.code == "import.back-needed"
    take_back_import(database, seq=second)
    take_back_import(database, seq=first)
    assert counts(database)["entry"] == 0


def test_duplicates_found_by_a_later_import_are_not_lost(database: Database, programme_id: int) -> None:
    for name in ("e-application.csv", "rikunabi.csv"):
        import_applicants(database, programme_id=programme_id, file=SAMPLES / name)
    before = counts(database)
    second, first = seqs(database, programme_id)
    with pytest.raises(RuleError) as caught:
        take_back_import(database, seq=first)
    assert caught.value.params["dependent"] == ["suspected_duplicate"]
    assert counts(database) == before
    take_back_import(database, seq=second)
    assert counts(database)["suspected_duplicate"] == 0


def test_everything_that_can_hang_on_an_import_has_a_word() -> None:
    brought = {"applicant", "application", "entry", "entry_answer", "import_batch", "import_row"}
    brought |= {"suspected_duplicate", "decision", "applicant_availability", "interviewer"}
    words = texts.text_book().terms["dependent"]
    for table in Base.metadata.sorted_tables:
        if any(key.column.table.name in brought for key in table.foreign_keys):
            assert table.name in words, table.name
    assert set(IMPORT_ACTS) <= set(texts.text_book().labels)
