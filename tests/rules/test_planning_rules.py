"""Plans of random problems with every rule there is, against a checker that shares no code with the planner.

``python -m tests.benchmarks plan-rules`` runs ten thousand of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import product

import pytest
from planning_checker import broken_rules, every_panel, overstated
from planning_random import random_problem, shuffled

from fujisawa_desktop.rules.planning import (
    Aim,
    Booking,
    Candidate,
    Fix,
    Interviewer,
    Plan,
    PlanProblem,
    make_plan,
    with_additions,
)


@pytest.mark.parametrize("first", range(0, 1500, 100))
def test_no_plan_breaks_a_rule_or_says_of_itself_what_is_not_so(first: int) -> None:
    for seed in range(first, first + 100):
        problem = random_problem(seed)
        assert broken_rules(problem, make_plan(problem, with_fixes=False)) == [], seed


@pytest.mark.parametrize("first", range(5000, 5160, 40))
def test_no_plan_there_is_beats_what_is_said_to_be_proven(first: int) -> None:
    proven: dict[Aim, int] = defaultdict(int)
    for seed in range(first, first + 40):
        problem = random_problem(seed, people=4, interviewers=3)
        ways = 1
        for candidate in problem.candidates:
            ways *= 1 + len(every_panel(problem, candidate))
        if ways <= 20_000:
            plan = make_plan(problem, with_fixes=False)
            assert overstated(problem, plan) == [], seed
            assert plan.proven_optimal, seed
            for measure in plan.measures:
                proven[measure.aim] += measure.proven
    # Also of the later aims nearly everything is proven where plans are this small.
    assert min(proven.values()) >= 25


@pytest.mark.parametrize("first", range(0, 80, 20))
def test_the_order_in_which_a_problem_is_told_does_not_matter(first: int) -> None:
    for seed in range(first, first + 20):
        problem = random_problem(seed)
        assert make_plan(shuffled(problem, seed)) == make_plan(problem), seed


def changed(problem: PlanProblem, fix: Fix) -> PlanProblem | None:
    """Return the problem with the fix taken, or None for what only a person can do."""
    asked = set(fix.people)
    if fix.code == "plan.fix-add-interviewers":
        return with_additions(problem, fix.additions)
    if fix.code == "plan.fix-raise-limit":
        more = fix.params["more"]
        assert isinstance(more, int)
        office = tuple(
            one if one.daily_limit is None else replace(one, daily_limit=one.daily_limit + more)
            for one in problem.interviewers
        )
        return replace(problem, daily_limit=fix.daily_limit, interviewers=office)
    if fix.code == "plan.fix-ask-others":
        people = tuple(
            replace(one, windows=(*one.windows, *fix.windows)) if one.key in asked else one
            for one in problem.candidates
        )
        return replace(problem, candidates=people)
    if fix.code == "plan.fix-shorter":
        assert fix.slot_minutes is not None
        return replace(problem, slot_minutes=fix.slot_minutes)
    return None


@pytest.mark.parametrize("first", range(0, 80, 20))
def test_every_fix_gives_everybody_it_names_a_place_when_it_is_taken(first: int) -> None:
    tried: dict[str, int] = defaultdict(int)
    for seed in range(first, first + 20):
        problem = random_problem(seed)
        for left in make_plan(problem).unplaced:
            for fix in left.fixes:
                again = changed(problem, fix)
                if again is None:
                    continue
                plan = make_plan(again, with_fixes=False)
                placed = {one.candidate for one in plan.placed}
                assert left.candidate in fix.people, (seed, fix)
                assert set(fix.people) <= placed, (seed, fix)
                assert fix.params["moved"] == len(plan.moved), (seed, fix)
                tried[fix.code] += 1
    assert {"plan.fix-add-interviewers", "plan.fix-ask-others", "plan.fix-shorter"} <= set(tried)


def test_every_group_named_as_the_reason_has_too_few_places_and_needs_everybody() -> None:
    named = 0
    for seed in range(300):
        problem = random_problem(seed)
        for left in make_plan(problem, with_fixes=False).unplaced:
            if left.reason.code.startswith("plan.crowded"):
                group = set(left.reason.people)
                lacking = short(problem, group)
                assert lacking == len(group) - int(str(left.reason.params["places"])) > 0, seed
                placed = set(left.reason.people[lacking:])
                assert all(short(problem, group - {one}) < lacking for one in placed), seed
                named += 1
    assert named > 30


def short(problem: PlanProblem, group: set[int]) -> int:
    """Return how many of a group lack a place when it is planned alone, beside the fixed interviews."""
    people = tuple(
        one
        for one in problem.candidates
        if one.key in group or (one.booking is not None and problem.stays(one.booking))
    )
    return len(make_plan(replace(problem, candidates=people), with_fixes=False).unplaced)


def office_for(people: int, days: int, interviewers: int) -> PlanProblem:
    """People with two half days each and interviewers of three kinds, without chance."""
    starts = [datetime(2031, 7, 1) + timedelta(days=day) for day in range(days)]
    office = tuple(
        Interviewer(
            key,
            f"interviewer {key}",
            None if key % 3 == 0 else frozenset({key % 3}),
            tuple(
                (day + timedelta(hours=9), day + timedelta(hours=17)) for day in starts if (day.day + key) % 5
            ),
        )
        for key in range(1, interviewers + 1)
    )
    candidates = tuple(
        Candidate(
            key,
            f"{key * 7919 % 10_007:05}",
            frozenset({1 + key % 2}),
            tuple(
                (
                    starts[(key * step) % days] + timedelta(hours=9 + (key * step) % 5),
                    starts[(key * step) % days] + timedelta(hours=12 + (key * step) % 5),
                )
                for step in (3, 5)
            ),
        )
        for key in range(1, people + 1)
    )
    return PlanProblem(candidates, office, lunch=(time(12), time(13)))


def announced(problem: PlanProblem, plan: Plan) -> PlanProblem:
    """Return the problem after the plan was booked and told to everybody."""
    held = {
        one.candidate: Booking(one.interviewers, one.start, one.end, announced=True) for one in plan.placed
    }
    return replace(
        problem, candidates=tuple(replace(one, booking=held.get(one.key)) for one in problem.candidates)
    )


def without(problem: PlanProblem, ill: int) -> PlanProblem:
    office = tuple(replace(one, windows=()) if one.key == ill else one for one in problem.interviewers)
    return replace(problem, interviewers=office)


def most_kept(problem: PlanProblem) -> int:
    """Count who could keep the announced time if nothing else mattered: a matching for each start."""
    at: dict[datetime, list[Candidate]] = defaultdict(list)
    for candidate in problem.candidates:
        if candidate.booking is not None:
            at[candidate.booking.start].append(candidate)
    kept = 0
    for start, people in at.items():
        there = [one for one in problem.interviewers if any(a <= start < b for a, b in one.windows)]
        taken: dict[int, Candidate] = {}

        def found(
            candidate: Candidate, seen: set[int], there: list[Interviewer], taken: dict[int, Candidate]
        ) -> bool:
            for one in there:
                if one.key not in seen and one.may_see(candidate.courses):
                    seen.add(one.key)
                    if one.key not in taken or found(taken[one.key], seen, there, taken):
                        taken[one.key] = candidate
                        return True
            return False

        kept += sum(found(candidate, set(), there, taken) for candidate in people)
    return kept


@pytest.mark.parametrize(("people", "ill"), [*product((80, 200), (1, 2, 3))])
def test_when_one_falls_ill_provably_fewest_announced_people_are_moved(people: int, ill: int) -> None:
    problem = office_for(people, 7, 6)
    told = announced(problem, make_plan(problem, with_fixes=False))
    assert make_plan(told, with_fixes=False).moved == ()
    after = without(told, ill)
    plan = make_plan(after, with_fixes=False)
    assert plan.proven_optimal
    announced_people = sum(1 for one in after.candidates if one.booking is not None)
    assert len(plan.moved) == announced_people - most_kept(after)
    assert broken_rules(after, plan) == []


@pytest.mark.parametrize("first", range(0, 80, 40))
def test_when_one_of_few_falls_ill_every_other_plan_moves_as_many(first: int) -> None:
    for seed in range(first, first + 40):
        problem = random_problem(seed, people=4, interviewers=3)
        told = announced(problem, make_plan(problem, with_fixes=False))
        after = without(told, 1)
        plan = make_plan(after, with_fixes=False)
        assert plan.proven_optimal, seed
        assert broken_rules(after, plan) == [], seed
        assert overstated(after, plan) == [], seed


def test_planning_again_after_booking_changes_nothing() -> None:
    kept = 0
    for seed in range(200):
        problem = random_problem(seed)
        fixed = {one.key for one in problem.candidates if one.booking and problem.stays(one.booking)}
        people = tuple(one if one.key in fixed else replace(one, booking=None) for one in problem.candidates)
        plan = make_plan(replace(problem, candidates=people), with_fixes=False)
        held = {one.candidate: Booking(one.interviewers, one.start, one.end) for one in plan.placed}
        people = tuple(one if one.key in fixed else replace(one, booking=held.get(one.key)) for one in people)
        again = make_plan(replace(problem, candidates=people), with_fixes=False)
        if all(measure.proven for measure in plan.measures[:4]):
            assert again.placed == plan.placed, seed
            kept += 1
    assert kept > 150
