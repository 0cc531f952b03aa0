"""The one place that talks to the solver: HiGHS, through its own Python package.

Aims are reached one after the other.  Each is first solved as a linear programme; nearly always
its corner points are whole numbers here, and a whole-numbered optimum of the relaxation is the
proven optimum.  It is then held without a new row: whatever has a price in the optimum is fixed
where it is (complementary slackness), which leaves exactly the other optima.  Only where the
relaxation has fractions branch and bound runs, within a number of nodes, so that a slow machine
gives the same answer as a fast one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fujisawa_desktop.errors import Cancelled

if TYPE_CHECKING:
    from highspy import Highs
    from highspy.highs import HighsCallbackEvent

_WHOLE: Final = 1e-6
_DUAL: Final = 1
_PRIMAL: Final = 4
_PRICE: Final = 1e-6
ANY: Final = 10**9
"""No bound."""
ESSENTIAL_NODES: Final = 200_000
LATER_NODES: Final = 40


@dataclass(slots=True)
class Rows:
    """A model while it is written down: columns with bounds, rows over them."""

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    row_lower: list[int] = field(default_factory=list)
    row_upper: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    first: tuple[int, int] | None = None

    def part(self) -> None:
        """Leave what follows for later: every row more makes the aims before it slower."""
        self.first = len(self.upper), len(self.row_upper)

    def column(self, upper: int, lower: int = 0) -> int:
        """Add a whole number between the bounds and return its place."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.upper) - 1

    def row(self, lower: int, upper: int, members: Sequence[int], values: Sequence[int]) -> int:
        """Add a sum that must lie between the bounds and return its place."""
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.starts.append(len(self.members))
        self.members += members
        self.values += values
        return len(self.row_upper) - 1


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an aim was reached; ``bound`` is proven not to be beaten."""

    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Tell whether nothing does better."""
        return self.value >= self.bound


@dataclass(slots=True)
class Effort:
    """How long the search may take: until ``ends`` on the monotonic clock, or until ``stop`` says so."""

    ends: float
    stop: Callable[[], bool]

    def seconds_left(self) -> float:
        """Return the time left, below nought when it has run out."""
        return self.ends - time.monotonic()


Rules = Callable[[list[int]], list[list[int]]]


