"""Somebody else saves the rows an act is about to change: whether the act notices, or writes over them.

The rows are those that the act changes or deletes when nobody is in its way.  A second connection gives
each of them other values, in the very columns the act writes, as an act of its own; then the act is done with
what it was given before: what a clerk saw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Final

from sqlalchemy import JSON, Column, Table, UniqueConstraint, func, select
from sqlalchemy import Enum as EnumType
from sqlalchemy.exc import SQLAlchemyError

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Base, JournalEntry, JournalPayload
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.unit_of_work import unit_of_work

OTHER: Final = "別の人"
OVER: Final = "written over"
_MANY: Final = 12
"""So many rows of a table somebody else changes; a check that misses them all misses more."""
_UNSEEN: Final = frozenset({"id", "version"})
Touched = dict[str, dict[int, dict[str, Any]]]
"""Table → row → column → the value the act puts there; of a deleted row all that nothing else is known by."""
_GONE: Final = object()


@dataclass
class Meanwhile:
    """What became of an act whose rows somebody else had changed.

    Attributes:
        touched: the tables of the rows it changes or deletes; empty when it only adds.
        refused: the code with which it refused; empty when it did not.
        over: tables in which it wrote over what somebody else had written.
    """

    touched: list[str] = field(default_factory=list)
    refused: str = ""
    over: list[str] = field(default_factory=list)


def last_entries(databases: Collection[Database]) -> list[int]:
    """Return the number of the newest entry of each file."""
    found = []
    for database in databases:
        with database.read() as session:
            found.append(session.scalar(select(func.max(JournalEntry.seq))) or 0)
    return found


def touched_since(database: Database, seq: int) -> Touched:
    """Return the rows that were there before and that entries after ``seq`` changed or deleted."""
    found: Touched = {}
    for part in _payloads(database, seq):
        for table, rows in part.items():
            if table not in Base.metadata.tables or "id" not in Base.metadata.tables[table].c:
                continue  # erased payloads, and settings that are known by their name
            here = found.setdefault(table, {})
            for key, _before, after in rows.get("updated", ()):
                here.setdefault(key, {}).update(
                    {name: value for name, value in after.items() if name not in _UNSEEN}
                )
            gone = rows.get("deleted")
            known_by = _unique(Base.metadata.tables[table])
            for row in gone["rows"] if gone else ():
                values = dict(zip(gone["columns"], row, strict=True))
                here[values["id"]] = {name: _GONE for name in gone["columns"] if name not in known_by}
    return {table: rows for table, rows in found.items() if rows}


def change_elsewhere(database: Database, touched: Touched) -> dict[str, dict[int, dict[str, Any]]]:
    """Give these rows other values through a connection of its own; return what was written."""
    written: dict[str, dict[int, dict[str, Any]]] = {}
    if database.path is None:
        return written
    other = open_database(database.path, key=database.key)
    try:
        for table, rows in touched.items():
            for key, columns in list(rows.items())[:_MANY]:
                values = _change(other, table, key, columns)
                if values is not None:
                    written.setdefault(table, {})[key] = values
    finally:
        other.dispose()
    return written


def judged(
    database: Database, written: Mapping[str, Mapping[int, Mapping[str, Any]]], act: Callable[[], object]
) -> Meanwhile:
    """Do the act now, and return what became of it."""
    found = Meanwhile(sorted(written))
    seq = last_entries([database])[0]
    try:
        act()
    except AppError as error:
        found.refused = error.code
        return found
    for table, rows in touched_since(database, seq).items():
        if any(put.keys() & written.get(table, {}).get(key, {}).keys() for key, put in rows.items()):
            found.over.append(table)
    return found


def _payloads(database: Database, seq: int) -> Iterator[dict[str, Any]]:
    with database.read() as session:
        query = select(JournalPayload.data).where(JournalPayload.seq > seq).order_by(JournalPayload.seq)
        for data in session.scalars(query):
            yield unpack(data)[0]


def _unique(table: Table) -> frozenset[str]:
    """Return the columns by which a row of a table is known: somebody else does not change those."""
    keys = (one for one in table.constraints if isinstance(one, UniqueConstraint))
    return _UNSEEN.union(*({column.name for column in key.columns} for key in keys))


def _change(database: Database, table: str, key: int, columns: Mapping[str, Any]) -> dict[str, Any] | None:
    """Change as many of the columns of a row as its table takes; None where the row is not to be changed."""
    model = next(one.class_ for one in Base.registry.mappers if one.local_table.name == table)
    known = Base.metadata.tables[table]
    with database.read() as session:
        row = session.execute(select(known).where(known.c.id == key)).mappings().one_or_none()
    if row is None:
        return None
    wanted = {
        name: value
        for name in sorted(columns)
        if (value := _another(known.c[name], row[name], columns[name])) is not None
    }
    for some in (wanted, *({name: value} for name, value in wanted.items()), {}):
        try:
            with unit_of_work(database, "applicant.cell", actor=OTHER) as work:
                if some:
                    work.update_many(model, {key: some})
                elif "version" in known.c:
                    work.count_versions(model, [key])
                work.commit()
        except (AppError, SQLAlchemyError):
            continue  # a value that this table does not take: another column may do
        return some if some or "version" in known.c else None
    return None


def _another(column: Column[Any], value: Any, put: Any) -> Any:  # noqa: PLR0911 - one answer for each kind
    """Return a third value beside that of a column and what the act puts there; None if there is none."""
    if column.foreign_keys or value is None:
        return None
    if isinstance(column.type, EnumType) and column.type.enum_class is not None:
        members: list[Enum] = list(column.type.enum_class)
        known = {str(getattr(one, "value", one)) for one in (value, put)}
        return next((one for one in members if str(one.value) not in known), None)
    if isinstance(column.type, JSON):
        return None
    match value:
        case bool():
            return None if put is not _GONE else not value
        case int():
            return value + (2 if put == value + 1 else 1)
        case str():
            return f"{value}別"
        case datetime():
            return value + timedelta(minutes=1)
        case date():
            return value + timedelta(days=2)
        case _:
            return None
