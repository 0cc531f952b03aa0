"""What the journal says of people who are erased, taken out of it; what it says of others stays.

A row's number may be given again once the row is gone, and a row may change hands (two people made
one, or split again).  So the journal is walked from its beginning: each row that was ever there is
told from later rows with its number, and belongs to whom it belonged last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import EntryKind, JournalEntry, JournalPayload
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.person_tables import APPLICANT, BY_TABLE, Held, table_of

Payload = dict[str, Any]
_CHANGES: Final = ("deleted", "inserted", "updated")
"""The order in which an act is followed: a number that was freed may be given again at once."""
_CHILDREN_FIRST: Final = tuple(reversed(BY_TABLE.items()))


class OnceRow:
    """One row from its insertion to its deletion."""

    __slots__ = ("kind", "loose_in", "parents", "row_id", "table")

    def __init__(self, table: str, row_id: int) -> None:
        self.table = table
        self.row_id = row_id
        self.parents: dict[str, OnceRow | None] = {}
        self.kind = ""
        """Of a paper."""
        self.loose_in: int | None = None
        """Of a row of a file: the batch it came with."""

    def people(self) -> Iterator[int]:
        """Yield the people it belonged to last: of several ways the first that leads to somebody."""
        if self.table == APPLICANT:
            yield self.row_id
            return
        several = self.table in {"suspected_duplicate", "person_merge"}
        for parent in self.parents.values():
            found = list(parent.people()) if parent is not None else []
            yield from found
            if found and not several:
                return


Judge = Callable[[OnceRow, Mapping[str, Any] | None], bool]
"""Whether a row goes; the values are those of the act at hand, complete or in part."""
Scrub = Callable[[str, OnceRow | None, dict[str, Any]], dict[str, Any]]
"""Values of a row that stays, without what has to go."""


class JournalWalk:
    """The journal of a file, read twice: whose each row was, then what is left of each act."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._now: dict[tuple[str, int], OnceRow] = {}
        self._of_act: dict[int, dict[tuple[str, str, int], OnceRow]] = {}

    def follow(self, tell: Callable[[int], None]) -> None:
        """Read every act and learn whose each row was; ``tell`` hears how many are read."""
        for count, (seq, payload) in enumerate(self._payloads()):
            tell(count)
            seen: dict[tuple[str, str, int], OnceRow] = {}
            for change in _CHANGES:
                ordered = _CHILDREN_FIRST if change == "deleted" else tuple(BY_TABLE.items())
                for name, held in ordered:
                    for row_id, values in _rows(payload.get(name, {}), change):
                        node = self._node(name, row_id, is_new=change == "inserted")
                        self._learn(held, node, values)
                        seen[name, change, row_id] = node
                        if change == "deleted":
                            self._now.pop((name, row_id), None)
            if seen:
                self._of_act[seq] = seen
        self._learn_the_rest()

    def left(
        self, goes: Judge, scrub: Scrub, others: Callable[[str, dict[str, Any]], bool]
    ) -> Iterator[tuple[int, Payload]]:
        """Yield every act that says something of what goes, with what is left of it.

        Args:
            goes: judges rows of people.
            scrub: takes people out of rows that stay.
            others: judges rows of other tables, by their values.
        """
        for seq, payload in self._payloads():
            seen = self._of_act.get(seq, {})
            kept = {
                name: part
                for name, whole in payload.items()
                if (part := _Sieve(name, seen, goes, scrub, others).left(whole))
            }
            if kept != payload:
                yield seq, kept

    def _payloads(self) -> Iterator[tuple[int, Payload]]:
        query = (
            select(JournalEntry.seq)
            .where(JournalEntry.kind.not_in((EntryKind.ERASED,)))
            .order_by(JournalEntry.seq)
        )
        for some in chunks(list(self._session.scalars(query))):
            for seq in some:
                data = self._session.scalar(select(JournalPayload.data).where(JournalPayload.seq == seq))
                if data is not None:
                    yield seq, unpack(data)[0]

    def _node(self, table: str, row_id: int, *, is_new: bool = False) -> OnceRow:
        key = (table, row_id)
        if is_new or key not in self._now:
            self._now[key] = OnceRow(table, row_id)
        return self._now[key]

    def _learn(self, held: Held, node: OnceRow, values: Mapping[str, Any]) -> None:
        for column, parent in held.links:
            if column in values:
                key = values[column]
                node.parents[column] = self._node(parent, key) if key is not None else None
        node.kind = str(values.get("kind", node.kind)) if held.table == "notice" else ""
        if held.table == "import_row":
            node.loose_in = values.get("batch_id", node.loose_in)

    def _learn_the_rest(self) -> None:
        """Ask the rows that are there for what no act said of them: their acts may have been emptied."""
        unknown: dict[str, list[int]] = {}
        for (name, row_id), node in self._now.items():
            held = BY_TABLE[name]
            if held.links and (len(node.parents) < len(held.links) or (not held.share and not node.kind)):
                unknown.setdefault(name, []).append(row_id)
        for held in BY_TABLE.values():
            table = table_of(held.table)
            names = [column for column, _parent in held.links]
            names += [] if held.share else ["kind"]
            for some in chunks(unknown.get(held.table, [])):
                query = select(table.c.id, *(table.c[name] for name in names)).where(table.c.id.in_(some))
                for row in self._session.execute(query).mappings():
                    self._learn(held, self._node(held.table, row["id"]), dict(row))


class _Sieve:
    """One table's part of one act."""

    def __init__(
        self,
        name: str,
        seen: Mapping[tuple[str, str, int], OnceRow],
        goes: Judge,
        scrub: Scrub,
        others: Callable[[str, dict[str, Any]], bool],
    ) -> None:
        self._name = name
        self._seen = seen
        self._goes = goes
        self._scrub = scrub
        self._others = others

    def left(self, whole: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for change, part in whole.items():
            kept = self._updates(part) if change == "updated" else self._whole_rows(change, part)
            if kept:
                found[change] = kept
        return found

    def _stays(self, change: str, row_id: Any, values: dict[str, Any]) -> dict[str, Any] | None:
        node = self._seen.get((self._name, change, row_id))
        if node is None:
            return None if self._others(self._name, values) else self._scrub(self._name, None, values)
        return None if self._goes(node, values) else self._scrub(self._name, node, values)

    def _updates(self, part: Sequence[list[Any]]) -> list[list[Any]]:
        kept = []
        for row_id, before, after in part:
            old = self._stays("updated", row_id, before)
            new = self._stays("updated", row_id, after)
            if old is not None and new is not None:
                kept.append([row_id, old, new])
        return kept

    def _whole_rows(self, change: str, part: Mapping[str, Any]) -> dict[str, Any] | None:
        columns = part["columns"]
        key = columns.index("id") if "id" in columns else 0
        rows = []
        for row in part["rows"]:
            values = self._stays(change, row[key], dict(zip(columns, row, strict=True)))
            if values is not None:
                rows.append([values[name] for name in columns])
        return {"columns": columns, "rows": rows} if rows else None


def _rows(part: Mapping[str, Any], change: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (number, values) of the rows of one change; of an update the values after it count."""
    found = part.get(change)
    if not found:
        return
    if change == "updated":
        for row_id, before, after in found:
            yield row_id, {**before, **after}
        return
    key = found["columns"].index("id")
    for row in found["rows"]:
        yield row[key], dict(zip(found["columns"], row, strict=True))
