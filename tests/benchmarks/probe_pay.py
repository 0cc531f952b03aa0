"""A month of many people in a warm process: hours, pay and papers, each time from the database.

Beside the pay stand the peers on the same people; their amounts must be ours.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fujisawa_desktop.exchange.files import atomic_write
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.hours import month_view
from fujisawa_desktop.services.papers import make_papers
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.programmes import current_programme_id
from tests.benchmarks.pay_peers import Amounts, peers, write_files
from tests.benchmarks.pay_scene import MONTHS

YEAR, MONTH = MONTHS[1]


def anew(database: Database, read: Callable[..., object], programme_id: int) -> object:
    """Read a month with nothing of it kept in memory."""
    database.kept.clear()
    return read(database, programme_id=programme_id, year=YEAR, month=MONTH)


def paper(database: Database, programme_id: int, kind: str, out: Path) -> None:
    """Make the papers of everybody and write their file."""
    database.kept.clear()
    draft = make_papers(database, programme_id=programme_id, kind=kind, year_month=(YEAR, MONTH))
    atomic_write(out, draft.pdf)


def ours(database: Database, programme_id: int) -> Amounts:
    """Return our amounts in the form of the peers'."""
    rows = pay_for_month(database, programme_id=programme_id, year=YEAR, month=MONTH)
    return {row.number: (row.minutes, row.pay, row.commuting, row.tax or 0) for row in rows}


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return seconds, and seconds of the processor."""
    start, worked = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - start, time.process_time() - worked


file, runs = Path(sys.argv[1]), int(sys.argv[2])
with opened(file) as database, tempfile.TemporaryDirectory() as name:
    folder, programme_id = Path(name), current_programme_id(database)
    write_files(database, programme_id, folder)
    amounts = ours(database, programme_id)
    takes: dict[str, Callable[[], object]] = {
        "hours": partial(anew, database, month_view, programme_id),
        "pay": partial(anew, database, pay_for_month, programme_id),
        **{
            kind: partial(paper, database, programme_id, kind, folder / f"{kind}.pdf")
            for kind in ("attendance", "pay-statement")
        },
    }
    for peer, work_out in peers().items():
        assert work_out(folder, (YEAR, MONTH)) == amounts, f"{peer} pays otherwise"
        takes[peer] = partial(work_out, folder, (YEAR, MONTH))
    for take in takes.values():
        take()  # imports and fonts are not what is measured
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in takes}
    for _run in range(runs):
        for what, take in takes.items():
            seconds[what].append(timed(take))
sys.stdout.write(json.dumps({"people": len(amounts), "seconds": seconds}) + "\n")
