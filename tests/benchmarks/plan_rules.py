"""Ten thousand random interview plans, each looked over by a checker that shares no code with them."""

from __future__ import annotations

import time

from fujisawa_desktop.rules.planning import make_plan
from tests.benchmarks.scene import Figure, shown
from tests.rules.planning_checker import broken_rules
from tests.rules.planning_random import random_problem


def plan_rules(problems: int) -> Figure:
    """Return how many plans broke a rule or said of themselves what is not so."""
    started = time.perf_counter()
    broken = [
        seed
        for seed in range(problems)
        if broken_rules(problem := random_problem(seed), make_plan(problem, with_fixes=False))
    ]
    seeds = f": seeds {broken[:5]}" if broken else ""
    return Figure(
        f"{problems:,} random plans",
        f"{len(broken)} broke a rule{seeds}",
        f"in {shown(time.perf_counter() - started)}",
        None,
        "none",
        not broken,
    )
