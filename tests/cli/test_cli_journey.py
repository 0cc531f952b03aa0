"""The whole job by commands; every count and yen against the truth of the sample files."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fujisawa_desktop.services.sample_data import SampleSet
from tests.cli_driver import Walk

GENERAL = "プログラムの担当者"


def by_number(walk: Walk, name: str) -> dict[str, dict[str, Any]]:
    return {row["number"]: row for row in walk.answers[name].json}


@pytest.mark.parametrize("portal", ["e", "r"])
def test_applicants_come_in_as_the_truth_says(walk: Walk, samples: SampleSet, portal: str) -> None:
    source = {"e": "e-application", "r": "rikunabi"}[portal]
    answer, truth = walk.answers[portal], samples.truth
    refused = truth["rows"][source] - truth["importable"][source]
    assert answer.json["rows"] == truth["rows"][source]
    assert answer.json["added"] == truth["importable"][source]
    assert (answer.json["updated"], answer.json["unchanged"]) == (0, 0)
    assert len(answer.json["rejected"]) == refused
    assert answer.code == (1 if refused else 0)
    for row in answer.json["rejected"]:
        assert set(row) == {"line", "column", "reason"}
        assert str(row["line"]) in answer.err
        assert row["reason"] in answer.err


def test_a_dry_run_says_the_same_and_changes_nothing(walk: Walk) -> None:
    assert walk.answers["dry"].json == walk.answers["e"].json
    assert walk.answers["before"].json == []


def test_the_same_files_again_change_nothing(walk: Walk, samples: SampleSet) -> None:
    for again, source in (("e again", "e-application"), ("r again", "rikunabi")):
        answer = walk.answers[again].json
        assert (answer["added"], answer["updated"]) == (0, 0)
        assert answer["unchanged"] == samples.truth["importable"][source]


def test_suspected_pairs_hold_all_who_are_one_person(walk: Walk, samples: SampleSet) -> None:
    found = {frozenset(pair["numbers"]) for pair in walk.answers["r"].json["suspected_duplicates"]}
    assert {frozenset(pair) for pair in samples.truth["same_person"]} <= found
    for pair in walk.answers["r"].json["suspected_duplicates"]:
        assert set(pair) == {"numbers", "score", "reasons"}
        assert pair["reasons"]


def test_the_list_bears_the_portals_numbers_and_flags(walk: Walk, samples: SampleSet) -> None:
    rows, truth = by_number(walk, "applicants"), samples.truth
    assert len(rows) == sum(truth["importable"].values())
    for flag, numbers in (("late", "late"), ("withdrawn", "withdrawn"), ("not-student", "not_student")):
        assert {number for number, row in rows.items() if flag in row["flags"]} == set(truth[numbers])
    assert {number for number, row in rows.items() if len(row["courses"]) == 2} == set(truth["both_courses"])
    assert {tuple(row) for row in rows.values()} == {
        ("number", "source", "name", "kana", "university", "courses", "status", "flags")
    }


def test_decisions_wait_for_their_release(walk: Walk, samples: SampleSet) -> None:
    assert walk.answers["first"].json["added"] == walk.answers["first"].json["rows"]
    assert walk.answers["first again"].json["unchanged"] == walk.answers["first"].json["rows"]
    pending = by_number(walk, "pending")
    assert {number for number, row in pending.items() if row["status"] == "withdrawn"} == set(
        samples.truth["withdrawn"]
    )
    assert {row["status"] for row in pending.values()} == {"received", "withdrawn"}
    announced = by_number(walk, "announced")
    passed = {number for number, row in announced.items() if row["status"] == "first-passed"}
    assert passed == set(samples.truth["passed_first"])
    assert walk.answers["release first"].json["passed"] == len(passed)


def test_a_second_release_is_refused_and_says_why(walk: Walk) -> None:
    answer = walk.answers["release again"]
    assert (answer.code, answer.out) == (1, b"")
    assert answer.err.strip()
    assert GENERAL not in answer.err


def most_that_can_be_placed(samples: SampleSet, courses: dict[str, list[str]]) -> int:
    """Find it another way: grow a matching of people and half hours by augmenting paths."""
    seats = [
        (row["面接官"], row["コース"], start)
        for row in rows_of(samples.interviewers)
        for start in half_hours(row)
    ]
    wanted: dict[str, set[datetime]] = {}
    for row in rows_of(samples.availability):
        wanted.setdefault(row["申込番号"], set()).update(half_hours(row))
    choices = {
        number: [
            seat
            for seat, (_name, course, start) in enumerate(seats)
            if start in starts and (not course or any(short in course for short in courses[number]))
        ]
        for number, starts in wanted.items()
    }
    holder: dict[int, str] = {}

    def seat_for(number: str, tried: set[int]) -> bool:
        for seat in choices[number]:
            if seat not in tried:
                tried.add(seat)
                if seat not in holder or seat_for(holder[seat], tried):
                    holder[seat] = number
                    return True
        return False

    return sum(seat_for(number, set()) for number in choices)


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


def half_hours(row: dict[str, str]) -> list[datetime]:
    start, end = (datetime.fromisoformat(f"{row['日付']}T{row[name]}") for name in ("開始", "終了"))
    length = timedelta(minutes=30)
    return [start + length * n for n in range((end - start) // length)]


def test_the_plan_places_as_many_as_can_be_and_names_the_others(walk: Walk, samples: SampleSet) -> None:
    plan = walk.answers["plan"].json
    courses = {row["number"]: row["courses"] for row in walk.answers["announced"].json}
    assert len(plan["placed"]) == most_that_can_be_placed(samples, courses)
    assert len(plan["placed"]) + len(plan["unplaced"]) == len(samples.truth["passed_first"]) == 60
    assert 3 <= len(plan["unplaced"]) <= 5
    assert plan["proven_optimal"] is True
    named = {one["number"] for one in plan["placed"] + plan["unplaced"]}
    assert named == set(samples.truth["passed_first"])
    for one in plan["unplaced"]:
        assert set(one) == {"number", "reason", "fix", "fixes"}
        assert one["fixes"][0] == one["fix"]
        assert GENERAL not in one["reason"] + "".join(one["fixes"])
    assert set(plan) == {"placed", "unplaced", "proven_optimal", "measures"}
    reached = {one["aim"]: one for one in plan["measures"]}
    assert reached["placed"] == {
        "aim": "placed",
        "value": len(plan["placed"]),
        "bound": len(plan["placed"]),
        "proven": True,
    }
    assert reached["kept"]["proven"] is True
    assert walk.answers["nothing booked"].json == []


def test_nobody_is_in_two_places_at_once(walk: Walk) -> None:
    placed = walk.answers["apply"].json["placed"]
    assert placed == walk.answers["plan"].json["placed"]
    taken = Counter((one["start"], name) for one in placed for name in one["interviewers"])
    assert max(taken.values()) == 1
    assert all("+" not in one["start"] and len(one["start"]) == 16 for one in placed)
    listed = {(row["number"], row["start"]) for row in walk.answers["interviews"].json}
    assert listed == {(one["number"], one["start"]) for one in placed}
    assert walk.answers["plan again"].json["placed"] == placed


def test_passes_are_appointed_with_their_acceptance(walk: Walk, samples: SampleSet) -> None:
    assert walk.answers["release final"].json["passed"] == len(samples.truth["hired"])
    assert walk.answers["appoint"].code == 0
    assert "承諾" in walk.answers["appoint"].err
    listed = walk.run("list", "appointments", "--format", "json").json
    assert {row["number"] for row in listed} == set(samples.truth["hired"])
    assert {row["rate_yen"] for row in listed} == {1258}


def test_before_the_final_release_nobody_is_appointed(walk: Walk) -> None:
    assert walk.answers["early"].out == b""
    assert "0" in walk.answers["early"].err


def test_hours_over_the_cap_are_kept_and_warned_about(walk: Walk, samples: SampleSet) -> None:
    answer = walk.answers["hours"].json
    assert answer["added"] == answer["rows"]
    assert any("60:00" in warning["reason"] for warning in answer["warnings"])
    again = walk.answers["hours again"].json
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, answer["rows"])


def test_pay_is_right_to_the_yen(walk: Walk, samples: SampleSet) -> None:
    rows = walk.answers["pay"].json
    assert {row["number"]: [row["minutes"], row["pay"]] for row in rows} == samples.truth["hours"]
    for row in rows:
        assert list(row) == ["number", "minutes", "pay", "commuting", "tax", "insurance", "net"]
        assert row["net"] == row["pay"] + row["commuting"] - row["tax"] - row["insurance"]


def test_json_is_all_that_the_output_holds(walk: Walk) -> None:
    for answer in walk.answers.values():
        if answer.out:
            assert answer.json is not None
