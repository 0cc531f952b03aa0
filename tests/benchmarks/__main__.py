"""``python -m tests.benchmarks``: all figures, side by side, in one table."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from tests.benchmarks.import_rows import import_rows
from tests.benchmarks.likeness import likeness
from tests.benchmarks.memory import memory
from tests.benchmarks.scene import Figure, people_database
from tests.benchmarks.search import search
from tests.benchmarks.start import start


def main() -> int:
    """Take the figures and print them; the exit code says whether all are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", help="start search import duplicates memory; without, all")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the import")
    parser.add_argument("--runs", type=int, default=9)
    chosen = parser.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    takes: dict[str, Callable[[], Sequence[Figure]]] = {
        "start": lambda: [start(people_database(chosen.people), runs=chosen.runs)],
        "search": lambda: [search(people_database(chosen.people))],
        "import": lambda: import_rows(chosen.rows),
        "duplicates": likeness,
        "memory": lambda: [memory(people_database(chosen.people), runs=chosen.runs)],
    }
    figures = [figure for name in chosen.figures or takes for figure in takes[name]()]
    heading = ("", "measured", "beside", "ratio", "wanted", "")
    rows = [heading, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")
    return 0 if all(figure.is_kept for figure in figures) else 1


def _row(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return (
        figure.what,
        figure.measured,
        figure.beside,
        ratio,
        figure.limit,
        "ok" if figure.is_kept else "MISSED",
    )


if __name__ == "__main__":
    sys.exit(main())
