"""The raw rows of portals' files, from which entries were read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, func, select

from fujisawa_desktop.models import ImportBatch, ImportRow

_KIND: Final = "applicants"


def latest_row_ids(entry_ids: Sequence[int]) -> Select[Any]:
    """Select the id of the latest row that a portal's file had for each entry.

    Files of decisions, hours and times have rows about an entry too; it was not read from those.
    """
    return portal_rows(func.max(ImportRow.id), entry_ids).group_by(ImportRow.entry_id)


def portal_rows(column: Any, entry_ids: Sequence[int]) -> Select[Any]:
    """Select something of all rows that portals' files had for the entries."""
    return (
        select(column)
        .select_from(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(ImportRow.entry_id.in_(entry_ids), ImportBatch.kind == _KIND)
    )
