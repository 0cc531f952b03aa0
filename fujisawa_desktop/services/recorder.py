"""What an act does to the rows, collected for the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


class NewRows:
    """The new rows of one table by key; tuples, as an import makes a hundred thousand of them."""

    def __init__(self, columns: Iterable[str]) -> None:
        self.columns = tuple(columns)
        self.by_key: dict[Any, tuple[Any, ...]] = {}

    def add(self, columns: Sequence[str], keys: Iterable[Any], rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows that hold these columns, in whatever order."""
        if tuple(columns) != self.columns:
            order = [columns.index(name) for name in self.columns]
            rows = (tuple(row[place] for place in order) for row in rows)
        self.by_key.update(zip(keys, rows, strict=True))

    def change(self, key: object, after: Mapping[str, Any]) -> None:
        """Change some columns of one row."""
        row = zip(self.columns, self.by_key[key], strict=True)
        self.by_key[key] = tuple(after.get(name, value) for name, value in row)

    def column(self, name: str) -> dict[Any, Any]:
        """Return one column by key."""
        place = self.columns.index(name)
        return {key: row[place] for key, row in self.by_key.items()}


class Recorder:
    """Collects rows before and after, table by table."""

    def __init__(self) -> None:
        self._inserted: dict[str, NewRows] = {}
        self._updated: dict[str, dict[Any, tuple[dict[str, Any], dict[str, Any]]]] = {}
        self._deleted: dict[str, dict[Any, dict[str, Any]]] = {}

    def inserted(self, table: str, key: object, row: Mapping[str, Any]) -> None:
        """Record a new row."""
        self.inserted_many(table, tuple(row), [key], [tuple(row.values())])

    def inserted_many(
        self, table: str, columns: Sequence[str], keys: Iterable[Any], rows: Iterable[tuple[Any, ...]]
    ) -> None:
        """Record new rows that hold the same columns."""
        self._inserted.setdefault(table, NewRows(columns)).add(columns, keys, rows)

    def updated(self, table: str, key: object, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Record changed columns; several changes of one row in one act become one."""
        fresh = self._inserted.get(table)
        if fresh is not None and key in fresh.by_key:
            fresh.change(key, after)
            return
        known = self._updated.setdefault(table, {}).get(key)
        if known is None:
            self._updated[table][key] = (before, after)
        else:
            known[0].update({name: value for name, value in before.items() if name not in known[0]})
            known[1].update(after)

    def deleted(self, table: str, key: object, row: dict[str, Any]) -> None:
        """Record a row that is gone, as it was before the act."""
        fresh = self._inserted.get(table)
        if fresh is not None and fresh.by_key.pop(key, None) is not None:
            return
        changed = self._updated.get(table, {}).pop(key, None)
        self._deleted.setdefault(table, {})[key] = {**row, **(changed[0] if changed else {})}

    def new_rows(self) -> Iterator[tuple[str, NewRows]]:
        """Yield the tables with new rows."""
        return ((table, rows) for table, rows in self._inserted.items() if rows.by_key)

    def old_rows(self) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
        """Yield (table, key, known columns) of every row that was there before the act."""
        for table, rows in self._deleted.items():
            for key, row in rows.items():
                yield table, key, row
        for table, changes in self._updated.items():
            for key, (before, after) in changes.items():
                yield table, key, {**after, **before}

    def clear(self) -> None:
        """Free the rows, table by table: all at once would hold the interpreter for long."""
        for fresh in self._inserted.values():
            fresh.by_key.clear()
        for changes in self._updated.values():
            changes.clear()
        for gone in self._deleted.values():
            gone.clear()

    def tables(self) -> frozenset[str]:
        """Return the tables that really changed."""
        groups: tuple[Mapping[str, Mapping[Any, Any]], ...] = (self._updated, self._deleted)
        old = (name for group in groups for name, rows in group.items() if rows)
        return frozenset((*old, *(name for name, _rows in self.new_rows())))

    def payload(self) -> dict[str, Any]:
        """Return all rows in the journal's form: per table, rows (to be read once) and their columns."""
        result: dict[str, Any] = {}
        for name in sorted(self.tables()):
            part: dict[str, Any] = {}
            if (fresh := self._inserted.get(name)) and fresh.by_key:
                part["inserted"] = {"columns": list(fresh.columns), "rows": fresh.by_key.values()}
            if changes := self._updated.get(name):
                part["updated"] = [[key, before, after] for key, (before, after) in changes.items()]
            if rows := self._deleted.get(name):
                part["deleted"] = _columnar(rows.values())
            result[name] = part
        return result


def _columnar(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    columns = list(next(iter(rows)))
    return {"columns": columns, "rows": ([row[name] for name in columns] for row in rows)}
