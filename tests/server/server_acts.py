"""The use-cases of a server, each with what it needs: what a sweep of faults calls again and again."""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import Final

from places import OnServer
from postgres_server import ADMIN, Server
from sqlalchemy.engine import make_url

from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.seats import SeatRole, add_seat, remove_seat
from fujisawa_desktop.services.server_connection import ServerForm, connect
from fujisawa_desktop.services.server_copies import copy_to_server
from tests.server.server_faults import Act, holds_no_row

GOLDEN: Final = Path(__file__).parent.parent / "migrations" / "golden"
PROGRAMME: Final = "r6"
LOGIN: Final = "席の人"
_PASSWORD: Final = "合言葉 1"  # noqa: S105 - of a server that lives for one run


def put_old_file(path: Path) -> Path:
    """Write a file of an earlier schema, with rows in most tables."""
    path.write_bytes(lzma.decompress((GOLDEN / "0005.fjdb.xz").read_bytes()))
    return path


def begun(places: OnServer) -> str:
    """Make a database that holds a programme, for all acts that begin with one; return its address."""
    return str(places.kept(Path("begun"), lambda place: create_database(place, programme=PROGRAMME)))


def server_acts(server: Server, file: Path, template: str) -> dict[str, Act]:
    """Return the use-cases by name.

    Args:
        server: the server.
        file: what is copied to the server.
        template: a database there that holds a programme.
    """

    def form(address: str) -> ServerForm:
        url = make_url(address)
        return ServerForm(str(server.folder), url.database or "", ADMIN, server.port)

    def add(address: str) -> object:
        with opened(address) as database:
            return add_seat(database, login=LOGIN, role=SeatRole.CLERK, password=_PASSWORD)

    def remove(address: str) -> object:
        with opened(address) as database:
            return remove_seat(database, login=LOGIN)

    def copy(address: str) -> object:
        with opened(file) as database:
            return copy_to_server(database, form=form(address), password=_PASSWORD)

    def begin(address: str) -> object:
        return connect(form=form(address), password=_PASSWORD, begin_with=PROGRAMME)

    return {
        "seats.add_seat": Act(add, template, logins=(LOGIN,)),
        "seats.remove_seat": Act(remove, template, prepare=add, logins=(LOGIN,)),
        "server_connection.connect": Act(begin, is_between=holds_no_row),
        "server_copies.copy_to_server": Act(copy),
    }
