from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from itertools import pairwise

import pytest

from fujisawa_desktop.errors import Cancelled, RuleError
from fujisawa_desktop.rules.planning import (
    Addition,
    Booking,
    Candidate,
    Interviewer,
    Plan,
    PlanProblem,
    Reason,
    Unplaced,
    Window,
    make_plan,
    with_additions,
)

DX, CHILD = 1, 2
LUNCH = (time(12), time(13))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2031, 7, day, hour, minute)


def span(day: int, first: int, last: int) -> Window:
    return at(day, first), at(day, last)


def somebody(key: int, *windows: Window, course: int = DX, booking: Booking | None = None) -> Candidate:
    return Candidate(key, f"E{key:03}", frozenset({course}), windows, booking)


def office(*days: int) -> tuple[Interviewer, ...]:
    """One who may see anybody and one for each course, every day from 9 to 17."""
    windows = tuple(span(day, 9, 17) for day in days)
    return (
        Interviewer(1, "総務", None, windows),
        Interviewer(2, "情報", frozenset({DX}), windows),
        Interviewer(3, "子育て", frozenset({CHILD}), windows),
    )


def crowd() -> PlanProblem:
    """Eleven people who can only come in one hour (six places), and twenty who come when they like."""
    narrow = [somebody(key, span(1, 9, 10), course=DX if key % 2 else CHILD) for key in range(11)]
    wide = [somebody(key, span(2, 9, 17), course=CHILD if key % 3 else DX) for key in range(11, 31)]
    everybody_may_see = tuple(replace(one, courses=None) for one in office(1, 2))
    return PlanProblem((*narrow, *wide), everybody_may_see, lunch=LUNCH)


def reason(plan: Plan, key: int) -> Reason:
    return unplaced(plan, key).reason


def unplaced(plan: Plan, key: int) -> Unplaced:
    return next(one for one in plan.unplaced if one.candidate == key)


def only(plan: Plan) -> tuple[int, tuple[int, ...], datetime]:
    (placement,) = plan.placed
    return placement.candidate, placement.interviewers, placement.start


def test_as_many_as_there_are_places_and_the_rest_named() -> None:
    plan = make_plan(crowd())
    assert (len(plan.placed), len(plan.unplaced), plan.proven_optimal) == (26, 5, True)
    assert {one.candidate for one in plan.unplaced} < set(range(11))


def test_the_reason_names_everybody_who_competes_and_the_time() -> None:
    plan = make_plan(crowd())
    left_out = [one.candidate for one in plan.unplaced]
    for one in plan.unplaced:
        assert one.reason.code == "plan.crowded"
        assert one.reason.params == {"people": 11, "places": 6}
        assert list(one.reason.people[:5]) == left_out
        assert set(one.reason.people) == set(range(11))
        assert one.reason.windows == (span(1, 9, 10),)


def test_the_fix_is_the_least_time_and_works_when_tried() -> None:
    problem = crowd()
    plan = make_plan(problem)
    fix = plan.unplaced[0].fix
    assert fix.params == {"people": 5, "minutes": 150, "moved": 0}
    assert sum(addition.count * (addition.end - addition.start).seconds for addition in fix.additions) == 9000
    assert all(one.fix == fix for one in plan.unplaced)
    assert make_plan(with_additions(problem, fix.additions)).unplaced == ()
    for spared in range(len(fix.additions)):
        less = list(fix.additions)
        less[spared] = replace(less[spared], count=less[spared].count - 1)
        assert make_plan(with_additions(problem, tuple(less))).unplaced != ()


def test_a_smaller_group_is_named_without_those_who_have_a_way_out() -> None:
    interviewers = (Interviewer(1, "総務", None, (span(1, 9, 11),)),)
    people = (
        somebody(1, (at(1, 9), at(1, 9, 30))),
        somebody(2, (at(1, 9), at(1, 9, 30))),
        somebody(3, (at(1, 10), at(1, 11))),
        somebody(4, (at(1, 9), at(1, 11))),
    )
    plan = make_plan(PlanProblem(people, interviewers))
    (left,) = plan.unplaced
    assert set(left.reason.people) == {1, 2}
    assert left.reason.params == {"people": 2, "places": 1}


def test_those_for_another_course_are_not_named_when_they_compete_elsewhere() -> None:
    people = [somebody(key, span(1, 9, 10), course=CHILD) for key in range(5)]
    people += [somebody(key, span(1, 9, 10), course=DX) for key in range(5, 7)]
    (left,) = make_plan(PlanProblem(tuple(people), office(1))).unplaced
    assert set(left.reason.people) == set(range(5))
    assert left.reason.params == {"people": 5, "places": 4}


def test_several_windows_are_told_as_several() -> None:
    interviewers = (Interviewer(1, "総務", None, ((at(1, 9), at(1, 9, 30)), (at(2, 9), at(2, 9, 30)))),)
    people = tuple(somebody(key, span(1, 9, 10), span(2, 9, 10)) for key in range(3))
    (left,) = make_plan(PlanProblem(people, interviewers)).unplaced
    assert left.reason.code == "plan.crowded-many"
    assert left.reason.windows == ((at(1, 9), at(1, 9, 30)), (at(2, 9), at(2, 9, 30)))


