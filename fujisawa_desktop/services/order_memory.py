"""The orders of a long list that the database is slow at, held in memory as one byte an entry.

To sort a hundred thousand entries by their course, their state or their points, the database has to
look up as many applications: a tenth of a second each time, also for one page more of the same order.
A few courses, ten states and some hundred different points fit into a byte; entries of equal rank
stand by their id, so that a page is found by looking for bytes.  What is remembered here belongs to
one state of the database, as the search keys do (:mod:`~fujisawa_desktop.services.search_memory`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import lt
from typing import Any, Final

from sqlalchemy import Connection, Select, String, bindparam, case, cast, func, select

from fujisawa_desktop.models import Application, Entry
from fujisawa_desktop.services.applicant_query import STANDING

_BLANK: Final = 255
"""The rank of entries without a value: they stand last, whichever way the list is sorted."""
_BLANKS_STAND_LAST: Final = frozenset({"score"})
"""Of the other columns each dialect has blanks where it likes, so that one blank sends to the database."""
_COLUMNS: Final = ("courses", "status", "score")
_NONE: Final = -1
"""Stands for no value on the way here: none of the columns is below zero."""


def _statement() -> Select[*tuple[Any, ...]]:
    """Return the statement for ids and values, each as one text: as rows they take three times as long."""
    states = case({status: rank for rank, status in enumerate(STANDING)}, value=Application.status)
    values = (func.min(Application.course_id), func.max(states), func.max(Application.score))
    entries = (
        select(Entry.id, *(func.coalesce(value, _NONE).label(f"v{at}") for at, value in enumerate(values)))
        .outerjoin(Application, Application.entry_id == Entry.id)
        .where(Entry.programme_id == bindparam("programme_id"))
        .group_by(Entry.id)
        .order_by(Entry.id)
        .subquery()
    )
    return select(*(func.aggregate_strings(cast(column, String), ",") for column in entries.c))


_VALUES: Final = _statement()


class OrderMemory:
    """Some columns of a programme's entries as ranks, in one state of the database."""

    def __init__(self, ids: Sequence[int], columns: Mapping[str, Sequence[int | None]]) -> None:
        """Remember the values of each column, alongside ``ids``."""
        ascending = all(map(lt, ids, islice(ids, 1, None)))
        order = None if ascending else sorted(range(len(ids)), key=ids.__getitem__)
        self._ids = array("q", ids if order is None else [ids[at] for at in order])
        self._ranks: dict[str, bytes] = {}
        for name, values in columns.items():
            ranks = _ranks(name, values if order is None else [values[at] for at in order])
            if ranks is not None:
                self._ranks[name] = ranks

    def first(self, name: str, direction: str, most: int) -> list[int] | None:
        """Return the first entries by a column, or None when the database has to be asked."""
        ranks = self._ranks.get(name)
        if ranks is None:
            return None
        return [self._ids[place] for place in islice(_places(ranks, direction), most)]


def read_orders(connection: Connection, programme_id: int) -> OrderMemory:
    """Read the columns of all entries of a programme."""
    texts = connection.execute(_VALUES, {"programme_id": programme_id}).one()
    ids, *values = ([int(figure) for figure in text.split(",")] if text else [] for text in texts)
    columns = zip(_COLUMNS, values, strict=True)
    return OrderMemory(
        ids, {name: [None if one == _NONE else one for one in found] for name, found in columns}
    )


def _ranks(name: str, values: Sequence[int | None]) -> bytes | None:
    """Return the rank of each value, or None when a byte does not hold them all."""
    different = set(values)
    has_blanks = None in different
    ordered = sorted(value for value in different if value is not None)
    if len(ordered) > _BLANK or (has_blanks and name not in _BLANKS_STAND_LAST):
        return None
    rank_of: dict[int | None, int] = {value: rank for rank, value in enumerate(ordered)}
    rank_of[None] = _BLANK
    return bytes(map(rank_of.__getitem__, values))


def _places(ranks: bytes, direction: str) -> Iterator[int]:
    """Yield the places of the entries, those of equal rank from first to last."""
    present = sorted(set(ranks) - {_BLANK}, reverse=direction == "desc")
    for rank in (*present, _BLANK):
        place = ranks.find(rank)
        while place >= 0:
            yield place
            place = ranks.find(rank, place + 1)
