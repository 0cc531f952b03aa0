"""``python -m tests.benchmarks``: all figures, side by side, in one table."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

from tests.benchmarks.backup import backup
from tests.benchmarks.bulk import bulk
from tests.benchmarks.details import details
from tests.benchmarks.duplicates import duplicates
from tests.benchmarks.import_rows import import_rows
from tests.benchmarks.journal import journal
from tests.benchmarks.journal_view import journal_view
from tests.benchmarks.likeness import likeness
from tests.benchmarks.live import live
from tests.benchmarks.memory import memory
from tests.benchmarks.papers import papers
from tests.benchmarks.pay import pay
from tests.benchmarks.plan import plan
from tests.benchmarks.plan_rules import plan_rules
from tests.benchmarks.races import races
from tests.benchmarks.scene import Figure, people_database
from tests.benchmarks.search import search
from tests.benchmarks.sort import sort
from tests.benchmarks.start import start


def main() -> int:
    """Take the figures and print them; the exit code says whether all are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "figures",
        nargs="*",
        help="start search sort details backup bulk import duplicates journal journal-view likeness memory "
        "races live plan plan-rules papers pay; without, all",
    )
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the import and of bulk acts")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--alone", action="store_true", help="search without its peer, which takes minutes")
    chosen = parser.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    takes: dict[str, Callable[[], Sequence[Figure]]] = {
        "start": lambda: [start(people_database(chosen.people), runs=chosen.runs)],
        "search": lambda: [search(people_database(chosen.people), alone=chosen.alone)],
        "sort": lambda: sort(people_database(chosen.people)),
        "details": lambda: [details(people_database(chosen.people))],
        "backup": lambda: backup(people_database(chosen.people), runs=min(chosen.runs, 5)),
        "bulk": lambda: bulk(people_database(chosen.people), rows=chosen.rows),
        "duplicates": lambda: [duplicates(people_database(chosen.rows))],
        "import": lambda: import_rows(chosen.rows, runs=min(chosen.runs, 3)),
        "journal": lambda: journal(runs=min(chosen.runs, 3)),
        "journal-view": lambda: journal_view(people_database(chosen.people)),
        "likeness": likeness,
        "races": races,
        "live": live,
        "plan": lambda: plan(runs=min(chosen.runs, 5)),
        "plan-rules": lambda: [plan_rules(chosen.rows)],
        "papers": lambda: papers(runs=min(chosen.runs, 5)),
        "pay": lambda: pay(runs=min(chosen.runs, 5)),
        "memory": lambda: [memory(people_database(chosen.people), runs=chosen.runs)],
    }
    figures = [figure for name in chosen.figures or takes for figure in takes[name]()]
    heading = ("", "measured", "beside", "ratio", "wanted", "")
    rows = [heading, *(_row(figure) for figure in figures)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(heading))]
    for row in rows:
        line = "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")
    return 0 if all(figure.is_kept for figure in figures) else 1


def _width(cell: str) -> int:
    """Return the columns of a terminal a text takes: 番号 takes four."""
    return sum(1 + (east_asian_width(sign) in "WF") for sign in cell)


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
