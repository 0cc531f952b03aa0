"""What the command line says and where it puts what it makes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fujisawa_desktop import texts
from fujisawa_desktop.cli_secrets import key_for
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.paths import default_database
from fujisawa_desktop.services.later import later

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database
    from fujisawa_desktop.services.backup_occasions import backup_before
    from fujisawa_desktop.services.databases import opened
    from fujisawa_desktop.services.outgoing import settle_outgoing, told_of
    from fujisawa_desktop.services.programmes import current_programme_id
else:
    # The window comes through this door too, and must not wait for SQLAlchemy.
    backup_before = later("backup_occasions", "backup_before")
    opened = later("databases", "opened")
    current_programme_id = later("programmes", "current_programme_id")
    settle_outgoing, told_of = (later("outgoing", name) for name in ("settle_outgoing", "told_of"))

DONE: Final = 0
IN_PART: Final = 1

Json = str | int | float | bool | None | Mapping[str, "Json"] | Sequence["Json"]


def say(text: str) -> None:
    """Write a message for the person."""
    sys.stderr.write(f"{text}\n")


def print_json(value: Json) -> None:
    """Write one JSON value."""
    print_text(json_bytes(value).decode())


def json_bytes(value: Json) -> bytes:
    """Return a value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def print_text(text: str) -> None:
    """Write text to the output: as the screen wants it, else in UTF-8."""
    if sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        _write(text.encode())


def deliver(data: bytes, *, binary: bool) -> None:
    """Write to the output; nothing can call it back, so it is recorded before.

    Raises:
        AppError: ``cli.out-needed``; the output is a screen, which cannot show such a file.
    """
    if binary and sys.stdout.isatty():
        raise AppError("cli.out-needed")
    _write(data)


def where(arguments: argparse.Namespace) -> str | Path:
    """Return the database that the arguments name, or the clerk's own."""
    named: str | None = arguments.database
    return named or default_database()


def secured(database: Database, act: str, given: Mapping[str, object] | None = None) -> None:
    """Make the copy that is due before an act; the act goes on when it fails, and the person is told."""
    try:
        copy = backup_before(database, act, given)
    except AppError as error:
        say(texts.message(error))
    else:
        if copy is not None and copy.second_failure:
            say(texts.message_for(copy.second_failure, {}))


@contextmanager
def at_work(arguments: argparse.Namespace) -> Iterator[tuple[Database, int]]:
    """Open the database and find its current programme.

    Raises:
        StorageError: the database cannot be opened.
        NotFoundError: ``programme.none``.
    """
    place = where(arguments)
    with opened(place, key=key_for(arguments, place)) as database:
        for lost in settle_outgoing(database):
            say(texts.message_for("outgoing.lost", told_of(lost)))
        yield database, current_programme_id(database)


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
