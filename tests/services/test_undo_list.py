"""Undo across a restart, over more than a hundred acts, one by one and by choosing from the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from fujisawa_desktop.errors import Cancelled, ConflictError, RuleError
from fujisawa_desktop.models import Base, EntryKind, Setting
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.exports_journal import record_export
from fujisawa_desktop.services.history import redo, undo, undo_state
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.undo_list import undo_list, undo_through
from fujisawa_desktop.services.unit_of_work import unit_of_work

ACTS = 120


def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.read() as session:
        return {
            table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if not table.name.startswith("journal")
        }


def act(database: Database, number: int, *, about: int | None = None, kind: EntryKind = EntryKind.ACT) -> int:
    with unit_of_work(database, "test.act", kind=kind, count=number) as work:
        setting = work.session.get(Setting, f"k{number % 7}")
        if setting is None:
            work.session.add(Setting(key=f"k{number % 7}", value=number))
        else:
            setting.value = number
        if about is not None:
            work.concerns("applicant", about)
        change = work.commit()
    assert change.seq is not None
    return change.seq


@pytest.fixture
def worked(tmp_path: Path) -> Iterator[tuple[Database, dict[str, list[tuple[object, ...]]]]]:
    path = tmp_path / "worked.fjdb"
    database = open_database(path, create=True)
    start = dump(database)
    for number in range(ACTS):
        act(database, number)
        if number % 10 == 5:
            record_export(database, "screen.copied", count=number)
    database.dispose()
    database = open_database(path)  # the program was closed meanwhile
    yield database, start
    database.dispose()


def test_all_acts_are_taken_back_one_by_one_after_a_restart(
    worked: tuple[Database, dict[str, list[tuple[object, ...]]]],
) -> None:
    database, start = worked
    end = dump(database)
    for left in range(ACTS, 0, -1):
        if left % 40 == 0:
            assert len(undo_list(database)) == left
        undo(database)
    assert undo_list(database) == ()
    assert undo_state(database).undo is None
    assert dump(database) == start
    for _act in range(ACTS):
        redo(database)
    assert undo_state(database).redo is None
    assert dump(database) == end
    assert check_journal(database).is_whole


def test_all_acts_are_taken_back_at_once_by_the_list(
    worked: tuple[Database, dict[str, list[tuple[object, ...]]]],
) -> None:
    database, start = worked
    end = dump(database)
    before = check_journal(database).entries
    told: list[tuple[int, int]] = []
    rows = undo_list(database)
    assert [row.label.params["count"] for row in rows] == list(range(ACTS - 1, -1, -1))
    change = undo_through(database, seq=rows[-1].seq, progress=lambda *done: told.append(done))
    assert change.kinds == {"setting"}
    assert told == [(done, ACTS) for done in range(ACTS)]
    assert dump(database) == start
    assert check_journal(database).entries == before + ACTS  # each with an entry of its own
    for _act in range(ACTS):
        redo(database)
    assert dump(database) == end
    assert check_journal(database).is_whole


def test_the_list_and_undo_agree_after_any_going_back_and_forth(empty_database: Database) -> None:
    for number in range(6):
        act(empty_database, number)
    for step in "uurrururuuur":
        (undo if step == "u" else redo)(empty_database)
        rows = undo_list(empty_database)
        assert (rows[0].seq if rows else None) == undo_state(empty_database).undo_seq
    act(empty_database, 9)
    rows = undo_list(empty_database)
    undo_through(empty_database, seq=rows[1].seq)
    assert undo_list(empty_database) == rows[2:]


def test_more_acts_than_are_looked_back_over_at_once_are_taken_back(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujisawa_desktop.services.history.SCAN", 4)
    start = dump(empty_database)
    for number in range(9):
        act(empty_database, number)
    for _number in range(9):
        undo(empty_database)
    assert dump(empty_database) == start
    for _number in range(9):
        redo(empty_database)
    assert undo_state(empty_database).redo is None


def test_stopping_on_the_way_leaves_everything(empty_database: Database) -> None:
    for number in range(5):
        act(empty_database, number)
    before, rows = dump(empty_database), undo_list(empty_database)

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        undo_through(empty_database, seq=rows[-1].seq, progress=stop)
    assert dump(empty_database) == before
    assert undo_list(empty_database) == rows
    assert check_journal(empty_database).entries == 5


def test_the_list_ends_at_what_was_issued_and_says_so(empty_database: Database) -> None:
    oldest = act(empty_database, 1, about=7)
    act(empty_database, 2, about=8)
    act(empty_database, 3, about=7, kind=EntryKind.ISSUED)
    act(empty_database, 4)
    rows = undo_list(empty_database)
    assert [row.barred for row in rows] == ["", "", "undo.issued"]
    assert rows[-1].barred_at is not None
    with pytest.raises(RuleError, match=r"undo\.issued"):
        undo_through(empty_database, seq=oldest)
    assert undo_list(empty_database) == rows


def test_the_list_says_what_was_erased(empty_database: Database) -> None:
    oldest = act(empty_database, 1)
    with unit_of_work(empty_database, "test.erased", kind=EntryKind.ERASED) as work:
        work.rewrite_payload(oldest, {})
        work.commit()
    act(empty_database, 2)
    assert [row.barred for row in undo_list(empty_database)] == ["", "undo.erased"]
    with pytest.raises(RuleError, match=r"undo\.erased"):
        undo_through(empty_database, seq=oldest)


def test_a_row_that_moved_on_takes_nothing_back(empty_database: Database) -> None:
    oldest = act(empty_database, 1)
    act(empty_database, 2)
    with empty_database.write() as session:
        session.get_one(Setting, "k1").value = "changed past the journal"
        session.commit()
    before = dump(empty_database)
    with pytest.raises(ConflictError, match=r"undo\.changed-since"):
        undo_through(empty_database, seq=oldest)
    assert dump(empty_database) == before


def test_an_act_that_is_not_in_force_is_refused(empty_database: Database) -> None:
    seq = act(empty_database, 1)
    undo(empty_database)
    with pytest.raises(RuleError, match=r"undo\.not-in-force"):
        undo_through(empty_database, seq=seq)
