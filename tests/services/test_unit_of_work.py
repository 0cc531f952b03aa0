"""One act, one entry: recording, undo, redo, barriers, the chain — on a real SQLite file."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import Places
from sqlalchemy import String, cast, select

from fujisawa_desktop.errors import ConflictError, RuleError, StorageError
from fujisawa_desktop.models import (
    Applicant,
    Base,
    ClosedDay,
    Course,
    Entry,
    EntryAnswer,
    EntryKind,
    HourlyRate,
    JournalEntry,
    JournalPayload,
    JournalSubject,
    Programme,
    Setting,
)
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.history import history_of, redo, undo, undo_state
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work
from tests.tampering import tamper

_NUMBERS = itertools.count()


def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the journal's."""
    with database.read() as session:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
            if not table.name.startswith("journal_")
        }


def make_programme(**changes: object) -> Programme:
    values: dict[str, object] = {
        "code": "x",
        "fiscal_year": 2030,
        "title": "t",
        "short_title": "t",
        "municipality": "m",
        "office": "o",
        "sender": "s",
        "employment_kind": "k",
        "eligibility": "e",
        "workplace": "w",
        "entry_from": date(2030, 10, 1),
        "entry_until": date(2030, 10, 16),
        "entry_deadline": datetime(2030, 10, 16, 23, 59),
        "first_result_on": date(2030, 10, 25),
        "interview_from": date(2030, 10, 30),
        "interview_until": date(2030, 11, 8),
        "term_from": date(2030, 12, 1),
        "term_until": date(2031, 1, 31),
        "interview_day_from": time(9),
        "interview_day_until": time(17),
        "cap_minutes": 3600,
        "cap_inclusive": False,
        "cap_sources": [],
        "week_days_min": 1,
        "week_days_max": 3,
        "minimum_wages": [],
        "school_words": [],
        "refused_words": [],
        "withdrawn_words": [],
        "texts": {},
    }
    return Programme(**{**values, **changes})


def add_programme(database: Database, **changes: object) -> int:
    with unit_of_work(database, "test.add", actor="t") as work:
        programme = make_programme(**changes)
        programme.rates = [HourlyRate(from_day=date(2030, 12, 1), yen=1258)]
        work.session.add(programme)
        work.commit()
        return programme.id


def rows_of_courses(programme_id: int, count: int) -> list[dict[str, object]]:
    return [
        {
            "programme_id": programme_id,
            "position": i,
            "name": f"c{i}",
            "short_name": f"c{i}",
            "sign": "c",
            "host_department": "d",
            "capacity": 2,
            "match_words": [],
        }
        for i in range(count)
    ]


def test_leaving_without_commit_takes_everything_back(empty_database: Database) -> None:
    before = dump(empty_database)
    with unit_of_work(empty_database, "test.add") as work:
        work.session.add(make_programme())
        work.session.flush()
    assert dump(empty_database) == before
    assert undo_state(empty_database).undo is None


def test_an_exception_takes_everything_back(empty_database: Database) -> None:
    with pytest.raises(RuleError), unit_of_work(empty_database, "test.add") as work:
        work.session.add(make_programme())
        work.session.flush()
        raise RuleError("x")
    assert dump(empty_database)["programme"] == []


def test_nothing_changed_writes_no_entry(empty_database: Database) -> None:
    with unit_of_work(empty_database, "test.nothing") as work:
        change = work.commit()
    assert not change.changed
    with empty_database.read() as session:
        assert session.scalars(select(JournalEntry)).all() == []


def test_undo_and_redo_of_orm_changes(empty_database: Database) -> None:
    empty = dump(empty_database)
    key = add_programme(empty_database)
    added = dump(empty_database)
    with unit_of_work(empty_database, "test.edit") as work:
        programme = work.session.get_one(Programme, key)
        programme.title = "改めた題"
        programme.rates = [HourlyRate(from_day=date(2031, 1, 1), yen=1300)]
        change = work.commit()
    edited = dump(empty_database)
    assert change.kinds == {"programme", "hourly_rate"}
    assert undo(empty_database).kinds == {"programme", "hourly_rate"}
    assert dump(empty_database) == added
    undo(empty_database)
    assert dump(empty_database) == empty
    assert undo_state(empty_database).undo is None
    redo(empty_database)
    assert dump(empty_database) == added
    redo(empty_database)
    assert dump(empty_database) == edited
    assert undo_state(empty_database).redo is None
    with pytest.raises(RuleError, match=r"redo\.nothing"):
        redo(empty_database)


