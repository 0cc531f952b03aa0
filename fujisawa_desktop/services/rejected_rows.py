"""Refused rows of a file as a file of their own, to be corrected and imported again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.table import Kind
from fujisawa_desktop.exchange.tables_out import Sheet, text_bytes, xlsx_bytes
from fujisawa_desktop.exchange.tabular import parse_table, read_bytes
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.imports import RejectedRow
from fujisawa_desktop.services.outgoing import ListOut, save_list

REASON_HEADING: Final = "取り込めなかった理由"
"""Heading of the added column; every layout knows it and reads nothing from it."""


def save_rejected(
    database: Database,
    *,
    file: Path,
    target: Path,
    rejected: Sequence[RejectedRow],
    reason: Callable[[RejectedRow], str],
    encoding: str | None = None,
    actor: str | None = None,
) -> ListOut:
    """Write the refused rows of ``file`` to ``target``, the reason before each, and record that they left.

    The headings and, in a text file, the character code and the separator are those of ``file``;
    an ``.xlsx`` target becomes a workbook.

    Args:
        database: the open database.
        file: the file that was looked at or taken in.
        target: where they go; ``.xlsx`` or anything else for text.
        rejected: the rows, by line.
        reason: gives the sentence for a row.
        encoding: the character code in which ``file`` was read, if a person chose it.
        actor: who saves them.

    Raises:
        InputFileError: ``file`` can no longer be read.
        RuleError: no row was refused.
        ConflictError, StorageError: ``target`` cannot be written, or the act not be recorded.
    """
    table = parse_table(read_bytes(file), name=file.name, encoding=encoding)
    reasons: dict[int, list[str]] = {}
    for row in rejected:
        told = f"{row.column}: {reason(row)}" if row.column else reason(row)
        reasons.setdefault(row.line, []).append(told)
    rows = [(" ".join(reasons[row.line]), *row.cells) for row in table.rows if row.line in reasons]
    if not rows:
        raise RuleError("import.nothing-refused")
    # A row with more cells than headings keeps them: its reason says so.
    width = max(len(row) for row in rows)
    headings = (REASON_HEADING, *table.headings)
    filled = (*headings, *[""] * (width - len(headings)))
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    form = "xlsx" if target.suffix.lower() == ".xlsx" else "csv"
    if form == "xlsx":
        data = xlsx_bytes(Sheet(file.stem, filled, padded))
    else:
        separator = "\t" if table.kind is Kind.TSV else ","
        data = text_bytes(filled, padded, encoding=table.encoding or "utf-8-sig", separator=separator)
    return save_list(
        database,
        path=target,
        data=data,
        file_format=form,
        count=len(rows),
        name="refused-rows",
        actor=actor,
    )
