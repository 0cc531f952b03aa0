"""A PostgreSQL server for tests that are about one, whatever the others run on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from places import OnServer
from postgres_server import ADDRESS, Keeper, Server, server_of_this_run

from tests.server.server_acts import put_old_file

_NUMBERS: Final = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this run, or one of these tests' own."""
    if os.environ.get(ADDRESS):
        yield server_of_this_run()
        return
    with Keeper() as keeper:
        yield keeper.server


@pytest.fixture
def on_server(server: Server) -> Iterator[OnServer]:
    """Makes databases there, which go with the test."""
    places = OnServer(server)
    yield places
    places.clear()


@pytest.fixture
def fresh(on_server: OnServer) -> str:
    """The address of a database without any table."""
    return str(on_server.new(Path("fresh")))


@pytest.fixture
def login(server: Server) -> Iterator[Callable[..., str]]:
    """Make a login with a password; return its name.  What it may do is granted by the test."""
    made: list[str] = []

    def make(password: str, options: str = "") -> str:
        name = f"login_{os.getpid()}_{next(_NUMBERS)}"
        with server.connected() as connection:
            connection.execute(f"CREATE ROLE {name} PASSWORD '{password}' {options or 'LOGIN'}")
        made.append(name)
        return name

    yield make
    with server.connected() as connection:
        for name in made:
            connection.execute(f"DROP ROLE IF EXISTS {name}")


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file of an earlier schema, with rows in most tables."""
    return put_old_file(tmp_path / "old.fjdb")


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def ring() -> Iterator[Ring]:
    """The system's keyring for this test."""
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)
