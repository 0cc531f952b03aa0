"""The one place that talks to the solver: HiGHS, through its own Python package.

Objectives are reached one after the other, each held as a constraint for the next.  Every step
is first solved as a linear programme.  For interviews its corner points are whole numbers in
nearly all cases, and a whole-numbered optimum of the relaxation is the proven optimum; only
otherwise branch and bound runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fujisawa_desktop.errors import Cancelled

if TYPE_CHECKING:
    from highspy import Highs, HighsVarType
    from highspy.highs import HighsCallbackEvent

_WHOLE: Final = 1e-6
_TIE_BREAK_NODES: Final = 200
"""A count, not a time, so that a slow machine breaks ties like a fast one."""


@dataclass(frozen=True, slots=True)
class Objective:
    """A gain for each column, to be made as large as possible; ``essential`` ones are proven."""

    gains: tuple[int, ...]
    essential: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen columns, and whether every essential objective is proven to be at its best."""

    columns: frozenset[int]
    proven: bool


def choose(
    columns: int,
    exclusions: Sequence[Sequence[int]],
    objectives: Sequence[Objective],
    *,
    limit_seconds: float,
    stop: Callable[[], bool],
) -> Choice:
    """Choose columns, at most one of each exclusion, so that the objectives are met in order.

    Raises:
        Cancelled: ``stop`` answered True.
    """
    if stop():
        raise Cancelled
    if columns == 0:
        return Choice(frozenset(), proven=True)
    search = _Search(columns, exclusions, limit_seconds, stop)
    proven = True
    for objective in objectives:
        if any(objective.gains):
            reached = search.improve(objective)
            proven = proven and (reached or not objective.essential)
    return Choice(search.chosen, proven)


def _first_fit(columns: int, exclusions: Sequence[Sequence[int]]) -> frozenset[int]:
    """Take what fits in order, so that there is a plan to fall back on when time runs out."""
    groups_of: list[list[int]] = [[] for _ in range(columns)]
    for group, members in enumerate(exclusions):
        for column in members:
            groups_of[column].append(group)
    used: set[int] = set()
    chosen: set[int] = set()
    for column, groups in enumerate(groups_of):
        if used.isdisjoint(groups):
            chosen.add(column)
            used.update(groups)
    return frozenset(chosen)


class _Search:
    """One model in the solver, improved objective by objective."""

    def __init__(
        self,
        columns: int,
        exclusions: Sequence[Sequence[int]],
        limit_seconds: float,
        stop: Callable[[], bool],
    ) -> None:
        # numpy and the solver cost 0.25 s and 60 MB, and only planning needs them.
        import highspy  # noqa: PLC0415
        import numpy as np  # noqa: PLC0415

        self.chosen = _first_fit(columns, exclusions)
        self._api = highspy
        self._np = np
        self._columns = columns
        self._all = np.arange(columns, dtype=np.int32)
        self._stop = stop
        self._ends = time.monotonic() + limit_seconds
        self._highs = self._model(exclusions)

    def improve(self, objective: Objective) -> bool:
        """Reach the best value of one objective and hold it; return whether it is proven."""
        highs, np = self._highs, self._np
        gains = np.array(objective.gains, dtype=np.float64)
        highs.changeColsCost(self._columns, self._all, -gains)
        proven = self._relaxed() or self._whole(essential=objective.essential)
        reached = sum(objective.gains[column] for column in self.chosen)
        places = np.flatnonzero(gains).astype(np.int32)
        highs.addRow(float(reached), highs.inf, len(places), places, gains[places])
        return proven

    def _model(self, exclusions: Sequence[Sequence[int]]) -> Highs:
        np = self._np
        highs: Highs = self._api.Highs()  # type: ignore[no-untyped-call]  # its constructor has no types
        highs.silent()
        for option, value in (("threads", 1), ("parallel", "off"), ("random_seed", 20241030)):
            highs.setOptionValue(option, value)
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", 0.5)
        zeros = np.zeros(self._columns)
        nothing = np.array([], dtype=np.int32)
        highs.addCols(self._columns, zeros, zeros, np.ones(self._columns), 0, nothing, nothing, np.array([]))
        lengths = [len(group) for group in exclusions]
        starts = np.cumsum([0, *lengths[:-1]], dtype=np.int32)
        members = np.array([column for group in exclusions for column in group], dtype=np.int32)
        rows = len(exclusions)
        if rows:
            highs.addRows(
                rows,
                np.full(rows, -highs.inf),
                np.ones(rows),
                len(members),
                starts,
                members,
                np.ones(len(members)),
            )
        highs.cbSimplexInterrupt += self._interrupt
        highs.cbMipInterrupt += self._interrupt
        return highs

    def _interrupt(self, event: HighsCallbackEvent) -> None:
        if self._stop():
            event.interrupt()

    def _run(self) -> bool:
        """Run the solver; return whether it reached the optimum."""
        highs = self._highs
        seconds = self._ends - time.monotonic()
        if seconds <= 0:
            return False
        # The solver's clock runs on from one objective to the next, so must its limit.
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.run()
        if self._stop():
            raise Cancelled
        return highs.getModelStatus() == self._api.HighsModelStatus.kOptimal

    def _relaxed(self) -> bool:
        """Solve the relaxation; return whether its answer is whole, and then keep it."""
        return self._run() and self._adopt()

    def _whole(self, *, essential: bool) -> bool:
        """Branch and bound from the last known choice; return whether the optimum is proven."""
        highs, api = self._highs, self._api
        self._set_kind(api.HighsVarType.kInteger)
        highs.setOptionValue("mip_max_nodes", api.kHighsIInf if essential else _TIE_BREAK_NODES)
        known = api.HighsSolution()
        known.col_value = [float(column in self.chosen) for column in range(self._columns)]
        highs.setSolution(known)
        proven = self._run()
        self._adopt()
        self._set_kind(api.HighsVarType.kContinuous)
        return proven

    def _adopt(self) -> bool:
        """Keep the solver's answer if it is one: feasible and whole."""
        np, status = self._np, self._api.SolutionStatus.kSolutionStatusFeasible
        values = np.array(self._highs.getSolution().col_value)
        if self._highs.getInfo().primal_solution_status != status:
            return False
        whole = values.round()
        if abs(values - whole).max() > _WHOLE:
            return False
        self.chosen = frozenset(np.flatnonzero(whole).tolist())
        return True

    def _set_kind(self, kind: HighsVarType) -> None:
        kinds = self._np.full(self._columns, kind, dtype=self._np.uint8)
        self._highs.changeColsIntegrality(self._columns, self._all, kinds)