@pytest.mark.parametrize(
    ("windows", "course", "code", "fix"),
    [
        ((), DX, "plan.no-availability", "plan.fix-ask-times"),
        (((at(1, 9), at(1, 9, 20)),), DX, "plan.window-too-short", "plan.fix-ask-longer"),
        (((at(1, 12), at(1, 13)),), DX, "plan.window-too-short", "plan.fix-ask-longer"),
        ((span(1, 9, 10),), 9, "plan.no-interviewer", "plan.fix-add-interviewers"),
        ((span(3, 9, 10),), DX, "plan.no-overlap", "plan.fix-add-interviewers"),
        ((span(1, 15, 16),), CHILD, "plan.no-overlap", "plan.fix-add-interviewers"),
    ],
)
def test_other_reasons_have_words_of_their_own(
    windows: tuple[Window, ...], course: int, code: str, fix: str
) -> None:
    interviewers = (
        Interviewer(2, "情報", frozenset({DX}), (span(1, 9, 17),)),
        Interviewer(3, "子育て", frozenset({CHILD}), (span(1, 9, 12),)),
    )
    person = somebody(1, *windows, course=course)
    (left,) = make_plan(PlanProblem((person,), interviewers, lunch=LUNCH)).unplaced
    assert (left.reason.code, left.fix.code) == (code, fix)


def test_an_added_interviewer_is_asked_for_the_course_that_needs_one() -> None:
    person = somebody(1, span(1, 9, 10), course=CHILD)
    only_dx = office(1)[1:2]
    (left,) = make_plan(PlanProblem((person,), only_dx)).unplaced
    assert left.fix.additions == (Addition(at(1, 9), at(1, 9, 30), 1, frozenset({CHILD})),)


def test_two_applications_of_one_person_that_exclude_each_other_are_not_promised_a_place() -> None:
    window = (at(1, 9), at(1, 9, 30))
    twins = tuple(replace(somebody(key, window), person=7) for key in (1, 2))
    (left,) = make_plan(PlanProblem(twins, office(1))).unplaced
    assert "plan.fix-add-interviewers" not in [fix.code for fix in left.fixes]
    assert left.fix.code == "plan.fix-ask-others"


def test_lunch_and_the_gap_are_kept_and_the_grid_begins_anew_after_lunch() -> None:
    interviewers = (Interviewer(1, "総務", None, (span(1, 11, 14),)),)
    people = tuple(somebody(key, span(1, 9, 17)) for key in range(9))
    plan = make_plan(PlanProblem(people, interviewers, slot_minutes=25, gap_minutes=5, lunch=LUNCH))
    assert [placement.start for placement in plan.placed] == [
        at(1, 11), at(1, 11, 30), at(1, 13), at(1, 13, 30)
    ]  # fmt: skip
    assert all(first.end <= second.start for first, second in pairwise(plan.placed))


def test_the_gap_is_kept_from_one_window_of_an_interviewer_to_the_next() -> None:
    touching = ((at(1, 9), at(1, 9, 30)), (at(1, 9, 30), at(1, 10)))
    people = tuple(somebody(key, span(1, 9, 10)) for key in range(2))
    office = (Interviewer(1, "総務", None, touching),)
    assert len(make_plan(PlanProblem(people, office)).placed) == 2
    assert len(make_plan(PlanProblem(people, office, gap_minutes=5)).placed) == 1


def test_the_window_of_an_applicant_told_in_two_pieces_is_one() -> None:
    person = somebody(1, (at(1, 9), at(1, 9, 15)), (at(1, 9, 15), at(1, 9, 30)))
    assert only(make_plan(PlanProblem((person,), office(1)))) == (1, (2,), at(1, 9))


def test_an_interview_does_not_run_over_two_windows_of_an_interviewer() -> None:
    interviewers = (Interviewer(1, "総務", None, ((at(1, 9), at(1, 9, 15)), (at(1, 9, 15), at(1, 9, 30)))),)
    (left,) = make_plan(PlanProblem((somebody(1, span(1, 9, 10)),), interviewers)).unplaced
    assert left.reason.code == "plan.no-overlap"


def test_one_day_fills_first_the_early_one_and_who_may_see_anybody_is_spared() -> None:
    people = tuple(somebody(key, span(1, 9, 17), span(2, 9, 17)) for key in range(4))
    plan = make_plan(PlanProblem(people, office(1, 2)))
    assert [(placement.start, placement.interviewers) for placement in plan.placed] == [
        (at(1, 9), (2,)), (at(1, 9, 30), (2,)), (at(1, 10), (2,)), (at(1, 10, 30), (2,))
    ]  # fmt: skip


def test_a_booking_stays_where_it_is_although_an_earlier_time_is_free() -> None:
    booking = Booking((1,), at(2, 15), at(2, 15, 30), announced=True)
    person = somebody(1, span(1, 9, 17), span(2, 9, 17), booking=booking)
    plan = make_plan(PlanProblem((person,), office(1, 2)))
    assert only(plan) == (1, (1,), at(2, 15))
    assert plan.moved == ()


