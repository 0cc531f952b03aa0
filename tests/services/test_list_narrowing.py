from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from list_scene import fill, rows, score, single

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import (
    SORTS,
    ApplicantRow,
    ListQuery,
    facet_counts,
    list_count,
    list_ids,
)
from fujisawa_desktop.services.list_grades import grade_counts
from fujisawa_desktop.services.list_narrowing import Narrowing
from fujisawa_desktop.services.selection import record_decisions


@pytest.fixture
def full(database: Database, programme_id: int) -> Database:
    fill(database, programme_id)
    return database


def found(database: Database, programme_id: int, **narrowing: object) -> list[ApplicantRow]:
    return rows(database, ListQuery(programme_id, narrowing=Narrowing(**narrowing)))  # type: ignore[arg-type]


@pytest.fixture
def scored(full: Database, programme_id: int) -> list[ApplicantRow]:
    """Five people of one course with 90, 80, 80, 70.5 and no points."""
    five = single(rows(full, ListQuery(programme_id)), 5)
    ids = [row.application_ids[0] for row in five]
    score(full, dict(zip(ids, (9000, 8000, 8000, 7050), strict=False)))
    return five


def test_points_narrow_with_both_ends_included(
    full: Database, programme_id: int, scored: list[ApplicantRow]
) -> None:
    assert [row.entry_id for row in found(full, programme_id, score_from=8000)] == [
        row.entry_id for row in scored[:3]
    ]
    assert [row.entry_id for row in found(full, programme_id, score_from=7050, score_to=7050)] == [
        scored[3].entry_id
    ]


def test_equals_share_a_place_and_the_next_place_is_left_out(
    full: Database, programme_id: int, scored: list[ApplicantRow]
) -> None:
    places = {row.entry_id: row.ranks for row in found(full, programme_id, score_from=0)}
    assert [places[row.entry_id] for row in scored[:4]] == [(1,), (2,), (2,), (4,)]
    assert {row.entry_id for row in found(full, programme_id, rank_to=2)} == {
        row.entry_id for row in scored[:3]
    }


def test_who_has_no_points_stands_last_either_way(
    full: Database, programme_id: int, scored: list[ApplicantRow]
) -> None:
    for direction, first in (("desc", scored[0]), ("asc", scored[3])):
        listed = list_ids(full, ListQuery(programme_id, sorts=(("score", direction),)))
        assert listed[0] == first.entry_id
        assert {*listed[:4]} == {row.entry_id for row in scored[:4]}


def test_columns_sort_within_columns(full: Database, programme_id: int) -> None:
    listed = rows(full, ListQuery(programme_id, sorts=(("grade", "desc"), ("number", "asc"))))
    keys = [(row.grade, row.number) for row in listed]
    assert [grade for grade, _number in keys] == sorted((grade for grade, _number in keys), reverse=True)
    for before, after in pairwise(keys):
        assert before[0] != after[0] or before[1] <= after[1]


@pytest.mark.parametrize("name", SORTS)
def test_every_sort_gives_everybody_once(full: Database, programme_id: int, name: str) -> None:
    for direction in ("asc", "desc"):
        listed = list_ids(full, ListQuery(programme_id, sorts=((name, direction),)))
        assert len(listed) == len(set(listed)) == 400


def test_results_noted_and_people_undecided(full: Database, programme_id: int) -> None:
    everybody = rows(full, ListQuery(programme_id))
    one, other = single(everybody, 2)
    due = [row for row in everybody if ApplicationStatus.WITHDRAWN not in row.statuses]
    assert len(found(full, programme_id, noted="undecided")) == len(due) < 400
    record_decisions(full, application_ids=one.application_ids, stage=Stage.FIRST, result=Result.PASS)
    record_decisions(full, application_ids=other.application_ids, stage=Stage.FIRST, result=Result.FAIL)
    assert {row.entry_id for row in found(full, programme_id, noted="noted")} == {
        one.entry_id, other.entry_id
    }  # fmt: skip
    assert len(found(full, programme_id, noted="undecided")) == len(due) - 2
    by_result = rows(full, ListQuery(programme_id, sorts=(("pending", "asc"),)), 2)
    assert [row.entry_id for row in by_result] == [one.entry_id, other.entry_id]


def test_years_days_and_dates(full: Database, programme_id: int) -> None:
    everybody = rows(full, ListQuery(programme_id))
    grade = everybody[0].grade
    assert {row.grade for row in found(full, programme_id, grades=frozenset({grade}))} == {grade}
    assert grade_counts(full, programme_id)[grade] == sum(row.grade == grade for row in everybody)
    days = found(full, programme_id, weekdays="月金")
    assert [row.entry_id for row in days] == [
        row.entry_id for row in everybody if {"月", "金"} & set(row.weekdays)
    ]
    assert 0 < len(days) < 400
    first = min(row.received_at.date() for row in everybody)
    early = found(full, programme_id, received_from=first, received_until=first + timedelta(days=1))
    assert len(early) == sum((row.received_at.date() - first).days <= 1 for row in everybody) > 0


def test_conditions_of_an_application_meet_in_one_application(
    full: Database, programme_id: int, scored: list[ApplicantRow]
) -> None:
    """Points for one course do not make somebody found under another."""
    two = next(row for row in rows(full, ListQuery(programme_id)) if len(row.course_ids) == 2)
    score(full, {two.application_ids[0]: 9900})
    for course, count in zip(two.course_ids, (1, 0), strict=True):
        query = ListQuery(programme_id, course_ids=frozenset({course}), narrowing=Narrowing(score_from=9900))
        assert list_count(full, query) == count
    counts = facet_counts(full, ListQuery(programme_id, narrowing=Narrowing(score_from=9900)))
    assert counts.courses == {two.course_ids[0]: 1}


def test_a_group_of_any_size_is_one_condition(full: Database, programme_id: int) -> None:
    ids = list_ids(full, ListQuery(programme_id))
    group = ListQuery(programme_id, entry_ids=frozenset([*ids[:3], *range(10**6, 10**6 + 100_000)]))
    assert set(list_ids(full, group)) == set(ids[:3])
    assert list_count(full, ListQuery(programme_id, entry_ids=frozenset())) == 0
