"""Use-cases of a server, the connection cut at some of their calls (all: ``tests.endurance faults``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import OnServer
from postgres_server import Server

from tests.act_scenes import UNSWEPT
from tests.server.conftest import Ring
from tests.server.server_acts import begun, server_acts
from tests.server.server_faults import Act, sweep

SAMPLES = 4


@pytest.fixture(scope="module")
def template(server: Server) -> str:
    """A database that holds a programme; it goes with the server."""
    return begun(OnServer(server))


@pytest.fixture
def acts(server: Server, old_file: Path, template: str, ring: Ring) -> dict[str, Act]:
    """Each use-case of a server with what it needs."""
    return server_acts(server, old_file, template)


@pytest.mark.parametrize("name", sorted(UNSWEPT))
def test_a_cut_connection_leaves_all_as_before_or_done(
    name: str, acts: dict[str, Act], on_server: OnServer, server: Server
) -> None:
    swept = sweep(on_server, server, acts[name], samples=SAMPLES)
    assert swept.broken == []
    assert swept.before
