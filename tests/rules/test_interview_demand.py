"""How much time interviews take: worked examples, and the greatest flow against brute force."""

from __future__ import annotations

from datetime import datetime, time
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.rules.interview_demand import (
    DayPlan,
    Supply,
    allowance,
    demand,
    minutes_of,
    slots_of,
)

DAY = DayPlan(30, 0, time(9), time(17), (time(12), time(13)), days=7)


def day(hour: int, until: int, number: int = 30) -> tuple[datetime, datetime]:
    return datetime(2024, 10, number, hour), datetime(2024, 10, number, until)


def test_a_day_from_nine_to_five_with_lunch_holds_fourteen_interviews_of_half_an_hour() -> None:
    assert DAY.per_day == 14
    assert DayPlan(30, 10, time(9), time(17), (time(12), time(13)), 7).per_day == 4 + 6
    assert DayPlan(30, 0, time(9), time(17), None, 7, daily_limit=8).per_day == 8


def test_sixty_people_in_seven_days() -> None:
    found = demand(60, DAY)
    assert (found.interviews, found.slots, found.seat_minutes) == (60, 60, 1800)
    assert (found.interviewer_days, found.a_day) == (5, 1)


def test_three_hundred_and_fifty_people_by_panels_of_two_with_a_reserve() -> None:
    panel = DayPlan(30, 5, time(9), time(17), (time(12), time(13)), days=7, seats=2)
    found = demand(350, panel, reserve_percent=20)
    assert panel.per_day == 5 + 7
    assert found.slots == 420
    assert found.seat_minutes == 350 * 30 * 2
    assert found.present_minutes == 420 * 35 * 2
    assert found.interviewer_days == 35 * 2
    assert found.a_day == 5 * 2


def test_nobody_takes_nothing_and_a_day_without_room_holds_nobody() -> None:
    assert demand(0, DAY) == demand(0, DAY, reserve_percent=50)
    short = DayPlan(30, 0, time(9), time(9, 20), None, 7)
    assert (short.per_day, demand(5, short).interviewer_days) == (0, 0)


def test_an_interviewers_time_holds_what_fits_between_lunch_and_limit() -> None:
    windows = (day(9, 13), day(13, 14), day(9, 10, 31))
    assert slots_of(windows, DAY) == 6 + 2 + 2
    assert slots_of(windows, DayPlan(30, 0, time(9), time(17), DAY.lunch, 7, daily_limit=3)) == 3 + 2
    assert minutes_of(windows, DAY.lunch) == 300


def test_the_course_for_which_there_is_too_little_is_named() -> None:
    supplies = [Supply(10, None), Supply(5, frozenset({1})), Supply(50, frozenset({2}))]
    found = allowance({1: 20, 2: 30}, supplies)
    assert (found.interviews, found.short) == (45, {1})
    assert allowance({1: 15, 2: 30}, supplies).short == frozenset()
    assert allowance({1: 4, 2: 4}, [Supply(9, None)], seats=2).interviews == 4


@given(
    st.dictionaries(st.integers(1, 3), st.integers(0, 3), max_size=3),
    st.lists(
        st.builds(
            Supply,
            st.integers(0, 3),
            st.none() | st.frozensets(st.integers(1, 3), min_size=1, max_size=2),
        ),
        max_size=3,
    ),
)
def test_it_is_the_most_that_any_arrangement_reaches(people: dict[int, int], supplies: list[Supply]) -> None:
    pairs = [
        (course, at)
        for course in people
        for at, supply in enumerate(supplies)
        if supply.courses is None or course in supply.courses
    ]
    most = 0
    for held in product(range(4), repeat=min(len(pairs), 6)):
        by_course = dict.fromkeys(people, 0)
        by_supply = [0] * len(supplies)
        for (course, at), count in zip(pairs, held, strict=False):
            by_course[course] += count
            by_supply[at] += count
        fits = all(by_course[course] <= count for course, count in people.items()) and all(
            used <= supply.slots for used, supply in zip(by_supply, supplies, strict=True)
        )
        if fits:
            most = max(most, sum(held))
    found = allowance(people, supplies).interviews
    assert found == most if len(pairs) <= 6 else found >= most
