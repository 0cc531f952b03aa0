"""All rows of one database put into another one, and a digest that is equal when what they hold is.

Values are carried as they are stored: JSON as its text, kinds as their words.  So the copy holds the very
same letters, and its journal verifies as the first one does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import JSON, Connection, Enum, String, Table, Text, cast, column, func, insert, select, table
from sqlalchemy.sql.schema import Column
from sqlalchemy.types import TypeEngine

from fujisawa_desktop.models.json_text import JsonText
from fujisawa_desktop.models.registry import Base

AT_ONCE: Final = 1_000
"""Rows read and written at a time."""

Told = Callable[[int, int], None]
"""Is told rows done and rows in all; may raise to leave the copy undone."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a database holds.

    Attributes:
        counts: rows of each table, in the order in which tables refer to each other.
        digest: SHA-256 over every value of every row; the same on a file and on a server.
    """

    counts: dict[str, int]
    digest: str

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.counts.values())


def copy_rows(source: Connection, target: Connection, told: Told | None = None) -> Held:
    """Insert every row of ``source`` into the empty tables of ``target``; return what was read.

    Nothing is committed here.
    """
    _defer_keys(target)
    total = rows_in(source)
    done = 0
    reading = _Reading()
    for one in Base.metadata.sorted_tables:
        statement = insert(_plain_table(one))
        for rows in reading.of(source, one):
            target.execute(statement, [dict(zip(one.c.keys(), row, strict=True)) for row in rows])
            done += len(rows)
            if told is not None:
                told(done, total)
        _continue_numbers(target, one)
    return reading.held()


def held_in(connection: Connection) -> Held:
    """Return what a database holds."""
    reading = _Reading()
    for one in Base.metadata.sorted_tables:
        for _rows in reading.of(connection, one):
            pass
    return reading.held()


def rows_in(connection: Connection) -> int:
    """Return how many rows a database holds."""
    return sum(
        connection.scalar(select(func.count()).select_from(one)) or 0 for one in Base.metadata.sorted_tables
    )


class _Reading:
    """Reads tables and keeps count."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._counts: dict[str, int] = {}

    def of(self, connection: Connection, one: Table) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a table by its key, some at a time."""
        self._digest.update(f"{one.name}({','.join(one.c.keys())})".encode())
        self._counts[one.name] = 0
        query = select(*(_as_stored(item) for item in one.c)).order_by(*one.primary_key)
        with connection.execute(query.execution_options(yield_per=AT_ONCE)) as found:
            for part in found.partitions():
                rows = [tuple(map(_carried, one.c, row)) for row in part]
                for row in rows:
                    self._digest.update(_letters(row))
                self._counts[one.name] += len(rows)
                yield rows

    def held(self) -> Held:
        return Held(self._counts, self._digest.hexdigest())


def _as_stored(item: Column[Any]) -> Any:
    if isinstance(item.type, JSON):
        return cast(item, Text)
    return cast(item, String) if isinstance(item.type, Enum) else item


def _carried(item: Column[Any], value: Any) -> Any:
    return JsonText(value) if value is not None and isinstance(item.type, JSON) else value


def _plain_table(one: Table) -> Any:
    """Return the table with types that take the values as they are stored."""
    return table(one.name, *(column(item.name, _plain_type(item.type)) for item in one.c))


def _plain_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, JSON):
        return JSON(none_as_null=True)
    return String() if isinstance(kind, Enum) else kind


def _letters(row: Sequence[Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_letter).encode()


def _letter(value: object) -> object:
    match value:
        case JsonText():
            return [value.text]
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return hashlib.sha256(value).hexdigest()
        case _:
            raise TypeError(type(value).__name__)


def _defer_keys(connection: Connection) -> None:
    """Rows may name others that come later in the same transaction."""
    connection.exec_driver_sql(
        "PRAGMA defer_foreign_keys = ON"
        if connection.dialect.name == "sqlite"
        else "SET CONSTRAINTS ALL DEFERRED"
    )


def _continue_numbers(connection: Connection, one: Table) -> None:
    """Let the numbers of new rows go on after those that were copied."""
    if connection.dialect.name == "sqlite" or "id" not in one.c:
        return
    last = func.max(one.c.id)
    numbers = func.pg_get_serial_sequence(one.name, "id")
    connection.execute(select(func.setval(numbers, func.coalesce(last, 1), last.is_not(None))))
