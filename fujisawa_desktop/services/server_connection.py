"""A database on a server, named in a form: tried out, begun, and its password kept by the system."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import URL

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.server_passwords import (
    PORT,
    forget_password,
    remember_password,
    without_password,
)

_HIGHEST_PORT: Final = 65_535
_HOST: Final = re.compile(r"[A-Za-z0-9.:_-]+|/.+")
"""A name, an IP address, or the folder of a socket."""


@dataclass(frozen=True, slots=True)
class ServerForm:
    """What names a database on a server; the password is never part of it."""

    host: str
    database: str
    login: str
    port: int = PORT


@dataclass(frozen=True, slots=True, repr=False)
class Connected:
    """A database on a server that was opened and closed again.

    Attributes:
        address: with its password; to be opened, never shown or kept.
        place: without it.
        remembered: the system's keyring holds the password now.
    """

    address: str
    place: str
    remembered: bool


def connect(
    *, form: ServerForm, password: str, remember: bool = True, begin_with: str | None = None
) -> Connected:
    """Try a database on a server out; when that went well, keep or forget its password.

    Args:
        form: where it is and who comes.
        password: as typed; may be empty where the server asks for none.
        remember: keep the password in the system's keyring, else take it out.
        begin_with: put this shipped programme into a database that holds nothing yet.

    Raises:
        ValidationError: a field cannot be right.
        StorageError: the server does not answer, or refuses; the database is not ours, or empty.
        NotFoundError: ``programme.none``; it holds no programme.
    """
    address = address_of(form, password)
    if begin_with is not None:
        create_database(address, programme=begin_with)
    with opened(address) as database:
        current_programme_id(database)
    kept = False
    if remember and password:
        kept = remember_password(address, password)
    elif not remember:
        forget_password(address)
    return Connected(address, without_password(address), kept)


def address_of(form: ServerForm, password: str = "") -> str:
    """Return the address that a form names.

    Raises:
        ValidationError: a field cannot be right.
    """
    fields = {name: str(getattr(form, name)).strip() for name in ("host", "database", "login")}
    for name, value in fields.items():
        if not value:
            raise ValidationError("field.required", field=name)
    if not _HOST.fullmatch(fields["host"]):
        raise ValidationError("server.host", field="host")
    if not 1 <= form.port <= _HIGHEST_PORT:
        raise ValidationError("server.port", field="port", highest=_HIGHEST_PORT)
    on_socket = fields["host"].startswith("/")
    url = URL.create(
        "postgresql+psycopg",
        username=fields["login"],
        password=password or None,
        host=None if on_socket else fields["host"],
        port=None if on_socket else form.port,
        database=fields["database"],
        query={"host": fields["host"], "port": str(form.port)} if on_socket else {},
    )
    return url.render_as_string(hide_password=False)
