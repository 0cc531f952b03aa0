"""The open file copied to a server that is named in a form, and its password kept."""

from __future__ import annotations

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.copying import Copied, copy_opened
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.server_connection import ServerForm, address_of
from fujisawa_desktop.services.server_passwords import remember_password


def copy_to_server(
    database: Database,
    *,
    form: ServerForm,
    password: str,
    remember: bool = True,
    progress: Progress | None = None,
) -> Copied:
    """Copy the open database into an empty one on a server, whole or not at all.

    Raises:
        ValidationError: a field cannot be right.
        StorageError: the database there holds something, or the server refuses.
    """
    address = address_of(form, password)
    done = copy_opened(database, address, progress=progress)
    if remember and password:
        remember_password(address, password)
    return done