def _least(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


class Solver:
    """One model in the solver, improved aim by aim; ``values`` is the best known answer."""

    def __init__(self, rows: Rows, effort: Effort, *, is_network: bool = False) -> None:
        # numpy and the solver cost 0.25 s and 60 MB, and only planning needs them.
        import highspy  # noqa: PLC0415
        import numpy as np  # noqa: PLC0415

        if effort.stop():
            raise Cancelled
        self._api, self._np, self._effort = highspy, np, effort
        self.values: list[int] | None = None
        self._rows, self._upper = rows, list(rows.upper)
        self._columns = self._rows_in = 0
        self._highs = self._model()
        self._load(*(rows.first or (len(rows.upper), len(rows.row_upper))))
        self._is_network = is_network
        if is_network:
            # Networks are solved in a third of the time from the start as they are.
            self._highs.setOptionValue("presolve", "off")
            self._highs.setOptionValue("simplex_scale_strategy", 0)
        self._cost: Any = None
        self._priced: set[int] = set()
        self._stopped = False

    def best(
        self, gains: Mapping[int, int], *, nodes: int, hold: bool = True, rules: Rules | None = None
    ) -> Reached:
        """Make the sum of the gains as large as it can be and hold it there.

        Args:
            gains: a whole number for each column that counts.
            nodes: how many nodes branch and bound may visit.
            hold: whether later aims must leave it at its value.
            rules: names sets of columns, one of which at most may be chosen, that an answer breaks.

        Raises:
            Cancelled: ``stop`` answered True.
        """
        bound: int | None = None
        while True:
            relaxed = self.relax(gains)
            bound = _least(bound, relaxed)
            found = self._answer() if relaxed is not None else None
            if found is not None and not self._broken(found, rules):
                self.values = found
                if hold:
                    self._hold_face()
                return Reached(self.value(gains), bound or 0)
            if found is not None:
                continue
            whole = self._whole(nodes) if relaxed is not None and nodes else None
            found = self._answer() if whole is not None else None
            bound = _least(bound, whole)
            if found is not None and self._broken(found, rules):
                continue
            return self._taken(gains, found, bound, hold=hold)

    def _taken(
        self, gains: Mapping[int, int], found: list[int] | None, bound: int | None, *, hold: bool
    ) -> Reached:
        if found is not None and (self.values is None or self._sum(gains, found) >= self.value(gains)):
            self.values = found
        value = self.value(gains)
        if hold and self.values is not None:
            self.at_least(gains, value)
        most = sum(max(gain, 0) * self._upper[column] for column, gain in gains.items())
        return Reached(value, max(value, most if bound is None else bound))

    def _broken(self, found: list[int], rules: Rules | None) -> bool:
        broken = rules(found) if rules is not None else []
        for members in broken:
            self.forbid(members, 1)
        return bool(broken)

    def attempt(self, *, nodes: int, rules: Rules | None) -> list[int] | None:
        """Return any answer within the bounds as they are now; the best known one stays what it is."""
        known, self.values = self.values, None
        self.best({}, nodes=nodes, hold=False, rules=rules)
        found, self.values = self.values, known
        return found

    def relax(self, gains: Mapping[int, int]) -> int | None:
        """Solve the relaxation; return a bound for the sum, or None if it has no answer in time."""
        highs, np = self._highs, self._np
        self._cost = np.zeros(self._columns)
        for column, gain in gains.items():
            self._cost[column] = -gain
        highs.changeColsCost(self._columns, self._all, self._cost)
        return self._solved(_PRIMAL if self._is_network else _DUAL)

    def again(self) -> int | None:
        """Solve the relaxation after its bounds changed; None if it has no answer in time."""
        return self._solved(_DUAL)

    def _solved(self, way: int) -> int | None:
        self._highs.setOptionValue("simplex_strategy", way)
        if not self._run():
            return None
        return math.floor(-self._highs.getInfo().objective_function_value + _WHOLE)

    def bounds(self, columns: Sequence[int], lower: Sequence[int], upper: Sequence[int]) -> None:
        """Change the bounds of columns."""
        np = self._np
        self._highs.changeColsBounds(
            len(columns),
            np.array(columns, dtype=np.int32),
            np.array(lower, dtype=np.float64),
            np.array(upper, dtype=np.float64),
        )
        for column, most in zip(columns, upper, strict=True):
            self._upper[column] = most

    def bounds_of(self, columns: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the bounds of columns as they are now."""
        model = self._highs.getLp()
        lower, upper = model.col_lower_, model.col_upper_
        return [round(lower[one]) for one in columns], [round(upper[one]) for one in columns]

    def release(self, columns: Sequence[int], least: Sequence[int]) -> None:
        """Let columns that were fixed go down to ``least``, except those that the held aims need."""
        _, most = self.bounds_of(columns)
        lower = [
            high if column in self._priced else low
            for column, low, high in zip(columns, least, most, strict=True)
        ]
        self.bounds(columns, lower, most)

    def forbid(self, members: Sequence[int], most: int) -> None:
        """Add the rule that these columns together are at most ``most``."""
        np = self._np
        self._highs.addRow(
            -self._highs.inf,
            float(most),
            len(members),
            np.array(members, dtype=np.int32),
            np.ones(len(members)),
        )

    def relaxed(self, columns: Sequence[int]) -> list[float]:
        """Return these columns of the last relaxation's answer, which may have fractions."""
        values = self._highs.getSolution().col_value
        return [values[column] for column in columns]

    def value(self, gains: Mapping[int, int]) -> int:
        """Return the sum of the gains in the best known answer."""
        return 0 if self.values is None else self._sum(gains, self.values)

    @staticmethod
    def _sum(gains: Mapping[int, int], values: Sequence[int]) -> int:
        return sum(gain * values[column] for column, gain in gains.items())

    def _model(self) -> Highs:
        make: Callable[[], Highs] = self._api.Highs
        highs = make()
        highs.silent()
        for option, value in (("threads", 1), ("parallel", "off"), ("random_seed", 20241030)):
            highs.setOptionValue(option, value)
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", 0.5)
        highs.cbSimplexInterrupt += self._interrupt
        highs.cbMipInterrupt += self._interrupt
        return highs

    def extend(self) -> None:
        """Take in the columns and rows that were left for later."""
        columns = self._columns
        self._load(len(self._rows.upper), len(self._rows.row_upper))
        if self.values is not None:
            self.values += [0] * (self._columns - columns)

    def _load(self, columns: int, rows: int) -> None:
        np, written = self._np, self._rows
        nothing = np.array([], dtype=np.int32)
        more = slice(self._columns, columns)
        self._highs.addCols(
            columns - self._columns,
            np.zeros(columns - self._columns),
            np.array(written.lower[more], dtype=np.float64),
            np.array(written.upper[more], dtype=np.float64),
            0,
            nothing,
            nothing,
            np.array([]),
        )
        if rows > self._rows_in:
            first = written.starts[self._rows_in]
            last = written.starts[rows] if rows < len(written.starts) else len(written.members)
            self._highs.addRows(
                rows - self._rows_in,
                self._bound(written.row_lower[self._rows_in : rows]),
                self._bound(written.row_upper[self._rows_in : rows]),
                last - first,
                np.array(written.starts[self._rows_in : rows], dtype=np.int32) - first,
                np.array(written.members[first:last], dtype=np.int32),
                np.array(written.values[first:last], dtype=np.float64),
            )
        self._columns, self._rows_in = columns, rows
        self._all = np.arange(columns, dtype=np.int32)

    def _bound(self, bounds: Sequence[int]) -> Any:
        np, inf = self._np, self._highs_inf
        found = np.array(bounds, dtype=np.float64)
        found[found >= ANY] = inf
        found[found <= -ANY] = -inf
        return found

    @property
    def _highs_inf(self) -> float:
        return float(self._api.kHighsInf)

    def _interrupt(self, event: HighsCallbackEvent) -> None:
        if self._effort.stop():
            self._stopped = True
            event.interrupt()

    def _run(self) -> bool:
        """Run the solver; return whether it reached the optimum."""
        highs = self._highs
        seconds = self._effort.seconds_left()
        if seconds <= 0:
            return False
        # The solver's clock runs on from one aim to the next, so must its limit.
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.run()
        if self._stopped or self._effort.stop():
            raise Cancelled
        return bool(highs.getModelStatus() == self._api.HighsModelStatus.kOptimal)

    def branch(self, gains: Mapping[int, int], nodes: int) -> tuple[list[int], int] | None:
        """Branch on the columns that count only; return their values and the bound, or None.

        For when the other columns are whole anyway once these are.
        """
        columns = list(gains)
        self._cost = self._np.zeros(self._columns)
        self._cost[columns] = [-gain for gain in gains.values()]
        self._highs.changeColsCost(self._columns, self._all, self._cost)
        bound = self._whole(nodes, columns)
        status = self._api.SolutionStatus.kSolutionStatusFeasible
        if bound is None or self._highs.getInfo().primal_solution_status != status:
            return None
        return [round(value) for value in self.relaxed(columns)], bound

    def _whole(self, nodes: int, columns: Sequence[int] | None = None) -> int | None:
        """Branch and bound from the best known answer; return the bound it proved."""
        highs, np, api = self._highs, self._np, self._api
        kinds = np.full(self._columns, api.HighsVarType.kContinuous, dtype=np.uint8)
        kinds[self._all if columns is None else list(columns)] = api.HighsVarType.kInteger
        highs.changeColsIntegrality(self._columns, self._all, kinds)
        self._highs.setOptionValue("simplex_strategy", _DUAL)
        self._highs.setOptionValue("presolve", "choose")
        highs.setOptionValue("mip_max_nodes", nodes)
        if self.values is not None:
            known = api.HighsSolution()
            known.col_value = [float(value) for value in self.values]
            highs.setSolution(known)
        self._run()
        bound = -highs.getInfo().mip_dual_bound
        if self._is_network:
            self._highs.setOptionValue("presolve", "off")
        kinds = np.full(self._columns, api.HighsVarType.kContinuous, dtype=np.uint8)
        highs.changeColsIntegrality(self._columns, self._all, kinds)
        return math.floor(bound + _WHOLE) if math.isfinite(bound) else None

    def _answer(self) -> list[int] | None:
        """Return the solver's answer if it is one: feasible and whole."""
        np, status = self._np, self._api.SolutionStatus.kSolutionStatusFeasible
        if self._highs.getInfo().primal_solution_status != status:
            return None
        values = np.array(self._highs.getSolution().col_value)
        whole = values.round()
        if len(values) and abs(values - whole).max() > _WHOLE:
            return None
        found: list[int] = whole.astype(np.int64).tolist()
        return found

    def _hold_face(self) -> None:
        """Fix what has a price in the optimum: the columns at their value, the rows at theirs."""
        highs, np = self._highs, self._np
        answer = highs.getSolution()
        values, prices = np.array(answer.col_value).round(), np.array(answer.col_dual)
        columns = np.flatnonzero(abs(prices) > _PRICE).astype(np.int32)
        highs.changeColsBounds(len(columns), columns, values[columns], values[columns])
        self._priced.update(columns.tolist())
        sums, prices = np.array(answer.row_value).round(), np.array(answer.row_dual)
        for row in np.flatnonzero(abs(prices) > _PRICE).tolist():
            highs.changeRowBounds(row, sums[row], sums[row])

    def at_least(self, gains: Mapping[int, int], value: int) -> None:
        """Add the rule that the sum of the gains never falls below ``value``."""
        np = self._np
        columns = [column for column, gain in gains.items() if gain]
        self._highs.addRow(
            float(value),
            self._highs_inf,
            len(columns),
            np.array(columns, dtype=np.int32),
            np.array([gains[column] for column in columns], dtype=np.float64),
        )
