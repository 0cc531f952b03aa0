from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from fujisawa_desktop.rules.planning import (
    Aim,
    Booking,
    Candidate,
    Fix,
    Interviewer,
    Measure,
    Plan,
    PlanProblem,
    Stage,
    Window,
    make_plan,
)

HR, HOST = "職員課", "受入部署"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2031, 7, day, hour, minute)


def morning(day: int = 1, first: int = 9, last: int = 12) -> Window:
    return at(day, first), at(day, last)


def office(key: int, *windows: Window, role: str = "", **more: object) -> Interviewer:
    return replace(Interviewer(key, f"interviewer {key}", None, windows, role), **more)  # type: ignore[arg-type]


def people(count: int, *windows: Window, first: int = 1) -> tuple[Candidate, ...]:
    return tuple(Candidate(key, f"E{key:03}", frozenset({1}), windows) for key in range(first, first + count))


def measure(plan: Plan, aim: Aim) -> Measure:
    return next(one for one in plan.measures if one.aim is aim)


def fix(plan: Plan, code: str) -> Fix:
    return next(fix for one in plan.unplaced for fix in one.fixes if fix.code == code)


def test_a_panel_takes_one_of_each_role_at_the_same_time() -> None:
    interviewers = (
        office(1, morning(), role=HR),
        office(2, morning(first=10), role=HOST),
        office(3, morning()),
    )
    plan = make_plan(PlanProblem(people(9, morning()), interviewers, panel=(HR, HOST)))
    assert {one.interviewers for one in plan.placed} == {(2, 1)} or {
        frozenset(one.interviewers) for one in plan.placed
    } == {frozenset({1, 2})}
    assert [one.start for one in plan.placed] == [
        at(1, 10),
        at(1, 10, 30),
        at(1, 11),
        at(1, 11, 30),
    ]
    assert (len(plan.unplaced), plan.proven_optimal) == (5, True)


def test_a_seat_for_any_role_never_takes_the_same_person_twice() -> None:
    interviewers = (office(1, morning(), role=HR), office(2, morning(last=10)))
    plan = make_plan(PlanProblem(people(9, morning()), interviewers, panel=(HR, "")))
    assert [set(one.interviewers) for one in plan.placed] == [{1, 2}, {1, 2}]


def test_panels_on_different_grids_meet_only_where_both_begin() -> None:
    quarter = (at(1, 9, 15), at(1, 12))
    interviewers = (office(1, morning(), role=HR), office(2, quarter, role=HOST))
    problem = PlanProblem(people(3, morning()), interviewers, panel=(HR, HOST))
    plan = make_plan(problem)
    assert plan.placed == ()
    assert {one.reason.code for one in plan.unplaced} == {"plan.no-panel"}
    aligned = replace(
        problem, interviewers=(interviewers[0], office(2, (at(1, 9, 30), at(1, 12)), role=HOST))
    )
    assert len(make_plan(aligned).placed) == 3


def test_the_fix_of_a_panel_adds_only_the_role_that_lacks() -> None:
    interviewers = (
        office(1, morning(), role=HR),
        office(2, morning(), role=HR),
        office(3, morning(), role=HOST),
    )
    plan = make_plan(PlanProblem(people(8, morning()), interviewers, panel=(HR, HOST)))
    assert len(plan.placed) == 6
    added = fix(plan, "plan.fix-add-interviewers")
    assert {one.role for one in added.additions} == {HOST}
    assert added.params["minutes"] == 60


def test_a_booked_single_interview_is_made_a_panel_without_moving_the_person() -> None:
    booking = Booking((1,), at(1, 10), at(1, 10, 30), announced=True)
    (somebody,) = people(1, morning())
    interviewers = (office(1, morning(), role=HR), office(2, morning(), role=HOST))
    plan = make_plan(PlanProblem((replace(somebody, booking=booking),), interviewers, panel=(HR, HOST)))
    assert plan.moved == ()
    assert [(set(one.interviewers), one.start) for one in plan.placed] == [({1, 2}, at(1, 10))]


def test_nobody_holds_more_interviews_a_day_than_allowed() -> None:
    interviewers = (office(1, morning(1), morning(2)), office(2, morning(1), daily_limit=1))
    problem = PlanProblem(people(9, morning(1), morning(2)), interviewers, daily_limit=2)
    plan = make_plan(problem)
    days = sorted((one.interviewers[0], one.start.day) for one in plan.placed)
    assert days == [(1, 1), (1, 1), (1, 2), (1, 2), (2, 1)]
    raised = fix(plan, "plan.fix-raise-limit")
    assert (raised.daily_limit, raised.params["more"]) == (4, 2)


def test_a_limit_counts_fixed_interviews_too() -> None:
    fixed = Booking((1,), at(1, 9), at(1, 9, 30), locked=True)
    first, *others = people(3, morning())
    problem = PlanProblem((replace(first, booking=fixed), *others), (office(1, morning()),), daily_limit=2)
    assert len(make_plan(problem).placed) == 2


def test_a_longer_interview_takes_the_slots_it_needs_and_starts_on_the_grid() -> None:
    long, *short = people(5, morning(last=11))
    problem = PlanProblem((replace(long, minutes=60), *short), (office(1, morning(last=11)),))
    plan = make_plan(problem)
    assert len(plan.placed) == 4
    without = make_plan(replace(problem, candidates=problem.candidates[:3]))
    assert sum((one.end - one.start for one in without.placed), timedelta()) == timedelta(hours=2)
    assert {one.start.minute for one in without.placed} <= {0, 30}


