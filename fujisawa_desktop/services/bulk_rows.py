"""Many rows of one table put into the database at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert
from sqlalchemy.sql.schema import ScalarElementColumnDefault


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all name the same columns.

    SQLAlchemy prepares each value of each row by itself, which takes longer than SQLite needs to
    store them; here each column is prepared as a whole, by the very same types.
    """
    dialect = connection.dialect
    if dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    values: list[Iterable[Any]] = []
    for name in names:
        prepared = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        column = [row[name] for row in rows]
        values.append(column if prepared is None else map(prepared, column))
    statement = insert(table).values({name: bindparam(name) for name in names}).compile(dialect=dialect)
    places = [names.index(name) for name in statement.positiontup or names]
    ordered = zip(*(values[place] for place in places), strict=True)
    connection.exec_driver_sql(str(statement), list(ordered))


def defaults_of(table: Table) -> dict[str, Any]:
    """Return what a row holds in the columns it does not name."""
    return {
        column.name: column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
        for column in table.c
        if not column.primary_key
    }