def test_undo_survives_a_restart(empty_database: Database) -> None:
    before = dump(empty_database)
    add_programme(empty_database)
    empty_database.dispose()
    again = open_database(empty_database.place)
    state = undo_state(again)
    assert state.undo is not None
    assert state.undo.code == "test.add"
    undo(again)
    assert dump(again) == before
    again.dispose()


def test_bulk_acts_are_undone_as_one(empty_database: Database) -> None:
    key = add_programme(empty_database)
    start = dump(empty_database)
    with unit_of_work(empty_database, "test.bulk") as work:
        ids = work.insert_many(Course, rows_of_courses(key, 1200))
        assert work.update_many(Course, {i: {"capacity": 5} for i in ids[:700]}) == 700
        assert work.delete_many(Course, ids[600:650]) == 50
        work.commit(count=1200)
    after = dump(empty_database)
    assert len(after["course"]) == 1150
    undo(empty_database)
    assert dump(empty_database) == start
    redo(empty_database)
    assert dump(empty_database) == after


def test_rows_given_by_column_are_stored_and_journalled_like_rows_given_one_by_one(
    empty_database: Database, places: Places, tmp_path: Path
) -> None:
    key = add_programme(empty_database)
    rows = rows_of_courses(key, 30)
    rows[3]["published"] = False
    first = insert_and_undo(empty_database, lambda work: work.insert_many(Course, rows))
    columns = {name: [row.get(name, True) for row in rows] for name in rows[3]}
    other = open_database(places.new(tmp_path / "other.fjdb"), create=True)  # its ids begin anew
    add_programme(other)
    assert insert_and_undo(other, lambda work: work.insert_columns(Course, columns)) == first
    other.dispose()


def insert_and_undo(
    database: Database, insert: Callable[[UnitOfWork], list[int]]
) -> tuple[list[int], object, object]:
    """Return the ids, the rows and the journalled payload of an act, which is then taken back."""
    before = dump(database)
    with unit_of_work(database, "test.bulk") as work:
        ids = insert(work)
        seq = work.commit().seq
    after = dump(database)
    with database.read() as session:
        payload, _digest = unpack(session.get_one(JournalPayload, seq).data)
    undo(database)
    assert dump(database) == before
    return ids, after, payload


def test_nothing_is_inserted_of_empty_columns(empty_database: Database) -> None:
    with unit_of_work(empty_database, "test.bulk") as work:
        assert work.insert_columns(Course, {"programme_id": [], "name": []}) == []
        assert work.commit().seq is None


def test_an_act_concerns_the_people_behind_its_new_rows(empty_database: Database) -> None:
    """Those of an entry that is new too, and those of one that was there."""
    key = add_programme(empty_database)
    with unit_of_work(empty_database, "test.people") as work:
        person = {"programme_id": key, "name_entered": "n", "kana": "", "search_key": "", "sort_key": ""}
        people = work.insert_many(Applicant, [person, person, person])
        entry = {"programme_id": key, "source": "s", "received_at": datetime(2030, 10, 1)}
        [known] = work.insert_many(Entry, [{**entry, "applicant_id": people[0], "number": "1"}])
        work.commit()
    with unit_of_work(empty_database, "test.answers") as work:
        [fresh] = work.insert_many(Entry, [{**entry, "applicant_id": people[1], "number": "2"}])
        answer = {"position": 1, "heading": "h", "text": "t"}
        work.insert_many(EntryAnswer, [{**answer, "entry_id": known}, {**answer, "entry_id": fresh}])
        seq = work.commit().seq
    with empty_database.read() as session:
        concerned = select(JournalSubject.subject_id).where(JournalSubject.seq == seq)
        assert set(session.scalars(concerned)) == {people[0], people[1]}