def test_a_shorter_slot_is_offered_with_what_it_would_move() -> None:
    plan = make_plan(PlanProblem(people(7, morning()), (office(1, morning()),)))
    shorter = fix(plan, "plan.fix-shorter")
    assert (shorter.slot_minutes, shorter.params["moved"]) == (25, 0)


def test_other_times_are_asked_for_only_where_some_are_free() -> None:
    narrow = people(4, (at(1, 9), at(1, 10)))
    plan = make_plan(PlanProblem(narrow, (office(1, morning()),)))
    asked = fix(plan, "plan.fix-ask-others")
    assert asked.params["slots"] == 4
    assert asked.windows == ((at(1, 10), at(1, 12)),)
    full = make_plan(PlanProblem(narrow, (office(1, (at(1, 9), at(1, 10))),)))
    assert "plan.fix-ask-others" not in [fix.code for one in full.unplaced for fix in one.fixes]


def test_an_early_day_and_support_are_given_to_those_who_need_them() -> None:
    first, second, third = people(3, (at(1, 9), at(1, 9, 30)), (at(2, 9), at(2, 9, 30)))
    candidates = (first, replace(second, finish_by=date(2031, 7, 1)), replace(third, needs_support=True))
    interviewers = (
        office(1, (at(1, 9), at(1, 9, 30)), (at(2, 9), at(2, 9, 30))),
        office(2, (at(2, 9), at(2, 9, 30)), gives_support=True),
    )
    plan = make_plan(PlanProblem(candidates, interviewers))
    assert {one.candidate: (one.interviewers, one.start.day) for one in plan.placed} == {
        1: ((1,), 2),
        2: ((1,), 1),
        3: ((2,), 2),
    }
    assert measure(plan, Aim.NEEDS) == Measure(Aim.NEEDS, 2, 2)


def test_needs_never_move_somebody_who_was_told_a_time() -> None:
    told = Booking((1,), at(2, 9), at(2, 9, 30), announced=True)
    (somebody,) = people(1, morning(1), morning(2))
    problem = PlanProblem(
        (replace(somebody, booking=told, finish_by=date(2031, 7, 1)),), (office(1, morning(1), morning(2)),)
    )
    plan = make_plan(problem)
    assert (plan.moved, plan.placed[0].start) == ((), at(2, 9))
    assert measure(plan, Aim.NEEDS).value == 0


def test_one_interviewer_day_is_opened_where_one_is_enough_and_gaps_are_closed() -> None:
    interviewers = tuple(office(key, morning(1), morning(2)) for key in (1, 2, 3))
    plan = make_plan(PlanProblem(people(6, morning(1), morning(2)), interviewers))
    assert measure(plan, Aim.DAYS) == Measure(Aim.DAYS, 1, 1)
    assert measure(plan, Aim.COMPACT) == Measure(Aim.COMPACT, 0, 0)
    assert {one.start.date() for one in plan.placed} == {date(2031, 7, 1)}


def test_the_load_is_shared_among_those_who_must_come_anyway() -> None:
    short = (at(1, 9), at(1, 10, 30))
    alike = tuple(office(key, short) for key in (1, 2, 3))
    plan = make_plan(PlanProblem(people(7, short), alike))
    load = [sum(key in one.interviewers for one in plan.placed) for key in (1, 2, 3)]
    assert sorted(load) == [2, 2, 3]
    assert measure(plan, Aim.LOAD) == Measure(Aim.LOAD, 3, 3)


def test_who_was_announced_as_interviewer_goes_on_seeing_the_person() -> None:
    interviewers = tuple(office(key, morning()) for key in (1, 2))
    told = tuple(
        replace(one, booking=Booking((key,), at(1, hour), at(1, hour, 30), announced=True))
        for one, key, hour in zip(people(4, morning()), (1, 2, 1, 2), (9, 10, 11, 11), strict=True)
    )
    plan = make_plan(PlanProblem(told, interviewers))
    assert [one.interviewers for one in plan.placed] == [(1,), (2,), (1,), (2,)]


def test_an_announced_time_is_kept_off_the_grid_of_who_takes_over() -> None:
    told = Booking((1,), at(1, 9, 10), at(1, 9, 40), announced=True)
    (somebody,) = people(1, morning())
    plan = make_plan(PlanProblem((replace(somebody, booking=told),), (office(2, morning()),)))
    assert (plan.moved, [one.interviewers for one in plan.placed]) == ((), [(2,)])


def test_the_stages_are_told_in_their_order() -> None:
    told: list[Stage] = []
    make_plan(
        PlanProblem(people(2, morning()), (office(1, morning()),), lunch=(time(12), time(13))),
        tell=told.append,
    )
    assert told == list(Stage)


@pytest.mark.parametrize("with_fixes", [True, False])
def test_fixes_are_tried_only_when_wanted(*, with_fixes: bool) -> None:
    plan = make_plan(PlanProblem(people(7, morning()), (office(1, morning()),)), with_fixes=with_fixes)
    assert (plan.unplaced[0].fix.code == "plan.fix-add-interviewers") == with_fixes
