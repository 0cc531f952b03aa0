"""Keys held in memory find what the database finds, and are not believed once anything changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_scene import fill, score

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicant_keys import KEY_SEPARATOR, key_terms
from fujisawa_desktop.services.applicants import ListQuery, first_page, list_ids, list_page, remember_keys
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.search_memory import SearchMemory, memory_of, remembered
from tests.tampering import tamper


@pytest.fixture
def full(database: Database, programme_id: int) -> Database:
    fill(database, programme_id)
    return database


def from_memory(database: Database, query: ListQuery, most: int = 10_000) -> list[int] | None:
    with database.read() as session:
        return remembered(memory_of(session, database, query.programme_id), query, most)


@pytest.mark.parametrize(
    "text",
    [
        "さ",
        "サトウ",
        "ﾜﾀﾅﾍﾞ",
        "髙橋",
        "高橋",
        "大学",
        "0900",
        "example",
        "サトウ 大学",
        "葵 0 @",
        "zzz",
        "-",
        "24",
    ],
)
def test_the_memory_finds_what_the_database_finds(full: Database, programme_id: int, text: str) -> None:
    query = ListQuery(programme_id, text=text)
    page, beginning = list_page(full, query, 5, 20), first_page(full, query, 20)
    remember_keys(full, programme_id=programme_id)
    assert list_page(full, query, 5, 20) == page
    assert first_page(full, query, 20) == beginning
    if key_terms(text):
        assert from_memory(full, query) == list_ids(full, query)
        assert from_memory(full, query, 3) == list_ids(full, query)[:3]


def test_only_a_plain_search_by_name_is_answered(full: Database, programme_id: int) -> None:
    remember_keys(full, programme_id=programme_id)
    assert from_memory(full, ListQuery(programme_id, text="大学", sorts=(("name", "asc"),)))
    for query in (
        ListQuery(programme_id),
        ListQuery(programme_id, text="大学", sorts=(("school", "asc"),)),
        ListQuery(programme_id, text="大学", sorts=(("kana", "desc"),)),
        ListQuery(programme_id, text="大学", statuses=frozenset({ApplicationStatus.RECEIVED})),
        ListQuery(programme_id, text="大学", entry_ids=frozenset({1})),
        ListQuery(programme_id + 1, text="大学"),
    ):
        assert from_memory(full, query) is None


def test_after_any_act_the_database_is_asked_again(full: Database, programme_id: int) -> None:
    query = ListQuery(programme_id, text="大学")
    remember_keys(full, programme_id=programme_id)
    before = from_memory(full, query)
    score(full, {1: 100})
    assert from_memory(full, query) is None
    remember_keys(full, programme_id=programme_id)
    assert from_memory(full, query) == before
    undo(full)  # the points
    undo(full)  # the second file
    assert from_memory(full, query) is None
    remember_keys(full, programme_id=programme_id)
    left = from_memory(full, query)
    assert left == list_ids(full, query)
    assert left != before


def test_what_another_program_wrote_is_noticed(full: Database, programme_id: int) -> None:
    remember_keys(full, programme_id=programme_id)
    tamper(
        full.place,
        "UPDATE journal_entry SET hash = 'x' WHERE seq = (SELECT max(seq) FROM journal_entry)",
    )
    assert from_memory(full, ListQuery(programme_id, text="大学")) is None


PARTS = st.lists(st.text("aé1高ア@-", min_size=1, max_size=4), min_size=1, max_size=4)
TERMS = st.lists(st.text("aé1高ア@-", min_size=1, max_size=3), min_size=1, max_size=3)


@given(keys=st.lists(PARTS, max_size=6), terms=TERMS)
def test_every_term_must_stand_in_a_part_of_the_key(keys: list[list[str]], terms: list[str]) -> None:
    rows = [(number, KEY_SEPARATOR.join(parts)) for number, parts in enumerate(keys)]
    memory = SearchMemory(1, "", [rows[:2], rows[2:]])
    wanted = [number for number, key in rows if all(term in key for term in terms)]
    assert memory.find(terms, 100) == wanted
