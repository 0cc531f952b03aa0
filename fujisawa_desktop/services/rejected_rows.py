"""Refused rows of a file as a file of their own, to be corrected and imported again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.files import atomic_write
from fujisawa_desktop.exchange.table import Kind
from fujisawa_desktop.exchange.tables_out import Sheet, text_bytes, xlsx_bytes
from fujisawa_desktop.exchange.tabular import parse_table, read_bytes
from fujisawa_desktop.services.imports import RejectedRow

REASON_HEADING: Final = "取り込めなかった理由"
"""Heading of the added column; every layout knows it and reads nothing from it."""


def save_rejected(
    file: Path,
    target: Path,
    *,
    rejected: Sequence[RejectedRow],
    reason: Callable[[RejectedRow], str],
    encoding: str | None = None,
) -> int:
    """Write the refused rows of ``file`` to ``target`` with the reason before each.

    The headings and, in a text file, the character code and the separator are those of ``file``;
    an ``.xlsx`` target becomes a workbook.  Returns how many rows were written.

    Args:
        file: the file that was looked at or taken in.
        target: where they go; ``.xlsx`` or anything else for text.
        rejected: the rows, by line.
        reason: gives the sentence for a row.
        encoding: the character code in which ``file`` was read, if a person chose it.

    Raises:
        InputFileError: ``file`` can no longer be read.
        RuleError: no row was refused.
        StorageError: ``target`` cannot be written.
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
    if target.suffix.lower() == ".xlsx":
        atomic_write(target, xlsx_bytes(Sheet(file.stem, filled, padded)))
    else:
        separator = "\t" if table.kind is Kind.TSV else ","
        code = table.encoding or "utf-8-sig"
        atomic_write(target, text_bytes(filled, padded, encoding=code, separator=separator))
    return len(rows)
