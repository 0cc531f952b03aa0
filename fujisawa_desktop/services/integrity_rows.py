"""Checks of single rows: values nobody can read, missing parents, hidden characters, versions, keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Base, Entry
from fujisawa_desktop.models.raw_faults import HIDDEN, hidden_characters, orphans, unreadable_values
from fujisawa_desktop.services.applicant_keys import KEY_SEPARATOR, applicant_keys
from fujisawa_desktop.services.integrity_findings import Check, Finding
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_MODELS: Final[dict[str, type[Base]]] = {
    mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
    for mapper in Base.registry.mappers
}
_KEYS: Final = ("search_key", "sort_key")
_NOT_SEEN: Final = re.compile(f"[\x00{HIDDEN}]")


def _unreadable(session: Session) -> Iterator[Finding]:
    for one in unreadable_values(session):
        yield Finding("unreadable", one.table, one.row_id, params={"table": one.table, "column": one.column})


def _orphans(session: Session) -> Iterator[Finding]:
    for one in orphans(session):
        params = {"table": one.table, "parent": one.parent, "column": one.column}
        mendable = _is_optional(one.table, one.column) or _may_go(session, one.table, one.row_id, one.column)
        kind = "orphan" if mendable else "orphan-kept"
        yield Finding(kind, one.table, one.row_id, params=params, is_repairable=mendable)


def remove_orphans(work: UnitOfWork, found: Sequence[Finding]) -> None:
    """Let go of links that lead nowhere, and of rows that are nothing without their parent.

    The database would not take such a row back, so this is an act of its own that is not undone.
    """
    gone: dict[str, set[int]] = defaultdict(set)
    loose: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in found:
        column = str(one.params["column"])
        if _is_optional(one.table, column):
            loose[one.table, column].add(one.row_id)
        else:
            gone[one.table].add(one.row_id)
    for (table, column), ids in loose.items():
        work.update_many(_MODELS[table], {key: {column: None} for key in sorted(ids - gone[table])})
    for table, ids in gone.items():
        work.delete_many(_MODELS[table], sorted(ids))


def _is_optional(table: str, column: str) -> bool:
    return bool(Base.metadata.tables[table].c[column].nullable)


def _may_go(session: Session, table: str, row_id: int, column: str) -> bool:
    """Return whether a row would have gone with its parent, and nothing hangs on it."""
    own = Base.metadata.tables[table]
    if table not in _MODELS or not all(key.ondelete == "CASCADE" for key in own.c[column].foreign_keys):
        return False
    return not any(
        session.execute(select(child.c[name]).where(child.c[name] == row_id).limit(1)).first()
        for child in Base.metadata.sorted_tables
        for name in _links_to(child, own)
    )


def _links_to(child: Table, parent: Table) -> list[str]:
    return [key.parent.name for key in child.foreign_keys if key.column.table is parent]


def _hidden(session: Session) -> Iterator[Finding]:
    for one in hidden_characters(session):
        params = {"table": one.table, "column": one.column}
        yield Finding("hidden", one.table, one.row_id, params=params, is_repairable=True)


def _show_hidden(work: UnitOfWork, found: Sequence[Finding]) -> None:
    by_column: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in found:
        by_column[one.table, str(one.params["column"])].append(one.row_id)
    for (table, column), ids in by_column.items():
        own = Base.metadata.tables[table]
        for key in ids:
            held = work.session.scalar(select(own.c[column]).where(own.c.id == key))
            work.update_many(_MODELS[table], {key: {column: _NOT_SEEN.sub("", str(held))}})


def _versions(session: Session) -> Iterator[Finding]:
    for table in Base.metadata.sorted_tables:
        if "version" in table.c:
            for key in session.scalars(select(table.c.id).where(table.c.version < 1)):
                yield Finding("version", table.name, key, params={"table": table.name}, is_repairable=True)


def _count_anew(work: UnitOfWork, found: Sequence[Finding]) -> None:
    by_table: dict[str, list[int]] = defaultdict(list)
    for one in found:
        by_table[one.table].append(one.row_id)
    for table, ids in by_table.items():
        work.restart_versions(_MODELS[table], ids)


def _wrong_keys(session: Session) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield people whose keys are not those of their values, with the right ones."""
    numbers: dict[int, list[str]] = defaultdict(list)
    for key, number in session.execute(select(Entry.applicant_id, Entry.number).order_by(Entry.id)):
        numbers[key].append(number)
    columns = ("name_entered", "name_official", "kana", "phone", "mail", "school")
    query = select(
        Applicant.id,
        Applicant.search_key,
        Applicant.sort_key,
        *(getattr(Applicant, name) for name in columns),
    )
    for row in session.execute(query).mappings():
        values = {name: row[name] for name in columns}
        right = dict(zip(_KEYS, applicant_keys(**values, numbers=numbers[row["id"]]), strict=True))
        if set(row["search_key"].split(KEY_SEPARATOR)) == set(right["search_key"].split(KEY_SEPARATOR)):
            right["search_key"] = row["search_key"]  # the order of its parts says nothing
        if any(row[name] != right[name] for name in _KEYS):
            yield row["id"], right


def _keys(session: Session) -> Iterator[Finding]:
    for key, right in _wrong_keys(session):
        row = session.get_one(Applicant, key)
        for name in _KEYS:
            if getattr(row, name) != right[name]:
                yield Finding(name.replace("_", "-"), "applicant", key, key, is_repairable=True)


def _make_keys(work: UnitOfWork, _found: Sequence[Finding]) -> None:
    work.session.flush()
    work.update_many(Applicant, dict(_wrong_keys(work.session)))


UNREADABLE: Final = Check("unreadable", _unreadable)
ORPHANS: Final = Check("orphan", _orphans)
ROW_CHECKS: Final = (
    Check("hidden", _hidden, _show_hidden),
    Check("version", _versions, _count_anew),
    Check("keys", _keys, _make_keys),
)
