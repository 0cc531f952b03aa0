"""What is remembered of a list answers as the database does, whatever was done since, by whomever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_scene import fill, score
from places import Places, Where

from fujisawa_desktop.models import Application
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ListQuery, list_ids, list_page, remember_keys
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.order_memory import OrderMemory, read_orders
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.rulings import FlagVerdict, rule_flag
from fujisawa_desktop.services.search_memory import memory_of, remembered
from fujisawa_desktop.services.unit_of_work import unit_of_work

ORDERS: Final = tuple((name, way) for name in ("courses", "status", "score") for way in ("asc", "desc"))


@pytest.fixture(scope="module")
def filled(_programme_file: Where, places: Places, tmp_path_factory: pytest.TempPathFactory) -> Where:
    """Both portals' files, taken in once."""

    def take_in(place: Where) -> None:
        with opened(place) as database:
            fill(database, current_programme_id(database))

    return places.kept(tmp_path_factory.mktemp("filled") / "filled.fjdb", take_in, like=_programme_file)


@pytest.fixture
def full(filled: Where, places: Places, tmp_path: Path) -> Iterator[Database]:
    with opened(places.copy(filled, tmp_path / "full.fjdb")) as database:
        yield database


def from_memory(database: Database, query: ListQuery, most: int = 10_000) -> list[int] | None:
    with database.read() as session:
        return remembered(memory_of(session, database, query.programme_id), query, most)


def applications(database: Database) -> list[int]:
    with database.read() as session:
        return [row.id for row in session.query(Application.id).order_by(Application.id)]


def give_states(database: Database, states: dict[int, ApplicationStatus]) -> None:
    with unit_of_work(database, "test.states") as work:
        work.update_many(Application, {key: {"status": state} for key, state in states.items()})
        work.commit()


def test_the_orders_are_those_of_the_database(full: Database, programme_id: int) -> None:
    keys = applications(full)
    score(full, {key: 100 * (at % 7) for at, key in enumerate(keys) if at % 3})
    states = list(ApplicationStatus)
    give_states(full, {key: states[at % len(states)] for at, key in enumerate(keys)})
    queries = [ListQuery(programme_id, sorts=(order,)) for order in ORDERS]
    wanted = [list_ids(full, query) for query in queries]
    pages = [list_page(full, query, 7, 30) for query in queries]
    remember_keys(full, programme_id=programme_id)
    assert [from_memory(full, query) for query in queries] == wanted
    assert [from_memory(full, query, 3) for query in queries] == [ids[:3] for ids in wanted]
    assert [list_page(full, query, 7, 30) for query in queries] == pages


def test_only_everybody_by_one_column_is_answered(full: Database, programme_id: int) -> None:
    remember_keys(full, programme_id=programme_id)
    by_state = (("status", "asc"),)
    assert from_memory(full, ListQuery(programme_id, sorts=by_state))
    for query in (
        ListQuery(programme_id, text="大学", sorts=by_state),
        ListQuery(programme_id, course_ids=frozenset({1}), sorts=by_state),
        ListQuery(programme_id, sorts=(*by_state, ("kana", "asc"))),
        ListQuery(programme_id, sorts=(("received_at", "asc"),)),
        ListQuery(programme_id + 1, sorts=by_state),
    ):
        assert from_memory(full, query) is None


def test_more_different_values_than_a_byte_holds_are_left_to_the_database() -> None:
    few, many = OrderMemory(range(255), {"score": range(255)}), OrderMemory(range(256), {"score": range(256)})
    assert few.first("score", "desc", 2) == [254, 253]
    assert many.first("score", "desc", 2) is None


def test_an_entry_without_a_course_leaves_states_and_courses_to_the_database() -> None:
    memory = OrderMemory([1, 2], {"courses": [None, 4], "status": [3, None], "score": [None, 900]})
    assert memory.first("courses", "asc", 2) is None
    assert memory.first("status", "asc", 2) is None
    assert memory.first("score", "asc", 2) == memory.first("score", "desc", 2) == [2, 1]


def test_a_programme_without_entries_has_no_order(database: Database, programme_id: int) -> None:
    with database.read() as session:
        memory = read_orders(session.connection(), programme_id)
    assert memory.first("status", "asc", 5) == []


@given(
    values=st.lists(st.none() | st.integers(0, 5), max_size=20),
    shuffled=st.randoms(use_true_random=False),
    way=st.sampled_from(["asc", "desc"]),
)
def test_equals_stand_by_id_and_blanks_last(values: list[int | None], shuffled: object, way: str) -> None:
    ids = list(range(len(values)))
    shuffled.shuffle(ids)  # type: ignore[attr-defined]
    sign = -1 if way == "desc" else 1
    wanted = sorted(
        zip(ids, values, strict=True), key=lambda one: (one[1] is None, sign * (one[1] or 0), one[0])
    )
    assert OrderMemory(ids, {"score": values}).first("score", way, 99) == [key for key, _value in wanted]


# --- whatever is done -------------------------------------------------------------------------


def _mark(database: Database, number: int) -> object:
    keys = applications(database)
    return score(database, dict.fromkeys(keys[number : number + 1], 100 * number))


def _move(database: Database, number: int) -> object:
    keys, states = applications(database), list(ApplicationStatus)
    return give_states(database, dict.fromkeys(keys[number : number + 1], states[number % len(states)]))


def _rename(database: Database, number: int) -> object:
    people = [row.applicant_id for row in list_page(database, ListQuery(1), number, 1)]
    return save_cell(database, applicant_ids=people, field="school", text=f"第{number}見本大学")


def _keep_out(database: Database, number: int) -> object:
    late = EntryFlag.LATE.value
    [entry] = list_page(database, ListQuery(1, flags=frozenset({late})), number, 1)
    return rule_flag(database, entry_id=entry.entry_id, flag=late, verdict=FlagVerdict.STANDS)


def _undo(database: Database, _number: int) -> object:
    return undo(database)


def _redo(database: Database, _number: int) -> object:
    return redo(database)


def _remember(database: Database, _number: int) -> object:
    return remember_keys(database, programme_id=1)


HERE, ELSEWHERE = False, True
DEEDS: Final[tuple[tuple[Callable[[Database, int], object], int, bool], ...]] = (
    (_mark, 3, HERE),
    (_move, 7, HERE),
    (_remember, 0, HERE),
    (_move, 1, ELSEWHERE),
    (_undo, 0, HERE),
    (_remember, 0, HERE),
    (_rename, 0, HERE),
    (_undo, 0, ELSEWHERE),
    (_redo, 0, HERE),
    (_remember, 0, HERE),
    (_keep_out, 0, HERE),
    (_remember, 0, HERE),
    (_keep_out, 1, ELSEWHERE),
    (_undo, 0, HERE),
    (_mark, 0, ELSEWHERE),
)
QUERIES: Final = (
    ListQuery(1, text="見本大学"),
    ListQuery(1, text="サトウ"),
    *(ListQuery(1, sorts=(order,)) for order in ORDERS),
    ListQuery(1, flags=frozenset({EntryFlag.LATE.value})),
)


def test_no_line_is_older_than_the_database(full: Database) -> None:
    remember_keys(full, programme_id=1)
    for deed, number, elsewhere in DEEDS:
        if elsewhere:
            with opened(full.place) as other:
                deed(other, number)
        else:
            deed(full, number)
        shown = [list_page(full, query, 0, 40) for query in QUERIES]
        with opened(full.place) as fresh:  # remembers nothing
            assert shown == [list_page(fresh, query, 0, 40) for query in QUERIES]
