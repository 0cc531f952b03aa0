from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning_brute_force import best, broken_rules, choices, compatible

from fujisawa_desktop.rules.planning import (
    Booking,
    Candidate,
    Interviewer,
    PlanProblem,
    Window,
    make_plan,
    with_additions,
)

DAYS = (datetime(2031, 7, 1), datetime(2031, 7, 2))
FEW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def windows(draw: st.DrawFn, *, most: int) -> tuple[Window, ...]:
    found = []
    for _ in range(draw(st.integers(0, most))):
        day = draw(st.sampled_from(DAYS))
        start = day + timedelta(minutes=draw(st.integers(0, 16)) * 15 + 10 * 60)
        found.append((start, start + timedelta(minutes=draw(st.integers(1, 6)) * 15)))
    return tuple(found)


@st.composite
def problems(draw: st.DrawFn, *, locked: bool = False) -> PlanProblem:
    course = st.sampled_from([1, 2])
    interviewers = tuple(
        Interviewer(
            key,
            f"interviewer {key}",
            draw(st.none() | st.frozensets(course, min_size=1)),
            draw(windows(most=2)),
        )
        for key in range(1, draw(st.integers(1, 2)) + 1)
    )
    candidates = tuple(
        Candidate(
            key,
            draw(st.sampled_from("ABC")) + str(key),
            draw(st.frozensets(course, min_size=1, max_size=2)),
            draw(windows(most=2)),
            person=draw(st.none() | st.integers(1, 2)),
        )
        for key in range(1, draw(st.integers(1, 5)) + 1)
    )
    problem = PlanProblem(
        candidates,
        interviewers,
        slot_minutes=draw(st.sampled_from([20, 30])),
        gap_minutes=draw(st.sampled_from([0, 0, 10])),
        lunch=draw(st.sampled_from([None, (time(12), time(13))])),
    )
    return booked(draw, problem, locked=locked)


def booked(draw: st.DrawFn, problem: PlanProblem, *, locked: bool) -> PlanProblem:
    """Give some candidates bookings that do not exclude each other, as the database guarantees."""
    taken: list[tuple[Candidate, tuple[int, datetime, datetime]]] = []
    result = []
    for candidate in problem.candidates:
        free = [seat for seat in choices(problem, candidate) if compatible(problem, taken, candidate, seat)]
        if free and draw(st.booleans()):
            interviewer, start, end = draw(st.sampled_from(free))
            taken.append((candidate, (interviewer, start, end)))
            fixed = locked and draw(st.booleans())
            booking = Booking((interviewer,), start, end, announced=draw(st.booleans()), locked=fixed)
            result.append(replace(candidate, booking=booking))
        else:
            result.append(candidate)
    return replace(problem, candidates=tuple(result))


@FEW
@given(problems())
def test_a_plan_breaks_no_rule_and_nobody_more_fits(problem: PlanProblem) -> None:
    plan = make_plan(problem)
    assert broken_rules(problem, plan) == []
    assert plan.proven_optimal
    announced = sum(1 for one in problem.candidates if one.booking is not None and one.booking.announced)
    assert (len(plan.placed), announced - len(plan.moved)) == best(problem)


@FEW
@given(problems(locked=True))
def test_locked_interviews_stay_and_the_rest_is_still_the_best(problem: PlanProblem) -> None:
    plan = make_plan(problem)
    assert broken_rules(problem, plan) == []
    places = {placement.candidate: placement for placement in plan.placed}
    for candidate in problem.candidates:
        if candidate.booking is not None and candidate.booking.locked:
            placement = places[candidate.key]
            assert (placement.start, placement.end) == (candidate.booking.start, candidate.booking.end)
    assert len(plan.placed) == best(problem)[0]


@FEW
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(problem: PlanProblem, random: object) -> None:
    candidates, interviewers = list(problem.candidates), list(problem.interviewers)
    random.shuffle(candidates)  # type: ignore[attr-defined]
    random.shuffle(interviewers)  # type: ignore[attr-defined]
    shuffled = replace(problem, candidates=tuple(candidates), interviewers=tuple(interviewers))
    assert make_plan(shuffled) == make_plan(problem)


@FEW
@given(problems(locked=True))
def test_every_fix_offered_gives_everybody_it_names_a_place(problem: PlanProblem) -> None:
    for unplaced in make_plan(problem).unplaced:
        fix = unplaced.fix
        if fix.additions:
            again = make_plan(with_additions(problem, fix.additions))
            placed = {placement.candidate for placement in again.placed}
            assert unplaced.candidate in fix.people
            assert set(fix.people) <= placed
            assert fix.params["moved"] == len(again.moved)


@FEW
@given(problems(locked=True))
def test_a_group_named_as_the_reason_really_has_too_few_places(problem: PlanProblem) -> None:
    fixed = tuple(one for one in problem.candidates if one.booking is not None and one.booking.locked)
    for unplaced in make_plan(problem).unplaced:
        if unplaced.reason.code in {"plan.crowded", "plan.crowded-many"}:
            group = tuple(one for one in problem.candidates if one.key in unplaced.reason.people)
            alone = replace(problem, candidates=(*group, *fixed))
            assert best(alone)[0] - len(fixed) == unplaced.reason.params["places"] < len(group)
            assert len(group) == unplaced.reason.params["people"]
