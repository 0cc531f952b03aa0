"""Keeps the chosen people chosen while the list under them is read again."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop.views.applicants.listing import Listing
from fujisawa_desktop.views.applicants.table import ApplicantTable, ids_of, ranges_of
from fujisawa_desktop.views.applicants.table_model import PAGE_ROWS


class Keeper:
    """Remembers people, not row numbers: after a change the same rows may be other people."""

    def __init__(self, table: ApplicantTable, listing: Listing) -> None:
        self._table = table
        self._listing = listing
        self._kept: Sequence[int] = ()
        self._current: int | None = None

    def keep(self) -> None:
        """Remember who is chosen now; people still remembered from a moment ago stay so."""
        if self._kept:
            return
        row = self._table.rows.row_at(self._table.currentIndex().row())
        self._current = row.entry_id if row is not None else None
        self._kept = self._chosen()

    def forget(self) -> None:
        """Remember nobody: another question is asked."""
        self._kept = ()

    def restore(self) -> None:
        """Choose the same people again; those no longer in the list are left out."""
        kept = self._kept
        if not kept:
            return
        places = [place for entry in kept if (place := self._table.rows.place_of(entry)) is not None]
        if len(places) == len(kept):
            self._choose([(place, place) for place in sorted(places)])
        else:
            self._listing.when_ordered(lambda ids: self._choose(ranges_of(kept, ids)))

    def _choose(self, ranges: Sequence[tuple[int, int]]) -> None:
        self._kept = ()
        if not ranges:
            return
        place = self._table.rows.place_of(self._current) if self._current is not None else None
        self._table.select_ranges(ranges, ranges[0][0] if place is None else place)

    def _chosen(self) -> Sequence[int]:
        ranges = self._table.selected_ranges()
        if self._listing.ids is not None:
            return ids_of(ranges, self._listing.ids)
        if self._table.selected_count() > PAGE_ROWS:
            return ()
        rows = [self._table.rows.row_at(row) for row in self._table.selected_rows()]
        known = [row.entry_id for row in rows if row is not None]
        return known if len(known) == len(rows) else ()
