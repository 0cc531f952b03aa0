from __future__ import annotations

import math

import pytest

from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.rules.planning_solver import ANY, Effort, Reached, Rows, Solver

FOREVER = Effort(math.inf, lambda: False)


def excluding(columns: int, pairs: list[tuple[int, ...]]) -> Rows:
    rows = Rows()
    for _ in range(columns):
        rows.column(1)
    for pair in pairs:
        rows.row(-ANY, 1, pair, [1] * len(pair))
    return rows


def ring(size: int) -> Rows:
    """Each column excludes its two neighbours; for odd sizes the relaxation is not whole."""
    return excluding(size, [(column, (column + 1) % size) for column in range(size)])


def chosen(solver: Solver) -> set[int]:
    assert solver.values is not None
    return {column for column, value in enumerate(solver.values) if value}


@pytest.mark.parametrize("size", [3, 5, 7])
def test_where_the_relaxation_has_halves_branch_and_bound_proves_the_optimum(size: int) -> None:
    solver = Solver(ring(size), FOREVER)
    assert solver.best(dict.fromkeys(range(size), 1), nodes=1000) == Reached(size // 2, size // 2)
    assert len(chosen(solver)) == size // 2
    assert all(not {column, (column + 1) % size} <= chosen(solver) for column in range(size))


@pytest.mark.parametrize("is_network", [False, True])
def test_a_later_aim_never_spoils_an_earlier_one(is_network: bool) -> None:
    solver = Solver(ring(5), FOREVER, is_network=is_network)
    solver.best(dict.fromkeys(range(5), 1), nodes=1000)
    solver.best({0: -9}, nodes=1000)
    solver.best({1: -1}, nodes=1000)
    assert chosen(solver) == {2, 4}


def test_a_whole_optimum_is_held_by_its_prices_and_leaves_the_other_optima() -> None:
    path = [(0, 1), (1, 2), (2, 3)]
    solver = Solver(excluding(4, path), FOREVER, is_network=True)
    assert solver.best(dict.fromkeys(range(4), 1), nodes=0) == Reached(2, 2)
    for wanted in ({1, 3}, {0, 2}, {0, 3}):
        assert solver.best(dict.fromkeys(wanted, 1), nodes=0, hold=False) == Reached(2, 2)
        assert chosen(solver) == wanted
    assert solver.best(dict.fromkeys((1, 2), 1), nodes=0, hold=False).value == 1


def test_without_nodes_the_bound_of_the_relaxation_is_told_and_nothing_is_called_proven() -> None:
    reached = Solver(ring(7), FOREVER).best(dict.fromkeys(range(7), 1), nodes=0)
    assert reached == Reached(0, 3)
    assert not reached.proven


def test_an_answer_that_breaks_a_rule_told_later_is_not_taken() -> None:
    def rules(values: list[int]) -> list[list[int]]:
        return [[0, 1]] if values[0] + values[1] > 1 else []

    solver = Solver(excluding(3, []), FOREVER, is_network=True)
    assert solver.best(dict.fromkeys(range(3), 1), nodes=10, rules=rules) == Reached(2, 2)
    assert solver.best({0: 1, 1: 1}, nodes=10, rules=rules) == Reached(1, 1)


def test_columns_left_for_later_come_in_when_asked() -> None:
    rows = excluding(2, [(0, 1)])
    rows.part()
    most = rows.column(5)
    rows.row(0, 0, [most, 0], [1, -3])
    solver = Solver(rows, FOREVER, is_network=True)
    assert solver.best({0: 1, 1: 1}, nodes=0) == Reached(1, 1)
    solver.extend()
    assert solver.best({most: 1}, nodes=0) == Reached(3, 3)
    assert chosen(solver) == {0, most}


def test_without_time_nothing_is_known_but_a_bound() -> None:
    solver = Solver(ring(4), Effort(-math.inf, lambda: False))
    assert solver.best(dict.fromkeys(range(4), 1), nodes=10) == Reached(0, 4)
    assert solver.values is None


def test_stopping_ends_the_work_before_and_while_it_is_done() -> None:
    with pytest.raises(Cancelled):
        Solver(ring(4), Effort(math.inf, lambda: True))
    answers = iter([False])
    solver = Solver(ring(4), Effort(math.inf, lambda: next(answers, True)))
    with pytest.raises(Cancelled):
        solver.best({0: 1}, nodes=10)
