"""Two people on one record: what each of them changed of what both had read, field by field.

A save names the version that was read.  Where somebody else saved meanwhile, the form as it was read,
the form as stored by now and the form as typed are laid beside each other: what only one of the two
changed is merged, what both changed differently is for a person to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from sqlalchemy import func, select

from fujisawa_desktop.models import Base, JournalEntry, JournalPayload
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.stale import CHANGED

__all__ = ["CHANGED", "Comparison", "FieldPair", "Hand", "RowOf", "Side", "compare", "merged"]

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlalchemy.orm import Session

    from fujisawa_desktop.models.database import Database

    F = TypeVar("F", bound=DataclassInstance)
else:
    F = TypeVar("F")

_VERSION: Final = "version"
_ACTS_READ: Final = 400
_ACT_BYTES: Final = 256_000
"""So many of the latest acts, none larger than this, are searched for who changed a row."""
_BETWEEN: Final = ":"


class Side(StrEnum):
    """Whose value stands in the end."""

    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class RowOf:
    """The stored row a form is about, as the journal names it.

    Attributes:
        where: for a form about several rows: the columns by which they are found, instead of an id.
        ids: for an act on several rows: their ids.
        also: further rows that the same form is about.
        field: the one field that a further row tells of; empty: fields are called as its columns are.
    """

    table: str
    id: int | None = None
    where: tuple[tuple[str, object], ...] = ()
    ids: tuple[int, ...] = ()
    also: tuple[RowOf, ...] = ()
    field: str = ""

    @property
    def tables(self) -> frozenset[str]:
        """The tables in which the form is stored."""
        return frozenset({self.table}).union(*(one.tables for one in self.also))

    def is_among(self, row: Mapping[str, Any]) -> bool:
        """Return whether a whole row of the table is one of those meant."""
        if self.where:
            return all(row.get(name) == value for name, value in self.where)
        return row.get("id") in (*self.ids, self.id)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed something, and when."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field that at least one of two people changed; values are those of the form.

    Attributes:
        name: the form's attribute; of a mapping ``attribute:key``.
        base: what both had read.
        hand: who changed it meanwhile; None where the journal no longer tells.
    """

    name: str
    base: object
    theirs: object
    mine: object
    hand: Hand | None

    @property
    def is_clash(self) -> bool:
        """Whether both changed it, each to something else."""
        return self.base not in (self.theirs, self.mine)

    @property
    def merged(self) -> Side:
        """Whose value stands where only one of them changed it."""
        return Side.MINE if self.mine != self.base else Side.THEIRS


@dataclass(frozen=True, slots=True)
class Comparison(Generic[F]):
    """Two people's changes of one form.

    Attributes:
        theirs: the form as it is stored now, with the version to save on.
        pairs: the fields that differ; what both changed alike is not among them.
        hand: who saved last.
    """

    theirs: F
    pairs: tuple[FieldPair, ...]
    hand: Hand | None

    @property
    def clashes(self) -> tuple[FieldPair, ...]:
        """Return the fields somebody has to choose for."""
        return tuple(pair for pair in self.pairs if pair.is_clash)

    @property
    def merges(self) -> tuple[FieldPair, ...]:
        """Return the fields that only one of the two changed."""
        return tuple(pair for pair in self.pairs if not pair.is_clash)

    @property
    def is_told(self) -> bool:
        """Whether somebody else changed a field of this form: else there is nothing to look at."""
        return any(pair.theirs != pair.base for pair in self.pairs)

    def all_of(self, side: Side) -> F:
        """Return the form to save if one person's values stand wherever both changed something."""
        return self.settled({pair.name: side for pair in self.clashes})

    def settled(self, chosen: Mapping[str, Side]) -> F:
        """Return the form to save: their version, their fields, and mine where they were chosen.

        Raises:
            KeyError: a field that both changed was not chosen.
        """
        sides = {pair.name: chosen[pair.name] if pair.is_clash else pair.merged for pair in self.pairs}
        mine = {pair.name: pair.mine for pair in self.pairs if sides[pair.name] is Side.MINE}
        return _with_values(self.theirs, mine)


def compare(
    database: Database,
    *,
    base: F,
    mine: F,
    read: Callable[[Database], F],
    row: RowOf,
    aside: frozenset[str] = frozenset(),
) -> Comparison[F]:
    """Lay a form as read, as stored by now and as typed beside each other.

    Args:
        database: where it is stored.
        base: the form as it was read.
        mine: the form as typed; frozen dataclass of the same kind.
        read: returns the form as stored now.
        row: the row of which the journal tells who changed it.
        aside: attributes that are no fields for a person.

    Raises:
        NotFoundError: the row is gone.
    """
    theirs = read(database)
    differing = {pair.name for pair in merged(base, theirs, mine, aside=aside)}
    asked = tuple(one for one in row.also if not one.field or one.field in differing)
    with database.read() as session:
        hands, last = _hands(session, replace(row, also=asked), getattr(base, _VERSION, None))
    pairs = tuple(merged(base, theirs, mine, hands=hands, last=last, aside=aside))
    return Comparison(theirs, pairs, last)


