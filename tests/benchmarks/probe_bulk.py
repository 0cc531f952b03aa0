"""One decision about many people, taken back, done again and announced."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicants import ListQuery, list_ids, list_page
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.selection import record_decisions, release

ROWS = int(sys.argv[2])


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long something took."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
    shutil.copyfile(sys.argv[1], Path(folder) / "bulk.fjdb")
    with opened(Path(folder) / "bulk.fjdb") as database:
        query = ListQuery(current_programme_id(database))
        rows = list_page(database, query, 0, ROWS)
        ids = [application for row in rows for application in row.application_ids][:ROWS]
        figures = {
            "decide": seconds_of(
                lambda: record_decisions(
                    database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS, actor="benchmark"
                )
            ),
            "undo": seconds_of(lambda: undo(database, actor="benchmark")),
            "redo": seconds_of(lambda: redo(database, actor="benchmark")),
            "release": seconds_of(
                lambda: release(
                    database, programme_id=query.programme_id, stage=Stage.FIRST, actor="benchmark"
                )
            ),
            "release-undo": seconds_of(lambda: undo(database, actor="benchmark")),
        }
        assert len(list_ids(database, query)) >= len(rows)
sys.stdout.write(json.dumps(figures) + "\n")
