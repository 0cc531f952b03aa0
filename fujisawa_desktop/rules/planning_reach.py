"""Who can be reached from whom along given edges, for many starts at once (Tarjan's components)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Node = object


def reached_by_all(
    edges: Mapping[Node, Sequence[Node]], starts: Sequence[tuple[str, int]]
) -> dict[int, frozenset[int]]:
    """Return for each start (a person) the other people reached from it.

    People are nodes ``("person", position)``; positions are gathered as the bits of a number, so
    that a component reached on many ways is walked through once.
    """
    walk = _Walk(edges)
    return {start[1]: _positions(walk.reach(start) & ~(1 << start[1])) for start in starts}


def _positions(bits: int) -> frozenset[int]:
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return frozenset(found)


class _Walk:
    def __init__(self, edges: Mapping[Node, Sequence[Node]]) -> None:
        self._edges = edges
        self._order: dict[Node, int] = {}
        self._low: dict[Node, int] = {}
        self._stack: list[Node] = []
        self._component: dict[Node, int] = {}
        self._bits: list[int] = []

    def reach(self, start: Node) -> int:
        """Return the people reached, as bits, the start among them."""
        if start not in self._component:
            self._visit(start)
        return self._bits[self._component[start]]

    def _visit(self, start: Node) -> None:
        path = [(start, iter(self._edges.get(start, ())))]
        self._enter(start)
        while path:
            node, onward = path[-1]
            step = next((one for one in onward if self._fresh(node, one)), None)
            if step is not None:
                self._enter(step)
                path.append((step, iter(self._edges.get(step, ()))))
                continue
            path.pop()
            if path:
                above = path[-1][0]
                self._low[above] = min(self._low[above], self._low[node])
            if self._low[node] == self._order[node]:
                self._close(node)

    def _enter(self, node: Node) -> None:
        self._order[node] = self._low[node] = len(self._order)
        self._stack.append(node)

    def _fresh(self, node: Node, step: Node) -> bool:
        """Tell whether a step leads to somewhere new; note where it leads back."""
        if step not in self._order:
            return True
        if step not in self._component:
            self._low[node] = min(self._low[node], self._order[step])
        return False

    def _close(self, root: Node) -> None:
        """Make one component of everything entered since its root, with all it reaches."""
        bits, members = 0, []
        while True:
            node = self._stack.pop()
            members.append(node)
            self._component[node] = len(self._bits)
            if isinstance(node, tuple) and node[0] == "person":
                bits |= 1 << node[1]
            if node == root:
                break
        for node in members:
            for step in self._edges.get(node, ()):
                other = self._component[step]
                if other < len(self._bits):
                    bits |= self._bits[other]
        self._bits.append(bits)
