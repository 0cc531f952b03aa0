"""The search keys of a long list held in memory, so that rows follow every letter typed.

The database needs thirty milliseconds to look through a hundred thousand keys; a text in memory
is looked through in three.  The keys are those of one state of the database: the journal's last
hash names that state, and after any act the database answers until they are read again.  Lines of
the list that were made in that state are kept with them: one letter more, or one less, finds for the
most part the same people again.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Entry, JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_keys import KEY_SEPARATOR, key_terms
from fujisawa_desktop.services.applicant_query import ListQuery
from fujisawa_desktop.services.order_memory import OrderMemory, read_orders

WORTH_FROM: Final = 3_000
"""Entries from which the keys are worth their memory; of fewer the database finds any in time."""
_BLOCK: Final = 2_000
_LINES_KEPT: Final = 2_000
_KEPT: Final = "search-memory"
_BY_NAME: Final = frozenset({(("kana", "asc"),), (("name", "asc"),)})
_ASCII: Final = re.compile(r"[\x00-\x7f]")
_STATE: Final = select(JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
_KEYS: Final = (
    select(Entry.id, Applicant.search_key)
    .join(Applicant, Applicant.id == Entry.applicant_id)
    .where(Applicant.programme_id == bindparam("programme_id"))
    .order_by(Applicant.sort_key, Applicant.id, Entry.id)
)


class _HasEntry(Protocol):
    @property
    def entry_id(self) -> int: ...


_Line = TypeVar("_Line", bound=_HasEntry)


class _Lines:
    """One line of text for each of some entries."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._starts = array("I", [0])
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def holding(self, term: str) -> Iterator[int]:
        """Yield the numbers of the lines that hold a term."""
        at = self._text.find(term)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            at = self._text.find(term, self._starts[line + 1])

    def holds(self, line: int, term: str) -> bool:
        """Return whether one line holds a term."""
        return self._text.find(term, self._starts[line], self._starts[line + 1]) >= 0


class _Block:
    """Some entries in the order of the list.

    A term of figures and Latin letters cannot stand in a part of a key without any, nor another
    term in a part of nothing else.  So each kind of parts has a text of its own, and only half of
    all letters is looked through.
    """

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        self.ids = array("q", [entry_id for entry_id, _key in rows])
        latin: list[str] = []
        other: list[str] = []
        for _entry_id, key in rows:
            parts = key.split(KEY_SEPARATOR)
            foreign = [part for part in parts if not part.isascii()]
            mixed = [part for part in foreign if _ASCII.search(part)]
            latin.append(KEY_SEPARATOR.join([*filter(str.isascii, parts), *mixed]))
            other.append(KEY_SEPARATOR.join(foreign))
        self._latin, self._other = _Lines(latin), _Lines(other)

    def find(self, terms: Sequence[str]) -> Iterator[int]:
        """Yield the entries whose keys hold every term."""
        first, *rest = terms
        for line in self._lines(first).holding(first):
            if all(self._lines(term).holds(line, term) for term in rest):
                yield self.ids[line]

    def _lines(self, term: str) -> _Lines:
        return self._latin if term.isascii() else self._other


class SearchMemory:
    """The keys of a programme's entries in one state of the database.

    Attributes:
        orders: what orders them by columns that the database is slow at.
    """

    def __init__(
        self,
        programme_id: int,
        state: str,
        rows: Iterable[Sequence[tuple[int, str]]],
        orders: OrderMemory | None = None,
    ) -> None:
        self.programme_id = programme_id
        self.state = state
        self.orders = orders
        self._lines: dict[int, Any] = {}
        self._blocks = [_Block(block) for block in rows]

    def find(self, terms: Sequence[str], most: int) -> list[int]:
        """Return the first entries that hold every term, in the order of the list."""
        # The longest term is the rarest: the others are looked for only where it stands.
        ordered = sorted(terms, key=len, reverse=True)
        found: list[int] = []
        for block in self._blocks:
            for entry_id in block.find(ordered):
                found.append(entry_id)
                if len(found) == most:
                    return found
        return found

    def lines_of(self, ids: Sequence[int], make: Callable[[Sequence[int]], Iterable[_Line]]) -> list[_Line]:
        """Return entries as lines of the list; those made before in this state are not made again."""
        found: dict[int, _Line] = {key: self._lines[key] for key in ids if key in self._lines}
        new = {line.entry_id: line for line in make([key for key in ids if key not in found])}
        if len(self._lines) > _LINES_KEPT:
            self._lines = {}
        self._lines.update(new)
        found.update(new)
        return [found[key] for key in ids if key in found]


def remember_keys(database: Database, *, programme_id: int) -> None:
    """Read the keys of a programme into memory, unless they are there and still hold."""
    with database.read() as session:
        state = _state(session)
        known = _known(database)
        if known is not None and (known.programme_id, known.state) == (programme_id, state):
            return
        found = session.connection().execution_options(yield_per=_BLOCK)
        rows: Any = found.execute(_KEYS, {"programme_id": programme_id}).partitions(_BLOCK)
        orders = read_orders(session.connection(), programme_id)
        database.kept[_KEPT] = SearchMemory(programme_id, state, rows, orders)


def memory_of(session: Session, database: Database, programme_id: int) -> SearchMemory | None:
    """Return what is remembered of a programme, if it is of the state that the session sees."""
    known = _known(database)
    if known is None or known.programme_id != programme_id or known.state != _state(session):
        return None
    return known


def remembered(known: SearchMemory | None, query: ListQuery, most: int) -> list[int] | None:
    """Return the first entries of a list, or None when the database has to be asked.

    Only a plain search in the order of names is answered here, and everybody by one column of
    :class:`~fujisawa_desktop.services.order_memory.OrderMemory`.
    """
    if known is None or not _is_plain(query):
        return None
    terms = key_terms(query.text)
    if terms:
        return known.find(terms, most) if query.sorts in _BY_NAME else None
    if known.orders is None or len(query.sorts) != 1:
        return None
    return known.orders.first(*query.sorts[0], most)


def _known(database: Database) -> SearchMemory | None:
    known: SearchMemory | None = database.kept.get(_KEPT)
    return known


def _is_plain(query: ListQuery) -> bool:
    """Return whether nothing but the search box narrows a list."""
    return query == ListQuery(query.programme_id, text=query.text, sorts=query.sorts)


def _state(session: Session) -> str:
    return session.connection().scalar(_STATE) or ""
