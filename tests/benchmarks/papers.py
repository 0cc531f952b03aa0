"""Letters: pages a second beside what else they could be written with, memory, the first page."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.paper_scene import letters_database
from tests.benchmarks.scene import Figure, middle, probe, seconds_figure

PEOPLE = (350, 5_000)
WANTED = {"typst": 1.0, "canvas": 0.5}
"""So many pages a second as this part of the peer's."""
MEMORY_MOST = 200 * 1024
FIRST_PAGE = 0.3
FIRST_PAGES = (
    ("first-result", 5_000, "ready"),
    ("first-result", 5_000, "cold"),
    ("roster", 350, "ready"),
    ("roster", 350, "cold"),
)


def papers(*, runs: int) -> list[Figure]:
    """Return all figures of papers."""
    figures = [figure for people in PEOPLE for figure in _speed(people, runs)]
    figures.append(_memory(PEOPLE[-1]))
    figures += [_first_page(*case, runs) for case in FIRST_PAGES]
    return figures


def _speed(people: int, runs: int) -> Iterator[Figure]:
    is_long = people > PEOPLE[0]
    names = [*WANTED] if is_long else ["canvas", "typst", "platypus", "fpdf2"]
    taken = probe("probe_papers", letters_database(people), 1 if is_long else runs, *names)
    pages, seconds = taken["pages"], {name: middle(values) for name, values in taken["seconds"].items()}
    ours = pages / seconds.pop("ours")
    for name, spent in seconds.items():
        beside = pages / spent
        ratio, wanted = ours / beside, WANTED.get(name)
        yield Figure(
            f"{pages:,} letters, from rows to a file",
            f"{ours:,.0f} pages/s",
            f"{name} {beside:,.0f} pages/s",
            ratio,
            "" if wanted is None else f"ratio ≥ {wanted}",
            wanted is None or ratio >= wanted,
        )


def _memory(people: int) -> Figure:
    taken = probe("probe_paper_memory", letters_database(people))
    peak, before = taken["peak"], taken["before"]
    return Figure(
        f"peak memory, {taken['pages']:,} letters",
        f"{peak / 1024:.0f} MB",
        f"after one letter {before / 1024:.0f} MB",
        None,
        f"≤ {MEMORY_MOST // 1024} MB",
        peak <= MEMORY_MOST,
    )


def _first_page(kind: str, people: int, state: str, runs: int) -> Figure:
    file = letters_database(people)
    seconds = middle([probe("probe_first_page", file, kind, state)["seconds"] for _run in range(runs)])
    loaded = "loaded while idle" if state == "ready" else "nothing loaded"
    return seconds_figure(f"first page, {kind}, {people:,} people, {loaded}", seconds, FIRST_PAGE)
