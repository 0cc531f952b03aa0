"""T-A11: two programs at the same rows, on a file and on a server: what is lost, what is shown.

``--count`` edits by each of the two programs; as many double bookings are tried as both make edits.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from edit_races import people_to_edit, race
from interview_races import LOSER_HEARS, Prize
from interview_races import race as race_for_places
from places import Files, OnServer, Places
from postgres_server import Keeper
from services.test_interview_races import rivals

from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.services.databases import create_database
from fujisawa_desktop.services.programmes import create_programme, current_programme_id

COUNT: Final = 500
MANY: Final = 100
"""Of so many edits some must have met, or the race was none."""


def run(count: int, seed: int) -> Iterator[str]:
    """Race on both engines, and yield each line once its part is done.

    Raises:
        AssertionError: something was lost, hidden or booked twice.
    """
    with tempfile.TemporaryDirectory() as folder, Keeper() as keeper:
        yield from _on(Files(), "SQLite", Path(folder), count, seed)
        yield from _on(OnServer(keeper.server), "PostgreSQL", Path(folder), count, seed)


def _on(places: Places, engine: str, folder: Path, count: int, seed: int) -> Iterator[str]:
    place = places.new(folder / f"{engine}.fjdb")
    if isinstance(place, Path):
        create_database(place, programme="r6")
        database = open_database(place)
    else:
        database = open_database(place, create=True)
        create_programme(database, source="r6", actor="test")
    programme_id = current_programme_id(database)
    begun = time.monotonic()
    outcome = race(database, str(place), people_to_edit(database, programme_id), count=count, seed=seed)
    if outcome.lost or outcome.blind or outcome.other or (count >= MANY and not outcome.conflicts):
        raise AssertionError(outcome)
    yield (
        f"{engine}: 2 × {count} edits of 20 people: {outcome.saves} saved, {outcome.conflicts} conflicts"
        f" shown with both values and settled, 0 lost, 0 locks or deadlocks shown ({_since(begun)})"
    )
    begun = time.monotonic()
    tally = race_for_places(database, place, rivals(database, programme_id, folder), _start_of, 2 * count)
    if tally.wrong or set(tally.ends) - {(prize, ("done", LOSER_HEARS[prize])) for prize in Prize}:
        raise AssertionError(tally)
    yield f"{engine}: {2 * count} races for one place: 0 double bookings ({_since(begun)})"
    database.dispose()


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.0f} s"


def _start_of(number: int) -> datetime:
    return datetime(2024, 10, 30, 9) + timedelta(minutes=5 * (number % 12))