def test_bulk_update_counts_versions_and_skips_what_is_equal(empty_database: Database) -> None:
    key = add_programme(empty_database)
    with unit_of_work(empty_database, "test.bulk") as work:
        ids = work.insert_many(Course, rows_of_courses(key, 2))
        work.commit()
    with unit_of_work(empty_database, "test.bulk") as work:
        assert work.update_many(Course, {ids[0]: {"capacity": 2}, ids[1]: {"capacity": 3}}) == 1
        work.commit()
    with empty_database.read() as session:
        assert [c.version for c in session.scalars(select(Course).order_by(Course.id))] == [1, 2]


def test_undo_refuses_rows_that_moved_on(empty_database: Database) -> None:
    key = add_programme(empty_database)
    with unit_of_work(empty_database, "test.edit") as work:
        work.session.get_one(Programme, key).title = "a"
        work.commit()
    tamper(empty_database.place, "UPDATE programme SET title = 'behind our back'")
    with pytest.raises(ConflictError, match=r"undo\.changed-since"):
        undo(empty_database)


def test_a_new_act_ends_redo(empty_database: Database) -> None:
    add_programme(empty_database)
    undo(empty_database)
    add_programme(empty_database, code="y")
    assert undo_state(empty_database).redo is None


def test_what_left_the_office_is_not_undone(empty_database: Database) -> None:
    key = add_programme(empty_database)
    with unit_of_work(empty_database, "test.edit") as work:
        work.session.get_one(Programme, key).title = "a"
        work.concerns("applicant", 7)
        work.commit()
    with unit_of_work(empty_database, "test.issued", kind=EntryKind.ISSUED) as work:
        work.session.add(Setting(key="paper", value=1))
        work.concerns("applicant", 7)
        work.commit()
    state = undo_state(empty_database)
    assert state.undo is not None
    assert state.undo.code == "test.edit"
    with pytest.raises(RuleError, match=r"undo\.issued"):
        undo(empty_database)


def test_an_act_about_somebody_else_can_still_be_undone(empty_database: Database) -> None:
    key = add_programme(empty_database)
    with unit_of_work(empty_database, "test.issued", kind=EntryKind.ISSUED) as work:
        work.session.add(Setting(key="paper", value=1))
        work.concerns("applicant", 7)
        work.commit()
    with unit_of_work(empty_database, "test.edit") as work:
        work.session.get_one(Programme, key).title = "a"
        work.concerns("applicant", 8)
        work.commit()
    assert undo(empty_database).changed


def test_history_names_acts_of_a_subject(empty_database: Database) -> None:
    add_programme(empty_database)
    with unit_of_work(empty_database, "test.note", actor="楜澤", count=3) as work:
        work.session.add(Setting(key="a", value="b"))
        work.concerns("applicant", 1)
        work.commit(done=2)
    rows = history_of(empty_database, "applicant", 1)
    assert [(row.label.code, row.label.params, row.actor) for row in rows] == [
        ("test.note", {"count": 3, "done": 2}, "楜澤")
    ]


def test_an_act_whose_rows_are_gone_cannot_be_taken_back(empty_database: Database) -> None:
    for code in "abc":
        add_programme(empty_database, code=code)
    assert check_journal(empty_database).broken_at is None
    tamper(empty_database.place, "DELETE FROM journal_payload WHERE seq = 2")
    assert check_journal(empty_database).broken_at == 2
    assert check_journal(empty_database).entries == 3
    undo(empty_database)
    with pytest.raises(RuleError, match=r"undo\.erased"):
        undo(empty_database)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE journal_entry SET actor = 'x' WHERE seq = 2",
        "UPDATE journal_entry SET params = '{\"a\":1}' WHERE seq = 2",
        "UPDATE journal_entry SET hash = 'x' || substr(hash, 2) WHERE seq = 2",
        "DELETE FROM journal_entry WHERE seq = 2",
    ],
)
def test_a_tampered_entry_is_located(empty_database: Database, damage: str) -> None:
    for code in "abc":
        add_programme(empty_database, code=code)
    tamper(empty_database.place, damage)
    assert check_journal(empty_database).broken_at in {2, 3}


