"""Hours and pay of many people: the tab, a month's pay beside what else a city would use, the papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.benchmarks.pay_scene import pay_database
from tests.benchmarks.scene import Figure, middle, nearly_worst, probe, shown

PEOPLE = 1_000
OPEN, KEY, PAY, PAPERS = 0.200, 0.050, 1.0, 3.0
"""What a person may wait, in seconds: for the grid, a key, a month's pay, all papers of a kind."""

Times = Sequence[Sequence[float]]
"""Seconds, and seconds of the processor, of each run."""


def pay(*, runs: int) -> list[Figure]:
    """Return all figures of hours and pay."""
    return [*_tab(), *_month(runs)]


def _figure(what: str, times: Times, limit: float | None, *, worst: bool = False) -> Figure:
    """Return a figure; what the processor worked of it stands beside, for a machine that others use too."""
    taken = [one[0] for one in times]
    seconds = nearly_worst(taken) if worst and len(taken) > 1 else middle(taken)
    busy = middle([one[1] for one in times])
    return Figure(
        what,
        f"{shown(seconds)} (median {shown(middle(taken))})" if worst else shown(seconds),
        f"processor {shown(busy)}",
        None,
        "" if limit is None else f"≤ {shown(limit)}",
        limit is None or seconds <= limit,
    )


def _tab() -> Iterator[Figure]:
    found = probe("probe_pay_window", pay_database(PEOPLE))
    name = f"{PEOPLE:,} people"
    yield _figure(f"hours of {name}: the tab opens, click to paint", [found["open"]], OPEN)
    yield _figure("… comes back after another tab", [found["again"]], OPEN)
    yield _figure("… a month never shown before", found["steps"], None)
    yield _figure("… a screen further down", found["scroll"], KEY, worst=True)
    keys = len(found["letters"])
    yield _figure(f"… a letter opens the field, p95 of {keys}", found["letters"], KEY, worst=True)
    yield _figure(f"… Return: stored, counted, painted, p95 of {keys}", found["entries"], KEY, worst=True)
    before, peak = found["before"], found["peak"]
    beside = f"before {before / 1024:.0f} MB"
    yield Figure("… peak memory after all that", f"{peak / 1024:.0f} MB", beside, None, "", is_kept=True)


def _month(runs: int) -> Iterator[Figure]:
    taken = probe("probe_pay", pay_database(PEOPLE), runs)
    times: dict[str, Times] = taken["seconds"]
    yield _figure(f"a month's hours of {PEOPLE:,} people, read and judged", times["hours"], None)
    ours = middle([one[0] for one in times["pay"]])
    limit = f"≤ {shown(PAY)}"
    for name in times.keys() - {"hours", "pay", "attendance", "pay-statement"}:
        theirs = middle([one[0] for one in times[name]])
        what, beside = f"a month's pay of {PEOPLE:,} people", f"{name} over csv {shown(theirs)}"
        yield Figure(what, shown(ours), beside, theirs / ours, limit, ours <= PAY)
    for kind in ("attendance", "pay-statement"):
        yield _figure(f"{PEOPLE:,} papers, {kind}, from rows to a file", times[kind], PAPERS)
