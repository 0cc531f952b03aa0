"""Many rows of one table put into the database at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Boolean, Connection, Date, DateTime, Enum, Table, insert
from sqlalchemy.sql.schema import ScalarElementColumnDefault

_OFTEN_EQUAL: Final = (Boolean, Date, DateTime, Enum)
"""Types of which many rows hold the same few values."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all name the same columns."""
    insert_columns(connection, table, {name: [row[name] for row in rows] for name in rows[0]})


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given column by column, every column as long as the others.

    SQLAlchemy prepares each value of each row by itself, which takes longer than SQLite needs to
    store them; here each column is prepared as a whole, by the very same types.
    """
    dialect = connection.dialect
    if dialect.name != "sqlite":
        rows = zip(*columns.values(), strict=True)
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    values: list[Iterable[Any]] = []
    for name in columns:
        prepare = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if prepare is None:
            values.append(columns[name])
        elif isinstance(table.c[name].type, _OFTEN_EQUAL):
            values.append(_each_once(columns[name], prepare))
        else:
            values.append(map(prepare, columns[name]))
    quoted = dialect.identifier_preparer.quote
    names, places = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    connection.exec_driver_sql(statement, list(zip(*values, strict=True)))


def _each_once(column: Sequence[Any], prepare: Callable[[Any], Any]) -> Iterable[Any]:
    """Prepare each different value once."""
    prepared = {value: prepare(value) for value in set(column)}
    return map(prepared.__getitem__, column)


def defaults_of(table: Table) -> dict[str, Any]:
    """Return what a row holds in the columns it does not name."""
    return {
        column.name: column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
        for column in table.c
        if not column.primary_key
    }
