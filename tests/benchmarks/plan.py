"""The interview plan: how soon it is proven, beside scipy and OR-Tools CP-SAT on the same problems."""

from __future__ import annotations

import pickle
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.rules.planning import Aim, Plan, PlanProblem, make_plan
from tests.benchmarks.plan_peers import CAP_SECONDS, HOW_TO_GET, has, scipy_places
from tests.benchmarks.plan_scene import scene, told_and_ill
from tests.benchmarks.scene import Figure, middle, probe, shown

YEAR, LARGE = (350, 7, 6), (3_500, 10, 40)
LIMITS = {YEAR: 0.5, LARGE: 10.0}
STOP_LIMIT = 1.0
TIMES_FASTER = 5.0


def plan(*, runs: int) -> list[Figure]:
    """Return the figures of the plan; a first small one loads the solver, which takes 0.25 s once."""
    make_plan(scene(5, 1, 1))
    if not (has("scipy") and has("ortools")):
        print(f"without scipy or OR-Tools beside it: {HOW_TO_GET}", file=sys.stderr)  # noqa: T201
    figures = []
    for size in (YEAR, LARGE):
        problem = scene(*size)
        figures += _sized(problem, size, runs=runs if size == YEAR else min(runs, 3))
    figures.append(_stopped(scene(*LARGE)))
    return figures


def _sized(problem: PlanProblem, size: tuple[int, int, int], *, runs: int) -> list[Figure]:
    name = f"{size[0]:,}×{size[1]}×{size[2]}"
    best, seconds, busy = _timed(problem, runs)
    ill = told_and_ill(problem, best, ill=1)
    again, after, _ = _timed(ill, runs)
    limit = LIMITS[size]
    helped, with_fixes, _ = _timed(problem, 1, with_fixes=True)
    return [
        Figure(
            f"plan of {name}: {_said(best)}",
            f"{shown(seconds)} (processor {shown(busy)})",
            "",
            None,
            f"≤ {shown(limit)}, proven",
            seconds <= limit and best.proven_optimal,
        ),
        Figure(
            f"… after interviewer 1 fell ill: {_said(again)}",
            shown(after),
            "",
            None,
            f"≤ {shown(limit)}, proven",
            after <= limit and again.proven_optimal,
        ),
        Figure(
            f"… and what would help {len(helped.unplaced)} people",
            shown(with_fixes),
            "",
            None,
            f"≤ {shown(10.0)}",
            with_fixes <= 10.0,
        ),
        *_beside_scipy(problem, best, seconds),
        *(_beside_cp_sat(problem, best, seconds) if size == YEAR else []),
        *(_beside_cp_sat(ill, again, after) if size == YEAR else []),
    ]


def _said(made: Plan) -> str:
    return ", ".join(
        f"{one.aim} {one.value}{'' if one.proven else f' (bound {one.bound})'}" for one in made.measures
    )


def _timed(problem: PlanProblem, runs: int, *, with_fixes: bool = False) -> tuple[Plan, float, float]:
    """Return the plan, and the medians of seconds and of processor seconds."""
    seconds, busy = [], []
    made = None
    for _run in range(runs):
        started, worked = time.perf_counter(), time.process_time()
        again = make_plan(problem, with_fixes=with_fixes)
        seconds.append(time.perf_counter() - started)
        busy.append(time.process_time() - worked)
        assert made in (None, again), "two plans of one problem differ"
        made = again
    assert made is not None
    return made, middle(seconds), middle(busy)


def _beside_scipy(problem: PlanProblem, made: Plan, seconds: float) -> list[Figure]:
    if not has("scipy"):
        return []
    placed, taken = scipy_places(problem)
    return [
        Figure(
            "… places, beside linear_sum_assignment",
            f"{len(made.placed)} in {shown(seconds)}",
            f"scipy {placed} in {shown(taken)}",
            taken / seconds,
            "as many",
            placed == len(made.placed),
        )
    ]


def _beside_cp_sat(problem: PlanProblem, made: Plan, seconds: float) -> list[Figure]:
    """Compare up to the last aim that ours proves, of those that both can express."""
    if not has("ortools"):
        return []
    measures = {one.aim: one for one in made.measures}
    aims: list[Aim] = []
    for aim in (Aim.PLACED, Aim.KEPT, Aim.NEEDS, Aim.DAYS):
        if not measures[aim].proven:
            break
        aims.append(aim)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem"
        file.write_bytes(pickle.dumps(problem))
        answer = probe("probe_plan_peer", file, *aims)
    taken, proven = max(answer["seconds"].values()), answer["proven"]
    agreed = all(value == measures[Aim(aim)].value for aim, value in proven.items())
    short = "" if len(proven) == len(aims) else f", cap {CAP_SECONDS:.0f} s came first"
    ratio = taken / seconds
    return [
        Figure(
            f"… proven to {aims[-1]}, beside CP-SAT",
            shown(seconds),
            f"CP-SAT {shown(taken)} to {[*proven][-1] if proven else 'nothing'}{short}",
            ratio,
            f"same values, ratio ≥ {TIMES_FASTER:.0f}",
            agreed and ratio >= TIMES_FASTER,
        )
    ]


def _stopped(problem: PlanProblem) -> Figure:
    """Press 中止 in the middle of the large plan."""
    pressed = threading.Event()
    moments: list[float] = []

    def press() -> None:
        moments.append(time.perf_counter())
        pressed.set()

    timer = threading.Timer(0.7, press)
    timer.start()
    try:
        make_plan(problem, stop=pressed.is_set)
    except Cancelled:
        waited: Sequence[float] = [time.perf_counter() - moments[0]]
    else:
        waited = [float("inf")]
    timer.cancel()
    return Figure(
        "中止 of the large plan",
        shown(waited[0]),
        "",
        None,
        f"≤ {shown(STOP_LIMIT)}",
        waited[0] <= STOP_LIMIT,
    )
