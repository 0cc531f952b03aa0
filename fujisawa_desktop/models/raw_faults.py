"""What rows hold that their types do not allow: found in SQL, because reading such a row fails.

SQLite keeps whatever is written into a column.  A server refuses all of this itself, so nothing is
looked for there but hidden characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import JSON, Column, Date, DateTime, Enum, Integer, String, Table, Time, text
from sqlalchemy.orm import Session

from fujisawa_desktop.models.base import Base

HIDDEN: Final = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f"
"""Control characters that no text needs, as the inside of a class; NUL is looked for apart."""
_LEFT_ALONE: Final = frozenset({"journal_entry", "journal_payload", "journal_subject"})
"""What is chained or compressed has a check of its own."""


@dataclass(frozen=True, slots=True)
class RawFault:
    """One value of one row; never the value itself."""

    table: str
    row_id: int
    column: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """A row whose parent is missing."""

    table: str
    row_id: int
    parent: str
    column: str


def unreadable_values(session: Session) -> Iterator[RawFault]:
    """Yield values that are no date, no time, no JSON, no number, no text or no known word."""
    if not _is_sqlite(session):
        return
    for table in _tables():
        wrong = {column.name: _wrong(column) for column in table.columns}
        yield from _found(session, table, {name: rule for name, rule in wrong.items() if rule})


def hidden_characters(session: Session) -> Iterator[RawFault]:
    """Yield texts with control characters in them, NUL among them."""
    for table in _tables():
        rules = {
            column.name: _hidden(column.name, is_sqlite=_is_sqlite(session))
            for column in table.columns
            if isinstance(column.type, String) and not isinstance(column.type, Enum)
        }
        yield from _found(session, table, rules)


def orphans(session: Session) -> Iterator[Orphan]:
    """Yield rows whose parent is missing, as SQLite finds them.

    What hangs on an act that was deleted is left as it is: it tells what was there, and the check of the
    journal names the act.
    """
    if not _is_sqlite(session):
        return
    links: dict[str, dict[int, str]] = {}
    connection = session.connection()
    for table, row_id, parent, number in connection.execute(text("PRAGMA foreign_key_check")).all():
        if table in _LEFT_ALONE:
            continue
        if table not in links:
            keys = connection.execute(text(f"PRAGMA foreign_key_list({table})")).all()
            links[table] = {key[0]: key[3] for key in keys}
        yield Orphan(table, row_id, parent, links[table][number])


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _tables() -> list[Table]:
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name not in _LEFT_ALONE and "id" in table.columns
    ]


def _found(session: Session, table: Table, rules: dict[str, str]) -> Iterator[RawFault]:
    """Ask one question about all columns of a table."""
    if not rules:
        return
    answers = ", ".join(f"CASE WHEN {rule} THEN 1 ELSE 0 END" for rule in rules.values())
    anything = " OR ".join(f"({rule})" for rule in rules.values())
    question = text(f"SELECT id, {answers} FROM {table.name} WHERE {anything}".replace(":", r"\:"))  # noqa: S608
    for row in session.connection().execute(question).all():
        for name, is_wrong in zip(rules, row[1:], strict=True):
            if is_wrong:
                yield RawFault(table.name, row[0], name)


def _wrong(column: Column[Any]) -> str:  # noqa: PLR0911 - one line for each type
    """Return when the value of a column cannot be read; empty when it always can."""
    name, kind = f'"{column.name}"', column.type
    if isinstance(kind, DateTime):
        return _not_like(name, "datetime({0})", "substr({0}, 1, 19)")
    if isinstance(kind, Date):
        return _not_like(name, "date({0})", "{0}")
    if isinstance(kind, Time):
        return _not_like(name, "time({0})", "substr({0}, 1, 8)")
    if isinstance(kind, Enum):
        words = ", ".join(f"'{word}'" for word in kind.enums)
        return f"{name} IS NOT NULL AND {name} NOT IN ({words})"
    if isinstance(kind, JSON):
        return f"{name} IS NOT NULL AND (typeof({name}) != 'text' OR json_valid({name}) = 0)"
    if isinstance(kind, Integer):
        return f"{name} IS NOT NULL AND typeof({name}) != 'integer'"
    if isinstance(kind, String):
        return f"{name} IS NOT NULL AND typeof({name}) != 'text'"
    return ""


def _not_like(name: str, read: str, written: str) -> str:
    """Return when SQLite reads a moment otherwise than it is written."""
    understood, stands = read.format(name), written.format(name)
    return (
        f"{name} IS NOT NULL AND "
        f"(typeof({name}) != 'text' OR {understood} IS NULL OR {understood} != {stands})"
    )


def _hidden(name: str, *, is_sqlite: bool) -> str:
    if not is_sqlite:
        return f"\"{name}\" ~ '[{HIDDEN}]'"
    ranges = "".join(part if part == "-" else f"' || char({ord(part)}) || '" for part in HIDDEN)
    return f"(\"{name}\" GLOB '*[{ranges}]*' OR instr(CAST(\"{name}\" AS BLOB), x'00') > 0)"