def test_a_tampered_payload_is_located(empty_database: Database) -> None:
    add_programme(empty_database)
    with empty_database.read() as session:
        data = session.get_one(JournalPayload, 1).data
    from fujisawa_desktop.models.journal import pack, unpack

    payload, _ = unpack(data)
    payload["programme"]["inserted"]["rows"][0][1] = "forged"
    tamper(empty_database.place, ("UPDATE journal_payload SET data = ?", (pack(payload)[0],)))
    assert check_journal(empty_database).broken_at == 1


def test_a_stale_edit_is_a_conflict(empty_database: Database) -> None:
    key = add_programme(empty_database)
    with empty_database.write() as first:
        programme = first.get_one(Programme, key)
        first.rollback()
        with unit_of_work(empty_database, "test.edit") as work:
            work.session.get_one(Programme, key).title = "theirs"
            work.commit()
        del programme
    with unit_of_work(empty_database, "test.edit") as work:
        mine = work.session.get_one(Programme, key)
        mine.title = "mine"
        work.session.connection().exec_driver_sql("UPDATE programme SET version = version + 1")
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            work.commit()


def test_a_taken_place_is_a_conflict(empty_database: Database) -> None:
    key = add_programme(empty_database)
    with unit_of_work(empty_database, "test.day") as work:
        work.session.add_all([ClosedDay(programme_id=key, day=date(2031, 1, 2), name=n) for n in ("a", "b")])
        with pytest.raises(ConflictError, match=r"conflict\.taken"):
            work.commit()


def test_a_read_only_database_refuses_acts(empty_database: Database) -> None:
    database = open_database(empty_database.place, read_only=True)
    with pytest.raises(StorageError, match=r"storage\.read-only"), unit_of_work(database, "test.x"):
        pass
    database.dispose()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["add", "edit", "drop", "undo", "redo"]), max_size=14))
def test_any_sequence_undone_completely_leaves_the_start(empty_database: Database, steps: list[str]) -> None:
    while undo_state(empty_database).undo:
        undo(empty_database)
    start = dump(empty_database)
    for number, step in enumerate(steps):
        with empty_database.read() as session:
            known = session.scalars(select(Programme.id)).all()
        if step == "add":
            add_programme(empty_database, code=f"p{next(_NUMBERS)}")
        elif step in {"edit", "drop"} and known:
            with unit_of_work(empty_database, "test.step") as work:
                programme = work.session.get_one(Programme, known[-1])
                if step == "edit":
                    programme.title = f"t{number}"
                    programme.closed_days.append(
                        ClosedDay(day=date(2030, 1, 1) + timedelta(days=next(_NUMBERS)), name="n")
                    )
                else:
                    work.session.delete(programme)
                work.commit()
        elif step == "undo" and undo_state(empty_database).undo:
            undo(empty_database)
        elif step == "redo" and undo_state(empty_database).redo:
            redo(empty_database)
    while undo_state(empty_database).undo:
        undo(empty_database)
    assert dump(empty_database) == start
    assert check_journal(empty_database).broken_at is None


def test_rows_changed_in_different_columns_are_taken_back_together(database: Database) -> None:
    with database.read() as session:
        first, second = session.scalars(select(Course.id).order_by(Course.id)).all()
    before = dump(database)
    with unit_of_work(database, "test.change") as work:
        work.update_many(Course, {first: {"short_name": "甲", "match_words": ["高", "é"]}})
        work.update_many(Course, {second: {"capacity": 99}})
        work.commit()
    after = dump(database)
    assert after != before
    undo(database)
    assert dump(database) == before
    redo(database)
    assert dump(database) == after


def test_letters_in_stored_lists_are_not_escaped(database: Database) -> None:
    with unit_of_work(database, "test.change") as work:
        [course_id] = work.session.scalars(select(Course.id).limit(1))
        work.update_many(Course, {course_id: {"match_words": ["高橋"]}})
        work.commit()
    with database.read() as session:
        stored = session.scalar(select(cast(Course.match_words, String)).where(Course.id == course_id))
    assert stored == '["高橋"]'
