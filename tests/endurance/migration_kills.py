"""T-A10: kill -9 at any moment of a migration, of a file and on a server: old schema or new, and whole."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from places import OnServer
from postgres_server import Keeper, Server
from server.test_server_engine import ADVISORY, name_in, opening, revision_of
from sqlalchemy import create_engine, func, select, table

from fujisawa_desktop.demo_walk import FOLDERS, walk
from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.models.migrate import downgrade
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.services.copying import copy_database
from fujisawa_desktop.services.databases import check_database
from tests.kills import killer

COUNT: Final = 100
OLD: Final = "0005"
_PEOPLE: Final = 80
_TABLES: Final = (
    "applicant",
    "entry",
    "application",
    "appointment",
    "shift",
    "pay_statement",
    "journal_entry",
)
_LONGEST: Final = 0.5
"""Seconds after the lock within which a migration of so few people is killed: it takes about that long."""


def run(count: int, seed: int) -> Iterator[str]:
    """Kill ``count`` migrations of a file and as many on a server.

    Raises:
        AssertionError: a database is neither old nor new, does not open, or lost a row.
    """
    draw = random.Random(seed)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, killer(Path(name), seed) as kills:
        for number in range(count):
            kills.kill("migration", share=(number + draw.random()) / count, at_call=number % 2 == 1)
        tally = kills.tallies["migration"]
    yield (
        f"file: {tally.kills} kills, {tally.before} left the old schema, {tally.after} the new,"
        f" {time.monotonic() - begun:.0f} s"
    )
    with tempfile.TemporaryDirectory() as name, Keeper() as keeper:
        yield _on_server(keeper.server, Path(name), count, draw)


def _on_server(server: Server, folder: Path, count: int, draw: random.Random) -> str:
    begun, old, new = time.monotonic(), 0, 0
    places = OnServer(server)
    template = places.kept(folder / "old.fjdb", lambda place: _fill(folder, str(place)))
    rows = _rows(str(template))
    for number in range(count):
        address = str(places.copy(template, folder / f"{number}.fjdb"))
        child = opening(address)
        with server.connected(name_in(address)) as connection:
            while child.poll() is None:  # until its migration holds the lock
                held = connection.execute(ADVISORY).fetchone()
                if held and held[0]:
                    break
        time.sleep(draw.uniform(0, _LONGEST))
        child.kill()
        child.wait()
        found = revision_of(server, address)
        assert found in {OLD, SCHEMA_HEAD}, found
        old, new = old + (found == OLD), new + (found == SCHEMA_HEAD)
        database = open_database(address)
        report = check_database(database)
        database.dispose()
        assert report.is_whole, report
        assert _rows(address) == rows
        places.clear()
    return (
        f"server: {count} kills, {old} left the old schema, {new} the new, {time.monotonic() - begun:.0f} s"
    )


def _fill(folder: Path, address: str) -> None:
    for name in FOLDERS:
        (folder / name).mkdir()
    walk(folder / "walk.fjdb", applicants=_PEOPLE, tell=lambda _step: None)
    copy_database(folder / "walk.fjdb", address)
    engine = create_engine(address)
    with engine.begin() as connection:
        downgrade(connection, OLD)
    engine.dispose()


def _rows(address: str) -> dict[str, int]:
    engine = create_engine(address)
    with engine.connect() as connection:
        found = {name: connection.scalar(select(func.count()).select_from(table(name))) for name in _TABLES}
    engine.dispose()
    return {name: number or 0 for name, number in found.items()}
