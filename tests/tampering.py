"""Changing a journal as somebody would who has the file and means to hide it: past its triggers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from fujisawa_desktop.models.sqlite_driver import connect

Statement = str | tuple[str, tuple[Any, ...]]


def tamper(where: Path | str, *statements: Statement) -> None:
    """Run statements with the triggers taken away and put back, as if they had never been gone."""
    if "://" in str(where):
        _tamper_on_server(str(where), statements)
        return
    with closing(connect(Path(where))) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(*_parts(statement))
        for _name, sql in triggers:
            connection.execute(sql)
        connection.commit()


def _tamper_on_server(address: str, statements: tuple[Statement, ...]) -> None:
    import psycopg

    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        connection.execute("SET session_replication_role = replica")  # no trigger, no key is looked at
        for statement in statements:
            text, values = _parts(statement)
            connection.execute(text.replace("?", "%s"), values or None)  # type: ignore[call-overload]


def _parts(statement: Statement) -> tuple[str, tuple[Any, ...]]:
    return statement if isinstance(statement, tuple) else (statement, ())
