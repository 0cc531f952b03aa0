"""The ledger of document numbers and the list of issued papers as tables for files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from fujisawa_desktop.services.document_numbers import NumberRow
from fujisawa_desktop.services.issued_papers import IssuedRow
from fujisawa_desktop.services.table_files import ListTable

GAP: Final = "gap"
"""The use of a number that nobody has explained, as `texts` names it."""


def number_table(rows: Iterable[NumberRow]) -> ListTable:
    """Return the ledger, a line for each number or run of numbers, gaps included."""
    return ListTable(
        name="document-numbers",
        columns=(
            "first_number",
            "last_number",
            "number_use",
            "paper_kind",
            "about",
            "dated",
            "papers",
            "entered_at",
            "entered_by",
            "reason",
        ),
        rows=tuple(
            (
                row.number,
                row.last,
                GAP if row.use is None else row.use.value,
                row.kind,
                row.subject,
                row.dated,
                row.papers or None,
                row.taken_at,
                row.actor,
                row.reason,
            )
            for row in rows
        ),
        families=(("number_use", "number-use"), ("paper_kind", "kind")),
    )


def issued_table(rows: Iterable[IssuedRow]) -> ListTable:
    """Return the issued papers."""
    return ListTable(
        name="issued-papers",
        columns=(
            "issued_at",
            "paper_kind",
            "document_number",
            "dated",
            "number",
            "name",
            "page_count",
            "correction",
            "issued_by",
        ),
        rows=tuple(
            (
                row.issued_at,
                row.kind,
                row.document_number,
                row.dated,
                row.number,
                row.name,
                row.pages or None,
                _corrections(row),
                row.actor,
            )
            for row in rows
        ),
        families=(("paper_kind", "kind"), ("correction", "correction")),
    )


def _corrections(row: IssuedRow) -> tuple[str, ...]:
    told = []
    if row.reissues_id is not None:
        told.append("copy")
    elif row.corrects_id is not None:
        told.append("corrects")
    if row.corrected_by_id is not None:
        told.append("corrected")
    return tuple(told)