def merged(
    base: F,
    theirs: F,
    mine: F,
    *,
    hands: Mapping[str, Hand] | None = None,
    last: Hand | None = None,
    aside: frozenset[str] = frozenset(),
) -> Iterator[FieldPair]:
    """Yield the fields in which two forms differ that were made from the same one."""
    known = hands or {}
    old, now, typed = _flat(base), _flat(theirs), _flat(mine)
    for name in dict.fromkeys((*old, *now, *typed)):
        attribute = name.partition(_BETWEEN)[0]
        if attribute == _VERSION or attribute in aside:
            continue
        values = (old.get(name), now.get(name), typed.get(name))
        if _same(values[1], values[2]) or (_same(values[0], values[1]) and _same(values[0], values[2])):
            continue
        was, their, own = values
        own = was if _same(was, own) else own
        yield FieldPair(name, was, their, own, known.get(name) or known.get(attribute, last))


def _same(one: object, other: object) -> bool:
    """Compare as the services store: space around a text is cut."""
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return one == other


def _flat(form: Any) -> dict[str, object]:
    """Return the values of a form; of a mapping each of its own."""
    flat: dict[str, object] = {}
    for field in fields(form):
        value = getattr(form, field.name)
        if isinstance(value, Mapping):
            flat |= {f"{field.name}{_BETWEEN}{key}": entry for key, entry in value.items()}
        else:
            flat[field.name] = value
    return flat


def _with_values(form: F, values: Mapping[str, object]) -> F:
    changes: dict[str, Any] = {}
    for name, value in values.items():
        attribute, between, key = name.partition(_BETWEEN)
        if not between:
            changes[attribute] = value
            continue
        entries = changes.setdefault(attribute, dict(getattr(form, attribute)))
        keys = {str(known): known for known in entries}
        entries[keys.get(key, key)] = value
    return replace(form, **changes)


def _hands(session: Session, row: RowOf, version: int | None) -> tuple[dict[str, Hand], Hand | None]:
    """Return who changed which column since a version was read, and who wrote the row last."""
    query = (
        select(JournalEntry.actor, JournalEntry.at, JournalPayload.data)
        .join(JournalPayload, JournalPayload.seq == JournalEntry.seq)
        .where(func.length(JournalPayload.data) <= _ACT_BYTES)
        .order_by(JournalEntry.seq.desc())
        .limit(_ACTS_READ)
    )
    rows = [(one, _ids(session, one)) for one in (row, *row.also)]
    hands: dict[str, Hand] = {}
    last: Hand | None = None
    for actor, at, data in session.execute(query):
        parts, hand = unpack(data)[0], Hand(actor, at)
        for one, ids in rows:
            found = _found(parts.get(one.table, {}), one, ids, version)
            if found.columns is not None:
                last = last or hand
                for name in (one.field,) if one.field else found.columns:
                    hands.setdefault(name, hand)
            if found.is_first and not row.also:
                return hands, last
    return hands, last


class _Found(NamedTuple):
    """What an act did to a row: the columns it changed (None: nothing), and whether none before counts."""

    columns: tuple[str, ...] | None
    is_first: bool


def _found(part: Mapping[str, Any], row: RowOf, ids: frozenset[int], version: int | None) -> _Found:
    columns: list[str] = []
    is_first = touched = False
    for key, before, after in part.get("updated", ()):
        if key in ids:
            touched = True
            if version is None or row.also or before.get(_VERSION, version) >= version:
                columns += after
            is_first = is_first or before.get(_VERSION) == version is not None
    came = _came_or_went(part, row)
    return _Found(tuple(columns) if touched or came else None, is_first or came)


def _ids(session: Session, row: RowOf) -> frozenset[int]:
    if not row.where:
        return frozenset(row.ids if row.id is None else (*row.ids, row.id))
    table = Base.metadata.tables[row.table]
    return frozenset(session.scalars(select(table.c.id).where(*(table.c[k] == v for k, v in row.where))))


def _came_or_went(part: Mapping[str, Any], row: RowOf) -> bool:
    return any(
        row.is_among(dict(zip(rows["columns"], values, strict=True)))
        for rows in (part.get("inserted"), part.get("deleted"))
        if rows
        for values in rows["rows"]
    )
