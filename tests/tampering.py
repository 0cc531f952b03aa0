"""Changing a journal as somebody would who has the file and means to hide it: past its triggers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from fujisawa_desktop.models.sqlite_driver import connect


def tamper(path: Path, *statements: str | tuple[str, tuple[Any, ...]]) -> None:
    """Run statements with the triggers taken away and put back, as if they had never been gone."""
    with closing(connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            text, values = statement if isinstance(statement, tuple) else (statement, ())
            connection.execute(text, values)
        for _name, sql in triggers:
            connection.execute(sql)
        connection.commit()
