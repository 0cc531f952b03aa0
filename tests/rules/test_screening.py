from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.screening import (
    FULL,
    Yardstick,
    check_points,
    is_split,
    line,
    mean,
    median,
    ranks,
    spread,
    weighted_total,
)

FOUR = (Yardstick(1, 5, 2), Yardstick(2, 5, 1), Yardstick(3, 5, 1), Yardstick(4, 5, 1))
TOTALS = st.lists(st.integers(0, FULL), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("points", "total"),
    [
        ({1: 5, 2: 5, 3: 5, 4: 5}, 10_000),
        ({1: 4, 2: 3, 3: 5, 4: 2}, 7_200),
        ({1: 3}, 2_400),
        ({}, 0),
    ],
)
def test_a_total_weighs_the_points_and_ends_at_a_hundred(points: dict[int, int], total: int) -> None:
    assert weighted_total(points, FOUR) == total


def test_thirds_are_rounded_half_up() -> None:
    assert weighted_total({1: 1}, [Yardstick(1, 3, 1)]) == 3_333
    assert weighted_total({1: 2}, [Yardstick(1, 3, 1)]) == 6_667
    assert weighted_total({1: 1}, [Yardstick(1, 16, 1)]) == 625
    assert weighted_total({1: 1}, [Yardstick(1, 32, 1)]) == 313  # 312.5


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 9), st.integers(0, 20)), min_size=1, max_size=8))
def test_a_total_is_the_exact_share_rounded(rows: list[tuple[int, int, int]]) -> None:
    sticks = [Yardstick(at, most, weight) for at, (most, weight, _p) in enumerate(rows)]
    points = {at: min(given_, most) for at, (most, _w, given_) in enumerate(rows)}
    share = Fraction(
        sum(points[s.criterion_id] * s.weight for s in sticks), sum(s.most * s.weight for s in sticks)
    )
    total = weighted_total(points, sticks)
    assert 0 <= total <= FULL
    assert Fraction(-1, 2) < total - share * FULL <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("points", "whole", "code"),
    [
        ({1: 5, 2: 0, 3: 1, 4: 2}, True, ""),
        ({1: 5}, False, ""),
        ({1: 5}, True, "screening.points-missing"),
        ({1: 6}, False, "screening.points-range"),
        ({1: -1}, False, "screening.points-range"),
        ({9: 1}, False, "screening.points-foreign"),
    ],
)
def test_points_must_fit_the_criteria(points: dict[int, int], whole: bool, code: str) -> None:
    if not code:
        check_points(points, FOUR, whole=whole)
        return
    with pytest.raises(ValidationError) as caught:
        check_points(points, FOUR, whole=whole)
    assert caught.value.code == code
    assert caught.value.field.startswith("points-")


def test_mean_and_median_of_worked_examples() -> None:
    assert (mean([7_000, 8_001]), median([7_000, 8_001])) == (7_501, 7_501)
    assert (mean([9_000, 5_000, 5_000]), median([9_000, 5_000, 5_000])) == (6_333, 5_000)
    assert (mean([]), median([])) == (None, None)


@given(TOTALS)
def test_mean_and_median_lie_between_the_ends(totals: list[int]) -> None:
    for figure in (mean(totals), median(totals)):
        assert figure is not None
        assert min(totals) <= figure <= max(totals)
    assert sum(total <= median(totals) for total in totals) * 2 >= len(totals)


@given(TOTALS)
def test_ranks_count_those_who_are_better(totals: list[int]) -> None:
    scores = dict(enumerate(totals))
    assert ranks(scores) == {key: 1 + sum(other > own for other in totals) for key, own in scores.items()}


def test_equal_scores_share_a_rank_and_the_next_is_left_out() -> None:
    assert ranks({"a": 90, "b": 90, "c": 80}) == {"a": 1, "b": 1, "c": 3}


def test_reviewers_far_apart_are_marked() -> None:
    assert spread([]) == 0
    assert not is_split([5_000, 6_999])
    assert is_split([5_000, 7_000])


@pytest.mark.parametrize(
    ("scores", "capacity", "wanted"),
    [
        ([90, 80, 70], 2, (2, 0, 2, 3)),
        ([90, 80, 80, 70], 2, (1, 2, 2, 4)),
        ([90, 90, 90], 2, (0, 3, 1, None)),
        ([90, 90, 80], 2, (2, 0, 1, 3)),
        ([90], 2, (1, 0, 1, None)),
        ([], 2, (0, 0, None, None)),
        ([90, 80], 0, (0, 0, None, 1)),
    ],
)
def test_the_line_of_worked_examples(
    scores: list[int], capacity: int, wanted: tuple[int, int, int | None, int | None]
) -> None:
    found = line(scores, capacity)
    assert (found.above, found.tied, found.rank_above, found.rank_below) == wanted


@given(st.lists(st.integers(0, 20), max_size=30), st.integers(0, 35))
def test_the_line_never_breaks_a_tie(scores: list[int], places: int) -> None:
    found = line(scores, places)
    assert found.above <= places
    assert not found.tied or found.above < places < found.above + found.tied
    ordered = sorted(scores, reverse=True)
    cut = found.above + found.tied
    assert not 0 < cut < len(ordered) or ordered[cut - 1] != ordered[cut]
    if not found.tied:
        assert found.above == min(places, len(scores))
