"""How soon an open window knows what another program committed, on a file and on a server."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from fujisawa_desktop.models.database import open_database
from fujisawa_desktop.services.databases import create_database
from fujisawa_desktop.services.programmes import create_programme
from tests.benchmarks.scene import Figure, middle, nearly_worst, probe, shown

COMMITS: Final = 30
LIMIT: Final = 2.0
"""Seconds: what was promised."""


def live() -> list[Figure]:
    """Return, for each engine, the delay from a commit of one process to `changed` in the other."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from places import Files, OnServer, Places
    from postgres_server import Keeper

    def on(places: Places, engine: str, folder: str) -> Figure:
        place = places.new(Path(folder) / "live.fjdb")
        if isinstance(place, Path):
            create_database(place, programme="r6", actor="benchmark")
        else:
            database = open_database(place, create=True)
            create_programme(database, source="r6", actor="benchmark")
            database.dispose()
        return _figure(engine, probe("probe_live", place, COMMITS)["seconds"])

    with tempfile.TemporaryDirectory() as folder, Keeper() as keeper:
        return [on(Files(), "file", folder), on(OnServer(keeper.server), "server", folder)]


def _figure(engine: str, seconds: list[float]) -> Figure:
    worst = max(seconds)
    return Figure(
        f"another's commit in the window, {engine}, of {len(seconds)}",
        f"{shown(middle(seconds))} (95 %: {shown(nearly_worst(seconds))}, worst {shown(worst)})",
        "",
        None,
        f"≤ {shown(LIMIT)}",
        worst <= LIMIT,
    )
