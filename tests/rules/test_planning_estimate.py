from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.rules.planning import Candidate, Interviewer, PlanProblem, make_plan
from fujisawa_desktop.rules.planning_estimate import Estimate, Setting, estimate, people_possible

LUNCH = (time(12), time(13))
OFFICE = Setting(days=7, day=(time(9), time(17)), lunch=LUNCH)


@pytest.mark.parametrize(
    ("people", "setting", "expected"),
    [
        # Nine to five without lunch is 14 half hours: 350 people take 25 days of one interviewer.
        (350, OFFICE, Estimate(350, 10_500, 25, 4)),
        # With ten minutes between them four fit before lunch (the last one from 11:00) and six after it.
        (60, replace(OFFICE, gap_minutes=10), Estimate(60, 2_400, 6, 1)),
        # Two at a time: everything is needed twice.
        (60, replace(OFFICE, seats=2), Estimate(60, 3_600, 10, 2)),
        # One in ten takes a second place; 60 and 6.
        (60, replace(OFFICE, spare_percent=10), Estimate(66, 1_980, 5, 1)),
        # Of 61 people six and a bit: seven.
        (61, replace(OFFICE, spare_percent=10), Estimate(68, 2_040, 5, 1)),
        (60, replace(OFFICE, daily_limit=8), Estimate(60, 1_800, 8, 2)),
        (0, OFFICE, Estimate(0, 0, 0, 0)),
    ],
)
def test_what_people_take(people: int, setting: Setting, expected: Estimate) -> None:
    assert estimate(people, setting) == expected


@pytest.mark.parametrize(
    ("interviewers", "setting", "people"),
    [
        (6, OFFICE, 588),
        (5, replace(OFFICE, seats=2), 196),
        (1, replace(OFFICE, seats=2), 0),
        (1, replace(OFFICE, days=1, spare_percent=50), 9),  # 9 and 5 second places are 14
        (1, replace(OFFICE, days=1, spare_percent=10), 12),  # 13 would take 15
        (6, replace(OFFICE, daily_limit=10), 420),
    ],
)
def test_how_many_people_interviewers_can_see(interviewers: int, setting: Setting, people: int) -> None:
    assert people_possible(interviewers, setting) == people


settings_ = st.builds(
    Setting,
    days=st.integers(1, 3),
    day=st.just((time(9), time(15))),
    slot_minutes=st.sampled_from([20, 30, 45]),
    gap_minutes=st.sampled_from([0, 5, 10]),
    lunch=st.sampled_from([None, LUNCH]),
    seats=st.integers(1, 2),
    daily_limit=st.none() | st.integers(1, 9),
    spare_percent=st.integers(0, 100),
)


@given(st.integers(0, 12), settings_)
def test_one_person_more_than_possible_is_one_too_many(interviewers: int, setting: Setting) -> None:
    people = people_possible(interviewers, setting)
    places = interviewers // setting.seats * setting.slots_a_day * setting.days
    assert estimate(people, setting).interviews <= places < estimate(people + 1, setting).interviews
    if people:
        assert estimate(people, setting).interviewers_a_day <= interviewers


def test_a_plan_for_people_who_come_when_they_like_takes_what_was_estimated() -> None:
    setting = Setting(
        days=2, day=(time(9), time(14)), slot_minutes=30, gap_minutes=5, lunch=LUNCH, seats=2, daily_limit=5
    )
    days = [datetime(2031, 7, day) for day in (1, 2)]
    windows = tuple((day + timedelta(hours=9), day + timedelta(hours=14)) for day in days)
    office = tuple(Interviewer(key, "", None, windows) for key in (1, 2, 3, 4))
    people = people_possible(len(office), setting)
    candidates = tuple(Candidate(key, f"{key:03}", frozenset(), windows) for key in range(people + 1))
    problem = PlanProblem(
        candidates, office, setting.slot_minutes, setting.gap_minutes, LUNCH, ("", ""), setting.daily_limit
    )
    plan = make_plan(problem, with_fixes=False)
    assert (len(plan.placed), plan.proven_optimal) == (people, True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"slot_minutes": 0}, "plan.bad-length"),
        ({"gap_minutes": -1}, "plan.bad-length"),
        ({"days": 0}, "plan.bad-estimate"),
        ({"seats": 0}, "plan.bad-estimate"),
        ({"daily_limit": 0}, "plan.bad-estimate"),
        ({"spare_percent": 101}, "plan.bad-estimate"),
        ({"slot_minutes": 500}, "plan.day-too-short"),
        ({"day": (time(17), time(9))}, "plan.day-too-short"),
    ],
)
def test_figures_that_mean_nothing_are_refused(change: dict[str, int], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        replace(OFFICE, **change)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_fewer_than_no_people_are_refused() -> None:
    with pytest.raises(RuleError, match=r"plan\.bad-estimate"):
        estimate(-1, OFFICE)
