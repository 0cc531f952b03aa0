from __future__ import annotations

import pytest

from fujisawa_desktop.rules.planning_solver import Objective, choose


def never() -> bool:
    return False


def ring(size: int) -> list[list[int]]:
    """Each column excludes its two neighbours; for odd sizes the relaxation is not whole."""
    return [[column, (column + 1) % size] for column in range(size)]


@pytest.mark.parametrize("size", [3, 5, 7])
def test_where_the_relaxation_has_halves_branch_and_bound_proves_the_optimum(size: int) -> None:
    choice = choose(size, ring(size), [Objective((1,) * size)], limit_seconds=60, stop=never)
    assert len(choice.columns) == size // 2
    assert choice.proven
    assert all(not set(pair) <= choice.columns for pair in ring(size))


def test_a_later_objective_never_spoils_an_earlier_one() -> None:
    wishes = [Objective((1,) * 5), Objective((-9, 0, 0, 0, 0)), Objective((0, -1, 0, 0, 0), essential=False)]
    choice = choose(5, ring(5), wishes, limit_seconds=60, stop=never)
    assert choice.columns == {2, 4}


def test_without_time_the_first_fit_is_taken_and_not_called_proven() -> None:
    choice = choose(4, [[0, 1], [1, 2]], [Objective((1, 1, 1, 1))], limit_seconds=0, stop=never)
    assert choice.columns == {0, 2, 3}
    assert not choice.proven


def test_objectives_nobody_has_cost_nothing_and_no_columns_need_no_solver() -> None:
    assert choose(0, [], [Objective(())], limit_seconds=0, stop=never).proven
    choice = choose(2, [[0, 1]], [Objective((0, 0))], limit_seconds=60, stop=never)
    assert choice.proven
    assert choice.columns == {0}
