"""What interviewers can see: worked examples, and the greatest flow against brute force."""

from __future__ import annotations

from datetime import datetime, time
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.rules.interview_supply import Supply, allowance, minutes_of, slots_of

LUNCH = (time(12), time(13))


def day(hour: int, until: int, number: int = 30) -> tuple[datetime, datetime]:
    return datetime(2024, 10, number, hour), datetime(2024, 10, number, until)


def test_an_interviewers_time_holds_what_fits_between_lunch_and_limit() -> None:
    windows = (day(9, 13), day(13, 14), day(9, 10, 31))
    assert slots_of(windows, slot_minutes=30, lunch=LUNCH) == 6 + 2 + 2
    assert slots_of(windows, slot_minutes=30, lunch=LUNCH, daily_limit=3) == 3 + 2
    assert slots_of(windows, slot_minutes=30, gap_minutes=5, lunch=LUNCH) == 5 + 1 + 1
    assert minutes_of(windows, LUNCH) == 300


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