def test_a_booking_off_the_grid_stays_and_nothing_is_put_across_it() -> None:
    booking = Booking((1,), at(1, 9, 10), at(1, 9, 40))
    interviewers = (Interviewer(1, "総務", None, (span(1, 9, 10),)),)
    people = (somebody(1, span(1, 9, 10), booking=booking), somebody(2, span(1, 9, 10)))
    plan = make_plan(PlanProblem(people, interviewers))
    # More people come before unmoved bookings: the hand-made time gives way.
    assert [placement.start for placement in plan.placed] == [at(1, 9), at(1, 9, 30)]
    alone = make_plan(PlanProblem(people[:1], interviewers))
    assert only(alone) == (1, (1,), at(1, 9, 10))


def test_when_an_interviewer_falls_ill_only_those_who_must_are_moved() -> None:
    people = tuple(
        somebody(
            key,
            span(1, 9, 17),
            booking=Booking((2 if key < 3 else 1,), at(1, 9 + key), at(1, 9 + key, 30), announced=True),
        )
        for key in range(6)
    )
    # Interviewer 2 is away from ten on; interviewer 1 is taken from twelve on.
    away = Interviewer(2, "情報", frozenset({DX}), (span(1, 9, 10),))
    plan = make_plan(PlanProblem(people, (office(1)[0], away, office(1)[2])))
    times = {placement.candidate: placement.start for placement in plan.placed}
    assert times == {key: at(1, 9 + key) for key in range(6)}
    assert plan.moved == ()


def test_an_announced_interview_that_cannot_stay_is_reported_as_moved() -> None:
    booking = Booking((1,), at(1, 9), at(1, 9, 30), announced=True)
    person = somebody(1, span(1, 10, 11), booking=booking)
    assert make_plan(PlanProblem((person,), office(1))).moved == (1,)


def test_a_hand_booking_of_somebody_who_stated_no_time_is_kept() -> None:
    person = somebody(1, booking=Booking((1,), at(1, 9), at(1, 9, 30)))
    assert only(make_plan(PlanProblem((person,), office(1)))) == (1, (1,), at(1, 9))


def test_locked_interviews_and_panels_stay_and_bar_the_time() -> None:
    locked = somebody(1, booking=Booking((1,), at(1, 9), at(1, 9, 30), locked=True))
    panel = somebody(2, booking=Booking((1, 2), at(1, 9, 30), at(1, 10)))
    late = somebody(3, span(1, 9, 10), course=CHILD)
    anybody, *_ = office(1)
    plan = make_plan(PlanProblem((locked, panel, late), (anybody,)))
    assert [(one.candidate, one.interviewers) for one in plan.placed] == [(1, (1,)), (2, (1, 2))]
    assert reason(plan, 3).code == "plan.only-locked"
    assert unplaced(plan, 3).fix.code == "plan.fix-add-interviewers"


def test_added_interviewers_never_share_a_key_with_known_ones() -> None:
    problem = with_additions(crowd(), (Addition(at(1, 9), at(1, 10), 2, frozenset()),))
    assert [one.key for one in problem.interviewers] == [1, 2, 3, -1, -2]
    assert problem.interviewers[-1].courses is None
    again = with_additions(problem, (Addition(at(1, 9), at(1, 10), 1, frozenset({DX})),))
    assert again.interviewers[-1].key == -3


def test_stopping_ends_the_work() -> None:
    with pytest.raises(Cancelled):
        make_plan(crowd(), stop=lambda: True)


def test_stopping_later_ends_it_too() -> None:
    answers = iter([False])
    with pytest.raises(Cancelled):
        make_plan(crowd(), stop=lambda: next(answers, True))


def test_without_time_there_is_still_a_plan_but_no_proof() -> None:
    plan = make_plan(crowd(), limit_seconds=0)
    assert not plan.proven_optimal
    assert len(plan.placed) > 6
    assert {(one.reason.code, one.fix.code) for one in plan.unplaced} == {
        ("plan.time-ran-out", "plan.fix-plan-again")
    }


def test_nothing_to_plan_is_a_plan() -> None:
    plan = make_plan(PlanProblem((), ()))
    assert (plan.placed, plan.unplaced, plan.proven_optimal) == ((), (), True)


@pytest.mark.parametrize(("slot", "gap"), [(0, 0), (-5, 0), (30, -1)])
def test_lengths_that_make_no_grid_are_refused(slot: int, gap: int) -> None:
    with pytest.raises(RuleError, match=r"plan\.bad-length"):
        PlanProblem((), (), slot_minutes=slot, gap_minutes=gap)


def test_hundreds_of_people_are_planned_with_proof() -> None:
    people = tuple(
        somebody(key, *(span(1 + (key + n) % 7, 9 + n, 12 + n) for n in (0, 2, 4)), course=1 + key % 2)
        for key in range(350)
    )
    plan = make_plan(PlanProblem(people, office(*range(1, 8)), lunch=LUNCH))
    assert plan.proven_optimal
    assert len(plan.placed) == 7 * 12 * 3  # nobody comes before nine or after four
