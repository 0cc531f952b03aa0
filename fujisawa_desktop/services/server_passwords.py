"""Passwords of database servers: kept in the system's own keyring, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import URL

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.database import file_of
from fujisawa_desktop.models.engines import database_url
from fujisawa_desktop.models.servers import shown_address

SERVICE: Final = "Fujisawa Desktop"
"""Under this name the keyring shows our entries to the person."""
PORT: Final = 5432


def with_password(where: str | Path) -> str | Path:
    """Return an address with the password that the keyring holds for it; a file as it is.

    An address that brings its password, or for which none is kept, comes back as it is: the server may
    know the person otherwise.

    Raises:
        StorageError: the text is no address.
    """
    if file_of(where) is not None:
        return where
    url = database_url(where)
    if url.password or not url.username:
        return where
    password = _stored(_account(url))
    return url.set(password=password).render_as_string(hide_password=False) if password else where


def without_password(where: str | Path) -> str:
    """Return a place as it may be shown and kept: an address without its password, a file as it is."""
    return str(where) if file_of(where) is not None else shown_address(database_url(where))


def remember_password(address: str, password: str) -> bool:
    """Keep a password in the keyring; return whether this system has one that takes it."""
    import keyring  # noqa: PLC0415 - only for a database on a server
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.set_password(SERVICE, _account(database_url(address)), password)
    except (KeyringError, OSError):
        return False
    return _stored(_account(database_url(address))) == password


def forget_password(address: str) -> None:
    """Take the password of an address out of the keyring, if it is there."""
    import keyring  # noqa: PLC0415 - as above
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.delete_password(SERVICE, _account(database_url(address)))
    except (KeyringError, OSError):
        return


def _stored(account: str) -> str | None:
    import keyring  # noqa: PLC0415 - as above
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(SERVICE, account)
    except (KeyringError, OSError):
        return None


def _account(url: URL) -> str:
    if not url.username:
        raise StorageError("storage.bad-address")
    return f"{url.username}@{url.host or 'localhost'}:{url.port or PORT}/{url.database or ''}"
